package parse_test

import (
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
)

// checker is what the checks need of a test or of a property test.
type checker interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// checkInvariants checks what every document promises, whatever its text.
func checkInvariants(t checker, doc *corpus.Document) {
	t.Helper()
	checkCover(t, doc)
	ids := map[corpus.FindingID]bool{}
	for i, f := range doc.Findings {
		if f.Ordinal != i+1 || f.ID != corpus.NewFindingID(doc.ID, i+1) || ids[f.ID] {
			t.Errorf("finding %d: ordinal %d, id %s", i+1, f.Ordinal, f.ID)
		}
		ids[f.ID] = true
		checkText(t, doc, "statement", f.StatementSpan, f.Statement)
		if f.Statement == "" || !f.Span.Contains(f.StatementSpan) {
			t.Errorf("finding %d: statement %q at %v outside %v", i+1, f.Statement, f.StatementSpan, f.Span)
		}
		if (f.Account == "") != (f.AccountSpan == corpus.Span{}) {
			t.Errorf("finding %d: account %q at %v", i+1, f.Account, f.AccountSpan)
		}
		checkText(t, doc, "account", f.AccountSpan, f.Account)
		if f.Account != "" && !f.Span.Contains(f.AccountSpan) {
			t.Errorf("finding %d: account at %v outside %v", i+1, f.AccountSpan, f.Span)
		}
		if len(f.Path) != len(f.PathSpans) {
			t.Fatalf("finding %d: %d headings, %d spans", i+1, len(f.Path), len(f.PathSpans))
		}
		for j, p := range f.Path {
			checkText(t, doc, "path", f.PathSpans[j], p)
		}
		end := f.Span.Start
		for _, m := range f.Measures {
			checkText(t, doc, "measure", m.Span, m.Text)
			if m.Span.Start < end || !f.Span.Contains(m.Span) {
				t.Errorf("finding %d: measure at %v overlaps or lies outside %v", i+1, m.Span, f.Span)
			}
			end = m.Span.End
		}
		for _, a := range f.Amounts {
			checkText(t, doc, "amount", a.Span, a.Text)
		}
		for _, title := range f.Issued {
			if !strings.Contains(f.Account, title) {
				t.Errorf("finding %d: title %q not in its account", i+1, title)
			}
		}
		if f.Path == nil || f.Measures == nil || f.Amounts == nil || f.Issued == nil || f.Categories == nil {
			t.Errorf("finding %d: a list is nil", i+1)
		}
	}
	for _, w := range doc.Warnings {
		if w.Span != nil && !sound(doc.Text, *w.Span) {
			t.Errorf("warning %s at %v", w.Code, *w.Span)
		}
	}
}

// checkCover checks that findings and sections are in order, do not overlap, and leave out nothing but blanks.
func checkCover(t checker, doc *corpus.Document) {
	t.Helper()
	at := 0
	f, s := doc.Findings, doc.Sections
	for len(f) > 0 || len(s) > 0 {
		var span corpus.Span
		if len(s) == 0 || len(f) > 0 && f[0].Span.Start < s[0].Span.Start {
			span, f = f[0].Span, f[1:]
		} else {
			span, s = s[0].Span, s[1:]
		}
		if !sound(doc.Text, span) || span.Start < at || span.Len() == 0 {
			t.Fatalf("span %v after %d in %d bytes", span, at, len(doc.Text))
		}
		if left := strings.TrimSpace(doc.Text[at:span.Start]); strings.Trim(left, blanks) != "" {
			t.Fatalf("left out: %q", left)
		}
		at = span.End
	}
	if left := doc.Text[at:]; strings.Trim(left, blanks) != "" {
		t.Fatalf("left out at the end: %q", left)
	}
}

// blanks are all characters that no passage has to cover.
const blanks = " \t\n\r\v\f\u00a0\u3000\ufeff\u200b\u2002\u2003\u2009\u202f\u205f\u0085\u1680\u2000\u2001\u2004\u2005\u2006\u2007\u2008\u200a\u2028\u2029"

func checkText(t checker, doc *corpus.Document, what string, span corpus.Span, want string) {
	t.Helper()
	if !sound(doc.Text, span) {
		t.Fatalf("%s at %v is cut or outside", what, span)
	}
	if got := span.Of(doc.Text); got != want {
		t.Errorf("%s at %v is %q, want %q", what, span, got, want)
	}
}

func sound(text string, s corpus.Span) bool {
	on := func(i int) bool { return i >= 0 && i <= len(text) && (i == len(text) || utf8.RuneStart(text[i])) }
	return s.Start <= s.End && on(s.Start) && on(s.End)
}
