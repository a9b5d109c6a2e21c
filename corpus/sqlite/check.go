package sqlite

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"slices"

	"tongjian/corpus"
)

// Report is what Check found. A sound store has no Problems; each problem says in Chinese what does not agree.
type Report struct {
	Documents int
	Findings  int
	Problems  []string
}

// checkBatch is how many documents Check holds in memory at a time.
const checkBatch = 100

// Check reads the whole store and reports everything that does not agree: damage of the file, originals that are not
// the bytes they were, columns that differ from their documents, gaps in the feed, audit lines that were altered.
func (db *DB) Check(ctx context.Context) (Report, error) {
	var r Report
	err := db.view(ctx, "检查数据", func(tx *sql.Tx) error {
		for _, part := range []func(context.Context, *sql.Tx, *Report) error{
			checkFile, checkFeed, checkAudit, db.checkDocuments, checkCounts,
		} {
			if err := part(ctx, tx, &r); err != nil {
				return err
			}
		}
		return nil
	})
	return r, err
}

func (r *Report) add(format string, args ...any) {
	r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
}

func checkFile(ctx context.Context, tx *sql.Tx, r *Report) error {
	for _, c := range []struct{ query, what string }{
		{`SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'`, "数据文件结构有误"},
		{`SELECT "table" || ' -> ' || parent FROM pragma_foreign_key_check ORDER BY 1`, "数据表之间的引用有误"},
	} {
		rows, err := table(ctx, tx, c.query)
		if err != nil {
			return err
		}
		for _, row := range rows {
			r.add("%s：%v", c.what, row[0])
		}
	}
	return nil
}

func checkFeed(ctx context.Context, tx *sql.Tx, r *Report) error {
	for _, table := range []string{"changes", "audit", "corrections"} {
		var count, last int64
		err := tx.QueryRowContext(ctx, `SELECT count(*), coalesce(max(seq), 0) FROM `+table).Scan(&count, &last)
		if err != nil {
			return fmt.Errorf("count %s: %w", table, err)
		}
		if count != last {
			r.add("%s 的序号有缺口：最大序号 %d，共 %d 条", table, last, count)
		}
	}
	return nil
}

func checkAudit(ctx context.Context, tx *sql.Tx, r *Report) error {
	rows, err := tx.QueryContext(ctx, `SELECT seq, at, actor, action, subject, detail, hash FROM audit ORDER BY seq`)
	if err != nil {
		return fmt.Errorf("read audit trail: %w", err)
	}
	defer rows.Close()
	var l link
	for rows.Next() {
		var seq int64
		var at, actor, action, subject, detail string
		var hash []byte
		if err := rows.Scan(&seq, &at, &actor, &action, &subject, &detail, &hash); err != nil {
			return fmt.Errorf("read audit trail: %w", err)
		}
		if l = l.next(at, actor, action, subject, detail); l.seq != seq || !bytes.Equal(l.hash, hash) {
			r.add("审计记录第 %d 条与校验值不符", seq)
			return nil // all later lines differ too
		}
	}
	return rows.Err()
}

// checkDocuments compares every document with its original and its columns.
func (db *DB) checkDocuments(ctx context.Context, tx *sql.Tx, r *Report) error {
	var after corpus.DocumentID
	for {
		ids, err := list(ctx, tx, after, checkBatch)
		if err != nil || len(ids) == 0 {
			return err
		}
		after = ids[len(ids)-1]
		stored, err := documents(ctx, tx, ids)
		if err != nil {
			return err
		}
		if len(stored) != len(ids) {
			r.add("编号 %s 至 %s 之间有 %d 份文档缺少内容", ids[0], after, len(ids)-len(stored))
		}
		for _, s := range stored {
			if err := db.checkDocument(ctx, tx, s, r); err != nil {
				return err
			}
		}
	}
}

func (db *DB) checkDocument(ctx context.Context, tx *sql.Tx, s storedDocument, r *Report) error {
	var sum, data []byte
	err := tx.QueryRowContext(ctx, `SELECT sha256, data FROM originals WHERE document_id = ?`, s.id).Scan(&sum, &data)
	if err != nil {
		return fmt.Errorf("read original %s: %w", s.id, err)
	}
	data, err = db.codec.expand(data)
	if got := sha256.Sum256(data); err != nil || !bytes.Equal(got[:], sum) || corpus.NewDocumentID(data) != s.id {
		r.add("文档 %s 的原件与校验值不符", s.id)
	}
	doc, err := db.codec.unpack(s.parsed)
	if err != nil {
		r.add("文档 %s 的内容已损坏", s.id)
		return nil
	}
	apply(doc, s.corrections)
	r.Documents++
	r.Findings += len(doc.Findings)
	for _, part := range []struct {
		query string
		want  [][]any
	}{
		{`SELECT ` + documentColumns + ` FROM documents WHERE id = ? ORDER BY id`, [][]any{documentRow(doc)}},
		{`SELECT ` + findingColumns + ` FROM findings WHERE document_id = ? ORDER BY ordinal`, findingRows(doc)},
		{`SELECT ` + categoryColumns + ` FROM finding_categories WHERE document_id = ? ORDER BY ordinal, rank`, categoryRows(doc)},
	} {
		got, err := table(ctx, tx, part.query, s.id)
		if err != nil {
			return err
		}
		if !slices.EqualFunc(got, part.want, slices.Equal[[]any]) {
			r.add("文档 %s 的数据列与内容不一致", s.id)
			return nil
		}
	}
	return nil
}

// checkCounts finds rows that belong to no document at all.
func checkCounts(ctx context.Context, tx *sql.Tx, r *Report) error {
	var documents, findings int
	err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM findings)`).
		Scan(&documents, &findings)
	if err != nil {
		return fmt.Errorf("count rows: %w", err)
	}
	if documents != r.Documents || findings != r.Findings {
		r.add("数据列中有 %d 份文档、%d 个问题，内容中有 %d 份、%d 个", documents, findings, r.Documents, r.Findings)
	}
	return nil
}

// table returns the rows that a query gives, with their values as the driver reads them.
func table(ctx context.Context, tx *sql.Tx, query string, args ...any) ([][]any, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("query %q: %w", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, fmt.Errorf("query %q: %w", query, err)
	}
	var out [][]any
	for rows.Next() {
		row := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("query %q: %w", query, err)
		}
		out = append(out, row)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("query %q: %w", query, err)
	}
	return out, nil
}
