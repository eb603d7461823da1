/* SPDX-License-Identifier: ISC */
/* Columns of what the person agrees to and what leaves. */
#include "store/record_table.h"

const struct rec_field consent_fields[] = {
	{ "supersedes", REC_UID, false },
	{ "kind", REC_TEXT, false },
	{ "recipient", REC_TEXT, false },
	{ "purpose", REC_TEXT, false },
	{ "scope", REC_INT, false },
	{ "withheld", REC_TEXT, false },
	{ "withheld_why", REC_TEXT, false },
	{ "decision", REC_TEXT, false },
	{ "ask_again", REC_TEXT, false },
	{ "given_by", REC_TEXT, false },
	{ "given_by_why", REC_TEXT, false },
	{ "guardian", REC_TEXT, false },
	{ "form", REC_TEXT, false },
	{ "evidence", REC_TEXT, false },
	{ "language", REC_TEXT, false },
	{ "script", REC_TEXT, false },
	{ "interpreter", REC_TEXT, false },
	{ "interpreter_code", REC_TEXT, false },
	{ "witness_code", REC_TEXT, false },
	{ "seen_alone", REC_TEXT, false },
	{ "understood", REC_BOOL, false },
	{ "given_at", REC_INT, false },
	{ "given_on", REC_TEXT, false },
	{ "until_at", REC_INT, false },
	{ "review_at", REC_INT, false },
	{ "withdrawn_how", REC_TEXT, false },
	{ "single_use", REC_BOOL, false },
	{ "code_lists", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

const struct rec_field disclosure_fields[] = {
	{ "consent", REC_UID, false },
	{ "at", REC_INT, false },
	{ "recipient", REC_TEXT, false },
	{ "purpose", REC_TEXT, false },
	{ "scope", REC_INT, false },
	{ "how", REC_TEXT, false },
	{ "act", REC_UID, false },
	{ "referral", REC_UID, false },
	{ "code_lists", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

const struct rec_field directory_fields[] = {
	{ "recipient", REC_TEXT, false },
	{ "topic", REC_TEXT, false },
	{ "value", REC_TEXT, false },
	{ "at", REC_INT, false },
	{ "phone", REC_TEXT, false },
	{ "words", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

const struct rec_field referral_record_fields[] = {
	{ "recipient", REC_TEXT, false },
	{ "purpose", REC_TEXT, true },
	{ "mode", REC_TEXT, true },
	{ "priority", REC_TEXT, true },
	{ "reason", REC_TEXT, true },
	{ "asked", REC_TEXT, true },
	{ "given", REC_TEXT, true },
	{ "access", REC_TEXT, true },
	{ "restrictions", REC_TEXT, true },
	{ "risks", REC_TEXT, true },
	{ "tell_back", REC_TEXT, true },
	{ "copy_safe", REC_TEXT, true },
	{ "fields", REC_TEXT, true },
	{ "replaces", REC_UID, false },
	{ "state", REC_TEXT, false },
	{ "state_at", REC_INT, false },
	{ "chases", REC_INT, false },
	{ "settled", REC_BOOL, false },
	{ NULL, REC_TEXT, false },
};

/* Read by verify alone: cases-010 put it into referral.fields. */
const struct rec_field referral_item_fields[] = {
	{ "referral", REC_UID, false },
	{ "field", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

const struct rec_field referral_event_fields[] = {
	{ "referral", REC_UID, false },
	{ "at", REC_INT, false },
	{ "kind", REC_TEXT, false },
	{ "words", REC_TEXT, false },
	{ "disclosure", REC_UID, false },
	{ NULL, REC_TEXT, false },
};

const struct rec_field act_fields[] = {
	{ "reason", REC_TEXT, false },
	{ "consent", REC_UID, false },
	{ "recipient", REC_TEXT, false },
	{ "purpose", REC_TEXT, false },
	{ "scope", REC_INT, false },
	{ "words", REC_TEXT, false },
	{ "legal_ref", REC_TEXT, false },
	{ "told", REC_TEXT, false },
	{ "told_why", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

const struct rec_field act_event_fields[] = {
	{ "act", REC_UID, false },
	{ "at", REC_INT, false },
	{ "kind", REC_TEXT, false },
	{ "words", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

const struct rec_field recall_fields[] = {
	{ "recall", REC_UID, false },
	{ "recipient", REC_TEXT, false },
	{ "purpose", REC_TEXT, false },
	{ "at", REC_INT, false },
	{ "kind", REC_TEXT, false },
	{ "words", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};
