/* SPDX-License-Identifier: ISC */
/*
 * What a second person is asked: to carry a yes behind the hard stop, or an
 * override where the person did not agree.  Asked by who works on the case,
 * agreed to by somebody else who may (PERM_AGREE), for one sending within a
 * day; an override is looked at again within a day.  No role stands in for it.
 */
#ifndef AMPARO_STORE_ACT_H
#define AMPARO_STORE_ACT_H

#include "rules/disclosure.h"
#include "store/session.h"

struct act {
	struct uid uid; /* made by the caller */
	struct uid case_uid;
	const char *reason; /* code of rules/disclosure.h */
	const char *recipient, *purpose;
	unsigned scope; /* set of enum data_scope */
	const char *words; /* the facts it rests on */
	const char *legal_ref; /* duty id, order number, "" */
	const char *told; /* "yes", "no": was the person told? */
	const char *told_why; /* why not */
	/* filled in when read */
	const char *by, *decided_by, *decided_words, *reviewed_by, *review;
	const char *decision; /* "", "agreed", "declined" */
	int64_t at, decided_at, reviewed_at, used_at, review_due; /* 0 not */
	bool already; /* told before it was recorded (store/told.h) */
	bool mine; /* asked by this person, who cannot be the second */
	const char *person; /* what they said to this recipient and purpose, as
			       it stands: a state of rules/consent.h, "" not
			       asked */
	bool reviewable; /* used or lapsed, and this person may look again */
};
struct acts {
	struct act *list; /* newest first */
	size_t n;
};
/* PERM_CASE_READ. */
int act_list(struct session *, struct uid case_uid, struct arena *,
    struct acts *, struct err *) MUST_USE;

/* Ask (PERM_REFER).  ERR_INPUT: what is missing, or that a yes alone is
 * enough, or that there is no yes to carry. */
int act_ask(struct session *, const struct act *, struct err *) MUST_USE;

/* Decide (PERM_AGREE).  ERR_INPUT for who asked; ERR_CONFLICT when somebody
 * decided already. */
int act_decide(struct session *, struct uid case_uid, struct uid act,
    struct uid event, bool agree, const char *words, struct err *) MUST_USE;

/* Look at an override again, once it was used or has lapsed (PERM_AGREE).  Not
 * who asked for it; not who agreed to it, where anybody else could. */
int act_review(struct session *, struct uid case_uid, struct uid act,
    struct uid event, const char *words, struct err *) MUST_USE;

#endif
