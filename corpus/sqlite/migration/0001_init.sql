-- The store. What is given (originals, corrections, audit) is never derived from anything else; what is read from it
-- (contents, documents, findings, finding_categories) can be made again by parsing the originals.

-- The bytes as they arrived, compressed with zstd. Removing a row removes everything that was read from it.
CREATE TABLE originals (
    document_id TEXT PRIMARY KEY,
    sha256      BLOB NOT NULL UNIQUE,   -- of the bytes before compression; document_id is its first 16 hex digits
    name        TEXT NOT NULL,          -- file name without folders
    size        INTEGER NOT NULL,       -- bytes before compression
    added_at    TEXT NOT NULL,
    data        BLOB NOT NULL
) STRICT;

-- The parsed document as JSON, as rules read it, compressed with zstd. Corrections are laid over it on reading.
CREATE TABLE contents (
    document_id TEXT PRIMARY KEY REFERENCES originals (document_id) ON DELETE CASCADE,
    parsed      BLOB NOT NULL
) STRICT;

-- The columns below repeat the documents with corrections applied, so that every figure can be counted again in SQL.
-- The empty string and the year 0 stand for what is not stated.
CREATE TABLE documents (
    id               TEXT PRIMARY KEY REFERENCES originals (document_id) ON DELETE CASCADE,
    source           TEXT NOT NULL,
    format           TEXT NOT NULL,
    encoding         TEXT NOT NULL,
    doc_type         TEXT NOT NULL,
    title            TEXT NOT NULL,
    unit             TEXT NOT NULL,
    party_body       TEXT NOT NULL,
    province         TEXT NOT NULL,
    city             TEXT NOT NULL,
    county           TEXT NOT NULL,
    region_code      TEXT NOT NULL,
    level            TEXT NOT NULL,
    sector           TEXT NOT NULL,
    inspector        TEXT NOT NULL,
    round            TEXT NOT NULL,
    inspection_from  TEXT NOT NULL,
    inspection_to    TEXT NOT NULL,
    feedback_date    TEXT NOT NULL,
    publication_date TEXT NOT NULL,
    year             INTEGER NOT NULL,
    problems         INTEGER,            -- declared number of problems, NULL where none is declared
    findings         INTEGER NOT NULL,
    warnings         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE findings (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL CHECK (ordinal > 0),
    id          TEXT GENERATED ALWAYS AS (document_id || '-' || ordinal) VIRTUAL,
    statement   TEXT NOT NULL,
    status      TEXT NOT NULL,
    unit        TEXT NOT NULL,           -- only where it is not the document's
    PRIMARY KEY (document_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX findings_unit ON findings (unit) WHERE unit <> '';

CREATE TABLE finding_categories (
    document_id TEXT NOT NULL,
    ordinal     INTEGER NOT NULL,
    rank        INTEGER NOT NULL CHECK (rank > 0),   -- 1 is the main category
    finding_id  TEXT GENERATED ALWAYS AS (document_id || '-' || ordinal) VIRTUAL,
    code        TEXT NOT NULL,
    score       REAL NOT NULL,
    given_by    TEXT NOT NULL,
    PRIMARY KEY (document_id, ordinal, rank),
    FOREIGN KEY (document_id, ordinal) REFERENCES findings (document_id, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What people said. Not tied to documents by a foreign key: a correction outlives the removal of its document and holds
-- again when the same bytes come back. No value (NULL) withdraws what was said before.
CREATE TABLE corrections (
    seq         INTEGER PRIMARY KEY CHECK (seq > 0),
    document_id TEXT NOT NULL,
    ordinal     INTEGER NOT NULL,        -- 0 for the document itself
    statement   TEXT NOT NULL,           -- the finding's, by which it is known again
    field       TEXT NOT NULL,
    value       TEXT,                    -- JSON list
    note        TEXT NOT NULL,
    given_by    TEXT NOT NULL,
    given_at    TEXT NOT NULL
) STRICT;

CREATE INDEX corrections_document ON corrections (document_id, seq);

-- Every change of a document, numbered from 1 without gaps. What follows the store reads it from here.
CREATE TABLE changes (
    seq         INTEGER PRIMARY KEY CHECK (seq > 0),
    document_id TEXT NOT NULL,
    changed_at  TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
    seq     INTEGER PRIMARY KEY CHECK (seq > 0),
    at      TEXT NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail  TEXT NOT NULL,
    hash    BLOB NOT NULL                -- SHA-256 of the previous row's hash and this row
) STRICT;

CREATE TRIGGER corrections_stay BEFORE UPDATE ON corrections BEGIN SELECT raise(ABORT, 'corrections are append-only'); END;
CREATE TRIGGER corrections_keep BEFORE DELETE ON corrections BEGIN SELECT raise(ABORT, 'corrections are append-only'); END;
CREATE TRIGGER changes_stay BEFORE UPDATE ON changes BEGIN SELECT raise(ABORT, 'changes are append-only'); END;
CREATE TRIGGER changes_keep BEFORE DELETE ON changes BEGIN SELECT raise(ABORT, 'changes are append-only'); END;
CREATE TRIGGER audit_stay BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_keep BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'audit is append-only'); END;
