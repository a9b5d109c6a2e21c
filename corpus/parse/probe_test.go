package parse_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
)

// TestProbes reads short invented documents, several for each layout, whose findings were noted before they were first read. A line
// of NAME.want is a statement, its status and number of measures ("-" leaves the status open), and its path; "= field value" before them is metadata.
func TestProbes(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "probes", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no probes: %v", err)
	}
	parser := parse.New(gazetteer.Default())
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(archive.Files); i += 2 {
			name, text, want := archive.Files[i].Name, string(archive.Files[i].Data), string(archive.Files[i+1].Data)
			if archive.Files[i+1].Name != name+".want" {
				t.Fatalf("%s: %s stands where %s.want must", file, archive.Files[i+1].Name, name)
			}
			format := ".txt"
			if strings.HasPrefix(text, "<") {
				format = ".html"
			}
			t.Run(name, func(t *testing.T) {
				x, err := extract.File(file+format, []byte(text), extract.Limits{})
				if err != nil {
					t.Fatal(err)
				}
				doc := parser.Parse(x, "0000000000000000")
				checkInvariants(t, doc)
				facts, want := factsOf(doc, want)
				if diff := cmp.Diff(lines(want), lines(facts+probed(doc, want))); diff != "" {
					t.Errorf("%s, want -, got +:\n%s", doc.DocType, diff)
				}
			})
		}
	}
}

// factsOf writes the metadata that the first lines of a probe name, a line "= field value" each, and returns them with what is expected,
// the findings last.
func factsOf(doc *corpus.Document, want string) (got, rest string) {
	facts := map[string]string{"unit": string(doc.Unit), "party": string(doc.PartyBody), "inspector": string(doc.Inspector), "round": string(doc.Round),
		"year": fmt.Sprint(doc.Year), "feedback": string(doc.FeedbackDate), "published": string(doc.PublicationDate)}
	for _, l := range lines(want) {
		if field, ok := strings.CutPrefix(l, "= "); ok {
			field, _, _ = strings.Cut(field, " ")
			got += strings.TrimRight("= "+field+" "+facts[field], " ") + "\n"
		}
	}
	return got, want
}

// lines cuts a text into its lines.
func lines(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == '\n' })
}

// probed writes the findings of a document as the probes do; where a probe leaves a status or a path open, so does this.
func probed(doc *corpus.Document, want string) string {
	var b strings.Builder
	expected := slices.DeleteFunc(lines(want), func(l string) bool { return strings.HasPrefix(l, "= ") })
	for i, f := range doc.Findings {
		status, open := string(f.Status), ""
		if i < len(expected) {
			open = expected[i]
		}
		if strings.Contains(open, " | - ") {
			status = "-"
		}
		if open != "" && !strings.Contains(open, " | ") {
			fmt.Fprintln(&b, f.Statement)
			continue
		}
		fmt.Fprintf(&b, "%s | %s %d", f.Statement, status, len(f.Measures))
		if len(f.Path) > 0 {
			fmt.Fprintf(&b, " | %s", strings.Join(f.Path, " / "))
		}
		b.WriteByte('\n')
	}
	return b.String()
}
