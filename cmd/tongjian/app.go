package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"

	"tongjian/analysis/taxonomy"
	"tongjian/api"
	"tongjian/api/access"
	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/ingest"
	"tongjian/corpus/parse"
	"tongjian/corpus/segment"
	"tongjian/corpus/sqlite"
	"tongjian/index"
	"tongjian/index/embedded"
)

// What the packages that call them declare, and what stands behind it here.
var (
	_ api.Store        = (*sqlite.DB)(nil)
	_ api.Editor       = (*sqlite.DB)(nil)
	_ api.Journal      = (*sqlite.DB)(nil)
	_ api.Importer     = importer{}
	_ access.Ledger    = (*sqlite.DB)(nil)
	_ index.Feed       = (*sqlite.DB)(nil)
	_ ingest.Store     = (*sqlite.DB)(nil)
	_ ingest.Labeler   = (*labeler)(nil)
	_ ingest.Parser    = (*parse.Parser)(nil)
	_ index.Engine     = (*embedded.Engine)(nil)
	_ index.Vocabulary = api.Vocabulary{}
)

// app is an open data folder: the store, the engine that follows it, and the service over both.
type app struct {
	store    *sqlite.DB
	engine   *embedded.Engine
	taxonomy *taxonomy.Taxonomy
	labeler  *labeler
	links    *links
	service  *api.Service
	logger   *slog.Logger
	limits   extract.Limits // of each file that is taken in
}

// openApp opens the data folder, makes it where there is none, and brings index and columns up to the store.
func openApp(ctx context.Context, cfg config, std streams) (*app, error) {
	if cfg.existing {
		if err := cfg.exists(); err != nil {
			return nil, err
		}
	}
	tax, err := loadTaxonomy(cfg.taxonomy)
	if err != nil {
		return nil, err
	}
	l, err := newLabeler(tax)
	if err != nil {
		return nil, err
	}
	a := &app{taxonomy: tax, labeler: l, logger: slog.New(slog.NewTextHandler(std.err, nil)), limits: cfg.limits.extract()}
	if err := a.open(ctx, cfg, std); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *app) open(ctx context.Context, cfg config, std streams) error {
	// Loading the dictionary and opening the store take about as long as each other, and neither needs the other.
	words := sync.OnceValues(segment.New)
	go words()
	store, err := sqlite.Open(storePath(cfg.data), sqlite.Options{Now: std.now, Upgrading: upgrading(std)})
	if err != nil {
		return err
	}
	a.store = store
	// The store's lock is held, so no server can be using what is mended here.
	if err := mend(indexPath(cfg.data)); err != nil {
		return err
	}
	seg, err := words()
	if err != nil {
		return err
	}
	openEngine := func(dir string) (*embedded.Engine, embedded.State, error) {
		return embedded.Open(dir, embedded.Options{
			Segmenter: seg, Vocabulary: api.Vocabulary{Taxonomy: a.taxonomy}, Taxonomy: a.taxonomy.Version(), Feed: store, Warm: cfg.warm,
		})
	}
	if cfg.fresh {
		err := rebuild(ctx, indexPath(cfg.data), func(ctx context.Context, dir string) error {
			engine, _, err := openEngine(dir)
			if err != nil {
				return fmt.Errorf("make index in %s: %w", dir, err)
			}
			return errors.Join(index.CatchUp(ctx, store, engine, 0), engine.Close())
		})
		if err != nil {
			return err
		}
	}
	engine, state, err := openEngine(indexPath(cfg.data))
	if err != nil {
		return fmt.Errorf("open index in %s: %w", cfg.data, err)
	}
	a.engine, a.links = engine, newLinks(store)
	if err := a.follow(ctx, state, std.err); err != nil {
		return err
	}
	a.service = &api.Service{
		Engine: engine, Store: store, Taxonomy: a.taxonomy, Now: std.now,
		Words:    wordsOf(seg),
		Versions: api.Versions{Program: version + revision(), Dictionary: seg.Version()},
		Recur:    a.links.recur, Rectify: a.links.rectify, Decider: store, Recorder: store,
		Editor: store, Journal: store, Importer: importer{a}, Update: a.catchUp, RegionCode: regionCode,
	}
	return nil
}

// upgrading says how far the upgrade of an older store has come.
func upgrading(std streams) func(done, total int) {
	return func(done, total int) {
		if done%1000 == 0 || done == total {
			fmt.Fprintf(std.err, "正在升级数据结构：%d/%d 份文件\n", done, total)
		}
	}
}

// follow brings the engine up to the store, and says so where that is more than the usual catching up.
func (a *app) follow(ctx context.Context, state embedded.State, log io.Writer) error {
	newest, err := a.store.Sequence(ctx)
	if err != nil {
		return err
	}
	if behind := newest - a.engine.Applied(); behind > 0 {
		fmt.Fprintf(log, "索引状态：%s，正在由数据库补齐 %d 项变更\n", state, behind)
	}
	return a.catchUp(ctx)
}

func (a *app) catchUp(ctx context.Context) error {
	if err := index.CatchUp(ctx, a.store, a.engine, 0); err != nil {
		return err
	}
	return a.links.follow(ctx)
}

// ingester returns the pipeline from files to the store.
func (a *app) ingester() *ingest.Ingester {
	return &ingest.Ingester{
		Store: a.store,
		Extract: func(name string, data []byte) (*corpus.Extract, error) {
			return extract.File(name, data, a.limits)
		},
		Parser:   parse.New(gazetteer.Default()),
		Labeler:  a.labeler,
		Log:      a.logger,
		MaxBytes: a.limits.Bytes,
		Unpack:   a.limits,
	}
}

// importer takes in what is sent to the server, as ingest takes in what lies in a folder.
type importer struct{ app *app }

func (i importer) Import(ctx context.Context, name string, data []byte) ([]corpus.Outcome, error) {
	in := i.app.ingester()
	var outcomes []corpus.Outcome
	in.Report = func(o corpus.Outcome) { outcomes = append(outcomes, o) }
	_, err := in.Files(ctx, slices.Values([]ingest.File{{Name: name, Data: data}}))
	return outcomes, err
}

// regionCode returns the code of the finest division that a region names, "" where the names do not lead to one.
func regionCode(r corpus.Region) string {
	found, _, ok := gazetteer.Default().Resolve(string(r.Province + r.City + r.County))
	if !ok || found.Province != r.Province || found.City != r.City || found.County != r.County {
		return ""
	}
	return found.Code
}

// Close closes what openApp opened, in reverse.
func (a *app) Close() error {
	var errs []error
	if a.engine != nil {
		errs = append(errs, a.engine.Close())
	}
	if a.store != nil {
		errs = append(errs, a.store.Close())
	}
	return errors.Join(errs...)
}

func storePath(dir string) string { return filepath.Join(dir, "tongjian.db") }

func indexPath(dir string) string { return filepath.Join(dir, "index") }

func wordsOf(seg *segment.Segmenter) func(string) []string {
	return func(text string) []string {
		tokens := seg.Segment(text)
		words := make([]string, len(tokens))
		for i, t := range tokens {
			words[i] = t.Text
		}
		return words
	}
}
