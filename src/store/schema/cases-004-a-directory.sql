-- cases.db: the directory as it is lived with.  What an organisation is stands
-- in the configuration; that somebody called, that it is full, suspended, or
-- has an interest of its own, is a dated fact here.  No row is about a person.
--
-- topic "call": value "answered" or "wrong_number", and what was learned;
-- "tried": "no_answer"; "capacity": "free", "few", "full"; "status": "active",
-- "suspended"; "conflict": "yes", "no".  The newest of a topic holds.
CREATE TABLE directory_log (
	uid BLOB NOT NULL PRIMARY KEY CHECK (length(uid) = 16),
	ns TEXT NOT NULL,
	origin_node BLOB NOT NULL,
	hlc INTEGER NOT NULL,
	rev INTEGER NOT NULL,
	schema_version INTEGER NOT NULL,
	deleted_hlc INTEGER NOT NULL DEFAULT 0,
	made_at INTEGER NOT NULL,
	made_by BLOB NOT NULL,
	recipient TEXT NOT NULL,
	topic TEXT NOT NULL,
	value TEXT NOT NULL,
	at INTEGER NOT NULL,
	phone TEXT NOT NULL DEFAULT '', -- the organisation's, as it was dialled
	words TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX directory_log_newest ON directory_log (recipient, topic, hlc, uid);
CREATE TRIGGER directory_log_no_update BEFORE UPDATE ON directory_log
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER directory_log_no_delete BEFORE DELETE ON directory_log
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
