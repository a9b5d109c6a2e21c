package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"tongjian/analysis/rectify"
	"tongjian/analysis/recur"
	"tongjian/analysis/taxonomy"
	"tongjian/api"
	"tongjian/api/access"
	"tongjian/corpus"
	"tongjian/corpus/segment"
	"tongjian/corpus/sqlite"
	"tongjian/index"
	"tongjian/index/embedded"
	"tongjian/index/indextest"
)

// world is a store and an engine with invented documents, and a server over them. Tests that only read share one.
type world struct {
	service *api.Service
	server  *api.Server
	db      *sqlite.DB
	engine  *embedded.Engine
	docs    []*corpus.Document
}

var shared struct {
	sync.Once
	world *world
	err   error
	dir   string
}

func TestMain(m *testing.M) {
	code := m.Run()
	if shared.world != nil {
		shared.world.engine.Close()
		shared.world.db.Close()
	}
	os.RemoveAll(shared.dir)
	os.Exit(code)
}

// readOnly returns the world that all tests share.
func readOnly(t testing.TB) *world {
	t.Helper()
	shared.Do(func() {
		if shared.dir, shared.err = os.MkdirTemp("", "tongjian-api"); shared.err == nil {
			shared.world, shared.err = newWorld(shared.dir, invented())
		}
	})
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.world
}

// segmenter is loaded once: it takes over a second.
var segmenter = sync.OnceValues(segment.New)

func newWorld(dir string, docs []*corpus.Document) (*world, error) {
	clock := func() time.Time { return time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC) }
	categories, err := taxonomy.Default()
	if err != nil {
		return nil, err
	}
	words, err := segmenter()
	if err != nil {
		return nil, err
	}
	w := &world{docs: docs}
	if w.db, err = sqlite.Open(filepath.Join(dir, "tongjian.db"), sqlite.Options{Now: clock}); err != nil {
		return nil, err
	}
	w.engine, _, err = embedded.Open(filepath.Join(dir, "index"), embedded.Options{
		Segmenter: words, Vocabulary: api.Vocabulary{Taxonomy: categories},
	})
	if err != nil {
		return nil, err
	}
	w.service = &api.Service{
		Engine: w.engine, Store: w.db, Taxonomy: categories, Now: clock,
		Words: func(text string) []string {
			var out []string
			for _, token := range words.Segment(text) {
				if token.Word() {
					out = append(out, token.Text)
				}
			}
			return out
		},
		Versions: api.Versions{Program: "v0.0.0-test", Dictionary: words.Version()},
		Editor:   w.db,
		Update:   w.follow, Recur: recur.New(), Rectify: rectify.NewModel(), Decider: w.db, Recorder: w.db,
	}
	if w.service.Keyring, err = access.NewKeyring(context.Background(), w.db, clock); err != nil {
		return nil, err
	}
	w.server = api.New(w.service, api.Options{Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	return w, w.add(docs...)
}

// follow brings everything that is derived up to the store.
func (w *world) follow(ctx context.Context) error {
	for _, f := range []index.Follower{w.engine, w.service.Recur, w.service.Rectify} {
		if err := index.CatchUp(ctx, w.db, f, 0); err != nil {
			return err
		}
	}
	decisions, err := w.db.Decisions(ctx, 0)
	if err != nil {
		return err
	}
	decided := map[corpus.Link]corpus.Verdict{}
	for _, d := range decisions {
		if !d.Missing {
			decided[d.Link] = d.Verdict
		}
	}
	w.service.Recur.SetDecisions(decided)
	return nil
}

// add brings documents into store and index.
func (w *world) add(docs ...*corpus.Document) error {
	var batch []corpus.Submission
	for _, d := range docs {
		batch = append(batch, corpus.Submission{Name: d.Source, Original: []byte(original(d)), Document: d})
	}
	outcomes, err := w.db.Commit(context.Background(), batch)
	if err != nil {
		return err
	}
	for _, o := range outcomes {
		if o.Result == corpus.Failed {
			return fmt.Errorf("commit %s: %s", o.Name, o.Reason)
		}
	}
	return w.follow(context.Background())
}

// originals holds the bytes that the invented documents were "read" from, by identifier.
var originals = map[corpus.DocumentID]string{}

func original(d *corpus.Document) string { return originals[d.ID] }

// invented returns documents with all that makes counting hard: units of their own in findings, regions within regions,
// missing years and units, names with masking stars, a name that folds to another, text that a browser or a spreadsheet
// would run.
func invented() []*corpus.Document {
	docs := indextest.Documents(60)
	for i, d := range docs {
		originals[d.ID] = fmt.Sprintf("document %d", i+1)
		d.Source = fmt.Sprintf("通报%d.txt", i+1)
	}
	for i, change := range []func(*corpus.Document){
		func(d *corpus.Document) { d.Unit = "" },
		func(d *corpus.Document) { d.Unit = "*市*局" },
		func(d *corpus.Document) { d.Unit = "云岭市Ａ局" },
		func(d *corpus.Document) { d.Unit = "云岭市A局" },
		func(d *corpus.Document) { d.Region = corpus.Region{Province: "东江省", Code: "990000"} },
		func(d *corpus.Document) { d.Region = corpus.Region{} },
		func(d *corpus.Document) { d.Title = `=cmd|' /C calc'!A0<script>alert(1)</script>` },
		func(d *corpus.Document) { d.Round = "" },
	} {
		change(docs[i])
	}
	for _, d := range docs {
		for i := range d.Findings {
			// One leaf is not in the taxonomy (any more).
			for j := range d.Findings[i].Categories {
				if c := &d.Findings[i].Categories[j]; c.Code == "party.fees" && d.Level == corpus.County {
					c.Code = "former.leaf"
				}
			}
		}
	}
	return docs
}

// get asks the server for an address.
func (w *world) get(t testing.TB, address string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	return w.do(t, http.MethodGet, address, headers...)
}

func (w *world) do(t testing.TB, method, address string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return answer(t, w.server, r)
}

// read asks for an address and decodes the answer, which must be 200.
func read[T any](t testing.TB, w *world, address string) T {
	t.Helper()
	rec := w.get(t, address)
	if rec.Code != http.StatusOK {
		t.Fatalf("GET %s: %d %s", address, rec.Code, rec.Body)
	}
	var out T
	if err := json.Unmarshal(rec.Body.Bytes(), &out); err != nil {
		t.Fatalf("GET %s: %v", address, err)
	}
	return out
}
