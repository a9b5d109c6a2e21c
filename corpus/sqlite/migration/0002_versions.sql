-- Documents that are one and the same. What is shown and counted stands in documents, as before; of a hidden document, an
-- earlier version or a copy, the original and the content are kept and nothing stands there.

CREATE TABLE standings (
    document_id TEXT PRIMARY KEY REFERENCES originals (document_id) ON DELETE CASCADE,
    standing    TEXT NOT NULL CHECK (standing IN ('earlier', 'copy')),
    by_id       TEXT NOT NULL REFERENCES originals (document_id) CHECK (by_id <> document_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX standings_by ON standings (by_id);

-- Pairs of documents of which a person said that they are not one and the same. Kept through removal.
CREATE TABLE apart (
    document_id TEXT NOT NULL,
    other_id    TEXT NOT NULL,
    given_by    TEXT NOT NULL,
    given_at    TEXT NOT NULL,
    PRIMARY KEY (document_id, other_id)
) STRICT, WITHOUT ROWID;

-- By what documents that may be the same are found; read from contents.
CREATE TABLE fingerprints (
    document_id TEXT PRIMARY KEY REFERENCES originals (document_id) ON DELETE CASCADE,
    arrival     INTEGER NOT NULL,        -- number of the change by which the document came
    scope       INTEGER NOT NULL,
    content     INTEGER NOT NULL,
    findings    INTEGER NOT NULL,
    length      INTEGER NOT NULL,
    sketch      BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- All rows of one scope lie together: a new document touches few pages, however many documents there are.
CREATE TABLE likenesses (
    scope       INTEGER NOT NULL,
    band        INTEGER NOT NULL,
    document_id TEXT NOT NULL,
    PRIMARY KEY (scope, band, document_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE documents ADD COLUMN items INTEGER;
ALTER TABLE documents ADD COLUMN aspects INTEGER;
ALTER TABLE documents ADD COLUMN rectified INTEGER;
ALTER TABLE documents ADD COLUMN measures_planned INTEGER;
ALTER TABLE documents ADD COLUMN measures_completed INTEGER;
ALTER TABLE documents ADD COLUMN accountable INTEGER;

CREATE TABLE warnings (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL CHECK (ordinal > 0),
    code        TEXT NOT NULL,
    message     TEXT NOT NULL,
    declared    INTEGER,
    found       INTEGER,
    text        TEXT NOT NULL,
    PRIMARY KEY (document_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX warnings_code ON warnings (code, document_id, ordinal);

-- What people said about links between findings, for ever. Findings are known again by their statements.
CREATE TABLE decisions (
    seq              INTEGER PRIMARY KEY CHECK (seq > 0),
    kind             TEXT NOT NULL,
    finding_document TEXT NOT NULL,
    finding_ordinal  INTEGER NOT NULL,
    finding_text     TEXT NOT NULL,
    prior_document   TEXT NOT NULL,
    prior_ordinal    INTEGER NOT NULL,
    prior_text       TEXT NOT NULL,
    verdict          TEXT NOT NULL,      -- '' withdraws what was said before
    note             TEXT NOT NULL,
    given_by         TEXT NOT NULL,
    given_at         TEXT NOT NULL
) STRICT;

CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions BEGIN SELECT raise(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_keep BEFORE DELETE ON decisions BEGIN SELECT raise(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER apart_stay BEFORE UPDATE ON apart BEGIN SELECT raise(ABORT, 'apart is append-only'); END;
CREATE TRIGGER apart_keep BEFORE DELETE ON apart BEGIN SELECT raise(ABORT, 'apart is append-only'); END;

-- What a step leaves to the program: "settle" gives the documents that are here already their fingerprints and their new
-- columns, and finds out which of them are the same.
CREATE TABLE tasks (task TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO tasks VALUES ('settle');
