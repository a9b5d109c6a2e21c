package gazetteer

import (
	"strings"

	"tongjian/corpus"
	"tongjian/corpus/internal/pattern"
)

// statedPlace matches the names of divisions that a unit's name begins with, by their last characters: a province, a city or
// prefecture, a county. Groups: 1 province, 2 city, 3 county.
var statedPlace = pattern.MustCompile(`^(?:共青团|政协|中国人民政治协商会议)?(\p{Han}{2,5}(?:省|自治区))?(\p{Han}{2,8}自治州|\p{Han}{2,3}[市盟])?(\p{Han}{2,9}自治[县旗]|\p{Han}{2,3}[县区旗])?`)

// notInPlace are characters and words that names of places do not hold and that stand before 市, 县, 区 in other words: 全市, 本县, 社区,
// 开发区, 灌区.
const notInPlace = "全我本该各某省市县区旗州届委局办社园景港矿库林牧灌小校院军示护假理片地发新术级业作对向由经在的和与及巡察视组关于根据按照"

// Stated returns the region that the name of a unit begins with as it is printed, for places that no table knows: 澄湖县 is a county and
// 云澜市 a city by their names. A region that the table knows in part is completed by what follows. It has no Code.
func (g *Gazetteer) Stated(text string) (corpus.Region, corpus.Span, bool) {
	start := nameStart(text)
	m := statedPlace.FindStringSubmatchIndex(text[start:])
	if m == nil {
		return corpus.Region{}, corpus.Span{}, false
	}
	var r corpus.Region
	end := 0
	for k, to := range []*corpus.Fact{&r.Province, &r.City, &r.County} {
		from, till := m[2*k+2], m[2*k+3]
		if from < 0 {
			continue
		}
		name := text[start+from : start+till]
		if !isPlaceName(name) || goesOn(text[start+till:]) {
			break
		}
		*to, end = corpus.Fact(name), till
	}
	if end == 0 || r.City == "" && r.County == "" {
		return corpus.Region{}, corpus.Span{}, false
	}
	return r, corpus.Span{Start: start, End: start + end}, true
}

// goesOn reports whether a word goes on behind what looks like the end of a place's name: 江北市场, 青浦县级.
func goesOn(after string) bool {
	for _, w := range []string{"场", "民", "容", "级", "域", "间", "值", "直", "政工程", "政设施"} {
		if strings.HasPrefix(after, w) {
			return true
		}
	}
	return false
}

// isPlaceName reports whether a name that ends as those of divisions do can be one.
func isPlaceName(name string) bool {
	stem := name
	for _, end := range []string{"自治区", "自治州", "自治县", "自治旗", "省", "市", "盟", "县", "区", "旗"} {
		if rest, ok := strings.CutSuffix(name, end); ok {
			stem = rest
			break
		}
	}
	return !strings.ContainsAny(stem, notInPlace)
}
