package gazetteer_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongjian/corpus"
	"tongjian/corpus/gazetteer"
)

// region makes a Region of names joined by blanks: province, city, county, "-" where a level is empty.
func region(names, code string) corpus.Region {
	var r corpus.Region
	for i, n := range strings.Fields(names) {
		if n == "-" {
			continue
		}
		switch i {
		case 0:
			r.Province = corpus.Fact(n)
		case 1:
			r.City = corpus.Fact(n)
		case 2:
			r.County = corpus.Fact(n)
		}
	}
	r.Code = code
	return r
}

func TestResolve(t *testing.T) {
	tests := []struct {
		text, want, code, at string // want is empty where nothing is to be found
	}{
		// Full names, alone and in a row.
		{"广东省珠海市某某局", "广东省 珠海市 -", "440400", "广东省珠海市"},
		{"珠海市商务局", "广东省 珠海市 -", "440400", "珠海市"},
		{"中共鹤山市科工商务局党组", "广东省 江门市 鹤山市", "440784", "鹤山市"},
		{"江门鹤山市财政局", "广东省 江门市 鹤山市", "440784", "江门鹤山市"},
		{"广东江门市财政局", "广东省 江门市 -", "440700", "广东江门市"},
		{"宽甸满族自治县统计局", "辽宁省 丹东市 宽甸满族自治县", "210624", "宽甸满族自治县"},
		{"宽甸县统计局", "辽宁省 丹东市 宽甸满族自治县", "210624", "宽甸县"},
		{"恩施州统计局", "湖北省 恩施土家族苗族自治州 -", "422800", "恩施州"},
		{"内蒙古自治区锡林郭勒盟教育局", "内蒙古自治区 锡林郭勒盟 -", "152500", "内蒙古自治区锡林郭勒盟"},
		{"阿克苏地区教育局", "新疆维吾尔自治区 阿克苏地区 -", "652900", "阿克苏地区"},
		{"准格尔旗教育局", "内蒙古自治区 鄂尔多斯市 准格尔旗", "150622", "准格尔旗"},
		{"鄂温克族自治旗教育局", "内蒙古自治区 呼伦贝尔市 鄂温克族自治旗", "150724", "鄂温克族自治旗"},
		{"神农架林区教育局", "湖北省 - 神农架林区", "429021", "神农架林区"},
		{"香港特别行政区某某", "香港特别行政区 - -", "810000", "香港特别行政区"},
		// Municipalities and what lies directly under a province have no city.
		{"北京市朝阳区教育局", "北京市 - 朝阳区", "110105", "北京市朝阳区"},
		{"重庆市秀山土家族苗族自治县教育局", "重庆市 - 秀山土家族苗族自治县", "500241", "重庆市秀山土家族苗族自治县"},
		{"上海市商务委", "上海市 - -", "310000", "上海市"},
		{"仙桃市教育局", "湖北省 - 仙桃市", "429004", "仙桃市"},
		{"济源市教育局", "河南省 - 济源市", "419001", "济源市"},
		{"石河子市教育局", "新疆维吾尔自治区 - 石河子市", "659001", "石河子市"},
		{"东莞市商务局", "广东省 东莞市 -", "441900", "东莞市"},
		// Short names, at the beginning of a unit's name only.
		{"珠海商务局", "广东省 珠海市 -", "440400", "珠海"},
		{"宽甸招商服务中心", "辽宁省 丹东市 宽甸满族自治县", "210624", "宽甸"},
		{"义乌市场监管局", "浙江省 金华市 义乌市", "330782", "义乌"},
		{"海南财政厅", "海南省 - -", "460000", "海南"},
		{"成都高新区社区发展局", "四川省 成都市 -", "510100", "成都"},
		{"北京通州区教育局", "北京市 - 通州区", "110112", "北京通州区"},
		{"江苏南通通州区教育局", "江苏省 南通市 通州区", "320612", "江苏南通通州区"},
		{"对珠海进行巡察", "", "", ""},
		{"北京路街道", "", "", ""},
		{"公安局", "", "", ""},
		{"资源和规划局", "", "", ""},
		{"新兴产业局", "", "", ""},
		{"和平路小学", "", "", ""},
		{"中山大学", "", "", ""},
		{"长寿街道", "", "", ""},
		{"比如某局", "", "", ""},
		{"安宁疗护中心", "", "", ""},
		// Shared names need a parent.
		{"朝阳区教育局", "", "", ""},
		{"市中区教育局", "", "", ""},
		{"朝阳财政局", "", "", ""},
		{"城区教育局", "", "", ""},
		{"矿区管理局", "", "", ""},
		{"辽宁省朝阳市教育局", "辽宁省 朝阳市 -", "211300", "辽宁省朝阳市"},
		{"济南市市中区教育局", "山东省 济南市 市中区", "370103", "济南市市中区"},
		{"济南市中区教育局", "山东省 济南市 市中区", "370103", "济南市中区"},
		{"山西省晋城市城区教育局", "山西省 晋城市 城区", "140502", "山西省晋城市城区"},
		{"鼓楼区民政局(福州市)", "福建省 福州市 鼓楼区", "350102", "鼓楼区"},
		{"吉林省吉林市财政局", "吉林省 吉林市 -", "220200", "吉林省吉林市"},
		{"抚顺市抚顺县财政局", "辽宁省 抚顺市 抚顺县", "210421", "抚顺市抚顺县"},
		// Places that a phrase states.
		{"关于巡察广东省珠海市某局的情况", "广东省 珠海市 -", "440400", "广东省珠海市"},
		{"第三巡察组对江门市鹤山市某局党组开展了巡察", "广东省 江门市 鹤山市", "440784", "江门市鹤山市"},
		{"推动海南区域中心建设", "", "", ""},
		{"全市场化运作", "", "", ""},
		{"县委和县委巡察办召开县级示范县建设会", "", "", ""},
		{"和县教育局", "安徽省 马鞍山市 和县", "340523", "和县"},
		{"第一巡察组对和县教育局开展巡察", "安徽省 马鞍山市 和县", "340523", "和县"},
		{"巡察马鞍山市和县教育局", "安徽省 马鞍山市 和县", "340523", "马鞍山市和县"},
		// Former divisions are known by their own name.
		{"杭州市江干区教育局", "浙江省 杭州市 江干区", "330104", "杭州市江干区"},
		{"山东省莱芜市教育局", "山东省 莱芜市 -", "371200", "山东省莱芜市"},
		{"射洪县教育局", "四川省 遂宁市 射洪县", "510922", "射洪县"},
		// Places that no table knows count where all levels are spelt out.
		{"云岭省清澜市商务局", "云岭省 清澜市 -", "", "云岭省清澜市"},
		{"中共云岭省清澜市青禾县教育局党组", "云岭省 清澜市 青禾县", "", "云岭省清澜市青禾县"},
		{"根据云岭省清澜市委统一部署", "云岭省 清澜市 -", "", "云岭省清澜市"},
		{"云岭省清澜市社区服务中心", "云岭省 清澜市 -", "", "云岭省清澜市"},
		{"云岭省清澜市东河区财政局", "云岭省 清澜市 东河区", "", "云岭省清澜市东河区"},
		{"云岭省自然资源厅", "云岭省 - -", "", "云岭省"},
		{"中共云岭省委办公厅", "云岭省 - -", "", "云岭省"},
		{"外省做法", "", "", ""},
		{"厉行节省开支", "", "", ""},
		{"清澜市商务局", "", "", ""},
		{"清澜市青禾县商务局", "", "", ""},
		{"全省各市商务局", "", "", ""},
		{"我省某市商务局", "", "", ""},
		{"", "", "", ""},
		{"市", "", "", ""},
		{"市商务局", "", "", ""},
	}
	g := gazetteer.Default()
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got, span, ok := g.Resolve(tt.text)
			if ok != (tt.want != "") {
				t.Fatalf("Resolve(%q) = %+v, %v, want found %v", tt.text, got, ok, tt.want != "")
			}
			if diff := cmp.Diff(region(tt.want, tt.code), got); diff != "" {
				t.Errorf("Resolve(%q) region (-want +got):\n%s", tt.text, diff)
			}
			if at := span.Of(tt.text); at != tt.at {
				t.Errorf("Resolve(%q) span covers %q, want %q", tt.text, at, tt.at)
			}
		})
	}
}

func TestLookup(t *testing.T) {
	tests := []struct {
		name string
		want []string // codes
	}{
		{"珠海市", []string{"440400"}},
		{"珠海", []string{"440400"}},
		{"宽甸满族自治县", []string{"210624"}},
		{"宽甸县", []string{"210624"}},
		{"宽甸", []string{"210624"}},
		{"抚顺", []string{"210400"}},
		{"吉林", []string{"220000"}},
		{"东莞", []string{"441900"}},
		{"莞", nil},
		{"通州区", []string{"110112", "320612"}},
		{"三元区", []string{"350404"}},
		{"西双版纳", []string{"532800"}},
		{"鄂温克", []string{"150724"}},
		{"没有的地方", nil},
	}
	g := gazetteer.Default()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, d := range g.Lookup(tt.name) {
				got = append(got, d.Code)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Lookup(%q) codes (-want +got):\n%s", tt.name, diff)
			}
		})
	}
}

func TestMentions(t *testing.T) {
	text := "东莞市与海南区域、江门鹤山市、南京市场和南昌县域,以及南昌县。"
	var got []string
	for _, m := range gazetteer.Default().Mentions(text) {
		got = append(got, m.Span.Of(text)+" "+m.Divisions[0].Code)
	}
	want := []string{"东莞市 441900", "鹤山市 440784", "南昌县 360121"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Mentions(%q) (-want +got):\n%s", text, diff)
	}
}

// TestTable checks that the table is whole: every division has its parents, and resolves to itself.
func TestTable(t *testing.T) {
	g := gazetteer.Default()
	levels := map[gazetteer.DivisionLevel]int{}
	for _, d := range g.Divisions() {
		if !d.Former {
			levels[d.Level]++
		}
		checkDivision(t, g, d)
	}
	want := map[gazetteer.DivisionLevel]int{gazetteer.Province: 34, gazetteer.City: 333}
	if levels[gazetteer.Province] != want[gazetteer.Province] || levels[gazetteer.City] != want[gazetteer.City] {
		t.Errorf("divisions by level: %v, want %v", levels, want)
	}
	if n := levels[gazetteer.County]; n < 2840 || n > 2860 {
		t.Errorf("%d counties, want about 2,850", n)
	}
}

func checkDivision(t *testing.T, g *gazetteer.Gazetteer, d gazetteer.Division) {
	t.Helper()
	if len(d.Code) != 6 || strings.Trim(d.Code, "0123456789") != "" {
		t.Errorf("%s has code %q", d.Name, d.Code)
	}
	r := g.Region(d)
	if r.Province == "" || r.Code != d.Code {
		t.Errorf("Region(%s %s) = %+v", d.Code, d.Name, r)
	}
	text := string(r.Province)
	for _, part := range []corpus.Fact{r.City, r.County} {
		if !strings.HasSuffix(text, string(part)) {
			text += string(part)
		}
	}
	got, span, ok := g.Resolve(text + "某某局")
	if !ok || span.Of(text+"某某局") != text || got.Province != r.Province || got.County != r.County || got.City != r.City {
		t.Errorf("Resolve(%s某某局) = %+v, %v, want %+v", text, got, ok, r)
	}
}

// TestMentionsOfAnyText checks what holds of every text: mentions are ordered, do not overlap, and say what they cover.
func TestMentionsOfAnyText(t *testing.T) {
	g := gazetteer.Default()
	divisions := g.Divisions()
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(0, 8).Draw(t, "parts") {
			if rapid.Bool().Draw(t, "division") {
				b.WriteString(divisions[rapid.IntRange(0, len(divisions)-1).Draw(t, "which")].Name)
			} else {
				b.WriteString(rapid.StringOf(rapid.SampledFrom([]rune("市县区省州,。a 路新中共的场域"))).Draw(t, "text"))
			}
		}
		text := b.String()
		end := 0
		for _, m := range g.Mentions(text) {
			if m.Span.Start < end || len(m.Divisions) == 0 {
				t.Fatalf("mention %+v after %d in %q", m, end, text)
			}
			end = m.Span.End
			if len(m.Span.Of(text)) == 6 && m.Span.Start > 0 {
				continue // depends on what stands before
			}
			found := g.Lookup(m.Span.Of(text))
			if diff := cmp.Diff(found, m.Divisions); diff != "" {
				t.Fatalf("mention of %q (-lookup +mention):\n%s", m.Span.Of(text), diff)
			}
		}
		g.Resolve(text)
		gazetteer.ParseUnit(text)
		gazetteer.Sector(text)
	})
}

func FuzzResolve(f *testing.F) {
	for _, seed := range []string{"广东省珠海市某局", "云岭省清澜市青禾县教育局", "北京路街道", "\xe5\xb8", "济南市中区"} {
		f.Add(seed)
	}
	g := gazetteer.Default()
	f.Fuzz(func(t *testing.T, text string) {
		r, span, ok := g.Resolve(text)
		if !ok && (r != corpus.Region{} || span != corpus.Span{}) {
			t.Errorf("Resolve(%q) = %+v, %+v, false", text, r, span)
		}
		if ok && (span.Start < 0 || span.Start >= span.End || span.End > len(text) || r.Province == "") {
			t.Errorf("Resolve(%q) = %+v, %+v", text, r, span)
		}
	})
}

func BenchmarkMentions(b *testing.B) {
	g := gazetteer.Default()
	text := strings.Repeat("按照统一部署,巡察组对江门市鹤山市某某局开展了常规巡察,发现在学习贯彻方面还有差距,问题整改不够及时。", 200)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		g.Mentions(text)
	}
}

func BenchmarkResolve(b *testing.B) {
	g := gazetteer.Default()
	for b.Loop() {
		g.Resolve("中共宽甸满族自治县某某局党组")
	}
}

func TestPrinted(t *testing.T) {
	tests := []struct{ text, want, at string }{ // want is empty where nothing is to be found
		{"中共澄湖县水务局党组", "- - 澄湖县", "澄湖县"},
		{"澄湖县城市管理局", "- - 澄湖县", "澄湖县"},
		{"云澜市民政局", "- 云澜市 -", "云澜市"},
		{"云澜市民中心", "", ""},
		{"云澜市政协机关", "- 云澜市 -", "云澜市"},
		{"云澜市澄湖区财政局", "- 云澜市 澄湖区", "云澜市澄湖区"},
		{"江苏省云澜市澄湖县", "江苏省 云澜市 澄湖县", "江苏省云澜市澄湖县"},
		{"珠海市澄湖区财政局", "广东省 珠海市 澄湖区", "珠海市澄湖区"},
		{"十二届云澜市委第八轮", "- 云澜市 -", "云澜市"},
		{"白水瑶族自治县民政局", "- - 白水瑶族自治县", "白水瑶族自治县"},
		{"青江土家族苗族自治州司法局", "- 青江土家族苗族自治州 -", "青江土家族苗族自治州"},
		{"乌兰河旗林业局", "- - 乌兰河旗", "乌兰河旗"},
		{"珠海市商务局", "", ""},
		{"幸福社区", "", ""},
		{"翠屿湖景区管理处", "", ""},
		{"江北市场服务中心", "", ""},
		{"县域医疗共同体", "", ""},
		{"落实县委巡察反馈意见", "", ""},
		{"市委第二巡察组", "", ""},
		{"十四届省委", "", ""},
		{"珠海高新区管委会", "", ""},
		{"青屿港区管委会", "", ""},
	}
	for _, tt := range tests {
		got, span, ok := gazetteer.Default().Printed(tt.text)
		if want := region(tt.want, ""); ok != (tt.want != "") || got != want || span.Of(tt.text) != tt.at {
			t.Errorf("Printed(%q) = %+v at %q, want %+v at %q", tt.text, got, span.Of(tt.text), want, tt.at)
		}
	}
}
