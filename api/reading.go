package api

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tongjian/corpus"
	"tongjian/index"
)

// Concordance returns the places at which the words of a query stand, in their context.
func (s *Service) Concordance(ctx context.Context, req ConcordanceRequest) (*ConcordanceAnswer, error) {
	filter, err := s.resolve(req.Filter)
	if err != nil {
		return nil, err
	}
	offset, err := skipOf(req.Cursor)
	if err != nil {
		return nil, err
	}
	limit := req.Limit
	if limit == 0 {
		limit = index.DefaultLimit
	}
	found, err := s.Engine.Concordance(ctx, index.ConcordanceRequest{
		Filter: filter, Width: req.Width, Sort: req.Sort, Sample: req.Sample, Seed: req.Seed, Offset: offset, Limit: limit,
	})
	if err != nil {
		return nil, fmt.Errorf("concordance of %q: %w", filter.Query, err)
	}
	out := &ConcordanceAnswer{
		List: List[ConcordanceLine]{
			Data: make([]ConcordanceLine, 0, len(found.Lines)), Total: exactly(found.Sampled), Meta: s.meta(found.Sequence),
		},
		Places: found.Total, Passages: found.Passages, Understood: found.Understood, Expanded: expansions(found.Expanded),
	}
	for _, l := range found.Lines {
		out.Data = append(out.Data, ConcordanceLine{
			Left: l.Left, Node: l.Node, Right: l.Right, DocumentID: l.DocumentID, FindingID: l.FindingID,
			Unit: corpus.Fact(l.Unit), Year: l.Year, Date: l.Date, Span: l.Span,
		})
	}
	if end := offset + len(found.Lines); len(found.Lines) > 0 && end < min(found.Sampled, index.MaxLines) {
		next := strconv.Itoa(end)
		out.Next = &next
	}
	return out, nil
}

// Terms returns the words of what a filter chooses.
func (s *Service) Terms(ctx context.Context, req TermsRequest) (*TermsAnswer, error) {
	filter, err := s.resolve(req.Filter)
	if err != nil {
		return nil, err
	}
	found, err := s.Engine.Terms(ctx, index.TermsRequest{Filter: filter, Words: req.Words, Limit: req.Limit, Seed: req.Seed})
	if err != nil {
		return nil, fmt.Errorf("words of %q: %w", filter.Query, err)
	}
	out := &TermsAnswer{
		Data: make([]Term, 0, len(found.Terms)), Distinct: found.Distinct, Tokens: found.Tokens, AllTokens: found.AllTokens,
		Read: found.Passages, Documents: found.Documents, Total: found.Total, Meta: s.meta(found.Sequence),
	}
	for _, t := range found.Terms {
		out.Data = append(out.Data, Term{
			Text: t.Text, Count: t.Count, Passages: t.Passages, Documents: t.Documents,
			PerThousand: 1000 * float64(t.Count) / float64(max(1, found.AllTokens)),
		})
	}
	return out, nil
}

// Collocations returns the words that stand near the words of a query.
func (s *Service) Collocations(ctx context.Context, req CollocationsRequest) (*CollocationsAnswer, error) {
	filter, err := s.resolve(req.Filter)
	if err != nil {
		return nil, err
	}
	found, err := s.Engine.Collocations(ctx, index.CollocationsRequest{
		Filter: filter, Words: req.Words, Window: req.Window, MinCount: req.MinCount, Sort: req.Sort, Limit: req.Limit, Seed: req.Seed,
	})
	if err != nil {
		return nil, fmt.Errorf("collocations of %q: %w", filter.Query, err)
	}
	out := &CollocationsAnswer{
		Data: make([]Collocate, 0, len(found.Collocates)), Nodes: found.Nodes, Window: found.Window, Words: found.Words,
		Read: found.Passages, Total: found.Total, Expanded: expansions(found.Expanded), Meta: s.meta(found.Sequence),
	}
	for _, c := range found.Collocates {
		out.Data = append(out.Data, Collocate(c))
	}
	return out, nil
}

// Suggest returns what a text that is being typed may become: units and words of the corpus, categories of the taxonomy.
func (s *Service) Suggest(ctx context.Context, text string, limit int) (*SuggestAnswer, error) {
	found, err := s.Engine.Suggest(ctx, index.SuggestRequest{Text: text, Limit: limit})
	if err != nil {
		return nil, fmt.Errorf("suggest for %q: %w", text, err)
	}
	return &SuggestAnswer{
		Units: suggestions(found.Units), Words: suggestions(found.Words), Categories: s.suggestCategories(text, limit),
		Meta: s.meta(found.Sequence),
	}, nil
}

// suggestCategories returns the categories whose name or code has the text, those that begin with it first.
func (s *Service) suggestCategories(text string, limit int) []SuggestedCategory {
	if limit == 0 {
		limit = 10
	}
	var begin, within []SuggestedCategory
	try := func(code corpus.CategoryCode, zh string) {
		switch {
		case strings.HasPrefix(zh, text) || strings.HasPrefix(string(code), text):
			begin = append(begin, SuggestedCategory{code, zh})
		case strings.Contains(zh, text) || strings.Contains(string(code), text):
			within = append(within, SuggestedCategory{code, zh})
		}
	}
	for _, d := range s.Taxonomy.Domains() {
		try(d.Code, d.Zh)
		for _, leaf := range d.Leaves {
			try(leaf.Code, leaf.Zh)
		}
	}
	all := some(slices.Concat(begin, within))
	return all[:min(limit, len(all))]
}

// hint says why a search found nothing.
func (s *Service) hint(ctx context.Context, filter corpus.Filter) (*Hint, error) {
	found, err := s.Engine.Hint(ctx, filter)
	if err != nil {
		return nil, fmt.Errorf("hint for %q: %w", filter.Query, err)
	}
	out := &Hint{Without: []HintWithout{}, Instead: []HintInstead{}}
	for _, w := range found.Without {
		out.Without = append(out.Without, HintWithout(w))
	}
	for _, i := range found.Instead {
		out.Instead = append(out.Instead, HintInstead{Word: i.Word, For: suggestions(i.For)})
	}
	return out, nil
}

func suggestions(found []index.Suggestion) []Suggestion {
	out := make([]Suggestion, len(found))
	for i, f := range found {
		out[i] = Suggestion(f)
	}
	return out
}

func expansions(found []index.Expansion) []Expansion {
	out := make([]Expansion, len(found))
	for i, f := range found {
		out[i] = Expansion{Word: f.Word, Alternatives: some(f.Alternatives)}
	}
	return out
}

// ParseConcordance reads the parameters of a concordance.
func ParseConcordance(v url.Values) (ConcordanceRequest, error) {
	r := &reader{values: v}
	return ConcordanceRequest{
		Filter: r.filter(), Page: r.page(), Width: r.whole("width", 1, index.MaxWidth),
		Sort:   choice(r, "sort", index.LinesByDate, index.LinesByDateDesc, index.LinesByLeft, index.LinesByRight),
		Sample: r.whole("sample", 1, index.MaxLines), Seed: r.seed(),
	}, r.err
}

// ParseTerms reads the parameters of a list of words.
func ParseTerms(v url.Values) (TermsRequest, error) {
	r := &reader{values: v}
	return TermsRequest{Filter: r.filter(), Words: r.words(), Limit: r.whole("limit", 1, index.MaxWords), Seed: r.seed()}, r.err
}

// ParseCollocations reads the parameters of a list of words near others.
func ParseCollocations(v url.Values) (CollocationsRequest, error) {
	r := &reader{values: v}
	return CollocationsRequest{
		Filter: r.filter(), Words: r.words(), Window: r.whole("window", 1, index.MaxWindow), MinCount: r.whole("min_count", 1, 1_000_000),
		Sort:  choice(r, "sort", index.ByLogLikelihood, index.ByLogDice, index.ByCount),
		Limit: r.whole("limit", 1, index.MaxWords), Seed: r.seed(),
	}, r.err
}

// seedMost bounds a seed to what JSON and JavaScript carry exactly.
const seedMost = 1 << 53

func (r *reader) seed() uint64 { return uint64(r.whole("seed", 0, seedMost)) }

// words reads which words are to be counted.
func (r *reader) words() index.WordChoice {
	w := index.WordChoice{
		KeepStopWords: r.yes("stop_words"), KeepPunctuation: r.yes("punctuation"), KeepNumbers: r.yes("numbers"),
		MinLength: r.whole("min_length", 1, 20),
	}
	for _, list := range r.values["without"] {
		for word := range strings.SplitSeq(list, ",") {
			r.keep(checkText("without", word))
			w.Stop = append(w.Stop, strings.TrimSpace(word))
		}
	}
	r.keep(checkCount("without", w.Stop))
	return w
}

func (r *reader) yes(name string) bool { return choice(r, name, "true", "false") == "true" }

// SuggestRequest asks what a text that is being typed may become.
type SuggestRequest struct {
	Text  string
	Limit int
}

// maxTyped bounds what is being typed, in bytes.
const maxTyped = 200

// ParseSuggest reads the parameters of suggestions.
func ParseSuggest(v url.Values) (SuggestRequest, error) {
	r := &reader{values: v}
	req := SuggestRequest{Text: strings.TrimSpace(r.text("q")), Limit: r.whole("limit", 1, index.MaxSuggestions)}
	if req.Text == "" || len(req.Text) > maxTyped {
		r.keep(badValue("q", clip(req.Text), -1, fmt.Sprintf("一到 %d 字节的文字", maxTyped)))
	}
	r.keep(checkText("q", req.Text))
	return req, r.err
}

func (a *ConcordanceAnswer) table() dataTable {
	return tableOf("concordance", []column[ConcordanceLine]{
		{"left", func(l ConcordanceLine) any { return l.Left }},
		{"node", func(l ConcordanceLine) any { return l.Node }},
		{"right", func(l ConcordanceLine) any { return l.Right }},
		{"document_id", func(l ConcordanceLine) any { return string(l.DocumentID) }},
		{"finding_id", func(l ConcordanceLine) any { return string(l.FindingID) }},
		{"unit", func(l ConcordanceLine) any { return string(l.Unit) }},
		{"year", func(l ConcordanceLine) any { return year(l.Year) }},
		{"date", func(l ConcordanceLine) any { return string(l.Date) }},
	}, a.Data)
}

func (a *TermsAnswer) table() dataTable {
	return tableOf("terms", []column[Term]{
		{"text", func(t Term) any { return t.Text }},
		{"count", func(t Term) any { return t.Count }},
		{"per_thousand", func(t Term) any { return t.PerThousand }},
		{"passages", func(t Term) any { return t.Passages }},
		{"documents", func(t Term) any { return t.Documents }},
	}, a.Data)
}

func (a *CollocationsAnswer) table() dataTable {
	return tableOf("collocations", []column[Collocate]{
		{"text", func(c Collocate) any { return c.Text }},
		{"near", func(c Collocate) any { return c.Near }},
		{"count", func(c Collocate) any { return c.Count }},
		{"log_likelihood", func(c Collocate) any { return c.LogLikelihood }},
		{"log_dice", func(c Collocate) any { return c.LogDice }},
	}, a.Data)
}
