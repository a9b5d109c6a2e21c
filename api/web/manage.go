package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"tongjian/api"
	"tongjian/corpus"
)

// ManagePage is for administrators: keys, the audit trail, how to make a backup.
type ManagePage struct {
	Frame Frame
	Keys  []KeyRow
	Roles []RoleChoice
	// Secret is a key that was just made, shown this once, and Holder whose it is.
	Secret string
	Holder string
	Trail  []TrailRow
	Older  string
	Newer  string
	Tools  []Link
	// Reload is the address of the page itself.
	Reload string
}

// KeyRow is one key. Usable keys can be revoked.
type KeyRow struct {
	ID      string
	Name    string
	Role    string
	Created string
	Expires string
	State   string
	Usable  bool
}

// RoleChoice is a role in the form for a new key.
type RoleChoice struct {
	Role corpus.Role
	Name string
}

// TrailRow is one line of the audit trail.
type TrailRow struct {
	Number  int64
	At      string
	Actor   string
	Action  string
	Subject string
	Href    string
	Detail  string
}

// trailPerPage is the number of lines of the audit trail on a page.
const trailPerPage = 50

// roleWord returns a role as users read it.
func roleWord(r corpus.Role) string {
	switch r {
	case corpus.Reader:
		return "只读"
	case corpus.Editor:
		return "编辑"
	case corpus.Admin:
		return "管理"
	}
	return string(r)
}

// actionWords are the actions of the audit trail as users read them.
var actionWords = map[string]string{
	"add": "导入", "replace": "替换", "fold": "归并", "remove": "删除", "correct": "更正", "reparse": "重新解析", "relabel": "重新归类",
	"decide": "认定关联", "deny": "拒绝", "export": "导出", "use_key": "使用密钥", "sign_in": "登录", "add_key": "建立密钥",
	"revoke_key": "撤销密钥", "backup": "备份", "restore": "恢复",
}

// manage works out the page for administrators.
func (s *Site) manage(ctx context.Context, v visit) (ManagePage, error) {
	frame, err := s.frame(ctx, v, "管理")
	if err != nil {
		return ManagePage{}, err
	}
	page := ManagePage{Frame: frame, Reload: v.path, Tools: []Link{
		{Name: "CSV", Href: "/api/v1/audit?format=csv&limit=1000"}, {Name: "API", Href: "/api/v1/audit"},
	}}
	for _, r := range corpus.Roles {
		page.Roles = append(page.Roles, RoleChoice{r, roleWord(r)})
	}
	keys, err := s.service.Keys(ctx)
	if err != nil && corpus.KindOf(err) != corpus.Unavailable {
		return ManagePage{}, err
	}
	if keys != nil {
		for _, k := range keys.Data {
			page.Keys = append(page.Keys, keyRow(k, s.now()))
		}
	}
	before, err := trailPlace(v.param("before"))
	if err != nil {
		return ManagePage{}, err
	}
	lines, err := s.service.AuditBack(ctx, before, trailPerPage)
	if err != nil {
		return ManagePage{}, err
	}
	for _, l := range lines {
		page.Trail = append(page.Trail, trailRow(l))
	}
	if n := len(lines); n == trailPerPage && lines[n-1].Sequence > 1 {
		page.Older = address(v.path, v.filter, Param{"before", strconv.FormatInt(lines[n-1].Sequence, 10)}) + "#trail"
	}
	if before > 0 {
		page.Newer = address(v.path, v.filter) + "#trail"
	}
	return page, nil
}

func trailPlace(before string) (int64, error) {
	if before == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(before, 10, 64)
	if err != nil || n <= 0 {
		return 0, &corpus.Error{
			Kind: corpus.Invalid, Code: "bad_value", Param: "before", Value: before, Position: -1,
			Message: "读不懂审计记录的序号", Expected: "正整数",
		}
	}
	return n, nil
}

func keyRow(k corpus.Key, now time.Time) KeyRow {
	row := KeyRow{
		ID: k.ID, Name: k.Name, Role: roleWord(k.Role), Created: k.CreatedAt.Format(time.DateOnly), Expires: "不过期", State: "可用", Usable: true,
	}
	if k.ExpiresAt != nil {
		row.Expires = k.ExpiresAt.Format(time.DateOnly)
		if !k.ExpiresAt.After(now) {
			row.State, row.Usable = "已过期", false
		}
	}
	if k.RevokedAt != nil {
		row.State, row.Usable = "已撤销", false
	}
	return row
}

func trailRow(e corpus.AuditEntry) TrailRow {
	row := TrailRow{
		Number: e.Sequence, At: e.At.Format("2006-01-02 15:04:05"), Actor: e.Actor, Action: actionWords[e.Action], Subject: e.Subject,
		Detail: clip(e.Detail, 120),
	}
	if row.Action == "" {
		row.Action = e.Action
	}
	if row.Actor == corpus.LocalActor {
		row.Actor = "本机"
	}
	switch e.Action {
	case "add", "replace", "correct", "fold", "reparse", "relabel":
		row.Href = "/documents/" + string(corpus.FindingID(e.Subject).Document())
	}
	return row
}

// managed makes or revokes a key. A new key is shown on the page itself, once; no address leads there again.
func (s *Site) managed(c echo.Context) error {
	ctx := c.Request().Context()
	var made *api.NewKey
	if id := c.FormValue("revoke"); id != "" {
		if _, err := s.service.RevokeKey(ctx, id); err != nil {
			return err
		}
		return c.Redirect(http.StatusSeeOther, api.ManagePath)
	}
	var expires *time.Time
	if days := c.FormValue("days"); days != "" {
		n, err := strconv.Atoi(days)
		if err != nil || n < 1 || n > 3650 {
			return &corpus.Error{
				Kind: corpus.Invalid, Code: "bad_value", Param: "days", Value: days, Position: -1, Message: "有效天数不可用", Expected: "1 至 3650 的整数，或留空",
			}
		}
		at := s.now().AddDate(0, 0, n)
		expires = &at
	}
	made, err := s.service.AddKey(ctx, c.FormValue("name"), corpus.Role(c.FormValue("role")), expires)
	if err != nil {
		return err
	}
	page, err := s.manage(ctx, visit{path: api.ManagePath})
	if err != nil {
		return err
	}
	page.Secret, page.Holder = made.Secret, made.Name
	return s.renderWith(c, http.StatusOK, "manage", page, "no-store")
}
