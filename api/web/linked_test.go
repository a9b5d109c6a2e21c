package web_test

import (
	"context"

	"tongjian/analysis/rectify"
	"tongjian/analysis/taxonomy"
	"tongjian/api"
	"tongjian/corpus"
	"tongjian/corpus/sqlite"
	"tongjian/index"
)

// labeler labels as the program does.
type labeler struct {
	categories *taxonomy.Taxonomy
	actions    *rectify.Rules
}

// Label gives every finding its categories and its actions.
func (l labeler) Label(doc *corpus.Document) {
	l.categories.Label(doc)
	l.actions.Label(doc)
}

// linking keeps everything that is derived up to the store, as the program does.
type linking struct {
	store   *sqlite.DB
	service *api.Service
}

func (l linking) follow(ctx context.Context) error {
	for _, f := range []index.Follower{l.service.Engine, l.service.Recur, l.service.Rectify} {
		if err := index.CatchUp(ctx, l.store, f, 0); err != nil {
			return err
		}
	}
	l.service.Rectify.Prepare()
	decisions, err := l.store.Decisions(ctx, 0)
	if err != nil {
		return err
	}
	decided := map[corpus.Link]corpus.Verdict{}
	for _, d := range decisions {
		if !d.Missing {
			decided[d.Link] = d.Verdict
		}
	}
	l.service.Recur.SetDecisions(decided)
	return nil
}
