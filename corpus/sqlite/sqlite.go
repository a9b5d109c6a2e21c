package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"tongjian/corpus"
)

// busyTimeout is how long a statement waits for a lock, which only another program reading the file can hold.
const busyTimeout = 5 * time.Second

// Options are what Open can be told. The zero Options are ready to use.
type Options struct {
	// Now gives the time that changes are stamped with; time.Now where nil.
	Now func() time.Time
	// Upgrading is told how many documents of how many an older store's upgrade has gone through. Nobody is told where nil.
	Upgrading func(done, total int)
}

// DB is an open store. Its methods are safe for use by many goroutines.
type DB struct {
	path   string
	now    func() time.Time
	lock   *lock
	writer *sql.DB // one connection; every transaction on it begins by taking the write lock
	reader *sql.DB // many connections, none of which can write
	codec  *codec
	newest atomic.Int64 // number of the newest change

	upgrading func(done, total int)
}

// Open opens the store in the file path, which it creates with its folder where there is none, and brings its schema up
// to date. It refuses with a Conflict while another process, or another DB of this process, has the store open.
func Open(path string, o Options) (*DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open store %q: %w", path, err)
	}
	db := &DB{path: path, now: o.Now, upgrading: o.Upgrading}
	if db.now == nil {
		db.now = time.Now
	}
	if err := db.open(); err != nil {
		return nil, errors.Join(fail("打开数据文件 "+path, err), db.Close())
	}
	return db, nil
}

func (db *DB) open() (err error) {
	if err := makeFolder(filepath.Dir(db.path)); err != nil {
		return err
	}
	if db.lock, err = acquire(db.path + ".lock"); err != nil {
		return err
	}
	if err := touch(db.path); err != nil {
		return err
	}
	if db.codec, err = newCodec(); err != nil {
		return err
	}
	if db.writer, err = openWriter(db.path); err != nil {
		return err
	}
	all, err := steps()
	if err != nil {
		return err
	}
	if err := migrate(context.Background(), db.writer, all); err != nil {
		return err
	}
	if err := db.upgrade(context.Background()); err != nil {
		return err
	}
	if db.reader, err = sql.Open("sqlite", readerDSN(db.path)); err != nil {
		return fmt.Errorf("open readers: %w", err)
	}
	readers := max(4, runtime.GOMAXPROCS(0))
	db.reader.SetMaxOpenConns(readers)
	db.reader.SetMaxIdleConns(readers)
	return db.view(context.Background(), "读取变更序号", func(tx *sql.Tx) error {
		newest, err := sequence(context.Background(), tx)
		db.advance(newest)
		return err
	})
}

// Close closes the store after what is under way has ended, and lets other processes open it.
func (db *DB) Close() error {
	var errs []error
	// Readers go first: the last connection to leave folds the journal into the file, and they may not write.
	for _, pool := range []*sql.DB{db.reader, db.writer} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	if db.codec != nil {
		db.codec.close()
	}
	if db.lock != nil {
		errs = append(errs, db.lock.release())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close store %s: %w", db.path, err)
	}
	return nil
}

// Announce makes the address at which this process serves the store known to processes that find it held.
func (db *DB) Announce(address string) error {
	if err := db.lock.write(holder{PID: os.Getpid(), Address: address}); err != nil {
		return fail("登记服务地址", err)
	}
	return nil
}

// update runs f in a transaction that may write, and commits it when f returns nil. what names the attempt, in Chinese.
func (db *DB) update(ctx context.Context, what string, f func(w *writer) error) error {
	var newest int64
	err := transact(ctx, db.writer, what, func(tx *sql.Tx) error {
		w, err := newWriter(ctx, tx, db.now())
		if err != nil {
			return err
		}
		err = f(w)
		newest = w.seq
		return err
	})
	if err != nil {
		return err
	}
	db.advance(newest)
	return nil
}

// advance notes that there is a change of this number. Those who commit one after the other may get here in any order.
func (db *DB) advance(seq int64) {
	for {
		known := db.newest.Load()
		if known >= seq || db.newest.CompareAndSwap(known, seq) {
			return
		}
	}
}

// view runs f in a transaction that sees one state of the store throughout.
func (db *DB) view(ctx context.Context, what string, f func(tx *sql.Tx) error) error {
	return transact(ctx, db.reader, what, f)
}

func transact(ctx context.Context, pool *sql.DB, what string, f func(tx *sql.Tx) error) error {
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return fail(what, ended(ctx, err))
	}
	if err := f(tx); err != nil {
		// The rollback's own error is dropped: whatever it is, the transaction does not take effect.
		_ = tx.Rollback()
		return fail(what, ended(ctx, err))
	}
	return fail(what, ended(ctx, tx.Commit()))
}

// ended returns the context's error in place of the interruptions that it causes inside the driver.
func ended(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil && corpus.KindOf(err) == "" {
		return fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	return err
}

// openWriter opens the one connection that may write.
func openWriter(path string) (*sql.DB, error) {
	pool, err := sql.Open("sqlite", writerDSN(path))
	if err != nil {
		return nil, fmt.Errorf("open writer: %w", err)
	}
	pool.SetMaxOpenConns(1)
	return pool, nil
}

func writerDSN(path string) string {
	return dsn(path, url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)", "trusted_schema(OFF)"},
	})
}

func readerDSN(path string) string {
	return dsn(path, url.Values{"mode": {"ro"}, "_pragma": {"trusted_schema(OFF)"}})
}

func dsn(path string, q url.Values) string {
	q.Set("_busy_timeout", fmt.Sprint(busyTimeout.Milliseconds()))
	return (&url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}).String()
}

// touch creates the store's file, for this user only, where there is none, and returns an error where it may not be
// written: SQLite would open it for reading only and fail late. It must come before SQLite opens the file; closing it
// afterwards would drop SQLite's locks on it.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open store file: %w", err)
	}
	return f.Close()
}

// makeFolder creates the folder with those above it, for this user only, and makes sure that it survives a power cut.
func makeFolder(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("create folder: %w", err)
	}
	return syncFolder(filepath.Dir(dir))
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("synchronise folder: %w", err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return fmt.Errorf("synchronise folder: %w", err)
	}
	return nil
}
