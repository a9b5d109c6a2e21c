package parse_test

import (
	"slices"
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/parse"
)

func TestMarks(t *testing.T) {
	for _, c := range []struct{ line, kind, label, rest string }{
		{"一、提高站位", "一、", "一", "提高站位"},
		{"十二. 提高站位", "一、", "十二", "提高站位"},
		{"（三）关于账目", "（一）", "三", "关于账目"},
		{"( 十一 )关于账目", "（一）", "十一", "关于账目"},
		{"㈡关于账目", "（一）", "2", "关于账目"},
		{"3.账目不清", "1.", "3", "账目不清"},
		{"3．账目不清", "1.", "3", "账目不清"},
		{"3 .账目不清", "1.", "3", "账目不清"},
		{"3、账目不清", "1.", "3", "账目不清"},
		{"14针对账目不清问题", "1.", "14", "针对账目不清问题"},
		{"3.2022年两次例会无纪要", "1.", "3", "2022年两次例会无纪要"},
		{"3.5万元已收回", "", "", "3.5万元已收回"},
		{"2024年3月22日", "", "", "2024年3月22日"},
		{"3月8日，召开会议", "", "", "3月8日，召开会议"},
		{"10个单位", "", "", "10个单位"},
		{"2.1 账目不清", "1.1", "2.1", "账目不清"},
		{"(5)盘点走样", "(1)", "5", "盘点走样"},
		{"（12） 盘点走样", "(1)", "12", "盘点走样"},
		{"⑸盘点走样", "(1)", "5", "盘点走样"},
		{"5)盘点走样", "1)", "5", "盘点走样"},
		{"⑫盘点走样", "①", "12", "盘点走样"},
		{"二是登记", "一是", "二", "登记"},
		{"第二，登记", "第一，", "二", "登记"},
		{"第二批登记", "", "", "第二批登记"},
		{"问题12：值班表不更新", "问题1：", "12", "值班表不更新"},
		{"问题3.值班表不更新", "问题1：", "3", "值班表不更新"},
		{"反馈问题一:关于账目", "问题1：", "一", "关于账目"},
		{"问题：查阅登记不全", "问题1：", "", "查阅登记不全"},
		{"问题：", "", "", "问题："},
		{"问题整改不彻底", "", "", "问题整改不彻底"},
		{"一些单位", "", "", "一些单位"},
	} {
		kind, label, rest := parse.ScanMark(c.line)
		if kind != c.kind || label != c.label || rest != c.rest {
			t.Errorf("%s: kind %q label %q rest %q, want %q %q %q", c.line, kind, label, rest, c.kind, c.label, c.rest)
		}
	}
}

func TestStatuses(t *testing.T) {
	for words, want := range map[string]corpus.Status{
		"已完成": corpus.Done, "完成": corpus.Done, "整改完毕": corpus.Done, "6月底前已整改完毕": corpus.Done, "已完成，同意销号": corpus.Done,
		"已整改到位": corpus.Done, "完成率100%": corpus.Done, "已办结。": corpus.Done,
		"已完成整改并长期坚持": corpus.DoneSustained, "立行立改并长期坚持": corpus.DoneSustained, "已完成，持续坚持": corpus.DoneSustained,
		"阶段性完成并将长期坚持": corpus.Partial, "视同完成，持续整改": corpus.Partial, "取得阶段性成效": corpus.Partial, "基本整改到位": corpus.Partial,
		"大部分已整改": corpus.Partial, "基本完成取得阶段性成果并持续整改": corpus.Partial,
		"正在推进": corpus.InProgress, "持续整改": corpus.InProgress, "长期推进": corpus.InProgress, "部分整改": corpus.InProgress,
		"均已整改或基本整改": corpus.InProgress, "正在整改，已落实两项": corpus.InProgress, "进行中，预计3月底前完成": corpus.InProgress, "计划2024年6月底前完成": corpus.InProgress,
		"未完成": corpus.NotDone, "尚未完成整改": corpus.NotDone, "未整改": corpus.NotDone, "申请延期整改": corpus.NotDone,
		"已全部采取措施": corpus.Unstated, "无": corpus.Unstated, "": corpus.Unstated,
	} {
		if got, _, _ := parse.ReadStatus(words); got != want {
			t.Errorf("%s: %s, want %s", words, got, want)
		}
	}
	if _, longTerm, deemed := parse.ReadStatus("视同完成，长期坚持"); !longTerm || !deemed {
		t.Errorf("视同完成，长期坚持: long term %v, deemed %v, want both", longTerm, deemed)
	}
}

func TestAmounts(t *testing.T) {
	for text, want := range map[string]float64{
		"追回3,210.50元。": 3210.5, "追缴128.5万元": 1285000, "共2.55亿元": 255000000, "约6万元": 60000, "30余万元": 300000, "收入1 129元": 1129,
		"三万二千元": 32000, "二十余万元": 200000, "维护费（114万）": 1140000, "０.８万元": 8000, "3.8301万元": 38301, "五千元": 5000,
		"14.3亿美元": 0, "多元化": 0, "2019元旦": 0, "一元": 0, "公元2020年": 0, "30余万人次": 0, "单元门": 0,
	} {
		got := parse.Amounts(text)
		switch {
		case want == 0 && len(got) > 0:
			t.Errorf("%s: %v, want nothing", text, got)
		case want > 0 && (len(got) != 1 || got[0].ValueYuan != want):
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
	if got := parse.Amounts("约6万元、130余万元"); len(got) != 2 || got[0].Bound != "about" || got[1].Bound != "over" {
		t.Errorf("bounds: %v", got)
	}
}

func TestWrapped(t *testing.T) {
	for text, want := range map[string]string{
		"针对台账更新不及时问题":                     "台账更新不及时|",
		"针对“台账不全”的问题。已补录。":                "台账不全|已补录。",
		"关于 “制度空转” 的问题。":                  "制度空转|",
		"关于“采样点位偏少”问题的整改。一是增设。":           "采样点位偏少|一是增设。",
		"关于“核算不细。2021年3次无单，《办法》未执行”问题的整改": "核算不细。2021年3次无单，《办法》未执行|",
		"关于\"免费检定仅3家,覆盖面窄\"问题的整改":         "免费检定仅3家,覆盖面窄|",
		"关于“学用脱节”“调研走过场”等问题":              "“学用脱节”“调研走过场”|",
		"关于“问题台账管理混乱”的问题":                 "问题台账管理混乱|",
		"针对问题意识不强问题":                      "问题意识不强|",
		"针对“没有收尾的引号问题。后文”不是。":             "“没有收尾的引号|后文”不是。",
		"对于摊位安置不公开的问题，已公示。":               "摊位安置不公开|已公示。",
		"针对上述问题，提出建议：":                    "|针对上述问题，提出建议：",
		"关于加强管理的通知":                       "|关于加强管理的通知",
		"聚焦重点问题，逐项整改":                     "|聚焦重点问题，逐项整改",
		"对上轮巡察反馈问题整改不到位":                  "|对上轮巡察反馈问题整改不到位",
	} {
		statement, rest := parse.Wrapped(text)
		if got := statement + "|" + rest; got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestIssued(t *testing.T) {
	for text, want := range map[string]string{
		"印发《甲办法》《乙细则》，学习《丙条例》。":       "甲办法 乙细则",
		"制定出台《甲办法》、《乙细则》和《丙规定》":       "甲办法 乙细则 丙规定",
		"根据《甲条例》修订《乙制度》":              "乙制度",
		"学习县委印发的《甲意见》":                "",
		"修改完善《甲制度（修订稿）》，建立《乙清单》":      "甲制度（修订稿） 乙清单",
		"按照《甲规定》执行；出台《关于贯彻〈乙条例〉的意见》。": "关于贯彻〈乙条例〉的意见",
		"拟制定《甲办法》":                    "",
	} {
		if got := strings.Join(parse.Issued(text), " "); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	if got := parse.Issued("印发《甲》，再次印发《甲》"); !slices.Equal(got, []string{"甲"}) {
		t.Errorf("twice: %q", got)
	}
}
