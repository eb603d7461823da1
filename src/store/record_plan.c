/* SPDX-License-Identifier: ISC */
/* Columns of assessments, plans, help and safety plans. */
#include "store/record_table.h"

const struct rec_field goal_fields[] = {
	{ "words", REC_TEXT, true },
	{ "domain", REC_TEXT, true },
	{ "agreed", REC_TEXT, true },
	{ "target_on", REC_TEXT, true },
	{ NULL, REC_TEXT, false },
};

const struct rec_field plan_action_fields[] = {
	{ "goal", REC_UID, false },
	{ "what", REC_TEXT, true },
	{ "who", REC_TEXT, true },
	{ "who_words", REC_TEXT, true },
	{ "due", REC_INT, false },
	{ "due_on", REC_TEXT, true },
	{ "agreed", REC_TEXT, true },
	{ "state", REC_TEXT, true },
	{ "done_at", REC_INT, false },
	{ "outcome", REC_TEXT, true },
	{ NULL, REC_TEXT, false },
};

const struct rec_field assessment_fields[] = {
	{ "at", REC_INT, false },
	{ "corrects", REC_UID, false },
	{ "wants", REC_TEXT, false },
	{ "language", REC_TEXT, false },
	{ "interpreter", REC_TEXT, false },
	{ "seen_alone", REC_TEXT, false },
	{ "code_lists", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

const struct rec_field assessment_item_fields[] = {
	{ "assessment", REC_UID, false },
	{ "kind", REC_TEXT, false },
	{ "topic", REC_TEXT, false },
	{ "state", REC_TEXT, false },
	{ "words", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

const struct rec_field goal_progress_fields[] = {
	{ "goal", REC_UID, false },
	{ "at", REC_INT, false },
	{ "state", REC_TEXT, false },
	{ "words", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

const struct rec_field plan_review_fields[] = {
	{ "at", REC_INT, false },
	{ "agreed", REC_TEXT, false },
	{ "copy_safe", REC_TEXT, false },
	{ "copy_given", REC_BOOL, false },
	{ "words", REC_TEXT, false },
	{ "review_at", REC_INT, false },
	{ "review_on", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

const struct rec_field service_fields[] = {
	{ "at", REC_INT, false },
	{ "on_date", REC_TEXT, false },
	{ "corrects", REC_UID, false },
	{ "follows", REC_UID, false },
	{ "goal", REC_UID, false },
	{ "service", REC_TEXT, false },
	{ "state", REC_TEXT, false },
	{ "due", REC_INT, false },
	{ "due_on", REC_TEXT, false },
	{ "amount", REC_TEXT, false },
	{ "controls", REC_TEXT, false },
	{ "sheet", REC_TEXT, false },
	{ "sheet_language", REC_TEXT, false },
	{ "sheet_version", REC_TEXT, false },
	{ "words", REC_TEXT, false },
	{ "code_lists", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

const struct rec_field safety_plan_fields[] = {
	{ "case_uid", REC_UID, false },
	{ "at", REC_INT, false },
	{ "complete", REC_TEXT, false },
	{ "minutes", REC_INT, false },
	{ "copy_safe", REC_TEXT, false },
	{ "language", REC_TEXT, false },
	{ "interpreter", REC_TEXT, false },
	{ "review_at", REC_INT, false },
	{ NULL, REC_TEXT, false },
};

const struct rec_field safety_part_fields[] = {
	{ "plan", REC_UID, false },
	{ "part", REC_TEXT, false },
	{ "words", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

/* What was done about a contact without a case. */
const struct rec_field contact_step_fields[] = {
	{ "contact", REC_UID, false },
	{ "kind", REC_TEXT, false },
	{ "words", REC_TEXT, false },
	{ "into_case", REC_UID, false },
	{ NULL, REC_TEXT, false },
};
