package api

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"time"

	"tongjian/corpus"
)

// TimeForm says how the rows of a course over time name their instants, for dashboards that want a time and not a year.
type TimeForm string

// The forms. A year stands at its beginning, in UTC.
const (
	NoTime    TimeForm = ""
	ISOTime   TimeForm = "iso"   // 2021-01-01T00:00:00Z
	EpochTime TimeForm = "epoch" // milliseconds since 1970
)

// timeOf returns the instant of a year, nil where none is wanted or the period is no year.
func (f TimeForm) timeOf(period string) any {
	year, err := strconv.Atoi(period)
	if f == NoTime || err != nil {
		return nil
	}
	at := time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)
	if f == EpochTime {
		return at.UnixMilli()
	}
	return at.Format(time.RFC3339)
}

// milliseconds is the number from which an epoch is taken for milliseconds: as seconds it would be the year 5138.
const milliseconds = 100_000_000_000

// readMoment reads an instant as dashboards write it: a year, a date, RFC 3339, or seconds or milliseconds since 1970. It
// returns its year.
func readMoment(param, value string) (int, error) {
	for _, layout := range []string{time.RFC3339, time.DateOnly, "2006"} {
		if t, err := time.Parse(layout, value); err == nil && t.Year() > 0 {
			return t.UTC().Year(), nil
		}
	}
	if n, err := strconv.ParseInt(value, 10, 64); err == nil && n > 9999 {
		t := time.Unix(n, 0)
		if n >= milliseconds {
			t = time.UnixMilli(n)
		}
		if year := t.UTC().Year(); year <= 9999 {
			return year, nil
		}
	}
	return 0, badValue(param, value, 0, "年份、YYYY-MM-DD、RFC 3339 时间，或 1970 年以来的秒数、毫秒数")
}

// between reads from and to, and narrows a filter to the years that they lie in.
func (r *reader) between(f corpus.Filter) corpus.Filter {
	from, to := r.text("from"), r.text("to")
	if r.err != nil || (from == "" && to == "") {
		return f
	}
	if len(f.Values[corpus.FieldYear]) > 0 {
		r.keep(badValue("year", f.Values[corpus.FieldYear][0], -1, "只用 year，或只用 from 与 to"))
		return f
	}
	var years [2]string
	for i, m := range []struct{ param, value string }{{"from", from}, {"to", to}} {
		if m.value == "" {
			continue
		}
		year, err := readMoment(m.param, m.value)
		r.keep(err)
		years[i] = fmt.Sprintf("%04d", year)
	}
	if years[0] != "" && years[1] != "" && years[0] > years[1] {
		r.keep(badValue("to", to, -1, "不早于 from"))
	}
	if r.err != nil {
		return f
	}
	return f.With(corpus.FieldYear, years[0]+".."+years[1])
}

// timed reads the form of instants.
func timed(r *reader) TimeForm { return choice(r, "time", ISOTime, EpochTime) }

// ParseTrends reads the parameters of a course over time.
func ParseTrends(v url.Values) (TrendsRequest, error) {
	r := &reader{values: v}
	req := TrendsRequest{
		By: corpus.Field(r.text("by")), Series: corpus.Field(r.text("series")), Top: r.whole("top", 1, MaxTop), Time: timed(r),
	}
	req.Filter = r.between(r.filter())
	if req.Time != NoTime && req.By == corpus.FieldRound {
		r.keep(badValue("time", string(req.Time), -1, "按年的序列；轮次没有起始时刻"))
	}
	return req, r.err
}

// withTime adds a column of instants after the first, where they are wanted.
func withTime(t dataTable, form TimeForm) dataTable {
	if form == NoTime {
		return t
	}
	t.header = slices.Insert(slices.Clone(t.header), 1, "time")
	for i, row := range t.rows {
		cell := form.timeOf(fmt.Sprint(row[0]))
		if ms, ok := cell.(int64); ok {
			cell = int(ms)
		}
		t.rows[i] = slices.Insert(row, 1, cell)
	}
	return t
}
