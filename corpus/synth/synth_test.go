package synth_test

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"tongjian/corpus"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/synth"
)

// text returns a report's file as text.
func text(t testing.TB, r synth.Report) string {
	t.Helper()
	data := r.Data
	if !strings.Contains(string(data), "一") {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil {
			t.Fatalf("%s: %v", r.Name, err)
		}
		data = decoded
	}
	if strings.HasSuffix(r.Name, ".html") {
		return html.UnescapeString(string(data))
	}
	return string(data)
}

func collect(o synth.Options) []synth.Report { return slices.Collect(synth.Generate(o)) }

func TestSampleShowsWhatThereIs(t *testing.T) {
	reports := collect(synth.Options{})
	units, years, types := map[corpus.Fact]int{}, map[corpus.Year]int{}, map[corpus.DocType]int{}
	statuses, leaves, sectors := map[corpus.Status]int{}, map[corpus.CategoryCode]int{}, map[string]int{}
	formats, levels := map[string]int{}, map[corpus.Level]int{}
	for _, r := range reports {
		units[r.Gold.Unit]++
		years[r.Gold.Year]++
		types[r.Gold.DocType]++
		levels[r.Gold.Level]++
		sectors[gazetteer.Sector(string(r.Gold.Unit))]++
		formats[filepath.Ext(r.Name)]++
		for _, f := range r.Gold.Findings {
			statuses[f.Status]++
			for _, c := range f.Categories {
				leaves[c]++
			}
		}
	}
	check := func(what string, got, low int) {
		t.Helper()
		if got < low {
			t.Errorf("the sample has %d %s, want %d or more", got, what, low)
		}
	}
	check("reports", len(reports), 60)
	check("units", len(units), 12)
	check("years", len(years), 5)
	check("types", len(types), 4)
	check("formats", len(formats), 2)
	check("levels", len(levels), 3)
	check("sectors", len(sectors), 10)
	check("statuses", len(statuses), len(corpus.Statuses))
	check("categories", len(leaves), 44)
	for y, n := range years {
		check("reports of "+string(rune('0'+y%10)), n, 8)
	}
}

// TestGoldAndTextAgree checks every report of a corpus with all layouts, flaws and encodings.
func TestGoldAndTextAgree(t *testing.T) {
	for _, r := range collect(synth.Options{Reports: 300, Units: 40, Years: 7, Seed: 3}) {
		checkReport(t, r)
	}
}

func checkReport(t *testing.T, r synth.Report) {
	t.Helper()
	body, g := text(t, r), r.Gold
	if strings.ContainsAny(body, "{}|") && !strings.HasSuffix(r.Name, ".html") {
		t.Errorf("%s: a template shows through", r.Name)
	}
	stated := []string{string(g.Title), string(g.Unit), string(g.PartyBody), string(g.Inspector), string(g.Round)}
	at := strings.Index(body, string(g.Title)) // findings come in the order of the text
	for _, f := range g.Findings {
		i := strings.Index(body[at:], f.Statement)
		if i < 0 {
			t.Fatalf("%s: statement %q is not in the text, or out of order", r.Name, f.Statement)
		}
		at += i
		stated = append(append(stated, f.Path...), string(f.StatusText))
		if len(f.Categories) < 1 || len(f.Categories) > corpus.MaxCategories || f.Measures < 0 {
			t.Errorf("%s: finding %+v", r.Name, f)
		}
		if (f.StatusText == "") != (f.Status == corpus.Unstated) {
			t.Errorf("%s: status %s with words %q", r.Name, f.Status, f.StatusText)
		}
	}
	for _, s := range stated {
		if !strings.Contains(body, s) {
			t.Errorf("%s: %q is in the gold and not in the text", r.Name, s)
		}
	}
	if g.Region.City != "" && !strings.Contains(body, string(g.Region.Province+g.Region.City+g.Region.County)) {
		t.Errorf("%s: region %+v is not spelt out", r.Name, g.Region)
	}
	if len(g.Findings) == 0 || g.Year != g.InspectionFrom.Year() || g.InspectionTo <= g.InspectionFrom {
		t.Errorf("%s: %d findings, year %d, %s to %s", r.Name, len(g.Findings), g.Year, g.InspectionFrom, g.InspectionTo)
	}
	if g.FeedbackDate != "" && (g.FeedbackDate <= g.InspectionTo || g.PublicationDate != "" && g.PublicationDate < g.FeedbackDate) {
		t.Errorf("%s: inspection to %s, feedback %s, published %s", r.Name, g.InspectionTo, g.FeedbackDate, g.PublicationDate)
	}
}

// TestNothingIsReal checks that no text names a division that exists, but for words that are also short names.
func TestNothingIsReal(t *testing.T) {
	g := gazetteer.Default()
	for _, r := range collect(synth.Options{Reports: 400, Units: 400}) {
		body := text(t, r)
		for _, m := range g.Mentions(body) {
			t.Fatalf("%s names %s: …%s…", r.Name, m.Divisions[0].Name, body[max(0, m.Span.Start-30):min(len(body), m.Span.End+30)])
		}
	}
	for _, p := range synth.Places() {
		if found := g.Lookup(p.Name()); len(found) > 0 {
			t.Errorf("%s exists: %+v", p.Name(), found)
		}
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := synth.Options{
			Reports: rapid.IntRange(1, 40).Draw(t, "reports"), Units: rapid.IntRange(1, 30).Draw(t, "units"),
			Years: rapid.IntRange(1, 14).Draw(t, "years"), Findings: rapid.IntRange(1, 40).Draw(t, "findings"),
			Seed: rapid.Uint64().Draw(t, "seed"),
		}
		first, second := collect(o), collect(o)
		if !reflect.DeepEqual(first, second) {
			t.Fatalf("two runs with %+v differ", o)
		}
		if len(first) != o.Reports {
			t.Fatalf("%d reports with %+v", len(first), o)
		}
		seen := map[string]bool{}
		for i, r := range first {
			// Only so many different documents can be about one inspection.
			if i < 5*o.Units*o.Years && seen[string(r.Data)] {
				t.Fatalf("%s repeats another report with %+v", r.Name, o)
			}
			seen[string(r.Data)] = true
			if low := corpus.Year(2024 - o.Years + 1); r.Gold.Year < low || r.Gold.Year > 2024 {
				t.Fatalf("year %d with %+v", r.Gold.Year, o)
			}
		}
	})
}

// TestScale makes as many reports as the budgets are measured with, of few problems each.
func TestScale(t *testing.T) {
	units, years := map[corpus.Fact]bool{}, map[corpus.Year]int{}
	n := 0
	for r := range synth.Generate(synth.Options{Reports: 6657, Units: 2560, Years: 14, Findings: 3}) {
		n++
		units[r.Gold.Unit] = true
		years[r.Gold.Year]++
	}
	if n != 6657 || len(units) != 2560 || len(years) != 14 {
		t.Errorf("%d reports on %d units in %d years, want 6657, 2560, 14", n, len(units), len(years))
	}
	for y, count := range years {
		if count < 6657/14/3 {
			t.Errorf("only %d reports of %d", count, y)
		}
	}
}

// TestNoReportTwice checks that every report of a larger corpus has bytes of its own.
func TestNoReportTwice(t *testing.T) {
	seen := map[string]string{}
	for r := range synth.Generate(synth.Options{Reports: 300, Seed: 1}) {
		if other, ok := seen[string(r.Data)]; ok {
			t.Errorf("%s has the bytes of %s", r.Name, other)
		}
		seen[string(r.Data)] = r.Name
	}
}

// TestSequenceStops checks that a consumer may leave early.
func TestSequenceStops(t *testing.T) {
	n := 0
	for range synth.Generate(synth.Options{Reports: 1 << 30}) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d reports before the stop", n)
	}
}

func TestSeedsDiffer(t *testing.T) {
	a, b := collect(synth.Options{Reports: 1, Seed: 1}), collect(synth.Options{Reports: 1, Seed: 2})
	if bytes.Equal(a[0].Data, b[0].Data) {
		t.Error("two seeds give the same report")
	}
}

// TestProcurementRises checks the trend that the sample is made to show.
func TestProcurementRises(t *testing.T) {
	share := map[bool][2]float64{}
	for _, r := range collect(synth.Options{Reports: 1000, Units: 200, Years: 10}) {
		late := r.Gold.Year >= 2020
		s := share[late]
		for _, f := range r.Gold.Findings {
			s[1]++
			if f.Categories[0].Domain() == "procurement" {
				s[0]++
			}
		}
		share[late] = s
	}
	early, late := share[false][0]/share[false][1], share[true][0]/share[true][1]
	if late < 1.25*early {
		t.Errorf("share of procurement %.3f, later %.3f; want a rise by a quarter or more", early, late)
	}
}

// TestProblemsComeBack checks that units have a category again in a later year, and that some reports say so.
func TestProblemsComeBack(t *testing.T) {
	said := 0
	for _, r := range collect(synth.Options{}) {
		for _, f := range r.Gold.Findings {
			if strings.HasSuffix(f.Statement, "上轮巡察指出后仍未改正") {
				said++
				if !slices.Contains(f.Categories[1:], "rectification.inspection") {
					t.Errorf("%s: %q has categories %v", r.Name, f.Statement, f.Categories)
				}
			}
		}
	}
	if said < 5 {
		t.Errorf("%d problems say that they came back, want 5 or more", said)
	}
}

func TestUnits(t *testing.T) {
	units := synth.Units(synth.MaxUnits)
	if len(units) != synth.MaxUnits {
		t.Fatalf("%d units, want %d", len(units), synth.MaxUnits)
	}
	seen := map[string]bool{}
	for _, u := range units {
		if seen[u.Name] {
			t.Errorf("%s stands twice", u.Name)
		}
		seen[u.Name] = true
		if got := gazetteer.Sector(u.Name); got != u.Sector {
			t.Errorf("Sector(%s) = %s, want %s", u.Name, got, u.Sector)
		}
		want := gazetteer.UnitName{Unit: u.Name, PartyBody: u.PartyBody()}
		if got := gazetteer.ParseUnit(u.PartyBody()); got != want {
			t.Errorf("ParseUnit(%s) = %+v, want %+v", u.PartyBody(), got, want)
		}
	}
}

func TestWrite(t *testing.T) {
	folder := t.TempDir()
	calls := 0
	err := synth.Write(context.Background(), folder, synth.Options{Reports: 8}, func(done, total int) {
		if calls++; done != calls || total != 8 {
			t.Errorf("progress %d of %d at call %d", done, total, calls)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range collect(synth.Options{Reports: 8}) {
		data, err := os.ReadFile(filepath.Join(folder, "documents", r.Name))
		if err != nil || !bytes.Equal(data, r.Data) {
			t.Errorf("%s: %v, or other bytes than generated", r.Name, err)
		}
		encoded, err := os.ReadFile(filepath.Join(folder, "gold", strings.TrimSuffix(r.Name, filepath.Ext(r.Name))+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var gold synth.Gold
		if err := json.Unmarshal(encoded, &gold); err != nil {
			t.Errorf("gold of %s: %v", r.Name, err)
		}
		if diff := cmp.Diff(r.Gold, gold); diff != "" {
			t.Errorf("gold of %s (-generated +written):\n%s", r.Name, diff)
		}
	}
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	if err := synth.Write(canceled, folder, synth.Options{}, nil); err != context.Canceled {
		t.Errorf("Write with a canceled context: %v", err)
	}
}

func BenchmarkGenerate(b *testing.B) {
	o := synth.Options{Reports: 200, Units: 2560, Years: 14, Findings: 30}
	size := 0
	for r := range synth.Generate(o) {
		size += len(r.Data)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for r := range synth.Generate(o) {
			_ = r
		}
	}
}
