package sqlite

import "tongjian/corpus"

// byHuman is the rule that the provenance of a corrected value names.
const byHuman = "human"

// apply lays corrections, given oldest first, over a document as rules read it. The newest of a field holds, unless it
// withdraws. One whose finding is not there any more has no effect: better an uncorrected finding than a wrong one.
func apply(doc *corpus.Document, corrections []corpus.Correction) {
	type target struct {
		finding int
		field   string
	}
	newest := make(map[target]corpus.Correction)
	var order []target
	for _, c := range corrections {
		ordinal, ok := locate(doc, c)
		if !ok {
			continue
		}
		t := target{ordinal, c.Field}
		if _, seen := newest[t]; !seen {
			order = append(order, t)
		}
		newest[t] = c
	}
	for _, t := range order {
		c := newest[t]
		switch {
		case len(c.Values) == 0:
		case t.finding == 0:
			correctMetadata(doc, t.field, c.Values[0])
		case t.field == fieldStatus:
			doc.Findings[t.finding-1].Status = corpus.Status(c.Values[0])
		case t.field == fieldCategories:
			f := &doc.Findings[t.finding-1]
			f.Categories = humanCategories(f.Categories, c.Values)
		}
	}
}

// locate returns the ordinal of the finding that a correction is about: the one at its old place when it states the same,
// else the only one that does.
func locate(doc *corpus.Document, c corpus.Correction) (int, bool) {
	if c.Finding == 0 {
		return 0, true
	}
	if c.Finding <= len(doc.Findings) && doc.Findings[c.Finding-1].Statement == c.Statement {
		return c.Finding, true
	}
	found := 0
	for _, f := range doc.Findings {
		if f.Statement == c.Statement {
			if found > 0 {
				return 0, false
			}
			found = f.Ordinal
		}
	}
	return found, found > 0
}

func correctMetadata(doc *corpus.Document, field, value string) {
	at := metadata(doc, field)
	if at.set == nil {
		return // a field of a newer program
	}
	at.set(value)
	if doc.Provenance == nil {
		doc.Provenance = make(map[string]corpus.Provenance)
	}
	// The words as printed, where there are any, stay true and stay shown.
	p := doc.Provenance[field]
	p.Rule, p.Confidence = byHuman, corpus.Corrected
	doc.Provenance[field] = p
}

// humanCategories returns the categories that a person gave. One that the rules found too keeps the evidence they saw.
func humanCategories(old []corpus.Category, codes []string) []corpus.Category {
	out := make([]corpus.Category, len(codes))
	for i, code := range codes {
		out[i] = corpus.Category{Code: corpus.CategoryCode(code), Score: 1, Evidence: []corpus.Evidence{}, By: corpus.ByHuman}
		for _, c := range old {
			if c.Code == out[i].Code {
				out[i].Evidence = c.Evidence
			}
		}
	}
	return out
}

// overlay returns a document with corrections applied and leaves doc itself as it is; parsed is its stored form.
func overlay(c *codec, doc *corpus.Document, parsed []byte, corrections []corpus.Correction) (*corpus.Document, error) {
	if len(corrections) == 0 {
		return doc, nil
	}
	copied, err := c.unpack(parsed)
	if err != nil {
		return nil, err
	}
	apply(copied, corrections)
	return copied, nil
}
