-- cases.db, part seven a: what stands beside a note.  Each fact with whose it
-- is, each person who was there, is a row; like the note it is never edited.

CREATE TABLE note_fact (
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
	note BLOB NOT NULL CHECK (length(note) = 16),
	source TEXT NOT NULL, -- "said", "saw", "other_said", "view", "present"
	text TEXT NOT NULL, -- for "present" a code
	PRIMARY KEY (case_uid, note, uid)
) WITHOUT ROWID;
CREATE TRIGGER note_fact_no_update BEFORE UPDATE ON note_fact
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER note_fact_no_delete BEFORE DELETE ON note_fact
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE INDEX note_corrects ON note (case_uid, corrects)
	WHERE corrects IS NOT NULL;
