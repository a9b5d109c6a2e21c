package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tongjian/corpus"
)

// The codes of the errors of restoring.
const (
	CodeNotEmpty  = "folder_not_empty" // there is a store, or something else, where the backup is to go
	CodeNotSound  = "backup_unsound"   // the backup does not agree with itself
	CodeNotFolded = "backup_unfolded"  // the file has a journal beside it, and is not the whole store
)

// RestoreOptions say how Restore is to go about it.
type RestoreOptions struct {
	// Replace allows a store to be there; it is kept beside the restored one under a name with the time.
	Replace bool
	// Before is called when the backup has been found sound, before it takes its place: what is derived from the former
	// store has to go first. Nothing is called where nil.
	Before func() error
	Now    func() time.Time // time.Now where nil
}

// Restored says what Restore has done.
type Restored struct {
	Report
	// Former is the file that holds the former store, "" where there was none.
	Former string
}

// Restore puts a backup in the place of the store in the file path, once it has read the whole backup and found it sound:
// structure, schema, feed, audit trail, every original and every document. Older schemas are brought up to date. While a
// process has the store open, and where there is a store that is not to be replaced, it is a Conflict.
//
// Cut short at any point, it leaves the former store, or the whole backup, and never a part of either.
func Restore(ctx context.Context, backup, path string, o RestoreOptions) (r Restored, err error) {
	const what = "恢复数据"
	if path, err = filepath.Abs(path); err != nil {
		return r, fail(what, err)
	}
	if _, err := os.Stat(backup); err != nil {
		return r, fail(what, fmt.Errorf("open backup: %w", err))
	}
	if info, err := os.Stat(backup + "-wal"); err == nil && info.Size() > 0 {
		return r, &corpus.Error{
			Kind: corpus.Invalid, Code: CodeNotFolded, Position: -1,
			Message: backup + " 旁有尚未并入的日志，它不是完整的备份", Expected: "由 tongjian backup 写成的文件",
		}
	}
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return r, fail(what, err)
	}
	held, err := acquire(path + ".lock")
	if err != nil {
		return r, fail(what, err)
	}
	r, err = restore(ctx, backup, path, o)
	return r, errors.Join(fail(what, ended(ctx, err)), held.release())
}

// restore does what Restore promises while it holds the store's lock.
func restore(ctx context.Context, backup, path string, o RestoreOptions) (r Restored, err error) {
	if err := emptyOrReplaced(path, o.Replace); err != nil {
		return r, err
	}
	beside := path + ".restoring"
	defer func() { err = errors.Join(err, removeStore(beside)) }()
	if err := removeStore(beside); err != nil {
		return r, err
	}
	if err := copyFile(ctx, backup, beside); err != nil {
		return r, err
	}
	if r.Report, err = inspect(ctx, beside); err != nil {
		return r, err
	}
	if o.Before != nil {
		if err := o.Before(); err != nil {
			return r, err
		}
	}
	now := time.Now
	if o.Now != nil {
		now = o.Now
	}
	if r.Former, err = setAside(path, now()); err != nil {
		return r, err
	}
	if err := os.Rename(beside, path); err != nil {
		return r, fmt.Errorf("put backup in place: %w", err)
	}
	return r, syncFolder(filepath.Dir(path))
}

// emptyOrReplaced returns a Conflict where the folder of the store holds anything but its lock, and is not to be replaced.
func emptyOrReplaced(path string, replace bool) error {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("read data folder: %w", err)
	}
	for _, e := range entries {
		if name := e.Name(); !replace && name != filepath.Base(path)+".lock" && !strings.HasPrefix(name, filepath.Base(path)+".restoring") {
			return &corpus.Error{
				Kind: corpus.Conflict, Code: CodeNotEmpty, Position: -1,
				Message: fmt.Sprintf("数据目录 %s 不是空的（有 %s）", filepath.Dir(path), name), Expected: "空目录，或指明替换（原有数据改名保留）",
			}
		}
	}
	return nil
}

// inspect opens a copied backup, which brings its schema up to date, and checks all of it.
func inspect(ctx context.Context, path string) (Report, error) {
	db, err := Open(path, Options{})
	if err != nil {
		return Report{}, err
	}
	report, err := db.Check(ctx)
	// Closing folds the journal into the file.
	if err := errors.Join(err, db.Close()); err != nil {
		return report, err
	}
	if len(report.Problems) > 0 {
		return report, &corpus.Error{
			Kind: corpus.Invalid, Code: CodeNotSound, Position: -1,
			Message: fmt.Sprintf("备份有 %d 处不一致，没有恢复：%s", len(report.Problems), strings.Join(report.Problems[:min(3, len(report.Problems))], "；")),
		}
	}
	return report, syncFile(path)
}

// setAside keeps the former store under a name with the time, and makes sure that no journal of it is left: the restored
// store would take it for its own. The former store keeps its old name as well until the restored one takes it.
func setAside(path string, now time.Time) (former string, err error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	foldJournal(path)
	for n := 0; ; n++ {
		former = strings.TrimSuffix(path, ".db") + now.Format("-20060102-150405")
		if n > 0 {
			former += fmt.Sprintf("-%d", n)
		}
		former += ".db"
		if err = os.Link(path, former); !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	if err != nil {
		// Some file systems know one name for a file only.
		if err := os.Rename(path, former); err != nil {
			return "", fmt.Errorf("keep former store: %w", err)
		}
	}
	// A journal is still there where the former store is too damaged to be opened. It goes with it.
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Rename(path+suffix, former+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("keep former store's journal: %w", err)
		}
	}
	return former, syncFolder(filepath.Dir(path))
}

// foldJournal opens and closes a store as it is, so that its journal is folded into its file, if that can be done.
func foldJournal(path string) {
	pool, err := openWriter(path)
	if err != nil {
		return
	}
	// Whatever is wrong with the former store is no reason not to restore the sound one.
	_, _ = pool.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`)
	_ = pool.Close()
}

// copyFile copies a file and makes sure that it is on disk.
func copyFile(ctx context.Context, from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("open backup: %w", err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("copy backup: %w", err)
	}
	_, err = io.Copy(out, &interruptible{ctx, in})
	if err := errors.Join(err, out.Sync(), out.Close()); err != nil {
		return fmt.Errorf("copy backup: %w", err)
	}
	return nil
}

// interruptible is a reader that ends when its context does.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

func (i *interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.r.Read(p)
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("synchronise file: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("synchronise file: %w", err)
	}
	return nil
}

// removeStore removes a store's file with all that stands beside it, as far as they are there.
func removeStore(path string) error {
	var errs []error
	for _, suffix := range []string{"", "-wal", "-shm", "-journal", ".lock"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
