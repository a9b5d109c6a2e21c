package access

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"sync"
	"time"
)

// SessionLife is how long a browser stays signed in; MaxSessions the most that are signed in at once.
const (
	SessionLife = 12 * time.Hour
	MaxSessions = 10_000
)

// sessions are the browsers that are signed in, by the value of their cookie.
type sessions struct {
	now func() time.Time

	mu   sync.Mutex
	open map[string]session
}

// session is one browser. The key is looked up again for every request: it may have been revoked.
type session struct {
	key string
	end time.Time
}

// begin signs a browser in with a key and returns the value of its cookie.
func (s *sessions) begin(key string) (cookie string, end time.Time, err error) {
	var drawn [32]byte
	if _, err := rand.Read(drawn[:]); err != nil {
		return "", end, fmt.Errorf("draw a session: %w", err)
	}
	cookie, end = hex.EncodeToString(drawn[:]), s.now().Add(SessionLife)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.open) >= MaxSessions {
		s.sweep()
	}
	s.open[cookie] = session{key: key, end: end}
	return cookie, end, nil
}

// sweep forgets sessions that have ended and, where all are open, the one that ends first.
func (s *sessions) sweep() {
	first := ""
	for cookie, one := range s.open {
		if !one.end.After(s.now()) {
			delete(s.open, cookie)
		} else if first == "" || one.end.Before(s.open[first].end) {
			first = cookie
		}
	}
	if len(s.open) >= MaxSessions {
		delete(s.open, first)
	}
}

// key returns the identifier of the key that a session was begun with.
func (s *sessions) key(cookie string) (id string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one, ok := s.open[cookie]
	return one.key, ok && one.end.After(s.now())
}

func (s *sessions) end(cookie string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, cookie)
}
