package embedded

import "tongjian/corpus"

// column reads one field as numbers of its values. The number 0 stands for no value.
type column struct {
	values []string
	// ofRun returns the number that all passages of a run share; nil where each has its own.
	ofRun func(r run, d *document) uint32
	view  *view
	field corpus.Field
}

// at returns the numbers of a passage in a field of its own. The first one counts even where it is 0; the others end
// before the first 0.
func (c *column) at(p uint32) categories {
	v := c.view
	switch c.field {
	case corpus.FieldCategory:
		return v.cats[p]
	case corpus.FieldDomain:
		return v.domains(p)
	case corpus.FieldStatus:
		return categories{uint16(v.status[p])}
	}
	return categories{uint16(v.kind[p]) + 1}
}

// column returns the column of a field. The empty field has one value, the empty one.
func (v *view) column(f corpus.Field) column {
	c := column{view: v, field: f}
	switch f {
	case corpus.FieldKind:
		c.values = []string{"", string(corpus.KindFinding), string(corpus.KindSection)}
	case corpus.FieldStatus, corpus.FieldCategory, corpus.FieldDomain:
		dict, _ := dictOf(f)
		c.values = v.values[dict]
	case corpus.FieldUnit:
		c.values, c.ofRun = v.values[dictUnit], func(r run, _ *document) uint32 { return r.unit }
	case corpus.FieldDocument:
		c.values = make([]string, len(v.docs)+1)
		v.eachDocument(func(n uint32, d *document) { c.values[n+1] = string(d.id) })
		c.ofRun = func(r run, _ *document) uint32 { return r.doc + 1 }
	case "":
		c.values, c.ofRun = []string{""}, func(run, *document) uint32 { return 0 }
	default:
		dict, _ := dictOf(f)
		c.values, c.ofRun = v.values[dict], func(_ run, d *document) uint32 { return d.values[dict] }
	}
	return c
}
