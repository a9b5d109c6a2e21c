package corpus_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/corpus"
)

// What a document does not state is null in its JSON, and null reads back as not stated.
func TestUnstatedIsNull(t *testing.T) {
	doc := corpus.Document{
		Unit:     "清澜市商务局",
		Region:   corpus.Region{City: "清澜市"},
		Findings: []corpus.Finding{{ID: "0011223344556677-1", Label: "3", Status: corpus.Done}},
	}
	data, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{"title", "party_body", "level", "round", "inspection_from", "year"} {
		if v, ok := raw[field]; !ok || v != nil {
			t.Errorf("%s: got %v (present %v), want null", field, v, ok)
		}
	}
	if got := raw["unit"]; got != "清澜市商务局" {
		t.Errorf("unit: got %v", got)
	}
	if got := raw["region"].(map[string]any)["county"]; got != nil {
		t.Errorf("region.county: got %v, want null", got)
	}
	var back corpus.Document
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(doc, back); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}
}

func TestYearOfDate(t *testing.T) {
	for date, want := range map[corpus.Date]corpus.Year{"2023-06-14": 2023, "": 0, "20": 0, "abcd-01-01": 0} {
		if got := date.Year(); got != want {
			t.Errorf("Date(%q).Year() = %d, want %d", date, got, want)
		}
	}
}

func TestFindingIDNamesItsDocument(t *testing.T) {
	id := corpus.NewFindingID("0011223344556677", 12)
	if id != "0011223344556677-12" || id.Document() != "0011223344556677" {
		t.Errorf("got %s of document %s", id, id.Document())
	}
}

func TestFilterWithLeavesTheOriginal(t *testing.T) {
	f := corpus.Filter{Query: "采购", Values: map[corpus.Field][]string{corpus.FieldYear: {"2020"}}}
	g := f.With(corpus.FieldYear, "2021").With(corpus.FieldUnit, "甲局")
	if diff := cmp.Diff([]string{"2020"}, f.Values[corpus.FieldYear]); diff != "" {
		t.Errorf("the filter itself changed:\n%s", diff)
	}
	want := map[corpus.Field][]string{corpus.FieldYear: {"2021"}, corpus.FieldUnit: {"甲局"}}
	if diff := cmp.Diff(want, g.Values); diff != "" {
		t.Errorf("With (-want +got):\n%s", diff)
	}
}
