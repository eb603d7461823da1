/* SPDX-License-Identifier: ISC */
/*
 * What was noticed or heard, as a dated snapshot.  Never a verdict: there is
 * no number here, and none can be asked for.
 */
#ifndef AMPARO_STORE_SCREENING_H
#define AMPARO_STORE_SCREENING_H

#include "store/case.h"

struct answer {
	const char *item; /* id in its catalogue */
	const char *state; /* "not_raised", "not_seen", "some_sign",
			      "clear_sign", "prefers_not_say", "unclear" */
	const char *source; /* "person", "worker_saw", "third_party",
			       "document"; "" with not_raised */
	const char *note;
};
struct screening {
	struct uid uid; /* made by the caller */
	struct uid case_uid;
	const char *catalogue; /* "id:version" */
	const char *list; /* AL, AS, CL, CS for ilo09; "" */
	const char *language, *interpreter, *seen_alone;
	bool gate_open; /* rules/workflow.h ask-alone gate */
	const char *outcome; /* vocabulary of rules/workflow.h */
	const char *wants; /* what does the person want; required */
	const char *note;
	struct answer *answers; /* not_raised ones need not be there */
	size_t n_answers;
	const char *by;
	int64_t at;
};
struct screenings {
	struct screening *list; /* newest first; answers not filled in */
	size_t n;
};
/* PERM_CASE_READ. */
int screening_list(struct session *, struct uid case_uid, struct arena *,
    struct screenings *, struct err *) MUST_USE;
/* PERM_CASE_READ.  One with its answers: ERR_NOT_FOUND. */
int screening_open(struct session *, struct uid case_uid, struct uid,
    struct arena *, struct screening *, struct err *) MUST_USE;
/* PERM_SCREEN.  ERR_INPUT says what is missing or in no catalogue; a second
 * call with the same uid changes nothing, and is ERR_CONFLICT with other
 * answers. */
int screening_add(
    struct session *, const struct screening *, struct err *) MUST_USE;

#endif
