package corpus

import (
	"context"
	"time"
)

// AuditEntry is one line of the audit trail: who did what to what. Entries are only ever appended, numbered from 1
// without gaps, and each holds the hash of the one before it.
type AuditEntry struct {
	Sequence int64     `json:"sequence"`
	At       time.Time `json:"at"`
	Actor    string    `json:"actor"`
	Action   string    `json:"action"`  // "add", "remove", "correct", "reparse", ...
	Subject  string    `json:"subject"` // a document or finding, "" where the action is about no one thing
	Detail   string    `json:"detail,omitempty"`
}

// LocalActor is who acts where nobody is named: a person at the machine itself.
const LocalActor = "local"

type actorKey struct{}

// WithActor returns a context whose changes the audit trail ascribes to the actor.
func WithActor(ctx context.Context, actor string) context.Context {
	return context.WithValue(ctx, actorKey{}, actor)
}

// Actor returns whom the context's changes are ascribed to: LocalActor where WithActor named nobody.
func Actor(ctx context.Context) string {
	if actor, ok := ctx.Value(actorKey{}).(string); ok && actor != "" {
		return actor
	}
	return LocalActor
}
