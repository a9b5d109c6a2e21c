package embedded

import (
	"slices"
	"sync"
	"sync/atomic"

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
	dictAction
	dictSubstance
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
	case corpus.FieldAction:
		return dictAction, true
	case corpus.FieldSubstance:
		return dictSubstance, true
	case corpus.FieldCategory:
		return dictCategory, true
	case corpus.FieldDomain:
		return dictDomain, true
	}
	return 0, false
}

// document is a row of the table of documents. Values are numbers in the dictionaries, 0 for none.
type document struct {
	id         corpus.DocumentID
	title      string
	values     [docFields]uint32
	first, end uint32 // its passages, which are numbered one after the other
	// units holds the unit of each passage; nil where all have the document's.
	units []uint32
	// severalUnit says that its passages belong to more than one unit.
	severalUnit bool
	// text is where the texts of its passages begin; they take textSize bytes and have the sum textSum. logSize is the
	// length of its log entry.
	text     int64
	textSize int
	textSum  uint32
	logSize  int
}

// unitOf returns the number of a passage's unit.
func (d *document) unitOf(p uint32) uint32 {
	if d.units == nil {
		return d.values[dictUnit]
	}
	return d.units[p-d.first]
}

// columns holds one value per passage and field: 16 bytes a passage for what is counted and ranked by, and 4 for where its
// text is. Slices only grow: a view keeps the length it was made with and never sees what is appended later. What kind a
// passage is, and its unit, are kept elsewhere: see view.findings and document.units.
type columns struct {
	doc       []uint32
	cats      []uint32 // where its categories are in the sets
	actions   []uint32 // where its kinds of action are in the sets
	status    []uint8
	substance []uint8
	words     []uint16 // the number of words, for ranking; the largest value stands for all beyond it
	text      []uint32 // where the passage's record begins, from where its document's begin
}

const (
	kindFinding = 0
	kindSection = 1
)

func (c *columns) len() int { return len(c.doc) }

// growTo adds empty rows up to n.
func (c *columns) growTo(n int) {
	if n -= c.len(); n <= 0 {
		return
	}
	c.doc = append(c.doc, make([]uint32, n)...)
	c.cats = append(c.cats, make([]uint32, n)...)
	c.actions = append(c.actions, make([]uint32, n)...)
	c.status = append(c.status, make([]uint8, n)...)
	c.substance = append(c.substance, make([]uint8, n)...)
	c.words = append(c.words, make([]uint16, n)...)
	c.text = append(c.text, make([]uint32, n)...)
}

// sets holds the sets of values that passages have in a field of several values, each set once. A set is a row of
// numbers that ends before a 0, but for the empty set at 0, which is the number 0 itself.
type sets struct {
	numbers []uint16
	places  map[string]uint32 // by the bytes of the numbers; the writer's
}

func newSets() *sets { return &sets{numbers: []uint16{0, 0}, places: map[string]uint32{}} }

// place returns where a set is, and adds it where it is new.
func (s *sets) place(numbers []uint16) uint32 {
	if len(numbers) == 0 {
		return 0
	}
	key := make([]byte, 0, 2*len(numbers))
	for _, n := range numbers {
		key = append(key, byte(n), byte(n>>8))
	}
	at, ok := s.places[string(key)]
	if !ok {
		at = uint32(len(s.numbers))
		s.places[string(key)] = at
		s.numbers = append(append(s.numbers, numbers...), 0)
	}
	return at
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
	// values holds the values of every dictionary by number.
	values [dictCount][]string
	// catSets and actionSets are what the columns point into. domainSets has the distinct domains of a set of categories
	// at the same place.
	catSets, domainSets, actionSets []uint16
	// live holds the passages that are not replaced or removed, findings those that are findings, liveDocs the documents.
	live, findings, liveDocs bitset
	documents                int
	totalWords               int64 // of all live passages
	chars                    []*charsSegment
	texts                    *dataFile

	whole    wholeTallies
	runsOnce sync.Once
	runs     []run
	// saturated is kept for scores.
	saturated atomic.Pointer[saturation]
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
				for end < doc.end && (doc.units == nil || doc.unitOf(end) == doc.unitOf(first)) {
					end++
				}
				v.runs = append(v.runs, run{doc.unitOf(first), d, first, end})
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

// document returns the document of a passage.
func (v *view) document(p uint32) *document { return &v.docs[v.doc[p]] }

// readText returns what is shown of a passage.
func (v *view) readText(p uint32) (passageText, error) {
	return readText(v.texts, v.document(p).text+int64(v.columns.text[p]))
}

// unitOf returns the number of a passage's unit.
func (v *view) unitOf(p uint32) uint32 { return v.document(p).unitOf(p) }
