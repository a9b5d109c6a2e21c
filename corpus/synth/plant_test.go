package synth_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"tongjian/corpus/synth"
)

func plants() []synth.Plants {
	return []synth.Plants{
		{Repeats: 4}, {Common: 8}, {Repeats: 3, Common: 5, Free: true}, {Repeats: 3, Part: synth.Held},
		{Repeats: 3, Common: 4, Pairs: true, Part: synth.Tuned},
	}
}

func TestPlantsAgreeWithText(t *testing.T) {
	for _, p := range plants() {
		for _, r := range collect(synth.Options{Reports: 60, Units: 10, Years: 8, Plants: p}) {
			checkReport(t, r)
			if len(r.Truth) != len(r.Gold.Findings) {
				t.Fatalf("%s: %d truths for %d findings", r.Name, len(r.Truth), len(r.Gold.Findings))
			}
			for i, f := range r.Truth {
				if len(f.Problems) == 0 || len(f.Problems) > 2 {
					t.Errorf("%s: finding %d has problems %v", r.Name, i+1, f.Problems)
				}
			}
		}
	}
}

// kept returns the letters of a statement without what says that it is old.
func kept(statement string) []rune {
	var out []rune
	for clause := range strings.FieldsFuncSeq(statement, func(r rune) bool { return strings.ContainsRune(",，", r) }) {
		if strings.Contains(clause, "上轮") || strings.Contains(clause, "上一轮") || strings.Contains(clause, "上次") ||
			strings.Contains(clause, "屡犯") || strings.Contains(clause, "边犯") || strings.Contains(clause, "至今没有") {
			continue
		}
		for _, r := range clause {
			if unicode.IsLetter(r) {
				out = append(out, r)
			}
		}
	}
	return out
}

// carried returns how many characters of two texts stand in both in the same order: their longest common subsequence.
func carried(a, b []rune) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		corner := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = corner + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			corner = above
		}
	}
	return row[len(b)]
}

// TestRepeatsAreReworded checks that a planted problem that comes back has at least 40% of its characters new.
func TestRepeatsAreReworded(t *testing.T) {
	seen := map[string]map[string]bool{}
	for _, r := range collect(synth.Options{Reports: 160, Units: 40, Years: 8, Plants: synth.Plants{Repeats: 6}}) {
		for i, f := range r.Truth {
			if len(f.Problems) != 1 || strings.Contains(f.Problems[0], "/") || strings.HasSuffix(f.Problems[0], "-other") {
				continue
			}
			if seen[f.Problems[0]] == nil {
				seen[f.Problems[0]] = map[string]bool{}
			}
			seen[f.Problems[0]][string(kept(r.Gold.Findings[i].Statement))] = true
		}
	}
	if len(seen) < 40 {
		t.Errorf("%d problems planted", len(seen))
	}
	for key, wordings := range seen {
		var all []string
		for w := range wordings {
			all = append(all, w)
		}
		slices.Sort(all)
		for i, a := range all {
			for _, b := range all[:i] {
				x, y := []rune(a), []rune(b)
				if share := 1 - float64(carried(x, y))/float64(min(len(x), len(y))); share < 0.4 {
					t.Errorf("%s: %s and %s differ by %.2f", key, a, b, share)
				}
			}
		}
	}
}

func TestPairsShareInspections(t *testing.T) {
	reports := collect(synth.Options{Reports: 40, Units: 10, Years: 4, Plants: synth.Plants{Repeats: 4, Pairs: true}})
	mild, dropped := 0, 0
	for i := 0; i < len(reports); i += 2 {
		report, notice := reports[i], reports[i+1]
		if report.Inspection != notice.Inspection || report.Gold.Unit != notice.Gold.Unit || report.Gold.InspectionFrom != notice.Gold.InspectionFrom {
			t.Fatalf("%s and %s are not of one inspection", report.Name, notice.Name)
		}
		for _, f := range notice.Truth {
			if f.Mild {
				mild++
			}
		}
		for _, f := range report.Truth {
			if !slices.ContainsFunc(notice.Truth, func(n synth.FindingTruth) bool { return slices.Contains(n.Problems, f.Problems[0]) }) {
				dropped++
			}
		}
	}
	if mild == 0 || dropped == 0 {
		t.Errorf("%d put mildly, %d left out", mild, dropped)
	}
}
