package sqlite_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongjian/corpus"
)

// realistic makes up documents of the size of real ones, 30 findings of 300 characters, from words that are as unevenly
// frequent as words are, so that they compress like text.
func realistic(from, to int) []corpus.Submission {
	random := rand.New(rand.NewPCG(uint64(from), 1))
	zipf := rand.NewZipf(random, 1.1, 20, 5000)
	words := func(characters int) string {
		var b strings.Builder
		for range characters / 2 {
			n := zipf.Uint64()
			b.WriteRune(rune(0x4e00 + n*7919%20000))
			b.WriteRune(rune(0x4e00 + n*104729%20000))
		}
		return b.String()
	}
	var out []corpus.Submission
	for n := from; n < to; n++ {
		s := sized(n, 30)
		doc := s.Document
		var text strings.Builder
		text.WriteString(doc.Text[:doc.Sections[0].Span.End])
		for i := range doc.Findings {
			f := &doc.Findings[i]
			start := text.Len()
			f.Statement, f.Account = words(40), words(260)
			fmt.Fprintf(&text, "%d.%s。%s\n", i+1, f.Statement, f.Account)
			f.Span = corpus.Span{Start: start, End: text.Len()}
			f.Categories[0].Evidence[0] = corpus.Evidence{Text: text.String()[start : start+12], Start: start, End: start + 12, In: corpus.InStatement}
		}
		doc.Text = text.String()
		s.Original = []byte(doc.Text)
		doc.ID = corpus.NewDocumentID(s.Original)
		for i := range doc.Findings {
			doc.Findings[i].ID = corpus.NewFindingID(doc.ID, i+1)
		}
		out = append(out, s)
	}
	return out
}

const benchBatch = 100

func bytesOf(batch []corpus.Submission) (n int64) {
	for _, s := range batch {
		n += int64(len(s.Original))
	}
	return n
}

// reportSize reports how large a store has become in proportion to the text in it.
func reportSize(b *testing.B, path string, text int64) {
	b.Helper()
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(info.Size())/float64(text), "size/text")
}

// BenchmarkCommit stores batches of 100 documents of about 28 kB.
func BenchmarkCommit(b *testing.B) {
	path := filepath.Join(b.TempDir(), "tongjian.db")
	db := open(b, path)
	var text int64
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		batch := realistic(i*benchBatch, (i+1)*benchBatch)
		text += bytesOf(batch)
		b.StartTimer()
		commit(b, db, batch...)
	}
	b.SetBytes(text / int64(b.N))
	b.ReportMetric(float64(b.N*benchBatch)/b.Elapsed().Seconds(), "docs/s")
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	reportSize(b, path, text)
}

// BenchmarkBareInserts is what BenchmarkCommit is measured against: the same rows by the same driver, with the same
// durability, uncompressed, without feed, trail and checks.
func BenchmarkBareInserts(b *testing.B) {
	path := filepath.Join(b.TempDir(), "bare.db")
	raw, err := sql.Open("sqlite", path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		b.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec(`
		CREATE TABLE documents (id TEXT PRIMARY KEY, original BLOB, parsed TEXT);
		CREATE TABLE findings (document_id TEXT, ordinal INTEGER, statement TEXT, status TEXT, category TEXT,
			PRIMARY KEY (document_id, ordinal)) WITHOUT ROWID`); err != nil {
		b.Fatal(err)
	}
	var text int64
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		batch := realistic(i*benchBatch, (i+1)*benchBatch)
		text += bytesOf(batch)
		b.StartTimer()
		if err := bareInsert(b.Context(), raw, batch); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(text / int64(b.N))
	b.ReportMetric(float64(b.N*benchBatch)/b.Elapsed().Seconds(), "docs/s")
	if err := raw.Close(); err != nil {
		b.Fatal(err)
	}
	reportSize(b, path, text)
}

func bareInsert(ctx context.Context, raw *sql.DB, batch []corpus.Submission) error {
	tx, err := raw.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	document, err := tx.Prepare(`INSERT INTO documents VALUES (?, ?, ?)`)
	if err != nil {
		return err
	}
	finding, err := tx.Prepare(`INSERT INTO findings VALUES (?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	for _, s := range batch {
		parsed, err := json.Marshal(s.Document)
		if err != nil {
			return err
		}
		if _, err := document.Exec(s.Document.ID, s.Original, parsed); err != nil {
			return err
		}
		for _, f := range s.Document.Findings {
			if _, err := finding.Exec(s.Document.ID, f.Ordinal, f.Statement, f.Status, f.Categories[0].Code); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

// BenchmarkChanges follows the feed from its beginning, as a new index does.
func BenchmarkChanges(b *testing.B) {
	db := create(b)
	batch := realistic(0, 2*benchBatch)
	commit(b, db, batch...)
	b.SetBytes(bytesOf(batch))
	for b.Loop() {
		for after := int64(0); after < 2*benchBatch; after += benchBatch {
			if _, err := db.Changes(b.Context(), after, benchBatch); err != nil {
				b.Fatal(err)
			}
		}
	}
}
