-- cases.db, part sixteen: what a best-interests decision comes to, as a code of
-- rules/child.h, who carries it out, and from when.

ALTER TABLE best_interests ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
ALTER TABLE best_interests ADD COLUMN agency TEXT NOT NULL DEFAULT '';
ALTER TABLE best_interests ADD COLUMN carried_out_on TEXT NOT NULL DEFAULT '';
