-- cases.db, part eighteen: of a duty that was told, what left by it: a row of
-- disclosure of the same case.  NULL before this part, and where nothing was told.

ALTER TABLE duty_event ADD COLUMN disclosure BLOB;
