package rectify

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

//go:embed rules/*.yaml
var embedded embed.FS

// Rules recognises actions. It does not change after Load and is safe for use by many goroutines.
type Rules struct {
	phrases *taxonomy.Phrases
	// meaning says, by phrase, what it is: the kind of action, or the word about what was not done.
	meaning []meaning
}

// meaning is what one phrase stands for: a kind, or where that is empty a control.
type meaning struct {
	kind    corpus.ActionKind
	control control
	rule    string
}

// control is a phrase that keeps others from counting.
type control string

// The controls, by their names in rules/undone.yaml.
const (
	laterOn control = "打算" // to the end of the part: what is yet to be done
	willDo  control = "将要" // to the end of the sentence
	notDone control = "没有" // what follows at once
	asked   control = "要求" // to the end of the clause: what somebody else is asked to do
	fault   control = "问题" // what it spans
)

var controls = []control{laterOn, willDo, notDone, asked, fault}

// controlFile is the file that holds the controls.
const controlFile = "undone"

// Default returns the rules that are built into the program. They are compiled once.
func Default() (*Rules, error) { return loadDefault() }

var loadDefault = sync.OnceValues(func() (*Rules, error) { return Load(embedded) })

// Load reads rules/*.yaml from a folder: one file for each kind of action, named after it, and undone.yaml. A mistake in
// them is a *corpus.Error that names the file.
func Load(fsys fs.FS) (*Rules, error) {
	phrases, err := taxonomy.LoadPhrases(fsys)
	if err != nil {
		return nil, err
	}
	r := &Rules{phrases: phrases}
	for _, p := range phrases.List() {
		m := meaning{kind: corpus.ActionKind(p.File), rule: p.File + "/" + p.Name}
		switch {
		case p.File == controlFile && slices.Contains(controls, control(p.Name)):
			m.kind, m.control = "", control(p.Name)
		case p.File == controlFile:
			return nil, unknown(p, "规则名应为打算、将要、没有、要求或问题")
		case !slices.Contains(corpus.ActionKinds, m.kind):
			return nil, unknown(p, "文件名不是举措种类的代码")
		}
		r.meaning = append(r.meaning, m)
	}
	return r, nil
}

// Version changes with the rules.
func (r *Rules) Version() string { return r.phrases.Version() }

func unknown(p taxonomy.Phrase, message string) error {
	return &corpus.Error{
		Kind: corpus.Invalid, Code: "bad_rule", Value: p.File + "/" + p.Name, Position: -1,
		Message: fmt.Sprintf("举措规则 %s.yaml 的“%s”：%s", p.File, p.Name, message),
	}
}
