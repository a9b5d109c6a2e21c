package pdf

// The tests are internal: filters are chosen by the file.

import (
	"bytes"
	"compress/zlib"
	"testing"
)

func TestFilters(t *testing.T) {
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	if _, err := w.Write([]byte("\x02abc\x02\x01\x01\x01")); err != nil { // the row above is added
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name    string
		filters string
		data    string
		want    string
	}{
		{"hexadecimal", "/ASCIIHexDecode", "61 62 6>", "ab`"},
		{"base 85", "/ASCII85Decode", "87cURD]i,\"Ebo80~>", "Hello World!"},
		{"run lengths", "/RunLengthDecode", "\x02abc\xfed\x80x", "abcddd"},
		{"LZW", "/LZWDecode", "\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", "-----A---B"},
		{"Flate with rows", "/FlateDecode /DecodeParms << /Predictor 12 /Columns 3 >>", packed.String(), "abcbcd"},
		{"Flate, cut off", "/FlateDecode", packed.String()[:packed.Len()-5], "\x02abc\x02\x01\x01\x01"},
		{"two in a row", "[/AHx /RL]", "0261626380>", "abc"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v, _ := (&lexer{data: []byte("<< /Filter " + c.filters + " >>")}).next(0)
			d, _ := v.(dict)
			f := &File{}
			got, known, err := f.decode(&stream{dict: d, raw: []byte(c.data)})
			if string(got) != c.want || !known || err != nil {
				t.Errorf("got %q, %v, %v; want %q", got, known, err, c.want)
			}
		})
	}
	if _, known, _ := (&File{}).decode(&stream{dict: dict{"Filter": name("DCTDecode")}}); known {
		t.Error("an image is taken for text")
	}
}
