/* SPDX-License-Identifier: ISC */
/*
 * A month with how much is due on each day, weekends and holidays as the
 * National Society keeps them.  Enter opens the day.
 */
#include <stdio.h>
#include <string.h>

#include "parts.h"
#include "screens.h"

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "rules/timers.h"
#include "store/agenda.h"

#define WEEK 7
#define WEEKS 6

struct month_state {
	int64_t day; /* the cursor's */
	int64_t first; /* day of the first cell */
	int year, month;
	int starts; /* weekday a week begins with */
	int64_t counts[WEEK * WEEKS];
};

/* A week begins after its days off; without any, on Monday. */
static int
week_starts(unsigned weekend)
{
	for (int d = 0; d < WEEK; d++)
		if ((weekend >> d & 1) && !(weekend >> (d + 1) % WEEK & 1))
			return (d + 1) % WEEK;
	return 1;
}

static int
weekday(int64_t day)
{
	struct civil c;

	clock_from_days(day, &c);
	return c.weekday;
}

/* The month of the cursor's day, and what is due in it. */
static int
read_month(struct view *v, struct err *err)
{
	struct month_state *s = v->state;
	struct civil c;
	int64_t first;

	clock_from_days(s->day, &c);
	s->year = c.year;
	s->month = c.month;
	first = clock_days(c.year, c.month, 1);
	s->first = first - (weekday(first) - s->starts + WEEK) % WEEK;
	return agenda_days(
	    app_session(v), s->first, WEEK * WEEKS, s->counts, err);
}

static int
open_month(struct view *v, const struct route *r, struct err *err)
{
	struct month_state *s = v->state;

	(void)r;
	s->starts = week_starts(app_society(v)->weekend);
	s->day = clock_day_of(app_now(v));
	return read_month(v, err);
}

/* --- keys ------------------------------------------------------------------- */

static enum next
go_to(struct view *v, int64_t day, struct err *err)
{
	struct month_state *s = v->state;
	struct month_state was = *s;
	struct civil c;

	clock_from_days(day, &c);
	s->day = day;
	if ((c.year != s->year || c.month != s->month) &&
	    read_month(v, err) != 0)
		*s = was;
	return NEXT_STAY;
}

/* The same day of another month, or its last one. */
static int64_t
other_month(const struct month_state *s, int step)
{
	struct civil c, there;
	int month = s->month + step, year = s->year;
	int64_t day;

	clock_from_days(s->day, &c);
	year += month < 1 ? -1 : month > 12 ? 1 : 0;
	month = (month + 11) % 12 + 1;
	for (int d = c.day;; d--) {
		day = clock_days(year, month, d);
		clock_from_days(day, &there);
		if (there.month == month)
			return day;
	}
}

static enum next
key(struct view *v, const struct key *k, struct err *err)
{
	const struct month_state *s = v->state;

	switch (k->code) {
	case K_LEFT:
	case 'h':
		return go_to(v, s->day - 1, err);
	case K_RIGHT:
	case 'l':
		return go_to(v, s->day + 1, err);
	case K_UP:
	case 'k':
		return go_to(v, s->day - WEEK, err);
	case K_DOWN:
	case 'j':
		return go_to(v, s->day + WEEK, err);
	case K_PGUP:
		return go_to(v, other_month(s, -1), err);
	case K_PGDN:
		return go_to(v, other_month(s, 1), err);
	case K_HOME:
		return go_to(v, clock_day_of(app_now(v)), err);
	default:
		return NEXT_PASS;
	}
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	const struct month_state *s = v->state;

	if (action == ACT_REFRESH) {
		(void)read_month(v, err);
		return NEXT_STAY;
	}
	if (action != ACT_OPEN)
		return NEXT_PASS;
	v->go = (struct route){ .screen = &screen_day, .arg = (int)s->day };
	return NEXT_GO;
}

/* --- drawing ---------------------------------------------------------------- */

static const char *
holiday_name(const struct society *society, int64_t day)
{
	for (size_t i = 0; i < society->n_holidays; i++)
		if (society->holidays[i].day == day)
			return society->holidays[i].name;
	return NULL;
}

static bool
day_off(const struct society *society, int64_t day)
{
	const struct work_calendar cal = { .weekend = society->weekend,
		.holidays = society->holidays,
		.n = society->n_holidays };

	return !work_day(&cal, day);
}

/* "23 4 due"; "23 4" or "23 +", for more than nine, where it is narrow; "*"
 * marks a holiday. */
static void
draw_day(const struct view *v, struct canvas *c, int row, int col, int cells,
    int64_t day, int64_t n)
{
	const struct month_state *s = v->state;
	const struct society *society = app_society(v);
	bool here = day == s->day;
	bool past = day < clock_day_of(app_now(v));
	enum element style = day_off(society, day) ? EL_DIM : EL_TEXT;
	struct civil c_day;
	char words[32];
	int used;

	clock_from_days(day, &c_day);
	if (c_day.month != s->month && !here)
		style = EL_DIM;
	canvas_text(c, row, col, 1, EL_MARKER,
	    here ? canvas_mark(c, MARK_SELECTED) : " ");
	snprintf(words, sizeof(words), "%2d%s", c_day.day,
	    holiday_name(society, day) != NULL ? "*" : "");
	used =
	    canvas_text(c, row, col + 1, 3, here ? EL_SELECTED : style, words);
	if (here)
		canvas_cursor(c, row, col + 1);
	if (n == 0)
		return;
	if (cells >= 10)
		snprintf(words, sizeof(words), _(" %lld due"), (long long)n);
	else
		snprintf(words, sizeof(words), "%s%c", used < 3 ? " " : "",
		    n > 9 ? '+' : (char)('0' + n));
	canvas_text(c, row, col + 1 + used, cells - used - 1,
	    past ? EL_URGENT : EL_WARNING, words);
}

/* What the cursor's day is, in a sentence: marks are never all there is. */
static void
draw_foot(const struct view *v, struct canvas *c, int row)
{
	const struct month_state *s = v->state;
	const char *name = holiday_name(app_society(v), s->day);
	long long n = s->counts[s->day - s->first];
	char day[32];

	part_day(s->day, day, sizeof(day));
	if (name != NULL)
		canvas_printf(c, row, 1, -1, EL_TEXT, _("%s: %lld due; %s"),
		    day, n, name);
	else if (day_off(app_society(v), s->day))
		canvas_printf(c, row, 1, -1, EL_TEXT,
		    _("%s: %lld due; no office day"), day, n);
	else
		canvas_printf(
		    c, row, 1, -1, EL_TEXT, _("%s: %lld due"), day, n);
}

static void
draw(const struct view *v, struct canvas *c)
{
	const struct month_state *s = v->state;
	struct fdate month = { .year = (int16_t)s->year,
		.month = (int8_t)s->month,
		.precision = DATE_MONTH };
	int cells = c->cols / WEEK, tall = c->rows >= 2 + 2 * WEEKS ? 2 : 1;
	int top = c->rows > WEEKS + 2 ? 2 : 1; /* the month's own line */
	int shown = (c->rows - top - 1) / tall, from = 0;
	int at = (int)((s->day - s->first) / WEEK);
	char words[16];

	if (at >= shown)
		from = at - shown + 1;
	if (top == 2)
		canvas_text(c, 0, 1, -1, EL_HEADING,
		    date_show(&month, words, sizeof(words)));
	for (int d = 0; d < WEEK; d++)
		canvas_text(c, top - 1, d * cells + 1, cells - 1, EL_HEADING,
		    part_weekday((s->starts + d) % WEEK));
	for (int w = from; w < WEEKS && w - from < shown; w++)
		for (int d = 0; d < WEEK; d++)
			draw_day(v, c, top + (w - from) * tall, d * cells,
			    cells, s->first + w * WEEK + d,
			    s->counts[w * WEEK + d]);
	draw_foot(v, c, c->rows - 1);
}

static const enum action actions[] = { ACT_OPEN, ACT_REFRESH, ACT_NONE };

const struct screen screen_month = {
	.name = "month",
	.title = N_("Month"),
	.needs = PERM_QUEUE,
	.state_size = sizeof(struct month_state),
	.actions = actions,
	.open = open_month,
	.draw = draw,
	.act = act,
	.key = key,
	.refresh = read_month,
};
