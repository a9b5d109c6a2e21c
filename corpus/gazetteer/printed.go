package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tongjian/corpus"
)

// Printed returns the region that a unit's or a committee's name begins with, as it is printed there, for places that are not in
// the table or that several divisions are called like: 澄湖县水务局 is in a county 澄湖县, whichever that is, and
// 云澜市澄湖区财政局 in the district 澄湖区 of a city 云澜市. What stands before is read by the table (江苏省云澜市…). A lone 市 is
// taken for a city. The span is that of the names. It reports false where the name begins with no such place, and where
// the table knows all of it: then Resolve tells more. The region has no code.
func (g *Gazetteer) Printed(text string) (corpus.Region, corpus.Span, bool) {
	start := nameStart(text)
	start += len(text[start:]) - len(withoutTerm(text[start:]))
	for _, p := range leagues {
		start += len(text[start:]) - len(strings.TrimPrefix(text[start:], p))
	}
	var r corpus.Region
	at := start
	if c := g.chainAt(text, start, false); c.known() {
		r, _, _ = c.region(g)
		at = c.end
	}
	known := at
	if r.City == "" && r.County == "" && !isMunicipal(r) {
		if n := printedPlace(text[at:], citySuffixes); n > 0 {
			r.City, at = corpus.Fact(text[at:at+n]), at+n
		}
	}
	if r.County == "" {
		suffixes := countySuffixes
		if r.City != "" {
			suffixes = append([]string{"市"}, countySuffixes...)
		}
		if n := printedPlace(text[at:], suffixes); n > 0 {
			r.County, at = corpus.Fact(text[at:at+n]), at+n
		}
	}
	if at == known {
		return corpus.Region{}, corpus.Span{}, false
	}
	r.Code = ""
	return r, corpus.Span{Start: start, End: at}, true
}

// leagues stand before the place in the names of some organisations: 共青团云澜市委员会, 政协云澜市委员会.
var leagues = []string{"共青团", "中国人民政治协商会议", "政协", "国家税务总局", "中国农工民主党", "国网"}

// withoutTerm cuts the number of a committee's term off a name: 十二届云澜市委.
func withoutTerm(name string) string {
	rest := strings.TrimPrefix(name, "第")
	rest = strings.TrimLeft(rest, "一二三四五六七八九十0123456789")
	if after, ok := strings.CutPrefix(rest, "届"); ok {
		return after
	}
	return name
}

var (
	citySuffixes   = []string{"自治州", "州", "盟", "市"}
	countySuffixes = []string{"自治县", "自治旗", "县", "区", "旗"}
)

// Lengths of a place's name without its suffix, in characters: of a plain one, and of an autonomous one, which holds the names of
// peoples.
const (
	minPlaceRunes      = 2
	maxPlaceRunes      = 4
	maxAutonomousRunes = 9
)

// printedPlace returns the length of a place's name with one of the suffixes that the text begins with, 0 where there is none.
func printedPlace(text string, suffixes []string) int {
	at := 0
	for n := 0; n <= maxAutonomousRunes; n++ {
		for _, suffix := range suffixes {
			if n < minPlaceRunes || !strings.HasPrefix(text[at:], suffix) || n > maxPlaceRunes && !strings.HasPrefix(suffix, "自治") {
				continue
			}
			if canBePlace(text[:at], suffix) && endsThere(suffix, text[at+len(suffix):]) {
				return at + len(suffix)
			}
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if !unicode.Is(unicode.Han, r) || strings.ContainsRune(notOfPlaces, r) {
			return 0
		}
		at += size
	}
	return 0
}

// notOfPlaces are characters that the name of a place does not hold: those of organisations, connectives and pronouns.
const notOfPlaces = "局委办厅会院校所站社园发术业街路镇乡村党组属辖市县各全届第某本我该由经于向对与及据照是为受在将了的同请以按从被即并随自省×＊*"

// otherAreas are what stands before 区, 市, 县 or 盟 where the word is no division: 高新区, 景区, 超市, 示范县, 联盟.
var otherAreas = map[string][]string{
	"区": {"高新", "经开", "产业", "示范", "保税", "自贸", "合作", "度假", "景", "园", "小", "校", "库", "灌", "林", "矿", "港", "新", "片", "厂", "营", "牧",
		"军", "战", "病", "老城", "主城", "老", "汛", "洪", "蓄", "保护", "试验", "实验", "贸易", "物流", "功能", "核心", "中心", "集聚", "服务", "管理", "引领", "生活",
		"住宅", "湿地", "湾", "特", "大", "地", "社", "工业", "农场", "城", "旅游", "风貌", "文化", "科教", "农"},
	"市": {"城", "超", "门", "股", "夜", "集", "菜", "黑", "牛", "上", "都", "地级", "县级", "直辖", "省会", "较大的", "花", "书", "车", "全省各", "楼"},
	"县": {"示范", "试点", "贫困", "先进", "百强", "大", "强", "州"},
	"州": {"神", "九"},
	"盟": {"联", "同", "加", "结", "农", "民"},
	"旗": {"红", "国", "党", "锦"},
}

// verbs begin phrases before a committee that a place's name does not begin with: 落实县委.
var verbs = []string{
	"落实", "贯彻", "接受", "配合", "迎接", "针对", "按照", "根据", "关于", "巡察", "巡视", "反馈", "做好", "抓好", "完成", "推进", "推动", "围绕", "收到", "召开", "通过", "中国",
}

// canBePlace reports whether a place can be called so, with the suffix behind it.
func canBePlace(place, suffix string) bool {
	for _, v := range verbs {
		if strings.HasPrefix(place, v) {
			return false
		}
	}
	return !endsAny(place, otherAreas[suffix])
}

// endsThere reports whether a name with the suffix ends before what follows. A bare 州 or 盟 is one only before its committee or
// its offices.
func endsThere(suffix, after string) bool {
	switch suffix {
	case "州":
		return startsAny(after, "委", "人民", "直", "政府", "政协", "纪委")
	case "市":
		if startsAny(after, "民") {
			return startsAny(after, "民政", "民族", "民宗", "民革", "民盟", "民建", "民进", "民用")
		}
		if startsAny(after, "政") {
			return startsAny(after, "政协", "政府", "政法", "政务", "政数")
		}
		return !startsAny(after, "场", "值", "容", "集")
	case "区":
		return !startsAny(after, "域", "块链", "间", "划")
	case "县":
		return !startsAny(after, "域")
	case "旗":
		return !startsAny(after, "帜", "舰", "下", "袍")
	}
	return true
}

func startsAny(text string, starts ...string) bool {
	for _, s := range starts {
		if strings.HasPrefix(text, s) {
			return true
		}
	}
	return false
}

func isMunicipal(r corpus.Region) bool {
	switch r.Province {
	case "北京市", "天津市", "上海市", "重庆市":
		return true
	}
	return false
}
