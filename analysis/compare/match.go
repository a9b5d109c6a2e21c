package compare

import (
	"cmp"
	"slices"

	"tongjian/corpus"
)

// Matches says which findings of the sides belong together. Every finding is in exactly one cell of one row, or in Only.
type Matches struct {
	Rows []Row
	// Only holds, by side, the places of the findings that are like none on another side.
	Only [][]int
}

// Row is a group of like findings, the best matched rows first.
type Row struct {
	// Cells holds, by side, the members of the group; empty where a side has none.
	Cells [][]Member
	// Score is the similarity of the best pair, Categories what that pair shares.
	Score      float64
	Categories []corpus.CategoryCode
}

// Member is a finding in a group: its place on its side, and its similarity to the nearest finding on another side.
type Member struct {
	At    int
	Score float64
}

// Match groups the like findings of all sides. The most similar pairs found a row, in which each side has one finding at
// first; a finding that is like one on another side but found its place there taken joins the row of its nearest. So a
// problem that one side has twice is matched twice, and Only means that there is nothing like it.
func Match(sides []Side) Matches {
	edges := collect(sides).edges()
	g := grouping{row: map[place]int{}, best: map[place]edge{}}
	for _, e := range edges {
		g.note(e)
		g.pair(e)
	}
	g.join(edges)
	return g.matches(sides)
}

// grouping is the work on the rows. A row that was merged into another is empty.
type grouping struct {
	rows [][]place
	row  map[place]int
	best map[place]edge // the most similar pair of each finding
}

// note keeps the best edge of both ends; edges come best first.
func (g *grouping) note(e edge) {
	for _, p := range []place{e.a, e.b} {
		if _, known := g.best[p]; !known {
			g.best[p] = e
		}
	}
}

// pair puts two findings into one row where no side would then have two.
func (g *grouping) pair(e edge) {
	ra, rb := g.of(e.a), g.of(e.b)
	if ra == rb {
		return
	}
	for _, p := range g.rows[ra] {
		for _, q := range g.rows[rb] {
			if p.side == q.side {
				return
			}
		}
	}
	for _, q := range g.rows[rb] {
		g.row[q] = ra
	}
	g.rows[ra], g.rows[rb] = append(g.rows[ra], g.rows[rb]...), nil
}

// of returns the row of a finding, a new one where it has none.
func (g *grouping) of(p place) int {
	r, ok := g.row[p]
	if !ok {
		r = len(g.rows)
		g.rows, g.row[p] = append(g.rows, []place{p}), r
	}
	return r
}

// join brings the findings that were left alone into the row of their nearest.
func (g *grouping) join(edges []edge) {
	for _, e := range edges {
		for _, ends := range [][2]place{{e.a, e.b}, {e.b, e.a}} {
			alone, other := g.row[ends[0]], g.row[ends[1]]
			if len(g.rows[alone]) != 1 || alone == other {
				continue
			}
			g.rows[other], g.rows[alone] = append(g.rows[other], ends[0]), nil
			g.row[ends[0]] = other
		}
	}
}

// matches lays the rows out by side.
func (g *grouping) matches(sides []Side) Matches {
	out := Matches{Only: make([][]int, len(sides))}
	for _, members := range g.rows {
		if len(members) > 0 {
			out.Rows = append(out.Rows, g.layOut(members, sides))
		}
	}
	slices.SortStableFunc(out.Rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), comparePlaces(a.first(), b.first()))
	})
	for s, side := range sides {
		out.Only[s] = []int{}
		for i := range side {
			if _, matched := g.row[place{s, i}]; !matched {
				out.Only[s] = append(out.Only[s], i)
			}
		}
	}
	return out
}

func (g *grouping) layOut(members []place, sides []Side) Row {
	row := Row{Cells: make([][]Member, len(sides))}
	slices.SortFunc(members, comparePlaces)
	for _, p := range members {
		e := g.best[p]
		row.Cells[p.side] = append(row.Cells[p.side], Member{At: p.at, Score: e.score})
		if e.score > row.Score {
			row.Score = e.score
			row.Categories = common(sides[e.a.side][e.a.at], sides[e.b.side][e.b.at])
		}
	}
	return row
}

// first is the place of the row's first member.
func (r Row) first() place {
	for s, cell := range r.Cells {
		if len(cell) > 0 {
			return place{s, cell[0].At}
		}
	}
	return place{}
}
