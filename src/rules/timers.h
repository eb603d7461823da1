/* SPDX-License-Identifier: ISC */
/*
 * When things are due.  Risk levels and figures come from the configuration;
 * the present comes from the caller.  Days are days of the society's zone
 * (clock_zone()).
 */
#ifndef AMPARO_RULES_TIMERS_H
#define AMPARO_RULES_TIMERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "config/society.h"

enum timer {
	TIMER_FIRST_RESPONSE,
	TIMER_ASSESSMENT,
	TIMER_FOLLOW_UP,
	TIMER_REVIEW
};

/* weekend: bit 0 is Sunday; all seven set counts as none.  Holidays in any
 * order; NULL when n is 0. */
struct work_calendar {
	unsigned weekend;
	const struct holiday *holidays;
	size_t n;
};

bool work_day(const struct work_calendar *, int64_t day);

/* An instant and a span: so many hours on, nights and holidays included; or
 * 23:59 of the last of so many days or working days (0: the same day, or the
 * next working day when it is none). */
int64_t timer_span(
    const struct span *, int64_t from, const struct work_calendar *);

/* 23:59 of a local day, so that the day is written as the day it is. */
int64_t timer_day_end(int64_t day);

/* When it is due by a society's risk level (index); -1, not set, counts as
 * the most urgent one: the potential for harm is extreme until shown otherwise
 * (WHO 2003, principle 1). */
int64_t timer_due(const struct society *, int risk, enum timer, int64_t from);

/*
 * When somebody has to be heard of again, whatever was planned: the level's
 * time after the last contact, or after the last attempt, which had its own
 * next date agreed.  A level that was set later makes it due from the moment
 * it was set, never before.
 */
struct follow_up_facts {
	int risk; /* index; -1 not set */
	int64_t risk_at; /* when that level was set; 0 never */
	int64_t contact_at, tried_at; /* UTC ms; 0: never */
};
int64_t timer_follow_up(const struct society *, const struct follow_up_facts *);

/* 23:59 of the day that was agreed, or of the last day it can mean; 0 when it
 * is not known. */
int64_t timer_by(const struct fdate *);

/* Is the day over that something holds until, the whole of it?  until is any
 * moment of that day; 0: no end. */
bool timer_day_over(int64_t until, int64_t now);

/* due 0: nothing is due. */
bool timer_overdue(int64_t due, int64_t now);
/* Whole local days from now to due; negative when past. */
int timer_days(int64_t due, int64_t now);

/*
 * The date to keep of two: what was promised to the person comes before what
 * a timer says whenever it is due on the same local day or earlier, and
 * whenever nothing else is planned; 0 means none.  *is_promise, if not NULL,
 * says which one it was.
 */
int64_t timer_next(int64_t promised, int64_t planned, bool *is_promise);

/*
 * Must what is known about reaching somebody be verified before use?  After
 * more than 14 days for high and urgent risk, 30 for the rest (practice,
 * ours); from the day on after the one it was agreed until; also when
 * it was never verified or is dated after now.
 */
struct contact_age {
	int64_t verified_at; /* UTC ms; 0 never */
	int64_t expires_at; /* within the last day it holds; 0 no end */
	bool urgent_or_high; /* risk */
};
bool contact_stale(const struct contact_age *, int64_t now);
/* The moment it has to be verified by: the earlier of the two; 0: nothing to
 * count from. */
int64_t contact_verify_by(const struct contact_age *);

/*
 * The days on which somebody may come of age (a range where the date of birth
 * is not exact).  Born 29 February: 1 March in other years.  -1: unknown.
 */
int timer_of_age(
    const struct fdate *birth, int age, int64_t *first, int64_t *last);

/* May a number or a service still be relied on?  verified and today are day
 * numbers; recheck is the day it must be looked at again (0: none set). */
enum freshness {
	FRESH,
	RECHECK, /* past recheck, or not verified for 90 days: say so */
	STALE /* not verified for 180 days, or never: call first */
};
enum freshness timer_freshness(
    int64_t verified, int64_t recheck, int64_t today);

#endif
