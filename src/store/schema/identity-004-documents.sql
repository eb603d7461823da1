-- identity.db, part four: papers, photographs and files about somebody, kept
-- as rows so that no plaintext file is ever made.  person is the case where
-- nobody is recorded.  A document is never changed; what is removed leaves its
-- key, its hash, who removed it and why.

CREATE TABLE document (
	person BLOB NOT NULL CHECK (length(person) = 16),
	uid BLOB NOT NULL CHECK (length(uid) = 16),
	ns TEXT NOT NULL,
	origin_node BLOB NOT NULL,
	hlc INTEGER NOT NULL,
	rev INTEGER NOT NULL,
	schema_version INTEGER NOT NULL,
	deleted_hlc INTEGER NOT NULL DEFAULT 0,
	made_at INTEGER NOT NULL,
	made_by BLOB NOT NULL,
	case_uid BLOB NOT NULL,
	corrects BLOB,
	kind TEXT NOT NULL,
	title TEXT NOT NULL,
	on_date TEXT NOT NULL DEFAULT '',
	type TEXT NOT NULL, -- what the bytes are, found by looking at them
	source TEXT NOT NULL, -- "path" or "pasted"; never which path
	size INTEGER NOT NULL,
	hash TEXT NOT NULL, -- BLAKE2b-256 of the whole, in hex
	removed_at INTEGER NOT NULL DEFAULT 0,
	removed_by BLOB,
	removed_why TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (person, uid)
) WITHOUT ROWID;
CREATE TRIGGER document_no_update BEFORE UPDATE ON document
WHEN NOT (OLD.deleted_hlc = 0 AND NEW.deleted_hlc <> 0
	AND NEW.title = '' AND NEW.removed_at <> 0 AND NEW.removed_why <> ''
	AND NEW.person = OLD.person AND NEW.uid = OLD.uid
	AND NEW.hash = OLD.hash AND NEW.made_at = OLD.made_at
	AND NEW.made_by = OLD.made_by)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER document_no_delete BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TABLE document_chunk (
	person BLOB NOT NULL CHECK (length(person) = 16),
	uid BLOB NOT NULL CHECK (length(uid) = 16),
	ns TEXT NOT NULL,
	origin_node BLOB NOT NULL,
	hlc INTEGER NOT NULL,
	rev INTEGER NOT NULL,
	schema_version INTEGER NOT NULL,
	deleted_hlc INTEGER NOT NULL DEFAULT 0,
	made_at INTEGER NOT NULL,
	made_by BLOB NOT NULL,
	document BLOB NOT NULL CHECK (length(document) = 16),
	n INTEGER NOT NULL, -- from 0
	data BLOB NOT NULL,
	PRIMARY KEY (person, document, n)
) WITHOUT ROWID;
CREATE TRIGGER document_chunk_no_update BEFORE UPDATE ON document_chunk
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
-- But with the document: what is left of it is its tombstone.
CREATE TRIGGER document_chunk_no_delete BEFORE DELETE ON document_chunk
WHEN NOT EXISTS (SELECT 1 FROM document d WHERE d.person = OLD.person
	AND d.uid = OLD.document AND d.deleted_hlc <> 0)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
