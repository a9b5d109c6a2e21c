package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"

	"github.com/labstack/echo/v4"
)

//go:embed static
var static embed.FS

// Assets holds the addresses of what every page loads. They carry a hash of the content, so that a browser may keep them
// for ever and a new program is seen at once.
type Assets struct {
	CSS  string
	JS   string
	Icon string
}

// file is one asset in memory.
type file struct {
	contentType string
	data        []byte
}

// loadAssets reads the embedded files and returns them by address.
func loadAssets() (Assets, map[string]file, error) {
	files := map[string]file{}
	load := func(name string) (string, error) {
		data, err := fs.ReadFile(static, "static/"+name)
		if err != nil {
			return "", fmt.Errorf("read asset %q: %w", name, err)
		}
		sum := sha256.Sum256(data)
		ext := path.Ext(name)
		address := "/static/" + name[:len(name)-len(ext)] + "-" + hex.EncodeToString(sum[:6]) + ext
		files[address] = file{contentType: mime.TypeByExtension(ext), data: data}
		return address, nil
	}
	var a Assets
	for _, one := range []struct {
		to   *string
		name string
	}{{&a.CSS, "tongjian.css"}, {&a.JS, "tongjian.js"}, {&a.Icon, "icon.svg"}} {
		address, err := load(one.name)
		if err != nil {
			return Assets{}, nil, err
		}
		*one.to = address
	}
	return a, files, nil
}

// asset serves one embedded file.
func (s *Site) asset(c echo.Context) error {
	f, ok := s.files[c.Request().URL.Path]
	if !ok {
		return echo.ErrNotFound
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	return c.Blob(http.StatusOK, f.contentType, f.data)
}
