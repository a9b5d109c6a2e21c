package extract

import (
	"math"
	"regexp"
	"strings"
)

// pageReference matches the end of a line in a list of contents: leaders or room, and the number of a page.
var pageReference = regexp.MustCompile(`(?:[\s\p{Zs}]|[.．…·]{3,}[\s\p{Zs}]*)\d{1,3}$`)

// bullet matches the sign that a line of a list may begin with.
var bullet = regexp.MustCompile(`^[•●■◆▲★○◦▪➤✓-]`)

// hangs reports whether line b goes on with an item of a list whose text hangs to the right of its number: with the first
// line, which begins with the number, or with one that hangs already.
func (c textColumn) hangs(a, b textLine, hung bool) bool {
	size := math.Max(a.size, b.size)
	if math.Abs(a.size-b.size) > 0.15*size || a.y > b.y && c.leading > 0 && a.y-b.y > 1.6*c.leading || a.end < c.right-1.7*size-b.head ||
		endsSentence(a.text) || numbered.MatchString(b.text) || bullet.MatchString(b.text) {
		return false
	}
	in := (b.x - a.x) / size
	if hung {
		return math.Abs(in) < 0.2
	}
	return in > 0.6 && in < 3.2 && (numbered.MatchString(a.text) || bullet.MatchString(a.text))
}

// isTitle reports whether a line is set as titles are: larger than the text, in the middle.
func (c textColumn) isTitle(l textLine) bool {
	return l.size > 1.15*c.size && math.Abs((l.x+l.end)-(c.left+c.right)) < 2*l.size
}

// wrapsTitle reports whether line b goes on with a title that is set as large as the text: a has no room for more, and b
// stands in the middle. A date or a remark in brackets there is no part of the title.
func (c textColumn) wrapsTitle(a, b textLine) bool {
	return math.Abs(a.size-b.size) < 0.05*b.size && a.y-b.y < 2.2*b.size && a.end >= c.right-1.7*a.size && !endsSentence(a.text) &&
		!c.isFlush(b) && !c.isIndented(b) && math.Abs((b.x+b.end)-(c.left+c.right)) < 2*b.size &&
		!strings.ContainsRune("（(〔[0123456789○〇二", firstRune(b.text)) && !endsSentence(b.text)
}
