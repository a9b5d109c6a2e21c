package similar

import (
	_ "embed" // for the counts
	"math"
	"strconv"
	"strings"
	"sync"
)

//go:embed weights.txt
var weightsFile string

// What features count beside one another, and how rare a gram can count as: most grams that few statements have span the end
// of one word and the beginning of the next. The figures were chosen on the problems of package synth that are not held
// back.
const (
	notionShare  = 4    // a notion
	singleShare  = 0.5  // a single character, beside a pair
	coveredShare = 0.2  // characters inside a word that names a notion
	formulaShare = 0.06 // characters of a formula, and the notions that formulas are
	leastFound   = 30   // statements that the rarest gram is taken to have
)

// weighting holds the weight of every feature: the square of ln(1 + N/n) for n of N statements that have it.
type weighting struct {
	grams   map[feature]float32
	notions []float32
	unseen  float32 // of what stands in too few statements to be counted
}

// theWeights is read once; it is a constant in all but form.
var theWeights = sync.OnceValue(func() *weighting { return readWeights(weightsFile, theLexicon()) })

// readWeights reads what internal/weigh writes: a line "N statements", then a line for each feature, a gram or # and the
// name of a notion, with the number of statements that have it.
func readWeights(text string, x *lexicon) *weighting {
	w := &weighting{grams: map[feature]float32{}, notions: make([]float32, len(x.notions))}
	names := make(map[string]int, len(x.notions))
	for i, n := range x.notions {
		names[n.name] = i
	}
	all := 0.0
	for line := range strings.Lines(text) {
		gram, figure, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.Atoi(figure)
		if err != nil {
			continue
		}
		if gram == "N" {
			all = float64(n)
			w.unseen = idf(all, 1)
			continue
		}
		if name, ok := strings.CutPrefix(gram, "#"); ok {
			if i, known := names[name]; known {
				w.notions[i] = notionShare * idf(all, n)
			}
			continue
		}
		runes := []rune(gram)
		if len(runes) == 1 {
			runes = []rune{0, runes[0]}
		}
		w.grams[gramOf(runes[0], runes[1])] = idf(all, n)
	}
	for i, n := range x.notions {
		if w.notions[i] == 0 {
			w.notions[i] = notionShare * w.unseen
		}
		if n.formula {
			w.notions[i] *= formulaShare
		}
	}
	return w
}

func idf(all float64, n int) float32 {
	v := math.Log1p(all / float64(max(n, leastFound)))
	return float32(v * v)
}

// of returns the weight of a gram.
func (w *weighting) of(f feature) float32 {
	if v, known := w.grams[f]; known {
		return v
	}
	return w.unseen
}
