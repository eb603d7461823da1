/* SPDX-License-Identifier: ISC */
#include <stdint.h>

#include "base/clock.h"
#include "rules/timers.h"

#define WEEK 0x7fu
#define STALE_HIGH_DAYS 14
#define STALE_DAYS 30
#define RECHECK_DAYS 90
#define DISTRUST_DAYS 180

bool
work_day(const struct work_calendar *cal, int64_t day)
{
	struct civil c;

	clock_from_days(day, &c);
	if ((cal->weekend & WEEK) != WEEK && (cal->weekend >> c.weekday & 1))
		return false;
	for (size_t i = 0; i < cal->n; i++) {
		if (cal->holidays[i].day == day)
			return false;
	}
	return true;
}

int64_t
timer_day_end(int64_t day)
{
	return clock_day_start(day + 1) - CLOCK_MINUTE;
}

int64_t
timer_span(
    const struct span *span, int64_t from, const struct work_calendar *cal)
{
	int amount = span->amount;
	int64_t day;

	if (span->unit == SPAN_HOURS)
		return from + amount * CLOCK_HOUR;
	day = clock_day_of(from);
	if (span->unit == SPAN_DAYS)
		return timer_day_end(day + amount);
	/* The holidays are a finite list, so a working day always comes. */
	while (!work_day(cal, day))
		day++;
	while (amount > 0) {
		day++;
		if (work_day(cal, day))
			amount--;
	}
	return timer_day_end(day);
}

int64_t
timer_due(const struct society *s, int risk, enum timer which, int64_t from)
{
	const struct work_calendar cal = { .weekend = s->weekend,
		.holidays = s->holidays,
		.n = s->n_holidays };
	const struct risk_level *level;

	if (s->n_risks == 0)
		return from;
	if (risk < 0 || (size_t)risk >= s->n_risks)
		risk = 0;
	level = &s->risks[risk];
	switch (which) {
	case TIMER_FIRST_RESPONSE:
		return timer_span(&level->first_response, from, &cal);
	case TIMER_ASSESSMENT:
		return timer_span(&level->assessment, from, &cal);
	case TIMER_FOLLOW_UP:
		return timer_span(&level->follow_up, from, &cal);
	case TIMER_REVIEW:
		break;
	}
	return timer_span(&level->review, from, &cal);
}

int64_t
timer_follow_up(const struct society *s, const struct follow_up_facts *f)
{
	int64_t since =
	    f->tried_at > f->contact_at ? f->tried_at : f->contact_at;
	int64_t due;

	if (since == 0)
		return 0;
	due = timer_due(s, f->risk, TIMER_FOLLOW_UP, since);
	return due < f->risk_at ? f->risk_at : due;
}

int64_t
timer_by(const struct fdate *d)
{
	int64_t first, last;

	return date_range(d, &first, &last) == -1 ? 0 : timer_day_end(last);
}

bool
timer_day_over(int64_t until, int64_t now)
{
	return until != 0 && clock_day_of(now) > clock_day_of(until);
}

bool
timer_overdue(int64_t due, int64_t now)
{
	return due != 0 && now > due;
}

int
timer_days(int64_t due, int64_t now)
{
	return (int)(clock_day_of(due) - clock_day_of(now));
}

int64_t
timer_next(int64_t promised, int64_t planned, bool *is_promise)
{
	bool promise =
	    promised != 0 &&
	    (planned == 0 || clock_day_of(promised) <= clock_day_of(planned));

	if (is_promise != NULL)
		*is_promise = promise;
	return promise ? promised : planned;
}

static int
stale_days(const struct contact_age *c)
{
	return c->urgent_or_high ? STALE_HIGH_DAYS : STALE_DAYS;
}

int64_t
contact_verify_by(const struct contact_age *c)
{
	int64_t old;

	if (c->verified_at == 0)
		return c->expires_at;
	old = c->verified_at + stale_days(c) * CLOCK_DAY;
	return c->expires_at != 0 && c->expires_at < old ? c->expires_at : old;
}

bool
contact_stale(const struct contact_age *c, int64_t now)
{
	if (c->verified_at == 0 || c->verified_at > now)
		return true;
	return timer_day_over(c->expires_at, now) ||
	       c->verified_at + stale_days(c) * CLOCK_DAY < now;
}

static int64_t
birthday(int64_t born, int age)
{
	struct civil c;

	clock_from_days(born, &c);
	/* clock_days() makes 1 March of a 29 February that is not there. */
	return clock_days(c.year + age, c.month, c.day);
}

int
timer_of_age(const struct fdate *birth, int age, int64_t *first, int64_t *last)
{
	int64_t a, b;

	if (date_range(birth, &a, &b) != 0)
		return -1;
	*first = birthday(a, age);
	*last = birthday(b, age);
	return 0;
}

enum freshness
timer_freshness(int64_t verified, int64_t recheck, int64_t today)
{
	if (verified == 0 || verified > today ||
	    today - verified > DISTRUST_DAYS)
		return STALE;
	if (today - verified > RECHECK_DAYS ||
	    (recheck != 0 && today >= recheck))
		return RECHECK;
	return FRESH;
}
