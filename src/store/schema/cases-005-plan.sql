-- cases.db, part five: what somebody needs and has, what they want to reach,
-- who does what for it until when, and what was given.  As in part two the key
-- of every row begins with its case.

-- A dated picture of needs, risks and strengths; a new one is a new row.
CREATE TABLE assessment (
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
	at INTEGER NOT NULL,
	corrects BLOB,
	wants TEXT NOT NULL DEFAULT '', -- in the person's words
	language TEXT NOT NULL DEFAULT '',
	interpreter TEXT NOT NULL DEFAULT '',
	seen_alone TEXT NOT NULL DEFAULT '',
	code_lists TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER assessment_no_update BEFORE UPDATE ON assessment
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER assessment_no_delete BEFORE DELETE ON assessment
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- kind is "need" (topic: a domain of the configuration), "strength" or "risk"
-- (topic: rules/plan.h); state is that of a need.
CREATE TABLE assessment_item (
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
	assessment BLOB NOT NULL,
	kind TEXT NOT NULL,
	topic TEXT NOT NULL,
	state TEXT NOT NULL DEFAULT '',
	words TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, assessment, kind, topic)
) WITHOUT ROWID;
CREATE TRIGGER assessment_item_no_update BEFORE UPDATE ON assessment_item
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER assessment_item_no_delete BEFORE DELETE ON assessment_item
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- What the person wants to reach.  How far it is stands in goal_progress.
CREATE TABLE goal (
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
	changed_at INTEGER NOT NULL,
	changed_by BLOB NOT NULL,
	words TEXT NOT NULL,
	domain TEXT NOT NULL DEFAULT '',
	agreed TEXT NOT NULL DEFAULT '',
	target_on TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER goal_no_delete BEFORE DELETE ON goal
BEGIN SELECT RAISE(ABORT, 'kept as history'); END;

CREATE TABLE goal_progress (
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
	goal BLOB NOT NULL,
	at INTEGER NOT NULL,
	state TEXT NOT NULL,
	words TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, goal, uid)
) WITHOUT ROWID;
CREATE TRIGGER goal_progress_no_update BEFORE UPDATE ON goal_progress
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER goal_progress_no_delete BEFORE DELETE ON goal_progress
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- A step towards a goal: who is "worker", "person" or "organisation".
CREATE TABLE plan_action (
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
	changed_at INTEGER NOT NULL,
	changed_by BLOB NOT NULL,
	goal BLOB NOT NULL,
	what TEXT NOT NULL,
	who TEXT NOT NULL,
	who_words TEXT NOT NULL DEFAULT '',
	due INTEGER NOT NULL DEFAULT 0,
	due_on TEXT NOT NULL DEFAULT '',
	agreed TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT 'open',
	done_at INTEGER NOT NULL DEFAULT 0,
	outcome TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER plan_action_no_delete BEFORE DELETE ON plan_action
BEGIN SELECT RAISE(ABORT, 'kept as history'); END;

-- The plan was gone through together: agreed or not, whether a copy is safe to
-- hold, and when to look again.
CREATE TABLE plan_review (
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
	at INTEGER NOT NULL,
	agreed TEXT NOT NULL,
	copy_safe TEXT NOT NULL DEFAULT '',
	copy_given INTEGER NOT NULL DEFAULT 0,
	words TEXT NOT NULL DEFAULT '',
	review_at INTEGER NOT NULL DEFAULT 0,
	review_on TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER plan_review_no_update BEFORE UPDATE ON plan_review
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER plan_review_no_delete BEFORE DELETE ON plan_review
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- Help: given, planned, declined for now by the person, or not to be had.
-- corrects puts an earlier row right; follows is the outcome of a planned one.
CREATE TABLE service (
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
	at INTEGER NOT NULL,
	on_date TEXT NOT NULL DEFAULT '',
	corrects BLOB,
	follows BLOB,
	goal BLOB,
	service TEXT NOT NULL,
	state TEXT NOT NULL,
	due INTEGER NOT NULL DEFAULT 0,
	due_on TEXT NOT NULL DEFAULT '',
	amount TEXT NOT NULL DEFAULT '',
	controls TEXT NOT NULL DEFAULT '', -- who holds the phone, account, key
	sheet TEXT NOT NULL DEFAULT '',
	sheet_language TEXT NOT NULL DEFAULT '',
	sheet_version TEXT NOT NULL DEFAULT '',
	words TEXT NOT NULL DEFAULT '',
	code_lists TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER service_no_update BEFORE UPDATE ON service
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER service_no_delete BEFORE DELETE ON service
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- What cases.db knows of a safety plan: that there is one, and since when.
ALTER TABLE case_file ADD COLUMN safety_plan_at INTEGER NOT NULL DEFAULT 0;
-- From when on a number must not be used without asking again; 0: no end.
ALTER TABLE case_file ADD COLUMN contact_expires_at INTEGER NOT NULL DEFAULT 0;
-- Was the safe word right, of an attempt: "yes", "no", "" not asked.
ALTER TABLE attempt ADD COLUMN word_ok TEXT NOT NULL DEFAULT '';
