package embedded

import (
	"sync"

	"tongjian/corpus/segment"
)

// SharedSegmenter is loaded once for the tests inside and outside of the package: it takes over a second.
var SharedSegmenter = sync.OnceValues(segment.New)
