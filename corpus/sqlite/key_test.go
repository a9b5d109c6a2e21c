package sqlite_test

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tongjian/corpus"
	"tongjian/corpus/sqlite"
)

func TestKeysAreKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tongjian.db")
	now := time.Date(2026, 3, 4, 5, 6, 7, 89, time.UTC)
	end := now.Add(time.Hour)
	open := func() *sqlite.DB {
		db, err := sqlite.Open(path, sqlite.Options{Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		return db
	}
	db := open()
	ctx := corpus.WithActor(t.Context(), "张三")
	want := []corpus.Key{
		{ID: "aaaaaaaa", Name: "看板", Role: corpus.Reader, Hash: bytes.Repeat([]byte{1}, 32), CreatedAt: now, CreatedBy: "张三", ExpiresAt: &end},
		{ID: "bbbbbbbb", Name: "管理员", Role: corpus.Admin, Hash: bytes.Repeat([]byte{2}, 32), CreatedAt: now, CreatedBy: "张三"},
	}
	for _, k := range want {
		if err := db.AddKey(ctx, k); err != nil {
			t.Fatal(err)
		}
	}
	for name, bad := range map[string]corpus.Key{
		"taken":      want[0],
		"no role":    {ID: "cccccccc", Name: "x", Role: "root", Hash: want[0].Hash, CreatedAt: now},
		"short hash": {ID: "dddddddd", Name: "x", Role: corpus.Reader, Hash: []byte("secret"), CreatedAt: now},
	} {
		if err := db.AddKey(ctx, bad); err == nil {
			t.Errorf("%s: kept", name)
		}
	}
	for range 2 { // revoked twice is revoked once
		if err := db.RevokeKey(ctx, "aaaaaaaa", end); err != nil {
			t.Fatal(err)
		}
	}
	want[0].RevokedAt = &end
	if err := db.RevokeKey(ctx, "zzzzzzzz", end); corpus.KindOf(err) != corpus.NotFound {
		t.Errorf("revoke an unknown key: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open()
	defer db.Close()
	got, err := db.Keys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
	trail, err := db.Audit(t.Context(), 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	back, err := db.AuditBack(t.Context(), 0, 2)
	if err != nil || len(back) != 2 || back[0] != trail[2] || back[1] != trail[1] {
		t.Errorf("newest first: %+v, %v", back, err)
	}
	if older, err := db.AuditBack(t.Context(), back[1].Sequence, 2); err != nil || len(older) != 1 || older[0] != trail[0] {
		t.Errorf("before those: %+v, %v", older, err)
	}
	var actions []string
	for _, e := range trail {
		actions = append(actions, e.Actor+" "+e.Action+" "+e.Subject)
	}
	if diff := cmp.Diff([]string{"张三 add_key aaaaaaaa", "张三 add_key bbbbbbbb", "张三 revoke_key aaaaaaaa"}, actions); diff != "" {
		t.Errorf("audit trail (-want +got):\n%s", diff)
	}
}
