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
	"rt, rp, link, meta, base"

// The styles that hide an element; the first of them hides text only, unless an element inside sets its own size.
var (
	zeroSize    = regexp.MustCompile(`(?i)(?:^|;)\s*font-size\s*:\s*0+(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:!important\s*)?(?:;|$)`)
	hiddenStyle = regexp.MustCompile(`(?i)(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0+(?:\.0+)?\s*(?:!important\s*)?(?:;|$)|` +
		`(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}(?:px|em|pt))`)
	noHeight = regexp.MustCompile(`(?i)(?:^|;)\s*(?:max-)?height\s*:\s*0+(?:px|pt|em)?\s*(?:;|$)`)
	overflow = regexp.MustCompile(`(?i)overflow(?:-y)?\s*:\s*hidden`)
)

// dropUnseen removes elements that are not shown. What holds most of the page's text is shown by a script later, whatever
// its style says.
func dropUnseen(page *goquery.Document) {
	page.Find(unseen).Remove()
	sizes := measure(page.Get(0))
	most := sizes[page.Get(0)].running
	page.Find("[style], [hidden], [aria-hidden=true]").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return sizes[s.Get(0)].running*2 <= most && isHidden(s)
	}).Remove()
}

// isHidden reports whether an element is hidden by its attributes.
func isHidden(s *goquery.Selection) bool {
	if _, hidden := s.Attr("hidden"); hidden || s.AttrOr("aria-hidden", "") == "true" {
		return true
	}
	style := s.AttrOr("style", "")
	switch {
	case hiddenStyle.MatchString(style), noHeight.MatchString(style) && overflow.MatchString(style):
		return true
	}
	return zeroSize.MatchString(style) && s.Find("[style*=font], font, [class]").Length() == 0
}

// furnitureHint matches an id, class or role of an element that is no part of the text.
var furnitureHint = regexp.MustCompile(`(?i)(^|[\s_-])(nav|navi|navbar|navigation|menu|breadcrumbs?|crumbs?|position|location|dqwz|wz|curpos|share|bdsharebuttonbox|bdshare|` +
	`social|print|toolbar|tools?|footer|foot|copyright|header|head|top|topbar|sidebar|side|aside|login|search|qrcode|ewm|erweima|related|xgxw|recommend|` +
	`prevnext|prev|next|page|pager|pagination|friendlink|links?|banner|advert|ad|comment|font-?size|fontsize)([\s_-]|$)`)

// maxFurniture is the most running text, in Chinese characters outside links, that furniture can hold. An element with
// more is content, whatever its class says.
const maxFurniture = 150

// mass counts the Chinese characters at or below an element: all of them, those outside links, and the links.
type mass struct{ all, running, links int }

// measure counts every node at or below n once. The parser bounds the nesting, and so the recursion.
func measure(n *html.Node) map[*html.Node]mass {
	sizes := map[*html.Node]mass{}
	measureInto(n, false, sizes)
	return sizes
}

func measureInto(n *html.Node, inLink bool, sizes map[*html.Node]mass) mass {
	var m mass
	if n.Type == html.TextNode {
		m.all = hanCount(n.Data)
		if !inLink {
			m.running = m.all
		}
		return m
	}
	if n.Type == html.ElementNode && n.Data == "a" && attr(n, "href") != "" {
		inLink = true
		m.links = 1
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		below := measureInto(c, inLink, sizes)
		m.all += below.all
		m.running += below.running
		m.links += below.links
	}
	if n.Type == html.ElementNode || n.Type == html.DocumentNode {
		sizes[n] = m
	}
	return m
}

// isLinkList reports whether nearly all text of an element stands in its links, of which there are several.
func (m mass) isLinkList() bool { return m.links >= 3 && m.running*5 < m.all }

// dropFurniture removes navigation, breadcrumbs, share and print bars, footers and lists of links.
func dropFurniture(page *goquery.Document, sizes map[*html.Node]mass) {
	page.Find("nav, footer, aside, header, [role], [class], [id]").Each(func(_ int, s *goquery.Selection) {
		if isFurniture(s) && s.Find("h1").Length() == 0 && sizes[s.Get(0)].running < maxFurniture {
			s.Remove()
		}
	})
	page.Find("ul, ol, dl, table, tr, div, p").Each(func(_ int, s *goquery.Selection) {
		if sizes[s.Get(0)].isLinkList() {
			s.Remove()
		}
	})
}

// isFurniture reports whether an element is furniture by its name, class, id or role.
func isFurniture(s *goquery.Selection) bool {
	switch goquery.NodeName(s) {
	case "nav", "footer", "aside", "header":
		return true
	case "html", "body", "article", "main", "h1", "h2", "td", "th", "tr", "p", "span", "font":
		return false
	}
	switch s.AttrOr("role", "") {
	case "navigation", "banner", "contentinfo", "search":
		return true
	}
	return furnitureHint.MatchString(s.AttrOr("class", "") + " " + s.AttrOr("id", ""))
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

// containers are where the content management systems of government sites put the text of an article.
const containers = "#zoom, #Zoom, #UCAP-CONTENT, .TRS_Editor, .TRS_UEDITOR, .trs_editor_view, #vsb_content, .v_news_content, .wp_articlecontent, #js_content, " +
	".rich_media_content, .pages_content, .article-content, .article_content, .articleContent, #articleContent, .news_content, #NewsContent, " +
	".xxgk_content, .content-text, .detail-content, .bt_content, .main-txt, .Custom_UnionStyle, [itemprop=articleBody], article"

// mainNode finds the element that holds the main text: a known container where it has a good part of the page's running text,
// else the deepest element that still has nearly all of it.
func mainNode(page *goquery.Document, sizes map[*html.Node]mass) *html.Node {
	body := page.Find("body").First()
	if body.Length() == 0 {
		return page.Get(0)
	}
	all := sizes[body.Get(0)].running
	var best *html.Node
	page.Find(containers).Each(func(_ int, s *goquery.Selection) {
		if n := s.Get(0); best == nil || sizes[n].running > sizes[best].running {
			best = n
		}
	})
	if best != nil && sizes[best].running*3 >= all && sizes[best].running > 0 {
		return best
	}
	return densest(body.Get(0), sizes)
}

// densest goes down from n as long as one child holds nearly all of the running text, and stops above paragraphs.
func densest(n *html.Node, sizes map[*html.Node]mass) *html.Node {
	for {
		var next *html.Node
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && sizes[c].running*10 >= sizes[n].running*9 && sizes[c].running > 0 && isContainer(c.Data) {
				next = c
			}
		}
		if next == nil || next.Data == "table" && readGrid(next).isData() {
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

// maxHeadline is the length of the longest title, in Chinese characters.
const maxHeadline = 150

// headline returns the title to put above the main text where it stands outside: the page's visible heading that its
// <title> or ArticleTitle repeats, else its first <h1>.
func headline(page *goquery.Document, main *html.Node, meta []corpus.Property, sizes map[*html.Node]mass) string {
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
		if n == main || sizes[n].all > maxHeadline || contains(n, main) || contains(main, n) {
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
