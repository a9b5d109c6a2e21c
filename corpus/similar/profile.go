package similar

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"tongjian/corpus/segment"
)

// MaxFeatures is the most features of a statement that are kept, the strongest: a statement of more than about a
// hundred characters is known by its most telling ones.
const MaxFeatures = 128

// feature is a character, a pair of neighbouring characters, or a notion, in one number: the two characters side by side
// (both lie in the basic plane), or notionMark and the notion's place in the lexicon. No letter has the number notionMark.
type feature uint32

const notionMark = 1

func gramOf(first, second rune) feature { return feature(uint32(first)<<16 | uint32(second)&0xFFFF) }
func notionOf(name int) feature         { return gramOf(notionMark, rune(name)) }

func (f feature) isNotion() bool { return f>>16 == notionMark }
func (f feature) isSingle() bool { return f>>16 == 0 }

// Profile is a statement as a set of weighted features. The zero Profile has none and is like nothing.
type Profile struct {
	features []feature // ascending
	weights  []float32 // of the features, in the same order
	total    float32
}

// Empty reports whether the statement has no feature to compare by.
func (p Profile) Empty() bool { return len(p.features) == 0 }

// Of returns the profile of a statement.
func Of(statement string) Profile {
	d := drafts(theLexicon(), theWeights())
	for clause := range clauses(withoutAdmission(statement)) {
		d.take(clause)
	}
	return d.profile()
}

// counts reports whether a folded character is compared: letters are, figures are not.
func counts(r rune) bool { return unicode.IsLetter(r) && r < 0x10000 && !isNumeral(r) }

// isNumeral reports whether a character is a figure in a number that is only written in words.
func isNumeral(r rune) bool { return r == '〇' || r == '○' }

// clauses cuts a statement at its punctuation and returns the folded letters of each clause. Quotation marks and the
// mark between members of a list do not cut.
func clauses(statement string) func(func([]rune) bool) {
	return func(yield func([]rune) bool) {
		var clause []rune
		figure := false // the character before is a figure
		for _, r := range statement {
			r = segment.FoldRune(r)
			before := figure
			figure = unicode.IsDigit(r)
			switch {
			case before && strings.ContainsRune("年月日", r):
			case counts(r):
				clause = append(clause, r)
			case strings.ContainsRune(",;。:!?\n", r):
				if len(clause) > 0 && !yield(clause) {
					return
				}
				clause = clause[:0]
			}
		}
		if len(clause) > 0 {
			yield(clause)
		}
	}
}

// withoutAdmission leaves out the clauses that say that a problem is old (上轮巡察指出后仍未改正): two old problems are not
// the same one. A statement that says nothing else stays whole.
func withoutAdmission(statement string) string {
	if !oldMark.MatchString(statement) {
		return statement
	}
	var kept strings.Builder
	for clause := range strings.FieldsFuncSeq(statement, func(r rune) bool { return strings.ContainsRune("，,；;。", r) }) {
		if !admission.MatchString(clause) {
			kept.WriteString(clause + "，")
		}
	}
	if kept.Len() == 0 {
		return statement
	}
	return kept.String()
}

// oldMark is in every clause that admission matches, and quick to look for.
var oldMark = regexp.MustCompile(`[上前以]`)

// admission is a clause about an earlier inspection or audit.
var admission = regexp.MustCompile(`(上一?轮|上一?次|前[一几]?轮|以往).*(巡|审计|检查|指出|反馈|反映|整改)`)

// draft gathers the features of a statement.
type draft struct {
	lexicon *lexicon
	weight  *weighting
	found   []weighted
	share   []float32 // what each character of the clause counts
}

type weighted struct {
	feature feature
	weight  float32
}

func drafts(x *lexicon, w *weighting) *draft { return &draft{lexicon: x, weight: w} }

// take adds the features of a clause.
func (d *draft) take(clause []rune) {
	d.share = d.share[:0]
	for range clause {
		d.share = append(d.share, 1)
	}
	d.lexicon.find(clause, func(m match) {
		least := float32(coveredShare)
		if d.lexicon.notions[m.name].formula {
			least = formulaShare
		}
		for i := m.start; i < m.end; i++ {
			d.share[i] = min(d.share[i], least)
		}
		d.note(notionOf(m.name), d.weight.notions[m.name])
	})
	for i, r := range clause {
		single := gramOf(0, r)
		d.note(single, singleShare*d.share[i]*d.weight.of(single))
		if i > 0 {
			g := gramOf(clause[i-1], r)
			d.note(g, min(d.share[i-1], d.share[i])*d.weight.of(g))
		}
	}
}

func (d *draft) note(f feature, weight float32) { d.found = append(d.found, weighted{f, weight}) }

// distinct returns the features in order, each with the greatest weight that it was noted with.
func (d *draft) distinct() []weighted {
	slices.SortFunc(d.found, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(a.feature, b.feature), cmp.Compare(b.weight, a.weight))
	})
	return slices.CompactFunc(d.found, func(a, b weighted) bool { return a.feature == b.feature })
}

func (d *draft) profile() Profile {
	all := d.distinct()
	if len(all) > MaxFeatures {
		slices.SortFunc(all, func(a, b weighted) int {
			return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.feature, b.feature))
		})
		all = all[:MaxFeatures]
		slices.SortFunc(all, func(a, b weighted) int { return cmp.Compare(a.feature, b.feature) })
	}
	p := Profile{features: make([]feature, len(all)), weights: make([]float32, len(all))}
	for i, w := range all {
		p.features[i], p.weights[i] = w.feature, w.weight
		p.total += w.weight
	}
	return p
}
