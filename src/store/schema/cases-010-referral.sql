-- cases.db, part ten: what a referral would tell can be changed until it is
-- sent, so it is a column of the referral: names of fields, comma separated.
-- referral_item keeps what was chosen before this part and gains no row more.

ALTER TABLE referral ADD COLUMN fields TEXT NOT NULL DEFAULT '';
UPDATE referral SET fields = coalesce((SELECT group_concat(i.field, ',')
FROM referral_item i WHERE i.case_uid = referral.case_uid
    AND i.referral = referral.uid), '');
