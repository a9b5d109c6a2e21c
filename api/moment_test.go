package api_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tongjian/api"
)

// However a dashboard writes its range, it is answered as the years that the range lies in.
func TestTrendsBetween(t *testing.T) {
	w := readOnly(t)
	want := read[api.TrendsAnswer](t, w, "/api/v1/trends?series=domain&year=2019..2021")
	for _, between := range []string{
		"from=2019&to=2021", "from=2019-05-01&to=2021-01-01", "from=" + url.QueryEscape("2019-12-31T23:59:59Z") + "&to=2021",
		"from=1546300800&to=1609459200", "from=1546300800000&to=1640995199999",
		"from=" + url.QueryEscape("2020-01-01T07:59:59+08:00") + "&to=2021", // still 2019 in UTC
	} {
		got := read[api.TrendsAnswer](t, w, "/api/v1/trends?series=domain&"+between)
		if got.Total.Findings != want.Total.Findings || len(got.Rows) != len(want.Rows) || got.Total.Findings == 0 {
			t.Errorf("%s: %d findings in %d rows, want %d in %d", between, got.Total.Findings, len(got.Rows), want.Total.Findings, len(want.Rows))
		}
		if !strings.Contains(got.Rows[0].Drilldown, "year=2019") {
			t.Errorf("%s leads to %s", between, got.Rows[0].Drilldown)
		}
	}
	open := read[api.TrendsAnswer](t, w, "/api/v1/trends?from=2021")
	if same := read[api.TrendsAnswer](t, w, "/api/v1/trends?year=2021.."); open.Total.Findings != same.Total.Findings {
		t.Errorf("from 2021 on: %d findings, want %d", open.Total.Findings, same.Total.Findings)
	}
	for _, bad := range []string{"from=x", "from=", "from=2021&to=2019", "from=2021&year=2021", "from=99999999999999999", "time=unix", "time=iso&by=round", "from=-5"} {
		if rec := w.get(t, "/api/v1/trends?"+bad); rec.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, rec.Code)
		}
	}
}

func TestTrendsTime(t *testing.T) {
	w := readOnly(t)
	for form, want := range map[string]any{"iso": "2020-01-01T00:00:00Z", "epoch": float64(1577836800000)} {
		for _, r := range read[api.TrendsAnswer](t, w, "/api/v1/trends?year=2020&time="+form).Rows {
			if r.Time != want {
				t.Errorf("%s: %v of 2020, want %v", form, r.Time, want)
			}
		}
	}
	if r := read[api.TrendsAnswer](t, w, "/api/v1/trends?year=2020").Rows[0]; r.Time != nil {
		t.Errorf("a time that nobody asked for: %v", r.Time)
	}
	table := w.get(t, "/api/v1/trends?year=2020&time=epoch&format=csv").Body.String()
	if !strings.HasPrefix(table, "\ufeffperiod,time,series,") || !strings.Contains(table, "\r\n2020,1577836800000,") {
		t.Errorf("table %.200s", table)
	}
}
