-- cases.db, part two: a case and what happened in it.  The key of every child
-- begins with its case, so that one case's rows lie together.  A contact
-- without a case has 16 zero bytes there.

CREATE TABLE case_file (
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
	code TEXT NOT NULL,
	person BLOB, -- in identity.db; NULL: anonymous
	owner BLOB, -- NULL: nobody's yet
	branch TEXT NOT NULL,
	stage_hint TEXT NOT NULL DEFAULT '',
	opened_at INTEGER NOT NULL,
	opened_on TEXT NOT NULL DEFAULT '',
	closed_at INTEGER NOT NULL DEFAULT 0,
	closed_reason TEXT NOT NULL DEFAULT '',
	closed_words TEXT NOT NULL DEFAULT '',
	sealed INTEGER NOT NULL DEFAULT 0,
	urgent INTEGER NOT NULL DEFAULT 0,
	risk TEXT NOT NULL DEFAULT '', -- id in the configuration
	risk_first TEXT NOT NULL DEFAULT '',
	risk_reason TEXT NOT NULL DEFAULT '',
	risk_by BLOB,
	risk_at INTEGER NOT NULL DEFAULT 0,
	language TEXT NOT NULL DEFAULT '',
	sex TEXT NOT NULL DEFAULT '',
	age_band TEXT NOT NULL DEFAULT '',
	may_be_child TEXT NOT NULL DEFAULT '',
	wants TEXT NOT NULL DEFAULT '',
	next TEXT NOT NULL DEFAULT '', -- agreed outside a plan
	next_due INTEGER NOT NULL DEFAULT 0,
	next_none TEXT NOT NULL DEFAULT '', -- why there is no next date
	may_contact TEXT NOT NULL DEFAULT '',
	stop_contact INTEGER NOT NULL DEFAULT 0,
	contact_verified_at INTEGER NOT NULL DEFAULT 0,
	code_lists TEXT NOT NULL DEFAULT '', -- version of the lists the codes are of
	custody_ns TEXT NOT NULL,
	custody_seq INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;
CREATE INDEX case_file_code ON case_file (code);
CREATE INDEX case_file_person ON case_file (person)
	WHERE person IS NOT NULL;
CREATE TRIGGER case_file_no_delete BEFORE DELETE ON case_file
BEGIN SELECT RAISE(ABORT, 'a case is never deleted'); END;

-- Who works on a case beside its owner.
CREATE TABLE case_worker (
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
	user_uid BLOB NOT NULL,
	from_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;

-- A change of state: kind is "opened", "assign", "closed", "reopened",
-- "transfer", "custody".
CREATE TABLE case_event (
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
	at INTEGER NOT NULL,
	before TEXT NOT NULL DEFAULT '',
	after TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT '',
	words TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER case_event_no_update BEFORE UPDATE ON case_event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER case_event_no_delete BEFORE DELETE ON case_event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- A contact with somebody, with or without a case.
CREATE TABLE contact (
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
	channel TEXT NOT NULL DEFAULT '',
	place TEXT NOT NULL DEFAULT '',
	anonymous INTEGER NOT NULL DEFAULT 0,
	urgent INTEGER NOT NULL DEFAULT 0,
	wants TEXT NOT NULL DEFAULT '',
	information_given TEXT NOT NULL DEFAULT '',
	number_given TEXT NOT NULL DEFAULT '',
	language TEXT NOT NULL DEFAULT '',
	interpreter TEXT NOT NULL DEFAULT '',
	seen_alone TEXT NOT NULL DEFAULT '',
	limits_script TEXT NOT NULL DEFAULT '',
	code_lists TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER contact_no_update BEFORE UPDATE ON contact
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER contact_no_delete BEFORE DELETE ON contact
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- One answer of the safety triage of a contact.
CREATE TABLE triage (
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
	contact BLOB NOT NULL,
	item TEXT NOT NULL,
	state TEXT NOT NULL,
	action TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, contact, item)
) WITHOUT ROWID;
CREATE TRIGGER triage_no_update BEFORE UPDATE ON triage
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER triage_no_delete BEFORE DELETE ON triage
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- A dated snapshot of what was noticed or heard; catalogue is id:version.
CREATE TABLE screening (
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
	catalogue TEXT NOT NULL,
	list TEXT NOT NULL DEFAULT '',
	language TEXT NOT NULL DEFAULT '',
	interpreter TEXT NOT NULL DEFAULT '',
	seen_alone TEXT NOT NULL DEFAULT '',
	gate_open INTEGER NOT NULL,
	outcome TEXT NOT NULL,
	wants TEXT NOT NULL,
	note TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER screening_no_update BEFORE UPDATE ON screening
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER screening_no_delete BEFORE DELETE ON screening
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TABLE answer (
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
	screening BLOB NOT NULL,
	item TEXT NOT NULL,
	state TEXT NOT NULL,
	source TEXT NOT NULL DEFAULT '',
	note TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, screening, item)
) WITHOUT ROWID;
CREATE TRIGGER answer_no_update BEFORE UPDATE ON answer
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER answer_no_delete BEFORE DELETE ON answer
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- One decision: kind x recipient x purpose x scope.  A withdrawal is a new row.
-- That the limits of confidentiality were read is a row of kind "limits".
CREATE TABLE consent (
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
	supersedes BLOB,
	kind TEXT NOT NULL,
	recipient TEXT NOT NULL DEFAULT '',
	purpose TEXT NOT NULL DEFAULT '',
	scope INTEGER NOT NULL DEFAULT 0,
	withheld TEXT NOT NULL DEFAULT '',
	withheld_why TEXT NOT NULL DEFAULT '',
	decision TEXT NOT NULL,
	ask_again TEXT NOT NULL DEFAULT '',
	given_by TEXT NOT NULL DEFAULT '',
	given_by_why TEXT NOT NULL DEFAULT '',
	guardian TEXT NOT NULL DEFAULT '', -- is it safe to involve them?
	form TEXT NOT NULL DEFAULT '',
	evidence TEXT NOT NULL DEFAULT '',
	language TEXT NOT NULL DEFAULT '',
	script TEXT NOT NULL DEFAULT '',
	interpreter TEXT NOT NULL DEFAULT '',
	interpreter_code TEXT NOT NULL DEFAULT '',
	witness_code TEXT NOT NULL DEFAULT '',
	seen_alone TEXT NOT NULL DEFAULT '',
	understood INTEGER NOT NULL DEFAULT 0,
	given_at INTEGER NOT NULL,
	given_on TEXT NOT NULL DEFAULT '',
	until_at INTEGER NOT NULL DEFAULT 0,
	review_at INTEGER NOT NULL DEFAULT 0,
	withdrawn_how TEXT NOT NULL DEFAULT '',
	single_use INTEGER NOT NULL DEFAULT 0,
	code_lists TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER consent_no_update BEFORE UPDATE ON consent
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER consent_no_delete BEFORE DELETE ON consent
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- What left, to whom, under which consent.
CREATE TABLE disclosure (
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
	consent BLOB NOT NULL,
	at INTEGER NOT NULL,
	recipient TEXT NOT NULL,
	purpose TEXT NOT NULL,
	scope INTEGER NOT NULL,
	how TEXT NOT NULL DEFAULT '',
	code_lists TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER disclosure_no_update BEFORE UPDATE ON disclosure
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER disclosure_no_delete BEFORE DELETE ON disclosure
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- What is planned or was promised; state is "open", "done" or "missed".
CREATE TABLE followup_plan (
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
	what TEXT NOT NULL,
	words TEXT NOT NULL DEFAULT '',
	due INTEGER NOT NULL,
	due_on TEXT NOT NULL DEFAULT '',
	promised INTEGER NOT NULL DEFAULT 0,
	state TEXT NOT NULL DEFAULT 'open',
	done_at INTEGER NOT NULL DEFAULT 0,
	attempt BLOB,
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;

-- Trying to reach somebody, and how it went.
CREATE TABLE attempt (
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
	plan BLOB,
	at INTEGER NOT NULL,
	on_date TEXT NOT NULL DEFAULT '',
	corrects BLOB,
	channel TEXT NOT NULL DEFAULT '',
	outcome TEXT NOT NULL,
	safe TEXT NOT NULL DEFAULT '',
	words TEXT NOT NULL DEFAULT '',
	agreed TEXT NOT NULL DEFAULT '',
	new_risks TEXT NOT NULL DEFAULT '',
	risk TEXT NOT NULL DEFAULT '',
	risk_reason TEXT NOT NULL DEFAULT '',
	lost_contact INTEGER NOT NULL DEFAULT 0,
	lost_considered TEXT NOT NULL DEFAULT '',
	next_plan BLOB,
	next_none TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER attempt_no_update BEFORE UPDATE ON attempt
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER attempt_no_delete BEFORE DELETE ON attempt
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TABLE note (
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
	text TEXT NOT NULL,
	account INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER note_no_update BEFORE UPDATE ON note
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER note_no_delete BEFORE DELETE ON note
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TABLE flag (
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
	text TEXT NOT NULL,
	until_on TEXT NOT NULL DEFAULT '',
	resolved_at INTEGER NOT NULL DEFAULT 0,
	resolved_by BLOB,
	resolved_reason TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;

-- Every judgement of risk with its reason.
CREATE TABLE risk_history (
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
	risk TEXT NOT NULL,
	before TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL,
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER risk_history_no_update BEFORE UPDATE ON risk_history
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER risk_history_no_delete BEFORE DELETE ON risk_history
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
