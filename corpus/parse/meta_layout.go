package parse

import (
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/corpus/internal/pattern"
)

// layout says where the parts stand that metadata is read from, as ranges of a view. The introduction is what stands
// between the title and the first heading; the opening adds the chapters before the findings, which tell how the
// rectification was organised and what came out of it.
type layout struct {
	lines   []corpus.Span
	intro   corpus.Span
	opening corpus.Span
	first   int // index of the first line of the introduction
	// inspects tells that the introduction was found by what it says, not only as the first running text.
	inspects bool
}

// introBytes and openingBytes bound the two parts.
const (
	introBytes   = 6 << 10
	openingBytes = 12 << 10
)

// layoutOf finds the parts. The introduction begins at the first line that says who inspected whom, else at the first
// line of running text.
func layoutOf(v view) layout {
	l := layout{lines: v.lines()}
	if len(l.lines) == 0 {
		return l
	}
	l.first, l.inspects = introLine(v, l.lines)
	if l.first == len(l.lines) {
		l.intro = corpus.Span{Start: len(v.text), End: len(v.text)}
		l.opening = l.intro
		return l
	}
	end, opening := l.first+1, 0
	for end < len(l.lines) && !isChapter(v.text[l.lines[end].Start:l.lines[end].End]) {
		end++
	}
	opening = end
	for opening < len(l.lines) && !beginsFindings(v.text[l.lines[opening].Start:l.lines[opening].End], opening > end) {
		opening++
	}
	l.intro = clip(l.lines, l.first, end, introBytes)
	l.opening = clip(l.lines, l.first, opening, openingBytes)
	if head, _, ok := strings.Cut(v.text[l.intro.Start:l.intro.End], "一、"); ok && end == l.first+1 && len(head) > 60 {
		l.opening.End = max(l.opening.End, l.intro.End)
	}
	return l
}

// clip returns the range of lines[from:to], at most limit bytes of it.
func clip(lines []corpus.Span, from, to, limit int) corpus.Span {
	s := corpus.Span{Start: lines[from].Start, End: lines[from].End}
	for _, line := range lines[from:to] {
		if line.End-s.Start > limit && s.End > s.Start {
			break
		}
		s.End = line.End
	}
	return s
}

var (
	inspects = pattern.MustCompile(`巡[察视].{0,90}(?:进行|开展|反馈|实施)|(?:对|向).{2,60}(?:进行|开展|反馈).{0,20}(?:巡[察视]|审计)|审计.{0,60}(?:情况报告如下|函告|进行了?审计)|根据.{0,40}(?:巡[察视]|审计)|按照.{0,40}(?:巡[察视]|审计)`)
	sentence = pattern.MustCompile(`[。;]|[,，].*[,，]|(?:如下|公布|公开|公示|通报)[:：]?$|^\d{4}年|^\d{1,2}月\d{1,2}日|^近日|\d{1,2}月\d{1,2}日[至到-].{1,16}对`)
)

// introLine returns the index of the line that the introduction begins with, len(lines) where there is no running text.
func introLine(v view, lines []corpus.Span) (line int, inspected bool) {
	running := -1
	for i, s := range lines {
		line := v.text[s.Start:s.End]
		n := utf8.RuneCountInString(line)
		if n < 12 || isLabelLine(line) || isCrumb(line) {
			continue
		}
		if n >= 20 && sentence.MatchString(line) && (inspects.MatchString(line) || damagedIntro.MatchString(line)) && !isTitleShape(line) {
			return i, true
		}
		if running < 0 && (strings.Contains(line, "。") || n >= 60 || n >= 20 && strings.Contains(line, ",")) && !isTitleShape(line) {
			running = i
		}
	}
	if running >= 0 {
		return running, false
	}
	return len(lines), false
}

var damagedIntro = pattern.MustCompile(`第察组|巡[察视]组`)

// tellsPeriod matches a line that says when something was inspected, which no title does.
var tellsPeriod = pattern.MustCompile(`\d{1,2}月\d{1,2}日.{0,40}(?:巡[察视]|审计|反馈)`)

// isTitleShape reports whether a line ends as titles do and has no full stop.
func isTitleShape(line string) bool {
	return !strings.Contains(line, "。") && !tellsPeriod.MatchString(line) && titleEnding.MatchString(line) && !strings.Contains(line, "如下") && !strings.Contains(line, "现将")
}

var chapterLine = pattern.MustCompile(`^(?:##\w+##)?(?:[一二三四五六七八九十]{1,3}[、.,]|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、](?:\D|$)|\(\d{1,2}\)|第[一二三四五六七八九十]+[部章]|问题[一二三四五六七八九十\d]+[:.、]?)`)

// isChapter reports whether a line begins a chapter or an item.
func isChapter(line string) bool { return chapterLine.MatchString(line) }

// openingWords stand in the headings of the chapters before the findings.
var openingWords = pattern.MustCompile(`组织|基本情况|总体|领导|站位|担当|部署|推进|概况|工作情况|主体责任|责任落实|机制|评价`)

// findingLead begins the heading of a finding, or of a group of findings.
var findingLead = pattern.MustCompile(`^.{0,12}(?:关于|针对|对于|反馈问题|问题[一二三四五六七八九十\d])|问题(?:整改|的整改|。?$)|^.{1,10}聚焦.*方面`)

var topChapter = pattern.MustCompile(`^(?:##\w+##)?[一二三四五六七八九十]{1,3}[、.,]`)

// beginsFindings reports whether the findings begin at a line: at a finding's own heading, or at a first-level heading that has no
// word of the opening.
func beginsFindings(line string, inside bool) bool {
	if !isChapter(line) {
		return false
	}
	head := line
	if i := strings.IndexAny(head, "。"); i > 0 {
		head = head[:i]
	}
	if findingLead.MatchString(head) && !openingWords.MatchString(head) {
		return true
	}
	if topChapter.MatchString(line) {
		return !openingWords.MatchString(head)
	}
	return !inside && !openingWords.MatchString(head)
}

// labelLine matches a line of labelled values, as pages print them around a text.
var labelLine = pattern.MustCompile(`^\W{0,3}(?:索引号|信息索引号|文号|发文字号|发布机构|发布单位|发文单位|发文机关|公开主体|信息来源|稿件来源|文章来源|来源|作者|发布日期|发布时间|发表时间|发文日期|成文日期|生成日期|公开日期|公布日期|时间|日期|名称|标题|主题分类|主题词|有效性|信息名称|信息分类|责任编辑|编辑|浏览次数|浏览量|点击数|点击量|访问量|字号|字体|视力保护色|打印|分享到|分享|今天是|撰稿人?|审核|一审)\W{0,3}[:|\]]`)

func isLabelLine(line string) bool {
	return labelLine.MatchString(line) && !strings.Contains(line, "。") // 巡察时间：…。市委第三巡察组… is text
}

// isCrumb reports whether a line is a breadcrumb.
func isCrumb(line string) bool {
	return strings.Contains(line, ">") && strings.Contains(line, "首页") || strings.Contains(line, ">>") || strings.Contains(line, "当前位置") ||
		strings.Contains(line, "所在位置") || strings.Count(line, ">") >= 2
}
