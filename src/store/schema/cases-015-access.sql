-- cases.db, part fifteen: what somebody needs to be able to come to where they
-- are referred to: an interpreter, access, who should be there.

ALTER TABLE referral ADD COLUMN access TEXT NOT NULL DEFAULT '';
