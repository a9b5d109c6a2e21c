package rectify

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"tongjian/corpus"
)

// Scope says where text was used before.
type Scope string

// The scopes.
const (
	InNotice    Scope = "notice" // under another finding of the same document
	InUnit      Scope = "unit"   // in another document of the same unit
	AmongOthers Scope = "others" // in a document of another unit
)

// Scopes lists the scopes in the order in which they are shown.
var Scopes = []Scope{InNotice, InUnit, AmongOthers}

// Chinese returns the name of the scope as users read it.
func (s Scope) Chinese() string {
	switch s {
	case InNotice:
		return "同一文件内雷同"
	case InUnit:
		return "沿用本单位以前的文字"
	case AmongOthers:
		return "与其他单位雷同"
	}
	return string(s)
}

// Place is where a passage stands. Span is into the text of the finding's document.
type Place struct {
	Finding  corpus.FindingID  `json:"finding"`
	Document corpus.DocumentID `json:"document_id"`
	Unit     string            `json:"unit"`
	Date     corpus.Date       `json:"date"`
	Span     corpus.Span       `json:"span"`
}

// Pair is a passage beside the passage that it reuses. Exact reports that they differ in numbers and marks at most.
type Pair struct {
	Here  corpus.Span `json:"here"`
	There corpus.Span `json:"there"`
	Exact bool        `json:"exact"`
}

// Reuse says that the answer to a finding repeats text of an earlier one: the earliest that has as much of it.
type Reuse struct {
	Finding corpus.FindingID `json:"finding"`
	Scope   Scope            `json:"scope"`
	// Source is the finding that had the text first, with the span from its first repeated passage to its last.
	Source Place `json:"source"`
	// Letters counts the letters that are repeated, Share what part of the answer's compared letters they are.
	Letters int     `json:"letters"`
	Share   float64 `json:"share"`
	Pairs   []Pair  `json:"pairs"`
}

// A clause that more than commonUnits units use, itself or with a coefficient of sameness, and more than commonShare of all
// units, is a phrase that everybody uses, and reuse of it says nothing.
const (
	commonUnits = 10
	commonShare = 0.05
	sameness    = 0.75
)

// maxBucket is the most clauses of one band that are compared; a fuller one holds variants of a phrase of everybody's.
const maxBucket = 400

// Copies knows which text of the answers to findings was used before. It follows the store's change feed and holds hashes,
// no text. What it reports depends on the documents it holds, not on the order in which they came. It is safe for use by many
// goroutines.
type Copies struct {
	mu      sync.RWMutex
	applied atomic.Int64
	files   []file
	byID    map[corpus.DocumentID]uint32
	units   map[string]int // live documents by unit
	answers []answer
	uses    []use
	kinds   []kind
	byKey   map[uint64]uint32
	grams   []uint16
	table   table
	cutter  shingler
	making  sync.Mutex // held by who works out what All returns
	all     atomic.Pointer[reuses]
}

// reuses is what is reused anywhere, at a state of the store.
type reuses struct {
	at   int64
	list []Reuse
}

// file is a document that the model holds or held.
type file struct {
	id         corpus.DocumentID
	date       corpus.Date
	inspection string // what its inspection is known by
	unit       string
	live       bool
	first, end uint32 // its answers
}

// answer is what a document says under one finding.
type answer struct {
	file       uint32
	ordinal    uint32
	unit       string
	first, end uint32 // its uses
	letters    int32
}

// use is one place of a clause. next leads to the next place of the same clause, plus one; 0 ends the chain.
type use struct {
	kind, answer uint32
	start, end   uint32
	next         uint32
}

// kind is a clause, whatever its numbers: its shingles and its places.
type kind struct {
	gramsAt uint32
	gramsN  uint16
	letters uint16
	uses    uint32 // the newest, plus one
	live    uint32 // how many of them are in live documents
}

// NewCopies returns a model that holds nothing.
func NewCopies() *Copies {
	return &Copies{byID: map[corpus.DocumentID]uint32{}, units: map[string]int{}, byKey: map[uint64]uint32{}, table: newTable()}
}

// Applied returns the sequence number of the last change taken over.
func (c *Copies) Applied() int64 { return c.applied.Load() }

// Apply takes over changes in order; those at or below Applied are skipped.
func (c *Copies) Apply(ctx context.Context, changes []corpus.Change) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, change := range changes {
		if err := ctx.Err(); err != nil {
			return err
		}
		if change.Sequence <= c.applied.Load() {
			continue
		}
		c.remove(change.DocumentID)
		if change.Document != nil {
			c.insert(change.Document)
		}
		c.applied.Store(change.Sequence)
	}
	if c.wasteful() {
		c.compact()
	}
	return nil
}

func (c *Copies) remove(id corpus.DocumentID) {
	at, ok := c.byID[id]
	if !ok {
		return
	}
	f := &c.files[at]
	f.live = false
	for _, a := range c.answers[f.first:f.end] {
		for _, u := range c.uses[a.first:a.end] {
			c.kinds[u.kind].live--
		}
	}
	delete(c.byID, id)
	if c.units[f.unit]--; c.units[f.unit] == 0 {
		delete(c.units, f.unit)
	}
}

// insert takes in the answers of a document; one that answers nothing is left out.
func (c *Copies) insert(doc *corpus.Document) {
	if doc.DocType != corpus.RectificationNotice && doc.DocType != corpus.AuditRectification {
		return
	}
	f := file{
		id: doc.ID, date: doc.Day(), unit: string(doc.Unit), live: true, first: uint32(len(c.answers)),
		inspection: string(doc.Unit) + "\x00" + string(doc.InspectionFrom) + "\x00" + string(doc.Round),
	}
	if doc.Unit == "" {
		f.unit = "\x00" + string(doc.ID) // documents of unknown units are not of one unit
	}
	for i := range doc.Findings {
		c.answer(doc, &doc.Findings[i], f.unit)
	}
	f.end = uint32(len(c.answers))
	c.byID[doc.ID] = uint32(len(c.files))
	c.files = append(c.files, f)
	c.units[f.unit]++
}

func (c *Copies) answer(doc *corpus.Document, f *corpus.Finding, unit string) {
	if f.Unit != "" {
		unit = f.Unit
	}
	a := answer{file: uint32(len(c.files)), ordinal: uint32(f.Ordinal), unit: unit, first: uint32(len(c.uses))}
	at := uint32(len(c.answers))
	for _, part := range partsOf(f) {
		for _, cl := range c.cutter.clauses(part.Of(doc.Text)) {
			k := c.kind(cl)
			c.uses = append(c.uses, use{
				kind: k, answer: at, next: c.kinds[k].uses,
				start: uint32(part.Start + cl.start), end: uint32(part.Start + cl.end),
			})
			c.kinds[k].uses = uint32(len(c.uses))
			c.kinds[k].live++
			a.letters += int32(cl.letters)
		}
	}
	a.end = uint32(len(c.uses))
	c.answers = append(c.answers, a)
}

// kind returns the number of a clause, a new one where it was never seen.
func (c *Copies) kind(cl clause) uint32 {
	if k, ok := c.byKey[cl.key]; ok {
		return k
	}
	k := uint32(len(c.kinds))
	c.byKey[cl.key] = k
	c.kinds = append(c.kinds, kind{gramsAt: uint32(len(c.grams)), gramsN: uint16(len(cl.grams)), letters: uint16(min(cl.letters, 1<<16-1))})
	c.grams = append(c.grams, cl.grams...)
	if cl.grams != nil {
		c.table.add(k, bandKeys(cl.grams))
	}
	return k
}

func (c *Copies) gramsOf(k uint32) []uint16 {
	at := c.kinds[k].gramsAt
	return c.grams[at : at+uint32(c.kinds[k].gramsN)]
}

// before orders answers by date, the undated last, then by document and place.
func (c *Copies) before(a, b uint32) int {
	x, y := &c.answers[a], &c.answers[b]
	f, g := &c.files[x.file], &c.files[y.file]
	return cmp.Or(compareDates(f.date, g.date), cmp.Compare(f.id, g.id), cmp.Compare(x.ordinal, y.ordinal))
}

func compareDates(a, b corpus.Date) int {
	if (a == "") != (b == "") {
		if a == "" {
			return 1
		}
		return -1
	}
	return cmp.Compare(a, b)
}

// wasteful reports whether more than half of what is held is of documents that were removed or replaced.
func (c *Copies) wasteful() bool { return len(c.files) > 64 && len(c.files) > 2*len(c.byID) }

// compact forgets what removed documents held. Clauses keep their numbers, so that no text is needed.
func (c *Copies) compact() {
	files, answers, uses := c.files, c.answers, c.uses
	c.files, c.answers, c.uses = nil, nil, nil
	for i := range c.kinds {
		c.kinds[i].uses = 0
	}
	for _, f := range files {
		if !f.live {
			continue
		}
		first := uint32(len(c.answers))
		for _, a := range answers[f.first:f.end] {
			list := uses[a.first:a.end]
			a.file, a.first = uint32(len(c.files)), uint32(len(c.uses))
			for _, u := range list {
				u.answer, u.next = uint32(len(c.answers)), c.kinds[u.kind].uses
				c.uses = append(c.uses, u)
				c.kinds[u.kind].uses = uint32(len(c.uses))
			}
			a.end = uint32(len(c.uses))
			c.answers = append(c.answers, a)
		}
		f.first, f.end = first, uint32(len(c.answers))
		c.byID[f.id] = uint32(len(c.files))
		c.files = append(c.files, f)
	}
}

// used reports whether a clause has a place in a live document.
func (c *Copies) used(k uint32) bool { return c.kinds[k].live > 0 }

// eachUse visits the live places of a clause, until visit returns false.
func (c *Copies) eachUse(k uint32, visit func(use) bool) {
	for at := c.kinds[k].uses; at != 0; at = c.uses[at-1].next {
		u := c.uses[at-1]
		if c.files[c.answers[u.answer].file].live && !visit(u) {
			return
		}
	}
}

// everybodys reports whether clauses are used by so many units that they are a phrase of everybody's.
func (c *Copies) everybodys(like []uint32) bool {
	limit := max(commonUnits, int(commonShare*float64(len(c.units))))
	seen := make(map[string]struct{}, limit+1)
	for _, k := range like {
		c.eachUse(k, func(u use) bool {
			seen[c.answers[u.answer].unit] = struct{}{}
			return len(seen) <= limit
		})
		if len(seen) > limit {
			return true
		}
	}
	return false
}

// maxNear is the most near copies of a clause that count for it, the nearest.
const maxNear = 16

// nearKind is a clause that is like another.
type nearKind struct {
	kind     uint32
	likeness float64
}

// like returns what is known of a clause.
func (c *Copies) like(k uint32) likes {
	out, same := likes{list: []uint32{k}}, []uint32{k}
	var near []nearKind
	if grams := c.gramsOf(k); len(grams) > 0 {
		candidates, full := c.table.candidates(bandKeys(grams), maxBucket, c.used)
		slices.Sort(candidates)
		for _, o := range slices.Compact(candidates) {
			if o == k {
				continue
			}
			j := jaccard(grams, c.gramsOf(o))
			if j >= likeness {
				near = append(near, nearKind{o, j})
			}
			if j >= sameness {
				same = append(same, o)
			}
		}
		out.common = full == bands
	}
	slices.SortStableFunc(near, func(a, b nearKind) int { return cmp.Compare(b.likeness, a.likeness) })
	for _, n := range near[:min(len(near), maxNear)] {
		out.list = append(out.list, n.kind)
	}
	out.common = out.common || c.everybodys(same)
	return out
}
