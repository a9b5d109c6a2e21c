package api

import (
	"context"
	"fmt"
	"time"

	"tongjian/analysis/compare"
	"tongjian/analysis/rectify"
	"tongjian/analysis/recur"
	"tongjian/analysis/taxonomy"
	"tongjian/api/access"
	"tongjian/corpus"
	"tongjian/index"
)

// Store is what the interface reads from the system of record.
type Store interface {
	// Document returns a document, or a *corpus.Error of kind NotFound.
	Document(ctx context.Context, id corpus.DocumentID) (*corpus.Document, error)
	// Documents returns documents in the order of ids; unknown ones are left out.
	Documents(ctx context.Context, ids []corpus.DocumentID) ([]*corpus.Document, error)
	// Original returns a document's original bytes and their file name.
	Original(ctx context.Context, id corpus.DocumentID) (name string, data []byte, err error)
	// Sequence returns the number of the newest change.
	Sequence(ctx context.Context) (int64, error)
	// Stats returns the size of the store.
	Stats(ctx context.Context) (corpus.Stats, error)
}

// Versions names what reads, labels and counts the documents beside the taxonomy, which knows its own version.
type Versions struct {
	Program    string
	Dictionary string
}

// Service answers questions about the corpus. All its methods are safe for use by many goroutines.
type Service struct {
	Engine   index.Engine
	Store    Store
	Taxonomy *taxonomy.Taxonomy
	// Words cuts text into words for the keywords of comparisons; without it there are none.
	Words    compare.Words
	Versions Versions
	// Editor takes down corrections; without it there are none to be made.
	Editor Editor
	// Recur knows repeats and common problems, Rectify reused text and claims; both follow the store beside the engine.
	// Without them there are none.
	Recur   *recur.Model
	Rectify *rectify.Model
	// Decider takes down decisions about links; Recorder answers what lists show; without them there are none.
	Decider  Decider
	Recorder Recorder
	// Journal is the audit trail, Keyring the keys to the interface; without them nothing is noted and there are no keys.
	Journal Journal
	Keyring *access.Keyring
	// Importer takes in files; without it there are no uploads.
	Importer Importer
	// Update brings Engine up to Store after a change, before the change is answered. Without it somebody else does.
	Update func(ctx context.Context) error
	// RegionCode returns the code of the finest division that a region names, "" where it is not known; without it no
	// corrected region has a code.
	RegionCode func(corpus.Region) string
	// Now tells the time for the log; it never enters an answer. time.Now where nil.
	Now func() time.Time
}

// Meta returns what answers rest on now.
func (s *Service) Meta(ctx context.Context) (Meta, error) {
	sequence, err := s.Store.Sequence(ctx)
	if err != nil {
		return Meta{}, fmt.Errorf("read the store's sequence number: %w", err)
	}
	return s.meta(sequence), nil
}

// meta is what an answer rests on that was made at a state of the store.
func (s *Service) meta(sequence int64) Meta {
	return Meta{
		Sequence: sequence, Taxonomy: s.Taxonomy.Version(),
		Dictionary: s.Versions.Dictionary, Program: s.Versions.Program,
	}
}
