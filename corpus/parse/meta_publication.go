package parse

import (
	"slices"
	"strings"

	"tongjian/corpus"
	"tongjian/corpus/internal/pattern"
)

// publicationNames are the properties that hold the day of publication, the surest first. Those behind the gap are dates of the
// document itself, which count after its signature.
var (
	publicationNames = []string{"发布日期", "发布时间", "PubDate", "发表时间", "公布日期", "公开日期", "日期", "时间"}
	documentNames    = []string{"成文日期", "发文日期", "生成日期"}
)

// readPublication reads the date of publication: the page's own, a date line under the title, the signature's, that of the
// document.
func (m *metadata) readPublication() day {
	if d, ok := m.publicationIn(publicationNames); ok {
		return d
	}
	if d, ok := m.labelledPublication(); ok {
		return d
	}
	for i, s := range m.parts.lines {
		if i >= m.parts.first {
			break
		}
		if m.inCell(m.head, s) {
			continue
		}
		if d, ok := m.dateLine(m.head, s, "date line under the title"); ok {
			return d
		}
	}
	if d, ok := m.signatureDate(); ok {
		return d
	}
	d, _ := m.publicationIn(documentNames)
	return d
}

var publishedLabel = pattern.MustCompile(`(?:发布|发表|公布|公开|刊发|上传|更新)(?:日期|时间)[\]】]?\W{0,3}(?:20\d{2}|二〇)|^[^\p{Han}\w]{0,3}(?:日期|时间)[:|\]]\W{0,2}20\d{2}`)

// labelledPublication reads the day behind a label in the lines above the introduction, which a page may write in traditional
// characters.
func (m *metadata) labelledPublication() (day, bool) {
	for _, s := range m.parts.lines[:m.parts.first] {
		i := publishedLabel.FindStringIndex(m.head.text[s.Start:s.End])
		if i == nil || m.inCell(m.head, s) {
			continue
		}
		for _, t := range stampsIn(m.head, corpus.Span{Start: s.Start + i[0], End: s.End}) {
			if len(t.readings) == 1 && t.readings[0].known() {
				m.doc.PublicationDate = t.readings[0].date()
				m.note("publication_date", m.head, t.start, t.end, "labelled date above the text", corpus.Stated)
				return t.readings[0], true
			}
		}
	}
	return day{}, false
}

// inCell reports whether a line of a view stands in a table: its dates are deadlines there.
func (m *metadata) inCell(v view, s corpus.Span) bool {
	at := int(v.at[s.Start])
	i, _ := slices.BinarySearchFunc(m.x.Blocks, at, func(b corpus.Block, at int) int { return b.Span.End - at - 1 })
	return i < len(m.x.Blocks) && m.x.Blocks[i].Span.Start <= at && m.x.Blocks[i].Kind == corpus.BlockCell
}

func (m *metadata) publicationIn(names []string) (day, bool) {
	for _, name := range names {
		for _, p := range m.x.Properties {
			if p.Name != name || (name == "日期" || name == "时间") && m.isBody(p) {
				continue
			}
			v := newView(p.Value, 0, len(p.Value))
			for _, s := range stampsIn(v, corpus.Span{End: len(v.text)}) {
				if len(s.readings) == 1 && s.readings[0].known() && s.start == 0 {
					m.doc.PublicationDate = s.readings[0].date()
					m.noteProperty("publication_date", p, corpus.Stated)
					return s.readings[0], true
				}
			}
		}
	}
	return day{}, false
}

// isBody reports whether a property stands below the beginning of the introduction, where 时间： is that of something else.
func (m *metadata) isBody(p corpus.Property) bool {
	return p.Span != nil && p.Span.Start > int(m.head.at[m.parts.intro.Start])
}

// dateLine reads a line that holds a date and nothing of the text.
func (m *metadata) dateLine(v view, s corpus.Span, rule string) (day, bool) {
	if !dateLine.MatchString(v.text[s.Start:s.End]) && !speechDate.MatchString(v.text[s.Start:s.End]) && !chineseDateLine.MatchString(v.text[s.Start:s.End]) && !issueLine.MatchString(v.text[s.Start:s.End]) {
		return day{}, false
	}
	for _, t := range stampsIn(v, s) {
		if len(t.readings) == 1 && t.readings[0].known() {
			m.doc.PublicationDate = t.readings[0].date()
			m.note("publication_date", v, t.start, t.end, rule, corpus.Stated)
			return t.readings[0], true
		}
	}
	return day{}, false
}

var (
	chineseDateLine = pattern.MustCompile(`^\(?` + cnDigits + `{4}年` + cnDigits + `{1,3}月` + cnDigits + `{1,3}日(?:公告|公布|发布|公开|印发|公示)?\)?$`)
	// issueLine matches the line of a bulletin that numbers and dates the issue: 第14期 区纪委监委办公室编 2022年6月9日.
	issueLine = pattern.MustCompile(`^(?:第|总第)\d{1,4}期.{0,40}?\d{4}年\d{1,2}月\d{1,2}日$`)
	// speechDate matches the line below the title of a report that was given in a meeting: ——2023年12月27日在…会议上.
	speechDate = pattern.MustCompile(`^[(-]{0,3}\d{4}年\d{1,2}月\d{1,2}日在.{2,60}会(?:议)?上\)?$`)
	signedDate = pattern.MustCompile(`^[^,。;:]{4,45}(?:党组|党委|委员会|工委|支部|总支|局|厅|政府|办公室)\d{4}年\d{1,2}月\d{1,2}日$`)
)

// damagedDate matches a line that holds a date of which a sign is lost: 2023年830日, 2023830日.
var damagedDate = pattern.MustCompile(`^\(?20\d{2}年?\d{2,4}日?\)?$`)

// readDamagedSignature reads the date of the signature where a sign is lost and the dates before leave one reading.
func (m *metadata) readDamagedSignature() {
	lines := m.tail.lines()
	for i := len(lines) - 1; i >= 0 && i >= len(lines)-signatureLines; i-- {
		s := lines[i]
		if !damagedDate.MatchString(m.tail.text[s.Start:s.End]) || m.inCell(m.tail, s) {
			continue
		}
		var found []day
		stamps := stampsIn(m.tail, s)
		for _, t := range stamps {
			for _, d := range t.readings {
				if date := d.date(); date != "" && date > m.doc.FeedbackDate && date > m.doc.InspectionTo {
					found = append(found, d)
				}
			}
		}
		if len(found) != 1 {
			m.warn(corpus.DateUnreadable, "落款日期残缺，不能确定", m.tail, s.Start, s.End)
			return
		}
		m.doc.PublicationDate = found[0].date()
		m.note("publication_date", m.tail, stamps[0].start, stamps[0].end, "damaged date of the signature, the only reading in order", corpus.Repaired)
		m.warn(corpus.DateRepaired, "日期残缺，按唯一可能读作 "+string(m.doc.PublicationDate), m.tail, s.Start, s.End)
		return
	}
}

// signatureLines is how far from the end the date of a signature is looked for.
const signatureLines = 8

// signatureDate reads the date below the signature: a line of its own, or behind the name of the signing body.
func (m *metadata) signatureDate() (day, bool) {
	lines := m.tail.lines()
	for i := len(lines) - 1; i >= 0 && i >= len(lines)-signatureLines; i-- {
		s := lines[i]
		if int(m.tail.at[s.Start]) <= int(m.head.at[min(m.parts.intro.Start, len(m.head.at)-1)]) {
			break // a short text: the tail reaches up to the introduction
		}
		if m.inCell(m.tail, s) {
			continue
		}
		line := m.tail.text[s.Start:s.End]
		if d, ok := m.dateLine(m.tail, s, "date of the signature"); ok {
			return d, true
		}
		if signedDate.MatchString(line) {
			at := s.Start + strings.LastIndex(line, "年") - 4
			for _, t := range stampsIn(m.tail, corpus.Span{Start: at, End: s.End}) {
				if len(t.readings) == 1 && t.readings[0].known() {
					m.doc.PublicationDate = t.readings[0].date()
					m.note("publication_date", m.tail, t.start, t.end, "date of the signature", corpus.Stated)
					return t.readings[0], true
				}
			}
		}
	}
	return day{}, false
}
