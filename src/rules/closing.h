/* SPDX-License-Identifier: ISC */
/*
 * What has to be thought of before a case closes (field guide 3.6), and how
 * long it is kept after.  Losing touch with somebody is a risk event and never
 * a tidy end: it can be chosen only after a set time and safe attempts, with
 * what may have happened to them considered.
 */
#ifndef AMPARO_RULES_CLOSING_H
#define AMPARO_RULES_CLOSING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "config/society.h"
#include "rules/tasks.h"

/* Where a society sets nothing (field guide 3.6 and 4.6). */
#define CLOSING_LOST_DAYS 30
#define CLOSING_LOST_ATTEMPTS 3 /* "after n safe attempts" */
#define CLOSING_CHECK_MONTHS 3 /* "one check ~3 mo", section 3.2 */
#define RETENTION_IDENTITY_MONTHS 12
#define RETENTION_FILE_MONTHS 72
#define RETENTION_CHILD_AGE 25

/* The checklist: answered "yes", "no" or "not_possible", the needs also
 * "no_contact", the safety plan also CLOSING_NONE_NEEDED; anything but yes with
 * an explanation. */
#define CLOSING_LINES(X)                                          \
	X(NEEDS, "needs") /* met as far as possible */            \
	X(SAFETY, "safety-plan") /* reviewed, and in place */     \
	X(PLAN, "plan") /* complete, follow-up finished */        \
	X(AGREED, "agreed") /* person and worker */               \
	X(TOLD, "told") /* they can come back any time */         \
	X(FEEDBACK, "feedback") /* offered by somebody else */    \
	X(LOST_HARM, "lost-harm") /* what may have happened */    \
	X(LOST_MISSING, "lost-missing") /* what they asked for */ \
	X(LOST_TOLD, "lost-told") /* who knows of it */
#define CLOSING_NONE_NEEDED "none_needed"
enum closing_line {
#define CLOSING_ENUM(id, name) CLOSING_##id,
	CLOSING_LINES(CLOSING_ENUM)
#undef CLOSING_ENUM
	    CLOSING_LINE_COUNT
};
/* Lines every closing has; those after it are of lost contact. */
#define CLOSING_ALWAYS CLOSING_LOST_HARM
const char *closing_line_name(enum closing_line);
/* Is it answered in words alone? */
bool closing_line_is_words(enum closing_line);
/* The name of what explains it: itself, where it is words alone. */
#define CLOSING_WORDS_SIZE 32
const char *closing_line_words(enum closing_line, char out[CLOSING_WORDS_SIZE]);

/* A date that a law or a mechanism set, and that runs whoever closes what. */
struct open_date {
	enum task_kind what;
	int64_t at; /* UTC ms */
};
#define OPEN_DATES_MAX 6 /* as many are kept, the earliest */

/* What is not finished in a case, as its records say: beside the answers. */
struct open_ends {
	struct open_date dates[OPEN_DATES_MAX]; /* the earliest first */
	int n_dates; /* how many of them */
	int goals; /* open ones */
	int referrals; /* nothing came of them yet */
	int follow_ups; /* planned */
	int promises; /* of those: what the person was told we would do */
	int64_t last_contact; /* or when the case was opened; UTC ms */
	int attempts_failed; /* safe ones, in a row, since then */
	/* The person took a yes back after the closing was asked for: what they
	 * agreed to then is not what they say now. */
	bool taken_back;
	/* They said that we may be in touch, and have not stopped it: who was
	 * never asked has not said so. */
	bool may_contact;
	int64_t
	    safety_plan_at; /* UTC ms: the newest one; 0: none was written */
};

struct closing_facts {
	const char *reason; /* code of society->reasons_closed */
	const char *answer[CLOSING_LINE_COUNT]; /* NULL or "": not answered */
	const char *words[CLOSING_LINE_COUNT];
	struct open_ends ends;
	bool taken_on; /* a transfer of the case was accepted elsewhere */
	bool check_after; /* CLOSING_CHECK_LINE was answered yes */
	int64_t now;
};
enum closing_problem {
	CLOSING_OK,
	CLOSING_NO_REASON, /* not one of the society's */
	CLOSING_BY_JOIN, /* a duplicate is joined, by two people */
	CLOSING_UNANSWERED, /* *line */
	CLOSING_UNEXPLAINED, /* *line */
	CLOSING_TOO_SOON, /* no contact, but not for long enough */
	CLOSING_NO_ATTEMPT, /* lost, but nobody tried often enough */
	CLOSING_NO_SAFETY_PLAN, /* reviewed, but none was ever written */
	CLOSING_HAS_SAFETY_PLAN, /* none needed, but there is one */
	CLOSING_NOTHING_READ, /* the wish for going missing stands in the plan,
				 and none was ever written */
	CLOSING_STILL_OPEN, /* the plan is not complete: the record says so */
	CLOSING_TAKEN_BACK, /* a yes, after this was asked for */
	CLOSING_NOT_TAKEN, /* handed over, but nobody said they have it */
	CLOSING_NO_CHECK /* asked after once, but it does not fit */
};
/* The reason of a case that went to others: it closes here when they said that
 * they take it on, so that it is never with nobody. */
#define CLOSING_TRANSFERRED "transferred"
/* The reason of losing touch, and no other: it alone has the lines of lost
 * contact, in the form as in the rule. */
#define CLOSING_LOST "lost_contact"
/* Is a reason the one of losing touch? */
bool closing_is_lost(const char *reason);
enum closing_problem closing_check(const struct society *,
    const struct closing_facts *, enum closing_line *line);
/* Beside the checklist: "yes" plans one check after the closing, which is for
 * who wants it and can be reached safely; nothing is asked of a no. */
#define CLOSING_CHECK_LINE "check-after"
/* May it be offered?  Not with a reason after which nobody can be asked or
 * others go on with them, and not to somebody whom we may not contact. */
bool closing_check_fits(const char *reason, const struct open_ends *);
/* The local day of it. */
int64_t closing_check_day(const struct society *, int64_t closed_at);
/* Days without contact before it can be said that there is none. */
int closing_lost_days(const struct society *);
/* Safe attempts that have to fail in that time. */
int closing_lost_attempts(const struct society *);

/*
 * The local days after which identity and file may go.  A child's are kept
 * until an age, by the latest day of birth that is possible; birth NULL or
 * unknown: both 0 (the date of birth decides).  Never before what holds for an
 * adult.
 */
void retention_days(const struct society *, int64_t closed_at, bool child,
    const struct fdate *birth, int64_t *identity, int64_t *file);
int retention_child_age(const struct society *);

#endif
