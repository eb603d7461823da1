/* SPDX-License-Identifier: ISC */
/*
 * Cases that belong together, people who were met together, and who has an
 * interest in a case.  The controller's enforcer may be among a group, so a
 * link shows only to who may open both cases (asked inside the transaction,
 * for each), linking takes a right of its own and a reason, and nothing is
 * ever linked by itself.  There is no register of those who exploit.
 */
#ifndef AMPARO_STORE_LINK_H
#define AMPARO_STORE_LINK_H

#include "store/case.h"

struct case_link {
	struct uid link; /* the same in both cases */
	struct uid other;
	char code[CODE_SIZE]; /* of the other */
	const char *reason, *by;
	int64_t at;
};
struct group_event {
	struct uid uid;
	struct fdate on;
	const char *area; /* as rough as it may stand in an office */
	const char *words;
	const char *by;
	/* Codes of those cases in it that may be opened by who asks, beside
	 * this one; others are not counted either. */
	const char **codes;
	size_t n_codes;
};
struct conflict_mark {
	struct uid uid, case_uid;
	const char *who; /* "staff", "interpreter", "provider" */
	const char *code; /* login, interpreter's code, organisation's id */
	const char *reason, *by;
	int64_t at;
};
struct links {
	struct case_link *list;
	size_t n;
	struct group_event *groups;
	size_t n_groups;
	struct conflict_mark *marks; /* for who may link; else none */
	size_t n_marks;
};
/* reason as case_open(). */
int links_open(struct session *, struct uid case_uid, const char *reason,
    struct arena *, struct links *, struct err *) MUST_USE;

/* Link two cases: PERM_LINK for both, and a reason in words.  code is what
 * people type; ERR_INPUT, ERR_NOT_FOUND (also where the other case may not be
 * opened: that it is there is not told). */
int link_add(struct session *, struct uid case_uid, struct uid link,
    const char *code, const char *reason, struct err *) MUST_USE;
/* PERM_LINK for both; ERR_INPUT without a reason, ERR_NOT_FOUND. */
int link_end(struct session *, struct uid case_uid, struct uid link,
    const char *reason, struct err *) MUST_USE;

/* An occasion, with this case in it; and this case into one that another case
 * (by code, as in link_add()) was met at: the newest of those. */
int group_add(struct session *, struct uid case_uid, const struct group_event *,
    struct err *) MUST_USE;
int group_join(struct session *, struct uid case_uid, struct uid member,
    const char *code, const char *reason, struct err *) MUST_USE;

/* This case out of an occasion that it does not belong to: leave is made by the
 * caller.  PERM_LINK; the reason is in the event and in the timeline, and the
 * other cases no longer show this one.  ERR_INPUT without a reason,
 * ERR_NOT_FOUND; out already is no failure. */
int group_leave(struct session *, struct uid case_uid, struct uid event,
    struct uid leave, const char *reason, struct err *) MUST_USE;

/* "Do not assign, do not refer": heeded by case_assign(), egress_check(),
 * act_decide(), request_answer() and consent_add() (an interpreter).  Where the
 * case's own worker is marked, whoever marked them has a task to find another.
 * A colleague who is marked is not shown that they are. */
int conflict_mark_add(
    struct session *, const struct conflict_mark *, struct err *) MUST_USE;
int conflict_mark_lift(struct session *, struct uid case_uid, struct uid mark,
    struct uid uid, const char *reason, struct err *) MUST_USE;

#endif
