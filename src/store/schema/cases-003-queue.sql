-- cases.db, part three: what the lists show, and their counts.
--
-- One row a case, written by one function (queue_write.h) at the end of every
-- change.  It shows no identity.  lane is the owner's uid, or "u:" and the
-- branch for a case that is nobody's yet.  rank is the place of its risk in
-- the configuration (0 most urgent), 99 when not set; due_key is the due time,
-- or the largest integer when there is none, so that both sort as they are.
-- due_day is the local day of due at the time of writing.  Every index holds
-- all that a list shows in its order, so that a page is read from the index
-- alone; "changed" is in those ordered by it only, so that a plain note does
-- not rewrite the others.

CREATE TABLE queue (
	uid BLOB NOT NULL PRIMARY KEY CHECK (length(uid) = 16),
	open INTEGER NOT NULL,
	lane BLOB NOT NULL,
	branch TEXT NOT NULL,
	rank INTEGER NOT NULL,
	due_key INTEGER NOT NULL,
	due_day INTEGER, -- NULL: nothing due
	changed INTEGER NOT NULL,
	code TEXT NOT NULL,
	next TEXT NOT NULL,
	stage TEXT NOT NULL,
	flags INTEGER NOT NULL,
	promised INTEGER NOT NULL,
	worker TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX queue_lane_rank ON queue (lane, rank, due_key, uid, code, next,
	stage, flags, promised, worker, branch) WHERE open = 1;
CREATE INDEX queue_lane_due ON queue (lane, due_key, uid, rank, code, next,
	stage, flags, promised, worker, branch) WHERE open = 1;
CREATE INDEX queue_lane_changed ON queue (lane, open, changed, uid, rank,
	due_key, code, next, stage, flags, promised, worker, branch);
CREATE INDEX queue_branch_rank ON queue (branch, rank, due_key, uid, code,
	next, stage, flags, promised, worker, lane) WHERE open = 1;
CREATE INDEX queue_branch_due ON queue (branch, due_key, uid, rank, code,
	next, stage, flags, promised, worker, lane) WHERE open = 1;
CREATE INDEX queue_branch_changed ON queue (branch, open, changed, uid, rank,
	due_key, code, next, stage, flags, promised, worker, lane);

-- How many: what 1 is open cases, 2 closed ones (day 0 for both), 3 open ones
-- due on a local day.  lane as above, or "b:" and the branch.
CREATE TABLE tally (
	lane BLOB NOT NULL,
	what INTEGER NOT NULL,
	day INTEGER NOT NULL,
	n INTEGER NOT NULL,
	PRIMARY KEY (lane, what, day)
) WITHOUT ROWID;

CREATE TRIGGER queue_counted AFTER INSERT ON queue
BEGIN
	INSERT INTO tally (lane, what, day, n)
	VALUES (NEW.lane, CASE NEW.open WHEN 1 THEN 1 ELSE 2 END, 0, 1)
	ON CONFLICT (lane, what, day) DO UPDATE SET n = n + 1;
	INSERT INTO tally (lane, what, day, n)
	VALUES (CAST('b:' || NEW.branch AS BLOB),
	    CASE NEW.open WHEN 1 THEN 1 ELSE 2 END, 0, 1)
	ON CONFLICT (lane, what, day) DO UPDATE SET n = n + 1;
	INSERT INTO tally (lane, what, day, n)
	SELECT NEW.lane, 3, NEW.due_day, 1
	WHERE NEW.open = 1 AND NEW.due_day IS NOT NULL
	ON CONFLICT (lane, what, day) DO UPDATE SET n = n + 1;
	INSERT INTO tally (lane, what, day, n)
	SELECT CAST('b:' || NEW.branch AS BLOB), 3, NEW.due_day, 1
	WHERE NEW.open = 1 AND NEW.due_day IS NOT NULL
	ON CONFLICT (lane, what, day) DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER queue_uncounted AFTER DELETE ON queue
BEGIN
	UPDATE tally SET n = n - 1
	WHERE lane = OLD.lane AND day = 0
	    AND what = CASE OLD.open WHEN 1 THEN 1 ELSE 2 END;
	UPDATE tally SET n = n - 1
	WHERE lane = CAST('b:' || OLD.branch AS BLOB) AND day = 0
	    AND what = CASE OLD.open WHEN 1 THEN 1 ELSE 2 END;
	UPDATE tally SET n = n - 1
	WHERE lane = OLD.lane AND what = 3 AND day = OLD.due_day
	    AND OLD.open = 1;
	UPDATE tally SET n = n - 1
	WHERE lane = CAST('b:' || OLD.branch AS BLOB) AND what = 3
	    AND day = OLD.due_day AND OLD.open = 1;
	DELETE FROM tally WHERE n = 0 AND what = 3
	    AND day = OLD.due_day
	    AND lane IN (OLD.lane, CAST('b:' || OLD.branch AS BLOB));
END;

CREATE TRIGGER queue_recounted AFTER UPDATE OF open, lane, branch, due_day
ON queue
WHEN OLD.open <> NEW.open OR OLD.lane <> NEW.lane
	OR OLD.branch <> NEW.branch OR OLD.due_day IS NOT NEW.due_day
BEGIN
	UPDATE tally SET n = n - 1
	WHERE lane = OLD.lane AND day = 0
	    AND what = CASE OLD.open WHEN 1 THEN 1 ELSE 2 END;
	UPDATE tally SET n = n - 1
	WHERE lane = CAST('b:' || OLD.branch AS BLOB) AND day = 0
	    AND what = CASE OLD.open WHEN 1 THEN 1 ELSE 2 END;
	UPDATE tally SET n = n - 1
	WHERE lane = OLD.lane AND what = 3 AND day = OLD.due_day
	    AND OLD.open = 1;
	UPDATE tally SET n = n - 1
	WHERE lane = CAST('b:' || OLD.branch AS BLOB) AND what = 3
	    AND day = OLD.due_day AND OLD.open = 1;
	INSERT INTO tally (lane, what, day, n)
	VALUES (NEW.lane, CASE NEW.open WHEN 1 THEN 1 ELSE 2 END, 0, 1)
	ON CONFLICT (lane, what, day) DO UPDATE SET n = n + 1;
	INSERT INTO tally (lane, what, day, n)
	VALUES (CAST('b:' || NEW.branch AS BLOB),
	    CASE NEW.open WHEN 1 THEN 1 ELSE 2 END, 0, 1)
	ON CONFLICT (lane, what, day) DO UPDATE SET n = n + 1;
	INSERT INTO tally (lane, what, day, n)
	SELECT NEW.lane, 3, NEW.due_day, 1
	WHERE NEW.open = 1 AND NEW.due_day IS NOT NULL
	ON CONFLICT (lane, what, day) DO UPDATE SET n = n + 1;
	INSERT INTO tally (lane, what, day, n)
	SELECT CAST('b:' || NEW.branch AS BLOB), 3, NEW.due_day, 1
	WHERE NEW.open = 1 AND NEW.due_day IS NOT NULL
	ON CONFLICT (lane, what, day) DO UPDATE SET n = n + 1;
	DELETE FROM tally WHERE n = 0 AND what = 3
	    AND day = OLD.due_day
	    AND lane IN (OLD.lane, CAST('b:' || OLD.branch AS BLOB));
END;
