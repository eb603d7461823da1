/* SPDX-License-Identifier: ISC */
#include <stddef.h>
#include <string.h>

#include "base/clock.h"
#include "rules/child.h"
#include "rules/names.h"
#include "rules/timers.h"

static const char *const outcomes[CHILD_OUTCOME_COUNT] = {
#define OUTCOME_NAME(id, name) [CHILD_OUTCOME_##id] = (name),
	CHILD_OUTCOMES(OUTCOME_NAME)
#undef OUTCOME_NAME
};

const char *
child_outcome_name(enum child_outcome o)
{
	return NAME_OF(outcomes, o);
}

int
child_outcome_from_name(const char *name)
{
	return name_find(outcomes, CHILD_OUTCOME_COUNT, name);
}

int
age_basis_from_name(const char *name)
{
	static const char *const names[] = {
		[BASIS_UNKNOWN] = "",
		[BASIS_DOCUMENT] = "document",
		[BASIS_STATED] = "stated",
		[BASIS_ESTIMATED] = "estimated",
		[BASIS_DISPUTED] = "disputed",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], name) == 0)
			return (int)i;
	}
	return -1;
}

static enum child_gap
check_age(const struct child_facts *f)
{
	if (!f->answered)
		return CHILD_NO_ANSWER;
	if (f->adult && f->basis == BASIS_UNKNOWN)
		return CHILD_BASIS;
	/* Presumed a child until the competent authority says otherwise. */
	if (f->adult && !f->age_decided &&
	    (f->basis == BASIS_ESTIMATED || f->basis == BASIS_DISPUTED))
		return CHILD_NOT_DECIDED;
	return CHILD_OK;
}

static enum child_gap
check_guardian(const struct child_facts *f)
{
	bool safe = f->guardian == GUARDIAN_SAFE;
	bool gone = f->guardian == GUARDIAN_UNAVAILABLE;

	if (!f->safety_asked && (safe || f->informed == INFORMED_YES))
		return CHILD_SAFETY_FIRST;
	if (f->informed == INFORMED_NOT_SAID)
		return CHILD_INFORMED;
	if (f->informed == INFORMED_NO && !f->informed_words)
		return CHILD_INFORMED_WHY;
	if (f->informed == INFORMED_YES && !safe && !gone && !f->informed_words)
		return CHILD_INFORMED_UNSAFE;
	return CHILD_OK;
}

static enum child_gap
check_route(const struct child_facts *f)
{
	switch (f->route) {
	case ROUTE_NONE:
		return CHILD_ROUTE;
	case ROUTE_CAREGIVER:
		return f->guardian == GUARDIAN_SAFE ? CHILD_OK
						    : CHILD_ROUTE_CAREGIVER;
	case ROUTE_BEST_INTERESTS:
		break;
	}
	if (!f->route_words)
		return CHILD_ROUTE_WHY;
	return f->trusted_named ? CHILD_OK : CHILD_TRUSTED;
}

enum child_gap
child_check(const struct child_facts *f)
{
	enum child_gap gap = check_age(f);

	if (gap != CHILD_OK || f->adult)
		return gap;
	gap = check_guardian(f);
	if (gap == CHILD_OK)
		gap = check_route(f);
	if (gap == CHILD_OK && f->assent == ASSENT_NOT_SAID)
		gap = CHILD_ASSENT;
	/* Not asked is never the end of it. */
	if (gap == CHILD_OK && f->assent == ASSENT_COULD_NOT && !f->again_set)
		gap = CHILD_ASSENT_AGAIN;
	return gap;
}

int64_t
child_of_age_from(const struct fdate *birth, int age, int64_t today)
{
	int64_t first, last;
	struct civil c;

	if (timer_of_age(birth, age, &first, &last) == -1)
		return 0;
	if (last <= today)
		return CHILD_OF_AGE;
	clock_from_days(last, &c);
	/* clock_days() makes January of a month 13. */
	return clock_day_start(
	    clock_days(c.year, c.day == 1 ? c.month : c.month + 1, 1));
}

bool
child_by_birth(int64_t of_age_from, int64_t now)
{
	return of_age_from > now;
}

int
child_age_by_birth(int64_t of_age_from, int age, int64_t now)
{
	struct civil then, is;
	int years;

	if (!child_by_birth(of_age_from, now))
		return -1;
	clock_civil(of_age_from, &then);
	clock_civil(now, &is);
	years = then.year - is.year;
	if (is.month < then.month)
		years++; /* of age on a first of the month */
	return years > age ? 0 : age - years;
}

bool
child_birthday_near(int64_t of_age_from, int64_t now)
{
	struct civil c;

	if (of_age_from <= 0)
		return false;
	/* The last moment of the month before. */
	clock_civil(of_age_from - CLOCK_MINUTE, &c);
	return now >= clock_day_start(clock_days(c.year, c.month, 1));
}
