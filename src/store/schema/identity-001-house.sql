-- identity.db, part one: its own house, as in cases.db, so that it stands by
-- itself: no transaction spans the two files.

CREATE TABLE meta (
	name TEXT NOT NULL PRIMARY KEY,
	value BLOB NOT NULL
) WITHOUT ROWID;

-- The record of reads and writes.  hash is BLAKE2b-256 over the event with
-- prev_hash in front; sig is Ed25519 by the actor's key over hash.  Names of
-- fields, never values.
CREATE TABLE audit (
	seq INTEGER NOT NULL PRIMARY KEY,
	at INTEGER NOT NULL,
	hlc INTEGER NOT NULL,
	session BLOB NOT NULL,
	actor BLOB NOT NULL,
	sign_key BLOB NOT NULL,
	role TEXT NOT NULL,
	terminal TEXT NOT NULL,
	action TEXT NOT NULL,
	outcome TEXT NOT NULL,
	wrote INTEGER NOT NULL,
	case_uid BLOB,
	object BLOB,
	fields TEXT NOT NULL,
	reason TEXT NOT NULL,
	detail BLOB,
	prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
	hash BLOB NOT NULL CHECK (length(hash) = 32),
	sig BLOB NOT NULL CHECK (length(sig) = 64)
);
CREATE INDEX audit_case ON audit (case_uid, seq)
	WHERE case_uid IS NOT NULL;

-- One row for each change of one field: the history people see, the base of
-- merging, and what another site will need.  subject is the case, person or
-- user that the row belongs to.  base_* is the version the editor saw.
CREATE TABLE op (
	subject BLOB NOT NULL,
	row_uid BLOB NOT NULL,
	uid BLOB NOT NULL CHECK (length(uid) = 16),
	ns TEXT NOT NULL,
	node BLOB NOT NULL,
	hlc INTEGER NOT NULL,
	rev INTEGER NOT NULL,
	base_rev INTEGER NOT NULL,
	base_hlc INTEGER NOT NULL,
	base_node BLOB NOT NULL,
	tbl TEXT NOT NULL,
	field TEXT NOT NULL,
	old TEXT NOT NULL,
	new TEXT NOT NULL,
	by BLOB NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (subject, row_uid, uid)
) WITHOUT ROWID;

CREATE TABLE outbox (
	stream BLOB NOT NULL,
	n INTEGER NOT NULL,
	op BLOB NOT NULL,
	PRIMARY KEY (stream, n)
) WITHOUT ROWID;
CREATE TABLE conflict (
	uid BLOB NOT NULL PRIMARY KEY CHECK (length(uid) = 16),
	subject BLOB NOT NULL,
	row_uid BLOB NOT NULL,
	field TEXT NOT NULL,
	op_kept BLOB NOT NULL,
	op_lost BLOB NOT NULL,
	at INTEGER NOT NULL,
	settled_at INTEGER NOT NULL DEFAULT 0,
	settled_by BLOB
) WITHOUT ROWID;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER op_no_update BEFORE UPDATE ON op
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER op_no_delete BEFORE DELETE ON op
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
