package embedded

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"

	"tongjian/corpus"
	"tongjian/corpus/similar"
	"tongjian/index"
)

// defaultNeighbours is how many neighbours there are where nothing is said.
const defaultNeighbours = 10

// neighbourhood holds the statements of findings, by the numbers of their passages. It follows the views: what a view has
// and it has not is added before it is asked, and the reverse. Numbers are given once, so the two never mean different
// findings by one number.
type neighbourhood struct {
	// turn has one place, which is taken by who brings it up to date.
	turn chan struct{}
	// has holds the passages that the index has, as of the sequence number.
	has      bitset
	sequence int64
	index    *similar.Index
	warming  atomic.Bool
	// ctx ends what is done in the background; stop does so.
	ctx  context.Context
	stop context.CancelFunc
}

func newNeighbourhood() *neighbourhood {
	ctx, stop := context.WithCancel(context.Background())
	return &neighbourhood{turn: make(chan struct{}, 1), sequence: -1, index: similar.NewIndex(), ctx: ctx, stop: stop}
}

// Similar returns the findings whose statements are most like that of a finding, or like a text.
func (e *Engine) Similar(ctx context.Context, req index.SimilarRequest) (*index.Neighbours, error) {
	if req.Limit == 0 {
		req.Limit = defaultNeighbours
	}
	if err := inLimits(
		limit{"limit", req.Limit, 1, index.MaxNeighbours}, limit{"text", len(req.Text), 0, index.MaxQueryBytes},
	); err != nil {
		return nil, err
	}
	c, err := e.read(req.Filter)
	if err != nil {
		return nil, err
	}
	s, err := e.acquire()
	if err != nil {
		return nil, err
	}
	defer s.close()
	m := s.matcher(ctx, c)
	hits, err := m.passages(c, s.view.findings)
	if err != nil {
		return nil, fmt.Errorf("findings similar to %q: %w", req.Finding, err)
	}
	out := &index.Neighbours{Among: hits.count(), Sequence: s.view.sequence}
	statement, self, err := s.view.statementOf(req)
	if err == nil {
		err = e.near.follow(ctx, s.view, e.options.Workers)
	}
	if err != nil {
		return nil, err
	}
	if self >= 0 && hits.has(uint32(self)) {
		out.Among--
	}
	keep := func(id corpus.FindingID) bool {
		p, ok := passageNumber([]byte(id))
		return ok && int(p) < s.view.len() && hits.has(p) && int64(p) != self
	}
	for _, found := range e.near.index.Search(similar.Of(statement), req.Limit, keep) {
		p, _ := passageNumber([]byte(found.ID))
		n, err := m.neighbour(p, found)
		if err != nil {
			return nil, err
		}
		out.Neighbours = append(out.Neighbours, n)
	}
	return out, nil
}

// neighbour returns what is shown of a neighbour.
func (m *matcher) neighbour(p uint32, found similar.Match) (index.Neighbour, error) {
	hit := m.hit(rankedHit{passage: p})
	t, err := m.view.readText(p)
	if err != nil {
		return index.Neighbour{}, err
	}
	if _, hit.Statement, err = t.read(); err != nil {
		return index.Neighbour{}, err
	}
	hit.Span, hit.FindingID, hit.Score = t.span, corpus.NewFindingID(hit.DocumentID, t.ordinal), found.Score
	return index.Neighbour{Hit: hit, Shared: found.Shared}, nil
}

// statementOf returns what is to be compared, and the passage of the finding; -1 where it is a text.
func (v *view) statementOf(req index.SimilarRequest) (statement string, self int64, err error) {
	if req.Finding == "" {
		return req.Text, -1, nil
	}
	missing := &corpus.Error{
		Kind: corpus.NotFound, Code: "finding_not_found", Message: "没有编号为“" + string(req.Finding) + "”的问题",
		Param: "finding", Value: string(req.Finding), Position: -1,
	}
	_, ordinal, _ := strings.Cut(string(req.Finding), "-")
	want, err := strconv.Atoi(ordinal)
	if err != nil {
		return "", 0, missing
	}
	var found *document
	v.eachDocument(func(_ uint32, d *document) {
		if d.id == req.Finding.Document() {
			found = d
		}
	})
	for p := uint32(0); found != nil && found.first+p < found.end; p++ {
		number := found.first + p
		t, err := v.readText(number)
		if err != nil {
			return "", 0, err
		}
		if t.ordinal == want && v.findings.has(number) {
			_, statement, err = t.read()
			return statement, int64(number), err
		}
	}
	return "", 0, missing
}

// follow brings the statements up to those of a view, unless they are newer already.
func (n *neighbourhood) follow(ctx context.Context, v *view, workers int) error {
	select {
	case n.turn <- struct{}{}:
	case <-ctx.Done():
		return fmt.Errorf("wait for statements: %w", ctx.Err())
	}
	defer func() { <-n.turn }()
	if n.sequence >= v.sequence {
		return nil
	}
	n.has = n.has.grown(max(v.len(), 64*len(n.has)))
	gone, fresh := n.has.clone(), newBitset(64*len(n.has))
	copy(fresh, v.findings)
	gone.andNot(fresh)
	fresh.andNot(n.has)
	if err := n.add(ctx, v, fresh, workers); err != nil {
		return fmt.Errorf("read statements: %w", err)
	}
	gone.each(func(p uint32) bool {
		n.index.Remove(corpus.FindingID(passageID(p)))
		n.has.unset(p)
		return true
	})
	n.sequence = v.sequence
	return nil
}

// addAtATime is how many statements are worked out before they are added.
const addAtATime = 4096

// add adds the statements of passages. What is added stays so when it is stopped.
func (n *neighbourhood) add(ctx context.Context, v *view, passages bitset, workers int) error {
	var list []uint32
	passages.each(func(p uint32) bool {
		list = append(list, p)
		return true
	})
	for len(list) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		part := list[:min(addAtATime, len(list))]
		list = list[len(part):]
		profiles := make([]similar.Profile, len(part))
		err := inParallel(workers, func(w int) error {
			for i := w; i < len(part); i += workers {
				t, err := v.readText(part[i])
				if err != nil {
					return err
				}
				_, statement, err := t.read()
				if err != nil {
					return err
				}
				profiles[i] = similar.Of(statement)
			}
			return nil
		})
		if err != nil {
			return err
		}
		for i, p := range part {
			n.index.Add(corpus.FindingID(passageID(p)), profiles[i])
			n.has.set(p)
		}
	}
	return nil
}

// warm brings the statements up to date in the background, unless that is being done. An error is left to who asks.
func (e *Engine) warm() {
	if !e.near.warming.CompareAndSwap(false, true) {
		return
	}
	go func() {
		defer e.near.warming.Store(false)
		s, err := e.acquire()
		if err != nil {
			return
		}
		defer s.close()
		_ = e.near.follow(e.near.ctx, s.view, e.options.Workers)
	}()
}
