package recur_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongjian/analysis/recur"
	"tongjian/corpus"
	"tongjian/corpus/synth"
)

// doc makes a document of one unit and year from statements of one category. A statement may have a status behind |.
func doc(n int, unit string, year corpus.Year, kind corpus.DocType, category corpus.CategoryCode, statements ...string) *corpus.Document {
	d := &corpus.Document{
		ID: corpus.DocumentID(fmt.Sprintf("%016x", n)), DocType: kind, Unit: corpus.Fact(unit), Year: year,
		InspectionFrom: corpus.Date(fmt.Sprintf("%d-03-15", year)), InspectionTo: corpus.Date(fmt.Sprintf("%d-05-15", year)),
	}
	for i, s := range statements {
		s, status, _ := strings.Cut(s, "|")
		span := corpus.Span{Start: len(d.Text), End: len(d.Text) + len(s)}
		d.Text += s + "。\n"
		d.Findings = append(d.Findings, corpus.Finding{
			ID: corpus.NewFindingID(d.ID, i+1), Ordinal: i + 1, Statement: s, Span: span, StatementSpan: span,
			Status: corpus.Status(status), Categories: []corpus.Category{{Code: category}},
		})
	}
	return d
}

func TestRepeat(t *testing.T) {
	m := model(t, []*corpus.Document{
		doc(1, "清澜市商务局", 2019, corpus.InspectionReport, "conduct.vehicle", "公务用车管理混乱，存在公车私用现象", "租车费用偏高"),
		doc(2, "中共清澜市商务局党组", 2019, corpus.RectificationNotice, "conduct.vehicle", "公车私用|done"),
		doc(3, "清澜市商务局", 2023, corpus.InspectionReport, "conduct.vehicle", "节假日公车被用于办私事，上轮巡察指出后仍未改正"),
		doc(4, "清澜市教育局", 2023, corpus.InspectionReport, "conduct.vehicle", "公车私用"),
	})
	page, total := m.Repeats(recur.Query{})
	if total != 1 || len(page) != 1 {
		t.Fatalf("%d repeats: %+v", total, page)
	}
	r := page[0]
	if r.Finding.ID != "0000000000000003-1" || r.Prior.ID != "0000000000000002-1" || r.PriorStatus != corpus.Done {
		t.Errorf("%s repeats %s, %s; want 3-1 to repeat 2-1, done", r.Finding.ID, r.Prior.ID, r.PriorStatus)
	}
	if r.Evidence != recur.ByBoth || r.Rounds != 2 || r.Score <= 0.3 || !slices.Contains(r.Shared, "公车") {
		t.Errorf("%+v", r)
	}
	if r.Admission == nil || !strings.Contains(r.Admission.Text, "上轮巡察指出后仍未改正") {
		t.Errorf("admission %+v", r.Admission)
	}
}

func TestAdmissionWithoutPrior(t *testing.T) {
	d := doc(1, "栖川市水利局", 2022, corpus.InspectionReport, "rectification.inspection", "巡察整改长效机制未建立")
	account := "特别是上一轮巡察反映的议事决策不规范、往来款清理不及时等问题在本轮巡察中仍有存在"
	d.Findings[0].Account = account
	d.Findings[0].AccountSpan = corpus.Span{Start: len(d.Text), End: len(d.Text) + len(account)}
	d.Text += account + "。"
	before := doc(2, "栖川市水利局", 2018, corpus.Feedback, "finance.accounting", "往来款项长期挂账，清理不及时", "会计科目使用错误")

	page, _ := model(t, []*corpus.Document{d}).Repeats(recur.Query{})
	if len(page) != 1 || page[0].Prior.ID != "" || page[0].Evidence != recur.ByAdmission || page[0].Admission.Text != account {
		t.Fatalf("alone: %+v", page)
	}
	if got := page[0].Admission.Span.Of(d.Text); got != account {
		t.Errorf("the span is of %s", got)
	}
	if want := []string{"议事决策不规范", "往来款清理不及时"}; !slices.Equal(page[0].Admission.Names, want) {
		t.Errorf("names %v", page[0].Admission.Names)
	}
	page, _ = model(t, []*corpus.Document{d, before}).Repeats(recur.Query{})
	if len(page) != 1 || page[0].Prior.ID != "0000000000000002-1" || page[0].Evidence != recur.ByBoth {
		t.Errorf("with the earlier document: %+v", page)
	}
}

func TestDecisionsOutrank(t *testing.T) {
	docs := []*corpus.Document{
		doc(1, "清澜市商务局", 2019, corpus.InspectionReport, "finance.asset", "固定资产账实不符", "闲置房屋长期空置"),
		doc(2, "清澜市商务局", 2023, corpus.InspectionReport, "finance.asset", "固定资产多年未盘点，账实脱节"),
		doc(3, "栖川市水利局", 2023, corpus.InspectionReport, "finance.asset", "固定资产账实不符", "办公设备有账无物"),
	}
	m := model(t, docs)
	link := func(kind corpus.LinkKind, later, prior corpus.FindingID) corpus.Link {
		return corpus.Link{Kind: kind, Finding: later, Prior: prior}
	}
	priors := func() string {
		page, _ := m.Repeats(recur.Query{})
		var out []string
		for _, r := range page {
			out = append(out, fmt.Sprintf("%s %s", r.Prior.ID, r.Verdict))
		}
		return strings.Join(out, ",")
	}
	first, other, later := docs[0].Findings[0].ID, docs[0].Findings[1].ID, docs[1].Findings[0].ID
	if got := priors(); got != string(first)+" " {
		t.Fatalf("computed: %s", got)
	}
	m.SetDecisions(map[corpus.Link]corpus.Verdict{link(corpus.RepeatLink, later, first): corpus.Rejected})
	if got := priors(); got != "" {
		t.Errorf("rejected: %s", got)
	}
	m.SetDecisions(map[corpus.Link]corpus.Verdict{link(corpus.RepeatLink, later, other): corpus.Confirmed})
	if got := priors(); got != string(other)+" confirmed" {
		t.Errorf("another one confirmed: %s", got)
	}
	m.SetDecisions(nil)
	if got := priors(); got != string(first)+" " {
		t.Errorf("withdrawn: %s", got)
	}

	third := docs[2].Findings[0].ID
	members := func(id corpus.FindingID) (out []corpus.FindingID) {
		g, _ := m.Common(id)
		for _, f := range g.Members {
			out = append(out, f.ID)
		}
		return out
	}
	if !slices.Contains(members(first), third) {
		t.Fatalf("not grouped: %v", members(first))
	}
	m.SetDecisions(map[corpus.Link]corpus.Verdict{link(corpus.CommonLink, third, first): corpus.Rejected})
	if _, ok := m.Common(third); ok || slices.Contains(members(first), third) {
		t.Errorf("rejected from the group: %v", members(first))
	}
	m.SetDecisions(map[corpus.Link]corpus.Verdict{link(corpus.CommonLink, other, first): corpus.Confirmed})
	if !slices.Contains(members(first), other) || !slices.Contains(members(other), first) {
		t.Errorf("confirmed into the group: %v and %v", members(first), members(other))
	}
}

// TestAGroupKeepsItsName lets findings join a group, and an old document be read anew.
func TestAGroupKeepsItsName(t *testing.T) {
	first := doc(1, "清澜市商务局", 2021, corpus.InspectionReport, "party.fees", "党费收缴不规范，未足额缴纳")
	m := model(t, []*corpus.Document{first, doc(2, "栖川市水利局", 2019, corpus.InspectionReport, "party.fees", "党费未足额收缴")})
	g, ok := m.Common(first.Findings[0].ID)
	if id, units, in := m.GroupOf(first.Findings[0].ID); !in || id != g.ID || units != 2 {
		t.Errorf("in the group %s of %d units, %v", id, units, in)
	}
	if !ok || g.ID != "0000000000000001-1" || g.Findings != 2 || !slices.Equal(g.Units, []string{"栖川市水利局", "清澜市商务局"}) {
		t.Fatalf("%v %+v", ok, g)
	}
	want := []recur.Spread{
		{Year: 2019, Findings: 1, Units: 1, New: []string{"栖川市水利局"}}, {Year: 2021, Findings: 1, Units: 1, New: []string{"清澜市商务局"}},
	}
	if diff := cmp.Diff(want, g.Spread); diff != "" {
		t.Errorf("spread (-want +got):\n%s", diff)
	}
	for i := 3; i < 60; i++ {
		d := doc(i, fmt.Sprintf("第%d单位", i), 2020, corpus.InspectionReport, "party.fees", fmt.Sprintf("党费收缴%s，少缴漏缴", []string{"不及时", "不足额", "不规范"}[i%3]))
		if i == 40 {
			d = first
		}
		if err := m.Apply(context.Background(), []corpus.Change{{Sequence: int64(i), DocumentID: d.ID, Document: d}}); err != nil {
			t.Fatal(err)
		}
		if again, ok := m.Common(corpus.FindingID(g.ID)); !ok || again.ID != g.ID {
			t.Fatalf("after %d documents the group is %s, %v", i, again.ID, ok)
		}
	}
	m.Regroup()
	if again, _ := m.Common(corpus.FindingID(g.ID)); again.ID != g.ID || again.Findings < 50 {
		t.Errorf("after a regrouping the group is %s with %d findings", again.ID, again.Findings)
	}
}

// TestForgets adds, replaces and removes documents: the answers are those of a model that only ever had what is left.
func TestForgets(t *testing.T) {
	pool := read(synth.Options{Reports: 24, Units: 4, Years: 6, Findings: 8, Plants: synth.Plants{Repeats: 4, Common: 4}}).docs
	rapid.Check(t, func(t *rapid.T) {
		m, held := recur.New(), map[corpus.DocumentID]*corpus.Document{}
		var order []corpus.DocumentID
		for seq := range rapid.IntRange(1, 30).Draw(t, "steps") {
			d := pool[rapid.IntRange(0, len(pool)-1).Draw(t, "document")]
			c := corpus.Change{Sequence: int64(seq + 1), DocumentID: d.ID, Document: d}
			if rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
				c.Document = nil
				delete(held, d.ID)
			} else {
				held[d.ID] = d
				if !slices.Contains(order, d.ID) {
					order = append(order, d.ID)
				}
			}
			for range 2 { // a change that is given again changes nothing
				if err := m.Apply(context.Background(), []corpus.Change{c}); err != nil {
					t.Fatal(err)
				}
			}
		}
		fresh := recur.New()
		for i, id := range order {
			if err := fresh.Apply(context.Background(), []corpus.Change{{Sequence: int64(i + 1), DocumentID: id, Document: held[id]}}); err != nil {
				t.Fatal(err)
			}
		}
		m.Regroup()
		fresh.Regroup()
		want, _ := fresh.Repeats(recur.Query{Limit: recur.MaxLimit})
		got, _ := m.Repeats(recur.Query{Limit: recur.MaxLimit})
		if diff := cmp.Diff(ids(want), ids(got)); diff != "" {
			t.Fatalf("repeats (-fresh +got):\n%s", diff)
		}
		groups, _ := fresh.CommonProblems(recur.GroupQuery{Limit: recur.MaxLimit})
		again, _ := m.CommonProblems(recur.GroupQuery{Limit: recur.MaxLimit})
		if diff := cmp.Diff(groups, again); diff != "" {
			t.Fatalf("groups (-fresh +got):\n%s", diff)
		}
	})
}

func ids(repeats []recur.Repeat) (out []string) {
	for _, r := range repeats {
		out = append(out, fmt.Sprintf("%s %s %s %.3f", r.Finding.ID, r.Prior.ID, r.Evidence, r.Score))
	}
	return out
}

// TestNumbersLeadToFindings asks with filters: what a group counts are the members that the filter keeps, and pages hold
// every answer once.
func TestNumbersLeadToFindings(t *testing.T) {
	p := read(synth.Options{Reports: 40, Units: 20, Years: 6, Seed: 2, Plants: synth.Plants{Repeats: 4, Common: 10}})
	m := model(t, p.docs)
	rapid.Check(t, func(t *rapid.T) {
		end := rapid.StringMatching("[0-9a-f]").Draw(t, "end")
		keep := func(id corpus.FindingID) bool { return !strings.HasSuffix(string(id.Document()), end) }
		limit := rapid.IntRange(1, 30).Draw(t, "limit")
		seen := map[string]bool{}
		for at := 0; ; at += limit {
			page, total := m.CommonProblems(recur.GroupQuery{Keep: keep, Offset: at, Limit: limit})
			for _, g := range page {
				if seen[g.ID] {
					t.Fatalf("%s comes twice", g.ID)
				}
				seen[g.ID] = true
				whole, ok := m.Common(corpus.FindingID(g.ID))
				kept := 0
				for _, f := range whole.Members {
					if keep(f.ID) {
						kept++
					}
				}
				if !ok || kept != g.Findings || len(g.Units) < 2 || !keep(g.Representative.ID) {
					t.Fatalf("%s: %d findings, %d kept, %+v", g.ID, g.Findings, kept, g)
				}
			}
			if at+limit >= total {
				if len(seen) != total {
					t.Fatalf("%d of %d listed", len(seen), total)
				}
				break
			}
		}
		page, total := m.Repeats(recur.Query{Keep: keep, Limit: recur.MaxLimit})
		for _, r := range page {
			if !keep(r.Finding.ID) {
				t.Fatalf("%s was filtered out", r.Finding.ID)
			}
		}
		if total != len(page) {
			t.Fatalf("%d of %d", len(page), total)
		}
	})
}

func TestApplyStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	m := recur.New()
	d := doc(1, "清澜市商务局", 2021, corpus.InspectionReport, "party.fees", "党费收缴不规范")
	if err := m.Apply(ctx, []corpus.Change{{Sequence: 1, DocumentID: d.ID, Document: d}}); !errors.Is(err, context.Canceled) || m.Applied() != 0 {
		t.Errorf("error %v, applied %d", err, m.Applied())
	}
}
