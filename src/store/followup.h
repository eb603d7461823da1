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
	const char *word; /* their safe word: "yes" right, "no" wrong or not
			     said, "danger" the one for it, "" not asked */
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
	/* "open", "done", "missed"; "tried": an attempt nothing was planned
	 * for, or a further one at the same plan; its what is "" */
	const char *what, *words, *state;
	int64_t due, made_at, done_at;
	int64_t sooner; /* the level of risk asks for it then; 0: not */
	bool promised, overdue;
	const char *outcome, *channel, *word, *agreed, *by; /* its attempt's */
};
struct followups {
	struct followup *list; /* open ones by due date, then done, newest
				  first */
	size_t n;
	int64_t by_level; /* a follow-up is due then, before any that was
			planned, by the level of risk; 0: not */
	int failed_in_a_row; /* attempts since the last contact */
	bool no_contact; /* the summary says no, or stop */
	bool stale; /* it is old or its time is over: verify before use */
	/* Why nobody calls before whoever approves has looked (code of
	 * rules/contact_rule.h), since when; "" and 0: nothing does. */
	const char *held;
	int64_t held_at;
	struct uid held_flag, held_case; /* this one, or another code of the
					     same person */
	int unanswered, most; /* attempts since they were in touch; agreed, 0
				 not said */
	bool spent; /* as many as were agreed */
	unsigned words; /* agreed: bits of rules/contact_rule.h */
};
/* PERM_CASE_READ. */
int followup_list(struct session *, struct uid case_uid, struct arena *,
    struct followups *, struct err *) MUST_USE;
/* PERM_FOLLOW_UP.  ERR_INPUT: nothing that is next was chosen, or no day; a
 * second call with the same uid changes nothing. */
int followup_plan_add(struct session *, struct uid case_uid,
    const struct followup_plan *, struct err *) MUST_USE;
/*
 * Records the attempt, closes its plan, makes the next one, changes the risk
 * and, where said, stops all contact: in one transaction.  Where a safe word
 * is agreed and somebody was spoken to, ERR_INPUT until it was said whether it
 * was right; by contact_hold() of rules/contact_rule.h it also sets the flag
 * that nobody calls before whoever approves has looked.
 */
int followup_attempt(
    struct session *, const struct attempt *, struct err *) MUST_USE;
/*
 * Somebody who approves looked (PERM_APPROVE, on a closed case, too): the flag
 * comes down and words are counted anew.  stop: nobody calls again until
 * something new is agreed with the person.  ERR_INPUT: no reason; that another
 * colleague was first is fine.
 */
int contact_looked(struct session *, struct uid case_uid, struct uid flag,
    bool stop, const char *reason, struct err *) MUST_USE;

#endif
