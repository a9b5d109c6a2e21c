package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"tongjian/corpus"
)

// workerCommand is the name under which the test binary works on a data folder until it is killed.
const workerCommand = "tongjian-worker"

// step is one thing that the worker does. It says so before, and again when it is done and acknowledged.
type step struct {
	Done      bool                `json:"done"`
	Op        string              `json:"op"` // "add", "remove", "correct", "decide"
	Documents []corpus.DocumentID `json:"documents"`
	Finding   int                 `json:"finding,omitempty"`
	Status    corpus.Status       `json:"status,omitempty"`
}

// workUntilKilled is the worker: it adds, removes, corrects and decides at random, and brings index and columns up to the
// store after each step. Its arguments are the data folder, the folder of reports and a seed.
func workUntilKilled() {
	if err := work(context.Background(), os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitFailed)
	}
}

func work(ctx context.Context, data, reports, seed string) error {
	number, err := strconv.ParseUint(seed, 10, 64)
	if err != nil {
		return err
	}
	a, err := openApp(ctx, config{data: data}, streams{out: io.Discard, err: os.Stderr, now: time.Now})
	if err != nil {
		return err
	}
	paths, err := filepath.Glob(filepath.Join(reports, "*"))
	if err != nil {
		return err
	}
	w := &worker{app: a, paths: paths, random: rand.New(rand.NewPCG(number, 1)), out: json.NewEncoder(os.Stdout)}
	for {
		if err := w.step(ctx); err != nil {
			return err
		}
		if err := a.catchUp(ctx); err != nil {
			return err
		}
	}
}

type worker struct {
	app    *app
	paths  []string
	random *rand.Rand
	out    *json.Encoder
}

// step does one thing between its announcement and its acknowledgement.
func (w *worker) step(ctx context.Context) error {
	s, do, err := w.choose(ctx)
	if err != nil || do == nil {
		return err
	}
	if err := w.out.Encode(s); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	s.Done = true
	return w.out.Encode(s)
}

// choose picks something that can be done: more is added than removed.
func (w *worker) choose(ctx context.Context) (step, func() error, error) {
	ids, err := w.app.store.List(ctx, "", 1000)
	if err != nil {
		return step{}, nil, err
	}
	choice := w.random.IntN(7)
	if choice <= 2 || len(ids) < 10 {
		return w.add(ctx)
	}
	id := ids[w.random.IntN(len(ids))]
	if choice == 3 {
		return step{Op: "remove", Documents: []corpus.DocumentID{id}}, func() error { return w.app.store.Remove(ctx, id) }, nil
	}
	docs, err := w.app.store.Documents(ctx, []corpus.DocumentID{id, ids[w.random.IntN(len(ids))]})
	if err != nil || len(docs[0].Findings) == 0 || len(docs[1].Findings) == 0 || docs[0].ID == docs[1].ID {
		return step{}, nil, err
	}
	finding := 1 + w.random.IntN(len(docs[0].Findings))
	if choice == 4 {
		link := corpus.Link{
			Kind: corpus.CommonLink, Finding: corpus.NewFindingID(id, finding), Prior: corpus.NewFindingID(docs[1].ID, 1),
		}
		return step{Op: "decide", Documents: []corpus.DocumentID{id}, Finding: finding}, func() error {
			return w.app.store.Decide(ctx, []corpus.Decision{{Link: link, Verdict: corpus.Confirmed}})
		}, nil
	}
	status := corpus.Statuses[w.random.IntN(len(corpus.Statuses))]
	c := corpus.Correction{Document: id, Finding: finding, Field: "status", Values: []string{string(status)}}
	return step{Op: "correct", Documents: []corpus.DocumentID{id}, Finding: finding, Status: status}, func() error {
		return w.app.store.Correct(ctx, []corpus.Correction{c})
	}, nil
}

func (w *worker) add(ctx context.Context) (step, func() error, error) {
	s := step{Op: "add"}
	var paths []string
	for range 1 + w.random.IntN(20) {
		path := w.paths[w.random.IntN(len(w.paths))]
		data, err := os.ReadFile(path)
		if err != nil {
			return s, nil, err
		}
		s.Documents = append(s.Documents, corpus.NewDocumentID(data))
		paths = append(paths, path)
	}
	return s, func() error {
		summary, err := w.app.ingester().Paths(ctx, paths)
		if err == nil && summary.Failed > 0 {
			err = fmt.Errorf("%d of %d files failed", summary.Failed, len(paths))
		}
		return err
	}, nil
}
