package extract

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf16"

	"tongjian/corpus"
)

// oleSignature begins a compound file, the container of the old office formats.
const oleSignature = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// compound is a compound file: streams in chains of sectors, by lower-case name. Folders are not told apart.
type compound struct {
	data       []byte
	sectorSize int
	fat        []uint32
	mini       []byte
	miniFAT    []uint32
	cutoff     uint32
	streams    map[string]oleEntry
	bud        *budget
}

type oleEntry struct {
	start uint32
	size  uint64
}

// Sector numbers from here on are marks: end of chain, free, and the sectors of the tables themselves.
const maxSector = 0xFFFFFFFA

var errCompound = errors.New("damaged compound file")

func openCompound(data []byte, bud *budget) (*compound, error) {
	le := binary.LittleEndian
	if len(data) < 512 || !strings.HasPrefix(string(data[:8]), oleSignature) {
		return nil, errCompound
	}
	shift := le.Uint16(data[30:])
	if shift != 9 && shift != 12 {
		return nil, errCompound
	}
	c := &compound{data: data, sectorSize: 1 << shift, cutoff: le.Uint32(data[56:]), streams: map[string]oleEntry{}, bud: bud}
	tables := make([]uint32, 0, 109)
	for i := range 109 {
		tables = append(tables, le.Uint32(data[76+4*i:]))
	}
	next := le.Uint32(data[68:])
	for n := 0; next < maxSector && n <= len(data)/c.sectorSize; n++ {
		s := c.sector(next)
		if len(s) < c.sectorSize {
			break
		}
		for i := 0; i < c.sectorSize-4; i += 4 {
			tables = append(tables, le.Uint32(s[i:]))
		}
		next = le.Uint32(s[c.sectorSize-4:])
	}
	for _, t := range tables {
		if t < maxSector {
			c.fat = append(c.fat, words(c.sector(t))...)
		}
	}
	if err := c.readDirectory(le.Uint32(data[48:])); err != nil {
		return nil, err
	}
	var err error
	if first := le.Uint32(data[60:]); first < maxSector {
		var table []byte
		if table, err = c.chain(first, -1); err == nil {
			c.miniFAT = words(table)
		}
	}
	return c, err
}

func words(b []byte) []uint32 {
	out := make([]uint32, len(b)/4)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return out
}

// sector returns a sector, cut off where the file ends.
func (c *compound) sector(n uint32) []byte {
	start := (int(n) + 1) * c.sectorSize
	if start >= len(c.data) {
		return nil
	}
	return c.data[start:min(start+c.sectorSize, len(c.data))]
}

// chain returns the sectors of a chain, up to size bytes where size is not negative. It ends where the file does; a chain
// longer than the file leads back into itself.
func (c *compound) chain(n uint32, size int64) ([]byte, error) {
	var out []byte
	for n < maxSector && (size < 0 || int64(len(out)) < size) {
		s := c.sector(n)
		if len(s) == 0 || len(out) > len(c.data) {
			break
		}
		out = append(out, s...)
		if err := c.bud.tick(); err != nil {
			return nil, err
		}
		if int(n) >= len(c.fat) {
			break
		}
		n = c.fat[n]
	}
	if size >= 0 && int64(len(out)) > size {
		out = out[:size]
	}
	return out, nil
}

func (c *compound) readDirectory(first uint32) error {
	dir, err := c.chain(first, -1)
	if err != nil {
		return err
	}
	le := binary.LittleEndian
	for ; len(dir) >= 128; dir = dir[128:] {
		e := oleEntry{start: le.Uint32(dir[116:]), size: uint64(le.Uint32(dir[120:]))}
		units := make([]uint16, 0, 32)
		for i := 0; i+1 < min(int(le.Uint16(dir[64:])), 64)-1; i += 2 {
			units = append(units, le.Uint16(dir[i:]))
		}
		switch dir[66] {
		case 5: // the root, whose stream holds the small ones
			if c.mini, err = c.chain(e.start, int64(min(e.size, uint64(len(c.data))))); err != nil {
				return err
			}
		case 2:
			name := strings.ToLower(string(utf16.Decode(units)))
			if _, known := c.streams[name]; !known {
				c.streams[name] = e
			}
		}
	}
	return nil
}

func (c *compound) has(name string) bool {
	_, ok := c.streams[strings.ToLower(name)]
	return ok
}

// stream returns the content of a stream, nil where there is none.
func (c *compound) stream(name string) ([]byte, error) {
	const miniSize = 64
	e, ok := c.streams[strings.ToLower(name)]
	size := min(e.size, uint64(len(c.data)))
	switch {
	case !ok:
		return nil, nil
	case e.size >= uint64(c.cutoff):
		return c.chain(e.start, int64(size))
	}
	var out bytes.Buffer
	for n := e.start; int(n) < len(c.miniFAT) && out.Len() < int(size); n = c.miniFAT[n] {
		start := int(n) * miniSize
		if start >= len(c.mini) {
			break
		}
		out.Write(c.mini[start:min(start+miniSize, len(c.mini))])
	}
	return out.Bytes()[:min(out.Len(), int(size))], nil
}

// readOLE reads the old Word format, in which WPS writes its documents, too. Other formats in the same container are
// named.
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
	case c.has("Workbook"), c.has("Book"):
		return nil, unsupported(source, "旧版 Excel 表格（xls），请另存为 xlsx")
	case c.has("PowerPoint Document"):
		return nil, unsupported(source, "旧版 PowerPoint 文稿（ppt）")
	}
	return nil, unsupported(source, "没有文档内容的旧版 Office 文件")
}
