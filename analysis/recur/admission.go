package recur

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/corpus/similar"
)

// Admission is a passage in which a document itself says that a problem was found before. Text is the bytes of the
// document's text that Span covers: the sentence, or the part of it between semicolons.
type Admission struct {
	Text string
	Span corpus.Span
	// Names are the problems that the passage names as the earlier ones, where it does: 上一轮巡察反映的A、B等问题仍有存在.
	Names []string

	profiles []similar.Profile // of Names
}

// earlier is what says that an inspection, audit or review of the past is meant.
const earlier = `(?:上一?轮|上一?次|上一?届|前[一几]?轮|往届|往年|历次|以往|此前|首轮|前期|20\d\d年)[^，,。；;]{0,12}?(?:巡视|巡察|审计|督察|督查|检查|整改|反馈|指出|反映|点出|点到|移交)`

var (
	earlierMark = regexp.MustCompile(earlier)
	// lasting says that a problem is still there. What it begins with matters: 仍, 未, 再.
	lasting = regexp.MustCompile(`仍|依然|依旧|至今|尚未|还未|还没|还存在|还有|未(?:彻底|完全|真正|按期|按时|全部|全面|有效|能|得到|及时)?(?:整改|改正|解决|落实|完成|销号|到位|纠正|根治|改)|没有(?:得到|彻底|真正|完全|及时)*(?:整改|改正|解决|落实|完成|纠正|改)|整改[^，,。；;]{0,6}?不(?:到位|彻底|力|实|够|及时|严|深|扎实)|不(?:彻底|到位|力)|悬而未决|尾巴|又(?:出现|发生|存在|犯)|再[次度](?:出现|发生|存在|违|被|犯|发现|反馈|指出|成为|暴露)|再现|重复(?:出现|发生)|反复(?:出现|发生)|反弹|回潮|复发|不了了之|敷衍|变通|纸面|搁置|拖泥带水|走过场|流于形式|缓慢|滞后`)
	// relapse says by itself that a problem came back.
	relapse = regexp.MustCompile(`屡(?:查|改|禁|纠|教|罚)[屡不]?(?:犯|改|止)|边(?:查|改|整)边犯|(?:前|边)改后犯|前清后(?:乱|欠)|改[了而后]?[又复再]犯|死灰复燃|反弹回潮|回潮反弹|老问题(?:仍|依然|反复|又|再|没有|未|尚)|(?:仍|依然|还)?存在老问题|反复(?:出现|发生)|(?:多次|反复)(?:指出|提醒|反馈|要求)[^。；;]{0,16}(?:仍|未|不|没有)`)
	// prevented says that what follows is to be kept from happening, or is asked, not told.
	prevented = regexp.MustCompile(`防止|防范|防反弹|杜绝|避免|严防|谨防|预防|遏制|确保|坚决|不再|未再|没有再|不会|是否|着力解决|着力纠治|整治|根治|紧盯|聚焦|盯住|对容易|对于容易|如有|若|凡是|对(?:屡|边|反复|老)`)
	// settled says that what was wrong is put right.
	settled = regexp.MustCompile(`(?:均|都|已|全部|全面|基本|顺利|彻底)+(?:得到|按期|按要求|如期|落实|全部|全面)*(?:整改|完成|解决|销号|改正|纠正|办结|到位|根除|清零)|整改(?:完毕|完成)|未发现|没有发现|未出现|没有出现|不存在|得到(?:有效)?(?:解决|遏制|纠正|根治|整改)|未反弹|没有反弹|无反弹|未见反弹|零反弹`)
	// kept is what a word for lasting is followed by where something good lasts.
	kept = regexp.MustCompile(`^然?(?:坚持|保持|继续|在持续|需坚持|需巩固|注重|严格)`)
	// negation right before a word turns it round.
	negation = regexp.MustCompile(`(?:未|没有|没|尚未|仍未|并未|未能|不|零|无|未见)(?:能|出现|发生|发现|全部|完全|彻底|真正|按期|按时|得到|有效)*$`)
	// named is the list of earlier problems: what stands between 反映的 and 等问题.
	named = regexp.MustCompile(`(?:反映|反馈|指出|点出|点到|发现|移交)(?:了|过)?的[“"‘]?([^。；;]+?)[”"’]?(?:等(?:\d+|[一二三四五六七八九十]+)?[个项类条]?)?(?:突出|共性)?问题`)
)

// admissionIn returns the passage of a finding that says that it was found before, nil where none does. What a unit says of
// its own measures counts only in the statement: there the account tells what was done since.
func admissionIn(d *corpus.Document, f *corpus.Finding) *Admission {
	spans := []corpus.Span{f.StatementSpan}
	if d.DocType == corpus.InspectionReport || d.DocType == corpus.Feedback {
		spans = append(spans, f.AccountSpan)
	}
	for _, span := range spans {
		if span.End > len(d.Text) || span.Len() <= 0 {
			continue
		}
		for _, s := range sentences(span.Of(d.Text)) {
			if passage := s.Of(span.Of(d.Text)); admits(passage) {
				at := corpus.Span{Start: span.Start + s.Start, End: span.Start + s.End}
				return newAdmission(passage, at)
			}
		}
	}
	return nil
}

func newAdmission(passage string, at corpus.Span) *Admission {
	a := &Admission{Text: passage, Span: at}
	if m := named.FindStringSubmatch(passage); m != nil {
		for name := range strings.FieldsFuncSeq(m[1], func(r rune) bool { return strings.ContainsRune("、，,", r) }) {
			if utf8.RuneCountInString(name) >= 3 {
				a.Names = append(a.Names, name)
				a.profiles = append(a.profiles, similar.Of(name))
			}
		}
	}
	return a
}

// sentences cuts a text at 。；！？ and line ends, without blanks around each piece.
func sentences(text string) []corpus.Span {
	var out []corpus.Span
	start := 0
	cut := func(end int) {
		piece := text[start:end]
		from := start + len(piece) - len(strings.TrimLeft(piece, " \t\r\n　"))
		if to := start + len(strings.TrimRight(piece, " \t\r\n　")); to > from {
			out = append(out, corpus.Span{Start: from, End: to})
		}
	}
	for i, r := range text {
		if strings.ContainsRune("。；;！？!?\n", r) {
			cut(i)
			start = i + utf8.RuneLen(r)
		}
	}
	cut(len(text))
	return out
}

// admits reports whether a passage says that a problem was found before and is still there.
func admits(passage string) bool {
	for _, m := range relapse.FindAllStringIndex(passage, -1) {
		if told(passage, m[0], m[1]) {
			return true
		}
	}
	e := earlierMark.FindStringIndex(passage)
	if e == nil || prevented.MatchString(passage[:e[0]]) {
		return false
	}
	for _, m := range lasting.FindAllStringIndex(passage[e[0]:], -1) {
		if told(passage, e[0]+m[0], e[0]+m[1]) {
			return true
		}
	}
	return false
}

// told reports whether what stands at a place of a passage is told as a fact: not kept from happening, not turned round, and
// not put right by what follows.
func told(passage string, start, end int) bool {
	clause := strings.LastIndexAny(passage[:start], "，,：:") + 1
	if prevented.MatchString(passage[clause:start]) {
		return false
	}
	if kept.MatchString(passage[end:]) {
		return false
	}
	if turned := passage[start:end]; !strings.HasPrefix(turned, "未") && !strings.HasPrefix(turned, "没有") && negation.MatchString(passage[clause:start]) {
		return false
	}
	for _, m := range settled.FindAllStringIndex(passage[end:], -1) {
		if !negation.MatchString(passage[start : end+m[0]]) {
			return false
		}
	}
	return true
}
