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
	case corpus.FieldUnit:
		return v.countUnits(hits, documents)
	}
	if !f.OfDocument() {
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

// countUnits counts by the unit of the passage, which is not always the document's.
func (v *view) countUnits(hits bitset, documents bool) ([]int, []string) {
	counts := make([]int, len(v.values[dictUnit]))
	lastDoc := make([]uint32, len(counts)) // one more than the document that was counted last
	v.eachDocument(func(number uint32, d *document) {
		if d.units == nil {
			if n := hits.countRange(int(d.first), int(d.end)); n > 0 {
				if documents {
					n = 1
				}
				counts[d.values[dictUnit]] += n
			}
			return
		}
		hits.eachRange(d.first, d.end, func(p uint32) {
			unit := d.unitOf(p)
			if !documents || lastDoc[unit] != number+1 {
				counts[unit]++
				lastDoc[unit] = number + 1
			}
		})
	})
	return counts, v.values[dictUnit]
}

func (v *view) countPassages(f corpus.Field, hits bitset, documents bool) ([]int, []string) {
	c := v.column(f)
	counts := make([]int, len(c.values))
	lastDoc := make([]uint32, len(c.values)) // one more than the document that was counted last
	count := func(n, doc uint32) {
		if documents {
			if lastDoc[n] == doc+1 {
				return
			}
			lastDoc[n] = doc + 1
		}
		counts[n]++
	}
	hits.each(func(p uint32) bool {
		numbers := c.at(p)
		for i, n := range numbers {
			if n == 0 && i > 0 {
				break
			}
			count(uint32(n), v.doc[p])
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
