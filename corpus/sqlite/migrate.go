package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"tongjian/corpus"
)

// applicationID marks an SQLite file as a store of this program ("TJst").
const applicationID = 0x544a7374

//go:embed migration/*.sql
var migrations embed.FS

// steps returns the migrations in order. Step n, counted from 1, leads from schema n-1 to schema n; a step that was
// released is never edited.
func steps() ([]string, error) {
	names, err := fs.Glob(migrations, "migration/*.sql") // sorted
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	out := make([]string, len(names))
	for i, name := range names {
		data, err := migrations.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read migration: %w", err)
		}
		out[i] = string(data)
	}
	return out, nil
}

// migrate brings the schema up to date by the steps that are missing of all, each in its own transaction.
func migrate(ctx context.Context, pool *sql.DB, all []string) error {
	version, err := schemaVersion(ctx, pool)
	if err != nil {
		return err
	}
	if version > len(all) {
		return &corpus.Error{
			Kind: corpus.Conflict, Code: CodeNewer, Position: -1,
			Message: fmt.Sprintf("数据由更新版本的程序写成（数据结构 %d，本程序只认识到 %d），请升级程序后再打开", version, len(all)),
		}
	}
	for i := version; i < len(all); i++ {
		if err := step(ctx, pool, i+1, all[i]); err != nil {
			return fmt.Errorf("migrate to schema %d: %w", i+1, err)
		}
	}
	return nil
}

func step(ctx context.Context, pool *sql.DB, version int, statements string) error {
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // no effect after the commit
	pragmas := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version)
	for _, s := range []string{statements, pragmas} {
		if _, err := tx.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// schemaVersion returns the version of the schema, 0 for a file without any tables, and refuses files that are not ours.
func schemaVersion(ctx context.Context, pool *sql.DB) (int, error) {
	var version, application, tables int
	row := pool.QueryRowContext(ctx, `
		SELECT (SELECT user_version FROM pragma_user_version),
		       (SELECT application_id FROM pragma_application_id),
		       (SELECT count(*) FROM sqlite_schema)`)
	if err := row.Scan(&version, &application, &tables); err != nil {
		return 0, fmt.Errorf("read schema version: %w", err)
	}
	if application != applicationID && (application != 0 || version != 0 || tables != 0) {
		return 0, &corpus.Error{
			Kind: corpus.Invalid, Code: CodeForeign, Position: -1,
			Message: "该文件是其他程序的 SQLite 数据库，不是本程序的数据文件",
		}
	}
	return version, nil
}
