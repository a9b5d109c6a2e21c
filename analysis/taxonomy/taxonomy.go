package taxonomy

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"tongjian/corpus"
)

//go:embed taxonomy.yaml rules/*.yaml training/*.txt
var embedded embed.FS

// Domain is a group of leaves.
type Domain struct {
	Code   corpus.CategoryCode
	Zh     string
	En     string
	Leaves []Leaf
}

// Leaf is one category of problem. Is says what belongs to it, Not where a tempting finding belongs instead.
type Leaf struct {
	Code corpus.CategoryCode
	Zh   string
	En   string
	Is   string
	Not  string
}

// Taxonomy is a set of categories with the compiled rules that recognise them. It does not change after Load and is safe
// for use by many goroutines.
type Taxonomy struct {
	domains    []Domain
	leaves     []Leaf // in the order of the file; rules name leaves by their place here
	index      map[corpus.CategoryCode]int
	boundaries []string
	version    string
	program    *program
	model      *model // nil where there is no training data
	scratch    sync.Pool
}

// Default returns the taxonomy that is built into the program. It is compiled once.
func Default() (*Taxonomy, error) { return loadDefault() }

var loadDefault = sync.OnceValues(func() (*Taxonomy, error) { return Load(embedded) })

// Load reads taxonomy.yaml and rules/*.yaml from a folder. A mistake in them is a *corpus.Error that names file and line.
func Load(fsys fs.FS) (*Taxonomy, error) {
	source, err := fs.ReadFile(fsys, "taxonomy.yaml")
	if err != nil {
		return nil, invalid("taxonomy.yaml", 0, "类别文件读不到", err)
	}
	t := &Taxonomy{index: map[corpus.CategoryCode]int{}}
	number, err := t.readCategories(source)
	if err != nil {
		return nil, err
	}
	hash := sha256.New()
	hash.Write(source)
	names, err := fs.Glob(fsys, "rules/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list rule files: %w", err)
	}
	slices.Sort(names)
	var rules []rule
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, invalid(name, 0, "规则文件读不到", err)
		}
		fmt.Fprintf(hash, "%s %d\n", name, len(data))
		hash.Write(data)
		more, err := t.readRules(name, data)
		if err != nil {
			return nil, err
		}
		rules = append(rules, more...)
	}
	if len(rules) == 0 {
		return nil, invalid("rules", 0, "没有任何规则", nil)
	}
	if err := t.learn(fsys, hash); err != nil {
		return nil, err
	}
	t.version = fmt.Sprintf("%d-%s", number, hex.EncodeToString(hash.Sum(nil)[:6]))
	if t.program, err = compile(rules); err != nil {
		return nil, err
	}
	t.scratch.New = func() any { return newScratch(t.program) }
	return t, nil
}

// learn trains the model on training/*.txt, where there is any.
func (t *Taxonomy) learn(fsys fs.FS, hash io.Writer) error {
	examples, err := ReadExamples(fsys, "training/*.txt")
	if err != nil || len(examples) == 0 {
		return err
	}
	for _, e := range examples {
		for _, code := range e.Want {
			if _, ok := t.index[code]; !ok {
				file, line, _ := strings.Cut(e.Where, ":")
				n, _ := strconv.Atoi(line)
				return invalid(file, n, fmt.Sprintf("未知的类别 %q", code), nil)
			}
		}
		fmt.Fprintln(hash, e.Statement, e.Want)
	}
	t.model = train(examples, t.index)
	return nil
}

// readCategories fills domains and leaves from taxonomy.yaml and returns its version number.
func (t *Taxonomy) readCategories(source []byte) (int, error) {
	var file struct {
		Version int `yaml:"version"`
		Domains []struct {
			Code   string `yaml:"code"`
			Zh     string `yaml:"zh"`
			En     string `yaml:"en"`
			Leaves []struct {
				Code string `yaml:"code"`
				Zh   string `yaml:"zh"`
				En   string `yaml:"en"`
				Is   string `yaml:"is"`
				Not  string `yaml:"not"`
			} `yaml:"leaves"`
		} `yaml:"domains"`
		Boundaries []string `yaml:"boundaries"`
	}
	if err := yaml.Unmarshal(source, &file); err != nil {
		return 0, invalid("taxonomy.yaml", 0, "类别文件格式有误", err)
	}
	for _, d := range file.Domains {
		domain := Domain{Code: corpus.CategoryCode(d.Code), Zh: d.Zh, En: d.En}
		for _, l := range d.Leaves {
			leaf := Leaf{Code: corpus.CategoryCode(l.Code), Zh: l.Zh, En: l.En, Is: l.Is, Not: l.Not}
			if leaf.Code.Domain() != domain.Code || leaf.Code == domain.Code {
				return 0, invalid("taxonomy.yaml", 0, fmt.Sprintf("类别 %q 不在其领域 %q 之下", l.Code, d.Code), nil)
			}
			if _, dup := t.index[leaf.Code]; dup {
				return 0, invalid("taxonomy.yaml", 0, fmt.Sprintf("类别 %q 重复", l.Code), nil)
			}
			t.index[leaf.Code] = len(t.leaves)
			t.leaves = append(t.leaves, leaf)
			domain.Leaves = append(domain.Leaves, leaf)
		}
		t.domains = append(t.domains, domain)
	}
	if _, ok := t.index[fallbackLeaf]; !ok {
		return 0, invalid("taxonomy.yaml", 0, fmt.Sprintf("缺少兜底类别 %q", fallbackLeaf), nil)
	}
	t.boundaries = file.Boundaries
	return file.Version, nil
}

// Domains returns the domains with their leaves, in the order of taxonomy.yaml. The caller must not change them.
func (t *Taxonomy) Domains() []Domain { return t.domains }

// Boundaries returns how annotators decide where two leaves meet, one sentence each.
func (t *Taxonomy) Boundaries() []string { return t.boundaries }

// Leaf returns the leaf with a code; ok is false where there is none.
func (t *Taxonomy) Leaf(code corpus.CategoryCode) (leaf Leaf, ok bool) {
	i, ok := t.index[code]
	if !ok {
		return Leaf{}, false
	}
	return t.leaves[i], true
}

// Version names the taxonomy and its rules: the version number of taxonomy.yaml and a hash over all files. Two
// taxonomies with the same Version give the same categories.
func (t *Taxonomy) Version() string { return t.version }

// Resolve returns the leaves that a name stands for: one for a leaf's code, Chinese or English name, all of a domain for
// a domain's. It returns nil for an unknown name.
func (t *Taxonomy) Resolve(name string) []corpus.CategoryCode {
	name = strings.TrimSpace(name)
	same := func(code corpus.CategoryCode, zh, en string) bool {
		return strings.EqualFold(name, string(code)) || unquoted(name) == unquoted(zh) || strings.EqualFold(name, en)
	}
	for _, d := range t.domains {
		if same(d.Code, d.Zh, d.En) {
			codes := make([]corpus.CategoryCode, len(d.Leaves))
			for i, l := range d.Leaves {
				codes[i] = l.Code
			}
			return codes
		}
	}
	for _, l := range t.leaves {
		if same(l.Code, l.Zh, l.En) {
			return []corpus.CategoryCode{l.Code}
		}
	}
	return nil
}

// unquoted returns a name without the marks that fold leaves out, so that 民主决策与三重一大 finds “三重一大”.
func unquoted(name string) string {
	return strings.Map(func(r rune) rune {
		if skipped(r) {
			return -1
		}
		return foldRune(r)
	}, name)
}

// invalid returns the error for a mistake in a taxonomy or rule file; line 0 means the file as a whole.
func invalid(file string, line int, message string, cause error) error {
	where := file
	if line > 0 {
		where = fmt.Sprintf("%s 第 %d 行", file, line)
	}
	return &corpus.Error{Kind: corpus.Invalid, Code: "taxonomy", Message: where + "：" + message, Position: -1, Cause: cause}
}
