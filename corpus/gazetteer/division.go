package gazetteer

import (
	_ "embed" // for the table
	"slices"
	"strings"
	"sync"

	"tongjian/corpus"
)

// DivisionLevel is the level of an administrative division, the highest first.
type DivisionLevel int

// The levels of divisions.
const (
	Province DivisionLevel = iota + 1
	City                   // prefecture-level: 市, 自治州, 地区, 盟
	County                 // county-level: 县, 区, 市, 旗, 林区
)

// Division is one administrative division.
type Division struct {
	Code  string // six digits of GB/T 2260
	Name  string // full name: 宽甸满族自治县
	Level DivisionLevel
	// Former tells that the division has been renamed, merged or dissolved. A document of its time may still name it.
	Former bool
}

//go:embed divisions.txt
var table string

// Gazetteer is a table of divisions with its names indexed. It is not changed after it is made and may be shared.
type Gazetteer struct {
	divisions []Division // by code
	byCode    map[string]int
	byName    map[string][]int // names with a suffix: full names and 宽甸县, 恩施州
	byShort   map[string][]int // names without: 珠海
	starts    map[uint64][]name
}

// Default returns the gazetteer of the embedded table.
func Default() *Gazetteer { return defaultGazetteer() }

var defaultGazetteer = sync.OnceValue(func() *Gazetteer { return parse(table) })

// parse reads a table: a line a division, its code, a blank, a hyphen where it is former, and its name.
func parse(table string) *Gazetteer {
	g := &Gazetteer{byCode: map[string]int{}, byName: map[string][]int{}, byShort: map[string][]int{}}
	for line := range strings.Lines(table) {
		code, name, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || code == "#" {
			continue
		}
		name, former := strings.CutPrefix(name, "-")
		g.divisions = append(g.divisions, Division{Code: code, Name: name, Level: levelOf(code), Former: former})
	}
	for i, d := range g.divisions {
		if _, taken := g.byCode[d.Code]; !taken {
			g.byCode[d.Code] = i
		}
		for _, n := range suffixedNames(d) {
			g.byName[n] = append(g.byName[n], i)
		}
		if s := shortName(d); s != "" {
			g.byShort[s] = append(g.byShort[s], i)
		}
	}
	g.indexStarts()
	return g
}

// levelOf reads the level of a division from its code.
func levelOf(code string) DivisionLevel {
	switch {
	case code[2:] == "0000":
		return Province
	case code[4:] == "00":
		return City
	}
	return County
}

// Divisions returns all divisions by code.
func (g *Gazetteer) Divisions() []Division { return slices.Clone(g.divisions) }

// Lookup returns the divisions that a name alone can mean: those with this full name (珠海市, 宽甸满族自治县, 宽甸县), else those
// with this short name (珠海, 宽甸). Divisions that exist come first, then higher levels, then lower codes. A province or
// a city outranks what lies in it (抚顺 is the city, not the county in it), so those are left out. Callers that need one
// answer take it only where there is one.
func (g *Gazetteer) Lookup(name string) []Division {
	found := g.byName[name]
	if len(found) == 0 {
		found = g.byShort[name]
	}
	found = g.outranking(found)
	divisions := make([]Division, len(found))
	for i, n := range found {
		divisions[i] = g.divisions[n]
	}
	return divisions
}

// outranking drops former divisions where one that exists has the name, and divisions that lie in another of the list; it
// orders the rest.
func (g *Gazetteer) outranking(found []int) []int {
	if len(found) < 2 {
		return found
	}
	current := slices.DeleteFunc(slices.Clone(found), func(i int) bool { return g.divisions[i].Former })
	if len(current) > 0 {
		found = current
	}
	kept := slices.DeleteFunc(slices.Clone(found), func(i int) bool {
		return slices.ContainsFunc(found, func(j int) bool { return i != j && g.contains(j, i) })
	})
	slices.SortStableFunc(kept, func(a, b int) int {
		return int(g.divisions[a].Level) - int(g.divisions[b].Level)
	})
	return kept
}

// contains reports whether division b lies in division a.
func (g *Gazetteer) contains(a, b int) bool {
	outer, inner := g.divisions[a], g.divisions[b]
	if outer.Level >= inner.Level {
		return false
	}
	if outer.Level == Province {
		return outer.Code[:2] == inner.Code[:2]
	}
	return outer.Code[:4] == inner.Code[:4]
}

// Region returns the region of a division, with the names of its parents.
func (g *Gazetteer) Region(d Division) corpus.Region {
	r := corpus.Region{Code: d.Code}
	if d.Level == County {
		r.County = corpus.Fact(d.Name)
	}
	if d.Level >= City {
		r.City = g.nameOf(d, d.Code[:4]+"00", City)
	}
	r.Province = g.nameOf(d, d.Code[:2]+"0000", Province)
	return r
}

// nameOf returns the name of d itself where it has the level, else that of its parent with the code, "" where there is
// none: a county directly under its province has no city.
func (g *Gazetteer) nameOf(d Division, code string, level DivisionLevel) corpus.Fact {
	if d.Level == level {
		return corpus.Fact(d.Name)
	}
	if i, ok := g.byCode[code]; ok {
		return corpus.Fact(g.divisions[i].Name)
	}
	return ""
}

// ByCode returns the division with a code of six digits.
func (g *Gazetteer) ByCode(code string) (Division, bool) {
	i, ok := g.byCode[code]
	if !ok {
		return Division{}, false
	}
	return g.divisions[i], true
}
