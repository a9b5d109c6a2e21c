package fingerprint

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
)

// Relation says what two documents are to each other.
type Relation string

// The relations.
const (
	Different Relation = ""
	Same      Relation = "same"    // the same text, up to what is printed around it
	Version   Relation = "version" // an earlier and a later text of one document
)

// What Compare asks for. Similarities are exact Jaccard similarities of the findings' 4-grams; shares are of the findings
// of the document that has more of them.
const (
	sameText     = 0.90 // similarity of the same text
	sameFindings = 0.95 // share of equal statements in the same text
	leastVersion = 0.70 // similarity of two versions
	leastShare   = 0.60 // share of equal statements in two versions
	leastFrame   = 0.60 // share of equal statements that stand under the same headings, in the same text and in versions
	certainText  = 0.95 // similarity from which it is one text, however its findings were cut
	sameBare     = 0.98 // similarity of the same text without findings
	bareVersion  = 0.85 // similarity of two versions without findings
	leastBare    = 200  // characters of a text without findings; a shorter one is a form that is filled in
)

// Compare tells what two documents are to each other. Both must be as they were read, without corrections.
func Compare(a, b *corpus.Document) Relation {
	if a.DocType != b.DocType || !sameInspection(a, b) {
		return Different
	}
	x, y := body(a), body(b)
	if unit := Normalise(string(a.Unit)); unit == "" || unit != Normalise(string(b.Unit)) {
		return compareUnknown(a, b, x == y)
	}
	if len(a.Findings) == 0 || len(b.Findings) == 0 {
		return compareBare(a, b, x, y)
	}
	p := pair(a.Findings, b.Findings)
	switch similarity := Jaccard(x, y); {
	case similarity < leastVersion:
		return Different
	case similarity >= sameText && p.share >= sameFindings && p.frame >= leastFrame && p.statuses && p.figures:
		return Same
	case p.share >= leastShare && p.frame >= leastFrame, sameFigures(a, b) && Jaccard(core(a), core(b)) >= certainText:
		return Version
	}
	return Different // another report of the same inspection, which puts the same findings in another order of things
}

// compareUnknown compares two documents that are not known to be about the same unit: they must say the same throughout,
// and their names must not contradict it.
func compareUnknown(a, b *corpus.Document, equal bool) Relation {
	if !equal || len(a.Findings) != len(b.Findings) {
		return Different
	}
	if p := pair(a.Findings, b.Findings); !p.statuses || len(a.Findings) > 0 && p.share < 1 {
		return Different
	}
	u, v := Normalise(string(a.Unit)), Normalise(string(b.Unit))
	if u != "" && v != "" {
		// 林业局 and 清澜市林业局
		return sameIf(strings.HasSuffix(u, v) || strings.HasSuffix(v, u))
	}
	s, t := Normalise(string(a.Title)), Normalise(string(b.Title))
	return sameIf(s == t || s != "" && t != "" && (strings.Contains(s, t) || strings.Contains(t, s)))
}

func sameIf(ok bool) Relation {
	if ok {
		return Same
	}
	return Different
}

// compareBare compares documents of the same unit of which at least one has no findings; only their names and their text
// can speak for them.
func compareBare(a, b *corpus.Document, x, y string) Relation {
	if len(a.Findings) != len(b.Findings) || a.Year != b.Year || a.Title == "" || Normalise(string(a.Title)) != Normalise(string(b.Title)) {
		return Different
	}
	if min(utf8.RuneCountInString(x), utf8.RuneCountInString(y)) < leastBare {
		return Different
	}
	switch similarity := Jaccard(x, y); {
	case similarity >= sameBare:
		return Same
	case similarity >= bareVersion:
		return Version
	}
	return Different
}

// sameInspection reports whether nothing that both documents state about the inspection contradicts that it is the same.
func sameInspection(a, b *corpus.Document) bool {
	for _, d := range [][2]corpus.Date{
		{a.InspectionFrom, b.InspectionFrom}, {a.InspectionTo, b.InspectionTo}, {a.FeedbackDate, b.FeedbackDate},
	} {
		if d[0] != "" && d[1] != "" && d[0] != d[1] {
			return false
		}
	}
	// A copy may come out in the year after; a year may be that of publication where nothing else is stated.
	if !near(a.Year, b.Year) || !near(a.PublicationDate.Year(), b.PublicationDate.Year()) {
		return false
	}
	r, s := Normalise(string(a.Round)), Normalise(string(b.Round))
	return strings.Contains(r, s) || strings.Contains(s, r) // 第一轮 and 十三届市委第一轮; nothing contradicts nothing
}

func near(a, b corpus.Year) bool { return a == 0 || b == 0 || max(a, b)-min(a, b) <= 1 }

// pairing says how far two documents' findings agree.
type pairing struct {
	share    float64 // of findings whose statement is in the other document too
	frame    float64 // share of those that stand under the same headings
	statuses bool    // all of those have the same status there
	figures  bool    // and the same figures in their account
}

// pair joins findings with equal statements, those that occur several times in their order.
func pair(a, b []corpus.Finding) pairing {
	if len(a) < len(b) {
		a, b = b, a
	}
	of := make(map[string][]int, len(b))
	for i := range b {
		key := Normalise(b[i].Statement)
		of[key] = append(of[key], i)
	}
	p := pairing{statuses: true, figures: true}
	equal, framed := 0, 0
	for i := range a {
		key := Normalise(a[i].Statement)
		if len(of[key]) == 0 {
			continue
		}
		j := of[key][0]
		of[key] = of[key][1:]
		equal++
		if Normalise(strings.Join(a[i].Path, "")) == Normalise(strings.Join(b[j].Path, "")) {
			framed++
		}
		p.statuses = p.statuses && a[i].Status == b[j].Status
		// What a page prints below a document may have come to its last finding, with dates and numbers of readers.
		last := i == len(a)-1 || j == len(b)-1
		p.figures = p.figures && (last || figures(a[i].Account) == figures(b[j].Account))
	}
	if equal > 0 {
		p.share, p.frame = float64(equal)/float64(len(a)), float64(framed)/float64(equal)
	}
	return p
}

// sameFigures reports whether the findings of two documents name the same figures in the same order, up to what is printed
// below one of them.
func sameFigures(a, b *corpus.Document) bool {
	x, y := allFigures(a.Findings), allFigures(b.Findings)
	return strings.HasPrefix(x, y) || strings.HasPrefix(y, x)
}

func allFigures(findings []corpus.Finding) string {
	var b strings.Builder
	for i := range findings {
		b.WriteString(figures(findings[i].Statement + "\n" + findings[i].Account))
	}
	return b.String()
}

// number is a figure. What may be the number of a list is none: 1. 2、 3）.
var number = regexp.MustCompile(`[0-9]+(?:[.,][0-9]+)*[.、)]?`)

// figures returns the figures of a text in their order. Two texts that differ in a figure say different things, however
// few characters that is.
func figures(text string) string {
	wide := strings.Map(func(r rune) rune {
		if r >= 0xff01 && r <= 0xff5e {
			return r - 0xfee0
		}
		return r
	}, text)
	var b strings.Builder
	for _, f := range number.FindAllString(wide, -1) {
		if strings.HasSuffix(f, ".") || strings.HasSuffix(f, "、") || strings.HasSuffix(f, ")") {
			continue
		}
		b.WriteString(f)
		b.WriteByte(' ')
	}
	return b.String()
}
