-- cases.db, part fourteen: what a person chose for their own screens, beside the
-- language of part eight.  theme is a name of ui/theme.h; start is "today" or
-- "cases", what their session begins with.  Empty: the society's.

ALTER TABLE colleague ADD COLUMN theme TEXT NOT NULL DEFAULT '';
ALTER TABLE colleague ADD COLUMN start TEXT NOT NULL DEFAULT '';
