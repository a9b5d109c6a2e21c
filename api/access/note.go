package access

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"tongjian/corpus"
)

// How often the same thing is written to the audit trail: who floods the server with refused requests must not fill it, and
// the use of a key is noted for each address, not for each request.
const (
	refusalNoted = time.Minute
	useNoted     = time.Hour
)

// noticed remembers what was written down a moment ago.
type noticed struct {
	now func() time.Time

	mu   sync.Mutex
	last map[string]time.Time
}

// due reports whether something is to be written down again, and takes it for written down.
func (n *noticed) due(what string, every time.Duration) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := n.now()
	if last, known := n.last[what]; known && now.Sub(last) < every {
		return false
	}
	if len(n.last) >= maxTracked {
		for other, at := range n.last {
			if now.Sub(at) >= refusalNoted {
				delete(n.last, other)
			}
		}
		if len(n.last) >= maxTracked {
			return false
		}
	}
	n.last[what] = now
	return true
}

// noteRefusal writes down that a request was denied.
func (g *Guard) noteRefusal(c echo.Context, p Principal, code string) {
	address := c.RealIP()
	if !g.noted.due("refusal "+address+" "+p.Key+" "+code, refusalNoted) {
		return
	}
	actor := p.Name
	if actor == "" {
		actor = address
	}
	r := c.Request()
	g.record(corpus.WithActor(r.Context(), actor), "deny", clip(r.Method+" "+r.URL.Path), code+" "+address)
}

// Denied writes down that a request was denied for a reason that somebody else found.
func (g *Guard) Denied(c echo.Context, code string) {
	g.noteRefusal(c, Of(c.Request().Context()), code)
}

// noteUse writes down that a key is used from an address.
func (g *Guard) noteUse(c echo.Context, p Principal) {
	if p.Key == "" || !g.noted.due("use "+p.Key+" "+c.RealIP(), useNoted) {
		return
	}
	g.record(c.Request().Context(), "use_key", p.Key, c.RealIP())
}

// clip bounds what a stranger can write into the audit trail with one request, and makes text of it.
func clip(s string) string {
	const most = 200
	if len(s) > most {
		s = s[:most] + "…"
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// record writes a line. A refusal stands whether it can be written down or not, so a failure goes to the log.
func (g *Guard) record(ctx context.Context, action, subject, detail string) {
	if g.o.Journal == nil {
		return
	}
	if err := g.o.Journal.Record(context.WithoutCancel(ctx), action, subject, detail); err != nil {
		g.o.Logger.LogAttrs(ctx, slog.LevelError, "write to the audit trail", slog.String("action", action), slog.Any("error", err))
	}
}
