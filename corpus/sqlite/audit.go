package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"

	"tongjian/corpus"
)

// link is the end of the audit trail: the number and the hash of its newest line.
type link struct {
	seq  int64
	hash []byte
}

// next returns the link after l for a line with these values. The hash covers every value with its length, and all lines
// before it through l's hash, so that no line can be altered, left out or moved without the next ones showing it.
func (l link) next(stamp, actor, action, subject, detail string) link {
	h := sha256.New()
	h.Write(l.hash)
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(l.seq+1)))
	for _, s := range []string{stamp, actor, action, subject, detail} {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(s))))
		h.Write([]byte(s))
	}
	return link{seq: l.seq + 1, hash: h.Sum(nil)}
}

func lastLink(ctx context.Context, tx *sql.Tx) (link, error) {
	var l link
	err := tx.QueryRowContext(ctx, `SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1`).Scan(&l.seq, &l.hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return l, fmt.Errorf("read end of audit trail: %w", err)
	}
	return l, nil
}

// record appends a line to the audit trail.
func (w *writer) record(action, subject, detail string) error {
	w.chain = w.chain.next(w.stamp, w.actor, action, subject, detail)
	_, err := w.audit.ExecContext(w.ctx, w.chain.seq, w.stamp, w.actor, action, subject, detail, w.chain.hash)
	if err != nil {
		return fmt.Errorf("store audit line %d: %w", w.chain.seq, err)
	}
	return nil
}

// Record appends to the audit trail what changes no document: a denied request, an export, the use of a key. The actor
// is the context's.
func (db *DB) Record(ctx context.Context, action, subject, detail string) error {
	return db.update(ctx, "写审计记录", func(w *writer) error {
		return w.record(action, subject, detail)
	})
}

// Audit returns at most limit lines of the audit trail, those after number after, oldest first.
func (db *DB) Audit(ctx context.Context, after int64, limit int) ([]corpus.AuditEntry, error) {
	return db.trail(ctx, `WHERE seq > ? ORDER BY seq LIMIT ?`, after, limit)
}

// AuditBack returns at most limit lines of the audit trail, those before number before, newest first; the newest of all
// where before is 0.
func (db *DB) AuditBack(ctx context.Context, before int64, limit int) ([]corpus.AuditEntry, error) {
	if before <= 0 {
		before = math.MaxInt64
	}
	return db.trail(ctx, `WHERE seq < ? ORDER BY seq DESC LIMIT ?`, before, limit)
}

func (db *DB) trail(ctx context.Context, which string, args ...any) ([]corpus.AuditEntry, error) {
	var out []corpus.AuditEntry
	err := db.view(ctx, "读审计记录", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT seq, at, actor, action, subject, detail FROM audit `+which, args...)
		if err != nil {
			return fmt.Errorf("read audit trail: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var e corpus.AuditEntry
			var at string
			if err := rows.Scan(&e.Sequence, &at, &e.Actor, &e.Action, &e.Subject, &e.Detail); err != nil {
				return fmt.Errorf("read audit trail: %w", err)
			}
			if e.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
				return fmt.Errorf("read audit line %d: %w", e.Sequence, err)
			}
			out = append(out, e)
		}
		return rows.Err()
	})
	return out, err
}
