package taxonomy

import (
	"math"
	"slices"
)

// weigh fits the weights of the signals to the observations that use accepts.
func (t *Taxonomy) weigh(list []observation, use func(observation) bool) [signalCount]float64 {
	var rows [][signalCount]float64
	var right []bool
	for _, o := range list {
		if !use(o) {
			continue
		}
		for leaf := range o.rows {
			rows = append(rows, o.rows[leaf])
			right = append(right, slices.Contains(o.example.Want, t.leaves[leaf].Code))
		}
	}
	return logistic(rows, right)
}

// ridge keeps the weights of signals small where little speaks for them.
const ridge = 1

// logistic fits a logistic regression by Newton's method.
func logistic(rows [][signalCount]float64, right []bool) (w [signalCount]float64) {
	for range 25 {
		h, g := curvature(&w, rows, right)
		largest := 0.0
		for k, step := range solve(h, g) {
			w[k] += step
			largest = max(largest, math.Abs(step))
		}
		if largest < 1e-6 {
			break
		}
	}
	return w
}

// curvature returns the second and first derivatives of the likelihood.
func curvature(w *[signalCount]float64, rows [][signalCount]float64, right []bool) (h [signalCount][signalCount]float64, g [signalCount]float64) {
	j := judge{weights: *w}
	for i := range rows {
		x := &rows[i]
		p := j.chance(x)
		miss := -p
		if right[i] {
			miss = 1 - p
		}
		for k, v := range x {
			if v == 0 {
				continue
			}
			g[k] += miss * v
			for l := 0; l <= k; l++ {
				h[k][l] += p * (1 - p) * v * x[l]
			}
		}
	}
	for k := range g {
		g[k] -= ridge * w[k]
		h[k][k] += ridge
		for l := range k {
			h[l][k] = h[k][l]
		}
	}
	return h, g
}

// solve solves h x = g for a positive definite h.
func solve(h [signalCount][signalCount]float64, g [signalCount]float64) [signalCount]float64 {
	for k := range g {
		for i := k + 1; i < len(g); i++ {
			f := h[i][k] / h[k][k]
			if f == 0 {
				continue
			}
			for j := k; j < len(g); j++ {
				h[i][j] -= f * h[k][j]
			}
			g[i] -= f * g[k]
		}
	}
	for k := len(g) - 1; k >= 0; k-- {
		for j := k + 1; j < len(g); j++ {
			g[k] -= h[k][j] * g[j]
		}
		g[k] /= h[k][k]
	}
	return g
}
