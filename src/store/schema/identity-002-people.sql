-- identity.db, part two: who somebody is and how to reach them safely.

CREATE TABLE person (
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
	name TEXT NOT NULL DEFAULT '',
	other_names TEXT NOT NULL DEFAULT '',
	birth TEXT NOT NULL DEFAULT '', -- ISO, as precise as it is known
	birth_basis TEXT NOT NULL DEFAULT '',
	sex TEXT NOT NULL DEFAULT '',
	languages TEXT NOT NULL DEFAULT '',
	country TEXT NOT NULL DEFAULT '',
	phone TEXT NOT NULL DEFAULT '',
	address TEXT NOT NULL DEFAULT '',
	document TEXT NOT NULL DEFAULT '',
	code_lists TEXT NOT NULL DEFAULT '',
	custody_ns TEXT NOT NULL,
	custody_seq INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;

-- The record to read before reaching for a telephone.  A new one replaces.
CREATE TABLE safe_contact (
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
	may_contact TEXT NOT NULL,
	channel TEXT NOT NULL DEFAULT '',
	number TEXT NOT NULL DEFAULT '',
	whose TEXT NOT NULL DEFAULT '',
	who_else TEXT NOT NULL DEFAULT '',
	safe_times TEXT NOT NULL DEFAULT '',
	unsafe_times TEXT NOT NULL DEFAULT '',
	voicemail_ok INTEGER NOT NULL DEFAULT 0,
	text_ok INTEGER NOT NULL DEFAULT 0,
	say_red_cross INTEGER NOT NULL DEFAULT 0,
	cover_phrase TEXT NOT NULL DEFAULT '',
	their_word TEXT NOT NULL DEFAULT '',
	our_word TEXT NOT NULL DEFAULT '',
	language TEXT NOT NULL DEFAULT '',
	caller TEXT NOT NULL DEFAULT '',
	if_other_answers TEXT NOT NULL DEFAULT '',
	max_attempts INTEGER NOT NULL DEFAULT 0,
	verified_at INTEGER NOT NULL DEFAULT 0,
	stop INTEGER NOT NULL DEFAULT 0,
	stop_reason TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (person, uid)
) WITHOUT ROWID;
CREATE TRIGGER safe_contact_no_update BEFORE UPDATE ON safe_contact
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
-- But with the person: what is left of somebody removed is their tombstone.
CREATE TRIGGER safe_contact_no_delete BEFORE DELETE ON safe_contact
WHEN NOT EXISTS (SELECT 1 FROM person p
	WHERE p.uid = OLD.person AND p.deleted_hlc <> 0)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- Folded words, sound keys, trigrams and telephone endings of names, to find
-- people by (rules/match.h); rebuilt whenever a name changes.
CREATE TABLE name_key (
	kind INTEGER NOT NULL,
	text TEXT NOT NULL,
	person BLOB NOT NULL CHECK (length(person) = 16),
	PRIMARY KEY (kind, text, person)
) WITHOUT ROWID;
CREATE INDEX name_key_person ON name_key (person);
