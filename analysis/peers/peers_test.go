package peers_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gonum.org/v1/gonum/stat/distuv"

	"tongjian/analysis/peers"
	"tongjian/corpus"
)

// world makes counts by the model: units whose ratio to the common rates varies by 1/spread.
func world(rng *rand.Rand, units, categories int, size func() int, shape float64, ratio func(unit, category int) float64) peers.Table {
	t := peers.Table{Counts: map[string][]int{}}
	for u := range units {
		t.Units, t.Sizes = append(t.Units, fmt.Sprint("单位", u)), append(t.Sizes, size())
	}
	total := 0.0
	rates := make([]float64, categories)
	for c := range rates {
		rates[c] = 1 / float64(c+2)
		total += rates[c]
	}
	for c, rate := range rates {
		name := fmt.Sprintf("类别%02d", c)
		t.Counts[name] = make([]int, units)
		for u := range units {
			lambda := ratio(u, c)
			if shape > 0 {
				lambda *= distuv.Gamma{Alpha: shape, Beta: shape, Src: rng}.Rand()
			}
			t.Counts[name][u] = int(distuv.Poisson{Lambda: lambda * rate / total * float64(t.Sizes[u]), Src: rng}.Rand())
		}
	}
	return t
}

func usual(int, int) float64 { return 1 }

// TestFalseAlarms holds that where a unit is like its peers, hardly any comparison calls anything notable: at most the
// nominal 5% of 400, with room for chance (99th percentile of the binomial).
func TestFalseAlarms(t *testing.T) {
	for _, c := range []struct {
		name              string
		units, categories int
		low, high         int
		shape             float64
	}{
		{"many alike", 40, 45, 10, 60, 0},
		{"few alike", 6, 45, 10, 30, 0},
		{"different ones", 30, 45, 10, 80, 4},
		{"few different ones", 10, 45, 15, 60, 3},
		{"domains", 12, 11, 10, 60, 5},
	} {
		rng := rand.New(rand.NewPCG(1, 7))
		const runs = 400
		alarms := 0
		for range runs {
			table := world(rng, c.units, c.categories, func() int { return c.low + rng.IntN(c.high-c.low) }, c.shape, usual)
			if slices.ContainsFunc(peers.Rows(0, table), func(r peers.Row) bool { return r.Direction != "" }) {
				alarms++
			}
		}
		t.Logf("%s: %d of %d comparisons", c.name, alarms, runs)
		if limit := int((distuv.Binomial{N: runs, P: peers.Alpha}).Mean() + 2.33*math.Sqrt(runs*peers.Alpha*(1-peers.Alpha))); alarms > limit {
			t.Errorf("%s: %d of %d comparisons call something notable, nominal are %d", c.name, alarms, runs, limit)
		}
	}
}

// TestDiscoveries holds that what is called notable is so but for the nominal share, and that most categories that are four times
// as frequent are found.
func TestDiscoveries(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 9))
	const runs = 300
	found, rate := 0, 0.0
	for range runs {
		table := world(rng, 30, 40, func() int { return 60 + rng.IntN(60) }, 20, func(u, c int) float64 {
			if u == 0 && c >= 2 && c < 5 {
				return 4
			}
			return 1
		})
		wrong, all := 0, 0
		for _, r := range peers.Rows(0, table) {
			if r.Direction == "" {
				continue
			}
			all++
			if r.Value >= "类别02" && r.Value <= "类别04" && r.Direction == peers.More {
				found++
			} else {
				wrong++
			}
		}

		rate += float64(wrong) / float64(max(all, 1))
	}
	t.Logf("rate of false discoveries %.3f, found %.2f", rate/runs, float64(found)/(3*runs))
	if rate/runs > peers.Alpha+0.02 {
		t.Errorf("of what is notable %.1f%% is false", 100*rate/runs)
	}
	if found < 3*runs*65/100 {
		t.Errorf("%d of %d are found", found, 3*runs)
	}
}

// TestCoverage holds that the intervals hold the true ratio about as often as they say.
func TestCoverage(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	const shape = 4.0
	held, all := 0, 0
	for range 60 {
		true_ := map[int]float64{}
		table := world(rng, 40, 20, func() int { return 20 + rng.IntN(80) }, 0, func(u, c int) float64 {
			lambda := distuv.Gamma{Alpha: shape, Beta: shape, Src: rng}.Rand()
			if u == 0 {
				true_[c] = lambda
			}
			return lambda
		})
		for _, r := range peers.Rows(0, table) {
			var c int
			fmt.Sscanf(r.Value, "类别%d", &c)
			all++
			if r.Low <= true_[c] && true_[c] <= r.High {
				held++
			}
		}
	}
	if share := float64(held) / float64(all); share < 0.93 || share > 0.995 {
		t.Errorf("intervals hold the truth in %.1f%% of %d", 100*share, all)
	} else {
		t.Logf("intervals hold the truth in %.1f%% of %d", 100*share, all)
	}
}

// TestSmallNumbers holds that one finding where hardly any is expected moves little.
func TestSmallNumbers(t *testing.T) {
	ratio, low, _ := peers.Posterior(1, 0.2, peers.Shape(0.1, 40))
	if ratio > 1.2 || low > 1 {
		t.Errorf("1 where 0.2 are expected: ratio %.2f from %.2f", ratio, low)
	}
	if ratio, low, _ := peers.Posterior(20, 4, peers.Shape(0.1, 40)); ratio < 2 || low < 1 {
		t.Errorf("20 where 4 are expected: ratio %.2f from %.2f", ratio, low)
	}
}

// TestTails checks the tails against sums of the probabilities of the negative binomial distribution, and against those of
// the Poisson distribution where the shape is large.
func TestTails(t *testing.T) {
	probability := func(k int, mean, shape float64) float64 {
		a, _ := math.Lgamma(float64(k) + shape)
		b, _ := math.Lgamma(shape)
		c, _ := math.Lgamma(float64(k) + 1)
		return math.Exp(a - b - c + shape*math.Log(shape/(shape+mean)) + float64(k)*math.Log(mean/(shape+mean)))
	}
	for _, mean := range []float64{0.1, 2.5, 30} {
		for _, shape := range []float64{0.5, 3, 40} {
			below := 0.0
			for k := range 60 {
				atLeast, atMost := peers.Tails(k, mean, shape)
				p := probability(k, mean, shape)
				if math.Abs(atLeast-(1-below)) > 1e-9 || math.Abs(atMost-(below+p)) > 1e-9 {
					t.Fatalf("k %d mean %v shape %v: %v, %v; want %v, %v", k, mean, shape, atLeast, atMost, 1-below, below+p)
				}
				below += p
			}
		}
	}
	poisson := distuv.Poisson{Lambda: 3}
	if _, atMost := peers.Tails(5, 3, 1e7); math.Abs(atMost-poisson.CDF(5)) > 1e-5 {
		t.Errorf("P(X ≤ 5) = %v, Poisson %v", atMost, poisson.CDF(5))
	}
}

// tallies is a counter over findings given one by one.
type tallies []map[corpus.Field]string

func (f tallies) Tally(_ context.Context, req corpus.TallyRequest) (*corpus.Tally, error) {
	t := &corpus.Tally{Sequence: 9}
	cells := map[[2]string]int{}
	for _, one := range f {
		if slices.ContainsFunc([]corpus.Field{corpus.FieldUnit, corpus.FieldSector, corpus.FieldLevel, corpus.FieldCategory}, func(field corpus.Field) bool {
			values := req.Filter.Values[field]
			return len(values) > 0 && !slices.Contains(values, corpus.Exactly(one[field]))
		}) {
			continue
		}
		t.Total.Findings++
		cells[[2]string{one[req.Rows], one[req.Cols]}]++
	}
	for key, n := range cells {
		t.Cells = append(t.Cells, corpus.Cell{Row: key[0], Col: key[1], Findings: n, Documents: 1})
	}
	return t, nil
}

func TestCompare(t *testing.T) {
	var all tallies
	add := func(unit, sector, level, category string, n int) {
		for range n {
			all = append(all, map[corpus.Field]string{
				corpus.FieldUnit: unit, corpus.FieldSector: sector, corpus.FieldLevel: level, corpus.FieldCategory: category,
			})
		}
	}
	for _, u := range []string{"甲局", "乙局", "丙局", "丁局", "戊局", "己局"} {
		add(u, "教育", "county", "a.b", 10)
		add(u, "教育", "county", "c.d", 2)
	}
	add("庚局", "教育", "county", "a.b", 10)
	add("庚局", "教育", "county", "c.d", 30)
	add("外局", "教育", "municipal", "c.d", 50)
	got, err := peers.Compare(context.Background(), all, peers.Request{Unit: "庚局"})
	if err != nil {
		t.Fatal(err)
	}
	if got.Peers != 6 || got.PeersFindings != 72 || got.Findings != 40 || got.Sector != "教育" || got.Level != "county" || got.Sequence != 9 {
		t.Errorf("comparison %+v", got)
	}
	directions := map[string]peers.Direction{}
	for _, r := range got.Rows {
		directions[r.Value] = r.Direction
		n, err := all.Tally(context.Background(), corpus.TallyRequest{Filter: got.UnitFilter(corpus.Filter{}, r)})
		if err != nil || n.Total.Findings != r.Observed {
			t.Errorf("%s: %d findings behind %d", r.Value, n.Total.Findings, r.Observed)
		}
		n, err = all.Tally(context.Background(), corpus.TallyRequest{Filter: got.PeersFilter(corpus.Filter{}, r)})
		if err != nil || n.Total.Findings != r.PeersFindings+r.Observed {
			t.Errorf("%s: %d findings behind %d and %d", r.Value, n.Total.Findings, r.PeersFindings, r.Observed)
		}
	}
	if diff := cmp.Diff(map[string]peers.Direction{"a.b": "less", "c.d": "more"}, directions, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for unit, want := range map[string]peers.Reason{"外局": peers.TooFewPeers, "无此局": peers.UnknownUnit} {
		if got, err := peers.Compare(context.Background(), all, peers.Request{Unit: unit}); err != nil || got.Reason != want || len(got.Rows) > 0 {
			t.Errorf("%s: %+v, %v", unit, got, err)
		}
	}
}
