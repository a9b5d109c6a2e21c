package fingerprint

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
	"unicode"
)

// gram is how many characters make one feature of a text.
const gram = 4

// The shape of a sketch: Bins values, of which each band of the lookup takes rows.
const (
	Bins = 64
	rows = 4
)

// Sketch is a one-permutation MinHash of the character 4-grams of a text: for each of Bins parts of the hash space the
// smallest hash that falls into it (Li, Owen, Zhang, One Permutation Hashing, 2012), empty parts filled from others by
// optimal densification (Shrivastava, 2017). The zero Sketch is that of a text without any 4-gram.
type Sketch [Bins]uint32

// empty marks a part into which no hash has fallen.
const empty = math.MaxUint32

// NewSketch returns the sketch of a text that Normalise has passed.
func NewSketch(normal string) Sketch {
	var s Sketch
	for i := range s {
		s[i] = empty
	}
	any := false
	eachGram(normal, func(h uint64) {
		any = true
		bin := h >> (64 - 6)
		s[bin] = min(s[bin], uint32(h)&^1) // never equal to empty
	})
	if !any {
		return Sketch{}
	}
	full := s
	for i := range s {
		for attempt := uint64(1); s[i] == empty; attempt++ {
			s[i] = full[mix(uint64(i)<<32|attempt)>>(64-6)]
		}
	}
	return s
}

// Similarity estimates the Jaccard similarity of the texts' 4-grams, from 0 to 1. Its standard error is about 0.06.
func (s Sketch) Similarity(t Sketch) float64 {
	if s == (Sketch{}) || t == (Sketch{}) {
		return 0
	}
	same := 0
	for i := range s {
		if s[i] == t[i] {
			same++
		}
	}
	return float64(same) / Bins
}

// Bytes returns the sketch as it is stored.
func (s Sketch) Bytes() []byte {
	out := make([]byte, 0, Bins*4)
	for _, v := range s {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	return out
}

// ReadSketch returns the sketch that Bytes has written.
func ReadSketch(data []byte) (Sketch, error) {
	var s Sketch
	if len(data) != Bins*4 {
		return s, fmt.Errorf("read sketch: %d bytes, want %d", len(data), Bins*4)
	}
	for i := range s {
		s[i] = binary.LittleEndian.Uint32(data[i*4:])
	}
	return s, nil
}

// bands returns one value for each band. Texts with similarity j agree in a band with probability j to the power of rows:
// of sixteen bands they share one with probability 0.99 at 0.7, and 0.12 at 0.3.
func (s Sketch) bands() []uint32 {
	out := make([]uint32, 0, Bins/rows)
	for i := 0; i < Bins; i += rows {
		h := uint64(i)
		for _, v := range s[i : i+rows] {
			h = mix(h ^ uint64(v))
		}
		out = append(out, uint32(h>>32))
	}
	return out
}

// Normalise returns the letters and digits of a text in lower case and half width: what is left when everything is gone
// in which two sites' copies of a text differ.
func Normalise(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0x4e00 && r <= 0x9fff:
			return r
		case r >= 0xff01 && r <= 0xff5e:
			r -= 0xfee0
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// Jaccard returns the exact Jaccard similarity of two normalised texts' 4-grams, 1 for equal texts.
func Jaccard(a, b string) float64 {
	if a == b {
		return 1
	}
	x, y := grams(a), grams(b)
	common := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			common, i, j = common+1, i+1, j+1
		}
	}
	if common == 0 {
		return 0
	}
	return float64(common) / float64(len(x)+len(y)-common)
}

// grams returns the hashes of a text's 4-grams, each once, ascending.
func grams(normal string) []uint64 {
	out := make([]uint64, 0, len(normal)/3)
	eachGram(normal, func(h uint64) { out = append(out, h) })
	slices.Sort(out)
	return slices.Compact(out)
}

// eachGram calls f with the hash of every 4-gram of a text. A text that is shorter than that is one gram by itself.
func eachGram(normal string, f func(h uint64)) {
	var last [gram]uint64
	n := 0
	for _, r := range normal {
		copy(last[:], last[1:])
		last[gram-1] = uint64(r)
		if n++; n >= gram {
			f(mix(mix(last[0]<<32|last[1]) ^ bits.RotateLeft64(last[2]<<32|last[3], 17)))
		}
	}
	if n > 0 && n < gram {
		f(hashOf(normal))
	}
}

// mix is the finaliser of SplitMix64 (Steele, Lea, Flood, 2014): every bit of the input reaches every bit of the output.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
