package parse

import (
	"strings"
)

// label is a word that says what the text behind it is: 整改完成情况：, 责任单位：.
type label uint8

// The labels.
const (
	noLabel         label = iota
	statusLabel           // 整改完成情况、完成状态: what became of the finding
	accountLabel          // 整改情况、整改措施: what was done
	deadlineLabel         // 整改时限
	personLabel           // 责任人
	departmentLabel       // 责任单位
	adviceLabel           // 建议: not about a finding
	otherLabel            // 原因分析, 问题表现: part of the account
)

// ofFinding reports whether a label stands under a finding and says what was done about it.
func (l label) ofFinding() bool { return l >= statusLabel && l <= departmentLabel }

// labelWords are tried longest first within a first character; the words of one row mean the same.
var labelWords = map[label][]string{
	statusLabel: {"整改完成情况", "整改完成状态", "整改结果", "完成状态", "整改状态", "完成情况", "整改进度", "办理状态", "销号情况",
		"是否完成", "整改结论", "完成进度", "整改完成进度", "目前状态", "整改销号情况", "办结情况", "当前状态",
		"整改评价", "整改评估", "整改效果评价", "评估结果", "评估结论", "验收结果", "验收结论", "验收情况", "验收意见", "认定结果", "整改认定", "认定意见", "是否销号", "销号与否", "完成与否",
		"销号状态", "销号结果", "销号进度", "办理结果", "办理情况", "办理进度", "办结状态", "进度", "状态", "结果", "现状", "整改现状", "目前进度", "目前进展", "当前进展", "当前进度", "整改阶段", "进展状态", "完成程度", "整改程度", "问题状态", "整改实效评价"},
	accountLabel: {"整改情况", "整改措施", "整改落实情况", "整改成效", "整改举措", "整改", "具体措施", "落实情况", "采取措施", "整改进展",
		"整改进展情况", "主要措施", "工作措施", "整改过程", "整改措施及成效", "整改措施和成效", "整改措施及进展", "整改工作情况", "具体整改情况",
		"整改落实", "整改效果", "整改做法", "处置情况", "处理情况", "整改回应", "整改反馈", "改进措施", "改进情况", "整改行动", "整改动作", "已采取措施", "已采取的措施", "具体做法", "主要做法", "工作举措", "整改推进情况", "落实措施", "落实举措", "对应措施", "整改进展及成效", "采取的措施", "具体整改措施", "主要整改措施", "整改做法", "措施", "成效", "整改措施及完成情况",
		"整改措施落实情况", "取得成效", "取得的成效", "工作成效", "整改内容", "整改举措及成效"},
	deadlineLabel:   {"整改时限", "完成时限", "完成时间", "整改期限", "时限", "整改时间", "时间要求", "完成期限", "计划完成时间", "完成时间要求", "限期", "时间节点", "拟完成时间", "销号时限", "销号期限", "整改完成时限", "整改完成时间"},
	personLabel:     {"责任人", "责任领导", "分管领导", "牵头领导", "包抓领导", "直接责任人", "整改责任人", "主要责任人", "牵头责任人", "具体责任人", "牵头人", "负责人", "整改负责人", "责任校领导", "责任院领导", "责任局领导", "牵头校领导", "认领领导", "包案领导", "挂牌领导", "责任同志", "第一责任人", "经办人"},
	departmentLabel: {"责任单位", "责任部门", "牵头单位", "牵头部门", "配合单位", "责任科室", "责任股室", "牵头科室", "整改责任单位", "承办单位", "主责单位", "责任处室", "牵头处室", "协办单位", "协助单位", "主办单位", "主办部门", "配合部门", "整改部门", "经办部门", "责任部室", "经办部室", "责任主体", "整改主体", "落实单位", "整改单位"},
	adviceLabel:     {"建议", "意见建议", "整改建议", "整改要求"},
	otherLabel: {"原因分析", "问题表现", "具体表现", "主要表现", "产生原因", "原因", "问题原因", "审计意见", "审计建议", "审计要求", "审计处理", "审计情况", "审计处理意见", "处理意见", "巡察建议", "整改目标",
		"问题事实", "事实", "基本事实", "定性依据", "违反规定", "问题详情", "问题类型", "问题类别"},
}

// labelsByRune holds the words by their first character, longest first, so that one look at a line's first character
// settles most lines.
var labelsByRune = indexLabels()

type labelWord struct {
	word  string
	label label
}

func indexLabels() map[rune][]labelWord {
	index := make(map[rune][]labelWord)
	for l := noLabel; l <= otherLabel; l++ {
		for _, w := range labelWords[l] {
			r, _ := decodeRune(w)
			list := append(index[r], labelWord{w, l})
			for i := len(list) - 1; i > 0 && len(list[i].word) > len(list[i-1].word); i-- {
				list[i], list[i-1] = list[i-1], list[i]
			}
			index[r] = list
		}
	}
	return index
}

// ownWords may stand before the word of a label and say whose it is.
var ownWords = []string{"我局", "我院", "我委", "我校", "我办", "我中心", "我单位", "本单位", "单位", "我镇", "我乡", "我公司", "公司", "我县", "我市", "我区", "目前", "该问题"}

// scanLabel reads the label at all[at:end]. It returns where the text behind it begins, or noLabel and at. A label ends
// with a colon, a closing bracket, or the end of the line.
func scanLabel(all string, at, end int) (label, int) {
	s := all[at:end]
	open := 0
	if r, w := decodeRune(s); r == '【' || r == '［' || r == '[' {
		open = w
	}
	if open == 0 {
		open = hasPrefix(s, ownWords)
	}
	r, _ := decodeRune(s[open:])
	for _, c := range labelsByRune[r] {
		if !strings.HasPrefix(s[open:], c.word) {
			continue
		}
		if n := labelEnd(s[open+len(c.word):], open > 0 && !isHanByte(s[0])); n >= 0 {
			return c.label, at + open + len(c.word) + n
		}
	}
	return noLabel, at
}

// labelEnd returns the number of bytes between a label's word and the text behind it, -1 where the word is no label.
func labelEnd(rest string, bracketed bool) int {
	n := skipBlanks(rest)
	if _, digits, size := digitRun(rest[n:]); digits > 0 && digits <= 2 { // 整改3：
		n += size + skipBlanks(rest[n+size:])
	} else if _, size := numeralRun(rest[n:]); size > 0 && size <= 9 {
		n += size + skipBlanks(rest[n+size:])
	}
	r, w := decodeRune(rest[n:])
	switch {
	case n == len(rest) && skipBlanks(rest) == n:
		return n
	case r == '：' || r == ':' || bracketed && (r == '】' || r == ']' || r == '］'):
		n += w
		if r, w := decodeRune(rest[n:]); bracketed && (r == '：' || r == ':') {
			n += w
		}
		return n + skipBlanks(rest[n:])
	}
	return -1
}

// labelSigns are what findLabel looks at: what a label may stand behind, and what holds sentences together.
var labelSigns = newRuneSet("（(“《）)”》。；; 　")

// hasColon reports whether s holds what ends a label.
func hasColon(s string) bool {
	return strings.Contains(s, "：") || strings.IndexByte(s, ':') >= 0 || strings.Contains(s, "】") || strings.IndexByte(s, ']') >= 0 || strings.Contains(s, "］")
}

// findLabel returns the first label inside all[at:end] that begins a sentence there, and where its word and the text
// behind it begin.
func findLabel(all string, at, end int) (found label, word, body int) {
	if !hasColon(all[at:end]) {
		return noLabel, end, end
	}
	depth := 0
	for i := at; i < end; {
		r, w := decodeRune(all[i:end])
		i += w
		if !labelSigns.has(r) {
			continue
		}
		switch r {
		case '（', '(', '“', '《':
			depth++
			continue
		case '）', ')', '”', '》':
			depth = max(0, depth-1)
		case '。', '；', ';', ' ', '　':
		default:
			continue
		}
		if depth > 0 {
			continue
		}
		for i < end {
			r, w := decodeRune(all[i:end])
			if !blank(r) {
				break
			}
			i += w
		}
		if l, b := scanLabel(all, i, end); l.ofFinding() && b > i && b < end {
			return l, i, b
		}
	}
	return noLabel, end, end
}
