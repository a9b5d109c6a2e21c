package parse_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
)

// metaCase is one invented text with the fields that it states. Fields that are not listed are not checked; an empty
// value means that nothing may be read.
type metaCase struct {
	name, text string
	kept       bool // kept aside while the rules were written
	want       [][2]string
}

// readCases reads the cases of a file; testdata/meta/README.md describes the format.
func readCases(t *testing.T, path string) []metaCase {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []metaCase
	for _, part := range strings.Split(strings.TrimSpace(string(data)), "\n\n") {
		var c metaCase
		for line := range strings.SplitSeq(part, "\n") {
			switch {
			case strings.HasPrefix(line, "#"):
				c.kept = strings.HasPrefix(line, "#k ")
				_, c.name, _ = strings.Cut(line, " ")
			case strings.HasPrefix(line, "> "):
				field, value, _ := strings.Cut(line[2:], " ")
				c.want = append(c.want, [2]string{field, value})
			default:
				c.text += line + "\n"
			}
		}
		c.text = namePlaces(t, c.text)
		for i := range c.want {
			c.want[i][1] = namePlaces(t, c.want[i][1])
		}
		if c.name == "" || len(c.want) == 0 {
			t.Fatalf("%s: case without name or fields:\n%s", path, part)
		}
		out = append(out, c)
	}
	return out
}

var placeCode = regexp.MustCompile(`\{(\d{6})\}`)

// namePlaces puts the names of real divisions in the place of their codes, {330106}, so that no test names them.
func namePlaces(t *testing.T, text string) string {
	t.Helper()
	return placeCode.ReplaceAllStringFunc(text, func(code string) string {
		d, ok := gazetteer.Default().ByCode(code[1:7])
		if !ok {
			t.Fatalf("no division %s", code)
		}
		return d.Name
	})
}

// metadataOf reads the metadata of a text file.
func metadataOf(t *testing.T, text string) *corpus.Document {
	t.Helper()
	x, err := extract.File("invented.txt", []byte(text), extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	doc := &corpus.Document{Text: x.Text}
	parse.ReadMetadata(x, gazetteer.Default(), doc)
	return doc
}

func TestMetadataCases(t *testing.T) {
	paths, err := filepath.Glob("testdata/meta/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, group := range []string{"open", "kept"} {
		t.Run(group, func(t *testing.T) {
			for _, path := range paths {
				if isHeldOut(path) {
					continue
				}
				for _, c := range readCases(t, path) {
					if c.kept == (group == "kept") {
						t.Run(strings.TrimSuffix(filepath.Base(path), ".txt")+"/"+c.name, func(t *testing.T) { checkCase(t, c) })
					}
				}
			}
		})
	}
}

// isHeldOut reports whether a file holds cases for figures only: no rule is made from them.
func isHeldOut(path string) bool { return strings.HasPrefix(filepath.Base(path), "held-") }

// TestHeldOutMetadata prints how many of the fields of introductions that no rule was made from are read right.
func TestHeldOutMetadata(t *testing.T) {
	paths, err := filepath.Glob("testdata/meta/held-*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	right, all := map[string]int{}, map[string]int{}
	for _, path := range paths {
		for _, c := range readCases(t, path) {
			doc := metadataOf(t, c.text)
			checkSpans(t, doc)
			for _, w := range c.want {
				for _, field := range []string{w[0], "all"} {
					all[field]++
					if fieldOf(doc, w[0]) == w[1] {
						right[field]++
					}
				}
			}
		}
	}
	for _, field := range slices.Sorted(maps.Keys(all)) {
		t.Logf("%s: %d of %d", field, right[field], all[field])
	}
	if share := float64(right["all"]) / float64(all["all"]); share < 0.90 {
		t.Errorf("fields read right: %.3f, want at least 0.90", share)
	}
}

func checkCase(t *testing.T, c metaCase) {
	doc := metadataOf(t, c.text)
	for _, w := range c.want {
		if w[0] == "warns" {
			if !slices.ContainsFunc(doc.Warnings, func(x corpus.Warning) bool { return string(x.Code) == w[1] }) {
				t.Errorf("want warning %s, got %v", w[1], doc.Warnings)
			}
			continue
		}
		if got := fieldOf(doc, w[0]); got != w[1] {
			t.Errorf("%s: got %q, want %q\n%s", w[0], got, w[1], c.text)
		}
	}
	checkSpans(t, doc)
}

// checkSpans verifies that every span stands in the text and that its words are the evidence.
func checkSpans(t *testing.T, doc *corpus.Document) {
	t.Helper()
	for field, p := range doc.Provenance {
		if p.Rule == "" || p.Confidence == "" {
			t.Errorf("%s: provenance without rule or confidence: %+v", field, p)
		}
		if p.Span != nil && p.Span.Of(doc.Text) != p.Text {
			t.Errorf("%s: provenance %q, span covers %q", field, p.Text, p.Span.Of(doc.Text))
		}
	}
	for _, w := range doc.Warnings {
		if w.Span != nil && w.Span.Of(doc.Text) != w.Text {
			t.Errorf("warning %s: %q, span covers %q", w.Code, w.Text, w.Span.Of(doc.Text))
		}
	}
}

func fieldOf(doc *corpus.Document, name string) string {
	count := func(n *int) string {
		if n == nil {
			return ""
		}
		return strconv.Itoa(*n)
	}
	switch name {
	case "type":
		return string(doc.DocType)
	case "title":
		return string(doc.Title)
	case "unit":
		return string(doc.Unit)
	case "party_body":
		return string(doc.PartyBody)
	case "province":
		return string(doc.Region.Province)
	case "city":
		return string(doc.Region.City)
	case "county":
		return string(doc.Region.County)
	case "level":
		return string(doc.Level)
	case "sector":
		return string(doc.Sector)
	case "inspector":
		return string(doc.Inspector)
	case "round":
		return string(doc.Round)
	case "from":
		return string(doc.InspectionFrom)
	case "to":
		return string(doc.InspectionTo)
	case "feedback_date":
		return string(doc.FeedbackDate)
	case "publication_date":
		return string(doc.PublicationDate)
	case "year":
		if doc.Year == 0 {
			return ""
		}
		return strconv.Itoa(int(doc.Year))
	case "problems":
		return count(doc.Declared.Problems)
	case "items":
		return count(doc.Declared.Items)
	case "aspects":
		return count(doc.Declared.Aspects)
	case "rectified":
		return count(doc.Declared.Rectified)
	case "measures_planned":
		return count(doc.Declared.MeasuresPlanned)
	case "measures_completed":
		return count(doc.Declared.MeasuresCompleted)
	case "accountable":
		return count(doc.Declared.Accountable)
	}
	return "unknown field " + name
}

// TestMetadataOfPage reads metadata from a web page, some of it outside the text.
func TestMetadataOfPage(t *testing.T) {
	page := `<html><head><meta charset="utf-8"><title>通报_云澜市港务局</title><meta name="PubDate" content="2022-01-18 09:00">
<meta name="ArticleTitle" content="中共云澜市港务局党组关于巡察整改情况的通报"></head><body>
<div id="zoom"><p>根据市委统一部署，2021年3月1日至5月20日，市委第二巡察组对市港务局党组进行了巡察。</p><p>一、组织领导</p></div></body></html>`
	x, err := extract.File("page.html", []byte(page), extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	doc := &corpus.Document{Text: x.Text}
	parse.ReadMetadata(x, gazetteer.Default(), doc)
	checkSpans(t, doc)
	want := map[string]string{
		"title": "中共云澜市港务局党组关于巡察整改情况的通报", "unit": "云澜市港务局", "publication_date": "2022-01-18",
		"inspector": "市委第二巡察组", "type": "rectification_notice",
	}
	for field, w := range want {
		if got := fieldOf(doc, field); got != w {
			t.Errorf("%s: got %q, want %q", field, got, w)
		}
	}
	if p := doc.Provenance["publication_date"]; p.Span != nil || p.Rule != "property PubDate" {
		t.Errorf("publication date: got provenance %+v, want a property without a place in the text", p)
	}
}
