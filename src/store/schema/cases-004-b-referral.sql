-- cases.db: referrals, and what a second person agreed to.
--
-- A referral names fields, never their values: what goes is composed at the
-- moment of sending from the live records, through the gate.  state, state_at,
-- chases and settled follow from its events and are kept for the queue.
CREATE TABLE referral (
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
	recipient TEXT NOT NULL,
	purpose TEXT NOT NULL,
	mode TEXT NOT NULL,
	priority TEXT NOT NULL,
	reason TEXT NOT NULL,
	asked TEXT NOT NULL DEFAULT '', -- what they are asked for
	given TEXT NOT NULL DEFAULT '', -- what was done already
	restrictions TEXT NOT NULL DEFAULT '', -- on contact
	risks TEXT NOT NULL DEFAULT '', -- what they must know to be safe
	tell_back TEXT NOT NULL DEFAULT '', -- what may be told back, and how
	copy_safe TEXT NOT NULL DEFAULT '', -- is a copy safe for the person?
	replaces BLOB,
	state TEXT NOT NULL DEFAULT 'prepared',
	state_at INTEGER NOT NULL,
	chases INTEGER NOT NULL DEFAULT 0,
	settled INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;

-- A field that is to go, by its name.
CREATE TABLE referral_item (
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
	referral BLOB NOT NULL,
	field TEXT NOT NULL,
	PRIMARY KEY (case_uid, referral, field)
) WITHOUT ROWID;
CREATE TRIGGER referral_item_no_update BEFORE UPDATE ON referral_item
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER referral_item_no_delete BEFORE DELETE ON referral_item
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- What happened: a state it came into, "chased", or "settled".
CREATE TABLE referral_event (
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
	referral BLOB NOT NULL,
	at INTEGER NOT NULL,
	kind TEXT NOT NULL,
	words TEXT NOT NULL DEFAULT '',
	disclosure BLOB,
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE INDEX referral_event_of ON referral_event (case_uid, referral, at);
CREATE TRIGGER referral_event_no_update BEFORE UPDATE ON referral_event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER referral_event_no_delete BEFORE DELETE ON referral_event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- Something asked of a second person: that a yes be carried behind the hard
-- stop (reason "consent"), or an override.  For one sending.
CREATE TABLE release_act (
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
	reason TEXT NOT NULL,
	consent BLOB,
	recipient TEXT NOT NULL,
	purpose TEXT NOT NULL,
	scope INTEGER NOT NULL,
	words TEXT NOT NULL,
	legal_ref TEXT NOT NULL DEFAULT '',
	told TEXT NOT NULL DEFAULT '', -- was the person told?
	told_why TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER release_act_no_update BEFORE UPDATE ON release_act
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER release_act_no_delete BEFORE DELETE ON release_act
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- "agreed", "declined", "reviewed".
CREATE TABLE release_act_event (
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
	act BLOB NOT NULL,
	at INTEGER NOT NULL,
	kind TEXT NOT NULL,
	words TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, act, uid)
) WITHOUT ROWID;
CREATE TRIGGER release_act_event_no_update BEFORE UPDATE ON release_act_event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER release_act_event_no_delete BEFORE DELETE ON release_act_event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- Under which act something left; what left without a live consent has the
-- null uid as its consent.
ALTER TABLE disclosure ADD COLUMN act BLOB;
ALTER TABLE disclosure ADD COLUMN referral BLOB;
