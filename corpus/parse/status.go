package parse

import (
	"strings"

	"tongjian/corpus"
)

// Status words, tried in this order: what is denied before what is claimed, what is done in part before what is done.
var (
	notDoneWords = []string{"未完成", "尚未", "未整改", "未能完成", "没有完成", "未办结", "申请延期", "延期整改", "无法整改", "未启动", "未销号", "未到位", "未落实", "未解决", "未按期", "逾期未", "没有整改", "没有销号"}
	partialWords = []string{"阶段性完成", "阶段性办结", "阶段性成效", "阶段性成果", "阶段性整改", "阶段性", "视同完成", "基本完成", "基本整改", "基本到位", "基本办结", "大部分", "取得初步成效", "部分完成", "初步完成", "基本销号", "基本解决", "基本落实", "基本达到", "初步整改", "初见成效", "取得一定成效", "取得明显成效", "取得阶段", "阶段性销号"}
	mixedWords   = []string{"部分整改", "部分销号", "部分落实", "部分解决", "均已整改或基本整改", "部分措施"}
	doneWords    = []string{"已完成", "完成整改", "整改完成", "整改完毕", "已整改", "整改到位", "整改销号", "同意销号", "已销号", "已办结", "如期完成", "按期完成", "全部完成", "立行立改",
		"立改立行", "即知即改", "已落实", "已到位", "已解决", "完成率100%", "办结", "已经完成", "完成并", "完成，", "完成,", "全面完成", "均完成", "即行即改", "全部整改", "全部落实", "全部销号", "整改落实到位", "整改结束", "已经整改", "已经销号", "已经办结", "已改", "改到位", "已闭环", "已验收", "验收通过", "通过验收", "已清零", "对账销号", "前销号", "日销号", "准予销号", "予以销号"}
	goingWords = []string{"正在", "持续", "继续", "抓紧", "加快", "长期", "推进", "按计划", "进行中", "整改中", "办理中", "有序", "未到期", "未到时限"}
	longWords  = []string{"长期坚持", "持续坚持", "长期推进", "长期整改", "坚持长期", "常态化", "长期抓", "长期执行", "长期巩固", "长期保持"}
)

// reading is a status as the words give it.
type reading struct {
	status           corpus.Status
	longTerm, deemed bool
}

// readStatus reads the value of a status label. ok is false where the words say nothing about completion.
func readStatus(s string) (r reading, ok bool) {
	s = trimRight(s, closing)
	r.longTerm = hasAny(s, longWords)
	r.deemed = strings.Contains(s, "视同")
	planned := hasAny(s, planWords)
	s = withoutPlans(s)
	switch {
	case hasAny(s, notDoneWords):
		r.status = corpus.NotDone
	case hasAny(s, mixedWords):
		r.status = corpus.InProgress
	case hasAny(s, partialWords):
		r.status = corpus.Partial
	case goesOn(s):
		r.status = corpus.InProgress
	case isDone(s):
		r.status = corpus.Done
		if r.longTerm {
			r.status = corpus.DoneSustained
		}
	case hasAny(s, goingWords) || planned:
		r.status = corpus.InProgress
	default:
		return reading{}, false
	}
	return r, true
}

// planWords open a clause about what is still to come.
var planWords = []string{"预计", "计划于", "计划在", "计划20", "拟于", "力争", "将于", "争取"}

// withoutPlans drops the clauses about what is still to come: of 进行中，预计3月底前完成 the first is the status.
func withoutPlans(s string) string {
	if !hasAny(s, planWords) {
		return s
	}
	var kept []string
	for _, clause := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("，,；;。", r) }) {
		if !hasAny(clause, planWords) {
			kept = append(kept, clause)
		}
	}
	return strings.Join(kept, "，")
}

// goesOn reports whether words of work in progress stand before any words of completion: 正在整改，已落实两项.
func goesOn(s string) bool {
	first := func(words []string) int {
		at := len(s)
		for _, w := range words {
			if i := strings.Index(s, w); i >= 0 {
				at = min(at, i)
			}
		}
		return at
	}
	going := first([]string{"正在", "仍在", "持续整改", "持续推进", "推进中", "整改中", "进行中", "按计划"})
	return going < first(doneWords)
}

func isDone(s string) bool {
	switch strings.TrimLeft(s, "（(“\"") {
	case "完成", "整改", "是", "已", "销号", "完成）", "完成)", "√", "✓", "✔", "达标", "办结":
		return true
	}
	return hasAny(s, doneWords) || strings.HasPrefix(s, "完成") && !strings.ContainsAny(s, "%％") || strings.HasSuffix(s, "完成") && !strings.Contains(s, "正在")
}

// selfStatus are the ways in which a sentence of an account speaks of the whole finding.
var selfStatus = []string{"该问题", "此问题", "该项问题", "该项工作", "该事项", "此项工作", "此项问题", "上述问题", "以上问题", "本问题", "该项整改", "该条问题", "该问题整改", "该项", "该条", "此条", "本条", "本项", "这一问题", "这个问题", "对该问题"}

// sentenceStatus reads a sentence of an account as a statement about the whole finding: 该问题已完成整改; 目前，…整改到位.
func sentenceStatus(s string, closingSentence bool) (reading, bool) {
	if longer(s, 40) {
		return reading{}, false
	}
	about := hasPrefix(s, selfStatus) > 0
	if !about && (!closingSentence || !hasAny(s, []string{"整改", "销号"})) {
		return reading{}, false
	}
	return readStatus(s)
}

// plainStatus are the sentences that say how a problem stands without a word of rectification.
var plainStatus = makeSet("已完成 已办结 基本完成 阶段性完成 基本办结 已全部完成 全部完成 持续推进 正在推进 持续推进中 推进中 尚未完成 未完成 未办结 已解决 已落实 已到位")

// closingStatus reads the last sentence of an account that says nothing but how the problem stands: 该问题已完成整改; 已完成.
func closingStatus(s string) (reading, bool) {
	if r, ok := sentenceStatus(s, false); ok {
		return r, true
	}
	if longer(s, 14) || !hasAny(s, []string{"整改", "销号"}) && !plainStatus[s] {
		return reading{}, false
	}
	return bareStatus(s)
}

// wholeStatus reads a sentence that opens with a status and goes on with what it means: 大部分已整改，剩余三处正在更换; 已完成整改，持续坚持.
func wholeStatus(s string) (reading, bool) {
	s = trimLeft(s, closing)
	first := firstClause(s)
	if len(first) == len(s) || longer(s, 40) || !hasAny(first, []string{"整改", "完成", "销号"}) {
		return reading{}, false
	}
	if _, ok := bareStatus(first); !ok {
		return reading{}, false
	}
	return readStatus(s)
}

// bareStatus reports whether s is nothing but a status: 已完成整改并长期坚持, 6月底前已整改完毕.
func bareStatus(s string) (reading, bool) {
	s = strings.TrimSpace(trimRight(s, closing))
	if s == "" || longer(s, 26) || strings.ContainsAny(s, "《“") {
		return reading{}, false
	}
	r, ok := readStatus(s)
	if !ok {
		return r, false
	}
	rest := s
	for _, w := range statusFillers {
		rest = strings.ReplaceAll(rest, w, "")
	}
	rest = strings.TrimFunc(rest, func(r rune) bool {
		return closing(r) || r >= '0' && r <= '9' || strings.ContainsRune("年月日底前初中旬上下至（）()已并且将均现由于在年内", r)
	})
	return r, !longer(rest, 1)
}

// statusFillers are the words that a bare status is made of, longest first.
var statusFillers = []string{"取得阶段性成效", "取得阶段性成果", "阶段性完成", "完成整改", "整改完成", "整改完毕", "整改到位", "长期坚持", "持续坚持", "持续整改", "持续推进",
	"长期推进", "长期整改", "立行立改", "视同完成", "基本完成", "同意销号", "整改销号", "正在抓紧整改", "抓紧整改", "正在整改", "正在推进", "继续整改", "按计划推进", "大部分", "尚未", "未完成", "未整改", "全部", "全面",
	"已经", "已完成", "已整改", "基本", "完成", "整改", "办结", "销号", "目前", "坚持", "持续", "长期", "正在", "推进", "阶段性", "部分", "巩固", "需要", "需", "进行中", "该问题", "如期", "按期", "申请延期", "到位", "落实", "抓紧", "加快", "验收", "已改", "现已", "该项", "本项", "此项", "问题"}

// chapterStatus reads the status that a chapter gives to all findings in it: 集中整改期内已完成的整改事项.
func chapterStatus(head string) (reading, string, bool) {
	if !strings.Contains(head, "事项") && !strings.Contains(head, "问题") && !strings.Contains(head, "任务") {
		return reading{}, "", false
	}
	for _, w := range []string{"尚未完成", "未完成", "尚未整改", "未整改到位", "阶段性完成", "基本完成", "长期推进", "长期坚持", "持续推进", "持续整改", "长期整改", "正在整改", "正在推进", "已完成", "已整改", "完成整改", "整改完成的", "已办结", "已销号"} {
		if strings.Contains(head, w) {
			r, ok := readStatus(w)
			return r, w, ok
		}
	}
	return reading{}, "", false
}
