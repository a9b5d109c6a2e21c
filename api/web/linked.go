package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"tongjian/api"
	"tongjian/api/access"
	"tongjian/api/web/highlight"
	"tongjian/corpus"
)

// LinkedSide is a finding on one side of a link: what it states, with what the other side states too marked, and where it
// stands.
type LinkedSide struct {
	Href      string
	Statement []highlight.Segment
	Facts     []Link
	Status    *StatusWord // nil in documents that answer nothing
}

// DoneAccount says what a document tells was done about a finding.
type DoneAccount struct {
	Status    StatusWord
	Substance string
	Actions   []DoneAction
	More      int // actions that are not listed
	Href      string
	// Silent says why nothing is told, "" where something is.
	Silent string
}

// DoneAction is a kind of action with the words that say so and the way to them.
type DoneAction struct {
	Kind  string
	Words string
	Href  string
}

// maxActions is the most actions of a finding that are listed, actionLength the length of their words in characters.
const (
	maxActions   = 6
	actionLength = 36
)

// linkedSide works out one side. The spans are what is marked in the statement.
func linkedSide(f api.LinkedFinding, marks []corpus.Span) LinkedSide {
	side := LinkedSide{Href: findingAddress(f.ID), Statement: marked(f.Statement, marks)}
	for _, word := range []string{yearWord(f.Year), string(f.Round), f.Type.Chinese()} {
		if word != "" {
			side.Facts = append(side.Facts, Link{Name: word})
		}
	}
	if answers(f.Type) {
		status := statusWord(f.Status)
		side.Status = &status
	}
	return side
}

// answers reports whether documents of a kind say what was done.
func answers(t corpus.DocType) bool {
	return t == corpus.RectificationNotice || t == corpus.AuditRectification
}

// findingAddress leads to a finding in its document.
func findingAddress(id corpus.FindingID) string {
	_, ordinal, _ := strings.Cut(string(id), "-")
	return "/documents/" + string(id.Document()) + "#f" + ordinal
}

// quoteAddress leads to words in a document, which are marked there.
func quoteAddress(doc corpus.DocumentID, span corpus.Span) string {
	return address("/documents/"+string(doc), corpus.Filter{}, Param{paramAt, fmt.Sprintf("%d-%d", span.Start, span.End)}) + "#" + placeAnchor(span)
}

// paramAt names the place in a document that a link is about: its first byte, a hyphen, the byte after its last.
const paramAt = "at"

// placeOf reads the place that a visit to a document is about; ok is false where it names none in the text.
func placeOf(v visit, text string) (place corpus.Span, ok bool) {
	n, err := fmt.Sscanf(v.param(paramAt), "%d-%d", &place.Start, &place.End)
	return place, err == nil && n == 2 && place.Start >= 0 && place.Start < place.End && place.End <= len(text)
}

// findingsOf reads findings of any documents from the store.
func (s *Site) findingsOf(ctx context.Context, ids []corpus.FindingID) (map[corpus.FindingID]*corpus.Finding, error) {
	var docs []corpus.DocumentID
	for _, id := range ids {
		docs = append(docs, id.Document())
	}
	slices.Sort(docs)
	read, err := s.service.Store.Documents(ctx, slices.Compact(docs))
	if err != nil {
		return nil, fmt.Errorf("read the documents of %d findings: %w", len(ids), err)
	}
	out := map[corpus.FindingID]*corpus.Finding{}
	for _, d := range read {
		for i := range d.Findings {
			if f := &d.Findings[i]; slices.Contains(ids, f.ID) {
				out[f.ID] = f
			}
		}
	}
	return out, nil
}

// accountOf says what was done about a finding. Each kind of action is listed once, deeds before words.
func accountOf(f *corpus.Finding, status corpus.Status) DoneAccount {
	out := DoneAccount{Status: statusWord(status)}
	if f == nil {
		out.Silent = "文件已不在库中"
		return out
	}
	out.Href = findingAddress(f.ID)
	if f.Account == "" && len(f.Actions) == 0 {
		out.Silent = "没有写明做了什么"
	}
	if f.Substance != "" {
		out.Substance = f.Substance.Chinese()
	}
	actions := slices.Clone(f.Actions)
	slices.SortStableFunc(actions, func(a, b corpus.Action) int {
		return slices.Index(corpus.ActionKinds, b.Kind) - slices.Index(corpus.ActionKinds, a.Kind)
	})
	actions = slices.CompactFunc(actions, func(a, b corpus.Action) bool { return a.Kind == b.Kind })
	out.More = max(0, len(actions)-maxActions)
	for _, a := range actions[:len(actions)-out.More] {
		out.Actions = append(out.Actions, DoneAction{
			Kind: a.Kind.Chinese(), Words: clip(oneLine(a.Text), actionLength), Href: quoteAddress(f.ID.Document(), a.Span),
		})
	}
	return out
}

// oneLine folds line ends and blanks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// mayDecide reports whether the visitor may confirm and reject links.
func (s *Site) mayDecide(ctx context.Context) bool {
	return s.service.Decider != nil && (s.guard == nil || access.May(ctx, corpus.Editor))
}

// hasLinks reports whether repeats and common problems are looked for here.
func (s *Site) hasLinks() bool { return s.service.Recur != nil }

// Waiting says that what belongs together is still being found: how far it has come, and the page to come back to.
type Waiting struct {
	Message   string
	Done, All int64
	Reload    string
}

// waiting turns the error that links are not there (yet) into what a page says of it.
func (s *Site) waiting(v visit, err error) (*Waiting, bool) {
	var e *corpus.Error
	if !errors.As(err, &e) || e.Kind != corpus.Unavailable {
		return nil, false
	}
	out := &Waiting{Message: e.Message, Reload: v.path}
	if query := v.values.Encode(); query != "" {
		out.Reload += "?" + query
	}
	if s.service.Recur != nil {
		out.Done, out.All = s.service.Recur.Applied(), s.service.Engine.Applied()
	}
	return out, true
}

// statusOf is the status of a page that may have to wait.
func statusOf(w *Waiting) int {
	if w != nil {
		return http.StatusServiceUnavailable
	}
	return http.StatusOK
}

// decide takes down the verdict that a form gives about a link of a kind: finding and prior are the two findings, verdict is
// what is said of them, an empty one takes back what was said.
func (s *Site) decide(c echo.Context, kind corpus.LinkKind) (url.Values, error) {
	form, err := c.FormParams()
	if err != nil {
		return nil, fmt.Errorf("read the form: %w", err)
	}
	var d api.LinkDecision
	d.Kind, d.Verdict = kind, corpus.Verdict(form.Get("verdict"))
	d.Finding, d.Prior = corpus.FindingID(form.Get("finding")), corpus.FindingID(form.Get("prior"))
	return form, s.service.Decide(c.Request().Context(), d)
}

// Rejected is a link that was rejected a moment ago and can be taken back.
type Rejected struct {
	Finding   corpus.FindingID
	Prior     corpus.FindingID
	Statement string
	Href      string
}

// Parameters that name the link that was rejected a moment ago.
const (
	paramRejected = "rejected"
	paramPrior    = "prior"
)

// rejected tells of the link that the address says was rejected a moment ago, nil where there is none.
func (s *Site) rejected(ctx context.Context, v visit) (*Rejected, error) {
	id := corpus.FindingID(v.param(paramRejected))
	if id == "" {
		return nil, nil
	}
	f, err := s.service.Finding(ctx, id)
	if kind := corpus.KindOf(err); kind == corpus.NotFound || kind == corpus.Invalid {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &Rejected{Finding: id, Prior: corpus.FindingID(v.param(paramPrior)), Statement: clip(f.Statement, maxStatement), Href: findingAddress(id)}, nil
}
