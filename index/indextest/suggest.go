package indextest

import (
	"context"
	"slices"
	"testing"

	"tongjian/corpus"
	"tongjian/index"
)

// testSuggest checks suggestions by characters anywhere and by initials.
func testSuggest(t *testing.T, open Open) {
	docs := Documents(80)
	e, all := filled(t, open, docs), AllPassages(docs)
	suggest := func(text string) *index.Suggestions {
		t.Helper()
		s, err := e.Suggest(context.Background(), index.SuggestRequest{Text: text, Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	units := map[string]int{}
	for _, p := range all {
		units[p.Values(corpus.FieldUnit)[0]]++
	}
	for _, tt := range []struct {
		typed string
		first string // what comes first begins with it
		has   []string
		not   string
	}{
		{"海州", "海州市", []string{"海州市水务局", "海州市商务局"}, "云岭县商务局"},
		{"水务", "", []string{"海州市水务局", "云岭县水务局", "青川区水务局", "北渡市水务局"}, "海州市商务局"},
		{"hzsswj", "海州市", []string{"海州市水务局", "海州市商务局"}, "云岭县水务局"},
		{"HZ市", "海州市", []string{"海州市水务局"}, "云岭县水务局"},
		{"jyj", "", []string{"海州市教育局"}, "海州市商务局"},
		{"雲嶺", "云岭县", []string{"云岭县商务局"}, "海州市商务局"},
	} {
		got := map[string]bool{}
		for _, u := range suggest(tt.typed).Units {
			got[u.Text] = true
			if u.Passages != units[u.Text] {
				t.Errorf("suggest %q: %+v, want %d passages", tt.typed, u, units[u.Text])
			}
		}
		for _, name := range tt.has {
			if !got[name] && units[name] > 0 {
				t.Errorf("suggest %q misses %q: %v", tt.typed, name, got)
			}
		}
		if got[tt.not] {
			t.Errorf("suggest %q has %q", tt.typed, tt.not)
		}
		if list := suggest(tt.typed).Units; tt.first != "" && (len(list) == 0 || list[0].Text[:min(len(list[0].Text), len(tt.first))] != tt.first) {
			t.Errorf("suggest %q: %+v, want what begins with %q first", tt.typed, list, tt.first)
		}
	}
	words := suggest("szyd").Words
	want := len(scan(all, func(p Passage) bool { return p.Has("三重一大") }))
	if len(words) == 0 || words[0] != (index.Suggestion{Text: "三重一大", Passages: want}) {
		t.Errorf("suggest szyd: %+v, want 三重一大 in %d passages", words, want)
	}
	if words := suggest("一言").Words; !slices.ContainsFunc(words, func(s index.Suggestion) bool { return s.Text == "一言堂" }) {
		t.Errorf("suggest 一言: %+v, want 一言堂", words)
	}
	if words := suggest("围标").Words; len(words) > 0 {
		t.Errorf("suggest 围标: %+v, but it stands nowhere", words)
	}
	if s := suggest(" "); len(s.Units)+len(s.Words) > 0 {
		t.Errorf("suggest for nothing: %+v", s)
	}
	if _, err := e.Suggest(context.Background(), index.SuggestRequest{Text: "海", Limit: index.MaxSuggestions + 1}); corpus.KindOf(err) != corpus.Invalid {
		t.Errorf("suggestions beyond the limit: error %v, want one of kind invalid", err)
	}
}

// testHint checks that a hint names the conditions that leave nothing, with what there is without them, and words that
// are written like one that stands nowhere.
func testHint(t *testing.T, open Open) {
	docs := Documents(80)
	e := filled(t, open, docs)
	hint := func(f corpus.Filter) *index.Hint {
		t.Helper()
		h, err := e.Hint(context.Background(), f)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	filter := corpus.Filter{Query: "采购 年终总结"}.With(corpus.FieldStatus, "done", "partial")
	h := hint(filter)
	without := search(t, e, index.Request{Filter: corpus.Filter{Query: "采购"}.With(corpus.FieldStatus, "done", "partial")}).Total
	if len(h.Without) != 1 || h.Without[0] != (index.WithoutClause{Clause: "年终总结", Passages: without}) {
		t.Errorf("hint: %+v, want 年终总结 with %d passages without it", h.Without, without)
	}
	h = hint(corpus.Filter{Query: "采购"}.With(corpus.FieldYear, "1999"))
	all := search(t, e, index.Request{Filter: corpus.Filter{Query: "采购"}}).Total
	if len(h.Without) != 1 || h.Without[0] != (index.WithoutClause{Clause: "year:1999", Field: corpus.FieldYear, Passages: all}) {
		t.Errorf("hint: %+v, want year:1999 with %d passages without it", h.Without, all)
	}
	for _, tt := range []struct{ query, word, instead string }{
		{"三重一达", "三重一达", "三重一大"},
		{"未开三重一达会议", "未开三重一达会议", "三重一大"},
		{`"一言唐"`, "一言唐", "一言堂"},
		{"unit:海州市水务所", "海州市水务所", "海州市水务局"},
	} {
		h := hint(corpus.Filter{Query: tt.query})
		if len(h.Instead) == 0 || h.Instead[0].Word != tt.word ||
			!slices.ContainsFunc(h.Instead[0].For, func(s index.Suggestion) bool { return s.Text == tt.instead && s.Passages > 0 }) {
			t.Errorf("hint for %s: %+v, want %s for %s", tt.query, h.Instead, tt.instead, tt.word)
		}
	}
	if h := hint(corpus.Filter{Query: "采购"}); len(h.Without)+len(h.Instead) > 0 {
		t.Errorf("hint for what is found: %+v", h)
	}
	if _, err := e.Hint(context.Background(), corpus.Filter{Query: "(采购"}); corpus.KindOf(err) != corpus.Invalid {
		t.Errorf("hint for a wrong query: error %v, want one of kind invalid", err)
	}
}
