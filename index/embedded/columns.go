package embedded

import (
	"slices"
	"sync"

	"tongjian/corpus"
)

// The dictionaries: one for each field whose values are words. Those up to docFields hold values of documents.
const (
	dictUnit = iota
	dictRegion
	dictCode // of the region
	dictSector
	dictLevel
	dictInspector
	dictRound
	dictYear
	dictDate
	dictType
	docFields
	dictStatus = iota - 1
	dictCategory
	dictDomain
	dictCount
)

// dictOf returns the dictionary of a field, false for doc and kind, which have none.
func dictOf(f corpus.Field) (int, bool) {
	switch f {
	case corpus.FieldUnit:
		return dictUnit, true
	case corpus.FieldRegion:
		return dictRegion, true
	case corpus.FieldSector:
		return dictSector, true
	case corpus.FieldLevel:
		return dictLevel, true
	case corpus.FieldInspector:
		return dictInspector, true
	case corpus.FieldRound:
		return dictRound, true
	case corpus.FieldYear:
		return dictYear, true
	case corpus.FieldDate:
		return dictDate, true
	case corpus.FieldType:
		return dictType, true
	case corpus.FieldStatus:
		return dictStatus, true
	case corpus.FieldCategory:
		return dictCategory, true
	case corpus.FieldDomain:
		return dictDomain, true
	}
	return 0, false
}

// document is a row of the table of documents. Values are numbers in the dictionaries, 0 for none.
type document struct {
	id          corpus.DocumentID
	title       string
	values      [docFields]uint32
	first, end  uint32 // its passages, which are numbered one after the other
	severalUnit bool   // its passages belong to more than one unit
}

// categories holds the numbers of up to three categories of a passage; 0 is none.
type categories [corpus.MaxCategories]uint16

// columns holds one value per passage and field. Slices only grow: a view keeps the length it was made with and never
// sees what is appended later.
type columns struct {
	doc    []uint32
	unit   []uint32
	kind   []uint8 // kindFinding or kindSection
	status []uint8
	cats   []categories
	words  []uint16 // the number of words, for ranking; the largest value stands for all beyond it
	text   []int64  // where the passage's record begins
}

const (
	kindFinding = 0
	kindSection = 1
)

func (c *columns) len() int { return len(c.doc) }

func (c *columns) append(o columns) {
	c.doc = append(c.doc, o.doc...)
	c.unit = append(c.unit, o.unit...)
	c.kind = append(c.kind, o.kind...)
	c.status = append(c.status, o.status...)
	c.cats = append(c.cats, o.cats...)
	c.words = append(c.words, o.words...)
	c.text = append(c.text, o.text...)
}

// dictionary numbers the values of a field. Number 0 is the empty value.
type dictionary struct {
	numbers map[string]uint32
	values  []string
}

func newDictionary() *dictionary {
	return &dictionary{numbers: map[string]uint32{"": 0}, values: []string{""}}
}

func (d *dictionary) number(value string) uint32 {
	n, ok := d.numbers[value]
	if !ok {
		n = uint32(len(d.values))
		d.numbers[value] = n
		d.values = append(d.values, value)
	}
	return n
}

// view is the state after one Apply: everything a query needs but the postings. It does not change.
type view struct {
	sequence int64
	columns
	docs []document
	// values holds the values of every dictionary by number; domainOf the domain of every category.
	values   [dictCount][]string
	domainOf []uint16
	// live holds the passages that are not replaced or removed, findings those that are findings, liveDocs the documents.
	live, findings, liveDocs bitset
	documents                int
	totalWords               int64 // of all live passages
	chars                    []*charsSegment

	runsOnce sync.Once
	runs     []run
}

// run is a stretch of passages of one document and one unit.
type run struct {
	unit, doc, first, end uint32
}

// byUnit returns the runs of all live documents, ordered by unit, so that distinct units can be counted in one pass.
func (v *view) byUnit() []run {
	v.runsOnce.Do(func() {
		v.liveDocs.each(func(d uint32) bool {
			doc := &v.docs[d]
			for first := doc.first; first < doc.end; {
				end := first + 1
				for end < doc.end && v.unit[end] == v.unit[first] {
					end++
				}
				v.runs = append(v.runs, run{v.unit[first], d, first, end})
				first = end
			}
			return true
		})
		slices.SortStableFunc(v.runs, func(a, b run) int { return int(a.unit) - int(b.unit) })
	})
	return v.runs
}

// eachDocument calls yield for every live document and its number.
func (v *view) eachDocument(yield func(n uint32, d *document)) {
	v.liveDocs.each(func(n uint32) bool {
		yield(n, &v.docs[n])
		return true
	})
}

// domains returns the distinct domains of a passage's categories.
func (v *view) domains(p uint32) categories {
	var out categories
	n := 0
	for _, c := range v.cats[p] {
		if c == 0 {
			break
		}
		if d := v.domainOf[c]; !slices.Contains(out[:n], d) {
			out[n] = d
			n++
		}
	}
	return out
}
