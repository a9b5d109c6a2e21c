package extract

import (
	"regexp"
	"strings"

	"tongjian/corpus"
)

// propertyNames are the labels that government pages print above and below a text. Their values are kept as
// properties, under the name without its inner blanks.
const propertyNames = "索引号|信息索引号|文号|发文字号|发布机构|发布单位|发文单位|发文机关|公开主体|信息来源|稿件来源|文章来源|来源|作者|" +
	"发布日期|发布时间|发表时间|发文日期|成文日期|生成日期|公开日期|公布日期|填报单位|填表单位|整改单位|填报日期|填报时间|填表日期|时间|日期|名称|标题|主题分类|主题词|有效性|信息名称|信息分类|责任编辑|编辑"

// boundaryNames are labels that end a value and are worth nothing themselves.
const boundaryNames = "点击|更新时间|录入时间|浏览次数|浏览量|阅读次数|阅读量|点击数|点击量|点击率|访问量|访问次数|字号|字体|字体大小|视力保护色|打印|分享到|分享|保护视力色|大中小|审核"

// label matches a property's label and what sets it off: 索 引 号：, [ 发布日期 ], 来源:, 名称 |. Before it stands a blank, a separator or
// the last digit of the value before.
var label = regexp.MustCompile(`(^|[\s\p{Zs}|\[【(（;；，\d])(` + spaced(propertyNames+"|"+boundaryNames) + `)(?:[\s\p{Zs}]*[\]】]?[\s\p{Zs}]*[:：]|[\s\p{Zs}]*[\]】]|[\s\p{Zs}]*\|)`)

// spaced lets blanks stand between all characters of the names.
func spaced(names string) string {
	var b strings.Builder
	runes := []rune(names)
	for i, r := range runes {
		b.WriteRune(r)
		if i+1 < len(runes) && r != '|' && runes[i+1] != '|' {
			b.WriteString(`[\s\p{Zs}]*`)
		}
	}
	return b.String()
}

// maxLabelLine is the length in bytes above which a line is running text, whose colons are no labels; headLines and tailLines
// are how far from the top and from the end labels are looked for.
const (
	maxLabelLine = 600
	headLines    = 60
	tailLines    = 8
)

// labelled reads the labelled values that stand in the first and the last lines of a text.
func labelled(text string, blocks []corpus.Block) []corpus.Property {
	var out []corpus.Property
	for i, b := range blocks {
		if i >= headLines && i < len(blocks)-tailLines {
			continue
		}
		if b.Kind == corpus.BlockCell || b.Span.Len() > maxLabelLine {
			continue
		}
		for _, p := range labelsOf(b.Span.Of(text)) {
			p.Span.Start += b.Span.Start
			p.Span.End += b.Span.Start
			out = append(out, p)
		}
	}
	return out
}

// labelsOf reads the labelled values of one line; their spans are offsets into the line.
func labelsOf(line string) []corpus.Property {
	if !containsAny(line, ":", "：", "|", "]", "】") {
		return nil
	}
	marks := label.FindAllStringSubmatchIndex(line, -1)
	var out []corpus.Property
	for i, m := range marks {
		end := len(line)
		if i+1 < len(marks) {
			end = marks[i+1][4]
		}
		name := squeeze(line[m[4]:m[5]])
		start, end := trimValue(line, m[1], end)
		if start == end || strings.Contains("|"+boundaryNames+"|", "|"+name+"|") {
			continue
		}
		out = append(out, corpus.Property{Name: name, Value: line[start:end], Span: &corpus.Span{Start: start, End: end}})
	}
	return out
}

// trimValue takes blanks and separators from both ends of line[start:end].
func trimValue(line string, start, end int) (int, int) {
	value := line[start:end]
	left := strings.TrimLeftFunc(value, isSeparator)
	start += len(value) - len(left)
	return start, start + len(strings.TrimRightFunc(left, isSeparator))
}

func isSeparator(r rune) bool { return isBlank(r) || strings.ContainsRune("|[【(（;；:：，", r) }

// squeeze removes all blanks.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if isBlank(r) {
			return -1
		}
		return r
	}, s)
}
