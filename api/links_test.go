package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"tongjian/api"
	"tongjian/corpus"
)

// all reads every page of a list.
func all[T any](t testing.TB, w *world, address string) (out []T, total int) {
	t.Helper()
	for cursor := ""; ; {
		page := read[api.List[T]](t, w, address+cursor)
		out, total = append(out, page.Data...), page.Total.Value
		if page.Next == nil {
			return out, total
		}
		cursor = "&cursor=" + url.QueryEscape(*page.Next)
	}
}

// linkWorld has two reports on each of some units, the later ones with problems of the earlier ones.
func linkWorld(t *testing.T) *world {
	t.Helper()
	problems := []string{
		"大宗物资采购未按规定公开招标，拆分项目规避监管", "固定资产出租未经评估，租金长期低于市场价", "干部选拔任用未严格执行考察程序",
		"公务接待无公函，超标准陪餐", "党费收缴不及时，台账登记混乱",
	}
	var docs []*corpus.Document
	for unit := range 4 {
		for round := range 2 {
			d := &corpus.Document{
				ID: corpus.DocumentID(fmt.Sprintf("%016x", 1+unit*2+round)), Source: fmt.Sprintf("%d-%d.txt", unit, round), DocType: corpus.RectificationNotice,
				Title: "关于巡察整改进展情况的通报", Unit: corpus.Fact(fmt.Sprintf("云岭市第%d中学", unit+1)), Sector: "教育", Level: corpus.Municipal,
				Round: corpus.Fact(fmt.Sprintf("十三届市委第%d轮", round+1)), Year: corpus.Year(2018 + 3*round),
				InspectionFrom: corpus.Date(fmt.Sprintf("%d-03-01", 2018+3*round)), PublicationDate: corpus.Date(fmt.Sprintf("%d-12-01", 2018+3*round)),
			}
			for i, p := range problems[:3+(unit+round)%3] {
				start := len(d.Text)
				d.Text += p + "。\n"
				span := corpus.Span{Start: start, End: start + len(p)}
				d.Findings = append(d.Findings, corpus.Finding{
					ID: corpus.NewFindingID(d.ID, i+1), Ordinal: i + 1, Statement: p, Status: corpus.Done, Span: span, StatementSpan: span,
					Categories: []corpus.Category{{Code: []corpus.CategoryCode{
						"procurement.tendering", "finance.asset", "organization.selection", "conduct.hospitality", "party.fees",
					}[i], Score: 1, By: corpus.ByHuman, Evidence: []corpus.Evidence{{Text: p, Start: span.Start, End: span.End, In: corpus.InStatement}}}},
				})
			}
			originals[d.ID] = d.Text + string(d.ID)
			docs = append(docs, d)
		}
	}
	for _, d := range docs {
		id := corpus.NewDocumentID([]byte(originals[d.ID]))
		originals[id] = originals[d.ID]
		d.ID = id
		for i := range d.Findings {
			d.Findings[i].ID = corpus.NewFindingID(id, i+1)
		}
	}
	w, err := newWorld(t.TempDir(), docs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		w.engine.Close()
		w.db.Close()
	})
	return w
}

func TestRepeatsOverHTTP(t *testing.T) {
	w := linkWorld(t)
	pairs, total := all[api.RepeatPair](t, w, "/api/v1/repeats?limit=5")
	if len(pairs) != total || total < 12 {
		t.Fatalf("%d pairs of %d", len(pairs), total)
	}
	for _, p := range pairs {
		if p.Prior == nil || p.Finding.Unit != p.Prior.Unit || p.Finding.Year <= p.Prior.Year || p.Finding.Statement != p.Prior.Statement {
			t.Errorf("pair %+v", p)
		}
	}
	// Under a filter those are counted whose later finding it chooses.
	for _, filter := range []string{"category=procurement", "unit=" + url.QueryEscape("云岭市第2中学"), "year=1900", "year=2021&status=done", "q=" + url.QueryEscape("租金")} {
		chosen, _ := all[api.FindingRecord](t, w, "/api/v1/findings?limit=200&"+filter)
		want := slices.DeleteFunc(slices.Clone(pairs), func(p api.RepeatPair) bool {
			return !slices.ContainsFunc(chosen, func(f api.FindingRecord) bool { return f.ID == p.Finding.ID })
		})
		got, total := all[api.RepeatPair](t, w, "/api/v1/repeats?limit=3&"+filter)
		if len(got) != len(want) || total != len(want) {
			t.Errorf("%s: %d pairs listed, %d counted, %d are in it", filter, len(got), total, len(want))
		}
	}
}

// A person's word about a link holds at once and is in the trail.
func TestDecideOverHTTP(t *testing.T) {
	w := linkWorld(t)
	pairs, total := all[api.RepeatPair](t, w, "/api/v1/repeats?limit=200")
	say := func(p api.RepeatPair, verdict string, status int) {
		t.Helper()
		body := fmt.Sprintf(`{"kind":"repeat","finding":%q,"prior":%q,"verdict":%q,"note":"看过原文"}`, p.Finding.ID, p.Prior.ID, verdict)
		if rec := w.send(t, http.MethodPost, "/api/v1/links", body); rec.Code != status {
			t.Fatalf("%s: %d %s", verdict, rec.Code, rec.Body)
		}
	}
	say(pairs[0], "confirmed", http.StatusNoContent)
	say(pairs[1], "rejected", http.StatusNoContent)
	after, left := all[api.RepeatPair](t, w, "/api/v1/repeats?limit=200")
	if left != total-1 {
		t.Errorf("%d pairs after one of %d was rejected", left, total)
	}
	i := slices.IndexFunc(after, func(p api.RepeatPair) bool { return p.Finding.ID == pairs[0].Finding.ID })
	if i < 0 || after[i].Verdict != corpus.Confirmed {
		t.Errorf("the confirmed pair is at %d", i)
	}
	say(pairs[1], "", http.StatusNoContent)
	if _, back := all[api.RepeatPair](t, w, "/api/v1/repeats?limit=200"); back != total {
		t.Errorf("%d pairs after the rejection was withdrawn, %d before", back, total)
	}
	// A repeat that the text alone admits has no prior finding to name.
	body := fmt.Sprintf(`{"kind":"repeat","finding":%q,"verdict":"rejected"}`, pairs[0].Finding.ID)
	if rec := w.send(t, http.MethodPost, "/api/v1/links", body); rec.Code != http.StatusNoContent {
		t.Errorf("without a prior finding: %d %s", rec.Code, rec.Body)
	}
	say(pairs[0], "perhaps", http.StatusBadRequest)
	wrong := pairs[0]
	wrong.Finding.ID = "0000000000000000-1"
	say(wrong, "confirmed", http.StatusNotFound)
}

func TestCommonProblemsOverHTTP(t *testing.T) {
	w := linkWorld(t)
	groups, total := all[api.CommonGroup](t, w, "/api/v1/common-problems?limit=2")
	if len(groups) != total || total < 4 {
		t.Fatalf("%d groups of %d", len(groups), total)
	}
	for _, g := range groups {
		whole := read[api.CommonAnswer](t, w, "/api/v1/common-problems/"+g.ID)
		units := map[corpus.Fact]bool{}
		for _, m := range whole.Members {
			units[m.Unit] = true
		}
		if len(whole.Members) != g.Findings || len(units) != len(g.Units) || whole.Statement != g.Statement {
			t.Errorf("group %s: %d findings of %d units, its members are %d of %d", g.ID, g.Findings, len(g.Units), len(whole.Members), len(units))
		}
		if same := read[api.CommonAnswer](t, w, "/api/v1/common-problems/"+string(whole.Members[len(whole.Members)-1].ID)); same.ID != g.ID {
			t.Errorf("a member of %s leads to %s", g.ID, same.ID)
		}
	}
	checkProblem(t, w.get(t, "/api/v1/common-problems/nothing"), http.StatusNotFound, "not_found")
}

func TestSimilarOverHTTP(t *testing.T) {
	w := linkWorld(t)
	id := w.docs[0].Findings[0].ID
	ans := read[api.SimilarAnswer](t, w, "/api/v1/findings/"+string(id)+"/similar?limit=3")
	if len(ans.Data) != 3 || ans.Data[0].Statement != w.docs[0].Findings[0].Statement || ans.Data[0].ID == id || ans.Data[0].Score < 0.9 {
		t.Errorf("similar to %s: %+v", id, ans.Data)
	}
	checkProblem(t, w.get(t, "/api/v1/findings/x-1/similar"), http.StatusNotFound, "not_found")
}

// Every figure about what was done leads to the findings that it counts.
func TestRectificationDrilldowns(t *testing.T) {
	w := readOnly(t)
	for _, address := range []string{"?by=domain", "?by=year&level=county", "?by=unit&q=" + url.QueryEscape("采购"), "?status=done", "?by=region&action=study"} {
		ans := read[api.RectificationAnswer](t, w, "/api/v1/rectification"+address)
		for _, row := range append([]api.RectificationRow{ans.Total}, ans.Rows...) {
			counts := slices.Concat(row.Statuses, row.Substances, row.Kinds, []api.DoneCount{{Findings: row.Findings, Drilldown: row.Drilldown, Label: "row"}})
			for _, c := range counts {
				total := read[api.List[api.FindingRecord]](t, w, "/api/v1/findings?limit=1&"+c.Drilldown).Total.Value
				if total != c.Findings {
					t.Fatalf("%s: %s of %q counts %d, %s leads to %d", address, c.Label, row.Value, c.Findings, c.Drilldown, total)
				}
			}
		}
	}
	for _, bad := range []string{"?by=status", "?by=doc", "?by=x", "?top=0"} {
		if rec := w.get(t, "/api/v1/rectification"+bad); rec.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, rec.Code)
		}
	}
}

func TestUnitsOverHTTP(t *testing.T) {
	w := readOnly(t)
	units, total := all[api.UnitRecord](t, w, "/api/v1/units?limit=7")
	if len(units) != total || total == 0 {
		t.Fatalf("%d units of %d", len(units), total)
	}
	for _, u := range units {
		if n := read[api.List[api.FindingRecord]](t, w, "/api/v1/findings?limit=1&"+u.Drilldown).Total.Value; n != u.Findings {
			t.Errorf("%s has %d findings, %s leads to %d", u.Unit, u.Findings, u.Drilldown, n)
		}
		dossier := read[api.UnitAnswer](t, w, "/api/v1/units/"+url.PathEscape(u.Unit))
		if dossier.Unit != u.Unit || len(dossier.Documents) == 0 || dossier.Matrix.Total.Findings != u.Findings {
			t.Errorf("dossier of %s: %d documents, %d findings of %d", u.Unit, len(dossier.Documents), dossier.Matrix.Total.Findings, u.Findings)
		}
	}
	checkProblem(t, w.get(t, "/api/v1/units/"+url.PathEscape("没有的单位")), http.StatusNotFound, "not_found")
}

// The figures beside the peers lead to what they count.
func TestPeersOverHTTP(t *testing.T) {
	w := linkWorld(t)
	ans := read[api.PeersAnswer](t, w, "/api/v1/peers?unit="+url.QueryEscape("云岭市第1中学"))
	if ans.Peers != 3 || ans.Reason != "too_few_peers" || len(ans.Rows) != 0 {
		t.Errorf("peers %+v", ans)
	}
	for _, bad := range []string{"/api/v1/peers", "/api/v1/peers?unit=a&unit=b"} {
		if rec := w.get(t, bad); rec.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, rec.Code)
		}
	}
}

func TestKeynessOverHTTP(t *testing.T) {
	w := linkWorld(t)
	ans := read[api.KeynessAnswer](t, w, "/api/v1/keyness?focus=category:procurement&reference="+url.QueryEscape("-category:procurement"))
	if ans.Focus.Passages == 0 || ans.Reference.Passages == 0 || ans.Focus.Words == 0 {
		t.Errorf("sides %+v %+v", ans.Focus, ans.Reference)
	}
	for _, k := range ans.Over {
		if k.LogRatio <= 0 || k.LogLikelihood <= 0 {
			t.Errorf("a word of the focus: %+v", k)
		}
	}
	for _, k := range ans.Under {
		if k.LogRatio >= 0 {
			t.Errorf("a word of the reference: %+v", k)
		}
	}
	checkProblem(t, w.get(t, "/api/v1/keyness"), http.StatusBadRequest, "bad_value")
	checkProblem(t, w.get(t, "/api/v1/keyness?focus=("), http.StatusBadRequest, "query_syntax")
}

func TestQualityOverHTTP(t *testing.T) {
	w := readOnly(t)
	notes, total := all[corpus.QualityNote](t, w, "/api/v1/quality?limit=3")
	want := 0
	for _, d := range w.docs {
		want += len(d.Warnings)
	}
	if len(notes) != want || total != want {
		t.Errorf("%d warnings listed, %d counted, there are %d", len(notes), total, want)
	}
	for _, bad := range []string{"?code=x", "?cursor=x", "?limit=0", "?year=2020"} {
		if rec := w.get(t, "/api/v1/quality"+bad); rec.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, rec.Code)
		}
	}
}

// Until the links have caught up, answers about them say so instead of something old.
func TestLinksBehind(t *testing.T) {
	w := linkWorld(t)
	w.service.Recur = nil
	checkProblem(t, w.get(t, "/api/v1/repeats"), http.StatusServiceUnavailable, "no_links")
}
