-- cases.db, part nineteen: the marks that were taken from organisations, by when:
-- whoever set one hears of it on Today, which is read again and again.

CREATE INDEX directory_log_lifted ON directory_log (at)
	WHERE (topic = 'status' AND value = 'active')
	OR (topic = 'conflict' AND value = 'no');
