/* SPDX-License-Identifier: ISC */
/* Everything that happened in a case, newest first. */
#include <string.h>

#include "parts.h"
#include "reading.h"
#include "screens.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/case.h"

#define PAGE 50

struct timeline_state {
	struct reading reading;
	int64_t before; /* 0: from now; else the last row's instant */
	bool more;
};

static const struct list_column columns[] = {
	{ N_("When"), 6, 11, 0, LIST_LEFT, false, true },
	{ N_("Kind"), 6, 10, 3, LIST_LEFT, false, false },
	{ N_("What"), 14, 40, 9, LIST_LEFT, true, false },
	{ N_("By"), 6, 10, 2, LIST_LEFT, false, false },
};

static void
add_event(struct view *v, struct arena *arena, const struct event *e)
{
	struct reading_row row = { .account = e->account };
	const char *what = e->title;
	char when[24], full[24], on[16];

	clock_short(e->at, app_now(v), when, sizeof(when));
	row.cells[0] = arena_str(arena, when);
	row.cells[1] = words_event(e->kind);
	if (e->on.precision != DATE_UNKNOWN)
		what = arena_printf(arena, "%s (%s)", e->title,
		    date_show(&e->on, on, sizeof(on)));
	row.cells[2] =
	    e->account ? _("This note holds an account. Enter to read.") : what;
	row.cells[3] = e->by;
	row.title = arena_printf(arena, _("%s, %s, %s"), row.cells[1],
	    clock_full(e->at, full, sizeof(full)), e->by);
	/* What happened can be longer than its cell, or any title. */
	row.full = e->text == NULL || e->text[0] == '\0'
		       ? what
		       : arena_printf(arena, "%s\n\n%s", what, e->text);
	if (strcmp(e->kind, "note") == 0)
		row.record = e->uid;
	reading_add(v, &row);
}

/* At most a page older than what is here. */
static int
read_more(struct view *v, struct err *err)
{
	struct timeline_state *s = v->state;
	struct arena *arena = &s->reading.arena;
	struct events events;

	if (!s->more)
		return 0;
	if (case_timeline(app_session(v), v->route.case_uid, s->before, PAGE,
		arena, &events, err) != 0)
		return -1;
	for (size_t i = 0; i < events.n; i++) {
		add_event(v, arena, &events.list[i]);
		s->before = events.list[i].at;
	}
	s->more = events.more && events.n > 0;
	return events.n > 0;
}

static int
read_first(struct view *v, struct err *err)
{
	struct timeline_state *s = v->state;

	reading_reset(v);
	s->more = true;
	s->before = 0;
	if (read_more(v, err) < 0)
		return -1;
	list_reload(&s->reading.list);
	return 0;
}

static int
open_timeline(struct view *v, const struct route *r, struct err *err)
{
	struct timeline_state *s = v->state;

	(void)r;
	reading_init(v, columns, sizeof(columns) / sizeof(columns[0]),
	    N_("Nothing is recorded yet."));
	s->reading.more = read_more;
	return read_first(v, err);
}

/* A note was added, perhaps from here. */
static int
refresh(struct view *v, struct err *err)
{
	return read_first(v, err);
}

/* --- keys ----------------------------------------------------------------- */

static const struct reading_row *
note_here(const struct view *v)
{
	const struct reading_row *row = reading_current(v);

	return row == NULL || uid_null(&row->record) ? NULL : row;
}

static bool
offers(const struct view *v, enum action action)
{
	return action != ACT_CORRECT || note_here(v) != NULL;
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	const struct reading_row *row = note_here(v);

	if (action == ACT_NOTE)
		return part_go_on(v, action);
	if (action != ACT_CORRECT)
		return reading_act(v, action, err);
	if (row == NULL)
		return NEXT_STAY;
	(void)part_go_on(v, ACT_NOTE);
	v->go.record = row->record;
	return NEXT_GO;
}

static const enum action actions[] = { ACT_OPEN, ACT_FILTER, ACT_NOTE,
	ACT_CORRECT, ACT_BACK, ACT_CANCEL, ACT_NONE };

const struct screen screen_timeline = {
	.name = "timeline",
	.title = N_("Timeline"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct timeline_state),
	.actions = actions,
	.open = open_timeline,
	.draw = reading_draw,
	.act = act,
	.key = reading_key,
	.typing = reading_typing,
	.offers = offers,
	.refresh = refresh,
	.answer = reading_answer,
	.close = reading_close,
};
