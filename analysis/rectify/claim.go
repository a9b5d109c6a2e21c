package rectify

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"tongjian/corpus"
)

// ClaimKind says in what way two statements of a document do not add up.
type ClaimKind string

// The kinds of claim that do not add up.
const (
	// CountDiffers: the declared number of problems is not that of the findings.
	CountDiffers ClaimKind = "count_differs"
	// RectifiedExceeds: more problems are rectified than there are.
	RectifiedExceeds ClaimKind = "rectified_exceeds"
	// RectifiedDiffers: the declared number of rectified problems is not that of the findings said to be done.
	RectifiedDiffers ClaimKind = "rectified_differs"
	// MeasuresExceed: more measures are completed than were planned.
	MeasuresExceed ClaimKind = "measures_exceed"
	// PartsDiffer: what is done and what is not do not make the total.
	PartsDiffer ClaimKind = "parts_differ"
	// RateDiffers: a rate is not the quotient of the numbers beside it.
	RateDiffers ClaimKind = "rate_differs"
	// AllDoneDiffers: all is said to be done and a finding is said not to be.
	AllDoneDiffers ClaimKind = "all_done_differs"
	// PersonsExceed: the persons held to account, by kind, are more than their total.
	PersonsExceed ClaimKind = "persons_exceed"
)

// ClaimKinds lists the kinds in the order in which they are shown.
var ClaimKinds = []ClaimKind{
	CountDiffers, RectifiedExceeds, RectifiedDiffers, MeasuresExceed, PartsDiffer, RateDiffers, AllDoneDiffers, PersonsExceed,
}

// Chinese returns the name of the kind as users read it.
func (k ClaimKind) Chinese() string {
	switch k {
	case CountDiffers:
		return "所称问题数与所列问题数不符"
	case RectifiedExceeds:
		return "已整改数多于问题总数"
	case RectifiedDiffers:
		return "所称已整改数与逐项状态不符"
	case MeasuresExceed:
		return "完成措施数多于制定措施数"
	case PartsDiffer:
		return "已完成与未完成之和不等于总数"
	case RateDiffers:
		return "完成率与所列数字不符"
	case AllDoneDiffers:
		return "称全部完成但有问题未完成"
	case PersonsExceed:
		return "分项问责人数多于总人数"
	}
	return string(k)
}

// Claim is two sides of one document that contradict each other. It says that they do, not which of them is wrong.
type Claim struct {
	Kind    ClaimKind `json:"kind"`
	Message string    `json:"message"` // Chinese, for users, with both figures
	Said    Side      `json:"said"`    // what the document states
	Against Side      `json:"against"` // what contradicts it: another statement, or findings
}

// Side is one side of a claim: a figure with the words that say it, or findings that were counted.
type Side struct {
	Value    float64            `json:"value"`
	Quotes   []Quote            `json:"quotes,omitempty"`
	Findings []corpus.FindingID `json:"findings,omitempty"`
}

// Quote is a piece of the document's text.
type Quote struct {
	Text string      `json:"text"`
	Span corpus.Span `json:"span"`
}

// Claims returns what does not add up in a document, in the order of ClaimKinds, then of the text. A difference that
// two units of counting explain (方面, 类 and 个; problems and measures; 人 and 人次) is none.
func Claims(doc *corpus.Document) []Claim {
	if doc.DocType == corpus.OtherDocument {
		return nil
	}
	c := claims{doc: doc, total: doc.Declared, sums: readSums(doc)}
	c.onlyOutside()
	c.count()
	c.rectified()
	c.measures()
	c.statements()
	c.allDone()
	slices.SortStableFunc(c.found, func(a, b Claim) int {
		return cmp.Compare(slices.Index(ClaimKinds, a.Kind), slices.Index(ClaimKinds, b.Kind))
	})
	return c.found
}

type claims struct {
	doc   *corpus.Document
	total corpus.Declared
	sums  []sum
	found []Claim
}

func (c *claims) add(kind ClaimKind, said, against Side, format string, args ...any) {
	c.found = append(c.found, Claim{Kind: kind, Message: fmt.Sprintf(format, args...), Said: said, Against: against})
}

// onlyOutside drops the totals that were read inside a finding: 对审计反馈的17个问题 there is about something else.
func (c *claims) onlyOutside() {
	d := &c.total
	for field, value := range map[string]**int{
		"declared.problems": &d.Problems, "declared.items": &d.Items, "declared.aspects": &d.Aspects,
		"declared.rectified": &d.Rectified, "declared.measures_planned": &d.MeasuresPlanned,
		"declared.measures_completed": &d.MeasuresCompleted,
	} {
		p, ok := c.doc.Provenance[field]
		if ok && p.Span != nil && slices.ContainsFunc(c.doc.Findings, func(f corpus.Finding) bool { return f.Span.Contains(*p.Span) }) {
			*value = nil
		}
	}
}

// declared returns the side of a declared total.
func (c *claims) declared(field string, value int) Side {
	side := Side{Value: float64(value)}
	if p, ok := c.doc.Provenance[field]; ok && p.Span != nil {
		side.Quotes = []Quote{{Text: p.Text, Span: *p.Span}}
	}
	return side
}

func (c *claims) findings(keep func(*corpus.Finding) bool) Side {
	var side Side
	for i := range c.doc.Findings {
		if f := &c.doc.Findings[i]; keep(f) {
			side.Findings = append(side.Findings, f.ID)
		}
	}
	side.Value = float64(len(side.Findings))
	return side
}

// count compares the declared number of problems with the findings.
func (c *claims) count() {
	d := c.total
	all := c.findings(func(*corpus.Finding) bool { return true })
	n := len(all.Findings)
	if d.Problems == nil || n == 0 || *d.Problems == n || c.countsOtherwise(*d.Problems) {
		return
	}
	c.add(CountDiffers, c.declared("declared.problems", *d.Problems), all,
		"文中称有%d个问题，逐项读出的有%d个", *d.Problems, n)
}

// countsOtherwise reports whether a total counts another unit than the finding: the findings are what the document calls
// its items or aspects, or the headings above the findings are as many as the total.
func (c *claims) countsOtherwise(total int) bool {
	d, n := c.total, len(c.doc.Findings)
	if d.Items != nil && *d.Items == n || d.Aspects != nil && *d.Aspects == n {
		return true
	}
	for depth := 1; ; depth++ {
		headings, deep := map[corpus.Span]bool{}, false
		for _, f := range c.doc.Findings {
			if len(f.PathSpans) >= depth {
				deep = true
				headings[f.PathSpans[depth-1]] = true
			} else {
				headings[f.Span] = true
			}
		}
		if !deep {
			return false
		}
		if len(headings) == total {
			return true
		}
	}
}

// rectified compares the declared number of rectified problems with their total and with the findings' statuses.
func (c *claims) rectified() {
	d := c.total
	if d.Rectified == nil {
		return
	}
	said := c.declared("declared.rectified", *d.Rectified)
	if d.Problems != nil && *d.Rectified > *d.Problems {
		c.add(RectifiedExceeds, said, c.declared("declared.problems", *d.Problems),
			"文中称已整改%d个，多于问题总数%d个", *d.Rectified, *d.Problems)
		return
	}
	if !c.statusesComplete() {
		return
	}
	done := c.findings(func(f *corpus.Finding) bool { return f.Status == corpus.Done || f.Status == corpus.DoneSustained })
	nearly := c.findings(func(f *corpus.Finding) bool { return f.Status == corpus.Partial })
	if n := *d.Rectified; n < len(done.Findings) || n > len(done.Findings)+len(nearly.Findings) {
		c.add(RectifiedDiffers, said, done, "文中称已整改%d个，逐项状态为已完成的有%d个", n, len(done.Findings))
	}
}

// statusesComplete reports whether every declared problem is a finding that states its status: only then can statuses be
// counted against totals.
func (c *claims) statusesComplete() bool {
	p := c.total.Problems
	return p != nil && *p == len(c.doc.Findings) && !slices.ContainsFunc(c.doc.Findings, func(f corpus.Finding) bool {
		return f.Status == corpus.Unstated || f.Status == ""
	})
}

func (c *claims) measures() {
	d := c.total
	if d.MeasuresPlanned != nil && d.MeasuresCompleted != nil && *d.MeasuresCompleted > *d.MeasuresPlanned {
		c.add(MeasuresExceed, c.declared("declared.measures_completed", *d.MeasuresCompleted),
			c.declared("declared.measures_planned", *d.MeasuresPlanned),
			"文中称完成整改措施%d条，多于制定的%d条", *d.MeasuresCompleted, *d.MeasuresPlanned)
	}
}

// statements checks every sentence that gives a total with its parts or a rate.
func (c *claims) statements() {
	for _, s := range c.sums {
		c.parts(s)
		c.rate(s)
		c.persons(s)
	}
}

func (c *claims) parts(s sum) {
	if s.total == nil || len(s.done) == 0 {
		return
	}
	done, open := add(s.done), add(s.open)
	said := Side{Value: s.total.value, Quotes: []Quote{s.total.quote(c.doc)}}
	parts := Side{Value: done + open, Quotes: quotes(c.doc, append(slices.Clone(s.done), s.open...))}
	switch {
	case len(s.open) > 0 && s.closed && done+open != s.total.value:
		c.add(PartsDiffer, said, parts, "文中称共%v%s，其中已完成%v%s、未完成%v%s，合计%v%s",
			s.total.value, s.total.unit, done, s.total.unit, open, s.total.unit, done+open, s.total.unit)
	case len(s.open) == 0 && done > s.total.value && s.total.noun == measureNoun && c.total.MeasuresCompleted == nil:
		c.add(MeasuresExceed, Side{Value: done, Quotes: quotes(c.doc, s.done)}, said,
			"文中称完成整改措施%v%s，多于制定的%v%s", done, s.total.unit, s.total.value, s.total.unit)
	}
}

// rate compares a rate with the numbers of its sentence, or of the document where the sentence has none.
func (c *claims) rate(s sum) {
	if s.rate == nil {
		return
	}
	total, done, against := 0.0, 0.0, []Quote(nil)
	d := c.total
	switch {
	case s.total != nil && len(s.done) == 1:
		total, done = s.total.value, s.done[0].value
		against = []Quote{s.total.quote(c.doc), s.done[0].quote(c.doc)}
	case s.total == nil && len(s.done) == 0 && s.rate.noun != measureNoun && d.Problems != nil && d.Rectified != nil:
		total, done = float64(*d.Problems), float64(*d.Rectified)
		against = append(c.declared("declared.problems", 0).Quotes, c.declared("declared.rectified", 0).Quotes...)
	default:
		return
	}
	if total <= 0 || done > total {
		return
	}
	// A printed rate is rounded or cut: it lies less than one unit of its last digit from the quotient.
	quotient := 100 * done / total
	if step := math.Pow10(-s.rate.digits); math.Abs(quotient-s.rate.value) >= step-1e-9 {
		c.add(RateDiffers, Side{Value: s.rate.value, Quotes: []Quote{s.rate.quote(c.doc)}}, Side{Value: quotient, Quotes: against},
			"文中称完成率%v%%，而%v个中完成%v个，应为%.1f%%", s.rate.value, total, done, quotient)
	}
}

func (c *claims) persons(s sum) {
	if s.persons == nil || len(s.kinds) == 0 {
		return
	}
	if sum := add(s.kinds); sum > s.persons.value {
		c.add(PersonsExceed, Side{Value: s.persons.value, Quotes: []Quote{s.persons.quote(c.doc)}},
			Side{Value: sum, Quotes: quotes(c.doc, s.kinds)}, "文中称问责%v人，分项合计%v人", s.persons.value, sum)
	}
}

// allDone compares the statement that all problems are rectified with the findings that are said to be open.
func (c *claims) allDone() {
	open := c.findings(func(f *corpus.Finding) bool { return f.Status == corpus.InProgress || f.Status == corpus.NotDone })
	if len(open.Findings) == 0 || slices.ContainsFunc(c.found, func(x Claim) bool { return x.Kind == RectifiedDiffers }) {
		return
	}
	d := c.total
	said := Side{Value: 100}
	if d.Problems != nil && d.Rectified != nil && *d.Problems == *d.Rectified {
		said.Quotes = c.declared("declared.rectified", *d.Rectified).Quotes
	} else if i := slices.IndexFunc(c.sums, func(s sum) bool {
		return s.rate != nil && s.rate.value == 100 && s.rate.noun != measureNoun && len(s.open) == 0
	}); i >= 0 {
		said.Quotes = []Quote{c.sums[i].rate.quote(c.doc)}
	} else {
		return
	}
	for _, f := range c.doc.Findings {
		if slices.Contains(open.Findings, f.ID) {
			if span := statusSpan(c.doc, &f); span.Len() > 0 {
				open.Quotes = append(open.Quotes, Quote{Text: span.Of(c.doc.Text), Span: span})
			}
		}
	}
	c.add(AllDoneDiffers, said, open, "文中称全部完成整改，有%d个问题的状态是正在整改或未完成", len(open.Findings))
}
