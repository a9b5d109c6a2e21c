package synth

// Internal, because the bank of texts is not exported.

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestEveryCategoryHasStatements(t *testing.T) {
	b := halfBank()
	if len(b.domains) != 11 || len(b.leaves) != 46 {
		t.Fatalf("%d domains and %d categories, want 11 and 46", len(b.domains), len(b.leaves))
	}
	for _, l := range b.leaves {
		if len(l.statements) < 6 || len(l.measures) < 3 || len(l.items) == 0 {
			t.Errorf("%s has %d statements, %d measures, %d headings", l.code, len(l.statements), len(l.measures), len(l.items))
		}
		if l.code.Domain() != "" && string(l.code.Domain()) != b.domains[l.domain].code {
			t.Errorf("%s stands under %s", l.code, b.domains[l.domain].code)
		}
	}
}

// TestTemplatesFill fills every text of both banks many times, so that a wrong blank cannot hide behind a choice.
func TestTemplatesFill(t *testing.T) {
	f := &filler{rng: rand.New(rand.NewPCG(1, 2)), unit: Units(1)[0], year: 2022}
	for _, b := range []*bank{halfBank(), fullBank()} {
		var all []template
		for _, d := range b.domains {
			all = append(append(all, d.aspects...), d.focus)
		}
		for _, l := range b.leaves {
			all = append(append(all, l.items...), l.measures...)
			for _, s := range l.statements {
				all = append(all, s.text, s.fact)
			}
		}
		all = append(append(append(append(all, b.heads...), b.details...), b.tails...), b.extra...)
		for _, text := range all {
			for range 5 {
				if got := f.fill(text); got == "" || strings.ContainsAny(got, "{}|/。") {
					t.Errorf("filled %+v: %q", text, got)
				}
			}
		}
	}
}

func TestChinese(t *testing.T) {
	for n, want := range map[int]string{1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 39: "三十九", 99: "九十九"} {
		if got := chinese(n); got != want {
			t.Errorf("chinese(%d) = %s, want %s", n, got, want)
		}
	}
}
