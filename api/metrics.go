package api

import (
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics is what /metrics tells, in the text format of Prometheus.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	open     prometheus.Gauge
	files    *prometheus.CounterVec
}

func newMetrics(s *Service) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tongjian_http_requests_total", Help: "Requests answered, by method, route and status.",
		}, []string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "tongjian_http_request_seconds", Help: "Time from the first byte of a request to the end of its answer, by route.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"route"}),
		open: prometheus.NewGauge(prometheus.GaugeOpts{Name: "tongjian_http_requests_open", Help: "Requests under way."}),
		files: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tongjian_import_files_total", Help: "Files taken in over HTTP, by what became of them.",
		}, []string{"result"}),
	}
	m.registry.MustRegister(
		m.requests, m.seconds, m.open, m.files, corpusMetrics{s},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return m
}

// unrouted is the route of requests that no route answers; their paths are anybody's words.
const unrouted = "none"

// count counts a request once its answer is sent.
func (m *metrics) count(c echo.Context, took time.Duration) {
	route := c.Path()
	if route == "" {
		route = unrouted
	}
	method := c.Request().Method
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPatch, http.MethodDelete:
	default:
		method = "other"
	}
	m.requests.WithLabelValues(method, route, strconv.Itoa(c.Response().Status)).Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

// corpusMetrics tells the sizes of store and index when it is asked.
type corpusMetrics struct{ service *Service }

var (
	storeSequence = prometheus.NewDesc("tongjian_store_sequence", "Number of the newest change in the store.", nil, nil)
	indexSequence = prometheus.NewDesc("tongjian_index_sequence", "Number of the newest change in index and columns.", nil, nil)
	indexLag      = prometheus.NewDesc("tongjian_index_lag_changes", "Changes that index and columns are behind the store.", nil, nil)
	held          = prometheus.NewDesc("tongjian_index_held", "What index and columns hold, by kind.", []string{"kind"}, nil)
)

// Describe implements prometheus.Collector.
func (corpusMetrics) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{storeSequence, indexSequence, indexLag, held} {
		to <- d
	}
}

// scrapeTimeout bounds the work on one look at the metrics.
const scrapeTimeout = 5 * time.Second

// Collect implements prometheus.Collector.
func (m corpusMetrics) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTimeout)
	defer cancel()
	gauge := func(d *prometheus.Desc, n int64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n), labels...)
	}
	applied := m.service.Engine.Applied()
	gauge(indexSequence, applied)
	counts := m.service.Engine.Counts()
	gauge(held, int64(counts.Documents), "documents")
	gauge(held, int64(counts.Findings), "findings")
	gauge(held, int64(counts.Sections), "sections")
	newest, err := m.service.Store.Sequence(ctx)
	if err != nil {
		to <- prometheus.NewInvalidMetric(storeSequence, err)
		return
	}
	gauge(storeSequence, newest)
	gauge(indexLag, max(0, newest-applied))
}

// metricsLog hands what goes wrong in a look at the metrics to the log.
type metricsLog struct{ logger *slog.Logger }

func (l metricsLog) Println(v ...any) {
	l.logger.LogAttrs(context.Background(), slog.LevelError, "collect metrics", slog.Any("error", v))
}

func (srv *Server) showMetrics(c echo.Context, _ string) error {
	promhttp.HandlerFor(srv.metrics.registry, promhttp.HandlerOpts{
		ErrorLog: metricsLog{srv.logger}, ErrorHandling: promhttp.ContinueOnError, DisableCompression: true,
	}).ServeHTTP(c.Response(), c.Request())
	return nil
}
