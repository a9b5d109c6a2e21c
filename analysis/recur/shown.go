package recur

import (
	"sync"

	"tongjian/corpus"
)

// shown keeps answers that are asked for again and again while nothing changes. The zero shown is empty.
type shown struct {
	mu     sync.Mutex
	lists  map[listing][]sized
	groups map[*cluster]Group
}

// listing is what a list of groups was asked for by.
type listing struct {
	category corpus.CategoryCode
	least    int
}

// forget drops what is kept.
func (s *shown) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lists, s.groups = nil, nil
}

// list returns what is kept of a list, made where it is not; without keeping it where keep is not set.
func (s *shown) list(keep bool, l listing, make func() []sized) []sized {
	if !keep {
		return make()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if kept, known := s.lists[l]; known {
		return kept
	}
	if s.lists == nil {
		s.lists = map[listing][]sized{}
	}
	s.lists[l] = make()
	return s.lists[l]
}

// group returns what is kept of a group, made where it is not; without keeping it where keep is not set.
func (s *shown) group(keep bool, c *cluster, make func() Group) Group {
	if !keep {
		return make()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if kept, known := s.groups[c]; known {
		return kept
	}
	if s.groups == nil {
		s.groups = map[*cluster]Group{}
	}
	s.groups[c] = make()
	return s.groups[c]
}
