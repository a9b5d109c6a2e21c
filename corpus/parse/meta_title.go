package parse

import (
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/corpus/internal/pattern"
)

// titleLines is the title as it stands in the head: its range, and its folded words on one line.
type titleLines struct {
	start, end int
	text       string // folded, "" where there is none
}

var (
	titleEnding = pattern.MustCompile(`(?:通报|报告|公告|公示|情况|意见|反馈|通知|召开|的?(?:复函|回函|函)|公布|汇报|材料|范文|讲话|清单|进展|开展巡[察视]|台账|台帐|方案|公开|计划|分工|表|册|安排|结果)(?:\([^()]{1,24}\))?$`)
	// titleBegins matches a line that a title over several lines can begin with: its opening words, or an organisation.
	titleBegins = pattern.MustCompile(`^(?:中共|关于|\[)|[^,]关于[^,]{2,30}$|(?:党组|党委|委员会|支部|总支|工委|局|委|部|中心|公司|院|校|大学|学院|办|室|政府|集团|镇|乡|街道|区|县|市|组|处|站|社|馆)$`)
	// titleWord is a word that a title of our documents has.
	titleWord = pattern.MustCompile(`巡[察视]|整改|审计|反馈`)
	// dateLine is a line that holds a date and nothing else but a time or a source.
	dateLine = pattern.MustCompile(`^[(\[]?(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:公告|公布|发布|公开|印发|公示)?[)\]]?(?:[ ,]*\d{1,2}:\d{2}(?::\d{2})?)?(?:[ ,]*[\[(]?(?:信息来源|来源|作者|编辑|浏览|点击|阅读|访问|字号|字体|分享)[^。]*)?$`)
)

// issueNumber matches the number of an announcement in brackets behind its title.
var issueNumber = pattern.MustCompile(`[（(〔\[]\d{4}年第?\d{1,4}[号期][^（）()]{0,20}[）)]$`)

// maxTitleRunes is the length of the longest title; maxTitleLines over how many lines one may be broken.
const (
	maxTitleRunes = 120
	maxTitleLines = 3
)

// readTitle finds the title among the lines before the introduction: the first run of lines that reads as one. Where the
// text has none, a property that is the title by its name stands in.
func (m *metadata) readTitle() {
	v, l := m.head, m.parts
	if m.titleIn(v, l) {
		return
	}
	for _, name := range []string{"ArticleTitle", "名称", "标题", "信息名称", "title"} {
		for _, p := range m.x.Properties {
			if p.Name == name && titleWord.MatchString(p.Value) {
				title := bareTitle(p.Value)
				m.doc.Title = corpus.Fact(title)
				m.title.text = newView(title, 0, len(title)).text
				m.noteProperty("title", p, corpus.Stated)
				return
			}
		}
	}
	for _, s := range l.lines[:l.first] {
		i := titleLabel.FindStringIndex(v.text[s.Start:s.End])
		if i != nil && titleWord.MatchString(v.text[s.Start+i[1]:s.End]) && !strings.Contains(v.text[s.Start:s.End], "。") {
			m.setTitle(v, s.Start+i[1], s.End, v.text[s.Start+i[1]:s.End])
			return
		}
	}
	m.plainTitle(v, l)
}

// titleLabel matches the label of a title that is no property of the page.
var titleLabel = pattern.MustCompile(`^\W{0,3}(?:信息名称|文件名称|名称|标题)\W{0,3}[:|\]]`)

// bareTitle cuts the name of the site off a page's title.
func bareTitle(s string) string {
	if i := strings.Index(s, " 中共"); i >= 0 && titleWord.MatchString(s[i:]) { // the head of the sheet stands before the title
		s = strings.TrimSpace(s[i:])
	}
	for _, sep := range []string{"_", " - ", "--", "|", "-"} {
		if head, _, ok := strings.Cut(s, sep); ok && titleWord.MatchString(head) {
			return strings.TrimSpace(head)
		}
	}
	return s
}

// titleIn looks for a title that says what kind of document this is.
func (m *metadata) titleIn(v view, l layout) bool {
	for i := 0; i < l.first; i++ {
		for n := 1; n <= maxTitleLines && i+n <= l.first; n++ {
			text, ok := joinTitle(v, l.lines[i:i+n])
			if !ok {
				break
			}
			if n > 1 && strings.HasPrefix(v.text[l.lines[i+1].Start:], "中共") {
				break // a title of its own begins on the next line
			}
			if n > 1 && !titleBegins.MatchString(v.text[l.lines[i].Start:l.lines[i].End]) {
				break
			}
			if titleWord.MatchString(text) && titleEnding.MatchString(text) && !strings.HasPrefix(text, "摘要") {
				m.setTitle(v, l.lines[i].Start, l.lines[i+n-1].End, text)
				return true
			}
		}
	}
	for i := 0; i < l.first; i++ {
		if text, ok := joinTitle(v, l.lines[i:i+1]); ok && titleWord.MatchString(text) && utf8.RuneCountInString(text) >= 8 {
			m.setTitle(v, l.lines[i].Start, l.lines[i].End, text)
			return true
		}
	}
	return false
}

// joinTitle puts lines together when each of them can be a line of a title.
func joinTitle(v view, lines []corpus.Span) (string, bool) {
	var b strings.Builder
	for k, s := range lines {
		line := v.text[s.Start:s.End]
		if isLabelLine(line) || isCrumb(line) || isChapter(line) || dateLine.MatchString(line) || strings.ContainsAny(line, "。;•") || strings.HasSuffix(line, ":") {
			return "", false
		}
		if k == 0 && (strings.HasPrefix(line, "-") || strings.HasPrefix(line, "·")) {
			return "", false
		}
		b.WriteString(line)
	}
	text := b.String()
	n := utf8.RuneCountInString(text)
	return text, n >= 4 && n <= maxTitleRunes
}

func (m *metadata) setTitle(v view, start, end int, text string) {
	m.title = titleLines{start: start, end: end, text: strings.TrimSuffix(text, "#")}
	m.doc.Title = corpus.Fact(strings.TrimRight(v.printed(start, end), "#"))
	if stem, _, ok := strings.Cut(string(m.doc.Title), "（"); ok && strings.HasSuffix(string(m.doc.Title), "）") && strings.Count(m.x.Text, stem+"（") > 1 {
		m.doc.Title = corpus.Fact(stem) // the sheets of one ledger, told apart by what stands in brackets
	}
	if i := issueNumber.FindStringIndex(string(m.doc.Title)); i != nil && i[0] > 0 {
		m.doc.Title = m.doc.Title[:i[0]]
	}
	m.note("title", v, start, end, "title line", corpus.Stated)
}

// plainTitle takes the heading of a text of another kind: a first line that is short and no sentence, with running text
// below it.
func (m *metadata) plainTitle(v view, l layout) {
	for i := 0; i < l.first && i < 8; i++ {
		text, ok := joinTitle(v, l.lines[i:i+1])
		n := utf8.RuneCountInString(text)
		if ok && n >= 6 && n <= 50 && !strings.HasPrefix(text, "http") && !strings.ContainsAny(text, ">|") {
			m.setTitle(v, l.lines[i].Start, l.lines[i].End, text)
			return
		}
	}
}
