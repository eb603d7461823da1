-- identity.db, part five: the word by which we know that it is them and that
-- they can talk.  their_word stays what it was asked for: what they say when
-- they cannot.

ALTER TABLE safe_contact ADD COLUMN proof_word TEXT NOT NULL DEFAULT '';
