package pdf

// embedded returns the characters of the glyphs of an embedded TrueType font, by glyph number; nil where there is none
// with a table of characters.
func (f *File) embedded(d dict) map[uint32]rune {
	s, ok := f.resolve(f.dict(d["FontDescriptor"])["FontFile2"]).(*stream)
	if !ok {
		return nil
	}
	if _, mapped := f.resolve(d["CIDToGIDMap"]).(*stream); mapped {
		return nil
	}
	data, known, err := f.decode(s)
	if !known || err != nil {
		return nil
	}
	table := sfntTable(data, "cmap")
	if len(table) < 4 {
		return nil
	}
	out := map[uint32]rune{}
	for i := range u16(table, 2) {
		at := 4 + 8*i
		platform, id, offset := u16(table, at), u16(table, at+2), u32(table, at+4)
		if platform != 0 && !(platform == 3 && (id == 1 || id == 10)) || offset <= 0 || offset >= len(table) {
			continue
		}
		switch sub := table[offset:]; u16(sub, 0) {
		case 4:
			f.readFormat4(sub, out)
		case 12:
			f.readFormat12(sub, out)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// u16 and u32 read big-endian numbers; what lies outside is 0.
func u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(b[at])<<8 | int(b[at+1])
}

func u32(b []byte, at int) int { return u16(b, at)<<16 | u16(b, at+2) }

func sfntTable(data []byte, tag string) []byte {
	for i := range u16(data, 4) {
		at := 12 + 16*i
		if at+16 > len(data) {
			return nil
		}
		if string(data[at:at+4]) == tag {
			offset, size := u32(data, at+8), u32(data, at+12)
			if offset > len(data) {
				return nil
			}
			return data[offset:min(len(data), offset+size)]
		}
	}
	return nil
}

func (f *File) readFormat4(t []byte, out map[uint32]rune) {
	n := u16(t, 6) / 2
	ends, starts := 14, 16+2*n
	deltas, offsets := starts+2*n, starts+4*n
	for i := range n {
		first, last := u16(t, starts+2*i), u16(t, ends+2*i)
		delta, offset := u16(t, deltas+2*i), u16(t, offsets+2*i)
		for c := first; c <= last && c != 0xFFFF; c++ {
			if f.step() {
				return
			}
			g := c
			if offset != 0 {
				if g = u16(t, offsets+2*i+offset+2*(c-first)); g == 0 {
					continue
				}
			}
			addGlyph(out, (g+delta)&0xFFFF, rune(c))
		}
	}
}

func (f *File) readFormat12(t []byte, out map[uint32]rune) {
	for i := range min(u32(t, 12), len(t)/12) {
		at := 16 + 12*i
		first, last, g := u32(t, at), u32(t, at+4), u32(t, at+8)
		for c := first; c <= last && c <= 0x10FFFF; c++ {
			if f.step() {
				return
			}
			addGlyph(out, g+c-first, rune(c))
		}
	}
}

// addGlyph keeps the best character of a glyph: an ideograph of the main block before its look-alikes in the blocks of
// radicals and compatibility characters.
func addGlyph(out map[uint32]rune, g int, c rune) {
	if g <= 0 {
		return
	}
	if old, ok := out[uint32(g)]; ok && !(isLookAlike(old) && !isLookAlike(c)) {
		return
	}
	out[uint32(g)] = c
}

func isLookAlike(r rune) bool {
	return r >= 0x2E80 && r <= 0x2FDF || r >= 0xF900 && r <= 0xFAFF || r >= 0xE000 && r <= 0xF8FF || r >= 0x2F800
}
