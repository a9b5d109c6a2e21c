package embedded

import (
	"slices"
	"strings"

	"tongjian/corpus"
	"tongjian/index"
)

// facets counts the values of the requested fields over the hits.
func (v *view) facets(req index.Request, hits bitset) []index.Facet {
	if len(req.Facets) == 0 {
		return nil
	}
	facets := make([]index.Facet, len(req.Facets))
	for i, f := range req.Facets {
		counts, values := v.count(f, hits, req.Group == index.ByDocument)
		facets[i] = facetOf(f, counts, values, req.FacetSize)
	}
	return facets
}

// count returns how many hits, or documents with hits, have each value of a field, and the values.
func (v *view) count(f corpus.Field, hits bitset, documents bool) ([]int, []string) {
	switch f {
	case corpus.FieldDocument:
		return v.countDocuments(hits, documents)
	case corpus.FieldUnit, corpus.FieldStatus, corpus.FieldCategory, corpus.FieldDomain, corpus.FieldKind:
		return v.countPassages(f, hits, documents)
	}
	dict, _ := dictOf(f)
	counts := make([]int, len(v.values[dict]))
	v.eachDocument(func(_ uint32, d *document) {
		if n := hits.countRange(int(d.first), int(d.end)); n > 0 {
			if documents {
				n = 1
			}
			counts[d.values[dict]] += n
		}
	})
	return counts, v.values[dict]
}

func (v *view) countDocuments(hits bitset, documents bool) ([]int, []string) {
	var counts []int
	var values []string
	v.eachDocument(func(_ uint32, d *document) {
		if n := hits.countRange(int(d.first), int(d.end)); n > 0 {
			if documents {
				n = 1
			}
			counts, values = append(counts, n), append(values, string(d.id))
		}
	})
	return counts, values
}

func (v *view) countPassages(f corpus.Field, hits bitset, documents bool) ([]int, []string) {
	c := v.column(f)
	counts := make([]int, len(c.values))
	lastDoc := make([]uint32, len(c.values)) // one more than the document that was counted last
	hits.each(func(p uint32) bool {
		for _, n := range c.of(p) {
			if documents {
				if lastDoc[n] == v.doc[p]+1 {
					continue
				}
				lastDoc[n] = v.doc[p] + 1
			}
			counts[n]++
		}
		return true
	})
	return counts, c.values
}

// facetOf puts the values in order, most frequent first, then by text. The empty value is what has no value.
func facetOf(f corpus.Field, counts []int, values []string, size int) index.Facet {
	facet := index.Facet{Field: f}
	for i, n := range counts {
		switch {
		case n == 0:
		case values[i] == "":
			facet.Missing += n
		default:
			facet.Values = append(facet.Values, index.FacetValue{Value: values[i], Count: n})
		}
	}
	slices.SortFunc(facet.Values, func(a, b index.FacetValue) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Value, b.Value)
	})
	if len(facet.Values) > size {
		facet.Others = len(facet.Values) - size
		facet.Values = facet.Values[:size:size]
	}
	return facet
}

// column reads one field of passages as numbers of its values. The number 0 stands for no value.
type column struct {
	values []string
	of     func(p uint32) []uint32
	// perDocument says that all passages of a document share the value.
	perDocument bool
}

// column returns the column of a field; doc has none that is worth a table, and is not asked for.
func (v *view) column(f corpus.Field) column {
	var buf [corpus.MaxCategories]uint32
	one := func(n uint32) []uint32 {
		buf[0] = n
		return buf[:1]
	}
	several := func(c categories) []uint32 {
		n := 1
		for i, number := range c {
			if number == 0 {
				break
			}
			n = i + 1
		}
		for i := range n {
			buf[i] = uint32(c[i])
		}
		return buf[:n]
	}
	switch f {
	case corpus.FieldUnit:
		return column{values: v.values[dictUnit], of: func(p uint32) []uint32 { return one(v.unit[p]) }}
	case corpus.FieldStatus:
		return column{values: v.values[dictStatus], of: func(p uint32) []uint32 { return one(uint32(v.status[p])) }}
	case corpus.FieldCategory:
		return column{values: v.values[dictCategory], of: func(p uint32) []uint32 { return several(v.cats[p]) }}
	case corpus.FieldDomain:
		return column{values: v.values[dictDomain], of: func(p uint32) []uint32 { return several(v.domains(p)) }}
	case corpus.FieldKind:
		values := []string{"", string(corpus.KindFinding), string(corpus.KindSection)}
		return column{values: values, of: func(p uint32) []uint32 { return one(uint32(v.kind[p]) + 1) }}
	case corpus.FieldDocument:
		values := make([]string, len(v.docs)+1)
		v.eachDocument(func(n uint32, d *document) { values[n+1] = string(d.id) })
		return column{values: values, of: func(p uint32) []uint32 { return one(v.doc[p] + 1) }, perDocument: true}
	case "":
		return column{values: []string{""}, of: func(uint32) []uint32 { return one(0) }, perDocument: true}
	}
	dict, _ := dictOf(f)
	return column{
		values: v.values[dict], perDocument: true,
		of: func(p uint32) []uint32 { return one(v.docs[v.doc[p]].values[dict]) },
	}
}
