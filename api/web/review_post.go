package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"tongjian/api"
	"tongjian/corpus"
)

// reviewed takes down what a person says about a finding and goes on to the next one. The forms send: id and since, the
// finding and the state of the data that was shown; current, what it carries; main, the leaf of the button, or other, the
// one chosen from the list of all; also, further leaves; confirm, for what it carries; undo and was, for what was said a
// moment ago.
func (s *Site) reviewed(c echo.Context) error {
	req, err := api.ParseReview(c.QueryParams())
	if err != nil {
		return err
	}
	req.Filter = freed(req.Filter, corpus.FieldKind)
	form, err := c.FormParams()
	if err != nil {
		return fmt.Errorf("read the form: %w", err)
	}
	id := corpus.FindingID(form.Get("id"))
	since, err := strconv.ParseInt(form.Get("since"), 10, 64)
	if err != nil || since <= 0 {
		return badForm("since", form.Get("since"))
	}
	before, err := s.service.Finding(c.Request().Context(), id)
	if err != nil {
		return err
	}
	edit := api.FindingEdit{Since: since}
	undo := form.Has("undo")
	switch {
	case undo && form.Get("was") == "":
		edit.Withdraw = []string{"categories"}
	case undo:
		edit.Categories = codesOf(form.Get("was"))
	case form.Has("confirm"):
		edit.Categories = codesOf(form.Get("current"))
	default:
		main := form.Get("main")
		if main == "" {
			main = form.Get("other")
		}
		if main == "" {
			return badForm("main", "")
		}
		edit.Categories = []corpus.CategoryCode{corpus.CategoryCode(main)}
		for _, also := range form["also"] {
			if code := corpus.CategoryCode(also); !slices.Contains(edit.Categories, code) {
				edit.Categories = append(edit.Categories, code)
			}
		}
	}
	if _, err := s.service.EditFinding(c.Request().Context(), id, edit); err != nil {
		return err
	}
	params := []Param{{"order", string(req.Order)}, {"cursor", req.Cursor}}
	if !undo {
		params = append(params, Param{"done", string(id)}, Param{"was", givenBefore(before)})
	}
	return c.Redirect(http.StatusSeeOther, address(c.Request().URL.Path, req.Filter, params...))
}

// codesOf reads a list of codes.
func codesOf(list string) []corpus.CategoryCode {
	codes := []corpus.CategoryCode{}
	for code := range strings.SplitSeq(list, ",") {
		codes = append(codes, corpus.CategoryCode(code))
	}
	return codes
}

// givenBefore lists the codes that a person had given a finding, "" where nobody had.
func givenBefore(f *api.FindingRecord) string {
	var codes []string
	for _, c := range f.Categories {
		if c.By == corpus.ByHuman {
			codes = append(codes, string(c.Code))
		}
	}
	return strings.Join(codes, ",")
}

func badForm(name, value string) error {
	return &corpus.Error{
		Kind: corpus.Invalid, Code: "bad_form", Message: "没有选出类别", Param: name, Value: value, Position: -1,
		Expected: "复核页上的一个类别",
	}
}
