-- cases.db, part six: what waits to be done, and the change of shifts.

-- What somebody noted down to be done in a case.  for_user NULL: whoever has
-- the case when it is due.
CREATE TABLE task (
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
	due INTEGER NOT NULL,
	for_user BLOB,
	done_at INTEGER NOT NULL DEFAULT 0,
	done_by BLOB,
	done_words TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (case_uid, uid)
) WITHOUT ROWID;
CREATE TRIGGER task_no_delete BEFORE DELETE ON task
BEGIN SELECT RAISE(ABORT, 'a task is done, never deleted'); END;

-- From one shift to the next, for a branch.  case_uid NULL: about no case.
CREATE TABLE handover (
	uid BLOB NOT NULL PRIMARY KEY CHECK (length(uid) = 16),
	ns TEXT NOT NULL,
	origin_node BLOB NOT NULL,
	hlc INTEGER NOT NULL,
	rev INTEGER NOT NULL,
	schema_version INTEGER NOT NULL,
	deleted_hlc INTEGER NOT NULL DEFAULT 0,
	made_at INTEGER NOT NULL,
	made_by BLOB NOT NULL,
	branch TEXT NOT NULL,
	case_uid BLOB,
	text TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX handover_branch ON handover (branch, made_at);
CREATE TRIGGER handover_no_update BEFORE UPDATE ON handover
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER handover_no_delete BEFORE DELETE ON handover
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- Who has read which.
CREATE TABLE handover_read (
	user_uid BLOB NOT NULL,
	uid BLOB NOT NULL CHECK (length(uid) = 16),
	at INTEGER NOT NULL,
	PRIMARY KEY (user_uid, uid)
) WITHOUT ROWID;

-- Up to which event somebody has seen what changed on their cases.
CREATE TABLE looked (
	user_uid BLOB NOT NULL PRIMARY KEY CHECK (length(user_uid) = 16),
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL
) WITHOUT ROWID;

-- Every task that waits, by code and kind alone, worked out from the records
-- of the case at the end of every write to it (queue_write.h).  lane is whom
-- it waits for: a user's uid; "u:" and the branch where the case is nobody's;
-- "w:" and a user's uid for what that person decides; "s:" and a branch for
-- those who decide there.  object is the record behind it, 16 zero bytes for
-- the case itself.  due_day is the local day of due at the time of writing.
-- The index holds all that a list shows.
CREATE TABLE agenda (
	case_uid BLOB NOT NULL CHECK (length(case_uid) = 16),
	kind TEXT NOT NULL,
	object BLOB NOT NULL CHECK (length(object) = 16),
	lane BLOB NOT NULL,
	promised INTEGER NOT NULL,
	due INTEGER NOT NULL,
	due_day INTEGER NOT NULL,
	rank INTEGER NOT NULL,
	code TEXT NOT NULL,
	PRIMARY KEY (case_uid, kind, object)
) WITHOUT ROWID;
CREATE INDEX agenda_lane ON agenda (lane, promised, due, case_uid, kind,
	object, rank, code);

-- How many wait in a lane on a day.
CREATE TABLE agenda_tally (
	lane BLOB NOT NULL,
	promised INTEGER NOT NULL,
	day INTEGER NOT NULL,
	n INTEGER NOT NULL,
	PRIMARY KEY (lane, promised, day)
) WITHOUT ROWID;

CREATE TRIGGER agenda_counted AFTER INSERT ON agenda
BEGIN
	INSERT INTO agenda_tally (lane, promised, day, n)
	VALUES (NEW.lane, NEW.promised, NEW.due_day, 1)
	ON CONFLICT (lane, promised, day) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER agenda_uncounted AFTER DELETE ON agenda
BEGIN
	UPDATE agenda_tally SET n = n - 1
	WHERE lane = OLD.lane AND promised = OLD.promised
	    AND day = OLD.due_day;
	DELETE FROM agenda_tally
	WHERE lane = OLD.lane AND promised = OLD.promised
	    AND day = OLD.due_day AND n = 0;
END;
-- A row that changes is taken out and put in again, so that it is counted.
CREATE TRIGGER agenda_no_update BEFORE UPDATE ON agenda
BEGIN SELECT RAISE(ABORT, 'delete and insert'); END;
