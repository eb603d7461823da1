-- cases.db, part one: what every record needs around it.
--
-- Every row that people make carries the same columns, so that branches,
-- laptops and other National Societies can join later without a new schema:
--   uid             16 bytes, UUIDv7 (RFC 9562), made where the row is made
--   ns              the National Society, as its configuration names it
--   origin_node     uid of the installation that made it
--   hlc             hybrid logical clock of the newest change
--   rev             version, from 1; checked on every write
--   schema_version  number of the migration it was written under
--   deleted_hlc     0, or when it was removed (a tombstone stays)
--   made_at, made_by, changed_at, changed_by   UTC ms and a user's uid
-- Append-only rows have no changed_*; a correction is a new row that names the
-- old.  No foreign keys between records: a parent may arrive later.  No unique
-- constraint on what people tell us: a double is a finding, not an error.
-- Times are UTC milliseconds; *_on is the local date as it was typed.

CREATE TABLE meta (
	name TEXT NOT NULL PRIMARY KEY,
	value BLOB NOT NULL
) WITHOUT ROWID;

-- Installations that rows may come from: this one, branches, other societies.
CREATE TABLE node (
	uid BLOB NOT NULL PRIMARY KEY CHECK (length(uid) = 16),
	ns TEXT NOT NULL,
	kind TEXT NOT NULL,
	sign_pk BLOB,
	seal_pk BLOB,
	valid_from INTEGER NOT NULL,
	revoked INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Exchange between sites: empty until there is one.
CREATE TABLE outbox (
	stream BLOB NOT NULL,
	n INTEGER NOT NULL,
	op BLOB NOT NULL,
	PRIMARY KEY (stream, n)
) WITHOUT ROWID;
CREATE TABLE inbox_state (
	stream BLOB NOT NULL PRIMARY KEY,
	last_n INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE quarantine (
	uid BLOB NOT NULL PRIMARY KEY CHECK (length(uid) = 16),
	stream BLOB NOT NULL,
	at INTEGER NOT NULL,
	why TEXT NOT NULL,
	op BLOB NOT NULL
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

CREATE TABLE colleague (
	uid BLOB NOT NULL PRIMARY KEY CHECK (length(uid) = 16),
	ns TEXT NOT NULL,
	origin_node BLOB NOT NULL,
	hlc INTEGER NOT NULL,
	rev INTEGER NOT NULL,
	schema_version INTEGER NOT NULL,
	deleted_hlc INTEGER NOT NULL DEFAULT 0,
	made_at INTEGER NOT NULL,
	made_by BLOB NOT NULL,
	changed_at INTEGER NOT NULL,
	changed_by BLOB NOT NULL,
	login TEXT NOT NULL,
	name TEXT NOT NULL,
	worker_code TEXT NOT NULL,
	role TEXT NOT NULL,
	branch TEXT NOT NULL,
	disabled INTEGER NOT NULL DEFAULT 0,
	last_sign_in INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX colleague_login ON colleague (login);

-- Every public signing key anybody here ever had.  from_seq is the event that
-- introduced it, signed with it; it ends where the same person's next begins.
CREATE TABLE sign_key (
	uid BLOB NOT NULL PRIMARY KEY CHECK (length(uid) = 16),
	user_uid BLOB NOT NULL,
	pk BLOB NOT NULL CHECK (length(pk) = 32),
	from_seq INTEGER NOT NULL,
	at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sign_key_user ON sign_key (user_uid, from_seq);

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

-- What somebody was typing, sealed to them alone.
CREATE TABLE draft (
	owner BLOB NOT NULL,
	uid BLOB NOT NULL CHECK (length(uid) = 16),
	screen TEXT NOT NULL,
	case_uid BLOB NOT NULL,
	code TEXT NOT NULL,
	changed_at INTEGER NOT NULL,
	sealed BLOB NOT NULL,
	PRIMARY KEY (owner, uid)
) WITHOUT ROWID;

CREATE TRIGGER sign_key_no_update BEFORE UPDATE ON sign_key
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER sign_key_no_delete BEFORE DELETE ON sign_key
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER op_no_update BEFORE UPDATE ON op
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER op_no_delete BEFORE DELETE ON op
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
