package similar_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"tongjian/corpus"
	"tongjian/corpus/similar"
	"tongjian/corpus/synth"
)

func score(a, b string) float64 { return similar.Score(similar.Of(a), similar.Of(b)) }

// What is the same problem in other words lies above what is another problem of the same field.
func TestScoreOrders(t *testing.T) {
	for _, c := range []struct{ statement, same, other string }{
		{"下乡车辆被用于办私事", "公务用车私用", "公务用车维修费用偏高"},
		{"办公设备有账无物", "固定资产账实不符", "固定资产出租未公开招租"},
		{"大额支出由个人拍板", "大额资金未经集体研究", "大额资金支付未使用公务卡"},
		{"党费收缴不规范", "党费未足额缴纳", "党费使用不规范"},
		{"森林防火工作推进缓慢", "森林防火工作后劲不足", "医保经办工作推进缓慢"},
		{"会议记录不完整", "党组会记录要素缺失", "会前酝酿不充分"},
	} {
		if same, other := score(c.statement, c.same), score(c.statement, c.other); same <= other {
			t.Errorf("%s: %s %.2f, %s %.2f", c.statement, c.same, same, c.other, other)
		}
	}
}

func TestScoreForgives(t *testing.T) {
	for name, c := range map[string][2]string{
		"width, script and punctuation": {"固定資產賬實不符，家底不清。", "固定资产账实不符,家底不清"},
		"figures and dates":             {"2021年12笔往来款长期挂账", "2023年5笔往来款长期挂账"},
		"saying that it is old":         {"公车私用，上轮巡察指出后仍未改正", "公车私用"},
	} {
		if s := score(c[0], c[1]); s < 0.85 {
			t.Errorf("%s: %s and %s are %.2f alike", name, c[0], c[1], s)
		}
	}
	for name, c := range map[string][2]string{
		"formulas":           {"公车管理不到位，存在薄弱环节", "档案管理不到位，存在薄弱环节"},
		"both being old":     {"公车私用，上轮巡察指出后仍未改正", "大额资金未集体研究，上轮巡察指出后仍未改正"},
		"nothing":            {"", ""},
		"figures alone":      {"2021年12月", "2021年12月"},
		"nothing in common":  {"公车私用", "会议记录缺失"},
		"the form of a year": {"２０２１", "2021"},
	} {
		if s := score(c[0], c[1]); s > 0.2 {
			t.Errorf("%s: %q and %q are %.2f alike", name, c[0], c[1], s)
		}
	}
}

func TestScoreIsAMeasure(t *testing.T) {
	clauses := pool()
	statements := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(clauses), 0, 3).Draw(t, "clauses"), "，") + rapid.String().Draw(t, "more")
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := statements.Draw(t, "a"), statements.Draw(t, "b")
		p, q := similar.Of(a), similar.Of(b)
		s := similar.Score(p, q)
		if s < 0 || s > 1 || s != similar.Score(q, p) {
			t.Fatalf("score %v, other way %v", s, similar.Score(q, p))
		}
		if self := similar.Score(p, p); !p.Empty() && self < 0.9999 || p.Empty() && self != 0 {
			t.Fatalf("%q is %v like itself", a, self)
		}
		if shared := similar.Shared(p, q); len(shared) > 0 && s == 0 || !slices.Equal(shared, similar.Shared(q, p)) {
			t.Fatalf("shared %v with score %v", shared, s)
		}
	})
}

func TestSharedNamesNotions(t *testing.T) {
	got := similar.Shared(similar.Of("节假日公车未封存，被用于办私事"), similar.Of("公务用车私用"))
	if !slices.Contains(got, "公车") || !slices.Contains(got, "公车私用") {
		t.Errorf("shared %v", got)
	}
}

// pool returns the clauses of made-up statements.
func pool() []string {
	seen := map[string]bool{}
	var out []string
	for r := range synth.Generate(synth.Options{Reports: 60, Findings: 40}) {
		for _, f := range r.Gold.Findings {
			for _, c := range strings.FieldsFunc(f.Statement, func(r rune) bool { return strings.ContainsRune(",，", r) }) {
				if !seen[c] && len(c) > 12 {
					seen[c] = true
					out = append(out, c)
				}
			}
		}
	}
	return out
}

// statements makes n statements up, of one to three clauses, with some characters lost: most differ from all others.
func statements(n int) []string {
	rng, clauses := rand.New(rand.NewPCG(1, 2)), pool()
	out := make([]string, n)
	for i := range out {
		var parts []string
		for range 1 + rng.IntN(3) {
			c := []rune(clauses[rng.IntN(len(clauses))])
			if at := rng.IntN(len(c)); rng.IntN(2) == 0 {
				c = slices.Delete(c, at, min(at+2, len(c)))
			}
			parts = append(parts, string(c))
		}
		out[i] = strings.Join(parts, "，")
	}
	return out
}

func id(i int) corpus.FindingID { return corpus.FindingID(fmt.Sprintf("%016x-%d", i/16, i%16+1)) }

func fill(statements []string) *similar.Index {
	x := similar.NewIndex()
	for i, s := range statements {
		x.Add(id(i), similar.Of(s))
	}
	return x
}

func TestSearchAgreesWithExact(t *testing.T) {
	all := statements(4000)
	x := fill(all)
	found, want := 0, 0
	for i := 0; i < len(all); i += 20 {
		p := similar.Of(all[i])
		exact := x.Exact(p, 10, nil)
		worst := exact[len(exact)-1].Score
		want += len(exact)
		for _, m := range x.Search(p, 10, nil) {
			if m.Score >= worst {
				found++
			}
		}
	}
	if recall := float64(found) / float64(want); recall < 0.95 {
		t.Errorf("recall at 10 is %.3f", recall)
	}
}

func TestSearchFilters(t *testing.T) {
	all := statements(2000)
	x := fill(all)
	keep := func(f corpus.FindingID) bool { return strings.HasSuffix(string(f), "-3") }
	for i := 0; i < len(all); i += 100 {
		p := similar.Of(all[i])
		got := x.Search(p, 5, keep)
		for _, m := range got {
			if !keep(m.ID) {
				t.Fatalf("%s was not asked for", m.ID)
			}
		}
		if exact := x.Exact(p, 5, keep); len(got) > 0 && got[0].Score != exact[0].Score {
			t.Errorf("%s: best %v, exact %v", all[i], got[0], exact[0])
		}
	}
	if got := x.Search(similar.Of(all[0]), 0, nil); got != nil {
		t.Errorf("asked for none, got %v", got)
	}
}

// The index answers as one that was filled with what it holds, whatever came and went before.
func TestIndexForgets(t *testing.T) {
	clauses := pool()[:12]
	rapid.Check(t, func(t *rapid.T) {
		x, model := similar.NewIndex(), map[corpus.FindingID]string{}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			i := id(rapid.IntRange(0, 9).Draw(t, "id"))
			if rapid.IntRange(0, 2).Draw(t, "remove") == 0 {
				_, held := model[i]
				if x.Remove(i) != held {
					t.Fatalf("remove %s, held %v", i, held)
				}
				delete(model, i)
				continue
			}
			model[i] = strings.Join(rapid.SliceOfN(rapid.SampledFrom(clauses), 0, 2).Draw(t, "clauses"), "，")
			x.Add(i, similar.Of(model[i]))
		}
		fresh := similar.NewIndex()
		for i, s := range model {
			fresh.Add(i, similar.Of(s))
		}
		if x.Len() != len(model) {
			t.Fatalf("holds %d, want %d", x.Len(), len(model))
		}
		for _, c := range clauses {
			p := similar.Of(c)
			// Statements that share next to nothing may or may not be found.
			if diff := cmp.Diff(above(0.15, fresh.Exact(p, 5, nil)), above(0.15, x.Search(p, 5, nil)), cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("%s (-fresh +got):\n%s", c, diff)
			}
		}
	})
}

func above(least float64, matches []similar.Match) []similar.Match {
	return slices.DeleteFunc(matches, func(m similar.Match) bool { return m.Score < least })
}

// An index that was filled twice over and emptied once is as good as new.
func TestIndexCompacts(t *testing.T) {
	all := statements(3000)
	x := fill(all)
	for i := range all[:2500] {
		x.Remove(id(i))
	}
	p := similar.Of(all[2700])
	got := x.Search(p, 3, nil)
	if diff := cmp.Diff(x.Exact(p, 3, nil), got); diff != "" || got[0].Score < 0.999 {
		t.Errorf("(-exact +got):\n%s", diff)
	}
	if q, ok := x.Profile(id(2700)); !ok || similar.Score(p, q) < 0.999 {
		t.Errorf("profile of %s: %v", id(2700), ok)
	}
}

// FuzzScore compares any two texts.
func FuzzScore(f *testing.F) {
	f.Add("公车私用，上轮巡察指出后仍未改正", "公务用车管理混乱")
	f.Add("未\xff经……集体研究", "２０２１年12月")
	f.Fuzz(func(t *testing.T, a, b string) {
		p, q := similar.Of(a), similar.Of(b)
		if s := similar.Score(p, q); s < 0 || s > 1 || s != similar.Score(q, p) {
			t.Errorf("%q and %q: %v", a, b, s)
		}
		if p.Key() != similar.Of(a).Key() || len(similar.Shared(p, q)) > 6 {
			t.Errorf("%q and %q: %v", a, b, similar.Shared(p, q))
		}
	})
}
