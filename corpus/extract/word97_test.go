package extract_test

import (
	"bytes"
	"encoding/binary"
	"testing"
	"unicode/utf16"

	"tongjian/corpus"
	"tongjian/corpus/extract"
)

var le = binary.LittleEndian

// oleFile makes a compound file. Streams of less than 4096 bytes stand in the stream of small ones.
func oleFile(names []string, streams map[string][]byte) []byte {
	const sector, mini, cutoff, end, free = 512, 64, 4096, 0xFFFFFFFE, 0xFFFFFFFF
	pad := func(b []byte, n int) []byte { return append(b, make([]byte, (n-len(b)%n)%n)...) }
	var small []byte
	var smallFAT []uint32
	start := map[string]uint32{}
	for _, n := range names {
		if s := streams[n]; len(s) < cutoff {
			start[n] = uint32(len(smallFAT))
			small = append(small, pad(bytes.Clone(s), mini)...)
			for len(smallFAT) < len(small)/mini {
				smallFAT = append(smallFAT, uint32(len(smallFAT)+1))
			}
			if len(smallFAT) > 0 {
				smallFAT[len(smallFAT)-1] = end
			}
		}
	}
	fat := []uint32{0xFFFFFFFD}
	body := make([]byte, sector) // the table itself comes first
	add := func(b []byte) uint32 {
		first := uint32(len(fat))
		b = pad(bytes.Clone(b), sector)
		body = append(body, b...)
		for i := range len(b) / sector {
			fat = append(fat, first+uint32(i)+1)
		}
		if len(b) == 0 {
			return end
		}
		fat[len(fat)-1] = end
		return first
	}
	for _, n := range names {
		if s := streams[n]; len(s) >= cutoff {
			start[n] = add(s)
		}
	}
	root := add(small)
	var table []byte
	for _, n := range smallFAT {
		table = le.AppendUint32(table, n)
	}
	miniTable := add(table)
	var dir []byte
	entry := func(name string, kind byte, next, child, first uint32, size int) {
		e := make([]byte, 128)
		for i, u := range utf16.Encode([]rune(name)) {
			le.PutUint16(e[2*i:], u)
		}
		le.PutUint16(e[64:], uint16(2*len(name)+2))
		e[66] = kind
		le.PutUint32(e[68:], free)
		le.PutUint32(e[72:], next)
		le.PutUint32(e[76:], child)
		le.PutUint32(e[116:], first)
		le.PutUint32(e[120:], uint32(size))
		dir = append(dir, e...)
	}
	entry("Root Entry", 5, free, 1, root, len(small))
	for i, n := range names {
		next := uint32(free)
		if i < len(names)-1 {
			next = uint32(i + 2)
		}
		entry(n, 2, next, free, start[n], len(streams[n]))
	}
	directory := add(dir)
	for len(fat) < sector/4 {
		fat = append(fat, free)
	}
	for i, n := range fat[:sector/4] {
		le.PutUint32(body[4*i:], n)
	}
	head := make([]byte, sector)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	le.PutUint16(head[30:], 9)
	le.PutUint16(head[32:], 6)
	le.PutUint32(head[44:], 1)
	le.PutUint32(head[48:], directory)
	le.PutUint32(head[56:], cutoff)
	le.PutUint32(head[60:], miniTable)
	le.PutUint32(head[64:], uint32((len(table)+sector-1)/sector))
	le.PutUint32(head[68:], end)
	for i := 76; i < sector; i += 4 {
		le.PutUint32(head[i:], free)
	}
	le.PutUint32(head[76:], 0)
	return append(head, body...)
}

// oldPara is a paragraph of an old Word document: its text with the mark that ends it, its style and its properties.
type oldPara struct {
	text  string
	style uint16
	sprms []byte
}

func sprm(code uint16, operand ...byte) []byte { return append(le.AppendUint16(nil, code), operand...) }

// word97 makes an old Word document of paragraphs, the last of which are notes. It has a style 1 that is the first heading,
// and a list 1 that numbers 一、 and （一）.
func word97(notes int, paragraphs ...oldPara) []byte {
	const textAt, papxPage, perPage = 0x800, 2, 8
	main := make([]byte, textAt)
	le.PutUint16(main, 0xA5EC)
	le.PutUint16(main[2:], 0xC1)
	le.PutUint16(main[0x0A:], 0x0200)
	chars, noted, offset := 0, 0, 0
	var bounds, pages []byte
	for i, p := range paragraphs {
		n := papxPage + i/perPage
		page, k, count := main[n*512:n*512+512], i%perPage, min(perPage, len(paragraphs)-i/perPage*perPage)
		if k == 0 {
			offset, page[511] = 510, byte(count)
			bounds = le.AppendUint32(bounds, uint32(textAt+2*chars))
			pages = le.AppendUint32(pages, uint32(n))
		}
		papx := append(le.AppendUint16(nil, p.style), p.sprms...)
		papx = append(papx, make([]byte, len(papx)%2)...)
		offset = (offset - len(papx) - 2) &^ 1
		page[offset+1] = byte(len(papx) / 2)
		copy(page[offset+2:], papx)
		le.PutUint32(page[4*k:], uint32(textAt+2*chars))
		page[4*(count+1)+13*k] = byte(offset / 2)
		units := utf16.Encode([]rune(p.text))
		chars += len(units)
		le.PutUint32(page[4*k+4:], uint32(textAt+2*chars))
		for _, u := range units {
			main = le.AppendUint16(main, u)
		}
		if i >= len(paragraphs)-notes {
			noted += len(units)
		}
	}
	le.PutUint32(main[0x4C:], uint32(chars-noted))
	le.PutUint32(main[0x50:], uint32(noted))
	var table []byte
	put := func(at int, part []byte, more []byte) {
		le.PutUint32(main[at:], uint32(len(table)))
		le.PutUint32(main[at+4:], uint32(len(part)))
		table = append(append(table, part...), more...)
	}
	pieces := le.AppendUint32(le.AppendUint32(nil, 0), uint32(chars))
	pieces = append(pieces, 0, 0)
	pieces = append(le.AppendUint32(pieces, textAt), 0, 0)
	put(0x1A2, append(le.AppendUint32([]byte{2}, uint32(len(pieces))), pieces...), nil)
	put(0x102, append(le.AppendUint32(bounds, uint32(textAt+2*chars)), pages...), nil)
	style := func(builtin uint16) []byte {
		s := le.AppendUint16(nil, builtin)
		s = append(le.AppendUint16(s, 0xFFF1), make([]byte, 6)...)
		s = append(s, 1, 0, 'x', 0, 0, 0, 2, 0, 0, 0) // a name, and properties that say nothing
		return append(le.AppendUint16(nil, uint16(len(s))), s...)
	}
	sheet := []byte{4, 0, 2, 0, 10, 0}
	put(0xA2, append(append(sheet, style(0)...), style(1)...), nil)
	levels := func(formats ...byte) []byte {
		var b []byte
		for i, f := range formats {
			level := append(le.AppendUint32(nil, 1), f)
			level = append(level, make([]byte, 23)...)
			text := []uint16{uint16(i), '、'}
			if i == 1 {
				text = []uint16{'（', 1, '）'}
			}
			level = le.AppendUint16(level, uint16(len(text)))
			for _, u := range text {
				level = le.AppendUint16(level, u)
			}
			b = append(b, level...)
		}
		return b
	}
	put(0x2E2, append([]byte{1, 0, 7, 0, 0, 0}, make([]byte, 24)...), levels(39, 37, 0, 0, 0, 0, 0, 0, 0))
	put(0x2EA, append([]byte{1, 0, 0, 0, 7, 0, 0, 0}, make([]byte, 12)...), le.AppendUint32(nil, 0xFFFFFFFF))
	main = append(main, make([]byte, max(0, 4096-len(main)))...)
	return oleFile([]string{"WordDocument", "1Table"}, map[string][]byte{"WordDocument": main, "1Table": table})
}

func TestWord97(t *testing.T) {
	listed := func(level byte) []byte { return append(sprm(0x460B, 1, 0), sprm(0x260A, level)...) }
	in := sprm(0x2416, 1)
	row := func(merge ...uint16) []byte {
		def := []byte{byte(len(merge))}
		for i := range len(merge) + 1 {
			def = le.AppendUint16(def, uint16(i*1000))
		}
		for _, m := range merge {
			def = append(le.AppendUint16(def, m), make([]byte, 18)...)
		}
		return append(append(in[:len(in):len(in)], sprm(0x2417, 1)...), sprm(0xD608, append(le.AppendUint16(nil, uint16(len(def)+1)), def...)...)...)
	}
	wantOutline(t, "a.doc", word97(1,
		oldPara{text: "关于整改\v情况的通报\r", style: 1},
		oldPara{text: "组织领导\r", sprms: listed(0)},
		oldPara{text: "整改\x13 HYPERLINK x \x14情况\x15甲\x1E乙\r", sprms: listed(0)},
		oldPara{text: "学习不深\u0002\r", sprms: listed(1)},
		oldPara{text: "方面\a", sprms: in}, oldPara{text: "问题\a", sprms: in}, oldPara{text: "\a", sprms: row(0, 0)},
		oldPara{text: "党建\a", sprms: in}, oldPara{text: "一\r", sprms: in}, oldPara{text: "二\a", sprms: in}, oldPara{text: "\a", sprms: row(0x60, 0)},
		oldPara{text: "\a", sprms: in}, oldPara{text: "三\a", sprms: in}, oldPara{text: "\a", sprms: row(0x20, 0)},
		oldPara{text: "表后𠮷\r"},
		oldPara{text: "脚注\r"},
	), `
		h1 关于整改
		h1 情况的通报
		p <一、> 组织领导
		p <二、> 整改情况甲-乙
		p <（一）> 学习不深
		c0:0,0 方面
		c0:0,1 问题
		c0:1,0+2x1 党建
		c0:1,1 一
		c0:1,1 二
		c0:2,1 三
		p 表后𠮷
		p 脚注
	`)
}

func TestOLEErrors(t *testing.T) {
	one := func(name string) []byte { return oleFile([]string{name}, map[string][]byte{name: []byte("x")}) }
	wantError(t, "旧.xls", one("Workbook"), extract.Limits{}, corpus.Invalid, "损坏")
	wantError(t, "稿.ppt", one("PowerPoint Document"), extract.Limits{}, corpus.Unsupported, "PowerPoint")
	wantError(t, "密.docx", one("EncryptedPackage"), extract.Limits{}, corpus.Unsupported, "已加密")
	wantError(t, "坏.doc", one("WordDocument"), extract.Limits{}, corpus.Invalid, "损坏")
	wantError(t, "断.doc", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), extract.Limits{}, corpus.Invalid, "损坏")
	doc := word97(0, oldPara{text: "甲\r"})
	doc[bytes.Index(doc, []byte{0xEC, 0xA5})+0x0B] |= 1
	wantError(t, "密.doc", doc, extract.Limits{}, corpus.Unsupported, "已加密")
}

func FuzzOLE(f *testing.F) {
	f.Add(word97(1, oldPara{text: "甲\r", style: 1}, oldPara{text: "乙\a", sprms: sprm(0x2416, 1)}, oldPara{text: "丙\r", sprms: sprm(0x460B, 1, 0)}))
	fuzz(f, "a.doc")
}
