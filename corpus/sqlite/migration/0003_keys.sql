-- Keys to the interface: the hashes of their secrets only. A key is never deleted, for the audit trail names it.

CREATE TABLE keys (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'admin')),
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TRIGGER keys_keep BEFORE DELETE ON keys BEGIN SELECT raise(ABORT, 'keys are kept'); END;
