package embedded

import "tongjian/corpus"

// column reads one field as numbers of its values. The number 0 stands for no value.
type column struct {
	values []string
	// ofRun returns the number that all passages of a run share; nil where each has its own.
	ofRun func(r run, d *document) uint32
	view  *view
	// single is what singles returns, for fields with one value a passage.
	single []uint16
	field  corpus.Field
}

// at returns the numbers of a passage in a field of its own: what begins there. The first one counts even where it is 0;
// the others end before the first 0.
func (c *column) at(p uint32) []uint16 {
	sets, places := c.sets()
	if places != nil {
		return sets[places[p]:]
	}
	return sets[c.placeOf(p):]
}

// sets returns what at points into, and where in it each passage points; nil where placeOf says so.
func (c *column) sets() (sets []uint16, places []uint32) {
	switch v := c.view; c.field {
	case corpus.FieldCategory:
		return v.catSets, v.cats
	case corpus.FieldDomain:
		return v.domainSets, v.cats
	case corpus.FieldAction:
		return v.actionSets, v.actions
	}
	return c.single, nil
}

// placeOf returns where in the sets a passage points, for the other fields.
func (c *column) placeOf(p uint32) uint32 {
	v := c.view
	switch {
	case c.field == corpus.FieldStatus:
		return 2 * uint32(v.status[p])
	case c.field == corpus.FieldSubstance:
		return 2 * uint32(v.substance[p])
	case v.findings.has(p):
		return 2
	}
	return 4
}

// singles returns every number that fits a byte as a set of its own, at twice the number.
func singles() []uint16 {
	out := make([]uint16, 2*256)
	for i := range 256 {
		out[2*i] = uint16(i)
	}
	return out
}

// column returns the column of a field. The empty field has one value, the empty one.
func (v *view) column(f corpus.Field) column {
	c := column{view: v, field: f}
	switch f {
	case corpus.FieldKind, corpus.FieldStatus, corpus.FieldSubstance:
		c.single = singles()
	}
	switch f {
	case corpus.FieldKind:
		c.values = []string{"", string(corpus.KindFinding), string(corpus.KindSection)}
	case corpus.FieldStatus, corpus.FieldAction, corpus.FieldSubstance, corpus.FieldCategory, corpus.FieldDomain:
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
