package segment_test

import (
	"testing"
	"unicode"

	"tongjian/corpus/segment"
)

func TestHasInitials(t *testing.T) {
	tests := []struct {
		text, typed string
		want        bool
	}{
		{"海州市水务局", "hzsswj", true},
		{"海州市水务局", "hzs", true},
		{"海州市水务局", "海zs", true},
		{"海州市水务局", "zs", false},
		{"海州市水务局", "hzsswjx", false},
		{"重庆", "cq", true}, // both readings
		{"重庆", "zq", true},
		{"银行", "yh", true},
		{"ppp项目", "pppxm", true},
		{"", "", true},
		{"", "a", false},
	}
	for _, tt := range tests {
		if got := segment.HasInitials(tt.text, tt.typed); got != tt.want {
			t.Errorf("HasInitials(%q, %q) = %t", tt.text, tt.typed, got)
		}
	}
}

// TestInitialsOfDomain checks that every character of the domain dictionary has a reading.
func TestInitialsOfDomain(t *testing.T) {
	words, err := segment.DomainWords()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range words {
		for _, r := range w {
			if segment.Initials(r) == 0 {
				t.Errorf("%c in %s has no reading", r, w)
			}
		}
	}
	if l := segment.Initials('采'); !l.Has('c') || l.Has('b') || l.Has('采') {
		t.Errorf("采 has initials %b", l)
	}
}

// TestStopWords checks that words are folded and not of the domain.
func TestStopWords(t *testing.T) {
	stop := segment.StopWords()
	if !stop["的"] || !stop["进行"] {
		t.Errorf("stop words miss 的 or 进行: %d words", len(stop))
	}
	for w := range stop {
		if f := segment.Fold(w); f.Text != w {
			t.Errorf("stop word %q is not folded", w)
		}
		for _, r := range w {
			if !unicode.Is(unicode.Han, r) {
				t.Errorf("stop word %q has %c", w, r)
			}
		}
	}
	words, err := segment.DomainWords()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range words {
		if stop[w] {
			t.Errorf("%q is a stop word and a word of the domain", w)
		}
	}
}
