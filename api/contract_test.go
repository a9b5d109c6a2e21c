package api_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// contract is openapi.yaml, loaded and checked once for all tests.
var contract = sync.OnceValues(func() (routers.Router, error) {
	for _, media := range []string{workbook, "application/x-ndjson", "application/yaml", "text/csv"} {
		openapi3filter.RegisterBodyDecoder(media, openapi3filter.PlainBodyDecoder)
	}
	data, err := os.ReadFile("openapi.yaml")
	if err != nil {
		return nil, err
	}
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		return nil, err
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, err
	}
	return gorillamux.NewRouter(doc)
})

const workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// answer asks a server and holds both sides to the contract: the answer is one that is described, and a request that is
// answered as good is one that the description allows.
func answer(t testing.TB, server http.Handler, r *http.Request) *httptest.ResponseRecorder {
	t.Helper()
	var sent []byte
	if r.Body != nil {
		var err error
		if sent, err = io.ReadAll(r.Body); err != nil {
			t.Fatal(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(sent))
	}
	rec := httptest.NewRecorder()
	server.ServeHTTP(rec, r)
	router, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	again := r.Clone(context.Background())
	again.Body = io.NopCloser(bytes.NewReader(sent))
	if err := held(router, again, rec); err != nil {
		t.Errorf("%s %s is answered %d: %v", r.Method, r.URL, rec.Code, err)
	}
	return rec
}

func held(router routers.Router, r *http.Request, rec *httptest.ResponseRecorder) error {
	if r.Method == http.MethodHead {
		// HEAD is answered as GET without a body; the description leaves it out.
		return nil
	}
	route, params, err := router.FindRoute(r)
	if err != nil {
		var missing *routers.RouteError
		if errors.As(err, &missing) && rec.Code >= http.StatusBadRequest {
			return nil
		}
		return err
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil && rec.Code == http.StatusBadRequest {
		return nil
	}
	request := &openapi3filter.RequestValidationInput{
		Request: r, PathParams: params, QueryParams: query, Route: route,
		Options: &openapi3filter.Options{
			AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true, MultiError: true,
			// A file that is sent is nobody's to look into.
			ExcludeRequestBody: strings.HasSuffix(r.URL.Path, "/documents"),
		},
	}
	if rec.Code < http.StatusBadRequest {
		if err := openapi3filter.ValidateRequest(r.Context(), request); err != nil {
			return err
		}
	}
	response := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: request, Status: rec.Code, Header: rec.Header(), Options: request.Options,
	}
	if rec.Header().Get("Content-Encoding") == "" {
		response.SetBodyBytes(rec.Body.Bytes())
	} else {
		response.Options = &openapi3filter.Options{ExcludeResponseBody: true, IncludeResponseStatus: true}
	}
	return openapi3filter.ValidateResponse(r.Context(), response)
}
