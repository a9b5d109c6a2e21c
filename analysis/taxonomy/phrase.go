package taxonomy

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml/parser"

	"tongjian/corpus"
)

// Phrases are rules that recognise phrases and say nothing about categories: files in the language of rules (name, terms,
// unless, requires) for another analysis. They do not change after LoadPhrases and are safe for use by many goroutines.
type Phrases struct {
	list    []Phrase
	program *program
	version string
	scratch sync.Pool
}

// Phrase is one entry of a phrase file: the name of the file without its ending, and the entry's own name.
type Phrase struct{ File, Name string }

// PhraseMatch says that a phrase stands in a text, from byte Start to byte End. Phrase is its place in List.
type PhraseMatch struct {
	Phrase     int
	Start, End int
}

// LoadPhrases reads every rules/*.yaml of a folder. A mistake in them is a *corpus.Error that names file and line.
func LoadPhrases(fsys fs.FS) (*Phrases, error) {
	names, err := fs.Glob(fsys, "rules/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list phrase files: %w", err)
	}
	slices.Sort(names)
	p := &Phrases{}
	sum := sha256.New()
	var rules []rule
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, invalid(name, 0, "规则文件读不到", err)
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(data))
		sum.Write(data)
		more, err := readPhrases(name, data)
		if err != nil {
			return nil, err
		}
		for _, r := range more {
			p.list = append(p.list, Phrase{File: strings.TrimSuffix(path.Base(name), ".yaml"), Name: r.id})
		}
		rules = append(rules, more...)
	}
	if len(rules) == 0 {
		return nil, invalid("rules", 0, "没有任何规则", nil)
	}
	if p.program, err = compile(rules); err != nil {
		return nil, err
	}
	p.version = hex.EncodeToString(sum.Sum(nil)[:6])
	p.scratch.New = func() any { return newScratch(p.program, 1) }
	return p, nil
}

func readPhrases(name string, data []byte) ([]rule, error) {
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, invalid(name, 0, "规则文件格式有误", err)
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, invalid(name, 0, "规则文件是空的", nil)
	}
	r := ruleReader{t: &Taxonomy{index: map[corpus.CategoryCode]int{}}, file: name}
	var rules []rule
	names := map[string]bool{}
	for _, node := range r.ruleList(file.Docs[0].Body) {
		one := r.rule(node)
		if names[one.id] {
			r.fail(node, fmt.Sprintf("规则名 %q 重复", one.id))
		}
		names[one.id] = true
		rules = append(rules, one)
	}
	return rules, r.err
}

// List returns the phrases in the order of their files and of their places in them. It is not to be changed.
func (p *Phrases) List() []Phrase { return p.list }

// Version changes with the files.
func (p *Phrases) Version() string { return p.version }

// Find returns where phrases stand in a text, in order of beginning, then of end. Quotation marks, brackets and blanks do
// not matter, as in Classify.
func (p *Phrases) Find(text string) []PhraseMatch {
	s := p.scratch.Get().(*scratch)
	defer p.scratch.Put(s)
	matches := p.program.scan(text, inAccount, s)
	out := make([]PhraseMatch, len(matches))
	for i := range matches {
		at := matches[i].whole()
		out[i] = PhraseMatch{
			Phrase: int(matches[i].rule),
			Start:  int(s.symbols[at.from].start), End: int(s.symbols[at.to-1].end),
		}
	}
	slices.SortFunc(out, func(a, b PhraseMatch) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Phrase, b.Phrase))
	})
	return out
}
