package extract

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"tongjian/corpus"
)

// walker turns the elements of the main text into blocks. Inline text is collected until an element that begins a new
// line ends it.
type walker struct {
	b      *builder
	line   strings.Builder
	like   corpus.Block // what the line being collected is
	depth  int
	tables int
	set    bool // inside an element whose line ends are shown
}

// flush ends the line being collected. Its number belongs to its first line only.
func (w *walker) flush() {
	if w.line.Len() == 0 {
		return
	}
	line := unspace(dropMeaningless(w.line.String()))
	w.line.Reset()
	if isFurnitureLine(line) {
		return
	}
	if _, ok := w.b.add(line, w.like); ok {
		w.like.Number = ""
	}
}

// write collects the text of one node. A run of blanks in markup is one blank; where the source was broken into lines
// it is none beside a Chinese character. Ideographic and no-break blanks are text.
func (w *walker) write(s string) {
	s = unescapeTwice(dropControls(s))
	for len(s) > 0 {
		word := strings.TrimLeftFunc(s, isMarkupBlank)
		gap := s[:len(s)-len(word)]
		end := strings.IndexFunc(word, isMarkupBlank)
		if end < 0 {
			end = len(word)
		}
		if gap != "" && w.line.Len() > 0 && w.keepsGap(gap, firstRune(word)) {
			w.line.WriteByte(' ')
		}
		w.line.WriteString(word[:end])
		s = word[end:]
	}
}

// twiceEscaped matches the names of characters that a page shows as names: it escaped them twice, or lost the semicolon.
var twiceEscaped = regexp.MustCompile(`&(?:nbsp|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|middot|bull|times|yen|ensp|emsp|quot|lt|gt|amp);?`)

// unescapeTwice writes the characters that are left as names.
func unescapeTwice(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return twiceEscaped.ReplaceAllStringFunc(s, func(name string) string {
		return html.UnescapeString(strings.TrimSuffix(name, ";") + ";")
	})
}

// keepsLines matches a style in which the line ends of the source are shown.
var keepsLines = regexp.MustCompile(`(?i)white-space\s*:\s*(?:pre(?:-wrap|-line)?|break-spaces)\s*(?:;|$)`)

// writeSet is write where the line ends of the source are shown.
func (w *walker) writeSet(s string) {
	for i, line := range splitLines(s) {
		if i > 0 {
			w.flush()
		}
		w.write(line)
	}
}

// keepsGap reports whether blanks between the line so far and the next character are one blank of the text.
func (w *walker) keepsGap(gap string, next rune) bool {
	last := lastRune(w.line.String())
	return last != ' ' && !(strings.Contains(gap, "\n") && (isWide(last) || isWide(next)))
}

func isMarkupBlank(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }

// isWide reports whether r is a Chinese character or Chinese punctuation, which no blank is set around.
func isWide(r rune) bool {
	return isHan(r) || (r >= 0x3000 && r <= 0x303F) || (r >= 0xFF00 && r <= 0xFFEF) || strings.ContainsRune("“”‘’…—", r)
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// walk writes n and everything below it. Below the depth limit only text is taken.
func (w *walker) walk(n *html.Node, depth int) {
	switch {
	case n.Type == html.TextNode && w.set:
		w.writeSet(n.Data)
		return
	case n.Type == html.TextNode:
		w.write(n.Data)
		return
	case n.Type == html.CommentNode, n.Type == html.DoctypeNode:
		return
	case depth > w.depth:
		w.flush()
		each(n, func(m *html.Node) {
			if m.Type == html.TextNode {
				w.write(m.Data)
			}
		})
		w.flush()
		return
	}
	switch kindOf(n) {
	case lineBreak:
		w.flush()
	case tableElement:
		w.flush()
		if g := readGrid(n); g.isData() {
			w.writeTable(g)
			return
		}
		w.children(n, depth)
		w.flush()
	case headingElement:
		w.block(n, depth, corpus.Block{Kind: corpus.BlockHeading, Level: int(n.Data[1] - '0')})
	case listElement:
		w.list(n, depth)
	case blockElement:
		before := w.set
		w.set = before || n.Data == "pre" || keepsLines.MatchString(attr(n, "style"))
		w.block(n, depth, corpus.Block{Kind: corpus.BlockParagraph})
		w.set = before
	default:
		w.children(n, depth)
	}
}

func (w *walker) children(n *html.Node, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c, depth+1)
	}
}

// block writes an element that begins and ends a line. Inside a heading or a cell everything is of that kind.
func (w *walker) block(n *html.Node, depth int, like corpus.Block) {
	w.flush()
	before := w.like
	if before.Kind != corpus.BlockHeading {
		like.Number = before.Number
		w.like = like
	}
	w.children(n, depth)
	w.flush()
	w.like = before
	w.like.Number = ""
}

// list writes the items of a list; those of an ordered one carry the number that a browser would print.
func (w *walker) list(n *html.Node, depth int) {
	w.flush()
	number := 1
	if v, err := strconv.Atoi(attr(n, "start")); err == nil && v > -1_000_000 && v < 1_000_000 {
		number = v
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.Data != "li" {
			w.walk(c, depth+1)
			continue
		}
		w.flush()
		before := w.like
		w.like = corpus.Block{Kind: corpus.BlockParagraph}
		if n.Data == "ol" {
			w.like.Number = listNumber(number, attr(n, "type"))
			number++
		}
		w.children(c, depth+1)
		w.flush()
		w.like = before
	}
}

func listNumber(n int, kind string) string {
	if (kind == "a" || kind == "A") && n >= 1 && n <= 26 {
		return string(rune(kind[0])+rune(n-1)) + "."
	}
	return strconv.Itoa(n) + "."
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// elementKind says how an element breaks lines.
type elementKind int

const (
	inlineElement elementKind = iota
	lineBreak
	blockElement
	headingElement
	listElement
	tableElement
)

func kindOf(n *html.Node) elementKind {
	if n.Type != html.ElementNode {
		return inlineElement
	}
	switch n.Data {
	case "br", "hr":
		return lineBreak
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return headingElement
	case "ul", "ol":
		return listElement
	case "table":
		return tableElement
	case "p", "div", "section", "article", "main", "blockquote", "pre", "li", "dl", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot",
		"caption", "center", "form", "fieldset", "address", "figure", "figcaption", "header", "footer", "aside", "nav", "body", "html":
		return blockElement
	}
	return inlineElement
}
