package rectify_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongjian/analysis/rectify"
	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
)

// noticeOf reads a notice with one finding that was answered so.
func noticeOf(t testing.TB, statement, answer string) *corpus.Document {
	t.Helper()
	text := "中共云岭县青禾局党组关于巡察整改进展情况的通报\n根据县委统一部署,2023年3月1日至4月20日,县委第一巡察组对县青禾局党组进行了巡察。" +
		"2023年5月10日,县委第一巡察组向县青禾局党组反馈了巡察意见。现将整改情况予以公布。\n一、问题整改情况\n(一)关于财务方面\n" +
		"1.针对" + statement + "问题\n整改情况:" + answer + "\n2.针对会议记录不全问题\n整改情况:补记会议记录3份。\n县青禾局党组\n2023年8月8日\n"
	x, err := extract.File("a.txt", []byte(text), extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	doc := parse.New(gazetteer.Default()).Parse(x, "0123456789abcdef")
	if len(doc.Findings) != 2 {
		t.Fatalf("%d findings in\n%s", len(doc.Findings), text)
	}
	return doc
}

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		name, statement, answer string
		want                    []string
	}{
		{"kinds", "违规发放补贴3.2万元", "追缴资金3.2万元上缴财政,对供应商罚款5000元,重新签订合同,合同金额20万元,另支出1.5万元。",
			[]string{"irregular 1 32000..32000", "contracted 1 200000..200000", "recovered 1 32000..32000", "fined 1 5000..5000", "other 1 15000..15000"}},
		{"bounds", "欠缴租金130余万元", "已清退约20万元,收回近9万元,上缴超过50万元。",
			[]string{"irregular 1 1300000..1400000", "recovered 3 761000..810000 open"}},
		{"parts", "票据不规范", "共追缴违规资金8.5万元,其中追缴甲站5万元、乙站3.5万元。", []string{"recovered 1 85000..85000"}},
		{"repeated", "虚报费用2万元", "针对虚报费用2万元,已退回2万元。退回2万元已入账。",
			[]string{"irregular 1 20000..20000", "recovered 1 20000..20000"}},
		{"recovered outweighs irregular", "台账不清", "追缴违规发放的补贴1万元。", []string{"recovered 1 10000..10000"}},
		{"none", "台账不清", "重建台账。", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := noticeOf(t, c.statement, c.answer)
			amounts := rectify.AmountsOf(doc, &doc.Findings[0])
			var got []string
			for _, s := range rectify.SumsOf(amounts) {
				line := fmt.Sprintf("%s %d %.0f..%.0f", s.Kind, s.Amounts, s.Low, s.High)
				if s.Open {
					line += " open"
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%+v\n(-want +got):\n%s", amounts, diff)
			}
			for _, a := range amounts {
				if a.Quote.Span.Of(doc.Text) != a.Quote.Text {
					t.Errorf("quote %+v", a.Quote)
				}
			}
		})
	}
}

// TestSumsAddUp holds that sums lie within their bounds, that what is added in parts is what is added at once, and that cents
// are not lost.
func TestSumsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []rectify.Money
		for range rapid.IntRange(0, 30).Draw(t, "amounts") {
			yuan := float64(rapid.IntRange(1, 1e9).Draw(t, "cents")) / 100
			m := rectify.Money{Kind: rapid.SampledFrom(rectify.AmountKinds).Draw(t, "kind"), Yuan: yuan, Low: yuan, High: yuan}
			m.Within = rapid.IntRange(0, 4).Draw(t, "within") == 0
			all = append(all, m)
		}
		cut := rapid.IntRange(0, len(all)).Draw(t, "cut")
		whole := rectify.SumsOf(all)
		parts := rectify.AddSums(rectify.SumsOf(all[:cut]), rectify.SumsOf(all[cut:]))
		if diff := cmp.Diff(whole, parts); diff != "" {
			t.Fatalf("(-at once +in parts):\n%s", diff)
		}
		for _, s := range whole {
			if s.Low > s.Yuan || s.Yuan > s.High {
				t.Fatalf("sum %+v", s)
			}
		}
	})
}

func TestDays(t *testing.T) {
	for _, c := range []struct {
		feedback, published corpus.Date
		days                int
		ok                  bool
	}{
		{"2023-05-10", "2023-08-08", 90, true},
		{"2023-12-31", "2024-03-01", 61, true},
		{"2023-05-10", "2023-05-10", 0, true},
		{"2023-05-10", "2023-05-09", 0, false},
		{"", "2023-05-09", 0, false},
		{"2023-05-10", "", 0, false},
	} {
		if days, ok := rectify.Days(&corpus.Document{FeedbackDate: c.feedback, PublicationDate: c.published}); days != c.days || ok != c.ok {
			t.Errorf("%s to %s: %d, %t", c.feedback, c.published, days, ok)
		}
	}
	// R: quantile(c(10, 20, 40, 90), type = 7).
	want := rectify.Pace{Documents: 4, Unknown: 2, Median: 30, Low: 17.5, High: 52.5, Longest: 90}
	if got := rectify.PaceOf([]int{90, 10, 40, 20}, 2); got != want {
		t.Errorf("pace %+v, want %+v", got, want)
	}
	if got := rectify.PaceOf(nil, 3); got != (rectify.Pace{Unknown: 3}) {
		t.Errorf("pace of nothing %+v", got)
	}
}

// TestClaims tells contradictions from figures that only look like one.
func TestClaims(t *testing.T) {
	for _, c := range []struct{ name, opening, want string }{
		{"more done than planned", "制定整改措施30条,完成整改措施35条。", "measures_exceed"},
		{"as many", "制定整改措施30条,完成整改措施30条。", ""},
		{"two units", "反馈的5个方面问题细化为12项任务、40条措施,已完成40条。", ""},
		{"parts too many", "提出整改任务30项,已完成25项,正在推进6项。", "parts_differ"},
		{"parts in the open", "提出整改任务30项,已完成20项,其余正在推进。", ""},
		{"sustained ones within", "提出整改任务30项,已完成25项,其中长期坚持6项,正在推进5项。", ""},
		{"rate", "明确整改任务40项,已完成38项,完成率98%。", "rate_differs"},
		{"rate rounded", "明确整改任务67项,已完成64项,完成率95.5%。", ""},
		{"rate cut", "明确整改任务67项,已完成64项,完成率95%。", ""},
		{"rate of something else", "明确整改任务40项,已完成38项,集中整改期内应完成事项完成率100%。", ""},
		{"persons", "追责问责6人,其中政务处分3人、诫勉2人、批评教育3人。", "persons_exceed"},
		{"persons and times", "追责问责6人,其中政务处分3人,提醒谈话12人次。", ""},
		{"steps of work", "完成一项、验收一项、销号一项。", ""},
		{"systems", "制定制度12项,完成整改措施20条。", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := "中共云岭县青禾局党组关于巡察整改进展情况的通报\n根据县委统一部署,2023年3月1日至4月20日,县委第一巡察组对县青禾局党组进行了巡察。" +
				"2023年5月10日反馈了巡察意见。现将整改情况予以公布。\n一、整改工作基本情况\n" + c.opening +
				"\n二、问题整改情况\n1.针对会议记录不全问题\n整改情况:补记会议记录3份。\n2.针对台账不清问题\n整改情况:重建台账。\n"
			doc := read(t, "a.txt", []byte(text))
			var got []string
			for _, claim := range rectify.Claims(doc) {
				got = append(got, string(claim.Kind))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s: %v, want %q", c.opening, got, c.want)
			}
		})
	}
}

// TestAllDone holds a claim that all is done against the findings' own statuses.
func TestAllDone(t *testing.T) {
	text := func(status string) []byte {
		return []byte("中共云岭县青禾局党组关于巡察整改进展情况的通报\n根据县委统一部署,2023年3月1日至4月20日,县委第一巡察组对县青禾局党组进行了巡察,指出2个问题。" +
			"2023年5月10日反馈了巡察意见。目前,反馈的2个问题已全部完成整改,完成率100%。\n一、问题整改情况\n" +
			"问题1:会议记录不全。\n整改结果:已完成\n整改情况:补记会议记录3份。\n问题2:台账不清。\n整改结果:" + status + "\n整改情况:重建台账。\n")
	}
	for status, want := range map[string]bool{"正在整改": true, "已完成并长期坚持": false, "基本完成": false} {
		claims := rectify.Claims(read(t, "a.txt", text(status)))
		if got := len(claims) > 0; got != want {
			t.Errorf("%s: claims %+v", status, claims)
		}
		for _, c := range claims {
			if len(c.Against.Findings) == 0 || len(c.Said.Quotes) == 0 {
				t.Errorf("%s: a side of %+v is empty", status, c)
			}
		}
	}
}
