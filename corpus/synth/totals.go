package synth

import (
	"fmt"
	"math/rand/v2"
)

// totalsOf makes, by kind, a paragraph of totals that contradicts itself where wrong is 1 and does not where it is 0. The
// figures count measures, tasks and persons, not the report's problems: a paragraph is true or false whatever the report
// declares.
var totalsOf = []struct {
	kind string
	make func(rng *rand.Rand, wrong int) string
}{
	{"measures_exceed", func(rng *rand.Rand, wrong int) string {
		n := 40 + rng.IntN(40)
		return fmt.Sprintf("共制定整改措施%d条,完成整改措施%d条。", n, n-3+wrong*(4+rng.IntN(6)))
	}},
	{"parts_differ", func(rng *rand.Rand, wrong int) string {
		n, open := 50+rng.IntN(40), 3+rng.IntN(6)
		return fmt.Sprintf("提出整改任务%d项,已完成%d项,正在推进%d项。", n, n-open, open+wrong*(1+rng.IntN(3)))
	}},
	{"parts_differ", func(rng *rand.Rand, wrong int) string {
		n, open, nearly := 60+rng.IntN(40), 3+rng.IntN(6), 2+rng.IntN(5)
		return fmt.Sprintf("细化为%d个方面%d条整改措施,其中%d条已完成,%d条基本完成,%d条持续推进。", 4+rng.IntN(5), n, n-open-nearly+wrong*(1+rng.IntN(2)), nearly, open)
	}},
	{"rate_differs", func(rng *rand.Rand, wrong int) string {
		n, open := 50+rng.IntN(40), 3+rng.IntN(9)
		rate := 100 * float64(n-open) / float64(n)
		if wrong != 0 {
			rate -= 4.5
		}
		return fmt.Sprintf("明确整改任务%d项,目前已完成%d项,完成率%.1f%%。", n, n-open, rate)
	}},
	{"rate_differs", func(rng *rand.Rand, wrong int) string {
		// A whole rate may be cut instead of rounded.
		n, open := 50+rng.IntN(40), 3+rng.IntN(9)
		return fmt.Sprintf("制定整改措施%d条,已完成%d条,整改完成率达%d%%。", n, n-open, 100*(n-open)/n-6*wrong)
	}},
	{"persons_exceed", func(rng *rand.Rand, wrong int) string {
		discipline, warned, talked := 1+rng.IntN(4), 2+rng.IntN(4), 3+rng.IntN(6)
		return fmt.Sprintf("共追责问责%d人,其中党纪处分%d人、诫勉%d人、批评教育%d人。",
			discipline+warned+talked-wrong*(1+rng.IntN(2)), discipline, warned, talked)
	}},
}

// lookAlikes are paragraphs whose figures differ because they count different things.
var lookAlikes = []func(rng *rand.Rand) string{
	func(rng *rand.Rand) string {
		return fmt.Sprintf("对照反馈的%d个方面问题,细化制定整改措施%d条,修订完善制度%d项。", 3+rng.IntN(4), 30+rng.IntN(40), 40+rng.IntN(40))
	},
	func(rng *rand.Rand) string {
		return fmt.Sprintf("共追责问责%d人,开展提醒谈话%d人次、批评教育%d人次。", 3+rng.IntN(4), 12+rng.IntN(9), 15+rng.IntN(9))
	},
	func(rng *rand.Rand) string {
		return fmt.Sprintf("制定整改措施%d条,已完成%d条,其余措施正在按计划推进。", 50+rng.IntN(9), 30+rng.IntN(9))
	},
	func(rng *rand.Rand) string {
		n := 20 + rng.IntN(20)
		return fmt.Sprintf("收到信访件%d件,已办结%d件,集中整改期内应完成事项完成率100%%。", n, n-2)
	},
	func(rng *rand.Rand) string {
		n := 60 + rng.IntN(20)
		return fmt.Sprintf("制定整改措施%d条,已完成%d条,其中长期坚持%d条,正在推进%d条。", n, n-5, 12, 5)
	},
}

// makeTotals draws a paragraph of totals: half of them are false, a quarter are true and a quarter only look false.
func makeTotals(rng *rand.Rand) *Totals {
	if rng.IntN(4) == 0 {
		return &Totals{Kind: "look_alike", Text: lookAlikes[rng.IntN(len(lookAlikes))](rng)}
	}
	t := totalsOf[rng.IntN(len(totalsOf))]
	wrong := 0
	if rng.IntN(3) > 0 {
		wrong = 1
	}
	return &Totals{Kind: t.kind, False: wrong == 1, Text: t.make(rng, wrong)}
}
