package main

import (
	"fmt"
	"os"
	"path/filepath"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
)

// reader turns files into labelled documents.
type reader struct {
	parser   *parse.Parser
	taxonomy *taxonomy.Taxonomy
	labeler  *labeler
	limits   extract.Limits
}

func newReader(taxonomyDir string) (*reader, error) {
	tax, err := loadTaxonomy(taxonomyDir)
	if err != nil {
		return nil, err
	}
	l, err := newLabeler(tax)
	if err != nil {
		return nil, err
	}
	return &reader{parser: parse.New(gazetteer.Default()), taxonomy: tax, labeler: l}, nil
}

func loadTaxonomy(dir string) (*taxonomy.Taxonomy, error) {
	if dir == "" {
		return taxonomy.Default()
	}
	tax, err := taxonomy.Load(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("load taxonomy from %s: %w", dir, err)
	}
	return tax, nil
}

func (r *reader) file(path string) (*corpus.Document, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	x, err := extract.File(filepath.Base(path), data, r.limits)
	if err != nil {
		return nil, err
	}
	doc := r.parser.Parse(x, corpus.NewDocumentID(data))
	r.labeler.Label(doc)
	return doc, nil
}
