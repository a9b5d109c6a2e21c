package index_test

import (
	"slices"
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/index"
)

// TestDefaultSynonyms checks that the table is read, and that what is only alike is asked for.
func TestDefaultSynonyms(t *testing.T) {
	s, err := index.DefaultSynonyms()
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Of("三重一大", corpus.UsualSynonyms); !slices.Contains(got, "重大事项决策") || !slices.Contains(got, "重要干部任免") ||
		!slices.Contains(got, "重要项目安排") || !slices.Contains(got, "大额资金使用") {
		t.Errorf("三重一大 stands for %v", got)
	}
	for _, tt := range []struct {
		word string
		use  corpus.SynonymUse
		want []string
	}{
		{"大额资金使用", corpus.UsualSynonyms, nil},
		{"招投标", corpus.UsualSynonyms, []string{"招标投标"}},
		{"招标投标", corpus.UsualSynonyms, []string{"招投标"}},
		{"招投标", corpus.NoSynonyms, nil},
		{"巡视", corpus.UsualSynonyms, nil},
		{"巡视", corpus.WideSynonyms, []string{"巡察"}},
	} {
		if got := s.Of(tt.word, tt.use); !slices.Equal(got, tt.want) {
			t.Errorf("%s stands for %v with %q, want %v", tt.word, got, tt.use, tt.want)
		}
	}
	if words := s.Words(); !slices.Contains(words, "巡察") || !slices.IsSorted(words) {
		t.Errorf("words: %v", words)
	}
}

func TestParseSynonyms(t *testing.T) {
	s, err := index.ParseSynonyms("# 注\n\n甲 = 乙 = 丙 # 同义\n甲方 => 乙方 丙方\n子 ~ 丑\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Of("乙", corpus.UsualSynonyms); !slices.Equal(got, []string{"甲", "丙"}) {
		t.Errorf("乙 stands for %v", got)
	}
	for _, tt := range []struct{ text, want string }{
		{"甲 = 乙\n\n甲 = 丙", "line 3"}, {"甲", "stands for nothing"}, {"甲 =>", "stands for nothing"}, {"甲 = ", "empty"},
		{"採購 = 采购", "not folded"}, {"甲 = 甲", "itself"}, {"甲 => 甲", "itself"}, {"甲 乙 = 丙", "blank"},
	} {
		if _, err := index.ParseSynonyms(tt.text); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: error %v, want one with %q", tt.text, err, tt.want)
		}
	}
}
