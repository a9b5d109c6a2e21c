package sqlite

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"tongjian/corpus"
	"tongjian/corpus/fingerprint"
)

// Report is what Check found: how many documents and findings are shown, and what does not agree. A sound store has no Problems; each problem says in Chinese what does not agree.
type Report struct {
	Documents int
	Findings  int
	Problems  []string

	keys int // by which documents that are the same are found
}

// checkBatch is how many documents Check holds in memory at a time.
const checkBatch = 100

// Check reads the whole store and reports everything that does not agree: damage of the file, originals that are not
// the bytes they were, columns that differ from their documents, gaps in the feed, audit lines that were altered.
func (db *DB) Check(ctx context.Context) (Report, error) {
	var r Report
	err := db.view(ctx, "检查数据", func(tx *sql.Tx) error {
		for _, part := range []func(context.Context, *sql.Tx, *Report) error{
			checkFile, checkFeed, checkAudit, db.checkDocuments, checkStandings, checkCounts,
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
	for _, table := range []string{"changes", "audit", "corrections", "decisions"} {
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
	if err := checkPrint(ctx, tx, doc, r); err != nil {
		return err
	}
	apply(doc, s.corrections)
	p, err := placeOf(ctx, tx, s.id)
	if err != nil {
		return err
	}
	if p.by == "" {
		r.Documents++
		r.Findings += len(doc.Findings)
	}
	return checkColumns(ctx, tx, doc, p.by == "", r)
}

// checkColumns compares a document with its columns; a hidden one has none.
func checkColumns(ctx context.Context, tx *sql.Tx, doc *corpus.Document, shown bool, r *Report) error {
	for _, part := range []struct {
		query string
		want  [][]any
	}{
		{`SELECT ` + documentColumns + ` FROM documents WHERE id = ? ORDER BY id`, [][]any{documentRow(doc)}},
		{`SELECT ` + findingColumns + ` FROM findings WHERE document_id = ? ORDER BY ordinal`, findingRows(doc)},
		{`SELECT ` + categoryColumns + ` FROM finding_categories WHERE document_id = ? ORDER BY ordinal, rank`, categoryRows(doc)},
		{`SELECT ` + warningColumns + ` FROM warnings WHERE document_id = ? ORDER BY ordinal`, warningRows(doc)},
	} {
		if !shown {
			part.want = nil
		}
		got, err := table(ctx, tx, part.query, doc.ID)
		if err != nil {
			return err
		}
		if !slices.EqualFunc(got, part.want, slices.Equal[[]any]) {
			r.add("文档 %s 的数据列与内容不一致", doc.ID)
			return nil
		}
	}
	return nil
}

// checkPrint compares a document as it was read with its fingerprint.
func checkPrint(ctx context.Context, tx *sql.Tx, doc *corpus.Document, r *Report) error {
	k, err := scanKnown(tx.QueryRowContext(ctx, `SELECT `+printColumns+` FROM fingerprints WHERE document_id = ?`, doc.ID))
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	keys := 0
	for _, key := range k.Keys() {
		var has int
		err := tx.QueryRowContext(ctx, `
			SELECT count(*) FROM likenesses WHERE scope = ? AND band = ? AND document_id = ?`,
			int64(key.Scope), int64(key.Band), string(doc.ID)).Scan(&has)
		if err != nil {
			return fmt.Errorf("read fingerprint of %s: %w", doc.ID, err)
		}
		keys += has
	}
	r.keys += keys
	if want := fingerprint.Of(doc); k.Print != want || keys != len(want.Keys()) {
		r.add("文档 %s 的指纹与内容不一致", doc.ID)
	}
	return nil
}

// checkStandings finds documents that are hidden by each other in a ring, and so shown nowhere.
func checkStandings(ctx context.Context, tx *sql.Tx, r *Report) error {
	rows, err := table(ctx, tx, `
		WITH RECURSIVE reached (id) AS (
			SELECT id FROM documents UNION SELECT s.document_id FROM reached JOIN standings s ON s.by_id = reached.id)
		SELECT document_id FROM originals WHERE document_id NOT IN (SELECT id FROM reached) ORDER BY 1`)
	if err != nil {
		return err
	}
	for _, row := range rows {
		r.add("文档 %v 既不单独计数，也不是任何现行文本的旧版本或重复件", row[0])
	}
	return nil
}

// checkCounts finds rows that belong to no document at all.
func checkCounts(ctx context.Context, tx *sql.Tx, r *Report) error {
	var documents, findings, keys int
	err := tx.QueryRowContext(ctx, `
		SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM findings), (SELECT count(*) FROM likenesses)`).
		Scan(&documents, &findings, &keys)
	if err != nil {
		return fmt.Errorf("count rows: %w", err)
	}
	if documents != r.Documents || findings != r.Findings {
		r.add("数据列中有 %d 份文档、%d 个问题，内容中有 %d 份、%d 个", documents, findings, r.Documents, r.Findings)
	}
	if keys != r.keys {
		r.add("有 %d 个查重键不属于任何文档", keys-r.keys)
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
