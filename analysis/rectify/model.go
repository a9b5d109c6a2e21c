package rectify

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"tongjian/corpus"
)

// Facts is what the model keeps of a document that answers findings.
type Facts struct {
	Document corpus.DocumentID `json:"document_id"`
	Title    string            `json:"title"`
	Unit     string            `json:"unit"`
	Date     corpus.Date       `json:"date"`
	Year     corpus.Year       `json:"year"`
	// Days is from feedback to publication, nil where that is not known.
	Days   *int    `json:"days"`
	Claims []Claim `json:"claims"`
	Sums   []Sum   `json:"sums"`
}

// Model holds what cannot be counted by an engine: text used before, claims that do not add up, days, and sums of money. It
// follows the store's change feed. It is safe for use by many goroutines.
type Model struct {
	copies *Copies
	mu     sync.RWMutex
	facts  map[corpus.DocumentID]Facts
}

// NewModel returns a model that holds nothing.
func NewModel() *Model {
	return &Model{copies: NewCopies(), facts: map[corpus.DocumentID]Facts{}}
}

// Applied returns the sequence number of the last change taken over.
func (m *Model) Applied() int64 { return m.copies.Applied() }

// Apply takes over changes in order; those at or below Applied are skipped.
func (m *Model) Apply(ctx context.Context, changes []corpus.Change) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	applied := m.copies.Applied()
	if err := m.copies.Apply(ctx, changes); err != nil {
		return err
	}
	for _, c := range changes {
		if c.Sequence <= applied {
			continue
		}
		delete(m.facts, c.DocumentID)
		if c.Document != nil && c.Document.DocType != corpus.OtherDocument {
			m.facts[c.DocumentID] = factsOf(c.Document)
		}
	}
	return nil
}

func factsOf(doc *corpus.Document) Facts {
	f := Facts{
		Document: doc.ID, Title: string(doc.Title), Unit: string(doc.Unit), Date: doc.Day(), Year: doc.Year, Claims: Claims(doc),
	}
	if days, ok := Days(doc); ok && (doc.DocType == corpus.RectificationNotice || doc.DocType == corpus.AuditRectification) {
		f.Days = &days
	}
	var lists [][]Sum
	for i := range doc.Findings {
		if sums := SumsOf(AmountsOf(doc, &doc.Findings[i])); sums != nil {
			lists = append(lists, sums)
		}
	}
	f.Sums = AddSums(lists...)
	return f
}

// Reused returns what text of a finding's answer an earlier answer had.
func (m *Model) Reused(id corpus.FindingID) []Reuse { return m.copies.Reused(id) }

// Reuses returns what is reused in the documents that keep accepts, by date, document and place; nil accepts all.
func (m *Model) Reuses(keep func(corpus.DocumentID) bool) []Reuse { return m.copies.Among(keep) }

// KnownReuses is Reuses where Prepare was called since the newest change; else ok is false, at once.
func (m *Model) KnownReuses(keep func(corpus.DocumentID) bool) (list []Reuse, ok bool) {
	return m.copies.Known(keep)
}

// Prepare works out what is reused anywhere: some seconds for 200,000 findings.
func (m *Model) Prepare() { m.copies.All() }

// Facts returns the facts of the documents that keep accepts, by date, then document; nil accepts all.
func (m *Model) Facts(keep func(corpus.DocumentID) bool) []Facts {
	m.mu.RLock()
	defer m.mu.RUnlock()
	out := []Facts{}
	for id, f := range m.facts {
		if keep == nil || keep(id) {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b Facts) int {
		return cmp.Or(compareDates(a.Date, b.Date), cmp.Compare(a.Document, b.Document))
	})
	return out
}

// PaceOfFacts sums up the days of documents.
func PaceOfFacts(facts []Facts) Pace {
	var days []int
	unknown := 0
	for _, f := range facts {
		if f.Days != nil {
			days = append(days, *f.Days)
		} else {
			unknown++
		}
	}
	return PaceOf(days, unknown)
}
