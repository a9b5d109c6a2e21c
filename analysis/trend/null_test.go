package trend_test

import (
	"context"
	"math"
	"testing"

	"tongjian/analysis/trend"
	"tongjian/corpus"
	"tongjian/corpus/synth"
)

// papersOf makes papers of the gold of a made-up corpus.
func papersOf(o synth.Options) []paper {
	var out []paper
	for r := range synth.Generate(o) {
		p := paper{year: int(r.Gold.Year), unit: string(r.Gold.Unit), round: string(r.Gold.Round)}
		for _, f := range r.Gold.Findings {
			var codes []string
			for _, c := range f.Categories {
				// Only a later round can find a problem again: this category does rise, whatever the others do.
				if c != "rectification.inspection" {
					codes = append(codes, string(c))
				}
			}
			p.findings = append(p.findings, codes)
		}
		out = append(out, p)
	}
	return out
}

func trendsOf(t *testing.T, o synth.Options) (tested int, directions map[string]trend.Direction) {
	t.Helper()
	got, err := trend.Series(context.Background(), &shelf{papers: papersOf(o)}, trend.Request{By: corpus.FieldYear, Of: corpus.FieldCategory})
	if err != nil {
		t.Fatal(err)
	}
	directions = map[string]trend.Direction{}
	for _, s := range got.Tests {
		if s.P != nil {
			tested++
		}
		if s.Direction != "" && s.Direction != trend.Flat {
			directions[s.Series] = s.Direction
		}
	}
	return tested, directions
}

// TestNoTrendNoAlarm makes 200 corpora without a trend, chronic problems of units included: at most the nominal share of
// them may have a family with an emerging or receding category, with room for chance (99th percentile of the binomial).
func TestNoTrendNoAlarm(t *testing.T) {
	if testing.Short() {
		t.Skip("200 corpora")
	}
	const runs = 200
	for _, reports := range []int{72, 150} {
		alarms, tested := 0, 0
		for seed := range uint64(runs) {
			n, directions := trendsOf(t, synth.Options{Reports: reports, Seed: seed, Level: true})
			tested += n
			if len(directions) > 0 {
				alarms++
			}
		}
		limit := runs*trend.Alpha + 2.33*math.Sqrt(runs*trend.Alpha*(1-trend.Alpha))
		t.Logf("%d reports: %d of %d families with a false alarm, %.1f series tested in each", reports, alarms, runs, float64(tested)/runs)
		if float64(alarms) > limit {
			t.Errorf("%d reports: %d of %d families have a false alarm, nominal are %.0f", reports, alarms, runs, runs*trend.Alpha)
		}
		if tested < 10*runs {
			t.Errorf("%d reports: only %d series tested in %d families", reports, tested, runs)
		}
	}
}

// TestPlantedTrends holds that most trends that are there are found, each in its direction. The others fall where these rise:
// an inspection finds about as many problems in all years.
func TestPlantedTrends(t *testing.T) {
	planted := map[string]trend.Direction{
		"procurement.purchasing": trend.Emerging, "procurement.tendering": trend.Emerging, "procurement.contract": trend.Emerging,
		"procurement.outsourcing": trend.Emerging, "conduct.formalism": trend.Emerging, "governance.it": trend.Emerging,
		"conduct.hospitality": trend.Receding,
	}
	const runs = 10
	found, wrong, all := 0, 0, 0
	for seed := range uint64(runs) {
		_, directions := trendsOf(t, synth.Options{Reports: 1200, Seed: seed})
		for series, d := range directions {
			all++
			switch planted[series] {
			case d:
				found++
			case "":
			default:
				wrong++
			}
		}
	}
	t.Logf("found %d of %d, %d in the wrong direction, %d others", found, runs*len(planted), wrong, all-found-wrong)
	if found < runs*len(planted)*65/100 || wrong > 0 {
		t.Errorf("found %d of %d planted trends, %d in the wrong direction", found, runs*len(planted), wrong)
	}
}
