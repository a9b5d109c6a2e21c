package recur

import (
	"strings"
	"unicode"

	"tongjian/corpus/segment"
)

// partyBodies are endings that name the Party body of a unit, not the unit.
var partyBodies = []string{"领导班子", "分党组", "党组", "机关党委", "党工委", "党委", "机关党总支", "党总支", "党支部"}

// Identity returns what two names of the same unit have in common: folded, without blanks, brackets and what they hold,
// 中共 and the Party body. An empty identity is that of a unit that is not known.
func Identity(name string) string {
	var out strings.Builder
	depth := 0
	for _, r := range name {
		switch r = segment.FoldRune(r); {
		case r == '(' || r == '[' || r == '〔' || r == '【':
			depth++
		case r == ')' || r == ']' || r == '〕' || r == '】':
			depth = max(0, depth-1)
		case depth == 0 && (unicode.IsLetter(r) || unicode.IsNumber(r)):
			out.WriteRune(r)
		}
	}
	id := strings.TrimPrefix(strings.TrimPrefix(out.String(), "中国共产党"), "中共")
	for _, body := range partyBodies {
		if rest, ok := strings.CutSuffix(id, body); ok && rest != "" {
			return rest
		}
	}
	return id
}
