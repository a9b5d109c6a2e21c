package parse

import (
	"tongjian/corpus"
)

// point is a number inside a text: one item of an enumeration.
type point struct {
	mark  mark
	start int  // where the number begins
	body  int  // where the text behind it begins
	first bool // it opens a piece
}

// scanPoints lists the numbers at the beginning of the pieces and, behind punctuation, inside them. The numbers in
// automatic stand outside the text, by where the pieces begin that carry them.
func scanPoints(all string, pieces []corpus.Span, automatic map[int]mark) []point {
	var points []point
	for _, piece := range pieces {
		if m, ok := automatic[piece.Start]; ok {
			points = append(points, point{m, piece.Start, piece.Start, true})
		}
		boundary := '\n'
		title := 0
		for i := piece.Start; i < piece.End; {
			r, w := decodeRune(all[i:piece.End])
			if !pointSigns.has(r) {
				boundary = r
				i += w
				continue
			}
			switch r {
			case '《':
				title++
			case '》':
				title = max(0, title-1)
			}
			if title == 0 && mayOpen(r) && (behindAny.has(boundary) || r >= 0x2460 && r <= 0x325F) {
				if m, n := scanMark(all[i:piece.End]); n > 0 && opensAfter(m, boundary) {
					points = append(points, point{m, i, i + n, boundary == '\n'})
					i += n
					boundary = behindMark
					continue
				}
			}
			if !blank(r) {
				boundary = r
			} else if boundary != '\n' {
				boundary = max(boundary, ' ')
			}
			i += w
		}
	}
	return points
}

// behindMark stands for the character before a text that follows a number directly: 1.一是….
const behindMark = 1

// pointSigns are the characters that scanPoints looks at: those that may open a number, blanks, and the signs around titles.
var pointSigns = newPointSigns()

func newPointSigns() *runeSet {
	set := newRuneSet("《》")
	for r := rune(0); r < 0x10000; r++ {
		if mayOpen(r) || blank(r) {
			set[r>>6] |= 1 << (r & 63)
		}
	}
	return set
}

// behindAny are the characters behind which a number of some kind may open an item, and those that stand for the beginning of a
// piece and for another number. Circled numbers open one anywhere.
var behindAny = newRuneSet("\n。；;：:，,！？”、.）)》\x01")

// mayOpen is a quick test for the first character of a number.
func mayOpen(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '(' || r == '（' || r >= 0x2460 && r <= 0x24FF || r >= 0x2776 && r <= 0x277F ||
		r == '第' || r == '其' || isNumeral(r)
}

// opensAfter reports whether a number may open an item behind this character.
func opensAfter(m mark, before rune) bool {
	if before == '\n' {
		return true
	}
	if m.doubtful {
		return false
	}
	switch m.kind {
	case circled:
		return true
	case isList:
		switch before {
		case '。', '；', ';', '：', ':', '，', ',', '！', '？', '”', '、', '.', '）', ')', '》', behindMark:
			return true
		}
	case parenDigit, parenHan, ordinal, chapter, dot, letter, rightParen:
		switch before {
		case '。', '；', ';', '：', ':', '！', '？', '.':
			return true
		}
	}
	return false
}

// enumeration returns the items of the first enumeration of at least two items among the points, top level only: the
// kind that opens first, its numbers in sequence, a list that begins again at the beginning of a piece included.
func enumeration(points []point) []point {
	var tried [markKinds]bool
	for _, p := range points {
		if p.mark.number != 1 || tried[p.mark.kind] {
			continue
		}
		tried[p.mark.kind] = true
		if items := follow(points, p.mark.kind); len(items) >= 2 {
			return items
		}
	}
	return nil
}

// follow collects the items of one kind in sequence. One number may be missing.
func follow(points []point, kind markKind) []point {
	var items []point
	last := 0
	for _, p := range points {
		if p.mark.kind != kind {
			continue
		}
		n := p.mark.number
		if n == last+1 || n == last+2 && last > 0 || n == 1 && p.first && last > 1 {
			items = append(items, p)
			last = n
		}
	}
	return items
}

// measures splits an account into its enumerated actions; an account without an enumeration is one action.
func (t *text) measures(pieces []corpus.Span) []corpus.Measure {
	all := t.all
	pieces = nonEmpty(all, pieces)
	if len(pieces) == 0 {
		return []corpus.Measure{}
	}
	end := pieces[len(pieces)-1].End
	items := enumeration(scanPoints(all, pieces, t.automatic))
	if len(items) == 0 {
		return []corpus.Measure{newMeasure(all, corpus.Span{Start: pieces[0].Start, End: end})}
	}
	list := make([]corpus.Measure, 0, len(items))
	for i, p := range items {
		stop := end
		if i+1 < len(items) {
			stop = items[i+1].start
		}
		list = append(list, newMeasure(all, corpus.Span{Start: p.start, End: stop}))
	}
	return list
}

func newMeasure(all string, span corpus.Span) corpus.Measure {
	span = trimSpan(all, span)
	return corpus.Measure{Text: all[span.Start:span.End], Span: span}
}

func nonEmpty(all string, pieces []corpus.Span) []corpus.Span {
	kept := pieces[:0:0]
	for _, p := range pieces {
		if trimStatement(all, p).Len() > 0 {
			kept = append(kept, trimSpan(all, p))
		}
	}
	return kept
}
