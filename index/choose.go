package index

import (
	"strconv"
	"strings"

	"tongjian/corpus"
)

// Chosen is the set of findings that a filter chooses, for those who hold more about findings than an engine does: what
// they count under a filter is then counted over the same findings.
type Chosen struct {
	// Findings counts them; Sequence is the store's sequence number that the set rests on.
	Findings int
	Sequence int64

	ordinals map[corpus.DocumentID][]uint64 // a bit for each ordinal
}

// NewChosen returns an empty set.
func NewChosen(sequence int64) *Chosen {
	return &Chosen{Sequence: sequence, ordinals: map[corpus.DocumentID][]uint64{}}
}

// Add adds the finding at a place, counted from 1, of a document.
func (c *Chosen) Add(document corpus.DocumentID, ordinal int) {
	bits := c.ordinals[document]
	for len(bits) <= ordinal>>6 {
		bits = append(bits, 0)
	}
	if bits[ordinal>>6]&(1<<(ordinal&63)) == 0 {
		bits[ordinal>>6] |= 1 << (ordinal & 63)
		c.Findings++
	}
	c.ordinals[document] = bits
}

// Has reports whether a finding is chosen.
func (c *Chosen) Has(id corpus.FindingID) bool {
	document, place, _ := strings.Cut(string(id), "-")
	ordinal, err := strconv.Atoi(place)
	bits := c.ordinals[corpus.DocumentID(document)]
	return err == nil && ordinal >= 0 && ordinal>>6 < len(bits) && bits[ordinal>>6]&(1<<(ordinal&63)) != 0
}

// HasDocument reports whether a finding of a document is chosen.
func (c *Chosen) HasDocument(id corpus.DocumentID) bool { return len(c.ordinals[id]) > 0 }

// Documents counts the documents of which a finding is chosen.
func (c *Chosen) Documents() int { return len(c.ordinals) }
