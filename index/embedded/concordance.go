package embedded

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/index"
)

// Concordance returns the places at which the query's strings stand.
func (e *Engine) Concordance(ctx context.Context, req index.ConcordanceRequest) (*index.Concordance, error) {
	req, err := checkedConcordance(req)
	if err != nil {
		return nil, err
	}
	r, err := e.reading(ctx, req.Filter)
	if err != nil {
		return nil, err
	}
	defer r.close()
	out := &index.Concordance{
		Passages: r.hits.count(), Understood: r.chosen.query.String(), Expanded: r.expansions(r.chosen), Sequence: r.view.sequence,
	}
	nodes, total, err := r.nodes(req)
	if err != nil {
		return nil, fmt.Errorf("concordance of %q: %w", req.Filter.Query, err)
	}
	out.Total, out.Sampled = total, total
	if req.Sample > 0 {
		out.Sampled = min(req.Sample, total)
	}
	for _, n := range nodes[min(req.Offset, len(nodes)):min(req.Offset+req.Limit, len(nodes))] {
		line, err := r.line(n, req.Width)
		if err != nil {
			return nil, err
		}
		out.Lines = append(out.Lines, line)
	}
	return out, nil
}

func checkedConcordance(req index.ConcordanceRequest) (index.ConcordanceRequest, error) {
	if req.Width == 0 {
		req.Width = index.DefaultWidth
	}
	if req.Limit == 0 {
		req.Limit = index.DefaultLimit
	}
	if req.Sort == "" {
		req.Sort = index.LinesByDateDesc
	}
	if err := inLimits(
		limit{"width", req.Width, 1, index.MaxWidth}, limit{"sample", req.Sample, 0, index.MaxLines},
		limit{"limit", req.Limit, 1, index.MaxLines}, limit{"offset", req.Offset, 0, index.MaxLines - req.Limit},
	); err != nil {
		return req, err
	}
	sorts := []index.LineSort{index.LinesByDate, index.LinesByDateDesc, index.LinesByLeft, index.LinesByRight}
	if !slices.Contains(sorts, req.Sort) {
		return req, invalidParam("sort", string(req.Sort), "date, -date, left, right")
	}
	return req, nil
}

// limit is a bound that a number of a request must keep.
type limit struct {
	param          string
	value, low, up int
}

func inLimits(limits ...limit) error {
	for _, l := range limits {
		if l.value < l.low || l.value > l.up {
			return invalidParam(l.param, strconv.Itoa(l.value), strconv.Itoa(l.low)+" 至 "+strconv.Itoa(l.up))
		}
	}
	return nil
}

func invalidParam(param, value, expected string) error {
	return &corpus.Error{
		Kind: corpus.Invalid, Message: "参数 " + param + " 无效", Param: param, Value: value, Position: -1, Expected: expected,
	}
}

// node is a place at which strings of the query stand: at and end are offsets into the passage's units.
type node struct {
	passage uint32
	at, end int
	// rank and order decide which node comes first; where they are the same, the texts do.
	rank  float64
	order uint64
}

// nodes returns the first nodes in the order that was asked for, as far as the request reaches, and how many there are.
func (r *reader) nodes(req index.ConcordanceRequest) ([]node, int, error) {
	reach := req.Offset + req.Limit
	chosen := &first[node]{limit: reach, compare: func(a, b node) int { return r.compareNodes(req.Sort, a, b) }}
	sample := &first[node]{limit: req.Sample, compare: func(a, b node) int {
		return cmp.Or(cmp.Compare(a.order, b.order), r.comparePlaces(a, b))
	}}
	total := 0
	err := r.eachText(r.hits, func(p uint32, t passageText) error {
		for _, s := range nodesIn(t.units, r.needles) {
			total++
			n := node{passage: p, at: s.Start, end: s.End}
			if req.Sample > 0 {
				n.order = r.draw(req.Seed, p, s.Start)
				sample.add(n)
			} else {
				chosen.add(r.ranked(req.Sort, n, t))
			}
		}
		return nil
	})
	if err != nil || req.Sample == 0 {
		return chosen.sorted(), total, err
	}
	for _, n := range sample.sorted() {
		t, err := r.view.readText(n.passage)
		if err != nil {
			return nil, 0, err
		}
		chosen.add(r.ranked(req.Sort, n, t))
	}
	return chosen.sorted(), total, nil
}

// nodesIn returns where needles stand among the units, in order; overlapping ones are joined.
func nodesIn(units []byte, needles [][]byte) []corpus.Span {
	var spans []corpus.Span
	for _, needle := range needles {
		for at := 0; ; {
			i := bytes.Index(units[at:], needle)
			if i < 0 {
				break
			}
			at += i
			if at&1 == 0 {
				spans = append(spans, corpus.Span{Start: at, End: at + len(needle)})
			}
			at++
		}
	}
	if len(needles) > 1 {
		slices.SortFunc(spans, func(a, b corpus.Span) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	}
	joined := spans[:0]
	for _, s := range spans {
		if n := len(joined); n > 0 && s.Start < joined[n-1].End {
			joined[n-1].End = max(joined[n-1].End, s.End)
		} else {
			joined = append(joined, s)
		}
	}
	return joined
}

// draw returns the number by which a node is drawn: the lowest ones are. It rests on nothing but the node and the seed.
func (r *reader) draw(seed uint64, p uint32, at int) uint64 {
	d := r.view.document(p)
	h := fnv.New64a()
	_, _ = h.Write([]byte(d.id))
	x := h.Sum64() ^ seed*0x9E3779B97F4A7C15 ^ uint64(p-d.first)<<40 ^ uint64(at)
	// The finalizer of splitmix64 spreads it over all bits.
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// ranked returns the node with its rank and the beginning of its order.
func (r *reader) ranked(sort index.LineSort, n node, t passageText) node {
	n.order = 0
	switch sort {
	case index.LinesByLeft:
		for i := range 4 {
			n.order <<= 16
			if at := n.at - 2*i - 2; at >= 0 {
				n.order |= uint64(binary.LittleEndian.Uint16(t.units[at:]))
			}
		}
	case index.LinesByRight:
		for i := range 4 {
			n.order <<= 16
			if at := n.end + 2*i; at < len(t.units) {
				n.order |= uint64(binary.LittleEndian.Uint16(t.units[at:]))
			}
		}
	default:
		n.rank = r.view.rank(index.Request{Sort: index.Sort(sort)}, r.view.document(n.passage), 0)
	}
	return n
}

func (r *reader) compareNodes(sort index.LineSort, a, b node) int {
	if c := cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.order, b.order)); c != 0 {
		return c
	}
	if sort == index.LinesByLeft || sort == index.LinesByRight {
		if c := r.compareContexts(sort, a, b); c != 0 {
			return c
		}
	}
	return r.comparePlaces(a, b)
}

// compareContexts compares the whole of what stands on one side. Texts that cannot be read are equal: the line itself
// will say so.
func (r *reader) compareContexts(sort index.LineSort, a, b node) int {
	ta, errA := r.view.readText(a.passage)
	tb, errB := r.view.readText(b.passage)
	if errA != nil || errB != nil {
		return 0
	}
	x, y := ta.units[a.end:], tb.units[b.end:]
	step, i, j := 2, 0, 0
	if sort == index.LinesByLeft {
		x, y = ta.units[:a.at], tb.units[:b.at]
		step, i, j = -2, a.at-2, b.at-2
	}
	for i >= 0 && j >= 0 && i < len(x) && j < len(y) {
		if c := cmp.Compare(binary.LittleEndian.Uint16(x[i:]), binary.LittleEndian.Uint16(y[j:])); c != 0 {
			return c
		}
		i, j = i+step, j+step
	}
	return len(x) - len(y)
}

func (r *reader) comparePlaces(a, b node) int {
	da, db := r.view.document(a.passage), r.view.document(b.passage)
	return cmp.Or(cmp.Compare(da.id, db.id), cmp.Compare(a.passage, b.passage), a.at-b.at)
}

// line returns what is shown of a node.
func (r *reader) line(n node, width int) (index.Line, error) {
	hit := r.hit(rankedHit{passage: n.passage})
	t, err := r.view.readText(n.passage)
	if err != nil {
		return index.Line{}, err
	}
	var d decoder
	spans := [1]corpus.Span{{Start: n.at, End: n.end}}
	source := d.decode(t, spans[:])
	span := spans[0]
	left, right := span.Start, span.End
	for range width {
		_, size := utf8.DecodeLastRuneInString(source[:left])
		left -= size
		_, size = utf8.DecodeRuneInString(source[right:])
		right += size
	}
	line := index.Line{
		Left: source[left:span.Start], Node: span.Of(source), Right: source[span.End:right], DocumentID: hit.DocumentID,
		Unit: hit.Unit, Year: hit.Year, Date: hit.Date,
		Span: corpus.Span{Start: t.span.Start + span.Start, End: t.span.Start + span.End},
	}
	if hit.Kind == corpus.KindFinding {
		line.FindingID = corpus.NewFindingID(hit.DocumentID, t.ordinal)
	}
	return line, nil
}

// first keeps the first members of what is added, by compare.
type first[T any] struct {
	limit   int
	compare func(a, b T) int
	list    []T
	// bound says that list[limit-1] is the last of the first ones so far.
	bound bool
}

func (f *first[T]) add(x T) {
	if f.bound && f.compare(x, f.list[f.limit-1]) >= 0 {
		return
	}
	if f.list = append(f.list, x); len(f.list) >= 2*f.limit+64 {
		f.cut()
	}
}

func (f *first[T]) cut() {
	slices.SortFunc(f.list, f.compare)
	if len(f.list) > f.limit {
		f.list = f.list[:f.limit]
	}
	f.bound = f.limit > 0 && len(f.list) == f.limit
}

// sorted returns the members in order.
func (f *first[T]) sorted() []T {
	f.cut()
	return f.list
}
