/* SPDX-License-Identifier: ISC */
/*
 * Is somebody known here?  By name or number, outside of an intake: a mother
 * telephones, a colleague is told a name.  What shows is a code and whom to
 * ask, and every search is on the record.
 */
#include <string.h>

#include "known.h"
#include "parts.h"
#include "reading.h"
#include "screens.h"

#include "base/i18n.h"

#define CARDS 20
#define DIGITS_OF_A_NUMBER 5

struct find_state {
	struct reading reading; /* first: reading.h */
	struct person_cards cards;
};
enum { ASK_WORDS = 100 };

static const struct list_column columns[] = {
	{ N_("Code"), 9, 9, 0, LIST_LEFT, false, true },
	{ N_("Where, who, age"), 12, 30, 9, LIST_LEFT, true, false },
	{ N_("State"), 6, 8, 4, LIST_LEFT, false, false },
	{ N_("Open it?"), 8, 12, 5, LIST_LEFT, false, false },
};

static enum next
ask_words(struct view *v)
{
	app_ask(v,
	    &(const struct ask){ .kind = ASK_LINE,
		.id = ASK_WORDS,
		.title = N_("Find a person"),
		.text = N_("A name in any script, or a telephone number. Only "
			   "codes are shown; that you searched is on the "
			   "record."),
		.required = true });
	return NEXT_STAY;
}

static int
open_find(struct view *v, const struct route *r, struct err *err)
{
	(void)r;
	(void)err;
	reading_init(v, columns, sizeof(columns) / sizeof(columns[0]),
	    N_("Nobody is shown. s searches for a name or a number."));
	(void)ask_words(v);
	return 0;
}

/* Nothing but digits and what people write between them. */
static bool
is_number(const char *words)
{
	int digits = 0;

	for (const char *p = words; *p != '\0'; p++) {
		if (*p >= '0' && *p <= '9')
			digits++;
		else if (strchr(" +-./()", *p) == NULL)
			return false;
	}
	return digits >= DIGITS_OF_A_NUMBER;
}

static void
add(struct view *v, const struct person_card *c)
{
	struct find_state *s = v->state;
	struct reading_row row = { .record = c->case_uid };

	row.cells[0] = c->code;
	row.cells[1] = known_words(&s->reading.arena, c);
	row.cells[2] = c->closed ? _("closed") : _("open");
	row.cells[3] = c->may_open ? _("Enter") : _("ask them");
	reading_add(v, &row);
}

static enum next
answer(struct view *v, int id, const char *value, struct err *err)
{
	struct find_state *s = v->state;
	bool number = is_number(value);
	const struct person_query q = { .name = number ? "" : value,
		.phone = number ? value : "" };

	if (id != ASK_WORDS || value[0] == '\0')
		return NEXT_STAY;
	reading_reset(v);
	s->cards = (struct person_cards){ .n = 0 };
	if (person_search(app_session(v), &q, CARDS, &s->reading.arena,
		&s->cards, err) == 0) {
		for (size_t i = 0; i < s->cards.n; i++)
			add(v, &s->cards.list[i]);
		if (s->cards.n == 0)
			app_say(v, _("Nobody like that is known here."));
	}
	list_reload(&s->reading.list);
	return NEXT_STAY;
}

static const struct person_card *
current(const struct view *v)
{
	const struct find_state *s = v->state;
	size_t at;

	if (!list_current(&s->reading.list, &at))
		return NULL;
	return &s->cards.list[s->reading.shown[at]];
}

static enum next
open_case(struct view *v)
{
	const struct person_card *c = current(v);

	if (c == NULL)
		return ask_words(v);
	if (!c->may_open) {
		app_say(v, _("Not yours: ask the worker named"));
		return NEXT_STAY;
	}
	return part_go(v, ACT_CASE, &c->case_uid, c->code);
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	switch (action) {
	case ACT_OPEN:
		return open_case(v);
	case ACT_FIND_AGAIN:
		return ask_words(v);
	default:
		return reading_act(v, action, err);
	}
}

static enum next
key(struct view *v, const struct key *k, struct err *err)
{
	if (k->code == K_ENTER && !reading_typing(v))
		return open_case(v);
	return reading_key(v, k, err);
}

static const enum action actions[] = { ACT_OPEN, ACT_FIND_AGAIN, ACT_FILTER,
	ACT_BACK, ACT_CANCEL, ACT_NONE };

const struct screen screen_find = {
	.name = "find",
	.title = N_("Find a person"),
	.needs = PERM_SEARCH,
	.state_size = sizeof(struct find_state),
	.actions = actions,
	.open = open_find,
	.draw = reading_draw,
	.act = act,
	.key = key,
	.typing = reading_typing,
	.answer = answer,
	.close = reading_close,
};
