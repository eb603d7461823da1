-- cases.db, part eleven: what heeds the agreement about calling.  The words stay
-- in identity.db; here is only whether there are any: bit 1 a word that proves
-- that it is them, bit 2 one that says they cannot talk.  Cases from before
-- have none of the first, and are asked with the next agreement.

ALTER TABLE case_file ADD COLUMN contact_word INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_file ADD COLUMN contact_max_attempts
	INTEGER NOT NULL DEFAULT 0; -- 0: not said
-- "" somebody set it; "word", "danger": nobody calls until whoever approves
-- has looked.
ALTER TABLE flag ADD COLUMN kind TEXT NOT NULL DEFAULT '';
