-- cases.db, part twelve: what is asked back of whoever was told something that
-- the person took back.  One recall is all rows with one value of recall, which
-- is the uid of its first row, "due"; then what was asked and what they
-- answered (rules/recall.h).  Recalls begin with this part: what was taken back
-- before has a follow-up "tell-recipients" and keeps it.
CREATE TABLE recall_event (
	case_uid BLOB NOT NULL CHECK (length(case_uid) = 16),
	uid BLOB NOT NULL CHECK (length(uid) = 16),
	ns TEXT NOT NULL,
	origin_node BLOB NOT NULL,
	hlc INTEGER NOT NULL,
	rev INTEGER NOT NULL,
	schema_version INTEGER NOT NULL,
	deleted_hlc INTEGER NOT NULL DEFAULT 0,
	made_at INTEGER NOT NULL,
	made_by BLOB NOT NULL,
	recall BLOB NOT NULL,
	recipient TEXT NOT NULL,
	purpose TEXT NOT NULL,
	at INTEGER NOT NULL,
	kind TEXT NOT NULL,
	words TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER recall_event_no_update BEFORE UPDATE ON recall_event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER recall_event_no_delete BEFORE DELETE ON recall_event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
