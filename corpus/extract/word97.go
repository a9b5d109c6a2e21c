package extract

import (
	"encoding/binary"
	"fmt"

	"golang.org/x/text/encoding/charmap"
)

// The places of what is read of the header of a Word document, and its bits.
const (
	fibFlags     = 0x0A
	fibEncrypted = 0x0100
	fibTable1    = 0x0200
	fibLengths   = 0x4C // of the parts of the text, in characters
	fibStyles    = 0xA2
	fibChpx      = 0xFA
	fibPapx      = 0x102
	fibPieces    = 0x1A2
	fibLists     = 0x2E2
	fibListUses  = 0x2EA
	fibSize      = 0x2F2
)

// docFile is a Word document of the old format.
type docFile struct {
	bud         *budget
	main, table []byte
	data        []byte // properties that are too long for their page
	chars       []rune
	at          []int // where each character stands in main
}

// The parts of the text, in their order.
const (
	docMain = iota
	docFootnotes
	docHeaders
	docMacros
	docComments
	docEndnotes
	docBoxes
	docParts
)

func openDoc(c *compound, bud *budget) (*docFile, error) {
	main, err := c.stream("WordDocument")
	if err != nil {
		return nil, err
	}
	d := &docFile{bud: bud, main: main}
	switch {
	case len(main) < fibSize || le16(main, 0) != 0xA5EC && le16(main, 0) != 0xA5DC:
		return nil, fmt.Errorf("read WordDocument: header of %d bytes", len(main))
	case le16(main, fibFlags)&fibEncrypted != 0:
		return nil, encrypted(bud.source)
	case le16(main, 2) < 0xC1: // before Word 97 the header was another
		return nil, unsupported(bud.source, "Word 95 或更早的文档")
	}
	name := "0Table"
	if le16(main, fibFlags)&fibTable1 != 0 {
		name = "1Table"
	}
	if d.table, err = c.stream(name); err != nil {
		return nil, err
	}
	if d.data, err = c.stream("Data"); err != nil {
		return nil, err
	}
	return d, d.readPieces()
}

// le16 and le32 read little-endian numbers; what lies outside is 0.
func le16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

func le32(b []byte, at int) int {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint32(b[at:]))
}

// part returns the bytes of the table stream that the header names at a place.
func (d *docFile) part(at int) []byte {
	start, size := le32(d.main, at), le32(d.main, at+4)
	if start >= len(d.table) || size == 0 {
		return nil
	}
	return d.table[start:min(len(d.table), start+size)]
}

// readPieces reads the text from the pieces that it is stored in.
func (d *docFile) readPieces() error {
	clx := d.part(fibPieces)
	for len(clx) > 3 && clx[0] == 1 { // properties that pieces share
		clx = clx[min(len(clx), 3+le16(clx, 1)):]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return fmt.Errorf("read text: no pieces")
	}
	clx = clx[5:min(len(clx), 5+le32(clx, 1))]
	n := (len(clx) - 4) / 12
	for i := range n {
		count := le32(clx, 4*i+4) - le32(clx, 4*i)
		fc := le32(clx, 4*(n+1)+8*i+2)
		if err := d.readPiece(fc, count); err != nil {
			return err
		}
	}
	return nil
}

// readPiece reads characters of one or two bytes.
func (d *docFile) readPiece(fc, count int) error {
	const compressed = 1 << 30
	start, size := fc&(compressed-1), 2
	if fc&compressed != 0 {
		start, size = start/2, 1
	}
	for i := range max(0, count) {
		at := start + i*size
		if at+size > len(d.main) {
			return nil
		}
		if err := d.bud.take(4); len(d.chars)&0xFFF == 0 && err != nil {
			return err
		}
		r := rune(le16(d.main, at))
		if size == 1 {
			r = charmap.Windows1252.DecodeByte(d.main[at])
			if d.main[at] < ' ' {
				r = rune(d.main[at])
			}
		}
		d.chars = append(d.chars, r)
		d.at = append(d.at, at)
	}
	return nil
}

// bounds returns where a part of the text begins and ends.
func (d *docFile) bounds(part int) (start, end int) {
	for i := range part + 1 {
		n := le32(d.main, fibLengths+4*i)
		start, end = end, end+min(n, len(d.chars))
	}
	return min(start, len(d.chars)), min(end, len(d.chars))
}
