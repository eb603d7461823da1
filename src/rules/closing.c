/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "rules/closing.h"
#include "rules/names.h"
#include "rules/timers.h"

static const char *const lines[CLOSING_LINE_COUNT] = {
#define CLOSING_NAME(id, name) [CLOSING_##id] = (name),
	CLOSING_LINES(CLOSING_NAME)
};

const char *
closing_line_name(enum closing_line l)
{
	return NAME_OF(lines, l);
}

bool
closing_line_is_words(enum closing_line l)
{
	return l == CLOSING_LOST_HARM || l == CLOSING_LOST_TOLD;
}

const char *
closing_line_words(enum closing_line l, char out[CLOSING_WORDS_SIZE])
{
	(void)snprintf(out, CLOSING_WORDS_SIZE, "%s%s", closing_line_name(l),
	    closing_line_is_words(l) ? "" : "_words");
	return out;
}

bool
closing_is_lost(const char *reason)
{
	return strcmp(reason, CLOSING_LOST) == 0;
}

int
closing_lost_days(const struct society *s)
{
	return s->closing.lost_days > 0 ? s->closing.lost_days
					: CLOSING_LOST_DAYS;
}

int
closing_lost_attempts(const struct society *s)
{
	return s->closing.lost_attempts > 0 ? s->closing.lost_attempts
					    : CLOSING_LOST_ATTEMPTS;
}

int
retention_child_age(const struct society *s)
{
	return s->retention.child_until_age > 0 ? s->retention.child_until_age
						: RETENTION_CHILD_AGE;
}

static bool
known(const struct society *s, const char *reason)
{
	for (size_t i = 0; i < s->reasons_closed.n; i++)
		if (strcmp(s->reasons_closed.list[i].id, reason) == 0)
			return true;
	return false;
}

static bool
is(const char *s, const char *what)
{
	return s != NULL && strcmp(s, what) == 0;
}

static bool
said(const char *s)
{
	return s != NULL && s[strspn(s, " \t\n")] != '\0';
}

/* What was never written nobody can have gone through. */
static enum closing_problem
check_safety(const struct closing_facts *f, const char *a)
{
	if (is(a, "yes") && f->ends.safety_plan_at == 0)
		return CLOSING_NO_SAFETY_PLAN;
	if (is(a, CLOSING_NONE_NEEDED) && f->ends.safety_plan_at != 0)
		return CLOSING_HAS_SAFETY_PLAN;
	return CLOSING_OK;
}

static enum closing_problem
check_line(const struct closing_facts *f, enum closing_line l)
{
	const char *a = f->answer[l];
	enum closing_problem p =
	    l == CLOSING_SAFETY ? check_safety(f, a) : CLOSING_OK;

	if (p != CLOSING_OK)
		return p;
	if (l == CLOSING_LOST_MISSING && f->ends.safety_plan_at == 0 &&
	    (is(a, "yes") || is(a, "not_possible")))
		return CLOSING_NOTHING_READ;
	/* Whatever is open or runs is settled first, or it is said how it is; a
	 * follow-up that is only planned ends with the closing, a promise is
	 * kept or let go in words.  What goes on elsewhere went with the case. */
	if (l == CLOSING_PLAN && is(a, "yes") &&
	    !is(f->reason, CLOSING_TRANSFERRED) &&
	    f->ends.goals + f->ends.referrals + f->ends.n_dates +
		    f->ends.promises >
		0)
		return CLOSING_STILL_OPEN;
	if (!is(a, "yes") && !is(a, "no") && !is(a, "not_possible") &&
	    !(l == CLOSING_NEEDS && is(a, "no_contact")) &&
	    !(l == CLOSING_SAFETY && is(a, CLOSING_NONE_NEEDED)))
		return CLOSING_UNANSWERED;
	/* What may have happened, and who was told, is always in words. */
	if ((!is(a, "yes") || closing_line_is_words(l)) && !said(f->words[l]))
		return CLOSING_UNEXPLAINED;
	return CLOSING_OK;
}

enum closing_problem
closing_check(const struct society *s, const struct closing_facts *f,
    enum closing_line *line)
{
	bool lost = closing_is_lost(f->reason);
	int last = lost ? CLOSING_LINE_COUNT : CLOSING_ALWAYS;
	int64_t days = closing_lost_days(s);
	enum closing_problem p;

	*line = CLOSING_NEEDS;
	if (!known(s, f->reason))
		return CLOSING_NO_REASON;
	if (strcmp(f->reason, "duplicate") == 0)
		return CLOSING_BY_JOIN;
	if (f->ends.taken_back)
		return CLOSING_TAKEN_BACK;
	if (f->check_after && !closing_check_fits(f->reason, &f->ends))
		return CLOSING_NO_CHECK;
	if (strcmp(f->reason, CLOSING_TRANSFERRED) == 0 && !f->taken_on)
		return CLOSING_NOT_TAKEN;
	if (lost && f->ends.attempts_failed < closing_lost_attempts(s))
		return CLOSING_NO_ATTEMPT;
	if ((lost || is(f->answer[CLOSING_NEEDS], "no_contact")) &&
	    f->now - f->ends.last_contact < days * CLOCK_DAY)
		return CLOSING_TOO_SOON;
	for (int l = 0; l < last; l++) {
		*line = (enum closing_line)l;
		p = check_line(f, *line);
		if (p != CLOSING_OK)
			return p;
	}
	return CLOSING_OK;
}

bool
closing_check_fits(const char *reason, const struct open_ends *ends)
{
	return ends->may_contact && !closing_is_lost(reason) &&
	       strcmp(reason, "death") != 0 &&
	       strcmp(reason, CLOSING_TRANSFERRED) != 0;
}

/* --- keeping ---------------------------------------------------------------- */
/* The same day so many months on, or the last one of that month. */
static int64_t
months_on(int64_t day, int months)
{
	struct civil c, there;
	int month, year;
	int64_t to;

	clock_from_days(day, &c);
	year = c.year + (c.month - 1 + months) / 12;
	month = (c.month - 1 + months) % 12 + 1;
	for (int d = c.day;; d--) {
		to = clock_days(year, month, d);
		clock_from_days(to, &there);
		if (there.month == month)
			return to;
	}
}

static int
or_else(int set, int usual)
{
	return set > 0 ? set : usual;
}

int64_t
closing_check_day(const struct society *s, int64_t closed_at)
{
	return months_on(clock_day_of(closed_at),
	    or_else(s->closing.check_months, CLOSING_CHECK_MONTHS));
}

void
retention_days(const struct society *s, int64_t closed_at, bool child,
    const struct fdate *birth, int64_t *identity, int64_t *file)
{
	int64_t day = clock_day_of(closed_at), first, of_age;

	*identity = months_on(day,
	    or_else(s->retention.identity_months, RETENTION_IDENTITY_MONTHS));
	*file = months_on(
	    day, or_else(s->retention.file_months, RETENTION_FILE_MONTHS));
	if (!child)
		return;
	if (birth == NULL || timer_of_age(birth, retention_child_age(s), &first,
				 &of_age) == -1) {
		*identity = *file = 0;
		return;
	}
	if (*identity < of_age)
		*identity = of_age;
	if (*file < of_age)
		*file = of_age;
}
