package rectify_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"tongjian/analysis/rectify"
	"tongjian/corpus"
)

// TestLoadRefuses holds that a mistake in a rule file is named in Chinese, with its file.
func TestLoadRefuses(t *testing.T) {
	const good = "rules:\n  - name: 学习\n    terms: [组织学习]\n"
	for _, c := range []struct{ name, file, text, want string }{
		{"no rules", "", "", "没有任何规则"},
		{"unknown kind", "rules/dance.yaml", good, "dance"},
		{"unknown control", "rules/undone.yaml", good, "undone"},
		{"no terms", "rules/study.yaml", "rules:\n  - name: 学习\n", "study.yaml"},
		{"bad pattern", "rules/study.yaml", "rules:\n  - name: 学习\n    terms: [(学习]\n", "study.yaml"},
		{"twice", "rules/study.yaml", good + "  - name: 学习\n    terms: [自学]\n", "重复"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := fstest.MapFS{}
			if c.file != "" {
				files[c.file] = &fstest.MapFile{Data: []byte(c.text)}
			}
			_, err := rectify.Load(files)
			if _, ok := errors.AsType[*corpus.Error](err); !ok || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one of %q", err, c.want)
			}
		})
	}
	one, err := rectify.Load(fstest.MapFS{"rules/study.yaml": &fstest.MapFile{Data: []byte(good)}})
	if err != nil {
		t.Fatal(err)
	}
	if got := one.Classify("组织学习。开展自查。"); len(got) != 1 || got[0].Kind != corpus.Study || got[0].Rule != "study/学习" {
		t.Errorf("actions %+v", got)
	}
	if one.Version() == rules(t).Version() {
		t.Error("other rules have the same version")
	}
}
