package compare_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongjian/analysis/compare"
	"tongjian/corpus"
)

// finding makes an invented finding: its statement, then its categories.
func finding(statement string, categories ...corpus.CategoryCode) compare.Finding {
	return compare.Finding{Statement: statement, Text: statement, Categories: categories}
}

// shape writes matches by statement: one line a row, sides separated by |, then what stands alone.
func shape(sides []compare.Side, m compare.Matches) []string {
	var out []string
	for _, row := range m.Rows {
		var cells []string
		for s, cell := range row.Cells {
			var members []string
			for _, member := range cell {
				members = append(members, sides[s][member.At].Statement)
			}
			cells = append(cells, strings.Join(members, "+"))
		}
		out = append(out, strings.Join(cells, "|"))
	}
	for s, only := range m.Only {
		for _, at := range only {
			out = append(out, "only "+strconv.Itoa(s)+" "+sides[s][at].Statement)
		}
	}
	return out
}

func TestMatch(t *testing.T) {
	const meeting, buying = "decision.meeting", "procurement.purchasing"
	for _, c := range []struct {
		name  string
		sides []compare.Side
		want  []string
	}{
		{
			name: "reworded",
			sides: []compare.Side{
				{finding("会前调研不深入", meeting), finding("采购验收把关不严", buying)},
				{finding("议题会前调研不够深入", meeting), finding("食堂采购未询价", buying)},
			},
			want: []string{"会前调研不深入|议题会前调研不够深入", "only 0 采购验收把关不严", "only 1 食堂采购未询价"},
		},
		{
			name: "the same words in another category",
			sides: []compare.Side{
				{finding("会议记录不规范", meeting)}, {finding("会议记录不规范", "party.life")},
			},
			want: []string{"only 0 会议记录不规范", "only 1 会议记录不规范"},
		},
		{
			name:  "no category on either side",
			sides: []compare.Side{{finding("会议记录不规范")}, {finding("会议记录很不规范")}},
			want:  []string{"会议记录不规范|会议记录很不规范"},
		},
		{
			name: "twice on one side is matched twice",
			sides: []compare.Side{
				{finding("会议记录不完整", meeting)},
				{finding("会议记录不完整", meeting), finding("党组会议记录不完整", meeting)},
			},
			want: []string{"会议记录不完整|会议记录不完整+党组会议记录不完整"},
		},
		{
			name: "three sides, one missing",
			sides: []compare.Side{
				{finding("大额采购未集体决策", buying)}, {}, {finding("大额采购未经集体决策", buying)},
			},
			want: []string{"大额采购未集体决策||大额采购未经集体决策"},
		},
		{
			name: "a shared ending is not enough",
			sides: []compare.Side{
				{finding("党费收缴不规范", "party.fee"), finding("公车使用不规范", "conduct.car"), finding("档案保管不规范", "party.fee")},
				{finding("党费使用管理不到位", "party.fee"), finding("印章管理不规范", "conduct.car")},
			},
			want: []string{
				"only 0 党费收缴不规范", "only 0 公车使用不规范", "only 0 档案保管不规范",
				"only 1 党费使用管理不到位", "only 1 印章管理不规范",
			},
		},
		{name: "nothing", sides: []compare.Side{{}, {}}, want: nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, shape(c.sides, compare.Match(c.sides))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestThreshold holds the threshold to pairs: statements that say the same in other words, and faults of one field that
// differ.
func TestThreshold(t *testing.T) {
	same := [][2]string{
		{"理论学习中心组学习不够深入", "党组理论学习中心组学习不深入"},
		{"“三重一大”事项未经集体研究", "部分“三重一大”事项未经党组集体研究决定"},
		{"固定资产账实不符", "固定资产管理混乱，账实不符"},
		{"谈心谈话走过场", "谈心谈话流于形式、走过场"},
		{"公务接待费报销凭证不齐全", "公务接待报销附件、凭证不齐全"},
		{"合同签订审查把关不严", "合同审查把关不严格"},
		{"工程变更审批滞后", "工程变更未及时审批，手续滞后"},
		{"内部管理制度不健全", "内部管理制度修订不及时"},
		{"预算编制不科学，上轮审计指出后仍未改正", "预算编制不精准"},
		{"年度理论学习计划照抄上年", "年度理论学习计划制定滞后"},
	}
	different := [][2]string{
		{"理论学习中心组学习不够深入", "第一议题制度落实不到位"},
		{"固定资产账实不符", "固定资产出租未公开招租"},
		{"谈心谈话走过场", "民主生活会批评辣味不足"},
		{"公务接待费报销凭证不齐全", "公务用车费用报销不规范"},
		{"合同签订审查把关不严", "合同付款条款执行不严"},
		{"工程变更审批滞后", "工程结算审计滞后"},
		{"党费收缴不及时", "党员发展程序不及时"},
		{"农资供应工作推进缓慢", "环境执法工作推进缓慢"},
		{"校园管理工作后劲不足", "森林防火工作后劲不足"},
		{"党费收缴不规范", "党费使用不规范"},
		{"合同签订条款不严密", "合同付款审批不严格"},
		{"公车私用，上轮巡察指出后仍未改正", "大额资金未集体研究，上轮巡察指出后仍未改正"},
	}
	matched := func(pairs [][2]string) (n int) {
		for _, p := range pairs {
			sides := []compare.Side{{finding(p[0], "x.y")}, {finding(p[1], "x.y")}}
			// The other pairs are the company that the weights come from.
			for _, o := range append(append([][2]string{}, same...), different...) {
				if o != p {
					sides[0] = append(sides[0], finding(o[0], "x.z"))
					sides[1] = append(sides[1], finding(o[1], "x.w"))
				}
			}
			for _, row := range compare.Match(sides).Rows {
				if len(row.Cells[0]) > 0 && row.Cells[0][0].At == 0 {
					n++
				}
			}
		}
		return n
	}
	if got := matched(same); got < len(same)-1 {
		t.Errorf("%d of %d rewordings matched", got, len(same))
	}
	if got := matched(different); got > 0 {
		t.Errorf("%d of %d different faults matched", got, len(different))
	}
}

func TestEveryFindingHasOnePlace(t *testing.T) {
	words := []string{"采购", "会议", "记录", "不规范", "不到位", "制度", "执行", "合同", "管理"}
	rapid.Check(t, func(t *rapid.T) {
		sides := make([]compare.Side, rapid.IntRange(2, 4).Draw(t, "sides"))
		for s := range sides {
			for range rapid.IntRange(0, 8).Draw(t, "findings") {
				statement := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 4).Draw(t, "words"), "")
				sides[s] = append(sides[s], finding(statement, rapid.SampledFrom([]corpus.CategoryCode{"a.b", "c.d"}).Draw(t, "category")))
			}
		}
		m := compare.Match(sides)
		seen := make([][]int, len(sides))
		for s := range sides {
			seen[s] = make([]int, len(sides[s]))
		}
		for _, row := range m.Rows {
			filled := 0
			for s, cell := range row.Cells {
				if len(cell) > 0 {
					filled++
				}
				for _, member := range cell {
					seen[s][member.At]++
					if member.Score < compare.Threshold || member.Score > 1+1e-9 || member.Score > row.Score {
						t.Fatalf("score %v in a row of %v", member.Score, row.Score)
					}
				}
			}
			if filled < 2 {
				t.Fatalf("a row with %d sides", filled)
			}
		}
		for s, only := range m.Only {
			for _, at := range only {
				seen[s][at]++
			}
		}
		for s := range seen {
			for at, n := range seen[s] {
				if n != 1 {
					t.Fatalf("finding %d of side %d stands in %d places", at, s, n)
				}
			}
		}
	})
}

func TestKeywords(t *testing.T) {
	side := func(text string) compare.Side { return compare.Side{{Text: text}} }
	sides := []compare.Side{
		side(strings.Repeat("采购 管理 的 2023 ", 20) + "制度"),
		side(strings.Repeat("会议 管理 的 ", 20) + strings.Repeat("记录 ", 2)),
	}
	got := compare.Keywords(sides, strings.Fields)
	var words [][]string
	for _, list := range got {
		names := []string{}
		for _, k := range list {
			names = append(names, k.Word)
		}
		words = append(words, names)
	}
	// 记录 occurs too rarely, 的 is one character, 2023 is a number, 管理 is everywhere.
	if diff := cmp.Diff([][]string{{"采购"}, {"会议"}}, words); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	k := got[0][0]
	if k.Count != 20 || k.Reference != 0 || math.Abs(k.PerThousand-1000*20.0/81) > 1e-9 || k.LogRatio <= 0 {
		t.Errorf("keyword %+v", k)
	}
}
