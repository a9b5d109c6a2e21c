package sqlite_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/corpus"
	"tongjian/corpus/sqlite"
)

// paper is a made-up notice that can arrive in several shapes.
type paper struct {
	unit     string
	site     string // what the site prints around it
	findings int
	done     int // findings that have been put right; the others are under way
	date     corpus.Date
}

func (p paper) submission() corpus.Submission {
	doc := &corpus.Document{
		Source: p.site + ".html", DocType: corpus.RectificationNotice, Unit: corpus.Fact(p.unit), Title: corpus.Fact(p.unit + "通报"),
		Round: "十二届县委第三轮", Year: 2023, PublicationDate: p.date, Format: "html", Encoding: "utf-8",
		Findings: []corpus.Finding{}, Sections: []corpus.Section{}, Provenance: map[string]corpus.Provenance{}, Warnings: []corpus.Warning{},
	}
	text := doc.Source + "\n" + string(doc.Title) + "\n"
	for i := range p.findings {
		status := corpus.Done
		if i >= p.done {
			status = corpus.InProgress
		}
		f := corpus.Finding{
			Ordinal: i + 1, Path: []string{}, PathSpans: []corpus.Span{}, Statement: fmt.Sprintf("%s有关第%c项工作落实不到位", p.unit, rune('甲'+i)),
			Account: fmt.Sprintf("制定%c类清单%d条，明确专人负责，逐月调度通报。", rune('子'+3*i), 20+i), Status: status,
			Measures: []corpus.Measure{}, Amounts: []corpus.Amount{}, Issued: []string{},
			Categories: []corpus.Category{{Code: "style.formalism", Score: 0.8, Evidence: []corpus.Evidence{}, By: corpus.ByRule}},
		}
		start := len(text)
		text += fmt.Sprintf("%d.%s。%s%s\n", i+1, f.Statement, f.Account, status.Chinese())
		f.Span = corpus.Span{Start: start, End: len(text)}
		doc.Findings = append(doc.Findings, f)
	}
	doc.Text = text
	doc.ID = corpus.NewDocumentID([]byte(text))
	for i := range doc.Findings {
		doc.Findings[i].ID = corpus.NewFindingID(doc.ID, i+1)
	}
	return corpus.Submission{Name: doc.Source, Original: []byte(text), Document: doc}
}

func (p paper) id() corpus.DocumentID { return p.submission().Document.ID }

func (p paper) at(site string) paper { p.site = site; return p }

var (
	first = paper{unit: "云岭县粮食局", site: "本局", findings: 10, done: 6}
	// second is what became of it later.
	second = paper{unit: "云岭县粮食局", site: "本局", findings: 10, done: 9}
	other  = paper{unit: "云岭县畜牧局", site: "本局", findings: 10, done: 6}
)

// arrive commits papers, each in a batch of its own.
func arrive(t *testing.T, db *sqlite.DB, papers ...paper) []corpus.Outcome {
	t.Helper()
	var out []corpus.Outcome
	for _, p := range papers {
		out = append(out, commit(t, db, p.submission())...)
	}
	return out
}

// live returns what one who follows the feed from its beginning ends up with, in the order of the first appearance.
func live(t *testing.T, db *sqlite.DB) []corpus.DocumentID {
	t.Helper()
	changes, err := db.Changes(t.Context(), 0, 1e6)
	if err != nil {
		t.Fatal(err)
	}
	var out []corpus.DocumentID
	for i, c := range changes {
		if c.Sequence != int64(i+1) {
			t.Fatalf("change %d has number %d", i+1, c.Sequence)
		}
		seen := false
		for _, id := range out {
			seen = seen || id == c.DocumentID
		}
		if c.Document != nil && !seen {
			out = append(out, c.DocumentID)
		}
	}
	return out
}

// standings returns a history as "ID standing by" with papers' names for identifiers.
func standings(t *testing.T, db *sqlite.DB, names map[corpus.DocumentID]string, id corpus.DocumentID) string {
	t.Helper()
	history, err := db.History(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range history {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s", names[r.ID], r.Standing, names[r.By])))
	}
	return strings.Join(out, "; ")
}

func TestWhatArrivesAgain(t *testing.T) {
	a, b, c := first, second, first.at("县政府")
	d := second.at("转载")
	fuller := paper{unit: first.unit, site: "县纪委", findings: 11, done: 6}
	dated := func(p paper, date corpus.Date) paper { p.date = date; return p }
	tests := []struct {
		name    string
		papers  []paper
		results string
		live    []int  // papers that are counted in the end
		history string // of the first paper, papers as p0, p1 …
	}{
		{"another unit's", []paper{a, other}, "added added", []int{0, 1}, "p0 shown"},
		{"the same bytes", []paper{a, a}, "added unchanged", []int{0}, "p0 shown"},
		{"a version", []paper{a, b}, "added replaced", []int{1}, "p1 shown; p0 earlier p1"},
		{"a version and its original again", []paper{a, b, a}, "added replaced unchanged", []int{1}, "p1 shown; p0 earlier p1"},
		{"three versions", []paper{a, b, {unit: a.unit, site: "本局", findings: 10, done: 10}}, "added replaced replaced", []int{2},
			"p2 shown; p1 earlier p2; p0 earlier p1"},
		{"an old version late", []paper{dated(b, "2024-06-01"), dated(a, "2024-01-01")}, "added outdated", []int{0}, "p0 shown; p1 earlier p0"},
		{"a copy", []paper{a, c}, "added folded", []int{0}, "p0 shown; p1 copy p0"},
		{"two copies", []paper{a, c, a.at("转载")}, "added folded folded", []int{0}, "p0 shown; p2 copy p0; p1 copy p0"},
		{"a fuller copy", []paper{a, c, fuller}, "added folded replaced", []int{2}, "p2 shown; p1 copy p0; p0 earlier p2"},
		{"a copy of an old version", []paper{a, b, c}, "added replaced folded", []int{1}, "p1 shown; p2 copy p0; p0 earlier p1"},
		{"a copy of each", []paper{a, b, c, d}, "added replaced folded folded", []int{1}, "p1 shown; p3 copy p1; p2 copy p0; p0 earlier p1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			db := create(t)
			var results []string
			for _, o := range arrive(t, db, tt.papers...) {
				results = append(results, string(o.Result))
			}
			if got := strings.Join(results, " "); got != tt.results {
				t.Errorf("results %s, want %s", got, tt.results)
			}
			names := map[corpus.DocumentID]string{}
			for i, p := range tt.papers {
				if _, known := names[p.id()]; !known {
					names[p.id()] = fmt.Sprintf("p%d", i)
				}
			}
			var want []corpus.DocumentID
			findings := 0
			for _, i := range tt.live {
				want = append(want, tt.papers[i].id())
				findings += tt.papers[i].findings
			}
			if diff := cmp.Diff(want, live(t, db)); diff != "" {
				t.Errorf("counted (-want +got):\n%s", diff)
			}
			if got := standings(t, db, names, tt.papers[0].id()); got != tt.history {
				t.Errorf("history %q, want %q", got, tt.history)
			}
			s, err := db.Stats(t.Context())
			if err != nil || s.Documents != len(want) || s.Findings != findings || s.Hidden != len(names)-len(want) {
				t.Errorf("stats %+v, %v", s, err)
			}
			for _, p := range tt.papers {
				if _, data, err := db.Original(t.Context(), p.id()); err != nil || string(data) != string(p.submission().Original) {
					t.Errorf("original of a hidden document: %v", err)
				}
				if doc, err := db.Document(t.Context(), p.id()); err != nil || len(doc.Findings) != p.findings {
					t.Errorf("hidden document: %v", err)
				}
			}
			sound(t, db)
		})
	}
}

// The same papers give the same standings in one batch as one by one.
func TestOneBatchSettlesToo(t *testing.T) {
	db := create(t)
	var results []corpus.Result
	for _, o := range commit(t, db, first.submission(), second.submission(), first.at("县政府").submission(), other.submission()) {
		results = append(results, o.Result)
	}
	if diff := cmp.Diff([]corpus.Result{corpus.Added, corpus.Replaced, corpus.Folded, corpus.Added}, results); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
	sound(t, db)
}

func TestRemovalPromotesTheNext(t *testing.T) {
	a, b, c, d := first, second, first.at("县政府"), second.at("转载")
	names := map[corpus.DocumentID]string{a.id(): "a", b.id(): "b", c.id(): "c", d.id(): "d"}
	steps := []struct {
		remove paper
		of     paper
		want   string
	}{
		{b, a, "d shown; c copy a; a earlier d"}, // its copy comes before its earlier version
		{a, c, "d shown; c earlier d"},           // a copy takes the place of a hidden one too
		{d, c, "c shown"},
	}
	db := create(t)
	arrive(t, db, a, b, c, d)
	for _, s := range steps {
		if err := db.Remove(t.Context(), s.remove.id()); err != nil {
			t.Fatal(err)
		}
		if got := standings(t, db, names, s.of.id()); got != s.want {
			t.Fatalf("without %s: %q, want %q", names[s.remove.id()], got, s.want)
		}
		sound(t, db)
	}
	if got := live(t, db); len(got) != 1 || got[0] != c.id() {
		t.Errorf("counted %v, want the last one", got)
	}
	if _, err := db.History(t.Context(), a.id()); corpus.KindOf(err) != corpus.NotFound {
		t.Errorf("history of what was removed: %v", err)
	}
	if err := db.Remove(t.Context(), c.id()); err != nil {
		t.Fatal(err)
	}
	if got := arrive(t, db, a)[0].Result; got != corpus.Added {
		t.Errorf("back in an empty store: %s", got)
	}
	sound(t, db)
}

func TestCorrectionsCarryOver(t *testing.T) {
	db := create(t)
	arrive(t, db, first)
	id := first.id()
	give := func(id corpus.DocumentID, finding int, field string, values ...string) {
		t.Helper()
		if err := db.Correct(t.Context(), []corpus.Correction{{Document: id, Finding: finding, Field: field, Values: values}}); err != nil {
			t.Fatal(err)
		}
	}
	give(id, 2, "categories", "finance.subsidy")
	give(id, 2, "categories", "finance.expense") // the newest holds
	give(id, 3, "status", "partial")
	give(id, 8, "status", "not_done") // the new version says that it is done
	give(id, 0, "sector", "农业农村")
	give(id, 4, "status", "partial")
	give(id, 4, "status") // withdrawn

	out := arrive(t, db, second)[0]
	if out.Result != corpus.Replaced || out.Other != id || out.Carried != 3 || len(out.Left) != 1 || out.Left[0].Finding != 8 {
		t.Errorf("outcome %+v, want three carried over and one left", out)
	}
	doc, err := db.Document(t.Context(), second.id())
	if err != nil {
		t.Fatal(err)
	}
	if doc.Findings[1].Categories[0].Code != "finance.expense" || doc.Findings[2].Status != corpus.Partial ||
		doc.Findings[7].Status != corpus.Done || doc.Sector != "农业农村" || doc.Findings[3].Status != corpus.Done {
		t.Errorf("corrected: %s %s %s %s", doc.Findings[1].Categories[0].Code, doc.Findings[2].Status, doc.Findings[7].Status, doc.Sector)
	}
	sound(t, db)

	err = db.Correct(t.Context(), []corpus.Correction{{Document: id, Finding: 1, Field: "status", Values: []string{"done"}}})
	if code(err) != sqlite.CodeHidden || !strings.Contains(err.Error(), string(second.id())) {
		t.Errorf("correction of a hidden document: %v", err)
	}
	// What was said of a copy that is removed holds for the one that takes its place.
	arrive(t, db, second.at("转载"))
	give(second.id(), 5, "status", "not_done")
	if err := db.Remove(t.Context(), second.id()); err != nil {
		t.Fatal(err)
	}
	doc, err = db.Document(t.Context(), second.at("转载").id())
	if err != nil || doc.Findings[4].Status != corpus.NotDone || doc.Sector != "农业农村" {
		t.Errorf("promoted copy: %v, %v", doc, err)
	}
	sound(t, db)
}

func TestApartStaysApart(t *testing.T) {
	db := create(t)
	twin := first.at("县政府")
	arrive(t, db, first, twin)
	if err := db.Separate(t.Context(), twin.id()); err != nil {
		t.Fatal(err)
	}
	if got := live(t, db); len(got) != 2 {
		t.Fatalf("counted %v, want both", got)
	}
	if err := db.Separate(t.Context(), twin.id()); code(err) != sqlite.CodeShown {
		t.Errorf("apart already: %v", err)
	}
	if err := db.Remove(t.Context(), twin.id()); err != nil {
		t.Fatal(err)
	}
	if got := arrive(t, db, twin)[0].Result; got != corpus.Added {
		t.Errorf("back after its removal: %s, want added", got)
	}
	sound(t, db)
}

// A document that is read anew and says something else is taken out of those that it is not the same as any more, and put
// to those that it is.
func TestReadAnewIsSettledAnew(t *testing.T) {
	db := create(t)
	twin := first.at("县政府")
	arrive(t, db, first, twin)
	misread := twin.submission().Document
	misread.Unit = corpus.Fact(other.unit)
	for i := range misread.Findings {
		misread.Findings[i].Statement = strings.ReplaceAll(misread.Findings[i].Statement, "粮食", "畜牧")
	}
	for _, step := range []struct {
		doc  *corpus.Document
		want int
	}{{misread, 2}, {twin.submission().Document, 1}} {
		if n, err := db.Replace(t.Context(), []*corpus.Document{step.doc}); n != 1 || err != nil {
			t.Fatalf("replace: %d, %v", n, err)
		}
		if s, err := db.Stats(t.Context()); err != nil || s.Documents != step.want {
			t.Errorf("%d documents, %v, want %d", s.Documents, err, step.want)
		}
		sound(t, db)
	}
}

// A store of the first schema gets its fingerprints when it is opened, and what is the same in it is found.
func TestOldStoreIsSettled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tongjian.db")
	db := open(t, path)
	arrive(t, db, first, other)
	want, err := db.Changes(t.Context(), 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Downgrade(second.submission()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	var progress []int
	db, err = sqlite.Open(path, sqlite.Options{Now: clock, Upgrading: func(done, total int) { progress = append(progress, done, total) }})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if diff := cmp.Diff([]int{3, 3}, progress); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
	got, err := db.Changes(t.Context(), 0, 10)
	if err != nil || len(got) < 4 || got[0].Document != nil {
		t.Fatalf("changes after the upgrade: %v, %v; want the first one's document replaced", got, err)
	}
	if diff := cmp.Diff(want[1], got[1]); diff != "" {
		t.Errorf("what has no likeness (-want +got):\n%s", diff)
	}
	if s, err := db.Stats(t.Context()); err != nil || s.Documents != 2 || s.Hidden != 1 {
		t.Errorf("stats %+v, %v", s, err)
	}
	sound(t, db)
}
