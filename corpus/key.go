package corpus

import "time"

// Role says what the holder of a key may do. Each role may do what the ones before it may.
type Role string

// The roles.
const (
	Reader Role = "reader" // read and export everything
	Editor Role = "editor" // bring in documents, correct, decide about links
	Admin  Role = "admin"  // remove documents, see the audit trail, manage keys
)

// Roles lists the roles from the least to the most.
var Roles = []Role{Reader, Editor, Admin}

// Key is one key to the interface, without its secret: only the secret's hash is kept. A key that expired or was revoked is
// kept too, for the audit trail names it.
type Key struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"` // of the person or program that holds it
	Role      Role       `json:"role"`
	Hash      []byte     `json:"-"` // SHA-256 of the secret
	CreatedAt time.Time  `json:"created_at"`
	CreatedBy string     `json:"created_by"`
	ExpiresAt *time.Time `json:"expires_at"` // nil: never
	RevokedAt *time.Time `json:"revoked_at"` // nil: not revoked
}
