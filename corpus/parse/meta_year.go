package parse

// years gives dates without a year theirs: from the words around them, from the dates before them, else from the dates
// of feedback and publication.
type years struct {
	stamps    []stamp
	feedback  *stamp
	published day
}

// readings returns what a stamp can mean after the date before it; one unknown day where there is no stamp or no reading,
// so that the other dates can still be combined.
func (y years) readings(s *stamp, after day) []day {
	if s == nil || len(s.readings) == 0 || s.partial {
		return y.partial(s, after)
	}
	var out []day
	for _, d := range s.readings {
		if d.month == 0 { // a day of the month before: 6日至17日
			d.year, d.month = after.year, after.month
			if after.month == 0 || !d.valid() {
				continue
			}
		}
		if d.year == 0 {
			d.year = y.of(s, d, after)
		}
		if d.valid() && d.year > 0 {
			out = append(out, d)
		}
	}
	if len(out) == 0 {
		return []day{{}}
	}
	return out
}

// partial keeps the year of a month, for the document's year.
func (y years) partial(s *stamp, after day) []day {
	if s == nil || len(s.readings) == 0 {
		return []day{{}}
	}
	d := day{year: s.readings[0].year}
	if d.year == 0 && s.readings[0].month > 0 {
		d.year = y.of(s, day{month: s.readings[0].month, day: 1}, after)
	}
	return []day{d}
}

// of returns the year of d, 0 where nothing tells it.
func (y years) of(s *stamp, d, after day) int {
	if after.year > 0 {
		d.year = after.year
		if s.relative == nextYear || s.relative == noYear && after.month > 0 && d.before(after) {
			return after.year + 1
		}
		return after.year
	}
	if before := y.mentioned(s); before > 0 {
		if s.relative == nextYear {
			return before + 1
		}
		return before
	}
	return y.fromLater(s, d)
}

// mentioned returns the year that was named last before a stamp.
func (y years) mentioned(s *stamp) int {
	year := 0
	for i := range y.stamps {
		t := &y.stamps[i]
		if t.start >= s.start {
			break
		}
		if len(t.readings) > 0 && t.readings[0].year > 0 && t != y.feedback {
			year = t.readings[0].year
		}
	}
	return year
}

// fromLater takes the last such day before the feedback, else before the publication.
func (y years) fromLater(s *stamp, d day) int {
	bound := y.published
	if y.feedback != nil && y.feedback != s && len(y.feedback.readings) == 1 && y.feedback.readings[0].known() {
		bound = y.feedback.readings[0]
	}
	if !bound.known() {
		return 0
	}
	d.year = bound.year
	if bound.before(d) {
		return bound.year - 1
	}
	return bound.year
}
