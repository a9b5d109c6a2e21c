package gazetteer

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxShortRunes is the length of the longest short name, in characters.
const maxShortRunes = 8

// words are short names that are words of the language; they never stand for the place.
var words = []string{
	"公安", "资源", "新兴", "东方", "和平", "平安", "通道", "共和", "商城", "大方", "兴国", "凤凰", "延长", "民权", "民乐", "中方", "中山",
	"友谊", "友好", "文化", "朝阳", "开发", "安定", "永安", "大安", "平和", "太和", "永和", "青年", "团结", "建设", "新建", "新民", "安全",
	"港口", "长征", "光明", "互助", "新华", "红旗", "交口", "高台", "民主", "普通", "正定", "清水", "古城", "中心", "白银", "合作", "安居",
	"天等", "林口", "石门", "温泉", "河口", "南海", "东海", "黄山", "泰山", "华山", "长江", "黄河", "大学", "科技", "水利", "林业", "健康",
	"人和", "实验", "渡口", "建安", "利通", "利民", "兴业", "兴文", "绿园", "民和", "全南", "南部", "北部", "西部", "东部", "中部", "中阳", "城步",
	"比如", "同心", "富裕", "长子", "大名", "灯塔", "会同", "莲花", "无为", "洞口", "三门", "台前", "桃源", "富民", "集贤", "乐业", "大厂", "紫金",
	"万年", "光泽", "太白", "两当", "新干", "新和", "轮台", "围场", "石棉", "上思", "来安", "响水", "安宁", "平定", "大化", "定边", "清流",
}

// notAfterShort are words that make something else of a short name before them: 北京路, 长寿街道.
var notAfterShort = []string{"灌区", "林区", "库区", "景区", "矿区", "牧区",
	"路", "街", "道", "大道", "巷", "桥", "门", "镇", "乡", "村", "社区", "寺", "湖", "山", "江", "河", "港", "湾", "岛", "站", "小区", "东路", "西路",
	"南路", "北路", "中路", "东街", "西街", "南街", "北街", "厂", "一路", "二路", "三路",
}

// shortAt returns the longest short name at the beginning of a unit's name, its length and what it means; length 0 where
// there is none. Districts have no short names here, nor have names that are words.
func (g *Gazetteer) shortAt(text string) (length int, means []int) {
	end := 0
	for range maxShortRunes {
		_, size := utf8.DecodeRuneInString(text[end:])
		if size == 0 {
			break
		}
		end += size
		if m := g.shortMeanings(text[:end], text[end:]); len(m) > 0 {
			length, means = end, m
		}
	}
	return length, means
}

// shortMeanings returns what a short name means with this text after it.
func (g *Gazetteer) shortMeanings(short, after string) []int {
	found := g.byShort[short]
	if len(found) == 0 || slices.Contains(words, short) {
		return nil
	}
	if i := strings.Index(after, "族自治"); i > 0 && i <= 4*len("族") {
		return nil // 白水瑶族自治县 is not the 白水 of the table
	}
	if !g.startsDivision(after) && slices.ContainsFunc(notAfterShort, func(w string) bool { return strings.HasPrefix(after, w) }) {
		return nil
	}
	var means []int
	for _, i := range found {
		d := g.divisions[i]
		if d.Level == Province {
			// 海南 and 河南 are the provinces, whatever else is called so.
			return []int{i}
		}
		if d.Level == City || !strings.HasSuffix(d.Name, "区") || strings.HasSuffix(d.Name, "林区") {
			means = append(means, i)
		}
	}
	return means
}

// startsDivision reports whether a text begins with the name of a division or with the short name of a city: in
// 广东江门, 江 is no river.
func (g *Gazetteer) startsDivision(text string) bool {
	if length, _ := g.nameAt(text); length > 0 {
		return true
	}
	end := 0
	for range 3 {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
		for _, i := range g.byShort[text[:end]] {
			if g.divisions[i].Level == City {
				return true
			}
		}
	}
	return false
}
