package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"tongjian/corpus"
)

// The codes of the errors that a user can act on.
const (
	CodeHeld     = "store_held"      // another process has the store open
	CodeNewer    = "store_newer"     // a newer program wrote the store
	CodeForeign  = "store_foreign"   // the file is no store
	CodeDamaged  = "store_damaged"   // the file is damaged
	CodeReadOnly = "store_readonly"  // the folder or file cannot be written
	CodeFull     = "disk_full"       // no room
	CodeBusy     = "store_busy"      // another program keeps the file locked
	CodeDisk     = "disk_error"      // the disk reports an error
	CodeHidden   = "document_hidden" // another document is shown in the place of this one
	CodeShown    = "document_shown"  // the document is shown as it is
)

// reason is what an error of the driver or the system means to a user.
type reason struct {
	kind corpus.ErrorKind
	code string
	why  string
}

// reasons maps the driver's primary result codes. A code that is not here is a fault of ours, hence internal.
var reasons = map[int]reason{
	lib.SQLITE_FULL:     {corpus.Unavailable, CodeFull, "磁盘空间不足，本次操作没有写入，已有数据完好"},
	lib.SQLITE_READONLY: {corpus.Unavailable, CodeReadOnly, "数据文件或文件夹不可写"},
	lib.SQLITE_PERM:     {corpus.Unavailable, CodeReadOnly, "数据文件或文件夹不可写"},
	lib.SQLITE_CANTOPEN: {corpus.Unavailable, CodeReadOnly, "数据文件或文件夹打不开，请检查路径和权限"},
	lib.SQLITE_BUSY:     {corpus.Unavailable, CodeBusy, "数据文件被其他程序锁定，请稍后重试"},
	lib.SQLITE_LOCKED:   {corpus.Unavailable, CodeBusy, "数据文件被其他程序锁定，请稍后重试"},
	lib.SQLITE_IOERR:    {corpus.Unavailable, CodeDisk, "读写磁盘出错"},
	lib.SQLITE_CORRUPT:  {corpus.Unavailable, CodeDamaged, "数据文件已损坏，请从备份恢复"},
	lib.SQLITE_NOTADB:   {corpus.Invalid, CodeForeign, "该文件不是本程序的数据文件"},
}

// fail turns what went wrong in an attempt into what the user is told. An error that is one already, a context that
// ended, and errors that are our own fault pass unchanged.
func fail(what string, err error) error {
	if err == nil || corpus.KindOf(err) != "" || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	r, ok := reasonOf(err)
	if !ok {
		return err
	}
	return &corpus.Error{Kind: r.kind, Code: r.code, Message: what + "：" + r.why, Position: -1, Cause: err}
}

func reasonOf(err error) (reason, bool) {
	if e, ok := errors.AsType[*driver.Error](err); ok {
		r, ok := reasons[e.Code()&0xff] // the upper bytes refine the primary code
		return r, ok
	}
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return reasons[lib.SQLITE_FULL], true
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return reasons[lib.SQLITE_READONLY], true
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EISDIR), errors.Is(err, fs.ErrNotExist):
		return reasons[lib.SQLITE_CANTOPEN], true
	}
	return reason{}, false
}

func damaged(message string, cause error) error {
	return &corpus.Error{Kind: corpus.Unavailable, Code: CodeDamaged, Message: message, Position: -1, Cause: cause}
}

func invalid(message string) error {
	return &corpus.Error{Kind: corpus.Invalid, Message: message, Position: -1}
}

func notFound(message string) error {
	return &corpus.Error{Kind: corpus.NotFound, Message: message, Position: -1}
}
