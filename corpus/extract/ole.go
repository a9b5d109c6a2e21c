package extract

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"

	"tongjian/corpus"
)

// oleSignature begins a compound file, the container of the old office formats.
const oleSignature = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

const (
	oleHeaderSize = 512
	oleEntrySize  = 128
	// maxOLEEntries is the most streams and folders of a compound file. A document has some ten, and half a dozen more for
	// each object in it. Package mscfb keeps the path of each, so that folders in folders cost the square of their number.
	maxOLEEntries = 4096
)

var errCompound = errors.New("damaged compound file")

// compound is a compound file: its streams by lower-case name, but those in folders, which belong to objects inside the
// document.
type compound struct {
	from    *sectors
	streams map[string]*mscfb.File
}

func openCompound(data []byte, bud *budget) (_ *compound, err error) {
	defer recovered(&err)
	if len(data) < oleHeaderSize {
		return nil, fmt.Errorf("header of %d bytes: %w", len(data), errCompound)
	}
	from := &sectors{data: data, size: 1 << min(data[30], 12), bud: bud}
	file, err := mscfb.New(from)
	if err != nil {
		return nil, fmt.Errorf("open compound file: %w", err)
	}
	from.opened = true
	c := &compound{from: from, streams: map[string]*mscfb.File{}}
	for _, f := range file.File {
		name := strings.ToLower(f.Name)
		if _, known := c.streams[name]; !known && len(f.Path) == 0 && !f.FileInfo().IsDir() {
			c.streams[name] = f
		}
	}
	return c, nil
}

// recovered turns a panic of package mscfb, which trusts some counts of the header, into an error.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%w: %v", errCompound, p)
	}
}

func (c *compound) has(name string) bool { return c.streams[strings.ToLower(name)] != nil }

// stream returns the content of a stream, nil where there is none.
func (c *compound) stream(name string) (content []byte, err error) {
	// The library takes the square of the sectors that it is asked for at once.
	const atOnce = 64 << 10
	defer recovered(&err)
	known := c.streams[strings.ToLower(name)]
	if known == nil {
		return nil, nil
	}
	f := *known // where reading stands is in the value: each call begins anew
	if f.Size > int64(len(c.from.data)) {
		return nil, fmt.Errorf("stream %s of %d bytes: %w", name, f.Size, errCompound)
	}
	content = make([]byte, f.Size)
	for n := 0; n < len(content); {
		m, err := f.Read(content[n:min(n+atOnce, len(content))])
		if m == 0 && err == nil {
			err = errCompound
		}
		if err != nil {
			return nil, fmt.Errorf("read stream %s: %w", name, err)
		}
		n += m
	}
	return content, nil
}

// sectors is a compound file as package mscfb reads it. All that the library does, and all that it keeps, comes of a read;
// so what is read while it opens the file is bounded by what an honest file needs, and afterwards by time.
type sectors struct {
	data        []byte
	size        int64 // of a sector
	bud         *budget
	opened      bool
	reads, read int // while the file is opened: how often, and how many bytes of header and directory
}

// ReadAt reads within the file. The last sector may be cut off: some writers leave out its end.
func (s *sectors) ReadAt(p []byte, at int64) (int, error) {
	if err := s.allow(len(p)); err != nil {
		return 0, err
	}
	end := s.count() * s.size
	if at < 0 || at+int64(len(p)) > end {
		return 0, io.ErrUnexpectedEOF
	}
	if at < s.size && s.reads > 1 { // the mark of a free sector, taken for its number, leads to the header
		return 0, errCompound
	}
	clear(p[copy(p, s.data[min(at, int64(len(s.data))):]):])
	return len(p), nil
}

// count returns the number of sectors, of which the header is one.
func (s *sectors) count() int64 { return (int64(len(s.data)) + s.size - 1) / s.size }

// allow counts one read of n bytes.
func (s *sectors) allow(n int) error {
	if err := s.bud.tick(); err != nil || s.opened {
		return err
	}
	s.reads++
	if n < oleHeaderSize { // a link
		n = 0
	}
	if s.read += n; s.read > oleHeaderSize+maxOLEEntries*oleEntrySize {
		most := fmt.Sprint(maxOLEEntries)
		return s.bud.tooLarge("entries", "的内部目录超过上限 "+most+" 项", "不超过 "+most+" 项")
	}
	if int64(s.reads) > 2*s.count()+1 { // each sector is in one chain, where it is read and its successor looked up
		return errCompound
	}
	return nil
}

// readOLE reads the old formats of Word and Excel, in which WPS writes its documents and tables, too. Other formats in the
// same container are named.
func readOLE(source string, data []byte, bud *budget) (*corpus.Extract, error) {
	c, err := openCompound(data, bud)
	if err != nil {
		return nil, err
	}
	switch {
	case c.has("EncryptedPackage"):
		return nil, encrypted(source)
	case c.has("WordDocument"):
		return readDoc(source, c, bud)
	case c.has("Workbook"):
		return readXls(source, c, "Workbook", bud)
	case c.has("Book"):
		return readXls(source, c, "Book", bud)
	case c.has("PowerPoint Document"):
		return nil, unsupported(source, "旧版 PowerPoint 文稿（ppt）")
	}
	return nil, unsupported(source, "没有文档内容的旧版 Office 文件")
}
