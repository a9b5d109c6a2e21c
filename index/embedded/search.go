package embedded

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"tongjian/corpus"
	"tongjian/index"
)

// Search returns the passages that match.
func (e *Engine) Search(ctx context.Context, req index.Request) (*index.Answer, error) {
	req, err := checked(req)
	if err != nil {
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
	hits, err := m.passages(c, s.view.live)
	if err != nil {
		return nil, fmt.Errorf("search %q: %w", req.Filter.Query, err)
	}
	answer := &index.Answer{Understood: c.query.String(), Expanded: m.expansions(c), Sequence: s.view.sequence}
	page, err := m.page(req, c, hits, answer)
	if err != nil {
		return nil, err
	}
	answer.Facets = s.view.facets(req, hits)
	if answer.Hits, err = m.show(req, c, page); err != nil {
		return nil, fmt.Errorf("show hits: %w", err)
	}
	return answer, nil
}

// checked fills in the defaults of a request and checks its limits.
func checked(req index.Request) (index.Request, error) {
	if req.Limit == 0 {
		req.Limit = index.DefaultLimit
	}
	if req.FacetSize == 0 {
		req.FacetSize = 20
	}
	if req.Group == "" {
		req.Group = index.ByPassage
	}
	if req.Limit < 0 || req.Limit > index.MaxLimit {
		return req, invalidParam("limit", strconv.Itoa(req.Limit), "1 至 "+strconv.Itoa(index.MaxLimit))
	}
	if req.FacetSize < 0 || req.FacetSize > index.MaxFacetSize {
		return req, invalidParam("facet_size", strconv.Itoa(req.FacetSize), "1 至 "+strconv.Itoa(index.MaxFacetSize))
	}
	if !slices.Contains([]index.Sort{"", index.ByRelevance, index.ByDate, index.ByDateDesc}, req.Sort) {
		return req, invalidParam("sort", string(req.Sort), "relevance, date, -date")
	}
	if req.Group != index.ByPassage && req.Group != index.ByDocument {
		return req, invalidParam("group", string(req.Group), "finding, document")
	}
	for _, f := range req.Facets {
		if !slices.Contains(corpus.Fields, f) {
			return req, invalidParam("facets", string(f), joinFields())
		}
	}
	return req, nil
}

func joinFields() string {
	names := make([]string, len(corpus.Fields))
	for i, f := range corpus.Fields {
		names[i] = string(f)
	}
	return strings.Join(names, ", ")
}

// rankedHit is a hit on its way into the answer.
type rankedHit struct {
	key
	passage uint32
	score   float32
	count   int // matching passages of the document, under ByDocument
}

// page puts the hits in order and returns those of the page. It fills in the total and the next cursor.
func (m *matcher) page(req index.Request, c chosen, hits bitset, answer *index.Answer) ([]rankedHit, error) {
	list := m.ranked(c.query)
	if len(list) == 0 && (req.Sort == "" || req.Sort == index.ByRelevance) {
		req.Sort = index.ByDateDesc
	} else if req.Sort == "" {
		req.Sort = index.ByRelevance
	}
	request := fingerprint(req, answer.Understood)
	var cur cursor
	var err error
	if req.Cursor != "" {
		cur, err = decodeCursor(req.Cursor, request, len(list))
	} else {
		cur.statistics, err = m.statistics(list)
	}
	if err != nil {
		return nil, err
	}
	scores := m.e.pool.get(m.view.len())
	defer func() { m.e.pool.put(scores, hits) }()
	if req.Sort == index.ByRelevance || req.Group == index.ByDocument {
		if err := m.score(list, cur.statistics, hits, scores); err != nil {
			return nil, err
		}
	}
	top := &topHits{limit: req.Limit + 1}
	if req.Cursor != "" {
		top.after = &cur.after
	}
	if req.Group == index.ByDocument {
		answer.Total = m.rankDocuments(req, hits, scores, top)
	} else {
		answer.Total = m.rankPassages(req, hits, scores, top)
	}
	page := top.sorted()
	if len(page) > req.Limit {
		page = page[:req.Limit]
		answer.Next = cursor{cur.statistics, page[req.Limit-1].key}.encode(request)
	}
	return page, nil
}

// rank returns the rank of a hit.
func (v *view) rank(req index.Request, d *document, score float32) float64 {
	if req.Sort == index.ByRelevance {
		return -float64(score)
	}
	day := 0
	for _, c := range []byte(v.values[dictDate][d.values[dictDate]]) {
		if c >= '0' && c <= '9' {
			day = day*10 + int(c-'0')
		}
	}
	switch {
	case day == 0:
		return 1e12 // undated ones come last in both orders
	case req.Sort == index.ByDateDesc:
		return -float64(day)
	}
	return float64(day)
}

// rankPassages adds the hits and returns how many they are. Most are told by their rank alone not to be among the first.
func (m *matcher) rankPassages(req index.Request, hits bitset, scores []float32, top *topHits) int {
	v := m.view
	add := func(rank float64, p uint32) {
		d := v.document(p)
		top.add(rankedHit{key: key{rank, d.id, int(p - d.first)}, passage: p, score: scores[p]})
	}
	if req.Sort == index.ByRelevance {
		for w, word := range hits {
			for ; word != 0; word &= word - 1 {
				p := w<<6 + bits.TrailingZeros64(word)
				if rank := -float64(scores[p]); top.mayTake(rank) {
					add(rank, uint32(p))
				}
			}
		}
		return hits.count()
	}
	v.eachDocument(func(_ uint32, d *document) {
		if rank := v.rank(req, d, 0); top.mayTake(rank) {
			hits.eachRange(d.first, d.end, func(p uint32) { add(rank, p) })
		}
	})
	return hits.count()
}

func (m *matcher) rankDocuments(req index.Request, hits bitset, scores []float32, top *topHits) int {
	v, total := m.view, 0
	v.eachDocument(func(_ uint32, d *document) {
		n := 0
		var best rankedHit
		hits.eachRange(d.first, d.end, func(p uint32) {
			if n == 0 || scores[p] > best.score {
				best.passage, best.score = p, scores[p]
			}
			n++
		})
		if n == 0 {
			return
		}
		total++
		best.key, best.count = key{v.rank(req, d, best.score), d.id, 0}, n
		if top.mayTake(best.rank) {
			top.add(best)
		}
	})
	return total
}

// topHits keeps the first hits after a key, in a heap with the last of them on top.
type topHits struct {
	limit int
	after *key
	heap  []rankedHit
}

// mayTake reports whether a hit of this rank can be among the first.
func (t *topHits) mayTake(rank float64) bool {
	if t.after != nil && rank < t.after.rank {
		return false
	}
	return len(t.heap) < t.limit || rank <= t.heap[0].rank
}

func (t *topHits) add(h rankedHit) {
	if t.after != nil && h.compare(*t.after) <= 0 {
		return
	}
	if len(t.heap) < t.limit {
		t.heap = append(t.heap, h)
		for i := len(t.heap) - 1; i > 0; {
			parent := (i - 1) / 2
			if t.heap[i].compare(t.heap[parent].key) <= 0 {
				break
			}
			t.heap[i], t.heap[parent] = t.heap[parent], t.heap[i]
			i = parent
		}
		return
	}
	if h.compare(t.heap[0].key) >= 0 {
		return
	}
	t.heap[0] = h
	for i := 0; ; {
		last := i
		for _, child := range []int{2*i + 1, 2*i + 2} {
			if child < len(t.heap) && t.heap[child].compare(t.heap[last].key) > 0 {
				last = child
			}
		}
		if last == i {
			return
		}
		t.heap[i], t.heap[last] = t.heap[last], t.heap[i]
		i = last
	}
}

// sorted returns the hits in order.
func (t *topHits) sorted() []rankedHit {
	slices.SortFunc(t.heap, func(a, b rankedHit) int { return a.compare(b.key) })
	return t.heap
}

// show fills in what the answer says of the hits.
func (m *matcher) show(req index.Request, c chosen, page []rankedHit) ([]index.Hit, error) {
	marker := m.marker(c.query)
	hits := make([]index.Hit, len(page))
	var d decoder
	for i, r := range page {
		hit := m.hit(r)
		t, err := m.view.readText(r.passage)
		if err != nil {
			return nil, err
		}
		s := marker.show(&d, t)
		if hit.Statement, err = t.statementIn(s.source); err != nil {
			return nil, err
		}
		hit.Span = t.span
		if hit.Kind == corpus.KindFinding {
			hit.FindingID = corpus.NewFindingID(hit.DocumentID, t.ordinal)
		}
		if req.Snippets > 0 {
			hit.Snippets = s.snippets(req.Snippets)
		}
		hits[i] = hit
	}
	return hits, nil
}

// hit returns what the columns say of a hit.
func (m *matcher) hit(r rankedHit) index.Hit {
	v := m.view
	d := &v.docs[v.doc[r.passage]]
	value := func(dict int) string { return v.values[dict][d.values[dict]] }
	year, _ := strconv.Atoi(value(dictYear))
	hit := index.Hit{
		DocumentID: d.id, Kind: corpus.KindFinding, Title: d.title, Unit: v.values[dictUnit][d.unitOf(r.passage)],
		Region: value(dictRegion), Year: corpus.Year(year), Date: corpus.Date(value(dictDate)),
		Type: corpus.DocType(value(dictType)), Score: float64(r.score), Passages: r.count,
	}
	if !v.findings.has(r.passage) {
		hit.Kind = corpus.KindSection
		return hit
	}
	hit.Status = corpus.Status(v.values[dictStatus][v.status[r.passage]])
	for _, c := range v.catSets[v.cats[r.passage]:] {
		if c == 0 {
			break
		}
		hit.Categories = append(hit.Categories, corpus.CategoryCode(v.values[dictCategory][c]))
	}
	return hit
}
