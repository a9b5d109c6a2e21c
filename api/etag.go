package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// ETag returns the entity tag of an answer: the store's sequence number, by which If-Match tells what was seen, and a hash
// of the state of store and index, the versions, and what was asked. It is weak, for the same answer may be sent
// compressed or not.
func (s *Service) ETag(ctx context.Context, asked ...string) (string, error) {
	meta, err := s.Meta(ctx)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	fmt.Fprintf(hash, "%d %d %q %q %q", meta.Sequence, s.Engine.Applied(), meta.Taxonomy, meta.Dictionary, meta.Program)
	for _, a := range asked {
		fmt.Fprintf(hash, " %q", a)
	}
	return fmt.Sprintf(`W/"%d-%s"`, meta.Sequence, hex.EncodeToString(hash.Sum(nil)[:12])), nil
}

// fresh sets the entity tag of an answer and reports whether the caller has it already; then a 304 has been sent.
func (srv *Server) fresh(c echo.Context, format string) (bool, error) {
	r := c.Request()
	tag, err := srv.service.ETag(r.Context(), r.URL.Path, r.URL.Query().Encode(), format)
	if err != nil {
		return false, err
	}
	h := c.Response().Header()
	h.Set("ETag", tag)
	h.Set(echo.HeaderCacheControl, "private, no-cache")
	h.Add(echo.HeaderVary, echo.HeaderAccept)
	if !matches(r.Header.Values("If-None-Match"), tag) {
		return false, nil
	}
	return true, c.NoContent(http.StatusNotModified)
}

// matches reports whether a list of entity tags holds one, compared weakly. "*" holds none: it says nothing about what the
// caller has.
func matches(lists []string, tag string) bool {
	opaque := strings.TrimPrefix(tag, "W/")
	for _, list := range lists {
		for t := range strings.SplitSeq(list, ",") {
			if strings.TrimPrefix(strings.TrimSpace(t), "W/") == opaque {
				return true
			}
		}
	}
	return false
}
