package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tongjian/corpus"
)

// Keys returns all keys, the oldest first, revoked and expired ones too.
func (db *DB) Keys(ctx context.Context) ([]corpus.Key, error) {
	var out []corpus.Key
	err := db.view(ctx, "读访问密钥", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `
			SELECT id, name, role, hash, created_at, created_by, expires_at, revoked_at FROM keys ORDER BY created_at, id`)
		if err != nil {
			return fmt.Errorf("read keys: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			k, err := scanKey(rows)
			if err != nil {
				return err
			}
			out = append(out, k)
		}
		return rows.Err()
	})
	return out, err
}

func scanKey(rows *sql.Rows) (corpus.Key, error) {
	var k corpus.Key
	var created string
	var expires, revoked sql.NullString
	if err := rows.Scan(&k.ID, &k.Name, &k.Role, &k.Hash, &created, &k.CreatedBy, &expires, &revoked); err != nil {
		return k, fmt.Errorf("read a key: %w", err)
	}
	var errs [3]error
	k.CreatedAt, errs[0] = time.Parse(time.RFC3339Nano, created)
	k.ExpiresAt, errs[1] = timeOf(expires)
	k.RevokedAt, errs[2] = timeOf(revoked)
	if err := errors.Join(errs[:]...); err != nil {
		return k, fmt.Errorf("read the times of key %s: %w", k.ID, err)
	}
	return k, nil
}

func timeOf(s sql.NullString) (*time.Time, error) {
	if !s.Valid {
		return nil, nil
	}
	t, err := time.Parse(time.RFC3339Nano, s.String)
	return &t, err
}

// AddKey keeps a new key, audited in the name of the context's actor.
func (db *DB) AddKey(ctx context.Context, key corpus.Key) error {
	return db.update(ctx, "保存访问密钥", func(w *writer) error {
		var expires any
		if key.ExpiresAt != nil {
			expires = stampOf(*key.ExpiresAt)
		}
		_, err := w.tx.ExecContext(ctx, `
			INSERT INTO keys (id, name, role, hash, created_at, created_by, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			key.ID, key.Name, key.Role, key.Hash, stampOf(key.CreatedAt), key.CreatedBy, expires)
		if err != nil {
			return fmt.Errorf("store key %s: %w", key.ID, err)
		}
		return w.record("add_key", key.ID, key.Name+" "+string(key.Role))
	})
}

// RevokeKey marks a key as revoked, audited in the name of the context's actor. A key that is revoked already stays as it
// is; an unknown one is NotFound.
func (db *DB) RevokeKey(ctx context.Context, id string, at time.Time) error {
	return db.update(ctx, "撤销访问密钥", func(w *writer) error {
		var revoked sql.NullString
		err := w.tx.QueryRowContext(ctx, `SELECT revoked_at FROM keys WHERE id = ?`, id).Scan(&revoked)
		if errors.Is(err, sql.ErrNoRows) {
			return &corpus.Error{Kind: corpus.NotFound, Param: "id", Value: id, Position: -1, Message: "没有密钥 " + id}
		}
		if err != nil {
			return fmt.Errorf("read key %s: %w", id, err)
		}
		if revoked.Valid {
			return nil
		}
		if _, err := w.tx.ExecContext(ctx, `UPDATE keys SET revoked_at = ? WHERE id = ?`, stampOf(at), id); err != nil {
			return fmt.Errorf("revoke key %s: %w", id, err)
		}
		return w.record("revoke_key", id, "")
	})
}
