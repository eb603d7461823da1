-- cases.db, part seven d: cases that belong together, people who were met
-- together, and who has an interest in a case.  A link is two rows, one in
-- each case; who may not open the other case sees neither.  Nobody is listed
-- here by name, and there is no list of those who exploit.

CREATE TABLE case_link (
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
	link BLOB NOT NULL CHECK (length(link) = 16), -- the same in both
	other BLOB NOT NULL CHECK (length(other) = 16),
	kind TEXT NOT NULL, -- "link", "unlink"
	reason TEXT NOT NULL,
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER case_link_no_update BEFORE UPDATE ON case_link
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER case_link_no_delete BEFORE DELETE ON case_link
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- An occasion at which several people were met.
CREATE TABLE group_event (
	uid BLOB NOT NULL PRIMARY KEY CHECK (length(uid) = 16),
	ns TEXT NOT NULL,
	origin_node BLOB NOT NULL,
	hlc INTEGER NOT NULL,
	rev INTEGER NOT NULL,
	schema_version INTEGER NOT NULL,
	deleted_hlc INTEGER NOT NULL DEFAULT 0,
	made_at INTEGER NOT NULL,
	made_by BLOB NOT NULL,
	on_date TEXT NOT NULL,
	area TEXT NOT NULL,
	words TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TRIGGER group_event_no_update BEFORE UPDATE ON group_event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER group_event_no_delete BEFORE DELETE ON group_event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TABLE group_member (
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
	event BLOB NOT NULL CHECK (length(event) = 16),
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE INDEX group_member_event ON group_member (event, case_uid);
CREATE TRIGGER group_member_no_update BEFORE UPDATE ON group_member
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER group_member_no_delete BEFORE DELETE ON group_member
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- "Do not assign, do not refer": who is "staff" (a colleague's uid in hex),
-- "interpreter" (a code) or "provider" (an organisation's id).
CREATE TABLE conflict_mark (
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
	lifts BLOB, -- the mark that this row takes away
	who TEXT NOT NULL,
	code TEXT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER conflict_mark_no_update BEFORE UPDATE ON conflict_mark
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER conflict_mark_no_delete BEFORE DELETE ON conflict_mark
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
