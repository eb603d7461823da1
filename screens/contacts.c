/* SPDX-License-Identifier: ISC */
/*
 * Contacts that were kept alone: somebody who was in danger yesterday is found
 * by whoever is here today.  No word of anybody's story stands in the list.
 */
#include <string.h>

#include "parts.h"
#include "reading.h"
#include "screens.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/alone.h"

#define PAGE 50
#define MOST 200

struct contacts_state {
	struct reading reading; /* first: reading.h */
	struct alone *list; /* one a row, in the reading's arena */
	size_t n, cap;
	struct alone_count waiting;
	bool all; /* not only those that wait */
	bool more;
};
enum { ASK_READ = 100, ASK_DONE };

static const struct list_column columns[] = {
	{ N_("When"), 6, 12, 0, LIST_LEFT, false, true },
	{ N_("Urgent steps"), 12, 24, 9, LIST_LEFT, true, false },
	{ N_("How they came"), 8, 16, 3, LIST_LEFT, false, false },
	{ N_("Met by"), 6, 10, 4, LIST_LEFT, false, false },
};

/* --- rows ------------------------------------------------------------------- */

static const char *
state_words(struct arena *a, const struct alone *c)
{
	if (c->code[0] != '\0')
		return arena_printf(a, _("part of %s"), c->code);
	if (c->waits)
		return _("wait");
	return c->urgent ? _("done") : "";
}

static void
add(struct view *v, const struct alone *c)
{
	struct contacts_state *s = v->state;
	struct arena *a = &s->reading.arena;
	struct reading_row row = { .record = c->uid };
	char when[24];

	if (s->n == s->cap) {
		struct alone *old = s->list;

		s->cap = s->cap == 0 ? PAGE : 2 * s->cap;
		s->list = arena_alloc(a, s->cap, sizeof(*s->list));
		if (s->n > 0)
			memcpy(s->list, old, s->n * sizeof(*old));
	}
	s->list[s->n++] = *c;
	row.cells[0] =
	    arena_str(a, clock_short(c->at, app_now(v), when, sizeof(when)));
	row.cells[1] = state_words(a, c);
	row.cells[2] = label_of(&app_society(v)->channels, c->channel);
	row.cells[3] = c->by;
	reading_add(v, &row);
}

/* n more: 1 there were some, 0, -1. */
static int
read_more(struct view *v, size_t n, struct err *err)
{
	struct contacts_state *s = v->state;
	struct alone_page page = { .n = 0 };

	if (alone_list(app_session(v), !s->all,
		s->n > 0 ? &s->list[s->n - 1].uid : NULL, n, &s->reading.arena,
		&page, err) != 0)
		return -1;
	for (size_t i = 0; i < page.n; i++)
		add(v, &page.list[i]);
	s->more = page.more;
	return page.n > 0;
}

static int
more(struct view *v, struct err *err)
{
	struct contacts_state *s = v->state;

	return s->more ? read_more(v, PAGE, err) : 0;
}

static int
refresh(struct view *v, struct err *err)
{
	struct contacts_state *s = v->state;
	size_t n = s->n < PAGE ? PAGE : s->n > MOST ? MOST : s->n;
	int rc;

	reading_reset(v);
	s->list = NULL;
	s->n = s->cap = 0;
	rc = alone_waiting(app_session(v), &s->waiting, err);
	if (rc == 0)
		rc = read_more(v, n, err);
	list_reload(&s->reading.list);
	return rc < 0 ? -1 : 0;
}

static int
open_contacts(struct view *v, const struct route *r, struct err *err)
{
	struct contacts_state *s = v->state;

	(void)r;
	reading_init(v, columns, sizeof(columns) / sizeof(columns[0]),
	    N_("None here. Tab shows the other view: those whose urgent steps "
	       "wait, or all of them."));
	s->reading.more = more;
	if (alone_waiting(app_session(v), &s->waiting, err) != 0)
		return -1;
	s->all = s->waiting.n == 0;
	return refresh(v, err);
}

static const struct alone *
current(const struct view *v)
{
	const struct contacts_state *s = v->state;
	size_t at;

	if (!list_current(&s->reading.list, &at))
		return NULL;
	return &s->list[s->reading.shown[at]];
}

/* --- keys ------------------------------------------------------------------- */

static enum next
read_one(struct view *v, struct err *err)
{
	struct contacts_state *s = v->state;
	const struct alone *c = current(v);
	struct alone one;
	struct ask ask = { .kind = ASK_TEXT, .id = ASK_READ };
	char when[24];

	if (c == NULL || alone_open(app_session(v), c->uid, &s->reading.arena,
			     &one, err) != 0)
		return NEXT_STAY;
	ask.title = arena_printf(&s->reading.arena, "%s, %s%s",
	    clock_full(one.at, when, sizeof(when)), one.by,
	    one.urgent ? _(", urgent") : "");
	ask.text = one.words[0] != '\0' ? one.words
					: _("Nothing more was written down.");
	app_ask(v, &ask);
	return NEXT_STAY;
}

static enum next
ask_done(struct view *v)
{
	const struct alone *c = current(v);

	if (c == NULL)
		return NEXT_STAY;
	app_ask(
	    v, &(const struct ask){ .kind = ASK_LINE,
		   .id = ASK_DONE,
		   .title = N_("Urgent steps done"),
		   .text = N_("What was done, or chosen not to? Your name and "
			      "the time stand beside it."),
		   .required = true,
		   .keeps = true,
		   .about = c->uid });
	return NEXT_STAY;
}

static enum next
answer(struct view *v, int id, const char *value, struct err *err)
{
	const struct alone *c = current(v);

	if (id != ASK_DONE)
		return NEXT_STAY;
	if (c != NULL && value[0] != '\0' &&
	    alone_done(app_session(v), app_answer_uid(v), c->uid, value, err) ==
		0 &&
	    refresh(v, err) == 0)
		app_say(v, _("Done. It stays in the list of all."));
	return NEXT_STAY;
}

static enum next
came_back(struct view *v)
{
	const struct alone *c = current(v);

	if (c == NULL)
		return NEXT_STAY;
	v->go = (struct route){ .screen = &screen_intake, .record = c->uid };
	return NEXT_GO;
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	struct contacts_state *s = v->state;

	switch (action) {
	case ACT_OPEN:
		return read_one(v, err);
	case ACT_TASK_DONE:
		return ask_done(v);
	case ACT_CAME_BACK:
		return came_back(v);
	case ACT_NEXT_TAB:
		s->all = !s->all;
		s->n = 0;
		(void)refresh(v, err);
		return NEXT_STAY;
	case ACT_NEW_CONTACT:
		v->go = (struct route){ .screen = &screen_intake };
		return NEXT_GO;
	default:
		return reading_act(v, action, err);
	}
}

static enum next
key(struct view *v, const struct key *k, struct err *err)
{
	if (k->code == K_ENTER && !reading_typing(v))
		return read_one(v, err);
	return reading_key(v, k, err);
}

static bool
offers(const struct view *v, enum action action)
{
	const struct alone *c = current(v);

	switch (action) {
	case ACT_OPEN:
		return c != NULL;
	case ACT_TASK_DONE:
		return c != NULL && c->waits &&
		       session_may(app_session(v), PERM_CONTACT);
	case ACT_CAME_BACK:
		return c != NULL && c->code[0] == '\0';
	default:
		return true;
	}
}

static void
draw(const struct view *v, struct canvas *c)
{
	const struct contacts_state *s = v->state;
	struct canvas below = canvas_view(c, 1, 0, c->rows - 1, c->cols);
	int col = 1;

	col += canvas_printf(c, 0, col, -1, s->all ? EL_TEXT : EL_SELECTED,
		   "%s %lld%s", _("Urgent steps wait"), (long long)s->waiting.n,
		   s->waiting.more ? "+" : "") +
	       3;
	(void)canvas_text(
	    c, 0, col, -1, s->all ? EL_SELECTED : EL_TEXT, _("All"));
	reading_draw(v, &below);
}

static const enum action actions[] = { ACT_OPEN, ACT_TASK_DONE, ACT_CAME_BACK,
	ACT_NEXT_TAB, ACT_NEW_CONTACT, ACT_FILTER, ACT_BACK, ACT_CANCEL,
	ACT_NONE };

const struct screen screen_contacts = {
	.name = "contacts",
	.title = N_("Without a case"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct contacts_state),
	.actions = actions,
	.open = open_contacts,
	.draw = draw,
	.act = act,
	.key = key,
	.typing = reading_typing,
	.offers = offers,
	.refresh = refresh,
	.answer = answer,
	.close = reading_close,
};
