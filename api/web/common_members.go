package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"tongjian/api"
	"tongjian/api/web/highlight"
	"tongjian/corpus"
)

// CommonPage shows one problem that several units have: its members by year and unit.
type CommonPage struct {
	Frame     Frame
	Waiting   *Waiting
	Statement string // of the member that stands for all
	Source    string // where that one stands
	Category  Link
	Sizes     []Figure
	Tools     []Link
	Back      string // the list of groups
	Years     []CommonYear
	Hidden    int // members outside the filter
	All       string
	Pager     Pager
	MayDecide bool
	Action    string
	Prior     corpus.FindingID
	Rejected  *RejectedMember
}

// Status is the status of the page.
func (p CommonPage) Status() int { return statusOf(p.Waiting) }

// CommonYear is what a group has in one year. Findings and Units count the year's members, on whatever page they are.
type CommonYear struct {
	Name     string
	Findings int
	Units    int
	New      int // units that had not had the problem before
	Href     string
	Members  []CommonMember
}

// CommonMember is a finding of a group beside the statement that stands for it.
type CommonMember struct {
	ID      corpus.FindingID
	Unit    Link
	First   bool // the unit's first
	Stands  bool // it is the one that stands for all
	Side    LinkedSide
	Account *DoneAccount
}

// RejectedMember is a member that was taken out of its group a moment ago. Action is where that can be taken back.
type RejectedMember struct {
	Rejected
	Action string
}

// membersPerPage is the number of members of a group on a page.
const membersPerPage = 30

// common works out the page of one group.
func (s *Site) common(ctx context.Context, v visit) (CommonPage, error) {
	v.filter = freed(v.filter, corpus.FieldKind)
	g, err := s.service.CommonProblem(ctx, v.id)
	title := "共性问题"
	if g != nil {
		title = clip(g.Statement, 30)
	}
	frame, frameErr := s.frame(ctx, v, title)
	if frameErr != nil {
		return CommonPage{}, frameErr
	}
	page := CommonPage{Frame: frame, Back: address("/common", freed(v.filter, corpus.FieldCategory)), Action: address(v.path, v.filter), MayDecide: s.mayDecide(ctx)}
	if w, ok := s.waiting(v, err); ok {
		page.Waiting = w
		return page, nil
	}
	if err != nil {
		return CommonPage{}, err
	}
	page.Statement, page.Source, page.Prior = g.Statement, findingAddress(g.Representative.ID), g.Representative.ID
	page.Category = Link{Name: s.names().path(g.Category), Href: address("/common", and(corpus.Filter{}, corpus.FieldCategory, string(g.Category)))}
	page.Tools = []Link{{Name: "API", Href: "/api/v1/common-problems/" + g.ID}}
	if page.Rejected, err = s.rejectedMember(ctx, v); err != nil {
		return CommonPage{}, err
	}
	keep, err := s.service.Kept(ctx, v.filter)
	if err != nil {
		return CommonPage{}, err
	}
	members := slices.DeleteFunc(slices.Clone(g.Members), func(m api.LinkedFinding) bool { return keep != nil && !keep(m.ID) })
	page.Hidden, page.All = len(g.Members)-len(members), "/common/"+g.ID
	page.Sizes = memberSizes(v, members)
	err = s.addMembers(ctx, v, &page, members, g.Representative)
	return page, err
}

// memberSizes counts what is shown on the pages of the group.
func memberSizes(v visit, members []api.LinkedFinding) []Figure {
	docs, units := map[corpus.DocumentID]bool{}, map[corpus.Fact]bool{}
	for _, m := range members {
		docs[m.DocumentID], units[m.Unit] = true, true
	}
	here := address(v.path, v.filter) + "#members"
	return []Figure{
		{Name: "个单位", Value: thousands(len(units)), Href: here},
		{Name: "个问题", Value: thousands(len(members)), Href: here},
		{Name: "份文件", Value: thousands(len(docs)), Href: here},
	}
}

// addMembers puts one page of members under their years.
func (s *Site) addMembers(ctx context.Context, v visit, page *CommonPage, members []api.LinkedFinding, stands api.LinkedFinding) error {
	slices.SortStableFunc(members, func(a, b api.LinkedFinding) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Unit, b.Unit))
	})
	years, first := countYears(v, members)
	offset, err := strconv.Atoi(cmp.Or(v.param(paramCursor), "0"))
	if err != nil || offset < 0 {
		return badCursor(v.param(paramCursor))
	}
	offset = min(offset, len(members))
	end := min(offset+membersPerPage, len(members))
	if next := strconv.Itoa(end); end < len(members) {
		page.Pager = pagerOf(v, &next, nil)
	} else {
		page.Pager = pagerOf(v, nil, nil)
	}
	shown := members[offset:end]
	ids := make([]corpus.FindingID, len(shown))
	for i, m := range shown {
		ids[i] = m.ID
	}
	findings, err := s.findingsOf(ctx, ids)
	if err != nil {
		return err
	}
	for _, m := range shown {
		if n := len(page.Years); n == 0 || page.Years[n-1].Name != yearWord(m.Year) {
			page.Years = append(page.Years, *years[m.Year])
		}
		year := &page.Years[len(page.Years)-1]
		year.Members = append(year.Members, commonMember(v, m, stands, findings[m.ID], first[m.ID]))
	}
	return nil
}

// countYears counts the members of each year and says which are the first of their units.
func countYears(v visit, members []api.LinkedFinding) (map[corpus.Year]*CommonYear, map[corpus.FindingID]bool) {
	years, first := map[corpus.Year]*CommonYear{}, map[corpus.FindingID]bool{}
	seen, inYear := map[corpus.Fact]bool{}, map[string]bool{}
	for _, m := range members {
		y := years[m.Year]
		if y == nil {
			value := ""
			if m.Year != 0 {
				value = strconv.Itoa(int(m.Year))
			}
			y = &CommonYear{Name: yearWord(m.Year), Href: address(v.path, and(v.filter, corpus.FieldYear, value))}
			years[m.Year] = y
		}
		y.Findings++
		if key := fmt.Sprint(m.Year, m.Unit); !inYear[key] {
			inYear[key] = true
			y.Units++
		}
		if !seen[m.Unit] && m.Year != 0 {
			seen[m.Unit], first[m.ID] = true, true
			y.New++
		}
	}
	return years, first
}

func commonMember(v visit, m, stands api.LinkedFinding, f *corpus.Finding, first bool) CommonMember {
	out := CommonMember{
		ID: m.ID, First: first, Stands: m.ID == stands.ID,
		Unit: Link{Name: orNone(string(m.Unit)), Href: address(v.path, and(v.filter, corpus.FieldUnit, string(m.Unit)))},
	}
	marks, _ := highlight.Shared(m.Statement, stands.Statement)
	out.Side = linkedSide(m, marks)
	out.Side.Status = nil
	if answers(m.Type) {
		account := accountOf(f, m.Status)
		out.Account = &account
	}
	return out
}

func badCursor(value string) error {
	return &corpus.Error{Kind: corpus.Invalid, Message: "翻页位置无效", Param: paramCursor, Value: value, Position: -1, Expected: "页面上“下一页”给出的值"}
}

// rejectedMember tells of the member that the address says was taken out a moment ago, nil where there is none.
func (s *Site) rejectedMember(ctx context.Context, v visit) (*RejectedMember, error) {
	r, err := s.rejected(ctx, v)
	if r == nil || err != nil {
		return nil, err
	}
	return &RejectedMember{*r, address("/common/"+string(r.Prior), v.filter)}, nil
}

// parted takes down that a finding is not one of a group and goes back to the group of what stands for it, or to the list
// where that stands alone now.
func (s *Site) parted(c echo.Context) error {
	filter, err := api.ReadFilter(c.QueryParams())
	if err != nil {
		return err
	}
	form, err := s.decide(c, corpus.CommonLink)
	if err != nil {
		return err
	}
	prior := form.Get("prior")
	path := "/common/" + prior
	if _, err := s.service.CommonProblem(c.Request().Context(), prior); corpus.KindOf(err) == corpus.NotFound {
		path = "/common"
	}
	var params []Param
	if corpus.Verdict(form.Get("verdict")) == corpus.Rejected {
		params = []Param{{paramRejected, form.Get("finding")}, {paramPrior, prior}}
	}
	return c.Redirect(http.StatusSeeOther, address(path, filter, params...))
}
