-- identity.db, part three: a sound and a year of birth together, so that a
-- first name and about how old somebody is find them among a million.  What
-- is written from now on has these keys already (person_inside.h, KEY_BORN).
-- Person by person, and put in order before they are written: at a million
-- people any other way lands on a page of its own each time.

INSERT INTO name_key (kind, text, person)
SELECT 9, k.text || ' ' || CAST(substr(p.birth, 1, 4) AS INTEGER), k.person
FROM person p CROSS JOIN name_key k
WHERE k.person = p.uid AND k.kind = 1 AND length(p.birth) >= 4
ORDER BY 2, 3;
