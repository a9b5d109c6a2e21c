package rectify

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tongjian/corpus"
)

// sum is what one sentence outside the findings counts: a total and its parts, a rate, persons held to account.
type sum struct {
	total      *figure
	done, open []figure
	// closed reports that the sentence names its parts without a rest that it does not count.
	closed  bool
	rate    *figure
	persons *figure
	kinds   []figure
}

// figure is a number in a text. Its span covers the clause that says what it counts.
type figure struct {
	value  float64
	digits int // behind the point
	unit   string
	noun   string
	span   corpus.Span
}

func (f *figure) quote(doc *corpus.Document) Quote {
	return Quote{Text: f.span.Of(doc.Text), Span: f.span}
}

func quotes(doc *corpus.Document, list []figure) []Quote {
	var out []Quote
	for i := range list {
		out = append(out, list[i].quote(doc))
	}
	return out
}

func add(list []figure) float64 {
	sum := 0.0
	for _, f := range list {
		sum += f.value
	}
	return sum
}

// The nouns that figures count.
const (
	problemNoun = "问题"
	measureNoun = "措施"
)

var (
	numberOf = regexp.MustCompile(`([0-9０-９]{1,4}|[一二三四五六七八九十百两]{1,5})\s*(个?大?方面|个?大?类|个|项|条|件|人次|人|名)`)
	rateOf   = regexp.MustCompile(`(?:完成率|整改率|办结率|销号率|完成整改率|整改完成率|落实率)(?:已|均)?(?:为|达到了|达到|达)?\s*([0-9]{1,3})(\.[0-9]{1,2})?[%％]`)

	openState    = regexp.MustCompile(`正在|持续(?:整改|推进)|继续(?:整改|推进)|仍在|未完成|尚未|未整改|未销号|长期整改|长期推进|推进中|整改中|阶段性|基本完成|部分完成|部分整改|需长期|有序推进|申请延期|取得阶段`)
	doneState    = regexp.MustCompile(`完成|整改到位|已整改|整改完毕|办结|销号|已落实|得到落实`)
	sustained    = regexp.MustCompile(`完成[^,，。;；]{0,4}(?:并|且)?(?:长期|持续)坚持`)
	totalState   = regexp.MustCompile(`反馈|指出|发现|梳理|制定|提出|细化|明确|确定|形成|涉及|分解|共有|共计|总计|问题共|列出`)
	rest         = regexp.MustCompile(`其余|剩余|余下|另|其他|其它|等[0-9]`)
	measureWords = regexp.MustCompile(`措施|任务`)
	ruleWords    = regexp.MustCompile(`制度|机制|信访|线索|会议|文件|台账|意见建议|建议|立行立改|案件|隐患|课题|专题|单位|自查`)
	accountTotal = regexp.MustCompile(`问责|追责|责任追究|追究责任|处理`)
	accountKind  = regexp.MustCompile(`处分|警告|记过|降级|撤职|开除|诫勉|批评教育|通报|检查|谈话|约谈|免职|组织处理|组织调整|提醒`)
	narrowRate   = regexp.MustCompile(`应(?:完成|整改)|阶段|集中整改期|到期|时序|限时|年度|季度|立行立改|信访|制度|线索|满意|参训|学习`)
)

// readSums reads the sentences outside the findings.
func readSums(doc *corpus.Document) []sum {
	var out []sum
	for _, section := range doc.Sections {
		text := section.Span.Of(doc.Text)
		for _, s := range fullSentences(text) {
			if strings.ContainsAny(text[s.start:s.end], "0123456789０１２３４５６７８９一二三四五六七八九十") {
				out = append(out, readSum(doc.Text, corpus.Span{Start: section.Span.Start + s.start, End: section.Span.Start + s.end}))
			}
		}
	}
	return out
}

// fullSentences cuts a text behind 。 and line ends only: totals and parts are often joined by semicolons.
func fullSentences(text string) []span {
	var out []span
	start := 0
	for i, r := range text {
		if r == '。' || r == '\n' {
			out = append(out, span{start, i + len(string(r))})
			start = i + len(string(r))
		}
	}
	return append(out, span{start, len(text)})
}

// readSum reads one sentence.
func readSum(text string, s corpus.Span) sum {
	var out sum
	sentence := s.Of(text)
	if i := rateOf.FindStringSubmatchIndex(sentence); i != nil {
		out.rate = readRate(sentence, s.Start, i)
	}
	found := numberOf.FindAllStringSubmatchIndex(sentence, 24)
	noun, scope, before := "", "", ""
	within := false // behind 其中, of a part
	var totals []figure
	for k, i := range found {
		if sentence[i[2]:i[3]] == "一" {
			continue // 完成一项、验收一项 says how the work goes
		}
		lead, tail := around(sentence, found, k)
		if k > 0 && strings.Trim(sentence[found[k-1][1]:i[0]], "、，, 的和共") == "" {
			lead = before // 3个方面13个问题: a step of one graded total
		}
		before = lead
		f := figure{value: wholeNumber(sentence[i[2]:i[3]]), unit: sentence[i[4]:i[5]], span: corpus.Span{Start: s.Start + i[0], End: s.Start + i[1]}}
		f.span = widened(sentence, s.Start, f.span, lead, tail)
		if strings.Contains(f.unit, "人") || f.unit == "名" {
			out.person(f, lead, tail)
			continue
		}
		if strings.HasSuffix(f.unit, "方面") || strings.HasSuffix(f.unit, "类") || f.value < 0 {
			continue
		}
		switch words := lead + tail; {
		case measureWords.MatchString(words):
			noun = measureNoun
		case strings.Contains(words, problemNoun):
			noun = problemNoun
		case ruleWords.MatchString(words):
			noun = ""
		}
		if ruleWords.MatchString(lead+tail) && !strings.Contains(tail, problemNoun) && !measureWords.MatchString(tail) {
			continue // 修订制度12项, 移交线索3件
		}
		f.noun = noun
		switch state := stateOf(lead, tail); state {
		case isTotal:
			totals, scope = append(totals, f), noun
			out.done, out.open, within = nil, nil, false
		case isDone, isOpen:
			within = within || strings.Contains(lead, "其中") && len(out.done)+len(out.open) > 0
			if within || noun != scope && scope != "" || len(totals) > 0 && f.unit != totals[len(totals)-1].unit {
				continue
			}
			if state == isDone {
				out.done = append(out.done, f)
			} else {
				out.open = append(out.open, f)
			}
		}
	}
	if len(totals) > 0 {
		out.total = &totals[len(totals)-1]
	}
	out.closed = !uncounted(sentence)
	return out
}

// widened adds to a figure's span the words around it, as far as they stand there.
func widened(sentence string, offset int, at corpus.Span, lead, tail string) corpus.Span {
	if strings.HasSuffix(sentence[:at.Start-offset], lead) {
		if i := strings.LastIndexAny(lead, "，,"); i >= 0 {
			lead = strings.TrimLeft(lead[i:], "，,")
		}
		at.Start -= len(lead)
	}
	at.End += len(tail)
	return at
}

func readRate(sentence string, offset int, i []int) *figure {
	before := sentence[:i[0]]
	if k := strings.LastIndexAny(before, "，,；;。"); k >= 0 {
		before = before[k:]
	}
	if narrowRate.MatchString(before) {
		return nil
	}
	f := &figure{span: corpus.Span{Start: offset + i[0], End: offset + i[1]}}
	printed := sentence[i[2]:i[3]]
	if i[4] >= 0 {
		printed += sentence[i[4]:i[5]]
		f.digits = i[5] - i[4] - 1
	}
	f.value, _ = strconv.ParseFloat(printed, 64)
	if measureWords.MatchString(before) {
		f.noun = measureNoun
	}
	return f
}

// around returns what stands before a figure since the last figure or stop, and behind it up to the next.
func around(sentence string, found [][]int, k int) (lead, tail string) {
	from, to := 0, len(sentence)
	if k > 0 {
		from = found[k-1][1]
	}
	if k+1 < len(found) {
		to = found[k+1][0]
	}
	lead, tail = sentence[from:found[k][0]], sentence[found[k][1]:to]
	if i := strings.IndexAny(tail, "，,；;。、（("); i >= 0 {
		tail = tail[:i]
	}
	if k > 0 {
		// What follows the last figure up to a stop is its own.
		if i := strings.IndexAny(lead, "，,；;。、（("); i >= 0 {
			lead = lead[i:]
			lead = strings.TrimLeft(lead, "，,；;。、（(")
		}
	}
	if i := strings.LastIndexAny(lead, "。；;"); i >= 0 {
		lead = strings.TrimLeft(lead[i:], "。；;")
	}
	return lead, tail
}

// state is what a figure counts.
type state int

const (
	unknownState state = iota
	isTotal
	isDone
	isOpen
)

// stateOf reads what stands around a figure: the words behind it decide where they speak at all (3个正在整改), else those
// before it.
func stateOf(lead, tail string) state {
	for _, words := range []string{tail, lead} {
		// Only the last clause before a figure is about it, but for what makes it a total.
		last := words
		if i := strings.LastIndexAny(words, "，,"); i >= 0 {
			last = words[i:]
		}
		switch {
		case sustained.MatchString(last):
			return isDone
		case openState.MatchString(last):
			return isOpen
		case doneState.MatchString(last):
			return isDone
		case totalState.MatchString(words) && words == lead:
			return isTotal
		}
	}
	return unknownState
}

// uncounted reports whether a sentence speaks of a rest without a number (其余正在推进).
func uncounted(sentence string) bool {
	for _, i := range rest.FindAllStringIndex(sentence, -1) {
		after := sentence[i[0]:]
		if k := strings.IndexAny(after, "，,；;。"); k >= 0 {
			after = after[:k]
		}
		if !numberOf.MatchString(after) {
			return true
		}
	}
	return false
}

// person takes note of a number of persons.
func (s *sum) person(f figure, lead, tail string) {
	if f.unit == "人次" || f.value < 0 {
		// 人次 counts a person as often as he was spoken to: it is no part of a number of persons.
		s.persons, s.kinds = nil, nil
		return
	}
	clause := lead
	if i := strings.LastIndexAny(clause, "，,、；;：:"); i >= 0 {
		clause = clause[i:]
	}
	switch {
	case accountKind.MatchString(clause) || accountKind.MatchString(tail):
		if s.persons != nil {
			s.kinds = append(s.kinds, f)
		}
	case accountTotal.MatchString(clause) || accountTotal.MatchString(tail):
		s.persons, s.kinds = &f, nil
	}
}

var hanDigits = []rune("零一二三四五六七八九")

// wholeNumber reads a count in digits or in Chinese numerals below a thousand; -1 where it is none.
func wholeNumber(s string) float64 {
	ascii := strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, s)
	if n, err := strconv.Atoi(ascii); err == nil {
		return float64(n)
	}
	total, digit := 0, 0
	for _, r := range strings.ReplaceAll(s, "两", "二") {
		switch {
		case r == '百':
			total, digit = total+100*max(digit, 1), 0
		case r == '十':
			total, digit = total+10*max(digit, 1), 0
		case slices.Contains(hanDigits, r) && digit == 0:
			digit = slices.Index(hanDigits, r)
		default:
			return -1
		}
	}
	return float64(total + digit)
}

// statusSpan returns where a finding's status is stated, the zero Span where that is unknown.
func statusSpan(doc *corpus.Document, f *corpus.Finding) corpus.Span {
	words := string(f.StatusText)
	i := strings.Index(f.Span.Of(doc.Text), words)
	if words == "" || i < 0 {
		return corpus.Span{}
	}
	return corpus.Span{Start: f.Span.Start + i, End: f.Span.Start + i + len(words)}
}
