/* SPDX-License-Identifier: ISC */
/*
 * The safety plan: in the person's words, in identity.db under its own key,
 * opened on purpose with a reason.  Every saving is a new version and the
 * earlier ones stay.  Nothing here prints, exports or counts it; cases.db
 * knows only since when there is one.
 */
#ifndef AMPARO_STORE_SAFETY_H
#define AMPARO_STORE_SAFETY_H

#include "rules/safety.h"
#include "store/case.h"

struct safety_part {
	const char *part; /* code of rules/safety.h */
	const char *words;
};
struct safety_plan {
	struct uid uid; /* made by the caller */
	struct uid base; /* when written: the version it was filled from; null:
			    there was none */
	struct safety_part *parts; /* those that were talked about */
	size_t n_parts;
	const char *complete; /* "yes", "no", "" */
	const char *copy_safe; /* "yes", "no", "unsure": to hold a copy */
	const char *language;
	int minutes; /* it took; 0 not said */
	/* When read: */
	int64_t at;
	const char *by; /* login */
	int version, versions; /* from 1 */
};

/*
 * Write a new version (PERM_SAFETY_WRITE).  A second call with the same uid
 * changes nothing.  ERR_INPUT: nothing was written down, or an unknown part.
 * Where a colleague wrote a later version than its base, words that only one of
 * the two changed are taken from who changed them; where both did nothing is
 * written, ERR_CONFLICT, and *conflicts (in the arena) has them, with the
 * version to go on from.
 */
int safety_plan_add(struct session *, struct uid case_uid,
    const struct safety_plan *, struct arena *, struct conflicts *,
    struct err *) MUST_USE;
/*
 * The newest version, or the one so many before it.  PERM_SAFETY_READ; reason
 * as of person_open().  The event is in identity.db's own chain
 * before anything is returned.  ERR_NOT_FOUND: there is none.
 */
int safety_plan_open(struct session *, struct uid case_uid, const char *reason,
    int before, struct arena *, struct safety_plan *, struct err *) MUST_USE;

/* The words of a part; "" when it was not talked about. */
const char *safety_plan_words(const struct safety_plan *, const char *part);

#endif
