package recur

import (
	"cmp"
	"strings"

	"tongjian/corpus"
	"tongjian/corpus/similar"
)

// Ref is what is known of a finding without opening its document.
type Ref struct {
	ID         corpus.FindingID
	Document   corpus.DocumentID
	Statement  string
	Span       corpus.Span // of the statement, in the document's text
	Unit       string
	Region     string // 省/市/县, as far as known
	Sector     string
	Year       corpus.Year
	Date       corpus.Date // of the inspection, else of the feedback, else of publication
	Round      string
	Type       corpus.DocType
	Status     corpus.Status
	Categories []corpus.CategoryCode
}

// document is what is kept of a document.
type document struct {
	id         corpus.DocumentID
	docType    corpus.DocType
	region     string
	sector     string
	year       corpus.Year
	date       corpus.Date
	round      string
	from, to   corpus.Date
	feedback   corpus.Date
	arrival    int64 // order in which documents came
	facts      []*fact
	unit, name string // identity and name of the document's unit
}

// fact is what is kept of a finding.
type fact struct {
	doc        *document
	id         corpus.FindingID
	ordinal    int
	unit, name string // identity and name of the finding's unit
	number     int    // of the unit, from 1; 0 where it is not known
	statement  string
	span       corpus.Span
	status     corpus.Status
	categories []corpus.CategoryCode
	profile    similar.Profile
	key        uint64 // of the profile
	admission  *Admission
	form       *form
}

// factsOf reads a document. Documents without findings give none.
func factsOf(d *corpus.Document, arrival int64) *document {
	doc := &document{
		id: d.ID, docType: d.DocType, region: regionName(d.Region), sector: string(d.Sector), year: d.Year,
		round: string(d.Round), from: d.InspectionFrom, to: d.InspectionTo, feedback: d.FeedbackDate, arrival: arrival,
		date: cmp.Or(d.InspectionFrom, d.FeedbackDate, d.PublicationDate),
		unit: identityIn(string(d.Unit), d), name: string(d.Unit),
	}
	for i := range d.Findings {
		f := &d.Findings[i]
		k := &fact{
			doc: doc, id: f.ID, ordinal: f.Ordinal, unit: doc.unit, name: doc.name, statement: f.Statement,
			span: f.StatementSpan, status: f.Status, profile: similar.Of(f.Statement), admission: admissionIn(d, f),
		}
		for _, c := range f.Categories {
			k.categories = append(k.categories, c.Code)
		}
		k.key = k.profile.Key()
		if f.Unit != "" {
			k.unit, k.name = identityIn(f.Unit, d), f.Unit
		}
		doc.facts = append(doc.facts, k)
	}
	return doc
}

// ref returns what is known of the finding.
func (f *fact) ref() Ref {
	return Ref{
		ID: f.id, Document: f.doc.id, Statement: f.statement, Span: f.span, Unit: f.name, Region: f.doc.region,
		Sector: f.doc.sector, Year: f.doc.year, Date: f.doc.date, Round: f.doc.round, Type: f.doc.docType, Status: f.status,
		Categories: f.categories,
	}
}

// main is the main category of a finding, "" where it has none.
func (f *fact) main() corpus.CategoryCode {
	if len(f.categories) == 0 {
		return ""
	}
	return f.categories[0]
}

// compareFacts orders findings by when their documents came and their place in them.
func compareFacts(a, b *fact) int {
	return cmp.Or(cmp.Compare(a.doc.arrival, b.doc.arrival), cmp.Compare(a.ordinal, b.ordinal), cmp.Compare(a.id, b.id))
}

// regionName joins the levels that are known.
func regionName(r corpus.Region) string {
	var parts []string
	for _, level := range []corpus.Fact{r.Province, r.City, r.County} {
		if level != "" {
			parts = append(parts, string(level))
		}
	}
	return strings.Join(parts, "/")
}
