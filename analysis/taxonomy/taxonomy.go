package taxonomy

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"hash"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"tongjian/corpus"
)

//go:generate go run ./fit

//go:embed taxonomy.yaml rules/*.yaml model.bin
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
	judge      *judge // nil where there is no model
	scratch    sync.Pool
}

// Default returns the taxonomy that is built into the program. It is compiled once.
func Default() (*Taxonomy, error) { return loadDefault() }

var loadDefault = sync.OnceValues(func() (*Taxonomy, error) { return Load(embedded) })

// Load reads taxonomy.yaml, rules/*.yaml and model.bin from a folder. A mistake in them is a *corpus.Error that names file
// and line. Without a model.bin the built-in model is used where the categories are the built-in ones.
func Load(fsys fs.FS) (*Taxonomy, error) {
	t, hash, err := loadRules(fsys)
	if err != nil {
		return nil, err
	}
	model, err := t.readModel(fsys)
	if err != nil {
		return nil, err
	}
	hash.Write(model)
	t.version += "-" + hex.EncodeToString(hash.Sum(nil)[:6])
	return t, nil
}

// loadRules reads everything but the model. The version is the number alone; the hash has been fed with all files.
func loadRules(fsys fs.FS) (*Taxonomy, hash.Hash, error) {
	source, err := fs.ReadFile(fsys, "taxonomy.yaml")
	if err != nil {
		return nil, nil, invalid("taxonomy.yaml", 0, "类别文件读不到", err)
	}
	t := &Taxonomy{index: map[corpus.CategoryCode]int{}}
	number, err := t.readCategories(source)
	if err != nil {
		return nil, nil, err
	}
	sum := sha256.New()
	sum.Write(source)
	names, err := fs.Glob(fsys, "rules/*.yaml")
	if err != nil {
		return nil, nil, fmt.Errorf("list rule files: %w", err)
	}
	slices.Sort(names)
	var rules []rule
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, nil, invalid(name, 0, "规则文件读不到", err)
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(data))
		sum.Write(data)
		more, err := t.readRules(name, data)
		if err != nil {
			return nil, nil, err
		}
		rules = append(rules, more...)
	}
	if len(rules) == 0 {
		return nil, nil, invalid("rules", 0, "没有任何规则", nil)
	}
	t.version = strconv.Itoa(number)
	if t.program, err = compile(rules); err != nil {
		return nil, nil, err
	}
	t.scratch.New = func() any { return newScratch(t.program, len(t.leaves)) }
	return t, sum, nil
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
