package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"tongjian/corpus"
)

// Ledger is where keys are kept.
type Ledger interface {
	// Keys returns all keys, the oldest first, revoked and expired ones too.
	Keys(ctx context.Context) ([]corpus.Key, error)
	// AddKey keeps a new key.
	AddKey(ctx context.Context, key corpus.Key) error
	// RevokeKey marks a key as revoked at that time. A key that is revoked already stays as it is; an unknown one is a
	// *corpus.Error of kind NotFound.
	RevokeKey(ctx context.Context, id string, at time.Time) error
}

const (
	keyPrefix   = "tj_"
	idLength    = 8
	secretBytes = 32
	// MaxKeyName bounds the name of a key, in bytes.
	MaxKeyName = 200
)

// letters writes keys in lower case without padding, so that they survive being read out and typed.
var letters = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)

// NewKey draws a key. The secret is returned once and kept nowhere.
func NewKey(name string, role corpus.Role, by string, now time.Time, expires *time.Time) (key corpus.Key, secret string, err error) {
	name = strings.TrimSpace(name)
	if err := checkKey(name, role, now, expires); err != nil {
		return key, "", err
	}
	var drawn [idLength + secretBytes]byte
	if _, err := rand.Read(drawn[:]); err != nil {
		return key, "", fmt.Errorf("draw a key: %w", err)
	}
	id := letters.EncodeToString(drawn[:idLength])[:idLength]
	secret = keyPrefix + id + "_" + letters.EncodeToString(drawn[idLength:])
	return corpus.Key{
		ID: id, Name: name, Role: role, Hash: hash(secret), CreatedAt: now.UTC(), CreatedBy: by, ExpiresAt: expires,
	}, secret, nil
}

func checkKey(name string, role corpus.Role, now time.Time, expires *time.Time) error {
	refuse := func(param, value, expected string) error {
		return &corpus.Error{
			Kind: corpus.Invalid, Code: "bad_value", Param: param, Value: value, Position: -1, Expected: expected,
			Message: fmt.Sprintf("密钥的 %s 不可用", param),
		}
	}
	switch {
	case name == "" || len(name) > MaxKeyName || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }):
		return refuse("name", name, fmt.Sprintf("持有人的名称，不超过 %d 字节", MaxKeyName))
	case !slices.Contains(corpus.Roles, role):
		return refuse("role", string(role), "reader, editor, admin")
	case expires != nil && !expires.After(now):
		return refuse("expires_at", expires.Format(time.RFC3339), "将来的时间")
	}
	return nil
}

func hash(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// Keyring is the keys of a ledger in memory, so that no request waits for the disk.
type Keyring struct {
	ledger Ledger
	now    func() time.Time

	mu   sync.RWMutex
	keys map[string]corpus.Key
}

// NewKeyring reads all keys of a ledger. All changes must go through the keyring from then on.
func NewKeyring(ctx context.Context, ledger Ledger, now func() time.Time) (*Keyring, error) {
	r := &Keyring{ledger: ledger, now: now, keys: map[string]corpus.Key{}}
	all, err := ledger.Keys(ctx)
	if err != nil {
		return nil, fmt.Errorf("read keys: %w", err)
	}
	for _, k := range all {
		r.keys[k.ID] = k
	}
	return r, nil
}

// Add draws a key, keeps it and returns its secret, which nobody can see again.
func (r *Keyring) Add(ctx context.Context, name string, role corpus.Role, expires *time.Time) (corpus.Key, string, error) {
	key, secret, err := NewKey(name, role, corpus.Actor(ctx), r.now(), expires)
	if err != nil {
		return key, "", err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, taken := r.keys[key.ID]; taken {
		return key, "", fmt.Errorf("keep key %s: the identifier is taken", key.ID)
	}
	if err := r.ledger.AddKey(ctx, key); err != nil {
		return key, "", fmt.Errorf("keep key %s: %w", key.ID, err)
	}
	r.keys[key.ID] = key
	return key, secret, nil
}

// Revoke makes a key useless from the next request on.
func (r *Keyring) Revoke(ctx context.Context, id string) (corpus.Key, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	key, known := r.keys[id]
	if !known {
		return key, &corpus.Error{Kind: corpus.NotFound, Param: "id", Value: id, Position: -1, Message: "没有密钥 " + id}
	}
	if key.RevokedAt != nil {
		return key, nil
	}
	at := r.now().UTC()
	if err := r.ledger.RevokeKey(ctx, id, at); err != nil {
		return key, fmt.Errorf("revoke key %s: %w", id, err)
	}
	key.RevokedAt = &at
	r.keys[id] = key
	return key, nil
}

// All returns all keys, the oldest first.
func (r *Keyring) All() []corpus.Key {
	r.mu.RLock()
	defer r.mu.RUnlock()
	out := make([]corpus.Key, 0, len(r.keys))
	for _, k := range r.keys {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b corpus.Key) int {
		if c := a.CreatedAt.Compare(b.CreatedAt); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return out
}

// Usable reports whether there is a key of the role, or of a higher one, that works now.
func (r *Keyring) Usable(role corpus.Role) bool {
	return slices.ContainsFunc(r.All(), func(k corpus.Key) bool { return r.refusal(k) == "" && covers(k.Role, role) })
}

// nobody is compared with where no key has the identifier, so that an unknown one takes as long as a wrong one.
var nobody = hash("")

// find returns the key of a secret, or why it cannot be used.
func (r *Keyring) find(secret string) (key corpus.Key, refusal string) {
	id, _, _ := strings.Cut(strings.TrimPrefix(secret, keyPrefix), "_")
	key, known := r.byID(id)
	expected := key.Hash
	if !known {
		expected = nobody
	}
	if subtle.ConstantTimeCompare(hash(secret), expected) != 1 || !known {
		return corpus.Key{}, codeKeyUnknown
	}
	return key, r.refusal(key)
}

func (r *Keyring) byID(id string) (corpus.Key, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	key, known := r.keys[id]
	return key, known
}

// refusal says why a key cannot be used now, "" where it can.
func (r *Keyring) refusal(key corpus.Key) string {
	switch {
	case key.RevokedAt != nil:
		return codeKeyRevoked
	case key.ExpiresAt != nil && !key.ExpiresAt.After(r.now()):
		return codeKeyExpired
	}
	return ""
}

// covers reports whether a role may do what another may.
func covers(has, needs corpus.Role) bool {
	return slices.Index(corpus.Roles, has) >= slices.Index(corpus.Roles, needs)
}
