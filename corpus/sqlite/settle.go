package sqlite

import (
	"cmp"
	"fmt"
	"slices"

	"tongjian/corpus"
	"tongjian/corpus/fingerprint"
)

// mostCompared is how many documents are read and compared with a new one, the likeliest first.
const mostCompared = 16

// settled says what became of a document among those that are the same: Added where there are none.
type settled struct {
	result corpus.Result
	other  corpus.DocumentID
	// winner hides loser from now on.
	winner, loser corpus.DocumentID
}

// settle finds out whether a document that is stored and shown is the same as another one, and hides one of the two then.
// doc is the document as it was read.
//
// Of two copies the one that came first stays shown, unless the other is clearly more complete (fingerprint.Print.Fuller).
// Of two versions the one that was published later is shown; where that is not known, the one that came later.
func (db *DB) settle(w *writer, k known, doc *corpus.Document) (settled, error) {
	relation, other, otherDoc, err := db.relate(w, k, doc)
	if err != nil || relation == fingerprint.Different {
		return settled{result: corpus.Added}, err
	}
	if relation == fingerprint.Same {
		return db.settleCopy(w, k, other)
	}
	head, err := shownFor(w.ctx, w.tx, other.id)
	if err != nil {
		return settled{}, err
	}
	if head != other.id {
		if otherDoc, err = db.parsed(w, head); err != nil {
			return settled{}, err
		}
		if other, err = w.known(head); err != nil {
			return settled{}, err
		}
	}
	if later(doc, k, otherDoc, other) {
		return settled{corpus.Replaced, head, k.id, head}, w.hide(head, k.id, corpus.Earlier)
	}
	return settled{corpus.Outdated, head, head, k.id}, w.hide(k.id, head, corpus.Earlier)
}

// settleCopy hides the new document or the one that it is a copy of.
func (db *DB) settleCopy(w *writer, k, other known) (settled, error) {
	id, err := w.original(other.id)
	if err != nil {
		return settled{}, err
	}
	if other, err = w.known(id); err != nil {
		return settled{}, err
	}
	winner, loser := other, k
	if k.arrival < other.arrival {
		winner, loser = k, other
	}
	if loser.Fuller(winner.Print) {
		winner, loser = loser, winner
	}
	was, err := placeOf(w.ctx, w.tx, loser.id)
	if err != nil {
		return settled{}, err
	}
	if err := w.hide(loser.id, winner.id, corpus.Copy); err != nil {
		return settled{}, err
	}
	s := settled{corpus.Folded, other.id, winner.id, loser.id}
	if loser.id != k.id && was.by == "" {
		s.result = corpus.Replaced
	}
	return s, nil
}

// later reports whether the first of two versions is the newer one.
func later(a *corpus.Document, x known, b *corpus.Document, y known) bool {
	if a.PublicationDate != "" && b.PublicationDate != "" && a.PublicationDate != b.PublicationDate {
		return a.PublicationDate > b.PublicationDate
	}
	return x.arrival > y.arrival
}

// relate finds the stored document that a document is a copy of, else one that it is another version of.
func (db *DB) relate(w *writer, k known, doc *corpus.Document) (fingerprint.Relation, known, *corpus.Document, error) {
	candidates, err := w.alike(k)
	if err != nil || len(candidates) == 0 {
		return fingerprint.Different, known{}, nil, err
	}
	likeness := func(c known) float64 {
		if c.Content != 0 && c.Content == k.Content {
			return 2
		}
		return k.Sketch.Similarity(c.Sketch)
	}
	slices.SortStableFunc(candidates, func(a, b known) int { return cmp.Compare(likeness(b), likeness(a)) })
	var version known
	var versionDoc *corpus.Document
	for _, c := range candidates[:min(len(candidates), mostCompared)] {
		ours, err := w.related(c.id, k.id)
		if err != nil || ours {
			if err != nil {
				return fingerprint.Different, known{}, nil, err
			}
			continue
		}
		other, err := db.parsed(w, c.id)
		if err != nil {
			return fingerprint.Different, known{}, nil, err
		}
		switch fingerprint.Compare(doc, other) {
		case fingerprint.Same:
			return fingerprint.Same, c, other, nil
		case fingerprint.Version:
			if versionDoc == nil {
				version, versionDoc = c, other
			}
		}
	}
	if versionDoc == nil {
		return fingerprint.Different, known{}, nil, nil
	}
	return fingerprint.Version, version, versionDoc, nil
}

// related reports whether one document is shown for the other already, or a person said that they are not the same.
func (w *writer) related(id, shown corpus.DocumentID) (bool, error) {
	head, err := shownFor(w.ctx, w.tx, id)
	if err != nil || head == shown {
		return head == shown, err
	}
	var apart bool
	err = w.tx.QueryRowContext(w.ctx, `
		SELECT EXISTS (SELECT 1 FROM apart WHERE (document_id, other_id) IN (VALUES (?1, ?2), (?2, ?1)))`, id, shown).Scan(&apart)
	if err != nil {
		return false, fmt.Errorf("read what %s is apart from: %w", id, err)
	}
	return apart, nil
}

// parsed returns a document as it was read.
func (db *DB) parsed(w *writer, id corpus.DocumentID) (*corpus.Document, error) {
	stored, err := documents(w.ctx, w.tx, []corpus.DocumentID{id})
	if err != nil {
		return nil, err
	}
	if len(stored) == 0 {
		return nil, unknown(id)
	}
	doc, err := db.codec.unpack(stored[0].parsed)
	if err != nil {
		return nil, damaged(fmt.Sprintf("文档 %s 的内容已损坏，请从备份恢复", id), err)
	}
	return doc, nil
}
