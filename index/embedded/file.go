package embedded

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/mmap-go"
)

// chunkSize is how much of a data file is mapped at a time. The file is a multiple of it long; the space that is not
// written yet takes no room on disk.
const chunkSize = 16 << 20

// dataFile is a file that grows at its end and is read through memory maps. What stands in front of the end that the
// index records is never written again, so readers need no lock. One goroutine at a time may write.
type dataFile struct {
	*mapped
}

// mapped is what a data file holds of the system. It is given back by close, or when nobody has the data file any more.
type mapped struct {
	f      *os.File
	chunks atomic.Pointer[[]mmap.MMap]
	closed sync.Once
}

// openDataFile opens or creates the file and maps its first size bytes. It returns an error when the file is shorter.
func openDataFile(path string, size int64) (*dataFile, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open data file: %w", err)
	}
	d := &dataFile{&mapped{f: f}}
	d.chunks.Store(&[]mmap.MMap{})
	runtime.AddCleanup(d, func(m *mapped) { _ = m.close() }, d.mapped)
	info, err := f.Stat()
	if err == nil && info.Size() < size {
		err = fmt.Errorf("file has %d bytes, want %d", info.Size(), size)
	}
	if err == nil {
		err = d.grow(size)
	}
	if err != nil {
		d.close()
		return nil, fmt.Errorf("open data file %q: %w", path, err)
	}
	return d, nil
}

// grow maps what is needed to read the first size bytes.
func (d *dataFile) grow(size int64) error {
	chunks := *d.chunks.Load()
	want := int((size + chunkSize - 1) / chunkSize)
	if want <= len(chunks) {
		return nil
	}
	info, err := d.f.Stat()
	if err != nil {
		return err
	}
	if need := int64(want) * chunkSize; info.Size() < need {
		if err := d.f.Truncate(need); err != nil {
			return err
		}
	}
	grown := append([]mmap.MMap(nil), chunks...)
	for i := len(chunks); i < want; i++ {
		m, err := mmap.MapRegion(d.f, chunkSize, mmap.RDONLY, 0, int64(i)*chunkSize)
		if err != nil {
			return fmt.Errorf("map chunk %d: %w", i, err)
		}
		grown = append(grown, m)
		// Stored one by one, so that close finds what was mapped before an error.
		kept := grown[:len(grown):len(grown)]
		d.chunks.Store(&kept)
	}
	return nil
}

// write puts data at the offset and makes it durable and readable.
func (d *dataFile) write(data []byte, at int64) error {
	if len(data) == 0 {
		return nil
	}
	if err := d.grow(at + int64(len(data))); err != nil {
		return err
	}
	if _, err := d.f.WriteAt(data, at); err != nil {
		return err
	}
	return d.f.Sync()
}

// view returns n bytes at the offset. They must not be changed, and not be used after close.
func (d *dataFile) view(at int64, n int) ([]byte, error) {
	chunks := *d.chunks.Load()
	i, from := int(at/chunkSize), int(at%chunkSize)
	if at < 0 || n < 0 || (at+int64(n)+chunkSize-1)/chunkSize > int64(len(chunks)) {
		return nil, fmt.Errorf("read %d bytes at %d: beyond the end", n, at)
	}
	if n == 0 {
		return nil, nil
	}
	if from+n <= chunkSize {
		return chunks[i][from : from+n : from+n], nil
	}
	out := make([]byte, 0, n)
	for len(out) < n {
		part := chunks[i][from:min(chunkSize, from+n-len(out))]
		out = append(out, part...)
		i, from = i+1, 0
	}
	return out, nil
}

// rest returns what is mapped in one piece from the offset on, which may be nothing.
func (d *dataFile) rest(at int64) []byte {
	chunks := *d.chunks.Load()
	if i := at / chunkSize; at >= 0 && i < int64(len(chunks)) {
		return chunks[i][at%chunkSize:]
	}
	return nil
}

// createDataFile makes a file of what fill writes, durably, in place of one that may be left over.
func createDataFile(path string, fill func(io.Writer) error) (*dataFile, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create data file: %w", err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	var size int64
	err = errors.Join(fill(w), w.Flush(), f.Sync())
	if info, e := f.Stat(); e == nil {
		size = info.Size()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("write data file %q: %w", path, err)
	}
	return openDataFile(path, size)
}

func (m *mapped) close() (err error) {
	m.closed.Do(func() {
		for _, chunk := range *m.chunks.Load() {
			_ = chunk.Unmap()
		}
		err = m.f.Close()
	})
	return err
}
