package gazetteer

import (
	"strings"
	"unicode/utf8"
)

// suffixes of full names that a short name goes without, longer ones first.
var suffixes = []string{
	"特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "自治县", "自治旗", "行政委员会",
	"地区", "林区", "新区", "特区", "省", "市", "县", "区", "旗", "盟",
}

// peoples that stand before 自治州, 自治县 and 自治旗, longer ones first where one ends another.
var peoples = []string{
	"柯尔克孜", "维吾尔族", "维吾尔", "达斡尔族", "鄂伦春族", "鄂温克族", "哈萨克族", "哈萨克", "塔吉克", "蒙古族", "蒙古", "锡伯", "朝鲜族", "土家族",
	"景颇族", "纳西族", "布依族", "拉祜族", "布朗族", "哈尼族", "仡佬族", "仫佬族", "毛南族", "裕固族", "保安族", "东乡族", "撒拉族", "傈僳族",
	"独龙族", "普米族", "满族", "回族", "藏族", "苗族", "彝族", "壮族", "侗族", "瑶族", "白族", "傣族", "黎族", "佤族", "畲族", "羌族", "土族",
	"水族", "怒族", "各族",
}

// suffixedNames returns the names of a division that end in a suffix: its full name, and for an autonomous one the short
// form of it (恩施州, 宽甸县, 鄂温克旗).
func suffixedNames(d Division) []string {
	for long, short := range map[string]string{"自治州": "州", "自治县": "县", "自治旗": "旗"} {
		if place, ok := strings.CutSuffix(d.Name, long); ok {
			return []string{d.Name, withoutPeoples(place) + short}
		}
	}
	return []string{d.Name}
}

// shortName returns the name of a division without its suffix, "" where fewer than two characters would be left.
func shortName(d Division) string {
	for _, suffix := range suffixes {
		place, ok := strings.CutSuffix(d.Name, suffix)
		if !ok || place == "" {
			continue
		}
		if strings.HasPrefix(suffix, "自治") {
			place = withoutPeoples(place)
		}
		if utf8.RuneCountInString(place) < 2 {
			return ""
		}
		return place
	}
	return ""
}

// withoutPeoples cuts the names of peoples off the end of an autonomous division's name. What is itself only the name of
// a people (鄂温克族自治旗, 东乡族自治县) keeps it without 族.
func withoutPeoples(place string) string {
	for {
		cut := place
		for _, p := range peoples {
			if rest, ok := strings.CutSuffix(place, p); ok {
				cut = rest
				break
			}
		}
		if cut == "" {
			return strings.TrimSuffix(place, "族")
		}
		if cut == place {
			return place
		}
		place = cut
	}
}
