/* SPDX-License-Identifier: ISC */
/*
 * Following up: what is planned, what was promised, what was tried, what was
 * agreed.  A plan is open until an attempt with its outcome closes it.
 */
#ifndef AMPARO_STORE_FOLLOWUP_H
#define AMPARO_STORE_FOLLOWUP_H

#include "store/case.h"

struct followup_plan {
	struct uid uid; /* made by the caller */
	const char *what; /* next action code (rules/workflow.h) */
	const char *words; /* "" */
	int64_t due; /* UTC ms */
	bool promised; /* the person was told we would */
};
struct attempt {
	struct uid uid; /* made by the caller */
	struct uid case_uid;
	struct uid plan; /* null: not planned */
	int64_t at;
	const char *channel;
	const char *outcome; /* "reached_safe", "reached_could_not_talk",
				"other_answered", "no_answer",
				"do_not_try_again", "came", "did_not_come" */
	const char *safe; /* "yes", "no", "unsure", "" not asked */
	const char *words; /* facts, attributed */
	const char *agreed; /* what was agreed */
	const char *new_risks;
	int risk; /* index when it changes; -1 */
	const char *risk_reason;
	bool lost_contact; /* a risk event, never a tidy end */
	const char *lost_considered; /* required with lost_contact */
	const struct followup_plan *next; /* or */
	const char *next_none; /* why no next date */
};
struct followup {
	struct uid uid;
	const char *what, *words, *state; /* "open", "done", "missed" */
	int64_t due, made_at, done_at;
	bool promised, overdue;
	const char *outcome, *agreed, *by; /* of its attempt */
};
struct followups {
	struct followup *list; /* open ones by due date, then done, newest
				  first */
	size_t n;
	int failed_in_a_row; /* attempts since the last contact */
	bool no_contact; /* the summary says no, or stop */
	bool stale; /* it is old or its time is over: verify before use */
};
int followup_list(struct session *, struct uid case_uid, struct arena *,
    struct followups *, struct err *) MUST_USE;
int followup_plan_add(struct session *, struct uid case_uid,
    const struct followup_plan *, struct err *) MUST_USE;
/* Records the attempt, closes its plan, makes the next one, changes the risk
 * and, where said, stops all contact: in one transaction. */
int followup_attempt(
    struct session *, const struct attempt *, struct err *) MUST_USE;

#endif
