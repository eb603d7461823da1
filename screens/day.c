/* SPDX-License-Identifier: ISC */
/* What is due on one day (route.arg: its number), by code and kind alone. */
#include "agenda_rows.h"
#include "parts.h"
#include "screens.h"

#include "base/clock.h"
#include "base/i18n.h"

#define PAGE 100

struct day_state {
	struct agenda_rows rows; /* first: agenda_rows.h */
	struct agenda_mark last;
	bool more;
};

static int
read_page(struct view *v, struct err *err)
{
	struct day_state *s = v->state;
	struct agenda_page page;
	int64_t day = v->route.arg;

	if (agenda_page(app_session(v), AGENDA_ALL, clock_day_start(day),
		clock_day_start(day + 1), &s->last, PAGE, &s->rows.arena, &page,
		err) != 0)
		return -1;
	for (size_t i = 0; i < page.n; i++)
		agenda_rows_task(&s->rows, &page.rows[i]);
	s->last = page.last;
	s->more = page.more;
	return page.n > 0;
}

static int
load(void *ctx, enum list_way way, struct err *err)
{
	struct day_state *s = ctx;

	return way == LIST_AFTER && s->more ? read_page(s->rows.v, err) : 0;
}

static int
refresh(struct view *v, struct err *err)
{
	struct day_state *s = v->state;

	agenda_rows_reset(&s->rows);
	s->last = (struct agenda_mark){ .set = false };
	if (read_page(v, err) < 0) {
		list_reload(&s->rows.list);
		return -1;
	}
	return agenda_rows_settle(&s->rows, err);
}

static int
open_day(struct view *v, const struct route *r, struct err *err)
{
	(void)r;
	agenda_rows_init(
	    v, N_("Nothing is due on this day. Esc goes back."), load);
	return refresh(v, err);
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	struct day_state *s = v->state;
	const struct agenda_line *l = agenda_rows_current(&s->rows);

	if (action == ACT_REFRESH) {
		(void)refresh(v, err);
		return NEXT_STAY;
	}
	if (action == ACT_FILTER || action == ACT_BACK || action == ACT_CANCEL)
		return agenda_rows_narrow(&s->rows, action);
	if (action == ACT_OPEN)
		return l == NULL ? NEXT_STAY : agenda_rows_open(v, l);
	return agenda_rows_act(v, l, action);
}

static enum next
key(struct view *v, const struct key *k, struct err *err)
{
	struct day_state *s = v->state;

	switch (agenda_rows_key(&s->rows, k, err)) {
	case LIST_OPEN:
		return act(v, ACT_OPEN, err);
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
	return agenda_rows_offers(v->state, action);
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct day_state *s = v->state;
	struct canvas below = canvas_view(c, 1, 0, c->rows - 1, c->cols);
	char words[32];

	if (!agenda_rows_draw_filter(&s->rows, c))
		canvas_text(c, 0, 1, -1, EL_HEADING,
		    part_day(v->route.arg, words, sizeof(words)));
	agenda_rows_draw(&s->rows, &below);
}

static const enum action actions[] = { ACT_OPEN, ACT_FOLLOW_UP, ACT_NOTE,
	ACT_TIMELINE, ACT_CONSENT, ACT_FILTER, ACT_REFRESH, ACT_BACK,
	ACT_CANCEL, ACT_NONE };

const struct screen screen_day = {
	.name = "day",
	.title = N_("Day"),
	.needs = PERM_QUEUE,
	.state_size = sizeof(struct day_state),
	.actions = actions,
	.open = open_day,
	.draw = draw,
	.act = act,
	.key = key,
	.typing = agenda_rows_typing,
	.offers = offers,
	.why_not = agenda_rows_why_not,
	.refresh = refresh,
	.close = agenda_rows_close,
};
