package main

import (
	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
	"tongjian/corpus/gold"
)

// evalReport is what eval prints. What is about documents is absent where only statements were classified.
type evalReport struct {
	Documents    []evalDocument     `json:"documents,omitempty"`
	Metadata     map[string]float64 `json:"metadata,omitempty"`
	MetadataMean *float64           `json:"metadata_mean,omitempty"`
	Findings     *evalFindings      `json:"findings,omitempty"`
	Matched      evalMatched        `json:"matched"`
	Categories   evalCategories     `json:"categories"`
	Leaves       []evalLeaf         `json:"leaves"`
	Confusions   []evalConfusion    `json:"confusions"`
	Reliability  []evalBin          `json:"reliability"`
	// Sure are the findings whose main category has a score of sureFrom or more.
	Sure evalBin `json:"sure"`
}

// sureFrom is the score from which a label is relied upon.
const sureFrom = 0.9

type evalDocument struct {
	Name    string `json:"name"`
	Gold    int    `json:"gold"`
	Found   int    `json:"found"`
	Matched int    `json:"matched"`
}

type evalFindings struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// evalMatched are shares of the matched findings.
type evalMatched struct {
	Findings     int               `json:"findings"`
	Status       *float64          `json:"status,omitempty"`
	Measures     *float64          `json:"measures,omitempty"`
	Path         *float64          `json:"path,omitempty"`
	Main         float64           `json:"main"`
	MainInterval taxonomy.Interval `json:"main_interval"`
}

type evalCategories struct {
	Precision       float64           `json:"precision"`
	Recall          float64           `json:"recall"`
	MicroF1         float64           `json:"micro_f1"`
	MicroF1Interval taxonomy.Interval `json:"micro_f1_interval"`
	MacroF1         float64           `json:"macro_f1"`
	MacroF1Interval taxonomy.Interval `json:"macro_f1_interval"`
	CoreF1          float64           `json:"core_f1"`
	CoreF1Interval  taxonomy.Interval `json:"core_f1_interval"`
}

type evalLeaf struct {
	Code          corpus.CategoryCode `json:"code"`
	Precision     float64             `json:"precision"`
	Recall        float64             `json:"recall"`
	F1            float64             `json:"f1"`
	TruePositive  int                 `json:"true_positive"`
	FalsePositive int                 `json:"false_positive"`
	FalseNegative int                 `json:"false_negative"`
}

type evalConfusion struct {
	Gold  corpus.CategoryCode `json:"gold"`
	Found corpus.CategoryCode `json:"found"`
	Count int                 `json:"count"`
}

type evalBin struct {
	From     float64 `json:"from"`
	To       float64 `json:"to"`
	Findings int     `json:"findings"`
	Right    int     `json:"right"`
	Share    float64 `json:"share"`
}

type namedComparison struct {
	name string
	gold.Comparison
}

// documentReport sums up how documents were read. Intervals are drawn over documents: the findings of one document are
// not independent of each other.
func documentReport(list []namedComparison, seed uint64) *evalReport {
	var total gold.Comparison
	var groups [][]gold.Pair
	r := &evalReport{Documents: []evalDocument{}, Metadata: map[string]float64{}}
	for _, c := range list {
		total.Add(c.Comparison)
		groups = append(groups, c.Pairs)
		r.Documents = append(r.Documents, evalDocument{Name: c.name, Gold: c.Gold, Found: c.Found, Matched: c.Matched})
	}
	for _, field := range gold.Fields {
		r.Metadata[field] = share(total.Metadata[field], total.Documents)
	}
	mean := total.MetadataMean()
	r.MetadataMean = &mean
	r.Findings = &evalFindings{total.Precision(), total.Recall(), total.F1()}
	r.label(groups, seed)
	status, path, measures := share(total.Status, total.Matched), share(total.Path, total.Matched), share(total.Measures, total.Matched)
	r.Matched.Status, r.Matched.Path, r.Matched.Measures = &status, &path, &measures
	return r
}

// statementReport sums up how statements were classified.
func statementReport(pairs []gold.Pair, seed uint64) *evalReport {
	groups := make([][]gold.Pair, len(pairs))
	for i := range pairs {
		groups[i] = pairs[i : i+1]
	}
	r := &evalReport{}
	r.label(groups, seed)
	return r
}

// label fills in what is about categories.
func (r *evalReport) label(groups [][]gold.Pair, seed uint64) {
	labelled := make([][]taxonomy.Labelled, len(groups))
	var all []taxonomy.Labelled
	var judged []taxonomy.Judged
	for i, pairs := range groups {
		for _, p := range pairs {
			l := taxonomy.Labelled{Gold: p.Gold, Found: codesOf(p.Found)}
			labelled[i], all = append(labelled[i], l), append(all, l)
			if p.Matched {
				r.Matched.Findings++
			}
			if p.Matched && len(p.Found) > 0 && len(p.Gold) > 0 {
				judged = append(judged, taxonomy.Judged{Score: p.Found[0].Score, Right: p.Found[0].Code == p.Gold[0]})
			}
		}
	}
	e, within := taxonomy.Evaluate(all), taxonomy.Bootstrap(labelled, seed)
	r.Matched.Main, r.Matched.MainInterval = share(e.MainRight, r.Matched.Findings), within.MainAccuracy
	r.Categories = evalCategories{
		Precision: e.Micro.Precision(), Recall: e.Micro.Recall(),
		MicroF1: e.Micro.F1(), MicroF1Interval: within.MicroF1, MacroF1: e.MacroF1, MacroF1Interval: within.MacroF1,
		CoreF1: e.Core().F1(), CoreF1Interval: within.CoreF1,
	}
	r.Leaves, r.Confusions, r.Reliability = []evalLeaf{}, []evalConfusion{}, []evalBin{}
	for _, l := range e.Leaves {
		r.Leaves = append(r.Leaves, evalLeaf{
			l.Code, l.Precision(), l.Recall(), l.F1(), l.TruePositive, l.FalsePositive, l.FalseNegative,
		})
	}
	for _, c := range e.Confusions {
		r.Confusions = append(r.Confusions, evalConfusion{c.Gold, c.Found, c.Count})
	}
	for _, b := range taxonomy.Reliability(judged) {
		r.Reliability = append(r.Reliability, binOf(b))
	}
	r.Sure = binOf(taxonomy.From(sureFrom, judged))
}

func binOf(b taxonomy.Bin) evalBin { return evalBin{b.From, b.To, b.Findings, b.Right, b.Share()} }

func codesOf(categories []corpus.Category) []corpus.CategoryCode {
	var codes []corpus.CategoryCode
	for _, c := range categories {
		codes = append(codes, c.Code)
	}
	return codes
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
