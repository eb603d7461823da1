-- cases.db, part thirteen: contacts that were kept alone, without a case
-- (contact.case_uid is sixteen zero bytes).  What was done about one later is
-- appended; contact_alone is worked out from both, so that a branch finds its
-- own, and what is urgent among them, without looking at anybody else's.

CREATE TABLE contact_step (
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
	kind TEXT NOT NULL, -- "done": the urgent steps; "case": it is part of one
	words TEXT NOT NULL DEFAULT '',
	into_case BLOB,
	PRIMARY KEY (case_uid, contact, uid)
) WITHOUT ROWID;
CREATE TRIGGER contact_step_no_update BEFORE UPDATE ON contact_step
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER contact_step_no_delete BEFORE DELETE ON contact_step
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TABLE contact_alone (
	branch TEXT NOT NULL, -- of whoever met the person
	uid BLOB NOT NULL CHECK (length(uid) = 16),
	made_by BLOB NOT NULL,
	waits INTEGER NOT NULL, -- urgent, and nobody said that it is done
	PRIMARY KEY (branch, uid)
) WITHOUT ROWID;
CREATE UNIQUE INDEX contact_alone_uid ON contact_alone (uid);
CREATE INDEX contact_alone_by ON contact_alone (made_by, uid);
CREATE INDEX contact_alone_waits ON contact_alone (branch, uid)
WHERE waits = 1;
CREATE INDEX contact_alone_waits_by ON contact_alone (made_by, uid)
WHERE waits = 1;
CREATE INDEX contact_alone_waits_all ON contact_alone (uid) WHERE waits = 1;

INSERT INTO contact_alone (branch, uid, made_by, waits)
SELECT coalesce((SELECT u.branch FROM colleague u WHERE u.uid = c.made_by),
	''), c.uid, c.made_by, c.urgent <> 0
FROM contact c WHERE c.case_uid = zeroblob(16);

CREATE TRIGGER contact_alone_kept AFTER INSERT ON contact
WHEN NEW.case_uid = zeroblob(16)
BEGIN
	INSERT INTO contact_alone (branch, uid, made_by, waits)
	VALUES (coalesce((SELECT branch FROM colleague
		WHERE uid = NEW.made_by), ''),
		NEW.uid, NEW.made_by, NEW.urgent <> 0);
END;
CREATE TRIGGER contact_alone_done AFTER INSERT ON contact_step
BEGIN
	UPDATE contact_alone SET waits = 0 WHERE uid = NEW.contact;
END;
