package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tongjian/corpus"
)

// Backup writes a copy of the store as it is now to a new file, while readers and the writer go on. The copy is a store of
// its own, which Open opens. A path at which there is a file already is a Conflict.
func (db *DB) Backup(ctx context.Context, path string) error {
	const what = "备份数据"
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return &corpus.Error{
			Kind: corpus.Conflict, Code: "backup_exists", Position: -1,
			Message: fmt.Sprintf("备份文件 %s 已存在，请另选文件名", path), Cause: err,
		}
	}
	// The name appears only when the copy is whole and on disk.
	partial := path + ".partial"
	if err := os.Remove(partial); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fail(what, fmt.Errorf("remove unfinished backup: %w", err))
	}
	if err := db.copyTo(ctx, partial); err != nil {
		return errors.Join(fail(what, err), remove(partial))
	}
	if err := os.Rename(partial, path); err != nil {
		return errors.Join(fail(what, fmt.Errorf("name backup: %w", err)), remove(partial))
	}
	return fail(what, syncFolder(filepath.Dir(path)))
}

func (db *DB) copyTo(ctx context.Context, path string) error {
	if _, err := db.reader.ExecContext(ctx, `VACUUM INTO ?`, path); err != nil {
		return fmt.Errorf("copy store: %w", err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("synchronise backup: %w", err)
	}
	return errors.Join(f.Chmod(0o600), f.Sync(), f.Close())
}

// remove removes a file that may be there.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove unfinished backup: %w", err)
	}
	return nil
}
