package linear_test

import (
	"bytes"
	"testing"

	"tongjian/analysis/taxonomy/linear"
)

func text(s string) linear.Text {
	var out linear.Text
	for i, r := range s {
		c := linear.Char{Rune: r, Start: int32(i), End: int32(i + len(string(r)))}
		if r == '，' {
			c.Rune = 0
		}
		out = append(out, c)
	}
	return out
}

func example(s string, classes ...int) linear.Example {
	return linear.Example{Parts: []linear.Part{{Text: text(s)}}, Classes: classes}
}

var examples = []linear.Example{
	example("采购程序不规范", 0), example("采购验收不严", 0), example("自行采购未询价", 0),
	example("现金管理混乱", 1), example("大额现金支付", 1), example("现金，坐支", 1),
	example("采购，现金支付", 0, 1),
}

func scores(m *linear.Model, s string) []float64 {
	out := make([]float64, m.Classes())
	m.Scores([]linear.Part{{Text: text(s)}}, out, new(linear.Buffer))
	return out
}

func TestTrain(t *testing.T) {
	m := linear.Train(examples, 2, linear.Options{})
	for s, want := range map[string]int{"耗材采购混乱": 0, "库存现金过多": 1} {
		if got := scores(m, s); got[want] <= got[1-want] {
			t.Errorf("%s: margins %v, want class %d to lead", s, got, want)
		}
	}
}

func TestTrainIsDeterministic(t *testing.T) {
	a := linear.Train(examples, 2, linear.Options{}).AppendBinary(nil)
	b := linear.Train(examples, 2, linear.Options{}).AppendBinary(nil)
	if !bytes.Equal(a, b) {
		t.Error("two trainings on the same examples differ")
	}
}

func TestStoredModelIsTheSame(t *testing.T) {
	m := linear.Train(examples, 2, linear.Options{})
	stored := m.AppendBinary(nil)
	back, err := linear.Read(stored)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []string{"采购现金", "", "甲乙丙丁", "大额现金，采购"} {
		a, b := scores(m, e), scores(back, e)
		if a[0] != b[0] || a[1] != b[1] {
			t.Errorf("%s: %v before, %v after", e, a, b)
		}
	}
	for _, n := range []int{0, 5, len(stored) / 2, len(stored) - 1} {
		if _, err := linear.Read(stored[:n]); err == nil {
			t.Errorf("a model cut to %d of %d bytes is read", n, len(stored))
		}
	}
}

// TestContributionsAddUp checks that what is shown as evidence is what was added up.
func TestContributionsAddUp(t *testing.T) {
	m := linear.Train(examples, 2, linear.Options{})
	const s = "采购现金，采购不严"
	nothing := scores(m, "")
	for class, margin := range scores(m, s) {
		sum := nothing[class]
		for _, c := range m.Contributions(linear.Part{Text: text(s)}, class) {
			sum += c.Weight
			if c.Start < 0 || c.End > int32(len(s)) || c.Start >= c.End {
				t.Errorf("a contribution stands at %d to %d", c.Start, c.End)
			}
		}
		if d := sum - margin; d > 1e-6 || d < -1e-6 {
			t.Errorf("class %d: contributions make %f, the margin is %f", class, sum, margin)
		}
	}
}

// TestClauses checks that no n-gram crosses the end of a clause.
func TestClauses(t *testing.T) {
	m := linear.Train([]linear.Example{example("甲乙", 0), example("甲乙丙", 0), example("丙甲", 1), example("乙甲", 1)}, 2, linear.Options{})
	for _, c := range m.Contributions(linear.Part{Text: text("甲，乙")}, 0) {
		if c.End-c.Start > 3 {
			t.Errorf("an n-gram stands at %d to %d, across the comma", c.Start, c.End)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("TJLIN1\n"))
	f.Add(linear.Train(examples, 2, linear.Options{}).AppendBinary(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		if m, err := linear.Read(b); err == nil && m.Classes() < 1000 {
			scores(m, "采购现金")
		}
	})
}

// TestPairsReachOverAGap: what two characters a little apart say is learned although no n-gram holds both.
func TestPairsReachOverAGap(t *testing.T) {
	m := linear.Train([]linear.Example{
		example("卖甲乙楼", 0), example("卖丙楼", 0), example("卖丁戊楼", 0),
		example("卖甲乙票", 1), example("买丙楼", 1), example("买丁戊楼", 1), example("卖丙票", 1),
	}, 2, linear.Options{})
	if got := scores(m, "卖己庚楼"); got[0] <= got[1] {
		t.Errorf("margins %v, want class 0 to lead", got)
	}
}

func TestLeastDropsWhatSaysLittle(t *testing.T) {
	whole := linear.Train(examples, 2, linear.Options{})
	small := linear.Train(examples, 2, linear.Options{Least: 100})
	if a, b := len(whole.AppendBinary(nil)), len(small.AppendBinary(nil)); b >= a {
		t.Errorf("%d bytes with few n-grams, %d with all", b, a)
	}
	if got := scores(small, "采购程序不规范"); got[0] <= got[1] {
		t.Errorf("margins %v, want class 0 to lead", got)
	}
}
