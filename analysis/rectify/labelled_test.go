package rectify_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"tongjian/analysis/rectify"
	"tongjian/corpus"
)

// labelled is one invented measure with the kinds of action that a careful reader sees in it.
type labelled struct {
	text  string
	kinds []string
}

func readLabelled(t *testing.T, name string) []labelled {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var out []labelled
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		kinds, text, ok := strings.Cut(strings.TrimSpace(line), " | ")
		if !ok {
			t.Fatalf("%s: %q", name, line)
		}
		one := labelled{text: text}
		if kinds != "-" {
			one.kinds = strings.Split(kinds, ",")
		}
		for _, k := range one.kinds {
			if !slices.Contains(corpus.ActionKinds, corpus.ActionKind(k)) {
				t.Fatalf("%s: kind %q", name, k)
			}
		}
		out = append(out, one)
	}
	return out
}

// score is how the kinds found agree with those labelled.
type score struct{ hit, extra, missed int }

func (s score) precision() float64 { return float64(s.hit) / float64(max(1, s.hit+s.extra)) }
func (s score) recall() float64    { return float64(s.hit) / float64(max(1, s.hit+s.missed)) }

// TestLabelled measures precision and recall of the kinds on the measures that the rules may be tuned on and on those that
// they were not, and how often the substance is right.
func TestLabelled(t *testing.T) {
	for _, c := range []struct {
		name                         string
		precision, recall, substance float64
	}{
		{"open.txt", 0.95, 0.95, 0.97},
		{"held.txt", 0.86, 0.87, 0.86},
	} {
		var kinds score
		right, all := 0, 0
		for _, m := range readLabelled(t, c.name) {
			var got []string
			for _, a := range rules(t).Classify(m.text + "。") {
				if !slices.Contains(got, string(a.Kind)) {
					got = append(got, string(a.Kind))
				}
			}
			wrong := false
			for _, k := range got {
				if slices.Contains(m.kinds, k) {
					kinds.hit++
				} else {
					kinds.extra++
					wrong = true
				}
			}
			for _, k := range m.kinds {
				if !slices.Contains(got, k) {
					kinds.missed++
					wrong = true
				}
			}
			if wrong && c.name == "open.txt" {
				t.Logf("%s: got %v, want %v", m.text, got, m.kinds)
			}
			all++
			if substanceOf(got) == substanceOf(m.kinds) {
				right++
			}
		}
		substance := float64(right) / float64(all)
		t.Logf("%s: %d measures, precision %.3f, recall %.3f, substance right %.3f", c.name, all, kinds.precision(), kinds.recall(), substance)
		if kinds.precision() < c.precision || kinds.recall() < c.recall || substance < c.substance {
			t.Errorf("%s: precision %.3f, recall %.3f, substance %.3f", c.name, kinds.precision(), kinds.recall(), substance)
		}
	}
}

func substanceOf(kinds []string) corpus.Substance {
	var actions []corpus.Action
	for _, k := range kinds {
		actions = append(actions, corpus.Action{Kind: corpus.ActionKind(k)})
	}
	return rectify.SubstanceOf(actions)
}
