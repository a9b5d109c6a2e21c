package api

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"tongjian/api/access"
	"tongjian/corpus"
	"tongjian/index"
)

// Journal is the audit trail.
type Journal interface {
	access.Journal
	// Audit returns at most limit lines of the trail, those after number after, oldest first.
	Audit(ctx context.Context, after int64, limit int) ([]corpus.AuditEntry, error)
	// AuditBack returns at most limit lines, those before number before, newest first; the newest of all where it is 0.
	AuditBack(ctx context.Context, before int64, limit int) ([]corpus.AuditEntry, error)
}

// NewKey is a key that was just made: the only time that its secret is shown.
type NewKey struct {
	corpus.Key
	Secret string `json:"secret"`
}

// Keys returns all keys, the oldest first, revoked and expired ones too; never their secrets.
func (s *Service) Keys(ctx context.Context) (*List[corpus.Key], error) {
	keyring, err := s.keyring()
	if err != nil {
		return nil, err
	}
	meta, err := s.Meta(ctx)
	if err != nil {
		return nil, err
	}
	all := some(keyring.All())
	return &List[corpus.Key]{Data: all, Total: exactly(len(all)), Meta: meta}, nil
}

// AddKey makes a key and returns its secret, which nobody can see again.
func (s *Service) AddKey(ctx context.Context, name string, role corpus.Role, expires *time.Time) (*NewKey, error) {
	keyring, err := s.keyring()
	if err != nil {
		return nil, err
	}
	key, secret, err := keyring.Add(ctx, name, role, expires)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	return &NewKey{Key: key, Secret: secret}, nil
}

// RevokeKey makes a key useless. It is kept, for the audit trail names it.
func (s *Service) RevokeKey(ctx context.Context, id string) (*corpus.Key, error) {
	keyring, err := s.keyring()
	if err != nil {
		return nil, err
	}
	key, err := keyring.Revoke(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("revoke key %s: %w", id, err)
	}
	return &key, nil
}

func (s *Service) keyring() (*access.Keyring, error) {
	if s.Keyring == nil {
		return nil, &corpus.Error{Kind: corpus.Unavailable, Code: "no_keys", Message: "这里没有密钥可管理", Position: -1}
	}
	return s.Keyring, nil
}

// MaxAudit is the most lines of the audit trail in one answer.
const MaxAudit = 1000

// AuditRequest asks for lines of the audit trail, oldest first: Limit lines (100 where 0) after number After.
type AuditRequest struct {
	After int64
	Limit int
}

// ParseAudit reads the parameters of a list of lines of the audit trail.
func ParseAudit(v url.Values) (AuditRequest, error) {
	r := &reader{values: v}
	req := AuditRequest{Limit: r.whole("limit", 1, MaxAudit)}
	if cursor := r.text("cursor"); cursor != "" {
		after, err := strconv.ParseInt(cursor, 10, 64)
		if err != nil || after < 0 {
			r.keep(badValue("cursor", cursor, -1, "上一页给出的 next"))
		}
		req.After = after
	}
	return req, r.err
}

// Audit returns lines of the audit trail. Total counts those in the answer; Next goes on where there may be more.
func (s *Service) Audit(ctx context.Context, req AuditRequest) (*List[corpus.AuditEntry], error) {
	meta, err := s.Meta(ctx)
	if err != nil {
		return nil, err
	}
	if req.Limit == 0 {
		req.Limit = 5 * index.DefaultLimit
	}
	list := &List[corpus.AuditEntry]{Data: []corpus.AuditEntry{}, Meta: meta}
	if s.Journal != nil {
		lines, err := s.Journal.Audit(ctx, req.After, req.Limit)
		if err != nil {
			return nil, fmt.Errorf("read the audit trail: %w", err)
		}
		list.Data = some(lines)
	}
	list.Total = exactly(len(list.Data))
	if n := len(list.Data); n == req.Limit {
		next := strconv.FormatInt(list.Data[n-1].Sequence, 10)
		list.Next = &next
	}
	return list, nil
}

// AuditBack returns at most limit lines of the audit trail before a number, the newest first; the newest of all where it
// is 0.
func (s *Service) AuditBack(ctx context.Context, before int64, limit int) ([]corpus.AuditEntry, error) {
	if s.Journal == nil {
		return nil, nil
	}
	lines, err := s.Journal.AuditBack(ctx, before, limit)
	if err != nil {
		return nil, fmt.Errorf("read the audit trail: %w", err)
	}
	return lines, nil
}

// note writes into the audit trail what somebody did that changes no document. It must not be done unnoted.
func (s *Service) note(ctx context.Context, action, subject, detail string) error {
	if s.Journal == nil {
		return nil
	}
	if err := s.Journal.Record(ctx, action, subject, detail); err != nil {
		return fmt.Errorf("note %s %s in the audit trail: %w", action, subject, err)
	}
	return nil
}

// keyColumns and auditColumns are the columns of the tables for administrators.
var keyColumns = []column[corpus.Key]{
	{"id", func(k corpus.Key) any { return k.ID }},
	{"name", func(k corpus.Key) any { return k.Name }},
	{"role", func(k corpus.Key) any { return string(k.Role) }},
	{"created_at", func(k corpus.Key) any { return k.CreatedAt.Format(time.RFC3339) }},
	{"created_by", func(k corpus.Key) any { return k.CreatedBy }},
	{"expires_at", func(k corpus.Key) any { return moment(k.ExpiresAt) }},
	{"revoked_at", func(k corpus.Key) any { return moment(k.RevokedAt) }},
}

var auditColumns = []column[corpus.AuditEntry]{
	{"sequence", func(e corpus.AuditEntry) any { return int(e.Sequence) }},
	{"at", func(e corpus.AuditEntry) any { return e.At.Format(time.RFC3339Nano) }},
	{"actor", func(e corpus.AuditEntry) any { return e.Actor }},
	{"action", func(e corpus.AuditEntry) any { return e.Action }},
	{"subject", func(e corpus.AuditEntry) any { return e.Subject }},
	{"detail", func(e corpus.AuditEntry) any { return e.Detail }},
}

func moment(t *time.Time) any {
	if t == nil {
		return nil
	}
	return t.Format(time.RFC3339)
}

func (srv *Server) keys(c echo.Context, format string) error {
	list, err := srv.service.Keys(c.Request().Context())
	if err != nil {
		return err
	}
	return answer(c, format, list)
}

func (srv *Server) addKey(c echo.Context, format string) error {
	b, err := readBody(c.Request(), []string{"name", "role", "expires_at"})
	if err != nil {
		return err
	}
	name, _ := field[string](b, "name", "持有人的名称")
	role, _ := field[corpus.Role](b, "role", "reader, editor, admin")
	var expires *time.Time
	if string(b.fields["expires_at"]) != "null" {
		if at, given := field[time.Time](b, "expires_at", "RFC 3339 的时间，或 null（不过期）"); given {
			expires = &at
		}
	}
	if b.err != nil {
		return b.err
	}
	key, err := srv.service.AddKey(c.Request().Context(), name, role, expires)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	c.Response().Header().Set(echo.HeaderLocation, Prefix+"/keys/"+key.ID)
	return answerAs(c, http.StatusCreated, format, key)
}

func (srv *Server) revokeKey(c echo.Context, format string) error {
	key, err := srv.service.RevokeKey(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	return answer(c, format, key)
}
