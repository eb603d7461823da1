/* SPDX-License-Identifier: ISC */
/*
 * What a shift starts from: what waits for my decision, what was promised,
 * what the last shift left, what others changed, what is overdue and due.
 * Codes and kinds alone; the words are one Enter away.
 */
#include <stdio.h>
#include <string.h>

#include "screens.h"
#include "today_state.h"

#include "base/i18n.h"
#include "base/utf8.h"
#include "store/task.h"

enum { ASK_NOTE = 1 };

static int
open_today(struct view *v, const struct route *r, struct err *err)
{
	(void)r;
	agenda_rows_init(v,
	    N_("Nothing waits, nothing is due this week, no note was left. m "
	       "shows the month, Esc goes back."),
	    today_load);
	return today_read(v, err);
}

/* --- keys ------------------------------------------------------------------- */

static enum next
open_line(struct view *v)
{
	struct today_state *s = v->state;
	const struct agenda_line *l = agenda_rows_current(&s->rows);
	struct ask ask = { .kind = ASK_TEXT, .id = ASK_NOTE };

	if (l == NULL)
		return NEXT_STAY;
	if (l->is != LINE_NOTE)
		return agenda_rows_open(v, l);
	ask.title = arena_printf(
	    &v->arena, "%s %s", l->code[0] != '\0' ? l->code : "", l->when);
	ask.text = arena_str(&v->arena, l->full);
	app_ask(v, &ask);
	return NEXT_STAY;
}

/* A note that was read to the end of its window is marked so. */
static enum next
answer(struct view *v, int id, const char *value, struct err *err)
{
	struct today_state *s = v->state;
	const struct agenda_line *l = agenda_rows_current(&s->rows);

	(void)value;
	if (id == ASK_NOTE && l != NULL && l->is == LINE_NOTE) {
		struct uid note = l->object;

		if (handover_mark(app_session(v), &note, 1, err) == 0)
			(void)today_read(v, err);
	}
	return NEXT_STAY;
}

static enum next
seen(struct view *v, struct err *err)
{
	if (agenda_seen(app_session(v), err) == 0 && today_read(v, err) == 0)
		app_say(v, _("Seen. What changes from now on shows here."));
	return NEXT_STAY;
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	struct today_state *s = v->state;

	switch (action) {
	case ACT_OPEN:
		return open_line(v);
	case ACT_NEXT_TAB:
	case ACT_PREVIOUS_TAB:
		agenda_rows_turn(&s->rows, action == ACT_NEXT_TAB ? 1 : -1);
		return NEXT_STAY;
	case ACT_SEEN:
		return seen(v, err);
	case ACT_NEW_CONTACT:
		v->go = (struct route){ .screen = &screen_intake };
		return NEXT_GO;
	case ACT_MONTH:
		v->go = (struct route){ .screen = &screen_month };
		return NEXT_GO;
	case ACT_HAND_NOTE:
		v->go = (struct route){ .screen = &screen_handover };
		return NEXT_GO;
	case ACT_REFRESH:
		(void)today_read(v, err);
		return NEXT_STAY;
	case ACT_FILTER:
	case ACT_BACK:
	case ACT_CANCEL:
		return agenda_rows_narrow(&s->rows, action);
	case ACT_QUEUE:
		return NEXT_PASS;
	default:
		return agenda_rows_act(
		    v, agenda_rows_current(&s->rows), action);
	}
}

static enum next
key(struct view *v, const struct key *k, struct err *err)
{
	struct today_state *s = v->state;

	switch (agenda_rows_key(&s->rows, k, err)) {
	case LIST_OPEN:
		return open_line(v);
	case LIST_STAY:
		return NEXT_STAY;
	case LIST_PASS:
		break;
	}
	return NEXT_PASS;
}

static bool
offers(const struct view *v, enum action action)
{
	const struct today_state *s = v->state;

	if (action == ACT_SEEN)
		return s->changes > 0;
	return agenda_rows_offers(&s->rows, action);
}

static const char *
why_not(const struct view *v, enum action action)
{
	return action == ACT_SEEN
		   ? _("Nothing was changed by others since you looked.")
		   : agenda_rows_why_not(v, action);
}

/* --- drawing ---------------------------------------------------------------- */

#define COUNTS 8
#define GAP 3
struct count {
	const char *words;
	long long n;
	enum element style;
	int weight; /* the lightest is left out first where room is short */
	bool more; /* there are at least so many */
	char text[64];
};

static int
width(const struct count *c)
{
	return c->n == 0 ? 0 : utf8_width(c->text, strlen(c->text)) + GAP;
}

/* In one row, each whole: half a word and no number says nothing. */
static void
draw_counts(struct count *counts, struct canvas *c)
{
	int total = 1 - GAP, col = 1;

	for (size_t i = 0; i < COUNTS; i++) {
		snprintf(counts[i].text, sizeof(counts[i].text), "%s %lld%s",
		    counts[i].words, counts[i].n, counts[i].more ? "+" : "");
		total += width(&counts[i]);
	}
	while (total > c->cols) {
		struct count *least = NULL;

		for (size_t i = 0; i < COUNTS; i++)
			if (counts[i].n != 0 &&
			    (least == NULL || counts[i].weight < least->weight))
				least = &counts[i];
		if (least == NULL)
			break;
		total -= width(least);
		least->n = 0;
	}
	for (size_t i = 0; i < COUNTS; i++) {
		if (counts[i].n != 0)
			(void)canvas_text(
			    c, 0, col, -1, counts[i].style, counts[i].text);
		col += width(&counts[i]);
	}
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct today_state *s = v->state;
	struct canvas below = canvas_view(c, 1, 0, c->rows - 1, c->cols);
	struct count counts[COUNTS] = {
		{ _("Urgent, no case (U)"), s->alone.n, EL_URGENT, 8,
		    s->alone.more, "" },
		{ _("Waiting"), s->sums.decide, EL_WARNING, 5, false, "" },
		{ _("Promised"), s->sums.promised, EL_WARNING, 7, false, "" },
		{ _("Notes"), (long long)s->notes, EL_TEXT, 3, false, "" },
		{ _("Changed"), (long long)s->changes, EL_TEXT, 2, false, "" },
		{ _("Overdue"), s->sums.overdue, EL_URGENT, 6,
		    s->sums.overdue_more, "" },
		{ _("Today"), s->sums.today, EL_TEXT, 4, s->sums.today_more,
		    "" },
		{ _("Week"), s->sums.week, EL_TEXT, 1, s->sums.week_more, "" },
	};

	if (!agenda_rows_draw_filter(&s->rows, c))
		draw_counts(counts, c);
	agenda_rows_draw(&s->rows, &below);
}

static const enum action actions[] = { ACT_OPEN, ACT_QUEUE, ACT_NEW_CONTACT,
	ACT_NEXT_TAB, ACT_FILTER, ACT_MONTH, ACT_HAND_NOTE, ACT_SEEN,
	ACT_FOLLOW_UP, ACT_NOTE, ACT_TIMELINE, ACT_CONSENT, ACT_PREVIOUS_TAB,
	ACT_REFRESH, ACT_BACK, ACT_CANCEL, ACT_NONE };

const struct screen screen_today = {
	.name = "today",
	.title = N_("Today"),
	.needs = PERM_QUEUE,
	.state_size = sizeof(struct today_state),
	.actions = actions,
	.open = open_today,
	.draw = draw,
	.act = act,
	.key = key,
	.typing = agenda_rows_typing,
	.offers = offers,
	.why_not = why_not,
	.refresh = today_read,
	.answer = answer,
	.close = agenda_rows_close,
};
