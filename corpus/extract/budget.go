package extract

import (
	"errors"
	"fmt"
	"io"
	"time"

	"tongjian/corpus"
)

// budget is what one file may still cost. It is used by one goroutine.
type budget struct {
	source   string
	lim      Limits
	left     int64 // bytes that may still be unpacked
	deadline time.Time
	ticks    int
	over     error // the first limit that was passed; what a reader makes of it matters no more
}

func newBudget(source string, lim Limits) *budget {
	return &budget{source: source, lim: lim, left: lim.Unpacked, deadline: lim.Now().Add(lim.Time)}
}

// ticksPerLook is how many steps pass between two looks at the clock.
const ticksPerLook = 1024

// tick counts one step of work; it fails once the time is over.
func (b *budget) tick() error {
	if b.ticks++; b.ticks%ticksPerLook != 0 {
		return nil
	}
	return b.look()
}

func (b *budget) look() error {
	if b.lim.Now().Before(b.deadline) {
		return nil
	}
	return b.tooLarge("time", fmt.Sprintf("在 %s 内没有读完", seconds(b.lim.Time)), "不超过 "+seconds(b.lim.Time))
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.4g 秒", d.Seconds()) }

// take counts n unpacked bytes.
func (b *budget) take(n int) error {
	if b.left -= int64(n); b.left < 0 {
		size := fmt.Sprintf("%.1f MB", float64(b.lim.Unpacked)/(1<<20))
		return b.tooLarge("unpacked", "解压后超过上限 "+size, "解压后不超过 "+size)
	}
	return b.look()
}

// tooLarge makes the error for a limit that was passed, which code names.
func (b *budget) tooLarge(code, what, expected string) error {
	err := &corpus.Error{
		Kind: corpus.TooLarge, Code: "limit_" + code, Position: -1, Param: "file", Value: b.source,
		Message: fmt.Sprintf("文件“%s”%s", b.source, what), Expected: expected,
	}
	if b.over == nil {
		b.over = err
	}
	return b.over
}

// reader counts what is read from r.
func (b *budget) reader(r io.Reader) io.Reader { return &counted{r, b} }

type counted struct {
	r   io.Reader
	bud *budget
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if over := c.bud.take(n); over != nil {
		return n, over
	}
	return n, err
}

// reading is a function that reads one format.
type reading func(source string, data []byte, bud *budget) (*corpus.Extract, error)

// guard runs a reader of a binary format. What it returns for damage that it could not name becomes an error that users
// understand; a panic in it is a fault of ours that ends the file, not the program.
func guard(read reading, source string, data []byte, lim Limits) (x *corpus.Extract, err error) {
	defer func() {
		if p := recover(); p != nil {
			x, err = nil, damaged(source, fmt.Errorf("panic: %v", p))
		}
	}()
	bud := newBudget(source, lim)
	x, err = read(source, data, bud)
	if bud.over != nil {
		return nil, bud.over
	}
	if _, ok := errors.AsType[*corpus.Error](err); err != nil && !ok {
		err = damaged(source, err)
	}
	return x, err
}

func damaged(source string, cause error) error {
	return &corpus.Error{
		Kind: corpus.Invalid, Code: "damaged_file", Position: -1, Param: "file", Value: source,
		Message: fmt.Sprintf("文件“%s”已损坏或不完整，无法读取", source), Cause: cause,
	}
}

func encrypted(source string) error {
	return &corpus.Error{
		Kind: corpus.Unsupported, Code: "encrypted", Position: -1, Param: "file", Value: source,
		Message: fmt.Sprintf("文件“%s”已加密，请先取消密码再导入", source),
	}
}
