package parse

import (
	"slices"
	"strings"

	"tongjian/corpus"
	"tongjian/corpus/internal/pattern"
)

// period is what the introduction says about when the inspection took place and was fed back: the stamps of its two ends and
// of the feedback, nil where there is none.
type period struct {
	from, to, feedback *stamp
	year               int // where only a year or a month is stated
	yearAt             corpus.Span
}

// readDates reads the dates of the inspection, of the feedback and of the publication, and the year.
func (m *metadata) readDates() {
	published := m.readPublication()
	if m.doc.DocType != corpus.OtherDocument || m.ofInspection() {
		stamps := stampsIn(m.head, m.parts.opening)
		p := m.periodOf(stamps)
		m.resolve(p, stamps, published)
		if !published.known() {
			m.readDamagedSignature()
		}
	}
	m.readYear()
}

var (
	inspectionWords = pattern.MustCompile(`巡[察视]|审计|检查|察组`)
	otherPeriod     = pattern.MustCompile(`集中整改|整改期|整改时间|截至|截止|信访(?:[^局办室中]|$)|受理|值班|年度|期间审计|民主生活会|专题会|任职`)
	feedbackWords   = pattern.MustCompile(`反馈`)
	maskedMonth     = pattern.MustCompile(`^[XxO×*_]{1,4}月`)
	periodLabel     = pattern.MustCompile(`(?:巡[察视](?:工作)?|审计(?:实施|现场)?|起止)(?:起止)?(?:时间|日期)(?:为|是|从|自|:|\n)`)
	atWork          = pattern.MustCompile(`(?:进行|开展|实施|进驻)[^,。]{0,30}巡[察视]|对[^,。]*巡[察视]|巡[察视](?:了|[,;])`)
	// feedbackObject ends what stands before 反馈 and is part of it: 进行巡察意见反馈.
	feedbackObject = pattern.MustCompile(`(?:进行|开展)?了?巡[察视](?:意见|情况|工作)?$`)
	// ownWork is what the unit does about a feedback, on another day.
	ownWork       = pattern.MustCompile(`现将|按照|研究|整改|传达|学习|部署|成立|印发|制定|审议|落实|督促|汇报|对照|针对`)
	otherFeedback = pattern.MustCompile(`^(?:了|的)?(?:问题)?(?:整改|评估|线索|信访)`)
	// inBrackets ends in a feedback whose date follows in brackets: 反馈了巡察意见(2022年5月9日).
	inBrackets = pattern.MustCompile(`反馈[^,;()]{0,12}\($`)
	beginsAt   = pattern.MustCompile(`^(?:起|开始|进驻|正式进驻|以来)`)
)

// periodOf finds the stamps of the inspection and the feedback among those of the opening.
func (m *metadata) periodOf(stamps []stamp) period {
	var p period
	intro := 0
	for intro < len(stamps) && stamps[intro].start < m.parts.intro.End {
		intro++
	}
	for i := 0; i+1 < intro; i++ {
		months := stamps[i].partial && stamps[i+1].partial // may be the period that was looked at, not that of the inspection
		if !stamps[i+1].connected || p.from != nil && (months || !p.from.partial) || !m.isInspection(stamps[i].start, stamps[i+1].end) {
			continue
		}
		p.from, p.to = &stamps[i], &stamps[i+1]
	}
	if p.from == nil {
		p.from, p.to = m.labelledPeriod()
	}
	if p.feedback = m.feedbackStamp(stamps, p); p.feedback == nil {
		p.feedback = m.labelledFeedback()
	}
	for i := 0; i < intro && p.from == nil; i++ {
		s := &stamps[i]
		if s == p.feedback || !m.isInspection(s.start, s.end) || m.isFeedback(s.end) || s.yearOnly && !maskedMonth.MatchString(m.head.text[s.end:]) {
			continue
		}
		if m.doc.DocType == corpus.AuditRectification && !beginsAt.MatchString(m.head.text[s.end:]) {
			continue // an audit report names many days
		}
		if beginsAt.MatchString(m.head.text[s.end:]) || s.damaged || strings.Contains(m.clause(s.end), "为期") {
			p.from = s
		} else if s.readings != nil && s.readings[0].year > 0 {
			p.year, p.yearAt = s.readings[0].year, corpus.Span{Start: s.start, End: s.end}
		}
		break
	}
	return p
}

// labelledPeriod reads the period behind a label (巡察时间：…) above the introduction.
func (m *metadata) labelledPeriod() (from, to *stamp) {
	i := periodLabel.FindStringIndex(m.head.text[:m.parts.intro.End])
	if i == nil {
		return nil, nil
	}
	_, end := sentenceAround(m.head.text, i[1], i[1])
	stamps := stampsIn(m.head, corpus.Span{Start: i[1], End: end})
	if len(stamps) > 1 && stamps[1].connected {
		return &stamps[0], &stamps[1]
	}
	return nil, nil
}

// feedbackLabel is the label of the feedback's date above the introduction or a table.
var feedbackLabel = pattern.MustCompile(`反馈(?:意见)?(?:的)?(?:时间|日期)(?:为|是|:|\n)?`)

// labelledFeedback reads the date behind a label (反馈时间：…).
func (m *metadata) labelledFeedback() *stamp {
	i := feedbackLabel.FindStringIndex(m.head.text[:m.parts.intro.End])
	if i == nil {
		return nil
	}
	_, end := sentenceAround(m.head.text, i[1], i[1])
	if stamps := stampsIn(m.head, corpus.Span{Start: i[1], End: end}); len(stamps) > 0 && stamps[0].start == i[1] {
		return &stamps[0]
	}
	return nil
}

// sentenceAround returns the sentence that text[start:end] stands in.
func sentenceAround(text string, start, end int) (from, to int) {
	from = strings.LastIndexAny(text[:start], "\n")
	if i := strings.LastIndex(text[:start], "。"); i >= 0 && i+2 > from {
		from = i + len("。") - 1
	}
	to = len(text)
	if i := strings.Index(text[end:], "。"); i >= 0 {
		to = end + i
	}
	if i := strings.IndexByte(text[end:to], '\n'); i >= 0 {
		to = end + i
	}
	return from + 1, to
}

// clause returns the rest of the sentence from at.
func (m *metadata) clause(at int) string {
	_, to := sentenceAround(m.head.text, at, at)
	return m.head.text[at:to]
}

// isInspection reports whether a period in text[start:end] is that of the inspection: its sentence speaks of inspecting and
// its own clause of nothing else that has a period.
func (m *metadata) isInspection(start, end int) bool {
	text := m.head.text
	from, to := sentenceAround(text, start, end)
	if !inspectionWords.MatchString(text[from:to]) {
		return false
	}
	before := text[from:start]
	if i := strings.LastIndexAny(before, ",;"); i >= 0 {
		before = before[i+1:]
	}
	after := text[end:to]
	if i := strings.IndexAny(after, ",;"); i >= 0 && i < 40 {
		after = after[:i]
	} else if len(after) > 60 {
		after = after[:runeStart(after, 60)]
	}
	if rest := m.clause(end); !strings.HasPrefix(rest, ")") && m.doc.DocType != corpus.AuditRectification {
		if i := strings.Index(rest, "反馈"); i >= 0 && !atWork.MatchString(feedbackObject.ReplaceAllString(rest[:i], "")) {
			return false // a period in which several units got their feedback
		}
	}
	return !otherPeriod.MatchString(before) && !strings.Contains(after, "集中整改") && !strings.Contains(after, "整改期")
}

// isFeedback reports whether the words after at are those of a feedback, before anything else is dated.
func (m *metadata) isFeedback(at int) bool {
	rest := m.clause(at)
	if i := strings.Index(rest, ";"); i >= 0 {
		rest = rest[:i]
	}
	i := feedbackWords.FindStringIndex(rest)
	if i == nil || i[0] > 150 {
		return false
	}
	between, behind := rest[:i[0]], rest[i[1]:]
	if m.doc.DocType == corpus.Feedback && strings.HasPrefix(behind, "如下") {
		between = "" // 现将发现的问题和意见反馈如下: this is the feedback itself
	}
	if otherFeedback.MatchString(behind) || stampName.MatchString(between) || otherPeriod.MatchString(between) || ownWork.MatchString(between) {
		return false
	}
	if at >= m.parts.intro.End && !inspection.MatchString(between) && !strings.HasPrefix(behind, "会") {
		return false
	}
	return !strings.Contains(between, "召开") || strings.HasPrefix(behind, "会") || strings.Contains(between, "向")
}

// feedbackStamp finds the date of the feedback: the last one before the word in the same sentence.
func (m *metadata) feedbackStamp(stamps []stamp, p period) *stamp {
	for i := range stamps {
		s := &stamps[i]
		if s == p.from || s == p.to || s.yearOnly || s.connected || i+1 < len(stamps) && stamps[i+1].connected {
			continue
		}
		from, _ := sentenceAround(m.head.text, s.start, s.end)
		before := m.head.text[from:s.start]
		if k := strings.LastIndexAny(before, ",;"); k >= 0 {
			before = before[k+1:]
		}
		if strings.HasPrefix(m.head.text[s.end:], ")") && inBrackets.MatchString(before) {
			return s
		}
		if m.isFeedback(s.end) && !otherPeriod.MatchString(before) && !strings.Contains(before, "截") {
			return s
		}
	}
	return nil
}

// triple is one consistent reading of the three dates.
type triple struct{ from, to, feedback day }

// resolve gives every date its year and reads damaged ones by the order from < to < feedback <= publication. A date that has
// more than one reading left is not read.
func (m *metadata) resolve(p period, stamps []stamp, published day) {
	years := years{stamps: stamps, feedback: p.feedback, published: published}
	all := years.triples(p, published)
	if len(all) == 0 { // the page may have been printed again, or dated wrongly
		all = years.triples(p, day{})
	}
	if len(all) == 0 { // the printed dates contradict each other: each intact one still says what it says
		all = []triple{{p.from.stated(), p.to.stated(), p.feedback.stated()}}
		m.warnOrder(p)
	}
	m.setDate("inspection_from", &m.doc.InspectionFrom, p.from, all, func(t triple) day { return t.from })
	m.setDate("inspection_to", &m.doc.InspectionTo, p.to, all, func(t triple) day { return t.to })
	m.setDate("feedback_date", &m.doc.FeedbackDate, p.feedback, all, func(t triple) day { return t.feedback })
	if m.doc.InspectionFrom != "" {
		return
	}
	if p.year == 0 && p.from != nil {
		for k, f := range years.readings(p.from, day{}) {
			if k > 0 && f.year != p.year {
				p.year = 0
				break
			}
			p.year = f.year
		}
		p.yearAt = corpus.Span{Start: p.from.start, End: p.from.end}
	}
	if f := p.feedback; p.year == 0 && f != nil && f.partial && !f.damaged && len(f.readings) > 0 {
		p.year, p.yearAt = f.readings[0].year, corpus.Span{Start: f.start, End: f.end} // fed back in a month, and nothing else is dated
	}
	if p.year > 0 {
		m.doc.Year = corpus.Year(p.year)
		m.note("year", m.head, p.yearAt.Start, p.yearAt.End, "year of the inspection", corpus.Stated)
	}
}

// triples returns all consistent readings of the three dates.
func (y years) triples(p period, published day) []triple {
	var all []triple
	for _, f := range y.readings(p.from, day{}) {
		for _, t := range y.readings(p.to, f) {
			for _, b := range y.readings(p.feedback, later(t, f)) {
				if r := (triple{f, t, b}); r.consistent(published) {
					all = append(all, r)
				}
			}
		}
	}
	return all
}

// stated returns the day that an intact stamp with its own year gives, an unknown one else.
func (t *stamp) stated() day {
	if t == nil || t.damaged || t.partial || len(t.readings) != 1 || !t.readings[0].known() {
		return day{}
	}
	return t.readings[0]
}

// warnOrder reports that the dates do not stand in the order in which such things happen.
func (m *metadata) warnOrder(p period) {
	for _, s := range []*stamp{p.to, p.feedback, p.from} {
		if s != nil {
			m.warn(corpus.DateUnreadable, "巡察、反馈、发布的日期前后矛盾", m.head, s.start, s.end)
			return
		}
	}
}

func later(a, b day) day {
	if a.known() {
		return a
	}
	return b
}

// consistent reports whether the dates stand in the order in which such things happen.
func (t triple) consistent(published day) bool {
	order := []day{t.from, t.to, t.feedback, published}
	order = slices.DeleteFunc(order, func(d day) bool { return !d.known() })
	return slices.IsSortedFunc(order, func(a, b day) int {
		switch {
		case a.before(b):
			return -1
		case b.before(a):
			return 1
		}
		return 0
	})
}

// setDate sets a date where all consistent readings agree on it, and warns where it was repaired or cannot be read. A month
// without a day is stated as it is and gives no date.
func (m *metadata) setDate(field string, out *corpus.Date, s *stamp, all []triple, of func(triple) day) {
	if s == nil || s.partial && !s.damaged {
		return
	}
	var found []day
	for _, t := range all {
		if d := of(t); !slices.Contains(found, d) {
			found = append(found, d)
		}
	}
	if len(found) != 1 || !found[0].known() {
		if s.damaged {
			m.warn(corpus.DateUnreadable, "日期残缺或前后矛盾，不能确定", m.head, s.start, s.end)
		}
		return
	}
	*out = found[0].date()
	confidence, rule := corpus.Stated, "date as printed"
	switch {
	case s.damaged || s.lost:
		confidence, rule = corpus.Repaired, "damaged date, the only reading in order"
		m.warn(corpus.DateRepaired, "日期残缺，按唯一可能读作 "+string(*out), m.head, s.start, s.end)
	case len(s.readings) > 0 && s.readings[0].year == 0:
		confidence, rule = corpus.Derived, "year from the sequence of the text"
	}
	m.note(field, m.head, s.start, s.end, rule, confidence)
}

// readYear takes the year of the inspection, else of the feedback, else of the publication.
func (m *metadata) readYear() {
	for _, f := range []struct {
		field string
		date  corpus.Date
	}{{"inspection_from", m.doc.InspectionFrom}, {"", ""}, {"feedback_date", m.doc.FeedbackDate}, {"publication_date", m.doc.PublicationDate}} {
		if f.field == "" && m.doc.Year != 0 {
			return
		}
		if f.date != "" {
			m.doc.Year = f.date.Year()
			p := m.doc.Provenance[f.field]
			p.Rule = "year of " + f.field
			m.doc.Provenance["year"] = p
			return
		}
	}
	m.doc.Warnings = append(m.doc.Warnings, corpus.Warning{Code: corpus.YearUnknown, Message: "没有读到巡察、反馈或发布的年份"})
}
