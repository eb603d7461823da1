-- cases.db, part six, two: what one colleague asks of another, and the answer.
--
-- kind is "transfer" (to_user, to_branch or to_ns says whom it is offered to),
-- "closure", "join" (other is the case that is thought to be the same
-- person's), "part" (about is the join that is taken apart).  about is also the
-- consent under which a case leaves for another National Society.  A request
-- has one answer, "accepted", "refused" or "withdrawn": the key of the answer
-- is the request, so the second of two people who answer at once finds the
-- first one's.
CREATE TABLE request (
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
	kind TEXT NOT NULL,
	to_user BLOB,
	to_branch TEXT NOT NULL DEFAULT '',
	to_ns TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT '',
	words TEXT NOT NULL DEFAULT '',
	about BLOB,
	other BLOB,
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE INDEX request_other ON request (other) WHERE other IS NOT NULL;

-- The lines of a closing's checklist; of a join one line for each field.
CREATE TABLE request_line (
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
	request BLOB NOT NULL,
	item TEXT NOT NULL,
	answer TEXT NOT NULL DEFAULT '',
	words TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, request, item)
) WITHOUT ROWID;

CREATE TABLE request_answer (
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
	request BLOB NOT NULL,
	answer TEXT NOT NULL,
	words TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, request)
) WITHOUT ROWID;

CREATE TRIGGER request_no_update BEFORE UPDATE ON request
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER request_no_delete BEFORE DELETE ON request
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER request_line_no_update BEFORE UPDATE ON request_line
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER request_line_no_delete BEFORE DELETE ON request_line
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER request_answer_no_update BEFORE UPDATE ON request_answer
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER request_answer_no_delete BEFORE DELETE ON request_answer
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
