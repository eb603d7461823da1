/* SPDX-License-Identifier: ISC */
/*
 * A dated picture of what somebody needs, has and fears, with what they want
 * in their own words.  Append-only: things change and disclosure comes in
 * stages, so a new picture is a new row and the earlier ones stay.
 */
#ifndef AMPARO_STORE_ASSESSMENT_H
#define AMPARO_STORE_ASSESSMENT_H

#include "rules/plan.h"
#include "store/case.h"

/* What was not talked about has no item: it is never "none". */
struct assessment_item {
	const char *kind; /* "need", "strength", "risk" */
	const char *topic; /* a domain's id; else a code of rules/plan.h */
	const char *state; /* need_state of a need, else "" */
	const char *words;
};
struct assessment {
	struct uid uid; /* made by the caller */
	struct uid corrects; /* null: none */
	struct uid base; /* when written: the one it was filled from; null:
			    there was none */
	const char *wants; /* required: that is what comes next */
	const char *language, *interpreter, *seen_alone;
	struct assessment_item *items;
	size_t n_items;
	int64_t at; /* when read */
	const char *by; /* login, when read */
};
struct assessments {
	struct assessment *list; /* newest first */
	size_t n;
};

/*
 * PERM_PLAN.  ERR_INPUT says what is missing.  Where a colleague recorded a
 * later one than its base, answers that only one of the two changed are taken
 * from who changed them; where both did, nothing is written, ERR_CONFLICT, and
 * *conflicts (in the arena) has them, with the one to go on from.  Fields are
 * "wants", "strength.TOPIC", "need.DOMAIN" and "words.DOMAIN" (the state and
 * the words of a need), "risk.TOPIC".  A second call with the same uid changes
 * nothing.
 */
int assessment_add(struct session *, struct uid case_uid,
    const struct assessment *, struct arena *, struct conflicts *,
    struct err *) MUST_USE;
/* All of them with their items; PERM_CASE_READ. */
int assessment_list(struct session *, struct uid case_uid, struct arena *,
    struct assessments *, struct err *) MUST_USE;

/* One item; NULL when it was not talked about. */
const struct assessment_item *assessment_find(
    const struct assessment *, const char *kind, const char *topic);

#endif
