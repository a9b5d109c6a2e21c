package recur_test

import (
	"slices"
	"testing"

	"tongjian/analysis/recur"
	"tongjian/corpus"
	"tongjian/corpus/synth"
)

func TestSofter(t *testing.T) {
	for _, c := range []struct{ before, after, hard, mild string }{
		{"违规发放津贴补贴", "津补贴发放不够规范", "违规", "不够规范"},
		{"廉政风险排查走过场", "廉政风险排查有待加强", "走过场", "有待加强"},
		{"固定资产账实不符", "固定资产管理还有薄弱环节", "账实不符", "还有薄弱环节"},
		{"公車私用", "公务用车管理有待规范", "公車私用", "有待规范"},
		{"会议记录不规范", "会议记录还不够规范", "不规范", "还不够规范"},
		{"存在挪用专项资金问题", "专项资金管理存在不足", "挪用", "存在不足"},
		{"入党材料倒签日期", "发展党员工作还需规范", "倒签", "还需规范"},
		{"公务用车油卡一车多卡", "油卡使用有待规范", "公务用车油卡一车多卡", "有待规范"},
		{"公务用车油卡一车多卡", "油卡使用不够规范", "", ""},
		{"党费收缴不规范", "党费收缴不规范", "", ""},
		{"党费收缴不够规范", "违规收缴党费", "", ""},
		{"党费收缴不规范", "党费收缴", "", ""},
		{"合同倒签", "合同倒签，管理有待加强", "", ""},
		{"", "", "", ""},
	} {
		got := recur.Softer(c.before, c.after)
		if c.hard == "" {
			if len(got) != 0 {
				t.Errorf("%s, %s: %+v", c.before, c.after, got)
			}
			continue
		}
		if len(got) != 1 || got[0].Before != c.hard || got[0].After != c.mild ||
			got[0].BeforeSpan.Of(c.before) != c.hard || got[0].AfterSpan.Of(c.after) != c.mild {
			t.Errorf("%s, %s: %+v, want %s for %s", c.before, c.after, got, c.mild, c.hard)
		}
	}
}

// wantKind is what became of a problem of a report, by the truth.
func wantKind(i int, report, notice []synth.FindingTruth) recur.AlignmentKind {
	holds := func(f synth.FindingTruth) bool {
		return slices.ContainsFunc(report[i].Problems, func(k string) bool { return slices.Contains(f.Problems, k) })
	}
	var found []synth.FindingTruth
	for _, f := range notice {
		if holds(f) {
			found = append(found, f)
		}
	}
	switch {
	case len(found) == 0:
		return recur.Dropped
	case len(found) > 1:
		return recur.Split
	case len(found[0].Problems) > len(report[i].Problems):
		return recur.Merged
	case found[0].Mild:
		return recur.Softened
	}
	return recur.Matched
}

// TestAlignmentOfPlantedPairs compares what became of each problem of a report to the truth.
func TestAlignmentOfPlantedPairs(t *testing.T) {
	o := synth.Options{Reports: 160, Units: 40, Years: 6, Seed: 9, Plants: synth.Plants{Repeats: 6, Pairs: true}}
	p := read(o)
	m := model(t, p.docs)
	truth := func(d *corpus.Document) []synth.FindingTruth {
		var out []synth.FindingTruth
		for _, f := range d.Findings {
			out = append(out, p.truth[f.ID])
		}
		return out
	}
	right, all := map[recur.AlignmentKind]int{}, map[recur.AlignmentKind]int{}
	found := map[recur.AlignmentKind]int{}
	links, linked, falsely := 0, 0, 0
	for i := 0; i < len(p.docs); i += 2 {
		a, ok := m.Align(p.docs[i+1].ID)
		if !ok || a.Report != p.docs[i].ID {
			t.Fatalf("%s: aligned with %s, want %s", p.docs[i+1].ID, a.Report, p.docs[i].ID)
		}
		if b, ok := m.Align(p.docs[i].ID); !ok || b.Notice != a.Notice {
			t.Fatalf("%s: the report is not aligned with its notice", p.docs[i].ID)
		}
		got := map[corpus.FindingID]recur.AlignmentKind{}
		to := map[[2]corpus.FindingID]bool{}
		for _, r := range a.Rows {
			found[r.Kind]++
			for _, x := range r.Before {
				got[x.ID] = r.Kind
				for _, y := range r.After {
					to[[2]corpus.FindingID{x.ID, y.ID}] = true
				}
			}
		}
		before, after := truth(p.docs[i]), truth(p.docs[i+1])
		for j := range before {
			want := wantKind(j, before, after)
			all[want]++
			if got[p.docs[i].Findings[j].ID] == want {
				right[want]++
			}
			for k := range after {
				same := slices.ContainsFunc(before[j].Problems, func(key string) bool { return slices.Contains(after[k].Problems, key) })
				is := to[[2]corpus.FindingID{p.docs[i].Findings[j].ID, p.docs[i+1].Findings[k].ID}]
				switch {
				case same && is:
					linked++
					links++
				case same:
					links++
				case is:
					falsely++
				}
			}
		}
	}
	precision, recall := float64(linked)/float64(linked+falsely), float64(linked)/float64(links)
	t.Logf("links: precision %.3f, recall %.3f; right %v of %v; rows %v", precision, recall, right, all, found)
	if precision < 0.95 || recall < 0.95 {
		t.Errorf("links: precision %.3f, recall %.3f", precision, recall)
	}
	for _, k := range []recur.AlignmentKind{recur.Matched, recur.Dropped, recur.Merged, recur.Split, recur.Softened} {
		if all[k] < 10 || float64(right[k]) < 0.75*float64(all[k]) {
			t.Errorf("%s: %d of %d", k, right[k], all[k])
		}
	}
}
