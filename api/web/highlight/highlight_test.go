package highlight_test

import (
	"html"
	"html/template"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongjian/api/web/highlight"
	"tongjian/corpus"
)

func TestCut(t *testing.T) {
	const text = "未经集体研究采购" // three bytes a character
	at := func(from, to int) corpus.Span { return corpus.Span{Start: 3 * from, End: 3 * to} }
	for _, c := range []struct {
		name   string
		window corpus.Span
		layers []highlight.Layer
		want   []highlight.Segment
	}{
		{"no layer", highlight.All(text), nil, []highlight.Segment{{Text: text}}},
		{"empty window", at(2, 2), nil, nil},
		{
			"overlap", highlight.All(text),
			[]highlight.Layer{{Span: at(0, 4), Class: "a", Title: "甲"}, {Span: at(2, 6), Class: "b", Title: "乙"}},
			[]highlight.Segment{
				{Text: "未经", Class: "a", Title: "甲"},
				{Text: "集体", Class: "a b", Title: "甲；乙"},
				{Text: "研究", Class: "b", Title: "乙"},
				{Text: "采购"},
			},
		},
		{
			"anchor stands once", highlight.All(text),
			[]highlight.Layer{{Span: at(0, 6), Class: "a", ID: "e1"}, {Span: at(2, 4), Class: "b", ID: "e2"}},
			[]highlight.Segment{
				{Text: "未经", Class: "a", ID: "e1"},
				{Text: "集体", Class: "a b", ID: "e2"},
				{Text: "研究", Class: "a"},
				{Text: "采购"},
			},
		},
		{
			"anchors that begin together", highlight.All(text),
			[]highlight.Layer{{Span: at(0, 4), Class: "a", ID: "e1"}, {Span: at(0, 8), Class: "b", ID: "e2"}, {Span: at(0, 4), ID: "e1"}},
			[]highlight.Segment{{Text: "未经集体", Class: "a b", ID: "e1"}, {Text: "研究采购", Class: "b", ID: "e2"}},
		},
		{
			"layer beyond the window", at(2, 6),
			[]highlight.Layer{{Span: at(0, 3), Class: "a"}, {Span: at(7, 8), Class: "b"}},
			[]highlight.Segment{{Text: "集", Class: "a"}, {Text: "体研究"}},
		},
		{
			"border inside a character", highlight.All(text),
			[]highlight.Layer{{Span: corpus.Span{Start: 4, End: 8}, Class: "a"}},
			[]highlight.Segment{{Text: "未"}, {Text: "经", Class: "a"}, {Text: "集体研究采购"}},
		},
		{
			"nonsense is not shown", highlight.All(text),
			[]highlight.Layer{{Span: corpus.Span{Start: 9, End: 3}, Class: "a"}, {Span: corpus.Span{Start: -5, End: 99}, Title: "全"}},
			[]highlight.Segment{{Text: text, Title: "全"}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := highlight.Cut(text, c.window, c.layers)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("Cut (-want +got):\n%s", diff)
			}
		})
	}
}

// TestCutKeepsTheText cuts any text by any spans, draws the segments as a page does, strips the tags, and expects the
// text again, byte for byte.
func TestCutKeepsTheText(t *testing.T) {
	draw := template.Must(template.New("").Parse(
		`{{range .}}{{if .Plain}}{{.Text}}{{else}}<span{{with .ID}} id="{{.}}"{{end}} class="{{.Class}}" title="{{.Title}}">{{.Text}}</span>{{end}}{{end}}`))
	tags := regexp.MustCompile(`<[^>]*>`)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("采购<b>&amp;\"'\n 3万元“”</span>𠮷"))).Draw(t, "text")
		layers := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) highlight.Layer {
			return highlight.Layer{
				Span:  anySpan(t, text),
				Class: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "class"),
				Title: rapid.SampledFrom([]string{"", "甲", `"><i>`}).Draw(t, "title"),
				ID:    rapid.SampledFrom([]string{"", "e1"}).Draw(t, "id"),
			}
		}), 0, 8).Draw(t, "layers")

		segments := highlight.Cut(text, highlight.All(text), layers)
		ids := map[string]bool{}
		for _, s := range segments {
			if s.ID != "" && ids[s.ID] {
				t.Fatalf("anchor %q stands twice", s.ID)
			}
			ids[s.ID] = true
			if s.Text == "" || !utf8.ValidString(s.Text) {
				t.Fatalf("segment %q is empty or cuts a character", s.Text)
			}
		}
		var b strings.Builder
		if err := draw.Execute(&b, segments); err != nil {
			t.Fatal(err)
		}
		if got := html.UnescapeString(tags.ReplaceAllString(b.String(), "")); got != text {
			t.Fatalf("stripped of tags = %q, want %q", got, text)
		}
	})
}

func anySpan(t *rapid.T, text string) corpus.Span {
	return corpus.Span{
		Start: rapid.IntRange(-3, len(text)+3).Draw(t, "start"),
		End:   rapid.IntRange(-3, len(text)+3).Draw(t, "end"),
	}
}
