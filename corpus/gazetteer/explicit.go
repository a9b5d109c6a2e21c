package gazetteer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/corpus/internal/pattern"
)

// explicit matches a place spelt out level by level: a province, a city or prefecture, and perhaps a county. Names are
// short, so that words before and after do not become part of them.
var explicit = pattern.MustCompile(`(\p{Han}{2,5}(?:省|自治区))(\p{Han}{1,4}?(?:市|自治州|地区|盟))(\p{Han}{2,4}?(?:自治县|县|区|市|旗))?`)

// leadIns are words before a province that the pattern could take for the beginning of its name.
var leadIns = []string{
	"中国共产党", "产党", "党", "中共", "共", "巡察", "察", "巡视", "视", "关于", "根据", "据", "按照", "照", "经", "对", "向", "为", "在", "由",
	"是", "于", "的", "和", "了",
}

// notInCounty are characters that the name of an organisation has and the name of a county does not, as in 社区 and 开发区.
const notInCounty = "局委办厅会院校所站社园发术业街路镇乡村党组属辖市县各全"

// explicitRegion returns the region that a text spells out for a place that no table knows, without a code.
func explicitRegion(text string) (corpus.Region, corpus.Span, bool) {
	m := explicit.FindStringSubmatchIndex(text)
	if m == nil {
		return loneProvince(text)
	}
	province := withoutLeadIns(text[m[2]:m[3]])
	start := m[3] - len(province)
	city := text[m[4]:m[5]]
	if utf8.RuneCountInString(province) > 4 || isRelative(province) || isRelative(city) {
		return corpus.Region{}, corpus.Span{}, false
	}
	r := corpus.Region{Province: corpus.Fact(province), City: corpus.Fact(city)}
	span := corpus.Span{Start: start, End: m[5]}
	if m[6] >= 0 && isCountyPlace(countyPlace(text[m[6]:m[7]])) {
		r.County = corpus.Fact(text[m[6]:m[7]])
		span.End = m[7]
	}
	return r, span, true
}

// unitOfProvince matches a unit directly under a province: its name begins with the province.
var unitOfProvince = pattern.MustCompile(`^(\p{Han}{1,2}[^节反自内深财全各我本该某外邻跨届]省)(?:委|人民政府|\p{Han}{2,12}(?:厅|委员会))`)

// loneProvince returns the region of a unit directly under a province that no table knows. 省, unlike 市, has one level.
func loneProvince(text string) (corpus.Region, corpus.Span, bool) {
	start := nameStart(text)
	m := unitOfProvince.FindStringSubmatch(text[start:])
	if m == nil {
		return corpus.Region{}, corpus.Span{}, false
	}
	return corpus.Region{Province: corpus.Fact(m[1])}, corpus.Span{Start: start, End: start + len(m[1])}, true
}

// withoutLeadIns cuts words off the beginning of what was taken for a province's name, as long as a name remains.
func withoutLeadIns(province string) string {
	for _, w := range leadIns {
		if rest, ok := strings.CutPrefix(province, w); ok && len(rest) >= len("某某省") {
			return withoutLeadIns(rest)
		}
	}
	return province
}

// isRelative reports whether a name only points (全省, 我市, 某市) instead of naming.
func isRelative(name string) bool {
	return hasAny(name, "全我本某该各×＊*") || strings.Count(name, "省") > 1
}

// zones are places that are called 区 and are no divisions.
var zones = []string{"高新", "经开", "示范", "保税", "园", "景", "风景", "新城", "林", "库", "灌"}

// isCountyPlace reports whether a county can be called so.
func isCountyPlace(place string) bool {
	return !hasAny(place, notInCounty) && !slices.Contains(zones, place) && utf8.RuneCountInString(place) >= 2
}

// countyPlace returns a county's name without its suffix.
func countyPlace(name string) string {
	for _, s := range []string{"自治县", "县", "区", "市", "旗"} {
		if place, ok := strings.CutSuffix(name, s); ok {
			return place
		}
	}
	return name
}

// hasAny reports whether the text has one of the characters.
func hasAny(text, characters string) bool { return strings.ContainsAny(text, characters) }
