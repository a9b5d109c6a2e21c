package recur

import (
	"maps"
	"slices"

	"tongjian/corpus"
)

// spreading gathers how a group spreads over the years.
type spreading struct {
	first map[string]corpus.Year // of each unit
	years map[corpus.Year]*yearOf
}

// yearOf is what a group has in one year.
type yearOf struct {
	findings int
	units    map[string]bool
}

// take counts a finding. Those without a year are left out.
func (s *spreading) take(f *fact) {
	year := f.doc.year
	if year == 0 {
		return
	}
	y := s.years[year]
	if y == nil {
		y = &yearOf{units: map[string]bool{}}
		s.years[year] = y
	}
	y.findings++
	if f.unit == "" {
		return
	}
	y.units[f.unit] = true
	if first, known := s.first[f.unit]; !known || year < first {
		s.first[f.unit] = year
	}
}

// spread tells of the years in order. Names gives the names of units by their identities.
func (s *spreading) spread(names map[string]string) []Spread {
	out := []Spread{}
	for _, year := range slices.Sorted(maps.Keys(s.years)) {
		y := s.years[year]
		sp := Spread{Year: year, Findings: y.findings, Units: len(y.units), New: []string{}}
		for unit := range y.units {
			if s.first[unit] == year {
				sp.New = append(sp.New, names[unit])
			}
		}
		slices.Sort(sp.New)
		out = append(out, sp)
	}
	return out
}
