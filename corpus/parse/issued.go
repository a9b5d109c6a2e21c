package parse

import (
	"strings"

	"tongjian/corpus"
)

var (
	issuingVerbs = []string{"印发", "制定", "制订", "修订", "出台", "修改", "完善", "起草", "发布", "建立", "编制", "拟定", "拟订", "新建", "修编", "重新制定", "下发", "健全", "草拟", "转发了"}
	// readingVerbs take a title that others issued.
	readingVerbs = []string{"根据", "按照", "依据", "学习", "贯彻", "落实", "对照", "违反", "执行", "依照", "遵守", "传达", "严格按", "结合"}
)

// issued lists the titles in 《》 that the unit issued or revised, as a span says: the verb stands in the same clause
// before the title, and nothing between the two says that the title is only read or followed.
func issued(all string, span corpus.Span) []string {
	titles := []string{}
	seen := make(map[string]bool)
	clause := span.Start
	inherit := false
	for i := span.Start; i < span.End; {
		r, w := decodeRune(all[i:span.End])
		switch r {
		case '。', '；', ';', '！', '\n', '：', ':', '，', ',':
			clause, inherit = i+w, false
		case '《':
			end := titleEnd(all, i, span.End)
			if end < 0 {
				return titles
			}
			lead := all[clause:i]
			if isIssuing(lead) || inherit && joins(lead) {
				title := all[i+w : end]
				if !seen[title] && title != "" {
					seen[title] = true
					titles = append(titles, title)
				}
				inherit = true
			} else {
				inherit = false
			}
			i = end
			_, w = decodeRune(all[i:span.End])
			clause = i + w
		}
		i += w
	}
	return titles
}

// titleEnd returns where the title opened by 《 at i is closed, -1 where it is not. Titles may hold titles.
func titleEnd(all string, i, end int) int {
	depth := 0
	for j, r := range all[i:end] {
		switch r {
		case '《':
			depth++
		case '》':
			depth--
			if depth == 0 {
				return i + j
			}
		case '\n':
			return -1
		}
	}
	return -1
}

func isIssuing(lead string) bool {
	at := -1
	for _, v := range issuingVerbs {
		at = max(at, strings.LastIndex(lead, v))
	}
	if at < 0 || hasAny(lead[at:], readingVerbs) || hasAny(lead[:at], []string{"学习", "贯彻", "拟", "将要", "尚未", "未"}) {
		return false
	}
	return !hasAny(lead[at:], []string{"前", "后"})
}

// joins reports whether what stands between two titles joins them in one list.
func joins(between string) bool {
	switch strings.TrimSpace(between) {
	case "", "、", "和", "及", "以及", "与":
		return true
	}
	return hasPrefix(between, []string{"等", "（", "("}) > 0
}
