-- cases.db, part nine: counters of the minute something is due in (tally.what
-- 4, day the minute since 1970), so that "overdue" and "due this week" count
-- today's part from counters, too: at a million cases there are thousands of
-- rows due on one day.  Beside the triggers of part three.

INSERT INTO tally (lane, what, day, n)
SELECT lane, 4, due_key / 60000, count(*) FROM queue
WHERE open = 1 AND due_day IS NOT NULL GROUP BY 1, 3;
INSERT INTO tally (lane, what, day, n)
SELECT CAST('b:' || branch AS BLOB), 4, due_key / 60000, count(*) FROM queue
WHERE open = 1 AND due_day IS NOT NULL GROUP BY 1, 3;

CREATE TRIGGER queue_minute_counted AFTER INSERT ON queue
WHEN NEW.open = 1 AND NEW.due_day IS NOT NULL
BEGIN
	INSERT INTO tally (lane, what, day, n)
	VALUES (NEW.lane, 4, NEW.due_key / 60000, 1)
	ON CONFLICT (lane, what, day) DO UPDATE SET n = n + 1;
	INSERT INTO tally (lane, what, day, n)
	VALUES (CAST('b:' || NEW.branch AS BLOB), 4, NEW.due_key / 60000, 1)
	ON CONFLICT (lane, what, day) DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER queue_minute_uncounted AFTER DELETE ON queue
WHEN OLD.open = 1 AND OLD.due_day IS NOT NULL
BEGIN
	UPDATE tally SET n = n - 1
	WHERE lane IN (OLD.lane, CAST('b:' || OLD.branch AS BLOB))
	    AND what = 4 AND day = OLD.due_key / 60000;
	DELETE FROM tally
	WHERE lane IN (OLD.lane, CAST('b:' || OLD.branch AS BLOB))
	    AND what = 4 AND day = OLD.due_key / 60000 AND n = 0;
END;

CREATE TRIGGER queue_minute_recounted
AFTER UPDATE OF open, lane, branch, due_key, due_day ON queue
WHEN OLD.open <> NEW.open OR OLD.lane <> NEW.lane
	OR OLD.branch <> NEW.branch OR OLD.due_key <> NEW.due_key
	OR OLD.due_day IS NOT NEW.due_day
BEGIN
	UPDATE tally SET n = n - 1
	WHERE lane IN (OLD.lane, CAST('b:' || OLD.branch AS BLOB))
	    AND what = 4 AND day = OLD.due_key / 60000
	    AND OLD.open = 1 AND OLD.due_day IS NOT NULL;
	INSERT INTO tally (lane, what, day, n)
	SELECT NEW.lane, 4, NEW.due_key / 60000, 1
	WHERE NEW.open = 1 AND NEW.due_day IS NOT NULL
	ON CONFLICT (lane, what, day) DO UPDATE SET n = n + 1;
	INSERT INTO tally (lane, what, day, n)
	SELECT CAST('b:' || NEW.branch AS BLOB), 4, NEW.due_key / 60000, 1
	WHERE NEW.open = 1 AND NEW.due_day IS NOT NULL
	ON CONFLICT (lane, what, day) DO UPDATE SET n = n + 1;
	DELETE FROM tally
	WHERE lane IN (OLD.lane, CAST('b:' || OLD.branch AS BLOB))
	    AND what = 4 AND day = OLD.due_key / 60000 AND n = 0;
END;
