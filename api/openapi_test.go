package api_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
)

// openAPI is the document as plain values.
type openAPI struct{ root map[string]any }

func document(t testing.TB, w *world) openAPI {
	t.Helper()
	var root map[string]any
	if err := yaml.Unmarshal(w.get(t, "/api/v1/openapi.yaml").Body.Bytes(), &root); err != nil {
		t.Fatalf("openapi.yaml: %v", err)
	}
	return openAPI{root}
}

// follow returns what a value stands for: itself, or what its $ref names.
func (d openAPI) follow(v any) (map[string]any, error) {
	m, ok := v.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%v is no object", v)
	}
	ref, ok := m["$ref"].(string)
	if !ok {
		return m, nil
	}
	var at any = d.root
	for name := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
		inner, ok := at.(map[string]any)
		if !ok || inner[name] == nil {
			return nil, fmt.Errorf("%s leads nowhere", ref)
		}
		at = inner[name]
	}
	return d.follow(at)
}

func (d openAPI) paths() map[string]any { return d.root["paths"].(map[string]any) }

// operationOf returns the operation of an address, by its path with names in braces.
func (d openAPI) operationOf(t testing.TB, path string) map[string]any {
	t.Helper()
	return d.methodOf(t, "get", path)
}

// methodOf returns the operation of a method of an address.
func (d openAPI) methodOf(t testing.TB, method, path string) map[string]any {
	t.Helper()
	item, _ := d.paths()[path].(map[string]any)
	op, ok := item[method].(map[string]any)
	if !ok {
		t.Fatalf("%s %s is not described", method, path)
	}
	return op
}

var pathName = regexp.MustCompile(`:(\w+)`)

// described returns the path as the document writes it of an address.
func (d openAPI) described(t testing.TB, w *world, address string) string {
	t.Helper()
	path, _, _ := strings.Cut(address, "?")
	for _, r := range w.server.Echo().Routes() {
		pattern := regexp.MustCompile("^" + pathName.ReplaceAllString(r.Path, `[^/]+`) + "$")
		if r.Method == http.MethodGet && pattern.MatchString(path) && (strings.Contains(r.Path, ":") || r.Path == path) {
			return pathName.ReplaceAllString(r.Path, "{$1}")
		}
	}
	t.Fatalf("no route for %s", address)
	return ""
}

func TestDocumentAndRoutesAgree(t *testing.T) {
	w := readOnly(t)
	d := document(t, w)
	var routes, described []string
	for _, r := range w.server.Echo().Routes() {
		if r.Method != http.MethodHead {
			routes = append(routes, strings.ToLower(r.Method)+" "+pathName.ReplaceAllString(r.Path, "{$1}"))
		}
	}
	ids := map[string]bool{}
	for path, item := range d.paths() {
		for method, op := range item.(map[string]any) {
			described = append(described, method+" "+path)
			id, _ := op.(map[string]any)["operationId"].(string)
			if id == "" || ids[id] {
				t.Errorf("%s: operation %q", path, id)
			}
			ids[id] = true
		}
	}
	slices.Sort(routes)
	slices.Sort(described)
	if diff := cmp.Diff(routes, described); diff != "" {
		t.Errorf("routes and document differ (-routes +document):\n%s", diff)
	}
}

func TestDocumentAndParametersAgree(t *testing.T) {
	w := readOnly(t)
	d := document(t, w)
	for _, address := range addresses(w) {
		path := d.described(t, w, address)
		var described []string
		for _, ref := range listOf(d.operationOf(t, path)["parameters"]) {
			p, err := d.follow(ref)
			if err != nil {
				t.Fatal(err)
			}
			if p["in"] == "query" {
				described = append(described, p["name"].(string))
			}
			if p["in"] == "path" && !strings.Contains(path, "{"+p["name"].(string)+"}") {
				t.Errorf("%s has no %v", path, p["name"])
			}
		}
		bare, _, _ := strings.Cut(address, "?")
		p := checkProblem(t, w.get(t, bare+"?zzzzzzzzzzzz=1"), http.StatusBadRequest, "unknown_parameter")
		var accepted []string
		if p.Expected != "没有参数" {
			accepted = strings.Split(p.Expected, ", ")
		}
		slices.Sort(accepted)
		slices.Sort(described)
		if diff := cmp.Diff(accepted, described); diff != "" {
			t.Errorf("%s: parameters differ (-accepted +described):\n%s", path, diff)
		}
	}
}

func listOf(v any) []any {
	list, _ := v.([]any)
	return list
}

// Every answer of every test is held to the document; these are the ones that no other test asks for.
func TestAnswersAreAsDescribed(t *testing.T) {
	w := readOnly(t)
	more := []string{
		"/api/v1/search?group=document&limit=200", "/api/v1/findings?limit=200", "/api/v1/documents?limit=200",
		"/api/v1/trends?by=round&series=unit", "/api/v1/trends", "/api/v1/trends?year=1900", "/api/v1/matrix?rows=unit&cols=category",
		"/api/v1/compare?side=year:1900&side=year:2019", "/api/v1/taxonomy/procurement.tendering", "/api/v1/search?q=year:1900",
		"/api/v1/search?format=csv", "/api/v1/trends?format=csv",
	}
	for _, doc := range w.docs[:12] {
		more = append(more, "/api/v1/documents/"+string(doc.ID))
	}
	for _, address := range slices.Concat(addresses(w), more) {
		t.Run(address, func(t *testing.T) {
			w.get(t, address) // held to the document by answer
		})
	}
	for _, address := range []string{"/api/v1/findings?year=x", "/api/v1/documents/x", "/api/v1/search?q=(", "/api/v1/findings/x", "/api/v1/taxonomy/x"} {
		t.Run(address, func(t *testing.T) {
			w.get(t, address) // held to the document by answer
		})
	}
}

func TestDocumentHangsTogether(t *testing.T) {
	d := document(t, readOnly(t))
	used := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if ref, ok := v["$ref"].(string); ok {
				used[ref] = true
				if _, err := d.follow(v); err != nil {
					t.Error(err)
				}
			}
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	walk(d.root)
	for kind, components := range d.root["components"].(map[string]any) {
		for name := range components.(map[string]any) {
			if kind != "securitySchemes" && !used["#/components/"+kind+"/"+name] {
				t.Errorf("%s %s is described and not used", kind, name)
			}
		}
	}
}

// The columns of every table are listed in the description of its operation.
func TestColumnsAreDescribed(t *testing.T) {
	w := readOnly(t)
	d := document(t, w)
	for _, address := range []string{
		"/api/v1/search", "/api/v1/concordance?q=%E9%87%87%E8%B4%AD", "/api/v1/terms", "/api/v1/collocations?q=%E9%87%87%E8%B4%AD", "/api/v1/documents", "/api/v1/findings", "/api/v1/trends", "/api/v1/matrix?rows=unit&cols=year",
		"/api/v1/compare?side=year:2019&side=year:2020", "/api/v1/taxonomy", "/api/v1/corrections", "/api/v1/review", "/api/v1/export/findings", "/api/v1/export/documents",
		"/api/v1/findings/" + string(aFinding(w).ID) + "/similar", "/api/v1/repeats", "/api/v1/common-problems", "/api/v1/rectification",
		"/api/v1/units", "/api/v1/peers?unit=x", "/api/v1/keyness?focus=year:2019", "/api/v1/quality", "/api/v1/keys", "/api/v1/audit",
	} {
		header, _, _ := strings.Cut(w.get(t, address, "Accept", "text/csv").Body.String(), "\r\n")
		description, _ := d.operationOf(t, d.described(t, w, address))["description"].(string)
		_, described, _ := strings.Cut(description, "`Accept: text/csv`): ")
		described = regexp.MustCompile(` \([^)]*\)`).ReplaceAllString(strings.TrimSpace(described), "")
		columns := strings.Split(strings.TrimSuffix(described, "."), ", ")
		if diff := cmp.Diff(strings.Split(strings.TrimPrefix(header, "\ufeff"), ","), columns); diff != "" {
			t.Errorf("%s: columns differ (-table +described):\n%s", address, diff)
		}
	}
}
