-- identity.db, part three: the safety plan, in the person's words.  As with
-- safe_contact, person is the case where nobody is recorded; a new plan is a
-- new row and the earlier ones stay.

CREATE TABLE safety_plan (
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
	at INTEGER NOT NULL,
	complete TEXT NOT NULL DEFAULT '',
	minutes INTEGER NOT NULL DEFAULT 0, -- time it took
	copy_safe TEXT NOT NULL DEFAULT '', -- is it safe to hold?
	language TEXT NOT NULL DEFAULT '',
	interpreter TEXT NOT NULL DEFAULT '',
	review_at INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (person, uid)
) WITHOUT ROWID;
CREATE TRIGGER safety_plan_no_update BEFORE UPDATE ON safety_plan
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
-- But with the person: what is left of somebody removed is their tombstone.
CREATE TRIGGER safety_plan_no_delete BEFORE DELETE ON safety_plan
WHEN NOT EXISTS (SELECT 1 FROM person p
	WHERE p.uid = OLD.person AND p.deleted_hlc <> 0)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- One part of a plan (rules/safety.h).
CREATE TABLE safety_part (
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
	plan BLOB NOT NULL,
	part TEXT NOT NULL,
	words TEXT NOT NULL,
	PRIMARY KEY (person, plan, part)
) WITHOUT ROWID;
CREATE TRIGGER safety_part_no_update BEFORE UPDATE ON safety_part
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
-- But with the person: what is left of somebody removed is their tombstone.
CREATE TRIGGER safety_part_no_delete BEFORE DELETE ON safety_part
WHEN NOT EXISTS (SELECT 1 FROM person p
	WHERE p.uid = OLD.person AND p.deleted_hlc <> 0)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- From when on the agreement must be asked for again; 0: no end was agreed.
ALTER TABLE safe_contact ADD COLUMN expires_at INTEGER NOT NULL DEFAULT 0;
