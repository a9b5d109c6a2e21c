package sqlite_test

import (
	"path/filepath"
	"strings"
	"testing"

	"tongjian/corpus"
)

func TestCheckFindsWhatDoesNotAgree(t *testing.T) {
	tests := []struct {
		name   string
		tamper string
		want   string
	}{
		{"nothing", "SELECT 1", ""},
		{"a status", "UPDATE findings SET status = 'partial' WHERE ordinal = 1", "数据列与内容不一致"},
		{"a category lost", "DELETE FROM finding_categories WHERE ordinal = 1", "数据列与内容不一致"},
		{"a finding lost", "DELETE FROM findings WHERE ordinal = 2", "数据列与内容不一致"},
		{"metadata", "UPDATE documents SET unit = '某局'", "数据列与内容不一致"},
		{"a document without columns", "DELETE FROM documents WHERE unit LIKE '%1局'", "数据列与内容不一致"},
		{"an original", "UPDATE originals SET data = (SELECT data FROM originals ORDER BY document_id LIMIT 1)", "原件与校验值不符"},
		{"content", "UPDATE contents SET parsed = x'00'", "内容已损坏"},
		{"content lost", "DELETE FROM contents", "缺少内容"},
		{"the feed", "DROP TRIGGER changes_keep; DELETE FROM changes WHERE seq = 2", "序号有缺口"},
		{"the audit trail", "DROP TRIGGER audit_stay; UPDATE audit SET actor = '他人' WHERE seq = 2", "审计记录第 2 条"},
		{"a warning", "UPDATE warnings SET code = 'redacted' WHERE document_id = (SELECT min(document_id) FROM warnings)", "数据列与内容不一致"},
		{"a fingerprint", "UPDATE fingerprints SET length = length + 1 WHERE arrival = 2", "指纹与内容不一致"},
		{"a fingerprint lost", "DELETE FROM fingerprints WHERE arrival = 2", "指纹与内容不一致"},
		{"a key lost", "DELETE FROM likenesses WHERE document_id = (SELECT document_id FROM fingerprints WHERE arrival = 2)", "指纹与内容不一致"},
		{"a key of nothing", "INSERT INTO likenesses VALUES (1, 1, 'x')", "不属于任何文档"},
		{"hidden by each other", `DELETE FROM documents; INSERT INTO standings SELECT a.document_id, 'copy', b.document_id
			FROM originals a JOIN originals b ON b.document_id = (SELECT coalesce(min(o.document_id), (SELECT min(document_id) FROM originals))
			FROM originals o WHERE o.document_id > a.document_id)`, "既不单独计数"},
		{"an orphan", "INSERT INTO findings (document_id, ordinal, statement, status, unit) VALUES ('x', 1, '', '', '')", "引用有误"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "tongjian.db")
			db := open(t, path)
			commit(t, db, submissions(0, 4)...)
			if _, err := rawOpen(t, path).Exec(tt.tamper); err != nil {
				t.Fatal(err)
			}
			r, err := db.Check(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(r.Problems, "\n")
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("problems = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTrailsAreAppendOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tongjian.db")
	db := open(t, path)
	arrive(t, db, first, other)
	if err := db.Decide(t.Context(), []corpus.Decision{{Link: link(first, 1, other, 1), Verdict: corpus.Confirmed}}); err != nil {
		t.Fatal(err)
	}
	raw := rawOpen(t, path)
	for _, statement := range []string{
		"UPDATE audit SET actor = ''", "DELETE FROM audit", "UPDATE changes SET seq = 7", "DELETE FROM changes",
		"UPDATE decisions SET note = ''", "DELETE FROM decisions",
	} {
		if _, err := raw.Exec(statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: error %v, want append-only", statement, err)
		}
	}
}

func TestDamagedContentIsAnErrorNotADocument(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tongjian.db")
	db := open(t, path)
	sub := submission(1)
	commit(t, db, sub)
	if _, err := rawOpen(t, path).Exec("UPDATE contents SET parsed = x'00'; UPDATE originals SET data = x'28b52ffd'"); err != nil {
		t.Fatal(err)
	}
	if doc, err := db.Document(t.Context(), sub.Document.ID); code(err) != "store_damaged" {
		t.Errorf("document = %v, %v", doc, err)
	}
	if _, data, err := db.Original(t.Context(), sub.Document.ID); code(err) != "store_damaged" {
		t.Errorf("original = %q, %v", data, err)
	}
}
