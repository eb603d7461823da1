/* SPDX-License-Identifier: ISC */
/*
 * Consent: what a person allowed, to whom, for what, until when.  Everything
 * that is not a yes in force is a no.  Whether something may leave is decided
 * in one place, egress_check() of rules/disclosure.h, which stands on this.
 *
 * Rows are append-only; these functions find out what stands.  Strings are
 * ids from the configuration, never NULL, and stay the caller's.
 */
#ifndef AMPARO_RULES_CONSENT_H
#define AMPARO_RULES_CONSENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/id.h"
#include "config/society.h"

/* What a release can cover; a set is the sum of 1 << DATA_.... */
#define DATA_SCOPES(X)          \
	X(NAME, "name")         \
	X(CONTACT, "contact")   \
	X(LOCATION, "location") \
	X(NEEDS, "needs")       \
	X(HEALTH, "health")     \
	X(ACCOUNT, "account")   \
	X(CHILDREN, "children") \
	X(DOCUMENTS, "documents")
enum data_scope {
#define DATA_ENUM(id, name) DATA_##id,
	DATA_SCOPES(DATA_ENUM)
#undef DATA_ENUM
	    DATA_COUNT
};
const char *data_scope_name(enum data_scope);
/* -1 when the name is unknown. */
int data_scope_from_name(const char *);
/* The set with one scope in it. */
unsigned data_scope_bit(enum data_scope);

/* What the person said.  "part": yes, to a part of what was asked. */
#define CONSENT_DECISIONS(X)  \
	X(NOT_ASKED, "")      \
	X(YES, "yes")         \
	X(PART, "part")       \
	X(NOT_NOW, "not_now") \
	X(NO, "no")           \
	X(WITHDRAWN, "withdrawn")
enum consent_decision {
#define DECISION_ENUM(id, name) CONSENT_##id,
	CONSENT_DECISIONS(DECISION_ENUM)
#undef DECISION_ENUM
	    CONSENT_DECISION_COUNT
};
const char *consent_decision_name(enum consent_decision);
int consent_decision_from_name(const char *); /* -1 unknown */
/* A yes, to all or to a part of what was asked. */
bool consent_decision_is_yes(enum consent_decision);
/* The same of its name; false for a name that is none. */
bool consent_is_yes(const char *decision);

/* How it stands now. */
#define CONSENT_STATES(X)                      \
	X(NONE, "")                            \
	X(GIVEN, "given")                      \
	X(REFUSED, "refused")                  \
	X(NOT_NOW, "not_now")                  \
	X(EXPIRED, "expired")                  \
	X(USED, "used") /* was for one time */ \
	X(WITHDRAWN, "withdrawn")              \
	X(REPLACED, "replaced") /* a later row says what stands */
enum consent_state {
#define STATE_ENUM(id, name) CONSENT_IS_##id,
	CONSENT_STATES(STATE_ENUM)
#undef STATE_ENUM
	    CONSENT_STATE_COUNT
};
const char *consent_state_name(enum consent_state);

/* Is it known to be safe to involve whoever cares for a child? */
enum guardian_state {
	GUARDIAN_UNKNOWN, /* not asked: treated as not safe */
	GUARDIAN_SAFE,
	GUARDIAN_CONCERN, /* may be part of the harm */
	GUARDIAN_UNAVAILABLE,
	GUARDIAN_UNSAFE_TO_TELL
};
/* "safe", "concern", ...; anything else is not known. */
enum guardian_state guardian_from_name(const char *);

/* May we bring it up again after a no?  The person's own answer. */
enum ask_again { ASK_AGAIN_NO, ASK_AGAIN_YES, ASK_AGAIN_FROM };

/* One recorded row, of any kind. */
struct release {
	struct uid uid, supersedes; /* supersedes null: none */
	const char *kind; /* "release", "work_together", ... */
	const char *recipient, *purpose; /* "" where none */
	unsigned scope; /* set of enum data_scope */
	enum consent_decision decision;
	int64_t given_at; /* when the person said so, UTC ms */
	int64_t until; /* within the last day it holds; 0: by default */
	bool single_use;
	int64_t used_at; /* first sending under it; 0: not used */
	int64_t met_at; /* its purpose was met: a referral that went by consent
			   to this recipient for it is complete; 0: not */
	enum ask_again ask;
	int64_t ask_from; /* with ASK_AGAIN_FROM */
	/* Who gave it, as consent_missing() wants it; NULL is nobody. */
	const char *given_by, *given_by_why;
	enum guardian_state guardian; /* as it was known then */
};

/*
 * A release ends when its purpose is met (met_at) or after these days,
 * whichever is first; a longer date does not make it longer.  Its last day is
 * a whole one, of the society's zone, as people read a date.  Practice of privilege-bound
 * services (NNEDV: time-limited, one release a recipient), default ours.
 */
#define RELEASE_DAYS 90
/* Days before the end when a review becomes a task. */
#define RELEASE_HEADS_UP_DAYS 14

/*
 * When a row stops holding: 23:59 of its last day, all of which it holds, for
 * kind "release" never later than RELEASE_DAYS after the day it was given; or
 * when its purpose was met.  Other kinds may have no end (INT64_MAX).
 */
int64_t consent_ends(const struct release *);

/* The state of one row by itself.  A yes dated after now does not hold yet
 * and is CONSENT_IS_NONE. */
enum consent_state consent_state(const struct release *, int64_t now);

/*
 * Which rows stand: for each (kind, recipient, purpose) the latest row that
 * no other row supersedes.  At the same instant the more careful one wins
 * (withdrawn, no, not now, then yes); where two rows supersede the same one,
 * written without knowing of each other, a withdrawal beats a yes whatever
 * its time.  out has room for n pointers into rows; returns how many.
 */
size_t consent_effective(
    const struct release *rows, size_t n, const struct release **out);

/* As consent_state(), and CONSENT_IS_REPLACED where row is not one of the
 * effective ones of rows. */
enum consent_state consent_state_among(const struct release *rows, size_t n,
    const struct release *row, int64_t now);

/* The row that stands for exactly this recipient and purpose, whatever it
 * says; NULL: nobody asked, or no recipient or purpose is named. */
const struct release *release_standing(const struct release *rows, size_t n,
    const char *recipient, const char *purpose);
/* The set of data that the row which stands lets go; for egress_check() alone,
 * which has more to ask. */
unsigned release_scopes(const struct release *rows, size_t n,
    const char *recipient, const char *purpose, int64_t now);

/*
 * Two codes of one person were joined: what stands for a recipient and purpose
 * in the case that goes on (mine) and in the other (theirs), and when they
 * became one.  The more careful one of them counts until the person is asked
 * again: a no there holds against an earlier yes here, a yes there is asked
 * anew here.  Either may be NULL.  *scope: of a yes of mine, what both allow.
 */
const struct release *release_joined(const struct release *mine,
    const struct release *theirs, int64_t joined_at, int64_t now,
    unsigned *scope);
/*
 * What counts of a row of mine, of any kind, for whoever looks: the row itself,
 * or what was said of the same under the other code.  *scope: as above, of what
 * counts.
 */
const struct release *consent_counts(const struct release *rows, size_t n,
    const struct release *row, const struct release *theirs, size_t n_theirs,
    int64_t joined_at, int64_t now, unsigned *scope);
/* Stands a row of the other code, of which nothing was said here?  A yes of it
 * is asked anew: it lets nothing go. */
bool consent_only_theirs(const struct release *rows, size_t n,
    const struct release *theirs, size_t n_theirs, const struct release *row);

/* Does the effective row of a kind without recipient hold ("statistics")? */
bool consent_holds(
    const struct release *rows, size_t n, const char *kind, int64_t now);

/* True when asking (again) is all right.  A yes may always be renewed. */
bool consent_may_ask_again(const struct release *, int64_t now);

/* Is a yes about to end, so that reviewing it is due? */
bool consent_review_due(const struct release *, int64_t now);

/* To police, immigration, embassies and the national referral mechanism a yes
 * is for one time, whatever the kind of consent says. */
bool consent_single_use(enum recipient_kind);

/*
 * Who must agree, by age.  The bands come from the configuration;
 * consent_bands are the defaults of inter-agency GBV and child-protection
 * case management guidance (0-5, 6-11, 12-14, 15-17, 18 and over).
 */
extern const struct society_age_band consent_bands[5];

struct consent_age {
	int least, most; /* whole years as date_age(); -1, -1 unknown */
	bool may_be_child; /* somebody thinks so; undecided */
	enum guardian_state guardian;
	/* They came of age (child_of_age_from(), rules/child.h), and nobody
	 * went through their consents with them yet. */
	bool grown;
};

#define MUST_OWN 1u /* the person's own consent */
#define MUST_ASSENT 2u /* the child's willingness or assent */
#define MUST_CAREGIVER 4u
#define MUST_BEST_INTERESTS 8u /* trusted adult or authority; reason given */
#define MUST_THEMSELVES 16u /* the person's own, and nobody in their place */

struct consent_who {
	unsigned must; /* sum of MUST_... */
	bool as_child;
	enum age_rule rule;
};
/*
 * Who must give it.  Age not known, or possibly under the age of the last
 * band: a child until decided (the youngest possible age where there is one,
 * else the oldest child band).  Where the guardian is not known to be safe,
 * the best-interests route takes the caregiver's place, with a reason.  Once
 * they came of age, what others agreed to for them ends: they say it themselves
 * (as_child stays until somebody decides it).  n 0: the defaults.
 */
struct consent_who consent_who(
    const struct society_age_band *, size_t n, const struct consent_age *);

/* The part of who->must that "given_by" (a code of the record: "person",
 * "guardian", "both", "assent" (child assents, guardian consents),
 * "best_interests" (with the child's own say), "other") does not cover; why
 * is the reason that was written, needed for "best_interests" and "other".
 * "best_interests" covers something only where a guardian cannot be asked: an
 * adult's yes is their own (field-guide 2.6, harm 7).  0: complete. */
unsigned consent_missing(
    const struct consent_who *, const char *given_by, const char *why);
/*
 * Does a row carry a yes at the age there is now?  Whoever came of age since
 * agrees for themselves, and whoever may be a child after all is one; a
 * guardian found unsafe since carries nothing.  row NULL: no.
 */
bool consent_of_age(const struct society_age_band *, size_t n,
    const struct consent_age *now, const struct release *row);

#endif
