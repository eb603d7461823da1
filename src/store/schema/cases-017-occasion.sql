-- cases.db, part seventeen: whoever was put into an occasion by mistake is taken
-- out again by a row of its own; both say why.

ALTER TABLE group_member ADD COLUMN leaves BLOB; -- the row it takes away
ALTER TABLE group_member ADD COLUMN reason TEXT NOT NULL DEFAULT '';
