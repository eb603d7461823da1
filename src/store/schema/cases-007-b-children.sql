-- cases.db, part seven b: children, and who may be one.  A new row of
-- child_record replaces the one before; nothing is edited.

-- The first day of the month in which they may come of age, UTC ms; 0: not
-- known, or gone through.  The day itself is a date of birth and stays in
-- identity.db.
ALTER TABLE case_file ADD COLUMN of_age_from INTEGER NOT NULL DEFAULT 0;

CREATE TABLE child_record (
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
	may_be_child TEXT NOT NULL,
	age_basis TEXT NOT NULL DEFAULT '',
	age_decided_by TEXT NOT NULL DEFAULT '',
	safety_asked INTEGER NOT NULL DEFAULT 0,
	guardian TEXT NOT NULL DEFAULT '',
	informed TEXT NOT NULL DEFAULT '',
	informed_why TEXT NOT NULL DEFAULT '',
	route TEXT NOT NULL DEFAULT '',
	route_why TEXT NOT NULL DEFAULT '',
	trusted TEXT NOT NULL DEFAULT '',
	assent TEXT NOT NULL DEFAULT '',
	child_words TEXT NOT NULL DEFAULT '',
	of_age_reviewed INTEGER NOT NULL DEFAULT 0,
	review_on TEXT NOT NULL DEFAULT '',
	review_at INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER child_record_no_update BEFORE UPDATE ON child_record
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER child_record_no_delete BEFORE DELETE ON child_record
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- Best interests: kind "bia" (assessment) or "bid" (formal determination).
CREATE TABLE best_interests (
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
	corrects BLOB,
	kind TEXT NOT NULL,
	reason TEXT NOT NULL,
	options TEXT NOT NULL,
	child_view TEXT NOT NULL,
	decision TEXT NOT NULL,
	accepted TEXT NOT NULL,
	refused_why TEXT NOT NULL DEFAULT '',
	decided_by TEXT NOT NULL,
	decided_on TEXT NOT NULL,
	review_on TEXT NOT NULL DEFAULT '',
	review_at INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER best_interests_no_update BEFORE UPDATE ON best_interests
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER best_interests_no_delete BEFORE DELETE ON best_interests
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
