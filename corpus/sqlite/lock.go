package sqlite

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"tongjian/corpus"
)

// lock is an advisory lock on a file beside the store. The kernel drops it when the process dies, however it dies; the
// file itself stays, because a file that is removed and made again can be locked twice.
type lock struct{ file *os.File }

// holder is what the lock file says about the process that holds it.
type holder struct {
	PID     int    `json:"pid"`
	Address string `json:"address,omitempty"`
}

// acquire takes the lock, or returns a Conflict that names the process that has it.
func acquire(path string) (*lock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open lock file: %w", err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		defer f.Close()
		return nil, held(f)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), f.Close())
	}
	l := &lock{file: f}
	// The name is a courtesy: without room to write it on a full disk, the lock still holds.
	_ = l.write(holder{PID: os.Getpid()})
	return l, nil
}

func (l *lock) write(h holder) error {
	data, err := json.Marshal(h)
	if err != nil {
		return fmt.Errorf("write lock file: %w", err)
	}
	if err := l.file.Truncate(0); err != nil {
		return fmt.Errorf("write lock file: %w", err)
	}
	if _, err := l.file.WriteAt(data, 0); err != nil {
		return fmt.Errorf("write lock file: %w", err)
	}
	return nil
}

func (l *lock) release() error {
	// The holder's name goes before the lock does; one that stayed behind would do no harm.
	_ = l.file.Truncate(0)
	return l.file.Close()
}

// held returns the error for a store whose lock another process has. What the file says about that process may be
// missing for the moment in which it is written.
func held(f *os.File) error {
	var h holder
	if data, err := io.ReadAll(io.LimitReader(f, 4096)); err == nil {
		_ = json.Unmarshal(data, &h)
	}
	message := "数据正由另一个进程使用"
	switch {
	case h.PID > 0 && h.Address != "":
		message += fmt.Sprintf("（进程号 %d，地址 %s）", h.PID, h.Address)
	case h.PID > 0:
		message += fmt.Sprintf("（进程号 %d）", h.PID)
	}
	return &corpus.Error{
		Kind: corpus.Conflict, Code: CodeHeld, Position: -1,
		Message: message + "，请通过它访问，或先结束它",
	}
}
