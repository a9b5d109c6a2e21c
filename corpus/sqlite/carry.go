package sqlite

import (
	"encoding/json"
	"fmt"
	"time"

	"tongjian/corpus"
)

// carry makes the corrections of one document hold for another one that is shown in its place, where what they correct is
// known again there and was read alike. It returns how many it carried over, and those that stay with the old document
// alone.
func (db *DB) carry(w *writer, from, to corpus.DocumentID) (carried int, left []corpus.Correction, err error) {
	given, err := correctionsOf(w.ctx, w.tx, from)
	if err != nil || len(given) == 0 {
		return 0, nil, err
	}
	own, err := correctionsOf(w.ctx, w.tx, to)
	if err != nil {
		return 0, nil, err
	}
	old, err := db.parsed(w, from)
	if err != nil {
		return 0, nil, err
	}
	now, err := db.parsed(w, to)
	if err != nil {
		return 0, nil, err
	}
	for _, c := range newestOf(old, given) {
		moved, ok := transfer(c, old, now)
		switch {
		case !ok:
			left = append(left, c)
		case outdated(moved, own):
		default:
			carried++
			if err := w.carried(moved, c); err != nil {
				return 0, nil, err
			}
		}
	}
	return carried, left, nil
}

// newestOf returns of each thing that was corrected the newest correction, in the order in which they were given, but for
// those that withdraw and those that do not hold.
func newestOf(doc *corpus.Document, given []corpus.Correction) []corpus.Correction {
	var out []corpus.Correction
	for i, c := range given {
		at, ok := locate(doc, c)
		if !ok || len(c.Values) == 0 {
			continue
		}
		newest := true
		for _, d := range given[i+1:] {
			if later, ok := locate(doc, d); ok && later == at && d.Field == c.Field {
				newest = false
			}
		}
		if newest {
			c.Finding = at
			out = append(out, c)
		}
	}
	return out
}

// transfer returns a correction of one document as one of another. It does not hold there where its finding is not known
// again, or where the other document says something else at that place: then it may be right as it is.
func transfer(c corpus.Correction, old, now *corpus.Document) (corpus.Correction, bool) {
	c.Document = now.ID
	if c.Finding == 0 {
		a, b := metadata(old, c.Field), metadata(now, c.Field)
		return c, a.get != nil && a.get() == b.get()
	}
	before := old.Findings[c.Finding-1].Status
	at, ok := locate(now, c)
	if !ok {
		return c, false
	}
	c.Finding = at
	return c, c.Field != fieldStatus || now.Findings[at-1].Status == before
}

// outdated reports whether a later word about the same thing was given on the other document itself.
func outdated(c corpus.Correction, own []corpus.Correction) bool {
	for _, o := range own {
		if o.Finding == c.Finding && o.Statement == c.Statement && o.Field == c.Field && !o.At.Before(c.At) {
			return true
		}
	}
	return false
}

// carried stores a correction that was given on another document, in the name of who gave it and when.
func (w *writer) carried(c, from corpus.Correction) error {
	if err := w.insertCorrection(c, c.By, c.At.UTC().Format(time.RFC3339Nano)); err != nil {
		return err
	}
	detail, err := json.Marshal(map[string]any{"field": c.Field, "values": c.Values, "from": subjectOf(from)})
	if err != nil {
		return fmt.Errorf("encode correction: %w", err)
	}
	return w.record("carry", subjectOf(c), string(detail))
}

// subjectOf names the document or finding that a correction is about.
func subjectOf(c corpus.Correction) string {
	if c.Finding > 0 {
		return string(corpus.NewFindingID(c.Document, c.Finding))
	}
	return string(c.Document)
}
