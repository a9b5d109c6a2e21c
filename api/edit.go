package api

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tongjian/corpus"
)

// Editor takes down what people say about documents. Everything that it is given is kept for ever and audited in the name
// of the context's actor.
type Editor interface {
	// CorrectSince stores corrections, all or none. It is a *corpus.Error of kind Conflict with CodeChangedSince where a
	// document has changed after the change with number since.
	CorrectSince(ctx context.Context, since int64, corrections []corpus.Correction) error
	// RemoveSince removes a document, with the same conflict.
	RemoveSince(ctx context.Context, since int64, id corpus.DocumentID) error
	// AllCorrections returns what people said, oldest first.
	AllCorrections(ctx context.Context) ([]corpus.Correction, error)
	// Doubts returns the findings whose main category no person has given and whose score is below a bound, and how many
	// findings persons have labelled.
	Doubts(ctx context.Context, below float64) (doubts []corpus.Doubt, confirmed int, err error)
}

// MaxNoteBytes bounds the note to a correction.
const MaxNoteBytes = 2000

// FindingEdit is what a person says about a finding. What is nil stays as it is; Withdraw names what is to be again as it
// was read ("status", "categories").
type FindingEdit struct {
	Status     *corpus.Status
	Categories []corpus.CategoryCode // one to three leaves, the main one first
	Withdraw   []string
	Note       string
	// Since is the number of the newest change when the finding was seen: the edit is refused where its document has
	// changed since. 0 takes the finding as it is now.
	Since int64
}

// DocumentEdit is what a person says about a document's metadata, by the names of the fields; "" says that the document
// does not state it. Withdraw and Since are as in FindingEdit.
type DocumentEdit struct {
	Values   map[string]string
	Withdraw []string
	Note     string
	Since    int64
}

// The fields of a finding that can be corrected.
const (
	fieldStatus     = "status"
	fieldCategories = "categories"
)

// MetadataFields lists the metadata fields that can be corrected, by their names in JSON.
var MetadataFields = []string{
	"doc_type", "title", "unit", "party_body", "region.province", "region.city", "region.county", "region.code", "level",
	"sector", "inspector", "round", "inspection_from", "inspection_to", "feedback_date", "publication_date", "year",
}

// EditFinding corrects a finding and returns it as it is then. All answers given afterwards know of it.
func (s *Service) EditFinding(ctx context.Context, id corpus.FindingID, e FindingEdit) (*FindingRecord, error) {
	since, err := s.seen(ctx, e.Since)
	if err != nil {
		return nil, err
	}
	f, err := s.Finding(ctx, id)
	if err != nil {
		return nil, err
	}
	corrections, err := s.findingCorrections(f, e)
	if err != nil {
		return nil, err
	}
	if err := s.correct(ctx, since, corrections, e.Note); err != nil {
		return nil, fmt.Errorf("correct finding %s: %w", id, err)
	}
	return s.Finding(ctx, id)
}

func (s *Service) findingCorrections(f *FindingRecord, e FindingEdit) ([]corpus.Correction, error) {
	var out []corpus.Correction
	add := func(field string, values ...string) {
		out = append(out, corpus.Correction{Document: f.DocumentID, Finding: f.Ordinal, Field: field, Values: values})
	}
	if e.Status != nil {
		if err := among(fieldStatus, string(*e.Status), corpus.Statuses); err != nil {
			return nil, err
		}
		add(fieldStatus, string(*e.Status))
	}
	if e.Categories != nil {
		if err := s.checkCategories(e.Categories); err != nil {
			return nil, err
		}
		codes := make([]string, len(e.Categories))
		for i, c := range e.Categories {
			codes[i] = string(c)
		}
		add(fieldCategories, codes...)
	}
	for _, field := range e.Withdraw {
		if err := among("withdraw", field, []string{fieldStatus, fieldCategories}); err != nil {
			return nil, err
		}
		add(field)
	}
	return out, checkCorrections(out)
}

// checkCategories holds the codes that a person gives to the taxonomy.
func (s *Service) checkCategories(codes []corpus.CategoryCode) error {
	if len(codes) == 0 || len(codes) > corpus.MaxCategories {
		return badValue(fieldCategories, fmt.Sprint(len(codes)), -1, "一到三个类别代码，主要的在前；撤销更正用 withdraw")
	}
	for i, c := range codes {
		if _, ok := s.Taxonomy.Leaf(c); !ok {
			return s.unknownCategory(fieldCategories, string(c))
		}
		if slices.Contains(codes[:i], c) {
			return badValue(fieldCategories, string(c), -1, "各不相同的类别代码")
		}
	}
	return nil
}

// EditDocument corrects a document's metadata and returns it as it is then. All answers given afterwards know of it.
func (s *Service) EditDocument(ctx context.Context, id corpus.DocumentID, e DocumentEdit) (*corpus.Document, error) {
	since, err := s.seen(ctx, e.Since)
	if err != nil {
		return nil, err
	}
	d, err := s.Document(ctx, id)
	if err != nil {
		return nil, err
	}
	var corrections []corpus.Correction
	for _, field := range MetadataFields {
		value, given := e.Values[field]
		if !given {
			continue
		}
		if err := checkMetadata(field, value); err != nil {
			return nil, err
		}
		corrections = append(corrections, corpus.Correction{Document: id, Field: field, Values: []string{value}})
	}
	for _, field := range e.Withdraw {
		if err := among("withdraw", field, MetadataFields); err != nil {
			return nil, err
		}
		corrections = append(corrections, corpus.Correction{Document: id, Field: field})
	}
	if err := checkCorrections(corrections); err != nil {
		return nil, err
	}
	corrections = s.followRegion(d.Region, corrections)
	if err := s.correct(ctx, since, corrections, e.Note); err != nil {
		return nil, fmt.Errorf("correct document %s: %w", id, err)
	}
	return s.Document(ctx, id)
}

// checkMetadata holds a metadata value to what can be written anywhere; the store knows what each field accepts.
func checkMetadata(field, value string) error {
	if len(value) > MaxValueBytes {
		return badValue(field, "", -1, fmt.Sprintf("不超过 %d 字节", MaxValueBytes))
	}
	if value != strings.TrimSpace(value) {
		return badValue(field, value, -1, "首尾没有空白的文字")
	}
	return checkText(field, value)
}

// followRegion adds to corrections of a region's names one of its code, which would otherwise go on leading to the place
// that was wrong.
func (s *Service) followRegion(region corpus.Region, corrections []corpus.Correction) []corpus.Correction {
	var named, withdrawn bool
	for _, c := range corrections {
		var value string
		if len(c.Values) > 0 {
			value = c.Values[0]
		}
		switch c.Field {
		case "region.code":
			return corrections
		case "region.province":
			region.Province = corpus.Fact(value)
		case "region.city":
			region.City = corpus.Fact(value)
		case "region.county":
			region.County = corpus.Fact(value)
		default:
			continue
		}
		named, withdrawn = true, withdrawn || len(c.Values) == 0
	}
	if !named {
		return corrections
	}
	follow := corpus.Correction{Document: corrections[0].Document, Field: "region.code"}
	if !withdrawn {
		code := ""
		if s.RegionCode != nil {
			code = s.RegionCode(region)
		}
		follow.Values = []string{code}
	}
	return append(corrections, follow)
}

// RemoveDocument removes a document with everything that was read from it. What people said about it stays, and holds
// again when the same bytes come back. since is as in FindingEdit.
func (s *Service) RemoveDocument(ctx context.Context, id corpus.DocumentID, since int64) error {
	since, err := s.seen(ctx, since)
	if err != nil {
		return err
	}
	if err := s.Editor.RemoveSince(ctx, since, id); err != nil {
		return fmt.Errorf("remove document %s: %w", id, err)
	}
	return s.follow(ctx)
}

// seen returns the change since which nothing may have happened to what is edited: the one that the caller saw, else the
// newest one, so that what is checked here is what is changed.
func (s *Service) seen(ctx context.Context, since int64) (int64, error) {
	if s.Editor == nil {
		return 0, &corpus.Error{Kind: corpus.Unavailable, Code: "read_only", Message: "只供查看，不能修改", Position: -1}
	}
	newest, err := s.Store.Sequence(ctx)
	switch {
	case err != nil:
		return 0, fmt.Errorf("read the store's sequence number: %w", err)
	case since > newest: // the state of another store
		return 0, changedSince()
	case since > 0:
		return since, nil
	}
	return newest, nil
}

// checkCorrections refuses to say nothing, or two things about one field.
func checkCorrections(corrections []corpus.Correction) error {
	if len(corrections) == 0 {
		return &corpus.Error{
			Kind: corpus.Invalid, Code: "nothing_to_correct", Message: "没有要更正的内容", Position: -1,
			Expected: "至少一个要更正或撤销更正的字段",
		}
	}
	seen := map[string]bool{}
	for _, c := range corrections {
		if seen[c.Field] {
			return badValue("withdraw", c.Field, -1, "每个字段只更正或撤销一次")
		}
		seen[c.Field] = true
	}
	return nil
}

// correct stores corrections and brings the engine up to them.
func (s *Service) correct(ctx context.Context, since int64, corrections []corpus.Correction, note string) error {
	if len(note) > MaxNoteBytes {
		return badValue("note", "", -1, fmt.Sprintf("不超过 %d 字节", MaxNoteBytes))
	}
	if err := checkText("note", note); err != nil {
		return err
	}
	for i := range corrections {
		corrections[i].Note = note
	}
	if err := s.Editor.CorrectSince(ctx, since, corrections); err != nil {
		return err
	}
	return s.follow(ctx)
}

// follow brings the engine up to the store. What was stored stays stored: a caller who went away stops nothing, and where
// the engine cannot follow now it does so later.
func (s *Service) follow(ctx context.Context) error {
	if s.Update == nil {
		return nil
	}
	if err := s.Update(context.WithoutCancel(ctx)); err != nil {
		return &corpus.Error{
			Kind: corpus.Unavailable, Code: "index_behind", Message: "修改已保存，统计稍后跟上", Position: -1, Cause: err,
		}
	}
	return nil
}
