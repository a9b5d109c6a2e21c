package extract

import (
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"tongjian/corpus"
)

// unseen are the elements that a reader of the page never sees as text.
const unseen = "script, style, noscript, template, iframe, svg, canvas, object, audio, video, select, button, input, textarea, " +
	"[hidden], [aria-hidden=true], link, meta, base"

var hiddenStyle = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)

// dropUnseen removes elements that are not shown.
func dropUnseen(page *goquery.Document) {
	page.Find(unseen).Remove()
	page.Find("[style]").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return hiddenStyle.MatchString(s.AttrOr("style", ""))
	}).Remove()
}

// furnitureHint matches an id, class or role of an element that is no part of the text.
var furnitureHint = regexp.MustCompile(`(?i)(^|[\s_-])(nav|navi|navbar|navigation|menu|breadcrumbs?|crumbs?|position|location|dqwz|wz|curpos|share|bdsharebuttonbox|bdshare|` +
	`social|print|toolbar|tools?|footer|foot|copyright|header|head|top|topbar|sidebar|side|aside|login|search|qrcode|ewm|erweima|related|xgxw|recommend|` +
	`prevnext|prev|next|page|pager|pagination|friendlink|links?|banner|advert|ad|comment|font-?size|fontsize)([\s_-]|$)`)

// maxFurniture is the most running text, in Chinese characters outside links, that furniture can hold. An element with
// more is content, whatever its class says.
const maxFurniture = 150

// dropFurniture removes navigation, breadcrumbs, share and print bars, footers and lists of links.
func dropFurniture(page *goquery.Document) {
	page.Find("nav, footer, aside, header, [role=navigation], [role=banner], [role=contentinfo], [class], [id]").Each(func(_ int, s *goquery.Selection) {
		switch goquery.NodeName(s) {
		case "nav", "footer", "aside", "header":
		case "html", "body", "article", "main", "h1", "h2", "td", "th", "tr", "p", "span", "font":
			return
		default:
			hint := s.AttrOr("class", "") + " " + s.AttrOr("id", "") + " " + s.AttrOr("role", "")
			if !furnitureHint.MatchString(hint) && s.AttrOr("role", "") == "" {
				return
			}
		}
		if s.Find("h1").Length() == 0 && runningText(s.Get(0)) < maxFurniture {
			s.Remove()
		}
	})
	page.Find("ul, ol, dl").Each(func(_ int, s *goquery.Selection) {
		if isLinkList(s.Get(0)) {
			s.Remove()
		}
	})
}

// isLinkList reports whether nearly all text of a list stands in its links, of which there are several.
func isLinkList(n *html.Node) bool {
	links := 0
	each(n, func(m *html.Node) {
		if m.Type == html.ElementNode && m.Data == "a" {
			links++
		}
	})
	return links >= 3 && runningText(n)*5 < allText(n)
}

// each calls f for n and everything below it, in document order, without recursion: pages may nest without bound.
func each(n *html.Node, f func(*html.Node)) {
	for m := n; m != nil; {
		f(m)
		if m.FirstChild != nil {
			m = m.FirstChild
			continue
		}
		for m != n && m.NextSibling == nil {
			m = m.Parent
		}
		if m == n {
			return
		}
		m = m.NextSibling
	}
}

// allText counts the Chinese characters below n; runningText those outside links.
func allText(n *html.Node) int {
	total := 0
	each(n, func(m *html.Node) {
		if m.Type == html.TextNode {
			total += hanCount(m.Data)
		}
	})
	return total
}

func runningText(n *html.Node) int { return allText(n) - linkText(n) }

func linkText(n *html.Node) int {
	total := 0
	each(n, func(m *html.Node) {
		if m.Type == html.TextNode && inLink(m, n) {
			total += hanCount(m.Data)
		}
	})
	return total
}

// inLink looks a few levels up only: a link holds text, not a page.
func inLink(m, top *html.Node) bool {
	for p, i := m.Parent, 0; p != nil && p != top.Parent && i < 6; p, i = p.Parent, i+1 {
		if p.Type == html.ElementNode && p.Data == "a" && hasAttr(p, "href") {
			return true
		}
	}
	return false
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// containers are where the content management systems of government sites put the text of an article.
const containers = "#zoom, #Zoom, #UCAP-CONTENT, .TRS_Editor, .TRS_UEDITOR, .trs_editor_view, #vsb_content, .v_news_content, .wp_articlecontent, #js_content, " +
	".rich_media_content, .pages_content, .article-content, .article_content, .articleContent, #articleContent, .news_content, #NewsContent, " +
	".xxgk_content, .content-text, .detail-content, .bt_content, .main-txt, .Custom_UnionStyle, [itemprop=articleBody], article"

// mainNode finds the element that holds the main text: a known container where it has most of the page's running text,
// else the deepest element that still has nearly all of it.
func mainNode(page *goquery.Document) *html.Node {
	body := page.Find("body").First()
	if body.Length() == 0 {
		return page.Get(0)
	}
	sizes := runningSizes(body.Get(0))
	all := sizes[body.Get(0)]
	var best *html.Node
	page.Find(containers).Each(func(_ int, s *goquery.Selection) {
		if n := s.Get(0); best == nil || sizes[n] > sizes[best] {
			best = n
		}
	})
	if best != nil && sizes[best]*2 >= all && sizes[best] > 0 {
		return best
	}
	return densest(body.Get(0), sizes)
}

// runningSizes counts the running text of every element at or below n.
func runningSizes(n *html.Node) map[*html.Node]int {
	sizes := map[*html.Node]int{}
	each(n, func(m *html.Node) {
		if m.Type != html.TextNode || inLink(m, n) {
			return
		}
		count := hanCount(m.Data)
		// Nothing is added above a bounded number of levels: the parser itself bounds the nesting, this bounds the cost.
		for p, i := m.Parent, 0; count > 0 && p != nil && i < 1024; p, i = p.Parent, i+1 {
			sizes[p] += count
			if p == n {
				break
			}
		}
	})
	return sizes
}

// densest goes down from n as long as one child holds nearly all of the running text, and stops above paragraphs.
func densest(n *html.Node, sizes map[*html.Node]int) *html.Node {
	for {
		var next *html.Node
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && sizes[c]*10 >= sizes[n]*9 && sizes[c] > 0 && isContainer(c.Data) {
				next = c
			}
		}
		if next == nil {
			return n
		}
		n = next
	}
}

func isContainer(tag string) bool {
	switch tag {
	case "div", "section", "article", "main", "table", "tbody", "tr", "td", "form", "center", "body", "span", "font", "dl", "dd":
		return true
	}
	return false
}

// headline returns the title to put above the main text where it stands outside: the page's visible heading that its
// <title> or ArticleTitle repeats, else its first <h1>.
func headline(page *goquery.Document, main *html.Node, meta []corpus.Property) string {
	inside := foldBlanks(textOf(main, 4096))
	var named []string
	for _, p := range meta {
		if p.Name == "ArticleTitle" || p.Name == "title" {
			named = append(named, foldBlanks(p.Value))
		}
	}
	found := ""
	page.Find("h1, h2, h3, [class*=title], [class*=Title], [id*=title], [class*=bt], [class*=biaoti], td, div, p").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		n := s.Get(0)
		if n == main || contains(n, main) || contains(main, n) {
			return true
		}
		text := oneLine(textOf(n, 600))
		folded := foldBlanks(text)
		if hanCount(text) < 6 || len(folded) > 450 {
			return true
		}
		for _, t := range named {
			if strings.HasPrefix(t, folded) || strings.HasPrefix(folded, t) && len(folded) < len(t)+30 {
				found = text
				return false
			}
		}
		if goquery.NodeName(s) == "h1" && found == "" {
			found = text
		}
		return true
	})
	if found == "" || strings.Contains(inside, foldBlanks(found)) {
		return ""
	}
	return found
}

func foldBlanks(s string) string {
	return strings.Map(func(r rune) rune {
		if isBlank(r) || r == '\n' {
			return -1
		}
		return r
	}, s)
}

// contains reports whether n stands at or below top.
func contains(top, n *html.Node) bool {
	for p := n; p != nil; p = p.Parent {
		if p == top {
			return true
		}
	}
	return false
}

// textOf returns the text below n, at most about limit bytes.
func textOf(n *html.Node, limit int) string {
	var b strings.Builder
	each(n, func(m *html.Node) {
		if m.Type == html.TextNode && b.Len() < limit {
			b.WriteString(m.Data)
		}
	})
	return b.String()
}
