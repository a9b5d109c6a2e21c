package extract

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"tongjian/corpus"
)

// readHTML reads a web page: its main text in blocks, its metadata as properties. Navigation, page furniture and hidden
// elements give no blocks.
func readHTML(source string, data []byte, lim Limits) (*corpus.Extract, error) {
	d := decode(data, declaredCharset(data))
	if d.unreadable() {
		return nil, unsupported(source, "编码不明的网页")
	}
	root, err := html.Parse(strings.NewReader(d.text))
	if err != nil { // the parser refuses markup that nests too deep; the words are still there
		return markedText(source, d, lim)
	}
	page := goquery.NewDocumentFromNode(root)
	meta := metaProperties(page)
	dropUnseen(page)
	body := page.Find("body").First()
	sizes := measure(root)
	outside := pageTable(page, sizes)
	dropFurniture(page, sizes)
	sizes = measure(root)
	main := mainNode(page, sizes)
	w := &walker{b: &builder{limit: lim.Blocks}, depth: lim.Depth}
	if title := headline(page, main, meta, sizes); title != "" {
		w.b.add(title, corpus.Block{Kind: corpus.BlockHeading, Level: 1})
	}
	w.walk(main, 0)
	w.flush()
	if len(w.b.blocks) == 0 && body.Length() > 0 { // all of it looked like furniture
		return markedText(source, d, lim)
	}
	x, err := w.b.extract(source, "html", d)
	if err != nil {
		return nil, err
	}
	x.Properties = mergeProperties(append(labelled(x.Text, x.Blocks), tableProperties(x)...), outside, meta)
	return x, nil
}

// markedText reads a page as marked text: line by line at the elements that break lines, without its structure.
func markedText(source string, d decoded, lim Limits) (*corpus.Extract, error) {
	w := &walker{b: &builder{limit: lim.Blocks}, like: corpus.Block{Kind: corpus.BlockParagraph}}
	z := html.NewTokenizer(strings.NewReader(d.text))
	skip := ""
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		t := z.Token()
		switch {
		case kind == html.TextToken && skip == "":
			w.write(t.Data)
		case kind == html.StartTagToken && skip == "" && (t.Data == "script" || t.Data == "style" || t.Data == "title" || t.Data == "noscript"):
			skip = t.Data
		case kind == html.EndTagToken && t.Data == skip:
			skip = ""
		case kind != html.TextToken && kindOf(&html.Node{Type: html.ElementNode, Data: t.Data}) != inlineElement:
			w.flush()
		}
	}
	w.flush()
	x, err := w.b.extract(source, "html", d)
	if err != nil {
		return nil, err
	}
	x.Properties = labelled(x.Text, x.Blocks)
	return x, nil
}

// charset matches the charset of a <meta> element, in both of its forms, or of an XML declaration.
var charset = regexp.MustCompile(`(?i)(?:<meta[^>]{0,200}charset|<\?xml[^>]{0,100}encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})`)

// declaredCharset returns the charset that a page declares in its first bytes, or "".
func declaredCharset(data []byte) string {
	if m := charset.FindSubmatch(data[:min(len(data), 8192)]); m != nil {
		return string(bytes.ToLower(m[1]))
	}
	return ""
}

// metaNames are the <meta> names that say something about the document, in lower case, under the property's name.
var metaNames = map[string]string{
	"articletitle": "ArticleTitle", "pubdate": "PubDate", "publishdate": "PubDate", "contentsource": "ContentSource",
	"author": "Author", "og:title": "ArticleTitle", "article:published_time": "PubDate", "columnname": "ColumnName",
	"sitename": "SiteName", "keywords": "Keywords",
}

// metaProperties reads <meta> elements and the <title>.
func metaProperties(page *goquery.Document) []corpus.Property {
	var out []corpus.Property
	page.Find("meta").Each(func(_ int, s *goquery.Selection) {
		name, ok := s.Attr("name")
		if !ok {
			name = s.AttrOr("property", "")
		}
		known := metaNames[strings.ToLower(strings.TrimSpace(name))]
		value := oneLine(s.AttrOr("content", ""))
		if known != "" && value != "" {
			out = append(out, corpus.Property{Name: known, Value: value})
		}
	})
	if t := oneLine(page.Find("#publish_time").First().Text()); t != "" { // pages of WeChat
		out = append(out, corpus.Property{Name: "PubDate", Value: t})
	}
	if t := oneLine(page.Find("title").First().Text()); t != "" {
		out = append(out, corpus.Property{Name: "title", Value: t})
	}
	return out
}

// oneLine makes one line of text that markup may have broken: blanks collapse to one.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(dropControls(s), func(r rune) bool { return isBlank(r) || r == '\n' || r == '\r' }), " ")
}

// dropControls removes what carries no meaning but keeps line ends, which separate words here.
func dropControls(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return '\n'
		}
		if isMeaningless(r) {
			return -1
		}
		return r
	}, s)
}

// mergeProperties joins lists of properties; of two with the same name and value the first stays, so those that stand
// in the text go before the others.
func mergeProperties(lists ...[]corpus.Property) []corpus.Property {
	type key struct{ name, value string }
	seen := map[key]bool{}
	var out []corpus.Property
	for _, list := range lists {
		for _, p := range list {
			if k := (key{p.Name, p.Value}); !seen[k] {
				seen[k] = true
				out = append(out, p)
			}
		}
	}
	return out
}
