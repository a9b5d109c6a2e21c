package pdf

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"io"
)

// decode returns the data of a stream without its filters. Damaged data is returned as far as it goes; known is false
// for the filters of images.
func (f *File) decode(s *stream) (data []byte, known bool, err error) {
	filters, params := f.list(s.dict["Filter"]), f.list(s.dict["DecodeParms"])
	if s.dict["Filter"] == nil {
		filters, params = f.list(s.dict["F"]), f.list(s.dict["DP"])
	}
	data = s.raw
	if f.security != nil && s.dict["Type"] != name("XRef") {
		data = f.security.decrypt(s.number, data)
	}
	for i, v := range filters {
		var parm dict
		if i < len(params) {
			parm = f.dict(params[i])
		}
		filter, _ := f.resolve(v).(name)
		switch filter {
		case "FlateDecode", "Fl":
			data = f.inflate(data)
		case "LZWDecode", "LZW":
			data = f.lzw(data, f.number(parm["EarlyChange"], 1) != 0)
		case "ASCIIHexDecode", "AHx":
			data = []byte((&lexer{data: append([]byte("<"), data...)}).hex())
		case "ASCII85Decode", "A85":
			data = ascii85(data)
		case "RunLengthDecode", "RL":
			data = f.runLength(data)
		case "Crypt":
		default:
			return nil, false, f.failed
		}
		data = f.predict(data, parm)
		if f.failed != nil {
			return nil, false, f.failed
		}
	}
	return data, true, f.failed
}

// inflate unpacks as much as can be read; a missing header or checksum does no harm.
func (f *File) inflate(data []byte) []byte {
	var r io.Reader
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		r = flate.NewReader(bytes.NewReader(data[min(2, len(data)):]))
	}
	var out bytes.Buffer
	chunk := make([]byte, 32<<10)
	for {
		n, err := r.Read(chunk)
		out.Write(chunk[:n])
		if f.unpacked(n) || err != nil {
			return out.Bytes()
		}
	}
}

// lzw unpacks the LZW of PDF, which is that of TIFF.
func (f *File) lzw(data []byte, early bool) []byte {
	var out []byte
	table := make([][]byte, 258, 4096)
	for i := range 256 {
		table[i] = []byte{byte(i)}
	}
	var previous []byte
	width, bits, have := 9, 0, 0
	for _, c := range data {
		bits, have = bits<<8|int(c), have+8
		for have >= width {
			code := bits >> (have - width) & (1<<width - 1)
			have -= width
			bits &= 1<<have - 1
			switch {
			case code == 257:
				return out
			case code == 256:
				table, width, previous = table[:258], 9, nil
				continue
			}
			var entry []byte
			switch {
			case code < len(table):
				entry = table[code]
			case previous != nil:
				entry = append(previous[:len(previous):len(previous)], previous[0])
			default:
				return out
			}
			out = append(out, entry...)
			if f.unpacked(len(entry)) {
				return out
			}
			if previous != nil && len(table) < 4096 && len(entry) > 0 {
				table = append(table, append(previous[:len(previous):len(previous)], entry[0]))
			}
			previous = entry
			size := len(table)
			if early {
				size++
			}
			switch {
			case size >= 2048:
				width = 12
			case size >= 1024:
				width = 11
			case size >= 512:
				width = 10
			}
		}
	}
	return out
}

func ascii85(data []byte) []byte {
	var out []byte
	var group [5]byte
	n := 0
	for _, c := range data {
		switch {
		case c == '~':
			return append(out, group85(group, n)...)
		case c == 'z' && n == 0:
			out = append(out, 0, 0, 0, 0)
		case c >= '!' && c <= 'u':
			group[n] = c - '!'
			if n++; n == 5 {
				out = append(out, group85(group, 5)...)
				n = 0
			}
		}
	}
	return append(out, group85(group, n)...)
}

func group85(group [5]byte, n int) []byte {
	if n < 2 {
		return nil
	}
	for i := n; i < 5; i++ {
		group[i] = 84
	}
	v := uint32(0)
	for _, c := range group {
		v = v*85 + uint32(c)
	}
	return []byte{byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)}[:n-1]
}

func (f *File) runLength(data []byte) []byte {
	var out []byte
	for i := 0; i < len(data); {
		n := int(data[i])
		i++
		switch {
		case n == 128:
			return out
		case n < 128:
			end := min(i+n+1, len(data))
			out = append(out, data[i:end]...)
			i = end
		case i < len(data):
			out = append(out, bytes.Repeat(data[i:i+1], 257-n)...)
			i++
		}
		if f.unpacked(128) {
			return out
		}
	}
	return out
}

// predict undoes the predictors that tables of objects are packed with.
func (f *File) predict(data []byte, parm dict) []byte {
	predictor := int(f.number(parm["Predictor"], 1))
	if predictor < 10 {
		return data
	}
	colors, bits, columns := f.number(parm["Colors"], 1), f.number(parm["BitsPerComponent"], 8), f.number(parm["Columns"], 1)
	row := int(colors*bits*columns+7) / 8
	pixel := max(1, int(colors*bits)/8)
	if row < 1 || row > 1<<20 || pixel > row {
		return data
	}
	out := make([]byte, 0, len(data))
	above := make([]byte, row)
	for len(data) > 1 {
		kind := data[0]
		line := make([]byte, row)
		n := copy(line, data[1:])
		data = data[1+n:]
		for i := range line {
			var left, up, corner byte
			if i >= pixel {
				left, corner = line[i-pixel], above[i-pixel]
			}
			up = above[i]
			switch kind {
			case 1:
				line[i] += left
			case 2:
				line[i] += up
			case 3:
				line[i] += byte((int(left) + int(up)) / 2)
			case 4:
				line[i] += paeth(left, up, corner)
			}
		}
		out = append(out, line...)
		above = line
	}
	return out
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}

func abs(n int) int { return max(n, -n) }
