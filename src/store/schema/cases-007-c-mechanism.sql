-- cases.db, part seven c: what the national mechanism and the law set dates
-- for.  The earliest date that waits stands with the case, so that lists need
-- read no further; what it is of is a code of rules/mechanism.h or "report".
ALTER TABLE case_file ADD COLUMN deadline_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_file ADD COLUMN deadline_what TEXT NOT NULL DEFAULT '';

-- kind: "decision" (code: undecided, wants, declines, withdrawn), "informed",
-- "advice" (legal), "consequences", "referred" (code: we, other), "stage"
-- (code of the configuration), "reflection", "extended", "ended", "permit",
-- "appeal".
CREATE TABLE mechanism_event (
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
	mechanism TEXT NOT NULL,
	kind TEXT NOT NULL,
	code TEXT NOT NULL DEFAULT '',
	on_date TEXT NOT NULL,
	until_on TEXT NOT NULL DEFAULT '',
	words TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER mechanism_event_no_update BEFORE UPDATE ON mechanism_event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER mechanism_event_no_delete BEFORE DELETE ON mechanism_event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- What law asks to be told: kind "trigger" starts the time, "done" ends it
-- (of: the trigger; code: told, not_told, does_not_apply).
CREATE TABLE duty_event (
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
	duty TEXT NOT NULL,
	kind TEXT NOT NULL,
	of BLOB,
	code TEXT NOT NULL DEFAULT '',
	at INTEGER NOT NULL,
	due INTEGER NOT NULL DEFAULT 0,
	words TEXT NOT NULL,
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER duty_event_no_update BEFORE UPDATE ON duty_event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER duty_event_no_delete BEFORE DELETE ON duty_event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
