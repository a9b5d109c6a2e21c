package extract_test

import (
	"bytes"
	"testing"
	"time"

	"tongjian/corpus"
	"tongjian/corpus/extract"
)

// oleFolders makes a compound file of n folders, each inside the one before.
func oleFolders(n int) []byte {
	const sector, end, free, table = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
	var dir []byte
	for i := range n {
		e := make([]byte, 128)
		copy(e, "d\x00")
		e[64], e[66] = 4, 1
		if i == 0 {
			e[66] = 5
		}
		for _, at := range []int{68, 72, 76} {
			le.PutUint32(e[at:], free)
		}
		if i < n-1 {
			le.PutUint32(e[76:], uint32(i+1))
		}
		le.PutUint32(e[116:], end)
		dir = append(dir, e...)
	}
	dir = append(dir, make([]byte, (sector-len(dir)%sector)%sector)...)
	inDir := len(dir) / sector
	tables := (inDir + sector/4 - 2) / (sector/4 - 1)
	head := make([]byte, sector)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	le.PutUint16(head[26:], 3)
	le.PutUint16(head[30:], 9)
	le.PutUint32(head[44:], uint32(tables))
	le.PutUint32(head[48:], uint32(tables))
	le.PutUint32(head[60:], end)
	le.PutUint32(head[68:], end)
	fat := bytes.Repeat([]byte{0xFF}, tables*sector)
	for i := range tables {
		le.PutUint32(head[76+4*i:], uint32(i))
		le.PutUint32(fat[4*i:], table)
	}
	for i := range inDir {
		next := uint32(tables + i + 1)
		if i == inDir-1 {
			next = end
		}
		le.PutUint32(fat[4*(tables+i):], next)
	}
	return append(append(head, fat...), dir...)
}

// TestOLEDirectory checks the bound of the directory: each folder holds its path, so the cost of nested ones is a square.
func TestOLEDirectory(t *testing.T) {
	wantError(t, "层.doc", oleFolders(4096), extract.Limits{}, corpus.Unsupported, "没有文档内容")
	wantError(t, "层.doc", oleFolders(5000), extract.Limits{}, corpus.TooLarge, "上限 4096 项")
	wantError(t, "层.doc", oleFolders(12000), extract.Limits{}, corpus.TooLarge, "上限 4096 项")
}

func TestOLEDamage(t *testing.T) {
	doc := word97(0, oldPara{text: "甲\r"})
	root := bytes.Index(doc, []byte("R\x00o\x00o\x00t\x00"))
	dir := le.Uint32(doc[48:])
	link := func(of, to uint32) func(b []byte) { return func(b []byte) { le.PutUint32(b[512+4*of:], to) } }
	word := func(at int, n uint32) func(b []byte) { return func(b []byte) { le.PutUint32(b[at:], n) } }
	both := func(f ...func(b []byte)) func(b []byte) {
		return func(b []byte) {
			for _, f := range f {
				f(b)
			}
		}
	}
	stream := le.Uint32(doc[root+128+116:])
	for name, damage := range map[string]func(b []byte){
		"directory leads into itself":          link(dir, dir),
		"directory in two sectors in a circle": both(link(dir, stream), link(stream, dir)),
		"small streams lead into themselves":   link(le.Uint32(doc[root+116:]), le.Uint32(doc[root+116:])),
		"stream ends early":                    link(stream, 0xFFFFFFFE),
		"stream runs into a free sector":       link(stream, 0xFFFFFFFF),
		"stream longer than the file":          word(root+128+120, 0x7FFFFFFF),
		"tree that leads into itself":          word(root+128+72, 1),
		"tree that leaves the directory":       word(root+128+72, 0x00FFFFFF),
		"tables of tables lead nowhere":        both(word(72, 1), word(44, 0xFFFF)),
		"number of tables of tables wraps":     both(word(72, 0xFFFFFFFF/127), word(44, 0xFFFFFFF0)),
		"number of small tables":               both(word(64, 0xFFFF), word(44, 0xFFFF)),
		"no table":                             word(76, 0xFFFFFFFF),
		"sector size":                          word(28, 0x0010FFFE),
	} {
		t.Run(name, func(t *testing.T) {
			b := bytes.Clone(doc)
			damage(b)
			wantError(t, "坏.doc", b, extract.Limits{}, corpus.Invalid, "已损坏")
		})
	}
	for cut := 512; cut < len(doc); cut += 512 {
		wantError(t, "断.doc", doc[:cut], extract.Limits{}, corpus.Invalid, "已损坏")
	}
}

// TestOLECutSector reads a file whose last sector was not filled.
func TestOLECutSector(t *testing.T) {
	doc := word97(0, oldPara{text: "甲\r"})
	wantOutline(t, "a.doc", bytes.TrimRight(doc, "\x00"), `
		p 甲
	`)
}

// TestOLEFolder checks that the text of an object inside a document is not taken for the document's.
func TestOLEFolder(t *testing.T) {
	doc := word97(0, oldPara{text: "甲\r"})
	root := bytes.Index(doc, []byte("R\x00o\x00o\x00t\x00"))
	table := root + 2*128
	doc[table+66] = 1 // 1Table becomes a folder, which holds WordDocument
	le.PutUint32(doc[root+76:], 2)
	le.PutUint32(doc[table+76:], 1)
	le.PutUint32(doc[root+128+72:], 0xFFFFFFFF)
	wantError(t, "内.doc", doc, extract.Limits{}, corpus.Unsupported, "没有文档内容")
}

func TestOLETime(t *testing.T) {
	now := time.Unix(0, 0)
	later := func() time.Time { now = now.Add(time.Second); return now }
	wantError(t, "慢.doc", oleFolders(4000), extract.Limits{Time: time.Second / 2, Now: later}, corpus.TooLarge, "没有读完")
}
