package access

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tongjian/corpus"
)

// The stable codes of refusals.
const (
	codeKeyNeeded  = "key_needed"
	codeKeyUnknown = "key_unknown"
	codeKeyExpired = "key_expired"
	codeKeyRevoked = "key_revoked"
	codeRole       = "role_too_low"
	codeTooMany    = "too_many_requests"
	codeOrigin     = "cross_origin"
)

// messages says each refusal to users.
var messages = map[string]string{
	codeKeyNeeded:  "需要访问密钥",
	codeKeyUnknown: "访问密钥不正确",
	codeKeyExpired: "访问密钥已过期",
	codeKeyRevoked: "访问密钥已撤销",
	codeRole:       "此密钥的权限不够",
	codeTooMany:    "请求过于频繁",
	codeOrigin:     "不接受其他网站发起的修改",
}

// CookieName is the name of the cookie of a session.
const CookieName = "tongjian_session"

// Journal is the audit trail.
type Journal interface {
	// Record appends a line in the name of the context's actor.
	Record(ctx context.Context, action, subject, detail string) error
}

// Options are the settings of a Guard.
type Options struct {
	Keys *Keyring
	// Required demands a key for everything. Without it whoever reaches the server is taken for the person at the machine,
	// so that it may only be left out where none but the machine itself can reach it.
	Required bool
	// Requests limits each key and, where there is none, each address; WrongKeys what is refused to each address.
	Requests  Limit
	WrongKeys Limit
	Journal   Journal
	Logger    *slog.Logger
	Now       func() time.Time
}

// Guard decides about requests. It is safe for use by many goroutines.
type Guard struct {
	o        Options
	sessions sessions
	requests *limiter
	wrong    *limiter
	noted    *noticed
}

// New returns a guard. Now is time.Now and Logger slog.Default where nil; Journal may be nil in tests only.
func New(o Options) *Guard {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return &Guard{
		o: o, sessions: sessions{now: o.Now, open: map[string]session{}},
		requests: newLimiter(o.Requests, o.Now), wrong: newLimiter(o.WrongKeys, o.Now),
		noted: &noticed{now: o.Now, last: map[string]time.Time{}},
	}
}

// Required reports whether the guard demands keys.
func (g *Guard) Required() bool { return g.o.Required }

// Keys returns the keys that the guard knows.
func (g *Guard) Keys() *Keyring { return g.o.Keys }

// Principal is who asks.
type Principal struct {
	Name    string // as the audit trail names it
	Key     string // identifier of the key, "" for the person at the machine
	Role    corpus.Role
	Session bool // by a browser that signed in
}

// local is the person at the machine, where no keys are demanded.
var local = Principal{Name: corpus.LocalActor, Role: corpus.Admin}

type principalKey struct{}

// Of returns who asks, as the guard found out; the zero Principal where it was not asked.
func Of(ctx context.Context) Principal {
	p, _ := ctx.Value(principalKey{}).(Principal)
	return p
}

// May reports whether the context's principal has a role that covers the one needed.
func May(ctx context.Context, role corpus.Role) bool { return covers(Of(ctx).Role, role) }

// Admit lets requests through that may pass. need says which role a route needs, "" for a public one. A request with a
// key, or by a session, is held to it even where none is demanded.
func (g *Guard) Admit(need func(echo.Context) corpus.Role) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			role := need(c)
			if role == "" {
				return next(c)
			}
			p, refusal := g.principal(c)
			if refusal == "" && !covers(p.Role, role) {
				refusal = codeRole
			}
			if refusal != "" {
				return g.refuse(c, p, refusal, role)
			}
			if wait, ok := g.requests.take(callerOf(c, p)); !ok {
				return g.tooMany(c, wait)
			}
			ctx := context.WithValue(corpus.WithActor(c.Request().Context(), p.Name), principalKey{}, p)
			c.SetRequest(c.Request().WithContext(ctx))
			g.noteUse(c, p)
			return next(c)
		}
	}
}

// principal finds out who asks, or why whoever it is may not.
func (g *Guard) principal(c echo.Context) (Principal, string) {
	r := c.Request()
	if secret, given := secretOf(r); given {
		if _, spent := g.wrong.spent(c.RealIP()); spent {
			return Principal{}, codeTooMany
		}
		key, refusal := g.o.Keys.find(secret)
		return holder(key, false), refusal
	}
	if cookie, err := r.Cookie(CookieName); err == nil {
		if id, ok := g.sessions.key(cookie.Value); ok {
			key, known := g.o.Keys.byID(id)
			if known && g.o.Keys.refusal(key) == "" {
				if !Safe(r.Method) && !fromHere(r) {
					return holder(key, true), codeOrigin
				}
				return holder(key, true), ""
			}
		}
	}
	if g.o.Required {
		return Principal{}, codeKeyNeeded
	}
	return local, ""
}

func holder(key corpus.Key, session bool) Principal {
	return Principal{Name: key.Name, Key: key.ID, Role: key.Role, Session: session}
}

// secretOf returns the key that a request carries.
func secretOf(r *http.Request) (secret string, given bool) {
	if secret := r.Header.Get("X-Api-Key"); secret != "" {
		return secret, true
	}
	scheme, secret, ok := strings.Cut(r.Header.Get(echo.HeaderAuthorization), " ")
	if ok && strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(secret), true
	}
	return "", false
}

// fromHere reports whether a browser says that a page of this server asks. Saying nothing is not enough for what goes by
// a cookie, which a browser sends whoever asks.
func fromHere(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin"
	}
	origin, err := url.Parse(r.Header.Get(echo.HeaderOrigin))
	return err == nil && origin.Host != "" && origin.Host == r.Host
}

// Safe reports whether a request by this method changes nothing.
func Safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// callerOf names whose requests are counted together.
func callerOf(c echo.Context, p Principal) string {
	if p.Key != "" {
		return "key " + p.Key
	}
	return "address " + c.RealIP()
}

// refuse tells why, and writes it down.
func (g *Guard) refuse(c echo.Context, p Principal, code string, need corpus.Role) error {
	if code == codeTooMany {
		wait, _ := g.wrong.spent(c.RealIP())
		return g.tooMany(c, wait)
	}
	if code == codeKeyUnknown {
		g.wrong.take(c.RealIP())
	}
	g.noteRefusal(c, p, code)
	e := &corpus.Error{Kind: corpus.Unauthenticated, Code: code, Message: messages[code], Position: -1}
	switch code {
	case codeRole:
		e.Kind, e.Expected = corpus.Forbidden, string(need)
	case codeOrigin:
		e.Kind = corpus.Forbidden
	default:
		c.Response().Header().Set(echo.HeaderWWWAuthenticate, `Bearer realm="tongjian"`)
		e.Expected = "请求头 Authorization: Bearer 密钥，或在 /signin 登录"
	}
	return e
}

func (g *Guard) tooMany(c echo.Context, wait time.Duration) error {
	seconds := max(1, int(math.Ceil(wait.Seconds())))
	c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(seconds))
	g.noteRefusal(c, Principal{}, codeTooMany)
	return &corpus.Error{
		Kind: corpus.TooMany, Code: codeTooMany, Message: messages[codeTooMany], Position: -1,
		Expected: fmt.Sprintf("%d 秒后再试", seconds),
	}
}

// SignIn begins a session with a key and sets its cookie.
func (g *Guard) SignIn(c echo.Context, secret string) (Principal, error) {
	if _, spent := g.wrong.spent(c.RealIP()); spent {
		return Principal{}, g.refuse(c, Principal{}, codeTooMany, "")
	}
	key, refusal := g.o.Keys.find(strings.TrimSpace(secret))
	p := holder(key, true)
	if refusal != "" {
		return Principal{}, g.refuse(c, p, refusal, "")
	}
	value, end, err := g.sessions.begin(key.ID)
	if err != nil {
		return Principal{}, err
	}
	c.SetCookie(&http.Cookie{
		Name: CookieName, Value: value, Path: "/", Expires: end, HttpOnly: true, Secure: c.IsTLS(),
		SameSite: http.SameSiteStrictMode,
	})
	g.record(corpus.WithActor(c.Request().Context(), p.Name), "sign_in", key.ID, c.RealIP())
	return p, nil
}

// SignOut ends the session of a request, if it has one.
func (g *Guard) SignOut(c echo.Context) {
	if cookie, err := c.Request().Cookie(CookieName); err == nil {
		g.sessions.end(cookie.Value)
	}
	c.SetCookie(&http.Cookie{Name: CookieName, Path: "/", MaxAge: -1, HttpOnly: true, Secure: c.IsTLS(), SameSite: http.SameSiteStrictMode})
}
