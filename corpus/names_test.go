package corpus_test

import (
	"testing"

	"tongjian/corpus"
)

// Every value that is stored has a name of its own for users: a page never shows a code.
func TestNamesAreChinese(t *testing.T) {
	seen := map[string]string{}
	check := func(code, name string) {
		t.Helper()
		if name == code || name == "" {
			t.Errorf("%q has no Chinese name", code)
		}
		if other, ok := seen[name]; ok && other != code {
			t.Errorf("%q and %q are both called %s", code, other, name)
		}
		seen[name] = code
	}
	for _, s := range corpus.Statuses {
		check(string(s), s.Chinese())
	}
	for _, d := range corpus.DocTypes {
		check(string(d), d.Chinese())
	}
	for _, l := range corpus.Levels {
		check(string(l), l.Chinese())
	}
	for _, w := range corpus.WarningCodes {
		check("warning "+string(w), w.Chinese())
	}
	for _, f := range corpus.Fields {
		check("field "+string(f), f.Chinese())
	}
}
