/* SPDX-License-Identifier: ISC */
/*
 * The plan of a case: goals in the person's words, steps towards them, how far
 * each is, and when somebody looks at all of it again.  Goals and steps can be
 * changed, with the field history of record.h; progress and reviews are
 * appended.
 */
#ifndef AMPARO_STORE_PLAN_H
#define AMPARO_STORE_PLAN_H

#include "rules/plan.h"
#include "store/case.h"

struct goal {
	struct uid uid; /* made by the caller, so that a retry is no copy */
	int64_t rev;
	const char *words; /* what the person wants to reach, as they say it */
	const char *domain; /* of the configuration; "" */
	const char *agreed; /* rules/plan.h agreement */
	struct fdate target; /* by when they would like it */
	/* As it is now, from the newest progress: */
	const char *state; /* goal_state */
	const char *progress; /* its words */
	int64_t progress_at; /* 0: none recorded */
	int64_t made_at;
};
struct plan_action {
	struct uid uid, goal;
	int64_t rev;
	const char *what;
	const char *who; /* action_who */
	const char *who_words; /* which organisation, which worker's code */
	struct fdate due_on; /* as it was said */
	int64_t due; /* when read: the end of that day, UTC ms; 0 none */
	const char *agreed;
	const char *state; /* action_state; "" when added: open */
	const char *outcome;
	int64_t done_at;
};
struct goal_progress {
	struct uid uid, goal;
	const char *state; /* in_progress, met, set_aside */
	const char *words;
};
struct plan_review {
	struct uid uid;
	int64_t at; /* 0 when read: never gone through */
	const char *agreed; /* the whole plan */
	const char *copy_safe; /* is a copy safe to hold? */
	bool copy_given;
	const char *words; /* what the person says about it */
	struct fdate review_on; /* look again by then; unknown: the level's
				   time */
	int64_t review_at; /* when read: the end of that day; 0 */
	const char *by; /* login, when read */
};
struct plan {
	struct goal *goals; /* open ones first, oldest first */
	size_t n_goals;
	struct plan_action *actions; /* of goals in order; open first, by due */
	size_t n_actions;
	struct plan_review review; /* the newest */
	struct plan_due due;
};

/* PERM_CASE_READ, with a reason where access wants one. */
int plan_open(struct session *, struct uid case_uid, struct arena *,
    struct plan *, struct err *) MUST_USE;

/* All PERM_PLAN.  ERR_INPUT says what is missing; a second call with the same
 * uid changes nothing. */
int goal_add(struct session *, struct uid case_uid, const struct goal *,
    struct err *) MUST_USE;
int plan_action_add(struct session *, struct uid case_uid,
    const struct plan_action *, struct err *) MUST_USE;
/* "Set aside" is the person's decision: its words say what they said. */
int goal_progress_add(struct session *, struct uid case_uid,
    const struct goal_progress *, struct err *) MUST_USE;
/* A copy is given only where it is safe to hold. */
int plan_review_add(struct session *, struct uid case_uid,
    const struct plan_review *, struct err *) MUST_USE;

/* As case_change(); fields "words", "domain", "agreed", "target_on" (ISO) of a
 * goal, "what", "who", "who_words", "due_on" (ISO), "agreed", "state",
 * "outcome" of a step. */
int goal_change(struct session *, struct uid case_uid, struct uid goal,
    int64_t *rev, const struct change *, size_t n, struct arena *,
    struct conflicts *, struct err *) MUST_USE;
int plan_action_change(struct session *, struct uid case_uid, struct uid action,
    int64_t *rev, const struct change *, size_t n, struct arena *,
    struct conflicts *, struct err *) MUST_USE;

#endif
