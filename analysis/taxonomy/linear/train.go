package linear

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// Example is a text with the classes that it belongs to.
type Example struct {
	Parts   []Part
	Classes []int
}

// Options are the parameters of training; zero fields mean the defaults.
type Options struct {
	Cost      float64   // of a misclassified example, default 1
	MinCount  int       // examples in which an n-gram must occur, default 2
	Rounds    int       // over all examples, default 16
	Least     int       // steps of 127 that some weight of an n-gram must reach for it to be stored, default 1
	PartScale []float64 // by kind of part, default 1
}

func (o Options) filled() Options {
	if o.Cost == 0 {
		o.Cost = 1
	}
	if o.MinCount == 0 {
		o.MinCount = 2
	}
	if o.Rounds == 0 {
		o.Rounds = 16
	}
	return o
}

// feature is an n-gram of the vocabulary with its value in an example.
type feature struct {
	row   int32
	value float32
}

// Train fits one support vector machine a class.
func Train(examples []Example, classes int, o Options) *Model {
	o = o.filled()
	m := &Model{classes: classes, partScale: o.PartScale}
	m.vocabulary(examples, o.MinCount)
	data := make([][]feature, len(examples))
	for i, e := range examples {
		data[i] = m.features(e.Parts)
	}
	weights := make([][]float32, classes)
	var wg sync.WaitGroup
	turn := make(chan struct{}, runtime.GOMAXPROCS(0))
	for c := range classes {
		wg.Add(1)
		turn <- struct{}{}
		go func() {
			defer wg.Done()
			weights[c] = separate(data, examples, c, len(m.prints), o)
			<-turn
		}()
	}
	wg.Wait()
	m.quantise(weights)
	m.prune(max(o.Least, 1))
	return m
}

// vocabulary numbers the n-grams that occur in at least minCount examples, in the order of their fingerprints.
func (m *Model) vocabulary(examples []Example, minCount int) {
	counts := map[uint64]int{}
	for _, e := range examples {
		seen := map[uint64]bool{}
		for _, p := range e.Parts {
			grams(p, func(print uint64, _, _ int32) {
				if !seen[print] {
					seen[print] = true
					counts[print]++
				}
			})
		}
	}
	for print, n := range counts {
		if n >= minCount {
			m.prints = append(m.prints, print)
		}
	}
	slices.Sort(m.prints)
	m.index()
}

// features returns the known n-grams of an example, each once, and the constant feature.
func (m *Model) features(parts []Part) []feature {
	var list []feature
	for _, p := range parts {
		from := len(list)
		seen := map[uint64]bool{}
		grams(p, func(print uint64, _, _ int32) {
			if seen[print] {
				return
			}
			seen[print] = true
			if row := m.row(print); row >= 0 {
				list = append(list, feature{row: row})
			}
		})
		s := float32(scale(len(list)-from) * m.partFactor(p.Kind))
		for i := range list[from:] {
			list[from+i].value = s
		}
	}
	return list
}

// An example that lies so far beyond its margin is not looked at for some rounds: it will hardly come back.
const (
	farBeyond = 0.15
	restFor   = 4
)

// separate fits the weights of one class by dual coordinate descent on the squared hinge loss (Hsieh et al. 2008). The last
// weight is the constant.
func separate(data [][]feature, examples []Example, class, rows int, o Options) []float32 {
	w := make([]float64, rows+1)
	alpha := make([]float64, len(data))
	square := make([]float64, len(data))
	label := make([]float64, len(data))
	order := make([]int, len(data))
	rest := make([]int8, len(data)) // rounds for which an example far on the right side is left alone
	for i, list := range data {
		square[i] = 1
		for _, f := range list {
			square[i] += float64(f.value) * float64(f.value)
		}
		label[i] = -1
		if slices.Contains(examples[i].Classes, class) {
			label[i] = 1
		}
		order[i] = i
	}
	diagonal := 0.5 / o.Cost
	random := rand.New(rand.NewPCG(7, uint64(class)))
	for range o.Rounds {
		random.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
		largest := 0.0
		for _, i := range order {
			if rest[i] > 0 {
				rest[i]--
				continue
			}
			margin := w[rows]
			for _, f := range data[i] {
				margin += w[f.row] * float64(f.value)
			}
			gradient := label[i]*margin - 1 + diagonal*alpha[i]
			if alpha[i] == 0 && gradient >= 0 {
				if gradient > farBeyond {
					rest[i] = restFor
				}
				continue
			}
			next := max(alpha[i]-gradient/(square[i]+diagonal), 0)
			step := (next - alpha[i]) * label[i]
			largest = max(largest, step, -step)
			alpha[i] = next
			w[rows] += step
			for _, f := range data[i] {
				w[f.row] += step * float64(f.value)
			}
		}
		if largest < 1e-3 {
			break
		}
	}
	out := make([]float32, len(w))
	for i, x := range w {
		out[i] = float32(x)
	}
	return out
}
