package ingest

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// errSpecial is the error for what is neither a file nor a folder. Opening a pipe could wait for ever.
var errSpecial = errors.New("not a regular file")

// found is a file that a walk came upon, or a path that it could not follow.
type found struct {
	path    string
	size    int64
	failure error
}

// walk returns the files at paths and in the folders at paths, sorted by path, each path once.
func walk(ctx context.Context, paths []string) ([]found, error) {
	w := &walker{seen: make(map[string]bool)}
	for _, p := range paths {
		if err := w.visit(ctx, filepath.Clean(p)); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(w.files, func(a, b found) int { return cmp.Compare(a.path, b.path) })
	return slices.CompactFunc(w.files, func(a, b found) bool { return a.path == b.path }), nil
}

type walker struct {
	files []found
	seen  map[string]bool // folders walked, by their path without links
}

func (w *walker) visit(ctx context.Context, path string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		w.files = append(w.files, found{path: path, failure: err})
	case info.IsDir():
		return w.folder(ctx, path)
	case !info.Mode().IsRegular():
		w.files = append(w.files, found{path: path, failure: errSpecial})
	default:
		w.files = append(w.files, found{path: path, size: info.Size()})
	}
	return nil
}

func (w *walker) folder(ctx context.Context, path string) error {
	real, err := realPath(path)
	if err == nil && w.seen[real] {
		return nil
	}
	var entries []fs.DirEntry
	if err == nil {
		w.seen[real] = true
		entries, err = os.ReadDir(path) // sorted by name
	}
	if err != nil {
		w.files = append(w.files, found{path: path, failure: err})
		return nil
	}
	for _, e := range entries {
		if hidden(e.Name()) {
			continue
		}
		if err := w.visit(ctx, filepath.Join(path, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

func realPath(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(path)
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") }
