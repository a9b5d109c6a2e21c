package synth_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/corpus/synth"
)

// narrow makes full-width punctuation half-width, so that texts of reports in either can be compared.
var narrow = strings.NewReplacer("，", ",", "：", ":", "；", ";", "（", "(", "）", ")")

func TestCopiesAndTotals(t *testing.T) {
	o := synth.Options{Reports: 160, Seed: 3, Copies: 60, Totals: 60}
	texts, planted := map[string]string{}, map[string]*synth.Planted{}
	for r := range synth.Generate(o) {
		texts[r.Name], planted[r.Name] = narrow.Replace(text(t, r)), r.Planted
	}
	edits, kinds := map[string]int{}, map[string][2]int{}
	stands := func(name, words string) {
		t.Helper()
		if !strings.Contains(texts[name], narrow.Replace(words)) {
			t.Errorf("%s does not say %q", name, words)
		}
	}
	for name, p := range planted {
		if p == nil {
			continue
		}
		for _, o := range p.Originals {
			stands(name, o.Text)
		}
		for _, c := range p.Copies {
			stands(name, c.Text)
			edits[c.Edit]++
			source := planted[c.Source]
			if source == nil || len(source.Originals) == 0 {
				t.Errorf("%s copies from %s, which has no original", name, c.Source)
			} else if same := narrow.Replace(source.Originals[0].Text) == narrow.Replace(c.Text); same != (c.Edit == "") {
				t.Errorf("%s: %q copies %q with edit %q", name, c.Text, source.Originals[0].Text, c.Edit)
			}
		}
		if s := p.Totals; s != nil {
			stands(name, s.Text)
			n := kinds[s.Kind]
			if s.False {
				n[0]++
			} else {
				n[1]++
			}
			kinds[s.Kind] = n
		}
	}
	if len(edits) != 4 {
		t.Errorf("edits of copies: %v", edits)
	}
	for _, kind := range []string{"measures_exceed", "parts_differ", "rate_differs", "persons_exceed"} {
		if n := kinds[kind]; n[0] == 0 || n[1] == 0 {
			t.Errorf("%s: %d false and %d true totals", kind, n[0], n[1])
		}
	}
	if n := kinds["look_alike"]; n[0] > 0 || n[1] == 0 {
		t.Errorf("look-alikes: %d false, %d true", n[0], n[1])
	}
}

// TestPlantingTouchesNothingElse holds that a report into which nothing was put is what it is without planting.
func TestPlantingTouchesNothingElse(t *testing.T) {
	plain := collect(synth.Options{Reports: 60, Seed: 5})
	some := collect(synth.Options{Reports: 60, Seed: 5, Copies: 40, Totals: 40})
	touched := 0
	for i := range plain {
		if some[i].Planted != nil {
			touched++
			continue
		}
		if diff := cmp.Diff(plain[i], some[i]); diff != "" {
			t.Fatalf("%s differs:\n%s", plain[i].Name, diff)
		}
	}
	if touched == 0 || touched == len(plain) {
		t.Errorf("%d of %d reports were planted in", touched, len(plain))
	}
}

// TestLevel holds that without trends the categories of the last years are about as frequent as those of the first.
func TestLevel(t *testing.T) {
	if reflect.DeepEqual(collect(synth.Options{Level: true}), collect(synth.Options{})) {
		t.Error("a corpus without trends is the same as one with trends")
	}
	count := func(o synth.Options, low, high int) (n float64) {
		all := 0
		for r := range synth.Generate(o) {
			if y := int(r.Gold.Year); y < low || y > high {
				continue
			}
			for _, f := range r.Gold.Findings {
				all++
				if f.Categories[0] == "procurement.purchasing" || f.Categories[0] == "procurement.tendering" {
					n++
				}
			}
		}
		return n / float64(all)
	}
	change := func(o synth.Options) float64 { return count(o, 2023, 2024) / count(o, 2020, 2021) }
	level, rising := change(synth.Options{Reports: 900, Level: true}), change(synth.Options{Reports: 900})
	if level < 0.8 || level > 1.25 || rising < 1.3*level {
		t.Errorf("the last years have %.2f times the first without trends, %.2f times with them", level, rising)
	}
}
