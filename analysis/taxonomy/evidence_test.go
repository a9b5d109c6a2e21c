package taxonomy_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

// TestModelEvidenceCanBeRead checks the pieces that the model shows on all labelled statements: they stand where they say,
// and none is a lone character of a longer text or the half of a number.
func TestModelEvidenceCanBeRead(t *testing.T) {
	tx := load(t)
	shown := 0
	for _, e := range readExamples(t, "training/*.jsonl") {
		for _, c := range tx.Classify(e.Input) {
			for _, piece := range c.Evidence {
				if piece.Rule != taxonomy.ModelRule {
					continue
				}
				shown++
				text := e.Statement
				switch piece.In {
				case corpus.InAccount:
					text = e.Account
				case corpus.InHeading:
					text = e.Headings[len(e.Headings)-1]
				}
				if text[piece.Start:piece.End] != piece.Text {
					t.Errorf("%s: %q stands at %d of the %v", e.Where, piece.Text, piece.Start, piece.In)
				}
				if utf8.RuneCountInString(piece.Text) < 2 && clauseOf(text, piece.Start) != piece.Text {
					t.Errorf("%s: a lone character %q as evidence", e.Where, piece.Text)
				}
				if after := text[piece.End:]; cutsNumber(piece.Text, after) {
					t.Errorf("%s: %q ends within a number", e.Where, piece.Text)
				}
			}
		}
	}
	if shown < 500 {
		t.Errorf("only %d pieces of the model's evidence", shown)
	}
}

// clauseOf is the run of letters and digits around a place.
func clauseOf(text string, at int) string {
	isEnd := func(r rune) bool { return strings.ContainsRune("，。；：、,;:.“”（）()！!？? ", r) }
	start := strings.LastIndexFunc(text[:at], isEnd)
	if start < 0 {
		start = 0
	} else {
		_, size := utf8.DecodeRuneInString(text[start:])
		start += size
	}
	rest := text[start:]
	if end := strings.IndexFunc(rest, isEnd); end >= 0 {
		rest = rest[:end]
	}
	return rest
}

func cutsNumber(text, after string) bool {
	digit := func(b byte) bool { return b >= '0' && b <= '9' }
	return after != "" && digit(text[len(text)-1]) && digit(after[0])
}

// TestFactsAddWhatTheySay gives a report's account with a second fault, and the same words as measures.
func TestFactsAddWhatTheySay(t *testing.T) {
	tx := load(t)
	in := taxonomy.Input{Statement: "固定资产管理不规范", Account: "如，12台电脑未登记卡片；物资采购化整为零，未经询价比选。", Kind: taxonomy.Facts}
	got := tx.Classify(in)
	if len(got) < 2 || got[0].Code != "finance.asset" || got[1].Code != "procurement.purchasing" {
		t.Fatalf("facts: got %v", codesOf(got))
	}
	if e := got[1].Evidence[0]; e.In != corpus.InAccount || !strings.Contains(in.Account[strings.Index(in.Account, "；"):], e.Text) {
		t.Errorf("evidence %+v, want words of the second fact", e)
	}
	in.Kind = taxonomy.Measures
	if got := tx.Classify(in); len(got) != 1 {
		t.Errorf("measures: got %v, want finance.asset alone", codesOf(got))
	}
	in.Kind, in.Account = taxonomy.Facts, "如，12台电脑未登记卡片。整改情况：一是修订采购管理办法；二是规范询价比选。"
	if got := tx.Classify(in); len(got) != 1 {
		t.Errorf("measures behind facts: got %v, want finance.asset alone", codesOf(got))
	}
}

// TestHeadingAddsNothing: a heading may say what an empty statement is about, but no second category comes from it.
func TestHeadingAddsNothing(t *testing.T) {
	in := taxonomy.Input{Statement: "固定资产闲置", Headings: []string{"公务用车管理不严，违规发放津补贴"}}
	if got := load(t).Classify(in); len(got) != 1 || got[0].Code != "finance.asset" {
		t.Errorf("got %v, want finance.asset alone", codesOf(got))
	}
}
