package web_test

import (
	"context"
	"iter"
	"log/slog"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"tongjian/analysis/rectify"
	"tongjian/analysis/recur"
	"tongjian/analysis/taxonomy"
	"tongjian/api"
	"tongjian/api/web"
	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/ingest"
	"tongjian/corpus/parse"
	"tongjian/corpus/segment"
	"tongjian/corpus/sqlite"
	"tongjian/corpus/synth"
	"tongjian/index/embedded"
)

// realSite serves interface and pages over the real store and the real engine, filled with made-up reports through the
// real pipeline. It is what a visitor of the sample sees.
func realSite(t *testing.T) http.Handler {
	t.Helper()
	h, _ := filledSite(t, synth.Options{})
	return h
}

// filledSite is realSite over other reports, and the service behind it.
func filledSite(t *testing.T, o synth.Options) (http.Handler, *api.Service) {
	t.Helper()
	now := func() time.Time { return time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC) }
	dir := t.TempDir()
	tax, err := taxonomy.Default()
	check(t, err)
	actions, err := rectify.Default()
	check(t, err)
	seg, err := segment.New()
	check(t, err)
	store, err := sqlite.Open(filepath.Join(dir, "tongjian.db"), sqlite.Options{Now: now})
	check(t, err)
	t.Cleanup(func() { store.Close() })
	engine, _, err := embedded.Open(filepath.Join(dir, "index"), embedded.Options{
		Segmenter: seg, Vocabulary: api.Vocabulary{Taxonomy: tax}, Feed: store,
	})
	check(t, err)
	t.Cleanup(func() { engine.Close() })
	in := &ingest.Ingester{
		Store: store, Parser: parse.New(gazetteer.Default()), Labeler: labeler{tax, actions}, Log: slog.New(slog.DiscardHandler),
		Extract: func(name string, data []byte) (*corpus.Extract, error) {
			return extract.File(name, data, extract.Limits{})
		},
	}
	_, err = in.Files(context.Background(), files(o))
	check(t, err)
	service := &api.Service{
		Engine: engine, Store: store, Taxonomy: tax, Now: now,
		Versions: api.Versions{Program: "test", Dictionary: seg.Version()}, Editor: store,
		Recur: recur.New(), Rectify: rectify.NewModel(), Decider: store, Recorder: store,
	}
	service.Update = linking{store, service}.follow
	check(t, service.Update(context.Background()))
	quiet := slog.New(slog.DiscardHandler)
	server := api.New(service, api.Options{Logger: quiet})
	check(t, web.Mount(server.Echo(), service, web.Options{Logger: quiet}))
	return server, service
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func files(o synth.Options) iter.Seq[ingest.File] {
	return func(yield func(ingest.File) bool) {
		for r := range synth.Generate(o) {
			if !yield(ingest.File{Name: r.Name, Data: r.Data}) {
				return
			}
		}
	}
}

// TestSample opens what a first visitor sees: over HTTP, and in a browser where there is one.
func TestSample(t *testing.T) {
	h := realSite(t)
	t.Run("cells", func(t *testing.T) { checkCells(t, h, "/?open=finance") })
	t.Run("cells of a query", func(t *testing.T) { checkCells(t, h, "/?q=采购&open=procurement") })
	t.Run("drilldowns", func(t *testing.T) { checkDrilldowns(t, h) })
	t.Run("links", func(t *testing.T) { checkLinks(t, h, everything, "/", "/search?q=采购", "/?table=heat") })
	t.Run("links of what belongs together", func(t *testing.T) {
		checkLinks(t, h, everything, "/repeats", "/repeats?evidence=admission&domain=finance",
			"/common?domain=finance", "/rectification?by=unit&year=2023")
	})
	t.Run("repeats", func(t *testing.T) { checkRepeats(t, h) })
	t.Run("common problems", func(t *testing.T) { checkCommon(t, h) })
	t.Run("rectification", func(t *testing.T) { checkRectified(t, h) })
	t.Run("help", func(t *testing.T) { checkExamples(t, h) })
	t.Run("browser", func(t *testing.T) { checkBrowser(t, h) })
}
