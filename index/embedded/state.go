package embedded

import (
	"encoding/json"
	"fmt"
)

// formatVersion is the version of what the folder holds.
//
//  1. scorch with words and pairs of characters, columns.log, texts.dat
//  2. pairs of characters in files of their own, which take a quarter of the time and half the room
//  3. those files in blocks
//  4. kinds of action and substance; sums of texts; numbers of passages in the log
//  5. frequencies of words that stand in a passage more than once, and of no others
const formatVersion = 5

// State says in what state Open found the index. In every state but Equal the engine begins empty and has to catch up
// from the store.
type State string

// The states.
const (
	Missing State = "missing" // there was no index
	Corrupt State = "corrupt" // its parts are damaged or do not agree
	Version State = "version" // it was made by another format, dictionary, folding or taxonomy
	Content State = "content" // it holds changes that the store does not have
	Equal   State = "equal"   // it is sound, and goes on from what it has applied
)

// Chinese says what the state means for the user.
func (s State) Chinese() string {
	switch s {
	case Missing:
		return "没有索引，将从数据库建立"
	case Corrupt:
		return "索引已损坏，将从数据库重建"
	case Version:
		return "索引由其他版本的词典、类别或格式建立，将从数据库重建"
	case Content:
		return "索引与数据库不符，将从数据库重建"
	}
	return "索引完好"
}

// stateKey is the key under which scorch keeps the index's own record. It is written in the batch that it describes, so
// postings, columns and sequence agree whatever happens in between.
const stateKey = "tongjian"

// record says what belongs to the index.
type record struct {
	Format     int    `json:"format"`
	Dictionary string `json:"dictionary"` // and folding
	Taxonomy   string `json:"taxonomy,omitempty"`
	Sequence   int64  `json:"sequence"`
	// Generation numbers the two files, which are written anew when most of them is dead room. Columns and Texts are their
	// ends; what stands behind them is left over from a crash.
	Generation int   `json:"generation,omitempty"`
	Columns    int64 `json:"columns"`
	Texts      int64 `json:"texts"`
	// Next is the number that the next new passage gets.
	Next uint32 `json:"next"`
	// Passages is the number of live passages.
	Passages int `json:"passages"`
	// Chars names the files of the character index, in the order of their passages.
	Chars []string `json:"chars"`
}

func newRecord(o Options) record {
	return record{Format: formatVersion, Dictionary: o.Segmenter.Version(), Taxonomy: o.Taxonomy}
}

// sameVersions reports whether an index was made by what would make it now.
func (r record) sameVersions(now record) bool {
	taxonomy := now.Taxonomy == "" || r.Taxonomy == now.Taxonomy
	return r.Format == now.Format && r.Dictionary == now.Dictionary && taxonomy
}

func (r record) encode() ([]byte, error) { return json.Marshal(r) }

func decodeRecord(b []byte) (record, error) {
	var r record
	if err := json.Unmarshal(b, &r); err != nil {
		return record{}, fmt.Errorf("read index record: %w", err)
	}
	return r, nil
}
