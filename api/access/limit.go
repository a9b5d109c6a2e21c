package access

import (
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limit is how often something may be done: so many times a second in the long run, and Burst times at once. A zero Limit
// sets none.
type Limit struct {
	PerSecond float64
	Burst     int
}

// maxTracked is the most keys and addresses whose requests are counted at once.
const maxTracked = 10_000

// limiter counts for many callers.
type limiter struct {
	limit Limit
	now   func() time.Time

	mu      sync.Mutex
	callers map[string]*caller
}

type caller struct {
	tokens *rate.Limiter
	last   time.Time
}

func newLimiter(l Limit, now func() time.Time) *limiter {
	return &limiter{limit: l, now: now, callers: map[string]*caller{}}
}

// take counts one time for a caller. Where it is one too many it returns after how long the next will be taken.
func (l *limiter) take(name string) (wait time.Duration, ok bool) {
	if l.limit.PerSecond <= 0 {
		return 0, true
	}
	now := l.now()
	c := l.of(name, now)
	reservation := c.tokens.ReserveN(now, 1)
	if !reservation.OK() {
		return time.Second, false
	}
	if wait = reservation.DelayFrom(now); wait > 0 {
		reservation.CancelAt(now)
		return wait, false
	}
	return 0, true
}

// spent reports whether a caller has nothing left, without counting.
func (l *limiter) spent(name string) (wait time.Duration, yes bool) {
	if l.limit.PerSecond <= 0 {
		return 0, false
	}
	now := l.now()
	if left := l.of(name, now).tokens.TokensAt(now); left < 1 {
		return time.Duration(math.Ceil((1 - left) / l.limit.PerSecond * float64(time.Second))), true
	}
	return 0, false
}

func (l *limiter) of(name string, now time.Time) *caller {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.callers[name]
	if c == nil {
		if len(l.callers) >= maxTracked {
			l.forget(now)
		}
		c = &caller{tokens: rate.NewLimiter(rate.Limit(l.limit.PerSecond), max(1, l.limit.Burst))}
		l.callers[name] = c
	}
	c.last = now
	return c
}

// forget drops who has been away long enough to have all tokens again and, where nobody has, whoever has been away longest.
func (l *limiter) forget(now time.Time) {
	full := time.Duration(float64(l.limit.Burst) / l.limit.PerSecond * float64(time.Second))
	longest := ""
	for name, c := range l.callers {
		if now.Sub(c.last) >= full {
			delete(l.callers, name)
		} else if longest == "" || c.last.Before(l.callers[longest].last) {
			longest = name
		}
	}
	if len(l.callers) >= maxTracked {
		delete(l.callers, longest)
	}
}
