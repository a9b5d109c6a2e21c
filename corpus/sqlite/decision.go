package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"tongjian/corpus"
)

// Decide takes down decisions about links, all or none, in the name of the context's actor; both findings of each must be
// there, but for the prior one of a repeat that the text alone admits, which is empty. They are kept for ever, also when their documents are removed. Each document that has the first finding of a
// decision gets one change, so that who follows the feed and who polls see it. The store fills in Sequence, the texts, By
// and At.
func (db *DB) Decide(ctx context.Context, decisions []corpus.Decision) error {
	for _, d := range decisions {
		if err := validateDecision(d); err != nil {
			return err
		}
	}
	return db.update(ctx, "保存判定", func(w *writer) error {
		var touched []corpus.DocumentID
		for _, d := range decisions {
			if err := w.decide(d); err != nil {
				return err
			}
			if id := d.Finding.Document(); !slices.Contains(touched, id) {
				touched = append(touched, id)
			}
		}
		for _, id := range touched {
			if err := w.changed(id); err != nil {
				return err
			}
		}
		return nil
	})
}

func validateDecision(d corpus.Decision) error {
	wrong := func(param, value, expected string) error {
		return &corpus.Error{
			Kind: corpus.Invalid, Code: "invalid_decision", Message: fmt.Sprintf("不能这样判定“%s”", value),
			Param: param, Value: value, Position: -1, Expected: expected,
		}
	}
	if !slices.Contains([]corpus.LinkKind{corpus.RepeatLink, corpus.CommonLink, corpus.AlignmentLink}, d.Kind) {
		return wrong("kind", string(d.Kind), "repeat、common、alignment")
	}
	if !slices.Contains([]corpus.Verdict{corpus.Confirmed, corpus.Rejected, corpus.Undecided}, d.Verdict) {
		return wrong("verdict", string(d.Verdict), "confirmed、rejected，或留空以撤回")
	}
	if d.Finding == d.Prior {
		return wrong("prior", string(d.Prior), "另一个问题的编号")
	}
	for _, f := range []struct {
		param string
		id    corpus.FindingID
	}{{"finding", d.Finding}, {"prior", d.Prior}} {
		// A repeat that the text alone admits has no known prior finding.
		if f.id == "" && f.param == "prior" && d.Kind == corpus.RepeatLink {
			continue
		}
		if _, ok := ordinalOf(f.id); !ok {
			return wrong(f.param, string(f.id), "问题的编号，如 0123456789abcdef-1")
		}
	}
	return nil
}

// ordinalOf returns the place of a finding in its document.
func ordinalOf(id corpus.FindingID) (int, bool) {
	var ordinal int
	doc := id.Document()
	if _, err := fmt.Sscanf(string(id[len(doc):]), "-%d", &ordinal); err != nil {
		return 0, false
	}
	return ordinal, ordinal > 0 && corpus.NewFindingID(doc, ordinal) == id
}

// decide stores one decision and its line in the audit trail.
func (w *writer) decide(d corpus.Decision) error {
	var err error
	if d.FindingText, err = w.statement(d.Finding); err != nil {
		return err
	}
	if d.Prior != "" {
		if d.PriorText, err = w.statement(d.Prior); err != nil {
			return err
		}
	}
	finding, _ := ordinalOf(d.Finding)
	prior, _ := ordinalOf(d.Prior)
	_, err = w.tx.ExecContext(w.ctx, `
		INSERT INTO decisions (seq, kind, finding_document, finding_ordinal, finding_text, prior_document, prior_ordinal,
			prior_text, verdict, note, given_by, given_at)
		VALUES ((SELECT coalesce(max(seq), 0) + 1 FROM decisions), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		string(d.Kind), d.Finding.Document(), finding, d.FindingText, d.Prior.Document(), prior, d.PriorText,
		string(d.Verdict), d.Note, w.actor, w.stamp)
	if err != nil {
		return fmt.Errorf("store decision about %s: %w", d.Finding, err)
	}
	detail, err := json.Marshal(map[string]any{"kind": d.Kind, "prior": d.Prior, "verdict": d.Verdict, "note": d.Note})
	if err != nil {
		return fmt.Errorf("encode decision: %w", err)
	}
	return w.record("decide", string(d.Finding), string(detail))
}

// statement returns the statement of a shown finding.
func (w *writer) statement(id corpus.FindingID) (string, error) {
	ordinal, _ := ordinalOf(id)
	var text string
	err := w.tx.QueryRowContext(w.ctx, `SELECT statement FROM findings WHERE document_id = ? AND ordinal = ?`,
		id.Document(), ordinal).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return "", notFound(fmt.Sprintf("没有编号为 %s 的问题", id))
	}
	if err != nil {
		return "", fmt.Errorf("read finding %s: %w", id, err)
	}
	return text, nil
}

// Decisions returns the decisions after number since, oldest first; of those about one link the last holds. Finding and
// Prior are where the findings stand now: in the document that is shown in the place of the one that was decided on, at the
// place where the statement is. Missing marks those of which one is not to be found, or stands there twice.
func (db *DB) Decisions(ctx context.Context, since int64) ([]corpus.Decision, error) {
	var out []corpus.Decision
	err := db.view(ctx, "读取判定", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `
			SELECT seq, kind, finding_document, finding_ordinal, finding_text, prior_document, prior_ordinal, prior_text,
				verdict, note, given_by, given_at
			FROM decisions WHERE seq > ? ORDER BY seq`, since)
		if err != nil {
			return fmt.Errorf("read decisions: %w", err)
		}
		if out, err = scanDecisions(rows); err != nil {
			return err
		}
		p := places{ctx: ctx, tx: tx, shown: map[corpus.DocumentID]corpus.DocumentID{}, statements: map[corpus.DocumentID]*corpus.Document{}}
		for i := range out {
			d := &out[i]
			var found, prior bool
			if d.Finding, found, err = p.now(d.Finding, d.FindingText); err != nil {
				return err
			}
			if prior = d.Prior == ""; !prior {
				if d.Prior, prior, err = p.now(d.Prior, d.PriorText); err != nil {
					return err
				}
			}
			d.Missing = !found || !prior
		}
		return nil
	})
	return out, err
}

func scanDecisions(rows *sql.Rows) ([]corpus.Decision, error) {
	defer rows.Close()
	var out []corpus.Decision
	for rows.Next() {
		var d corpus.Decision
		var finding, prior corpus.DocumentID
		var findingOrdinal, priorOrdinal int
		var at string
		if err := rows.Scan(&d.Sequence, &d.Kind, &finding, &findingOrdinal, &d.FindingText, &prior, &priorOrdinal, &d.PriorText,
			&d.Verdict, &d.Note, &d.By, &at); err != nil {
			return nil, fmt.Errorf("read decisions: %w", err)
		}
		d.Finding = corpus.NewFindingID(finding, findingOrdinal)
		if prior != "" {
			d.Prior = corpus.NewFindingID(prior, priorOrdinal)
		}
		var err error
		if d.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, fmt.Errorf("read decision %d: %w", d.Sequence, err)
		}
		out = append(out, d)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read decisions: %w", err)
	}
	return out, nil
}

// places finds findings again. It reads each document's statements once.
type places struct {
	ctx        context.Context
	tx         *sql.Tx
	shown      map[corpus.DocumentID]corpus.DocumentID
	statements map[corpus.DocumentID]*corpus.Document // findings with their statements only
}

// now returns where a finding with a statement stands now, and whether it is to be found.
func (p *places) now(id corpus.FindingID, statement string) (corpus.FindingID, bool, error) {
	doc := id.Document()
	shown, known := p.shown[doc]
	if !known {
		var err error
		if shown, err = shownFor(p.ctx, p.tx, doc); err != nil {
			return id, false, err
		}
		p.shown[doc] = shown
	}
	content, known := p.statements[shown]
	if !known {
		var err error
		if content, err = p.read(shown); err != nil {
			return id, false, err
		}
		p.statements[shown] = content
	}
	ordinal, _ := ordinalOf(id)
	at, ok := locate(content, corpus.Correction{Finding: ordinal, Statement: statement})
	if !ok {
		return id, false, nil
	}
	return corpus.NewFindingID(shown, at), true, nil
}

func (p *places) read(id corpus.DocumentID) (*corpus.Document, error) {
	rows, err := p.tx.QueryContext(p.ctx, `SELECT ordinal, statement FROM findings WHERE document_id = ? ORDER BY ordinal`, id)
	if err != nil {
		return nil, fmt.Errorf("read statements of %s: %w", id, err)
	}
	defer rows.Close()
	doc := &corpus.Document{}
	for rows.Next() {
		var f corpus.Finding
		if err := rows.Scan(&f.Ordinal, &f.Statement); err != nil {
			return nil, fmt.Errorf("read statements of %s: %w", id, err)
		}
		doc.Findings = append(doc.Findings, f)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read statements of %s: %w", id, err)
	}
	return doc, nil
}
