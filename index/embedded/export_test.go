package embedded

import (
	"sync"

	"tongjian/corpus/segment"
)

// SharedSegmenter is loaded once for the tests inside and outside of the package: it takes over a second.
var SharedSegmenter = sync.OnceValues(segment.New)

// CompactFrom sets how much dead room there must be before it is reclaimed.
func (e *Engine) CompactFrom(bytes int64) { e.compactFrom = bytes }

// Room returns how many bytes of the log and the texts are live, and how many dead.
func (e *Engine) Room() (live, dead int64) {
	live = e.writer.textSize + e.writer.logSize
	return live, e.record.Texts + e.record.Columns - live
}
