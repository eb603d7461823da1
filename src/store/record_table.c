/* SPDX-License-Identifier: ISC */
#include "store/record_table.h"

static const struct rec_field case_file_fields[] = {
	{ "code", REC_TEXT, false },
	{ "person", REC_UID, false },
	{ "owner", REC_UID, true },
	{ "branch", REC_TEXT, true },
	{ "stage_hint", REC_TEXT, true },
	{ "opened_at", REC_INT, false },
	{ "opened_on", REC_TEXT, false },
	{ "closed_at", REC_INT, false },
	{ "closed_reason", REC_TEXT, false },
	{ "closed_words", REC_TEXT, false },
	{ "sealed", REC_BOOL, false },
	{ "urgent", REC_BOOL, true },
	{ "risk", REC_TEXT, true },
	{ "risk_first", REC_TEXT, false },
	{ "risk_reason", REC_TEXT, true },
	{ "risk_by", REC_UID, false },
	{ "risk_at", REC_INT, false },
	{ "language", REC_TEXT, true },
	{ "sex", REC_TEXT, true },
	{ "age_band", REC_TEXT, true },
	{ "may_be_child", REC_TEXT, true },
	{ "wants", REC_TEXT, true },
	{ "next", REC_TEXT, true },
	{ "next_due", REC_INT, true },
	{ "next_none", REC_TEXT, false },
	{ "may_contact", REC_TEXT, false },
	{ "stop_contact", REC_BOOL, false },
	{ "contact_verified_at", REC_INT, false },
	{ "contact_expires_at", REC_INT, false },
	{ "contact_word", REC_INT, false },
	{ "contact_max_attempts", REC_INT, false },
	{ "safety_plan_at", REC_INT, false },
	{ "code_lists", REC_TEXT, false },
	{ "of_age_from", REC_INT, false },
	/* Of vaults made before every date was a task: not written any more. */
	{ "deadline_at", REC_INT, false },
	{ "deadline_what", REC_TEXT, false },
	{ "custody_ns", REC_TEXT, false },
	{ "custody_seq", REC_INT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field followup_plan_fields[] = {
	{ "what", REC_TEXT, true },
	{ "words", REC_TEXT, true },
	{ "due", REC_INT, true },
	{ "due_on", REC_TEXT, true },
	{ "promised", REC_BOOL, true },
	{ "state", REC_TEXT, false },
	{ "done_at", REC_INT, false },
	{ "attempt", REC_UID, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field flag_fields[] = {
	{ "text", REC_TEXT, true },
	{ "until_on", REC_TEXT, true },
	{ "resolved_at", REC_INT, false },
	{ "resolved_by", REC_UID, false },
	{ "resolved_reason", REC_TEXT, false },
	{ "kind", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field case_worker_fields[] = {
	{ "user_uid", REC_UID, false },
	{ "from_at", REC_INT, false },
	{ "until_at", REC_INT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field colleague_fields[] = {
	{ "login", REC_TEXT, false },
	{ "name", REC_TEXT, true },
	{ "worker_code", REC_TEXT, false },
	{ "role", REC_TEXT, true },
	{ "branch", REC_TEXT, true },
	{ "disabled", REC_BOOL, true },
	{ "ssh_key", REC_TEXT, true },
	{ "language", REC_TEXT, true },
	{ "theme", REC_TEXT, true },
	{ "start", REC_TEXT, true },
	{ "last_sign_in", REC_INT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field task_fields[] = {
	{ "text", REC_TEXT, true },
	{ "due", REC_INT, true },
	{ "for_user", REC_UID, true },
	{ "done_at", REC_INT, false },
	{ "done_by", REC_UID, false },
	{ "done_words", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field handover_fields[] = {
	{ "branch", REC_TEXT, false },
	{ "case_uid", REC_UID, false },
	{ "text", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field request_fields[] = {
	{ "kind", REC_TEXT, false },
	{ "to_user", REC_UID, false },
	{ "to_branch", REC_TEXT, false },
	{ "to_ns", REC_TEXT, false },
	{ "reason", REC_TEXT, false },
	{ "words", REC_TEXT, false },
	{ "about", REC_UID, false },
	{ "other", REC_UID, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field request_line_fields[] = {
	{ "request", REC_UID, false },
	{ "item", REC_TEXT, false },
	{ "answer", REC_TEXT, false },
	{ "words", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field request_answer_fields[] = {
	{ "request", REC_UID, false },
	{ "answer", REC_TEXT, false },
	{ "words", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field case_event_fields[] = {
	{ "kind", REC_TEXT, false },
	{ "at", REC_INT, false },
	{ "before", REC_TEXT, false },
	{ "after", REC_TEXT, false },
	{ "reason", REC_TEXT, false },
	{ "words", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field contact_fields[] = {
	{ "at", REC_INT, false },
	{ "on_date", REC_TEXT, false },
	{ "corrects", REC_UID, false },
	{ "channel", REC_TEXT, false },
	{ "place", REC_TEXT, false },
	{ "anonymous", REC_BOOL, false },
	{ "urgent", REC_BOOL, false },
	{ "wants", REC_TEXT, false },
	{ "information_given", REC_TEXT, false },
	{ "number_given", REC_TEXT, false },
	{ "language", REC_TEXT, false },
	{ "interpreter", REC_TEXT, false },
	{ "seen_alone", REC_TEXT, false },
	{ "limits_script", REC_TEXT, false },
	{ "code_lists", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field triage_fields[] = {
	{ "contact", REC_UID, false },
	{ "item", REC_TEXT, false },
	{ "state", REC_TEXT, false },
	{ "action", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field screening_fields[] = {
	{ "at", REC_INT, false },
	{ "corrects", REC_UID, false },
	{ "catalogue", REC_TEXT, false },
	{ "list", REC_TEXT, false },
	{ "language", REC_TEXT, false },
	{ "interpreter", REC_TEXT, false },
	{ "seen_alone", REC_TEXT, false },
	{ "gate_open", REC_BOOL, false },
	{ "outcome", REC_TEXT, false },
	{ "wants", REC_TEXT, false },
	{ "note", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field answer_fields[] = {
	{ "screening", REC_UID, false },
	{ "item", REC_TEXT, false },
	{ "state", REC_TEXT, false },
	{ "source", REC_TEXT, false },
	{ "note", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field tried_fields[] = {
	{ "plan", REC_UID, false },
	{ "at", REC_INT, false },
	{ "on_date", REC_TEXT, false },
	{ "corrects", REC_UID, false },
	{ "channel", REC_TEXT, false },
	{ "outcome", REC_TEXT, false },
	{ "safe", REC_TEXT, false },
	{ "words", REC_TEXT, false },
	{ "agreed", REC_TEXT, false },
	{ "new_risks", REC_TEXT, false },
	{ "risk", REC_TEXT, false },
	{ "risk_reason", REC_TEXT, false },
	{ "lost_contact", REC_BOOL, false },
	{ "lost_considered", REC_TEXT, false },
	{ "next_plan", REC_UID, false },
	{ "next_none", REC_TEXT, false },
	{ "word_ok", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field note_fields[] = {
	{ "corrects", REC_UID, false },
	{ "kind", REC_TEXT, false },
	{ "text", REC_TEXT, false },
	{ "account", REC_BOOL, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field note_fact_fields[] = {
	{ "note", REC_UID, false },
	{ "source", REC_TEXT, false },
	{ "text", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field risk_history_fields[] = {
	{ "at", REC_INT, false },
	{ "risk", REC_TEXT, false },
	{ "before", REC_TEXT, false },
	{ "reason", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field child_fields[] = {
	{ "may_be_child", REC_TEXT, false },
	{ "age_basis", REC_TEXT, false },
	{ "age_decided_by", REC_TEXT, false },
	{ "safety_asked", REC_BOOL, false },
	{ "guardian", REC_TEXT, false },
	{ "informed", REC_TEXT, false },
	{ "informed_why", REC_TEXT, false },
	{ "route", REC_TEXT, false },
	{ "route_why", REC_TEXT, false },
	{ "trusted", REC_TEXT, false },
	{ "assent", REC_TEXT, false },
	{ "child_words", REC_TEXT, false },
	{ "of_age_reviewed", REC_BOOL, false },
	{ "review_on", REC_TEXT, false },
	{ "review_at", REC_INT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field best_interests_fields[] = {
	{ "outcome", REC_TEXT, false },
	{ "agency", REC_TEXT, false },
	{ "carried_out_on", REC_TEXT, false },
	{ "corrects", REC_UID, false },
	{ "kind", REC_TEXT, false },
	{ "reason", REC_TEXT, false },
	{ "options", REC_TEXT, false },
	{ "child_view", REC_TEXT, false },
	{ "decision", REC_TEXT, false },
	{ "accepted", REC_TEXT, false },
	{ "refused_why", REC_TEXT, false },
	{ "decided_by", REC_TEXT, false },
	{ "decided_on", REC_TEXT, false },
	{ "review_on", REC_TEXT, false },
	{ "review_at", REC_INT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field mechanism_fields[] = {
	{ "mechanism", REC_TEXT, false },
	{ "kind", REC_TEXT, false },
	{ "code", REC_TEXT, false },
	{ "on_date", REC_TEXT, false },
	{ "until_on", REC_TEXT, false },
	{ "words", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field duty_fields[] = {
	{ "duty", REC_TEXT, false },
	{ "kind", REC_TEXT, false },
	{ "of", REC_UID, false },
	{ "code", REC_TEXT, false },
	{ "at", REC_INT, false },
	{ "due", REC_INT, false },
	{ "words", REC_TEXT, false },
	{ "disclosure", REC_UID, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field link_fields[] = {
	{ "link", REC_UID, false },
	{ "other", REC_UID, false },
	{ "kind", REC_TEXT, false },
	{ "reason", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field group_fields[] = {
	{ "on_date", REC_TEXT, false },
	{ "area", REC_TEXT, false },
	{ "words", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field group_member_fields[] = {
	{ "event", REC_UID, false },
	{ "leaves", REC_UID, false },
	{ "reason", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field conflict_mark_fields[] = {
	{ "lifts", REC_UID, false },
	{ "who", REC_TEXT, false },
	{ "code", REC_TEXT, false },
	{ "reason", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field person_fields[] = {
	{ "name", REC_TEXT, true },
	{ "other_names", REC_TEXT, true },
	{ "birth", REC_TEXT, true },
	{ "birth_basis", REC_TEXT, true },
	{ "sex", REC_TEXT, true },
	{ "languages", REC_TEXT, true },
	{ "country", REC_TEXT, true },
	{ "phone", REC_TEXT, true },
	{ "address", REC_TEXT, true },
	{ "document", REC_TEXT, true },
	{ "code_lists", REC_TEXT, false },
	{ "custody_ns", REC_TEXT, false },
	{ "custody_seq", REC_INT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field safe_contact_fields[] = {
	{ "case_uid", REC_UID, false },
	{ "may_contact", REC_TEXT, false },
	{ "channel", REC_TEXT, false },
	{ "number", REC_TEXT, false },
	{ "whose", REC_TEXT, false },
	{ "who_else", REC_TEXT, false },
	{ "safe_times", REC_TEXT, false },
	{ "unsafe_times", REC_TEXT, false },
	{ "voicemail_ok", REC_BOOL, false },
	{ "text_ok", REC_BOOL, false },
	{ "say_red_cross", REC_BOOL, false },
	{ "cover_phrase", REC_TEXT, false },
	{ "their_word", REC_TEXT, false },
	{ "proof_word", REC_TEXT, false },
	{ "our_word", REC_TEXT, false },
	{ "language", REC_TEXT, false },
	{ "caller", REC_TEXT, false },
	{ "if_other_answers", REC_TEXT, false },
	{ "max_attempts", REC_INT, false },
	{ "verified_at", REC_INT, false },
	{ "stop", REC_BOOL, false },
	{ "stop_reason", REC_TEXT, false },
	{ "expires_at", REC_INT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field document_fields[] = {
	{ "case_uid", REC_UID, false },
	{ "corrects", REC_UID, false },
	{ "kind", REC_TEXT, false },
	{ "title", REC_TEXT, false },
	{ "on_date", REC_TEXT, false },
	{ "type", REC_TEXT, false },
	{ "source", REC_TEXT, false },
	{ "size", REC_INT, false },
	{ "hash", REC_TEXT, false },
	{ "removed_at", REC_INT, false },
	{ "removed_by", REC_UID, false },
	{ "removed_why", REC_TEXT, false },
	{ NULL, REC_TEXT, false },
};

static const struct rec_field document_chunk_fields[] = {
	{ "document", REC_UID, false },
	{ "n", REC_INT, false },
	{ "data", REC_BYTES, false },
	{ NULL, REC_TEXT, false },
};

const struct rec_table rec_tables[REC_TABLES] = {
	[REC_CASE] = { "case_file", DB_CASES, NULL, false, case_file_fields },
	[REC_PLAN] = { "followup_plan", DB_CASES, "case_uid", false,
	    followup_plan_fields },
	[REC_FLAG] = { "flag", DB_CASES, "case_uid", false, flag_fields },
	[REC_CASE_WORKER] = { "case_worker", DB_CASES, "case_uid", false,
	    case_worker_fields },
	[REC_USER] = { "colleague", DB_CASES, NULL, false, colleague_fields },
	[REC_TASK] = { "task", DB_CASES, "case_uid", false, task_fields },
	[REC_HANDOVER] = { "handover", DB_CASES, NULL, true, handover_fields },
	[REC_REQUEST] = { "request", DB_CASES, "case_uid", true,
	    request_fields },
	[REC_REQUEST_LINE] = { "request_line", DB_CASES, "case_uid", true,
	    request_line_fields },
	[REC_REQUEST_ANSWER] = { "request_answer", DB_CASES, "case_uid", true,
	    request_answer_fields },
	[REC_CASE_EVENT] = { "case_event", DB_CASES, "case_uid", true,
	    case_event_fields },
	[REC_CONTACT] = { "contact", DB_CASES, "case_uid", true,
	    contact_fields },
	[REC_TRIAGE] = { "triage", DB_CASES, "case_uid", true, triage_fields },
	[REC_CONTACT_STEP] = { "contact_step", DB_CASES, "case_uid", true,
	    contact_step_fields },
	[REC_SCREENING] = { "screening", DB_CASES, "case_uid", true,
	    screening_fields },
	[REC_ANSWER] = { "answer", DB_CASES, "case_uid", true, answer_fields },
	[REC_CONSENT] = { "consent", DB_CASES, "case_uid", true,
	    consent_fields },
	[REC_DISCLOSURE] = { "disclosure", DB_CASES, "case_uid", true,
	    disclosure_fields },
	[REC_DIRECTORY] = { "directory_log", DB_CASES, NULL, true,
	    directory_fields },
	[REC_REFERRAL] = { "referral", DB_CASES, "case_uid", false,
	    referral_record_fields },
	[REC_REFERRAL_ITEM] = { "referral_item", DB_CASES, "case_uid", true,
	    referral_item_fields },
	[REC_REFERRAL_EVENT] = { "referral_event", DB_CASES, "case_uid", true,
	    referral_event_fields },
	[REC_ACT] = { "release_act", DB_CASES, "case_uid", true, act_fields },
	[REC_ACT_EVENT] = { "release_act_event", DB_CASES, "case_uid", true,
	    act_event_fields },
	[REC_RECALL] = { "recall_event", DB_CASES, "case_uid", true,
	    recall_fields },
	[REC_ATTEMPT] = { "attempt", DB_CASES, "case_uid", true, tried_fields },
	[REC_NOTE] = { "note", DB_CASES, "case_uid", true, note_fields },
	[REC_NOTE_FACT] = { "note_fact", DB_CASES, "case_uid", true,
	    note_fact_fields },
	[REC_RISK] = { "risk_history", DB_CASES, "case_uid", true,
	    risk_history_fields },
	[REC_CHILD] = { "child_record", DB_CASES, "case_uid", true,
	    child_fields },
	[REC_BEST_INTERESTS] = { "best_interests", DB_CASES, "case_uid", true,
	    best_interests_fields },
	[REC_MECHANISM] = { "mechanism_event", DB_CASES, "case_uid", true,
	    mechanism_fields },
	[REC_DUTY] = { "duty_event", DB_CASES, "case_uid", true, duty_fields },
	[REC_GOAL] = { "goal", DB_CASES, "case_uid", false, goal_fields },
	[REC_PLAN_ACTION] = { "plan_action", DB_CASES, "case_uid", false,
	    plan_action_fields },
	[REC_ASSESSMENT] = { "assessment", DB_CASES, "case_uid", true,
	    assessment_fields },
	[REC_ASSESSMENT_ITEM] = { "assessment_item", DB_CASES, "case_uid", true,
	    assessment_item_fields },
	[REC_GOAL_PROGRESS] = { "goal_progress", DB_CASES, "case_uid", true,
	    goal_progress_fields },
	[REC_PLAN_REVIEW] = { "plan_review", DB_CASES, "case_uid", true,
	    plan_review_fields },
	[REC_SERVICE] = { "service", DB_CASES, "case_uid", true,
	    service_fields },
	[REC_LINK] = { "case_link", DB_CASES, "case_uid", true, link_fields },
	[REC_GROUP] = { "group_event", DB_CASES, NULL, true, group_fields },
	[REC_GROUP_MEMBER] = { "group_member", DB_CASES, "case_uid", true,
	    group_member_fields },
	[REC_CONFLICT_MARK] = { "conflict_mark", DB_CASES, "case_uid", true,
	    conflict_mark_fields },
	[REC_PERSON] = { "person", DB_IDENTITY, NULL, false, person_fields },
	[REC_SAFE_CONTACT] = { "safe_contact", DB_IDENTITY, "person", true,
	    safe_contact_fields },
	[REC_DOCUMENT] = { "document", DB_IDENTITY, "person", true,
	    document_fields },
	[REC_DOCUMENT_CHUNK] = { "document_chunk", DB_IDENTITY, "person", true,
	    document_chunk_fields },
	[REC_SAFETY_PLAN] = { "safety_plan", DB_IDENTITY, "person", true,
	    safety_plan_fields },
	[REC_SAFETY_PART] = { "safety_part", DB_IDENTITY, "person", true,
	    safety_part_fields },
};
