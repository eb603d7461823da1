/* SPDX-License-Identifier: ISC */
/*
 * What is recorded about somebody who is, or may be, a child: the age and
 * where it is known from, whether a guardian is safe and was told, who agrees,
 * what the child says, and best-interests decisions.  Append-only: the newest
 * record stands.  No name is written here; "trusted" and "decided by" say
 * what somebody is.
 */
#ifndef AMPARO_STORE_CHILD_H
#define AMPARO_STORE_CHILD_H

#include "rules/child.h"
#include "store/case.h"

struct child_record {
	struct uid uid; /* made by the caller, so that a retry is no copy */
	struct uid case_uid;
	const char *may_be_child; /* "yes", "no", "unsure" */
	const char *age_basis; /* "document", "stated", "estimated",
				  "disputed"; "" not known */
	const char *age_decided_by; /* the competent authority, and when */
	bool safety_asked; /* the child, alone, before the guardian */
	const char *guardian; /* as in struct consent */
	const char *informed; /* "yes", "no", "" */
	const char *informed_why;
	const char *route; /* "caregiver", "best_interests", "" */
	const char *route_why, *trusted;
	const char *assent; /* "yes", "no", "not_able", "not_asked",
			       "could_not" (with review_on), "" */
	const char *child_words;
	/* They came of age, and every consent was gone through with them. */
	bool of_age_reviewed;
	struct fdate review_on;
	/* filled in when read */
	const char *by;
	int64_t at;
};
struct best_interests {
	struct uid uid, case_uid, corrects;
	const char *kind; /* "bia", "bid" */
	const char *reason, *options, *child_view, *decision;
	const char *accepted; /* by the child: "yes", "part", "no",
				 "not_able", "could_not" (be asked) */
	const char *refused_why, *decided_by;
	const char *outcome; /* child_outcome; of a determination, else "" */
	const char *agency; /* who carries it out, by what they are; "" us */
	struct fdate decided_on, review_on;
	struct fdate carried_out_on; /* or is to be; unknown: not said */
	/* filled in when read */
	const char *by;
	int64_t at;
};
struct child_file {
	int64_t rev; /* of the case */
	bool recorded; /* record is there */
	struct child_record record; /* the one that stands */
	const char *may_be_child; /* as the case has it */
	int64_t of_age_from; /* child_of_age_from(), as it was recorded */
	/* Who must agree now, by the configured bands and this guardian. */
	struct consent_age age;
	struct consent_who who;
	struct best_interests *decisions; /* newest first */
	size_t n_decisions;
};
/* PERM_CASE_READ. */
int child_open(struct session *, struct uid case_uid, struct arena *,
    struct child_file *, struct err *) MUST_USE;

/*
 * ERR_INPUT says what is missing, by child_check().
 *
 * Where a colleague recorded another one since, or changed in the case whether
 * this may be a child, what only one of them changed is taken from who changed
 * it, and *conflicts (in the arena) lists what they changed; what both changed,
 * or what together would say half of something, is asked: ERR_CONFLICT, and
 * nothing is written.  A child, or a guardian who may not be safe, never gives
 * way unasked.  Field names are those of struct child_record.
 */
int child_set(struct session *, const struct basis *,
    const struct child_record *, struct arena *, struct conflicts *,
    struct err *) MUST_USE;

/* A formal determination says what it comes to and names who sat together, an
 * assessment comes to nothing; a no of the child says why; a review date is
 * asked for where the child said no or could not be asked, and is never before the decision, which
 * lies behind us. */
int best_interests_add(
    struct session *, const struct best_interests *, struct err *) MUST_USE;

#endif
