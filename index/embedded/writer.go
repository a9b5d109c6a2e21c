package embedded

import (
	"fmt"
	"math"
	"slices"

	"tongjian/corpus"
)

// writer holds the columns as they grow. Only Apply and Open touch it, one at a time.
type writer struct {
	columns
	docs                     []document
	byID                     map[corpus.DocumentID]uint32 // the live ones
	dicts                    [dictCount]*dictionary
	catSets, actionSets      *sets
	domainSets               []uint16 // see view
	live, findings, liveDocs bitset
	totalWords               int64
	// textSize and logSize are what the live documents take in the two files; the rest of the files is dead room.
	textSize, logSize int64
}

func newWriter() *writer {
	w := &writer{
		byID: map[corpus.DocumentID]uint32{}, catSets: newSets(), actionSets: newSets(), domainSets: []uint16{0, 0},
	}
	for i := range w.dicts {
		w.dicts[i] = newDictionary()
	}
	return w
}

// replay puts all entries of the log.
func (w *writer) replay(log []byte) error {
	for at := 0; at < len(log); {
		e, n, err := readEntry(log[at:])
		if err != nil {
			return fmt.Errorf("read columns at %d: %w", at, err)
		}
		if int(e.first) < w.columns.len() && len(e.passages) > 0 {
			return fmt.Errorf("read columns at %d: passage %d comes after %d", at, e.first, w.columns.len())
		}
		w.put(&e, n)
		at += n
	}
	return nil
}

// put takes over an entry that takes size bytes in the log.
func (w *writer) put(e *entry, size int) {
	w.drop(e.id)
	if len(e.passages) == 0 {
		return
	}
	// Numbers of passages that nothing is kept of any more are left out.
	w.columns.growTo(int(e.first))
	d := document{
		id: e.id, title: e.title, first: e.first, end: e.first + uint32(len(e.passages)),
		text: e.text, textSize: e.textSize, textSum: e.textSum, logSize: size,
	}
	for i, v := range e.values {
		d.values[i] = w.dicts[i].number(v)
	}
	number := uint32(len(w.docs))
	w.grow(int(d.end), len(w.docs)+1)
	for i := range e.passages {
		w.putPassage(&e.passages[i], number, d.first+uint32(i))
	}
	d.units, d.severalUnit = w.unitsOf(e)
	w.docs = append(w.docs, d)
	w.liveDocs.set(number)
	w.byID[e.id] = number
	w.textSize, w.logSize = w.textSize+int64(d.textSize), w.logSize+int64(d.logSize)
}

func (w *writer) putPassage(p *passageEntry, document, number uint32) {
	c := &w.columns
	c.doc = append(c.doc, document)
	c.cats = append(c.cats, w.categories(p.cats))
	c.actions = append(c.actions, w.actionSet(p.actions))
	c.status = append(c.status, uint8(w.dicts[dictStatus].number(p.status)))
	c.substance = append(c.substance, uint8(w.dicts[dictSubstance].number(p.substance)))
	c.words = append(c.words, uint16(min(p.words, math.MaxUint16)))
	c.text = append(c.text, uint32(p.text))
	w.live.set(number)
	if p.kind == kindFinding {
		w.findings.set(number)
	}
	w.totalWords += int64(c.words[number])
}

// unitsOf returns the units of the passages, nil where all have the document's, and whether there are several.
func (w *writer) unitsOf(e *entry) (units []uint32, several bool) {
	own := false
	for i := range e.passages {
		own = own || e.passages[i].unit != e.values[dictUnit]
		several = several || e.passages[i].unit != e.passages[0].unit
	}
	if !own {
		return nil, false
	}
	for i := range e.passages {
		units = append(units, w.dicts[dictUnit].number(e.passages[i].unit))
	}
	return units, several
}

// drop removes the passages of a document from what is live.
func (w *writer) drop(id corpus.DocumentID) {
	n, ok := w.byID[id]
	if !ok {
		return
	}
	delete(w.byID, id)
	w.liveDocs.unset(n)
	d := &w.docs[n]
	for p := d.first; p < d.end; p++ {
		w.live.unset(p)
		w.findings.unset(p)
		w.totalWords -= int64(w.words[p])
	}
	w.textSize, w.logSize = w.textSize-int64(d.textSize), w.logSize-int64(d.logSize)
}

func (w *writer) grow(passages, documents int) {
	if len(w.live)*64 < passages {
		w.live, w.findings = w.live.grown(passages*2), w.findings.grown(passages*2)
	}
	if len(w.liveDocs)*64 < documents {
		w.liveDocs = w.liveDocs.grown(documents * 2)
	}
}

// categories returns where a set of categories is. Their order matters: the main one comes first.
func (w *writer) categories(codes []string) uint32 {
	var numbers, domains []uint16
	for _, code := range codes {
		numbers = append(numbers, uint16(w.dicts[dictCategory].number(code)))
		domain := uint16(w.dicts[dictDomain].number(string(corpus.CategoryCode(code).Domain())))
		if !slices.Contains(domains, domain) {
			domains = append(domains, domain)
		}
	}
	place := w.catSets.place(numbers)
	if int(place) == len(w.domainSets) {
		domains = append(domains, make([]uint16, len(w.catSets.numbers)-len(w.domainSets)-len(domains))...)
		w.domainSets = append(w.domainSets, domains...)
	}
	return place
}

// actionSet returns where a set of kinds of action is.
func (w *writer) actionSet(kinds []string) uint32 {
	var numbers []uint16
	for _, kind := range kinds {
		numbers = append(numbers, uint16(w.dicts[dictAction].number(kind)))
	}
	slices.Sort(numbers)
	return w.actionSets.place(numbers)
}

// view returns what queries see from now on.
func (w *writer) view(sequence int64) *view {
	n := w.columns.len()
	v := &view{
		sequence: sequence, columns: w.columns, docs: w.docs, totalWords: w.totalWords,
		catSets: w.catSets.numbers, domainSets: w.domainSets, actionSets: w.actionSets.numbers,
		live: newBitset(n), findings: newBitset(n), liveDocs: newBitset(len(w.docs)), documents: len(w.byID),
	}
	copy(v.live, w.live)
	copy(v.findings, w.findings)
	copy(v.liveDocs, w.liveDocs)
	for i, d := range w.dicts {
		v.values[i] = d.values
	}
	return v
}
