package embedded

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"tongjian/corpus"
	"tongjian/index"
)

// key is the place of a hit in its order: by rank, then by document, then by place in it. It rests on nothing that
// other documents change, so a cursor that holds a key stays good.
type key struct {
	// rank is smaller for what comes first: the negative score, or a number made of the date.
	rank float64
	doc  corpus.DocumentID
	// place is the passage's place among those of its document; it is 0 under index.ByDocument.
	place int
}

func (k key) compare(o key) int {
	switch {
	case k.rank < o.rank:
		return -1
	case k.rank > o.rank:
		return 1
	}
	if c := strings.Compare(string(k.doc), string(o.doc)); c != 0 {
		return c
	}
	return k.place - o.place
}

// cursor continues after a key.
type cursor struct {
	statistics statistics
	after      key
}

const cursorVersion = 1

// fingerprint identifies the request that a cursor belongs to.
func fingerprint(req index.Request, understood string) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%q %q %q %q", understood, req.Sort, req.Group, req.Filter.Synonyms)
	for _, f := range corpus.Fields {
		if values := req.Filter.Values[f]; len(values) > 0 {
			sorted := slices.Sorted(slices.Values(values))
			fmt.Fprintf(h, " %s=%q", f, sorted)
		}
	}
	return h.Sum64()
}

func (c cursor) encode(request uint64) string {
	b := []byte{cursorVersion}
	b = binary.BigEndian.AppendUint64(b, request)
	b = binary.AppendUvarint(b, uint64(c.statistics.passages))
	b = binary.AppendUvarint(b, uint64(c.statistics.words))
	b = binary.AppendUvarint(b, uint64(len(c.statistics.having)))
	for _, n := range c.statistics.having {
		b = binary.AppendUvarint(b, uint64(n))
	}
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(c.after.rank))
	b = binary.AppendUvarint(b, uint64(c.after.place))
	b = appendString(b, string(c.after.doc))
	return base64.RawURLEncoding.EncodeToString(b)
}

// decodeCursor reads a cursor that must belong to the request and rank by so many strings.
func decodeCursor(s string, request uint64, strings int) (cursor, error) {
	bad := &corpus.Error{
		Kind: corpus.Invalid, Code: "bad_cursor", Message: "翻页标记无效，或属于另一次检索", Param: "cursor", Value: s, Position: -1,
		Expected: "上一页结果给出的 next",
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) < 9 || b[0] != cursorVersion || binary.BigEndian.Uint64(b[1:]) != request {
		return cursor{}, bad
	}
	r := &byteReader{b: b[9:]}
	c := cursor{statistics: statistics{passages: r.uvarint(), words: int64(r.uvarint())}}
	if r.uvarint() != strings {
		return cursor{}, bad
	}
	for range strings {
		c.statistics.having = append(c.statistics.having, r.uvarint())
	}
	c.after.rank = math.Float64frombits(r.uint64())
	c.after.place = r.uvarint()
	c.after.doc = corpus.DocumentID(r.string())
	if r.bad || len(r.b) != 0 || math.IsNaN(c.after.rank) {
		return cursor{}, bad
	}
	return c, nil
}

func (r *byteReader) uint64() uint64 {
	if len(r.b) < 8 {
		r.bad, r.b = true, nil
		return 0
	}
	v := binary.BigEndian.Uint64(r.b)
	r.b = r.b[8:]
	return v
}
