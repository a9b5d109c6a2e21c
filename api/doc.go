// Package api answers questions about the corpus: as typed methods of Service, and as JSON and CSV over HTTP under
// /api/v1, described by openapi.yaml beside this file.
//
// The pages of api/web and the handlers here call the same methods of Service, so that a number is the same wherever it
// is shown. A method takes a request struct and returns an answer struct; the JSON of an answer is that struct. Answers
// that hold figures carry Meta, the state of data and programs that they rest on, and for every figure a
// Drilldown: the query string that leads, at /api/v1/findings and at the search page, to exactly what it counts.
//
//	service := &api.Service{Engine: engine, Store: db, Taxonomy: taxonomy, Versions: versions, Now: time.Now}
//	server := api.New(service, api.Options{Logger: logger})
//	web.Mount(server.Echo(), service, web.Options{Logger: logger})
//
// # Errors
//
// Methods return *corpus.Error for everything that the caller can understand; anything else is internal. One handler
// renders both as RFC 9457 problem details; the cause of an internal error is logged with the request's identifier and
// never sent. A parameter that is not known is an error: a misspelt filter must not silently widen a count.
//
// # Corrections
//
// EditFinding, EditDocument and RemoveDocument take down what a person says. It outranks what was read for ever, is audited
// by the store, and is in every answer given afterwards, for the engine catches up before the edit is answered. Who edits
// may say at which state of the store they saw the thing (Since; If-Match over HTTP) and is refused where it has changed;
// the store decides that in the transaction that writes. Review lists the findings that are most worth a person's look,
// Corrections what persons have labelled, as examples to learn from. Over HTTP changes are taken from programs and from
// pages of the same origin only (origin.go).
//
// # How the code is organised
//
// Every resource has a file with its method (search.go, findings.go, trends.go, compare.go and so on); types*.go hold
// the requests and answers. routes.go lists the operations and what they have in common, params.go and value.go read
// parameters, csv.go and tables.go make tables, error.go renders failures, etag.go says whether the caller has an answer
// already. drilldown.go writes for every figure the query string that leads to what it counts.
package api
