-- cases.db, part eight: how a colleague signs in.  ssh_key is the fingerprint
-- of the SSH key that is theirs alone; language is that of the interface.

ALTER TABLE colleague ADD COLUMN ssh_key TEXT NOT NULL DEFAULT '';
ALTER TABLE colleague ADD COLUMN language TEXT NOT NULL DEFAULT '';
