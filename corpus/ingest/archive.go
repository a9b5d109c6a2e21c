package ingest

import (
	"iter"
	"path/filepath"
	"strings"

	"tongjian/corpus/extract"
)

// isArchiveName reports whether a file is to be looked into for files, if it is an archive.
func isArchiveName(name string) bool { return strings.EqualFold(filepath.Ext(name), ".zip") }

// unpack puts the files inside an archive in its place. They are taken out one by one as they are asked for.
func (in *Ingester) unpack(sources iter.Seq[source]) iter.Seq[source] {
	limit := orElse(in.MaxBytes, DefaultMaxBytes)
	bounds := in.Unpack
	bounds.Bytes = limit
	return func(yield func(source) bool) {
		for s := range sources {
			if s.failure != nil || s.size > limit || !isArchiveName(s.name) {
				if !yield(s) {
					return
				}
				continue
			}
			data, err := s.load()
			if err != nil || !extract.IsArchive(data) {
				s.load = func() ([]byte, error) { return data, err }
				if !yield(s) {
					return
				}
				continue
			}
			for f := range extract.Files(s.name, data, bounds) {
				load := func() ([]byte, error) { return f.Data, nil }
				if !yield(source{name: f.Name, size: int64(len(f.Data)), failure: f.Err, load: load}) {
					return
				}
			}
		}
	}
}
