package recur

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tongjian/corpus"
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
		case strings.ContainsRune("([〔【", r):
			depth++
		case strings.ContainsRune(")]〕】", r):
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

// levels are the words by which a unit names the place it belongs to without saying which: 市商务局.
var levels = map[string]func(corpus.Region) corpus.Fact{
	"省": func(r corpus.Region) corpus.Fact { return r.Province },
	"市": func(r corpus.Region) corpus.Fact {
		if strings.HasSuffix(string(r.County), "市") || r.City == "" {
			return r.County // a city of the level of a county
		}
		return r.City
	},
	"州": func(r corpus.Region) corpus.Fact { return r.City },
	"县": func(r corpus.Region) corpus.Fact { return r.County },
	"区": func(r corpus.Region) corpus.Fact { return r.County },
	"旗": func(r corpus.Region) corpus.Fact { return r.County },
}

// notLevels are words that begin like one that names a level.
var notLevels = []string{"市场", "市政", "市容", "市民", "区域", "县域", "省际", "州际", "市郊"}

// offices are endings of the names of units that every place has.
var offices = []string{
	"局", "委", "委员会", "办", "办公室", "厅", "处", "中心", "大队", "支队", "所", "站", "政府", "人大", "政协", "法院", "检察院", "联合会", "联合社",
}

// namesPlace reports whether a name has a place before what the unit is: 清澜市商务局.
func namesPlace(id string) bool {
	_, size := utf8.DecodeRuneInString(id)
	rest := id[size:]
	for _, w := range notLevels {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return strings.ContainsAny(rest, "省市县区州旗盟镇乡村")
}

// everywhere reports whether every place has a unit of that name.
func everywhere(id string) bool {
	for _, ending := range offices {
		if strings.HasSuffix(id, ending) {
			return !namesPlace(id)
		}
	}
	return false
}

// identityIn returns the identity of a unit that a document names. A name that does not say of which place (市商务局, 商务局)
// is completed by the document's region; where that is not known the unit is one that no other document names, since every
// place has one of that name.
func identityIn(name string, d *corpus.Document) string {
	id := Identity(name)
	if id == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(id)
	place, named := levels[string(first)]
	for _, w := range notLevels {
		named = named && !strings.HasPrefix(id, w)
	}
	switch {
	case named && place(d.Region) != "":
		return Identity(string(place(d.Region))) + id[size:]
	case !named && !everywhere(id):
		return id
	case !named && finest(d.Region) != "":
		return Identity(finest(d.Region)) + id
	}
	return id + " " + string(d.ID)
}

// finest is the name of the finest division of a region that is known.
func finest(r corpus.Region) string {
	for _, level := range []corpus.Fact{r.County, r.City, r.Province} {
		if level != "" {
			return string(level)
		}
	}
	return ""
}
