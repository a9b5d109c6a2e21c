package embedded

import (
	"encoding/binary"
	"slices"

	blevedoc "github.com/blevesearch/bleve/v2/document"
	bleve "github.com/blevesearch/bleve_index_api"

	"tongjian/corpus"
	"tongjian/corpus/segment"
)

// The fields of the inverted index: the words of the passage and the words inside them. Most stand in a passage once, so
// how often is kept only of those that do not.
const (
	fieldWords    = "w" // all of them, without frequencies
	fieldRepeated = "r" // those that stand there more than once, with frequencies
)

// passage is one passage on its way into the index.
type passage struct {
	entry  passageEntry
	record []byte // in the file of texts
	units  []byte // of the folded text, for the character index; a part of the record
	// words and repeated are what goes into the two fields of the inverted index.
	words, repeated bleve.TokenFrequencies
}

// built is a document on its way into the index.
type built struct {
	entry    entry
	passages []passage
	logSize  int // of the entry in the log
}

// build works out everything that is kept of a document.
func build(id corpus.DocumentID, doc *corpus.Document, s *segment.Segmenter) *built {
	b := &built{entry: entry{
		id: id, title: string(doc.Title),
		values: [docFields]string{
			dictUnit: string(doc.Unit), dictRegion: regionName(doc.Region), dictCode: doc.Region.Code,
			dictSector: string(doc.Sector), dictLevel: string(doc.Level), dictInspector: string(doc.Inspector),
			dictRound: string(doc.Round), dictYear: yearName(doc.Year), dictDate: string(doc.Day()),
			dictType: string(doc.DocType),
		},
	}}
	f, c := 0, 0
	// Findings and sections are each in order; together they are numbered as they stand in the text.
	for f < len(doc.Findings) || c < len(doc.Sections) {
		if c == len(doc.Sections) || (f < len(doc.Findings) && doc.Findings[f].Span.Start <= doc.Sections[c].Span.Start) {
			b.addFinding(doc, &doc.Findings[f], s)
			f++
		} else {
			b.addSection(doc, doc.Sections[c], s)
			c++
		}
	}
	if len(b.passages) == 0 {
		b.addSection(doc, corpus.Section{}, s)
	}
	return b
}

func (b *built) addFinding(doc *corpus.Document, f *corpus.Finding, s *segment.Segmenter) {
	e := passageEntry{kind: kindFinding, unit: string(doc.Unit), status: string(f.Status)}
	if f.Unit != "" {
		e.unit = f.Unit
	}
	for _, c := range f.Categories {
		if code := string(c.Code); code != "" && len(e.cats) < corpus.MaxCategories && !slices.Contains(e.cats, code) {
			e.cats = append(e.cats, code)
		}
	}
	e.substance = string(f.Substance)
	for _, a := range f.Actions {
		if kind := string(a.Kind); kind != "" && !slices.Contains(e.actions, kind) {
			e.actions = append(e.actions, kind)
		}
	}
	b.add(e, doc, f.Span, f.Ordinal, f.Statement, f.StatementSpan.Start-f.Span.Start, s)
}

func (b *built) addSection(doc *corpus.Document, c corpus.Section, s *segment.Segmenter) {
	b.add(passageEntry{kind: kindSection, unit: string(doc.Unit)}, doc, c.Span, 0, c.Heading, -1, s)
}

func (b *built) add(e passageEntry, doc *corpus.Document, span corpus.Span, ordinal int, statement string, at int, s *segment.Segmenter) {
	if span.Start < 0 || span.End < span.Start || span.End > len(doc.Text) {
		// A span that is not in the text has no text; the passage still counts.
		span = corpus.Span{}
	}
	source := span.Of(doc.Text)
	var p passage
	p.record, p.units = appendText(nil, source, span, ordinal, statement, at)
	p.words, p.repeated, e.words = wordTerms(foldedText(source), s)
	p.entry = e
	b.passages = append(b.passages, p)
}

func regionName(r corpus.Region) string {
	name := ""
	for _, part := range []corpus.Fact{r.Province, r.City, r.County} {
		if part != "" {
			if name != "" {
				name += "/"
			}
			name += string(part)
		}
	}
	return name
}

func yearName(y corpus.Year) string {
	b, _ := y.MarshalJSON()
	if y == 0 {
		return ""
	}
	return string(b)
}

// wordTerms returns the words of folded text without frequencies, those that stand there more than once with theirs, and
// their number without the words inside words.
func wordTerms(folded string, s *segment.Segmenter) (words, repeated bleve.TokenFrequencies, n int) {
	words, repeated = make(bleve.TokenFrequencies, len(folded)/8), bleve.TokenFrequencies{}
	once, end := &bleve.TokenFreq{}, 0
	s.EachWord(folded, func(start, stop int) {
		if start >= end {
			n, end = n+1, stop
		}
		word := folded[start:stop]
		if _, ok := words[word]; !ok {
			words[word] = once
			return
		}
		tf := repeated[word]
		if tf == nil {
			tf = &bleve.TokenFreq{}
			tf.SetFrequency(1)
			repeated[word] = tf
		}
		tf.SetFrequency(tf.Frequency() + 1)
	})
	return words, repeated, n
}

// passageID is the identifier of a passage in the inverted index.
func passageID(n uint32) string { return string(binary.BigEndian.AppendUint32(nil, n)) }

// passageNumber is the reverse of passageID.
func passageNumber(id []byte) (uint32, bool) {
	if len(id) != 4 {
		return 0, false
	}
	return binary.BigEndian.Uint32(id), true
}

// termField is an analysed field of a passage.
type termField struct {
	name  string
	terms bleve.TokenFrequencies
}

func (f *termField) Name() string                                     { return f.name }
func (f *termField) Value() []byte                                    { return nil }
func (f *termField) ArrayPositions() []uint64                         { return nil }
func (f *termField) EncodedFieldType() byte                           { return 't' }
func (f *termField) Analyze()                                         {}
func (f *termField) Options() bleve.FieldIndexingOptions              { return bleve.IndexField }
func (f *termField) AnalyzedTokenFrequencies() bleve.TokenFrequencies { return f.terms }
func (f *termField) NumPlainTextBytes() uint64                        { return 0 }

// AnalyzedLength is the same for all: lengths are in the columns. It must not be 0, which zap mistakes for an empty list
// when a term has a single hit.
func (f *termField) AnalyzedLength() int { return 1 }

// indexDocument is a passage as scorch takes it.
type indexDocument struct {
	id     string
	fields []bleve.Field
}

func newIndexDocument(number uint32, p *passage) *indexDocument {
	fields := []bleve.Field{&termField{fieldWords, p.words}}
	if len(p.repeated) > 0 {
		fields = append(fields, &termField{fieldRepeated, p.repeated})
	}
	return &indexDocument{id: passageID(number), fields: fields}
}

func (d *indexDocument) ID() string                                 { return d.id }
func (d *indexDocument) Size() int                                  { return 0 }
func (d *indexDocument) VisitComposite(bleve.CompositeFieldVisitor) {}
func (d *indexDocument) HasComposite() bool                         { return false }
func (d *indexDocument) NumPlainTextBytes() uint64                  { return 0 }
func (d *indexDocument) StoredFieldsBytes() uint64                  { return 0 }
func (d *indexDocument) Indexed() bool                              { return true }
func (d *indexDocument) VisitFields(visit bleve.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

// AddIDField adds the identifier, which scorch needs to find the passage when it is replaced.
func (d *indexDocument) AddIDField() {
	d.fields = append(d.fields, blevedoc.NewTextFieldCustom(
		"_id", nil, []byte(d.id), bleve.IndexField|bleve.StoreField, nil))
}
