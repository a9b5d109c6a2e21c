package rectify

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"tongjian/corpus"
)

// AmountKind says what a sum of money is.
type AmountKind string

// The kinds of sum.
const (
	Irregular   AmountKind = "irregular"  // 违规金额
	Contracted  AmountKind = "contracted" // 合同额
	Recovered   AmountKind = "recovered"  // 清退、追缴、上缴
	Fined       AmountKind = "fined"      // 罚款
	OtherAmount AmountKind = "other"      // 其他
)

// AmountKinds lists the kinds in the order in which they are shown.
var AmountKinds = []AmountKind{Irregular, Contracted, Recovered, Fined, OtherAmount}

// Chinese returns the name of the kind as users read it.
func (k AmountKind) Chinese() string {
	switch k {
	case Irregular:
		return "违规金额"
	case Contracted:
		return "合同额"
	case Recovered:
		return "清退追缴上缴"
	case Fined:
		return "罚款"
	case OtherAmount:
		return "其他"
	}
	return string(k)
}

// Money is an amount with what it is and how far it may lie from the printed figure, in yuan. Open means that it may be any
// sum above Low: 超过100万元.
type Money struct {
	Kind  AmountKind `json:"kind"`
	Yuan  float64    `json:"yuan"` // as printed
	Low   float64    `json:"low"`
	High  float64    `json:"high"`
	Open  bool       `json:"open,omitempty"`
	Quote Quote      `json:"quote"`
	// Within marks a sum that is a part of another (其中…) or that the finding names before: it is not added up.
	Within bool `json:"within,omitempty"`
}

// Sum is the sum of amounts of one kind, in yuan.
type Sum struct {
	Kind    AmountKind `json:"kind"`
	Amounts int        `json:"amounts"`
	Yuan    float64    `json:"yuan"`
	Low     float64    `json:"low"`
	High    float64    `json:"high"`
	Open    bool       `json:"open,omitempty"`
}

var (
	fineWords      = regexp.MustCompile(`罚款|罚没|处罚|罚金`)
	recoverWords   = regexp.MustCompile(`清退|追缴|上缴|追回|收回|退缴|收缴|退还|退回|退赔|补缴|补交|缴回|清缴|挽回|归还|缴入|扣回|核减|审减|清收`)
	contractWords  = regexp.MustCompile(`合同|中标|标的|采购|招标|总价|造价|发包|订单|协议`)
	irregularWords = regexp.MustCompile(`违规|违反|超标准|超范围|超预算|超额|多付|多报|多计|虚列|虚报|虚增|套取|挪用|截留|侵占|未入账|未缴|未上缴|未收|欠|挂账|无依据|重复|白条|坐支|私存|小金库|损失|浪费|闲置|滞留|应收|不实|违纪|不合规|不规范|超支|未经|擅自|大额现金|少缴|漏缴|冒领`)
	clauseStops    = "，,。；;：:\n（(）)"
)

// AmountsOf returns the sums of money that a finding names, in the order of the text.
func AmountsOf(doc *corpus.Document, f *corpus.Finding) []Money {
	amounts := slices.Clone(f.Amounts)
	slices.SortFunc(amounts, func(a, b corpus.Amount) int { return a.Span.Start - b.Span.Start })
	var out []Money
	from := f.Span.Start
	for _, a := range amounts {
		lead, tail := contextOf(doc.Text, f.Span, a.Span, from)
		m := Money{Kind: amountKind(lead, tail), Yuan: a.ValueYuan, Quote: Quote{Text: a.Text, Span: a.Span}}
		m.Low, m.High, m.Open = boundsOf(a)
		m.Within = partOf(doc.Text, f.Span, a.Span, out) || slices.ContainsFunc(out, func(o Money) bool {
			return !o.Within && o.Kind == m.Kind && cents(o.Yuan) == cents(m.Yuan)
		})
		out = append(out, m)
		from = a.Span.End
	}
	return out
}

// contextOf returns the words around an amount: before it back to the last amount, at most two clauses; behind it to the end
// of its clause.
func contextOf(text string, whole, at corpus.Span, from int) (lead, tail string) {
	lead = text[max(whole.Start, min(from, at.Start)):at.Start]
	if i := strings.LastIndexAny(lead, "。；;\n"); i >= 0 {
		lead = lead[i:]
	}
	tail = text[at.End:max(at.End, whole.End)]
	if i := strings.IndexAny(tail, clauseStops); i >= 0 {
		tail = tail[:i]
	}
	return lead, tail
}

// amountKind reads what a sum is: by the word nearest before it, else by those behind it.
func amountKind(lead, tail string) AmountKind {
	kind, at := OtherAmount, -1
	for _, c := range []struct {
		words *regexp.Regexp
		kind  AmountKind
	}{{contractWords, Contracted}, {irregularWords, Irregular}, {recoverWords, Recovered}, {fineWords, Fined}} {
		if all := c.words.FindAllStringIndex(lead, -1); len(all) > 0 && all[len(all)-1][0] >= at {
			kind, at = c.kind, all[len(all)-1][0]
		}
	}
	// 追缴违规发放的补贴3万元 is recovered: what was done with the money outweighs what was wrong with it.
	clause := lead
	if i := strings.LastIndexAny(clause, clauseStops); i >= 0 {
		clause = clause[i:]
	}
	switch {
	case fineWords.MatchString(clause):
		return Fined
	case recoverWords.MatchString(clause):
		return Recovered
	case at >= 0:
		return kind
	case recoverWords.MatchString(tail):
		return Recovered
	case irregularWords.MatchString(tail):
		return Irregular
	case contractWords.MatchString(tail):
		return Contracted
	}
	return OtherAmount
}

// partOf reports whether an amount stands behind 其中 in the sentence of an amount that is not a part itself.
func partOf(text string, whole, at corpus.Span, before []Money) bool {
	lead := text[whole.Start:at.Start]
	if i := strings.LastIndexAny(lead, "。；;\n"); i >= 0 {
		lead = lead[i:]
	}
	i := strings.LastIndex(lead, "其中")
	return i >= 0 && slices.ContainsFunc(before, func(m Money) bool {
		return !m.Within && m.Quote.Span.Start >= at.Start-len(lead) && m.Quote.Span.Start < at.Start-len(lead)+i
	})
}

// roughly is how far 约 and 近 may lie from the truth.
const roughly = 0.1

// boundsOf returns between what an amount may lie. 余 and 多 stand for less than one unit of the last digit that is not zero:
// 130余万元 is less than 140万元. 约 is within a tenth to either side, 近 within a tenth below. 超 and 逾 have no upper bound.
func boundsOf(a corpus.Amount) (low, high float64, open bool) {
	v := a.ValueYuan
	switch {
	case a.Bound == "over" && !strings.ContainsAny(a.Text, "余多"):
		return v, v, true
	case a.Bound == "over":
		return v, v + lastPlace(v), false
	case a.Bound == "about" && strings.Contains(a.Text, "近"):
		return v * (1 - roughly), v, false
	case a.Bound == "about":
		return v * (1 - roughly), v * (1 + roughly), false
	}
	return v, v, false
}

// lastPlace returns the value of one unit of the last digit of a sum that is not zero.
func lastPlace(v float64) float64 {
	n := cents(v)
	if n == 0 {
		return 0
	}
	place := int64(1)
	for n%10 == 0 {
		n /= 10
		place *= 10
	}
	return float64(place) / 100
}

func cents(v float64) int64 { return int64(math.Round(v * 100)) }

// SumsOf adds amounts up by kind, parts and repetitions left out, in the order of AmountKinds. The sums are exact to the cent.
func SumsOf(amounts []Money) []Sum {
	var out []Sum
	for _, kind := range AmountKinds {
		s := Sum{Kind: kind}
		var yuan, low, high int64
		for _, m := range amounts {
			if m.Kind != kind || m.Within {
				continue
			}
			s.Amounts++
			s.Open = s.Open || m.Open
			yuan, low, high = yuan+cents(m.Yuan), low+cents(m.Low), high+cents(m.High)
		}
		if s.Amounts > 0 {
			s.Yuan, s.Low, s.High = float64(yuan)/100, float64(low)/100, float64(high)/100
			out = append(out, s)
		}
	}
	return out
}

// AddSums adds lists of sums up by kind.
func AddSums(lists ...[]Sum) []Sum {
	var out []Sum
	for _, kind := range AmountKinds {
		total := Sum{Kind: kind}
		var yuan, low, high int64
		for _, list := range lists {
			for _, s := range list {
				if s.Kind == kind {
					total.Amounts += s.Amounts
					total.Open = total.Open || s.Open
					yuan, low, high = yuan+cents(s.Yuan), low+cents(s.Low), high+cents(s.High)
				}
			}
		}
		if total.Amounts > 0 {
			total.Yuan, total.Low, total.High = float64(yuan)/100, float64(low)/100, float64(high)/100
			out = append(out, total)
		}
	}
	return out
}
