package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"tongjian/corpus"
)

// The codes of the errors of backup and restore.
const (
	CodeBackupExists = "backup_exists" // there is a file at the backup's path
	CodeBackupBusy   = "backup_busy"   // another backup to that path is under way
)

// partialSuffix is added to the name of a backup that is not whole yet.
const partialSuffix = ".partial"

// Backup writes a copy of the store as it is now to a new file, while readers and the writer go on. The copy is a store of
// its own, which Open opens. A path at which there is a file already is a Conflict, unless it is to be replaced.
func (db *DB) Backup(ctx context.Context, path string, replace bool) error {
	return backup(ctx, db.reader, path, replace)
}

// Backup writes a copy of the store in the file from to path, as DB.Backup does, whether another process has the store open
// or not: it only reads.
func Backup(ctx context.Context, from, path string, replace bool) error {
	const what = "备份数据"
	from, err := filepath.Abs(from)
	if err == nil {
		_, err = os.Stat(from)
	}
	if err != nil {
		return fail(what, fmt.Errorf("open store: %w", err))
	}
	pool, err := sql.Open("sqlite", readerDSN(from))
	if err != nil {
		return fail(what, fmt.Errorf("open store: %w", err))
	}
	if _, err := schemaVersion(ctx, pool); err != nil {
		return errors.Join(fail(what, err), pool.Close())
	}
	return errors.Join(backup(ctx, pool, path, replace), pool.Close())
}

// backup gives the copy its name only when it is whole and on disk.
func backup(ctx context.Context, pool *sql.DB, path string, replace bool) error {
	const what = "备份数据"
	if err := vacant(path, replace); err != nil {
		return err
	}
	partial, err := claim(path + partialSuffix)
	if err != nil {
		return fail(what, err)
	}
	defer partial.Close()
	if err := copyTo(ctx, pool, partial); err != nil {
		return errors.Join(fail(what, ended(ctx, err)), remove(partial.Name()))
	}
	// Again: a copy of much data takes a while, and a rename would replace whatever came there meanwhile.
	if err := vacant(path, replace); err != nil {
		return errors.Join(err, remove(partial.Name()))
	}
	if err := os.Rename(partial.Name(), path); err != nil {
		return errors.Join(fail(what, fmt.Errorf("name backup: %w", err)), remove(partial.Name()))
	}
	return fail(what, syncFolder(filepath.Dir(path)))
}

func vacant(path string, replace bool) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && replace && info.Mode().IsRegular():
		return nil
	case err == nil && replace:
		return invalid(fmt.Sprintf("%s 不是普通文件，不能用备份替换", path))
	}
	return &corpus.Error{
		Kind: corpus.Conflict, Code: CodeBackupExists, Position: -1,
		Message: fmt.Sprintf("备份文件 %s 已存在，请另选文件名，或指明要替换它", path), Cause: err,
	}
}

// claim makes an empty file at path that no other process writes to, in the place of one that a killed process has left.
// It is the file's as long as it is open.
func claim(path string) (*os.File, error) {
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, fmt.Errorf("make backup: %w", err)
		}
		if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
			busy := &corpus.Error{
				Kind: corpus.Conflict, Code: CodeBackupBusy, Message: fmt.Sprintf("另一个备份正在写入 %s", path), Position: -1, Cause: err,
			}
			return nil, errors.Join(busy, f.Close())
		}
		// Between opening and locking, the file may have become somebody's finished backup.
		ours, err := f.Stat()
		if err != nil {
			return nil, errors.Join(fmt.Errorf("make backup: %w", err), f.Close())
		}
		if now, err := os.Lstat(path); err == nil && os.SameFile(ours, now) {
			if err := f.Truncate(0); err != nil {
				return nil, errors.Join(fmt.Errorf("make backup: %w", err), f.Close())
			}
			return f, nil
		}
		if err := f.Close(); err != nil {
			return nil, fmt.Errorf("make backup: %w", err)
		}
	}
}

// copyTo writes the store, as it is when the copying begins, into an empty file.
func copyTo(ctx context.Context, pool *sql.DB, f *os.File) error {
	if _, err := pool.ExecContext(ctx, `VACUUM INTO ?`, f.Name()); err != nil {
		return fmt.Errorf("copy store: %w", err)
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("synchronise backup: %w", err)
	}
	return nil
}

// remove removes a file that may be there.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove unfinished backup: %w", err)
	}
	return nil
}
