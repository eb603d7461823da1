/* SPDX-License-Identifier: ISC */
/*
 * Children, and who may be one: what has to be known before a guardian is
 * believed, and when somebody comes of age.
 *
 * Sources: inter-agency guidance on caring for child survivors and UNHCR's
 * Best Interests Procedure (assent for all who can express a view; no consent
 * of a guardian who may be the harm, is not there, or cannot safely be told);
 * a person whose age is uncertain is presumed a child until the competent
 * authority says otherwise, and a National Society assesses no age.
 */
#ifndef AMPARO_RULES_CHILD_H
#define AMPARO_RULES_CHILD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "rules/consent.h"

enum age_basis {
	BASIS_UNKNOWN,
	BASIS_DOCUMENT,
	BASIS_STATED,
	BASIS_ESTIMATED,
	BASIS_DISPUTED
};
int age_basis_from_name(const char *); /* "" is BASIS_UNKNOWN; -1: none */

enum child_informed { INFORMED_NOT_SAID, INFORMED_YES, INFORMED_NO };
enum child_route { ROUTE_NONE, ROUTE_CAREGIVER, ROUTE_BEST_INTERESTS };
enum child_assent {
	ASSENT_NOT_SAID,
	ASSENT_YES,
	ASSENT_NO,
	ASSENT_NOT_ABLE, /* too young or not well enough to say */
	ASSENT_NOT_ASKED, /* nobody tried yet */
	ASSENT_COULD_NOT /* tried: not reached, not safe, no interpreter */
};

/* What a best-interests determination comes to (field guide 3.5). */
#define CHILD_OUTCOMES(X)                                                \
	X(STAY, "stay") /* here, and go on with life here */             \
	X(CARE, "care") /* who looks after them stays or changes */      \
	X(FAMILY, "family") /* with their family again */                \
	X(RETURN, "return") /* to their country, willingly and safely */ \
	X(ELSEWHERE, "elsewhere") /* to a third country */               \
	X(MEDICAL, "medical")                                            \
	X(OTHER, "other")
enum child_outcome {
#define OUTCOME_ENUM(id, name) CHILD_OUTCOME_##id,
	CHILD_OUTCOMES(OUTCOME_ENUM)
#undef OUTCOME_ENUM
	    CHILD_OUTCOME_COUNT
};
const char *child_outcome_name(enum child_outcome);
int child_outcome_from_name(const char *); /* -1: none */

struct child_facts {
	bool answered; /* yes, no or unsure was said at all */
	bool adult; /* the answer was no */
	enum age_basis basis;
	bool age_decided; /* the competent authority is named */
	/* The child was asked alone whether the guardian is safe, before the
	 * guardian was asked anything. */
	bool safety_asked;
	enum guardian_state guardian;
	enum child_informed informed;
	bool informed_words; /* why not, or what keeps the child safe */
	enum child_route route;
	bool route_words, trusted_named;
	enum child_assent assent;
	bool again_set; /* a day to look at all of this again */
};

/* What is still missing, in the order it is asked. */
#define CHILD_GAPS(X)                                                      \
	X(OK)                                                              \
	X(NO_ANSWER)                                                       \
	X(BASIS) /* yes or no without where that is known from */          \
	X(NOT_DECIDED) /* "adult" on an estimate, by no authority */       \
	X(SAFETY_FIRST) /* a guardian was judged before the child said */  \
	X(INFORMED) /* informed or not was not said */                     \
	X(INFORMED_WHY) /* not informed, and not why */                    \
	X(INFORMED_UNSAFE) /* told somebody unsafe: what protects now? */  \
	X(ROUTE) /* who agrees in the child's place was not said */        \
	X(ROUTE_CAREGIVER) /* by a guardian who is not known to be safe */ \
	X(ROUTE_WHY)                                                       \
	X(TRUSTED) /* best interests without a trusted adult or service */ \
	X(ASSENT)                                                          \
	X(ASSENT_AGAIN) /* could not be asked, and no day to try again */
enum child_gap {
#define CHILD_GAP_ENUM(id) CHILD_##id,
	CHILD_GAPS(CHILD_GAP_ENUM)
#undef CHILD_GAP_ENUM
	    CHILD_GAP_COUNT
};
enum child_gap child_check(const struct child_facts *);

/*
 * From when somebody is of age on every day their date of birth can mean, UTC
 * ms: the begin of a month, because this stands where the date of birth does
 * not, and of the next one, because in doubt they are a child (field guide 2.6).
 * 0: the date of birth is not known; CHILD_OF_AGE: by it they are of age today
 * already, so that no day waits.  today is a local day number.
 */
#define CHILD_OF_AGE (-1)
int64_t child_of_age_from(const struct fdate *birth, int age, int64_t today);
/*
 * By the date of birth they are a child, or may still be one, whatever else
 * was answered (field guide 2.6: in doubt a child).  of_age_from as above.
 */
bool child_by_birth(int64_t of_age_from, int64_t now);
/* How old they are at least, in whole years, while child_by_birth(): the
 * younger one in the month of a birthday.  -1: not by this. */
int child_age_by_birth(int64_t of_age_from, int age, int64_t now);
/* Can the birthday have been: from the month before that moment on. */
bool child_birthday_near(int64_t of_age_from, int64_t now);

#endif
