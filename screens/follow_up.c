/* SPDX-License-Identifier: ISC */
/*
 * Following up: how to reach the person safely comes before anything else,
 * the number comes after that, and what was planned or promised stands below.
 */
#include "follow_words.h"
#include "parts.h"
#include "reach.h"
#include "screens.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/followup.h"
#include "ui/list.h"

/* A plan or an attempt as the list shows it. */
struct row {
	const char *cell[4];
	enum element style;
};

struct state {
	struct followups plans;
	struct row *rows;
	struct list list;
	struct reach reach;
	struct follow_words words;
};

/* On a small screen the words of what was agreed go first, when it is never. */
static const struct list_column columns[] = {
	{ .title = N_("What"), .min = 10, .ideal = 18, .mark = true },
	{ .title = N_("Due"), .min = 10, .ideal = 12, .priority = 3 },
	{ .title = N_("State"), .min = 8, .ideal = 22, .priority = 2 },
	{ .title = N_("Agreed"),
	    .min = 8,
	    .ideal = 30,
	    .priority = 1,
	    .grow = true },
};

static size_t
count(const void *ctx)
{
	const struct state *s = ctx;

	return s->plans.n;
}

static struct uid
key_of(const void *ctx, size_t i)
{
	const struct state *s = ctx;

	return s->plans.list[i].uid;
}

static void
cell(const void *ctx, size_t i, size_t c, struct list_cell *out)
{
	const struct state *s = ctx;

	out->text = s->rows[i].cell[c];
	out->style = c == 1 ? s->rows[i].style : EL_TEXT;
}

static void
fill_row(struct view *v, const struct followup *f, struct row *r)
{
	char due[24] = "";

	r->style = EL_TEXT;
	if (f->done_at == 0 && f->sooner != 0)
		part_due(f->sooner, app_now(v), due, sizeof(due), &r->style);
	else if (f->done_at == 0)
		part_agreed(f->due, app_now(v), due, sizeof(due), &r->style);
	else
		clock_short(f->done_at, app_now(v), due, sizeof(due));
	r->cell[0] = follow_what(v, f);
	r->cell[1] = arena_str(&v->arena, due);
	r->cell[2] =
	    f->done_at != 0
		? label_of(&app_society(v)->contact_outcomes, f->outcome)
	    : f->promised ? _("promised")
			  : _("planned");
	r->cell[3] = f->agreed[0] != '\0' ? f->agreed : f->words;
	if (f->sooner != 0 && f->done_at == 0) {
		clock_short(f->due, app_now(v), due, sizeof(due));
		r->cell[3] = arena_printf(&v->arena,
		    _("sooner, by the level of risk; planned %s%s%s"), due,
		    f->words[0] != '\0' ? ": " : "", f->words);
	}
}

static int
read_plans(struct view *v, struct err *e)
{
	struct state *s = v->state;

	if (followup_list(app_session(v), v->route.case_uid, &v->arena,
		&s->plans, e) == -1)
		return -1;
	s->rows = arena_alloc(&v->arena, s->plans.n + 1, sizeof(*s->rows));
	for (size_t i = 0; i < s->plans.n; i++)
		fill_row(v, &s->plans.list[i], &s->rows[i]);
	follow_words(&v->arena, &s->plans, &s->words);
	return 0;
}

/* --- the screen ---------------------------------------------------------------- */

static int
open(struct view *v, const struct route *r, struct err *e)
{
	struct state *s = v->state;
	struct list_source source = {
		.ctx = s, .count = count, .cell = cell, .key = key_of
	};

	(void)r;
	reach_init(&s->reach);
	if (read_plans(v, e) == -1)
		return -1;
	list_init(
	    &s->list, columns, sizeof(columns) / sizeof(columns[0]), &source);
	s->list.empty = N_("Nothing is planned. Enter records what happened "
			   "and what is next.");
	return 0;
}

static int
refresh(struct view *v, struct err *e)
{
	struct state *s = v->state;

	reach_refresh(v, &s->reach);
	if (read_plans(v, e) == -1)
		return -1;
	list_reload(&s->list);
	return 0;
}

static void
close_view(struct view *v)
{
	struct state *s = v->state;

	reach_done(&s->reach);
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;
	const struct follow_words *words = &s->words;
	/* On a small screen it stands where the keys are told. */
	bool small = c->rows < 12;
	int warned = words->forbidden != NULL || small ? 0 : (int)words->n_warn;
	int top = 4 + warned;
	struct canvas above = canvas_view(c, 0, 0, top, c->cols);
	struct canvas below =
	    canvas_view(c, top + 1, 0, c->rows - top - 1, c->cols);

	/* How to reach somebody is read whole: it gets the room. */
	if (reach_shown(v, &s->reach)) {
		reach_draw(v, &s->reach, c);
		return;
	}
	if (words->forbidden != NULL || (small && words->n_warn > 0)) {
		canvas_rule(&above, 0, _("Reaching the person safely"));
		canvas_wrap(&above, 1, 1, c->cols - 2, top - 1,
		    words->forbidden != NULL ? EL_URGENT : EL_WARNING,
		    words->forbidden != NULL ? words->forbidden
					     : words->warn_all);
	} else {
		reach_draw(v, &s->reach, &above);
		for (int i = 0; i < warned; i++)
			canvas_wrap(&above, 4 + i, 1, c->cols - 2, 1,
			    EL_WARNING, words->warn[i]);
	}
	canvas_rule(c, top, _("Planned, promised, done"));
	if (s->plans.failed_in_a_row > 1 && s->plans.most == 0)
		canvas_printf(c, top, c->cols - 34, 33, EL_WARNING,
		    _(" %d attempts without reaching "),
		    s->plans.failed_in_a_row);
	list_draw(&s->list, &below);
}

static enum next
record(struct view *v)
{
	struct state *s = v->state;
	const struct uid *plan = NULL;
	size_t row;

	if (list_current(&s->list, &row) && s->plans.list[row].done_at == 0)
		plan = &s->plans.list[row].uid;
	return part_go_to(v, &screen_attempt, plan);
}

static enum next
act(struct view *v, enum action a, struct err *e)
{
	struct state *s = v->state;

	switch (a) {
	case ACT_SHOW_NUMBER:
		reach_ask(v, &s->reach, e);
		return NEXT_STAY;
	case ACT_HIDE:
		reach_hide(&s->reach);
		return NEXT_STAY;
	case ACT_BACK:
		if (!reach_shown(v, &s->reach))
			return NEXT_PASS;
		reach_hide(&s->reach);
		return NEXT_STAY;
	case ACT_OPEN:
	case ACT_ADD:
		return record(v);
	default:
		return part_go_on(v, a);
	}
}

static enum next
key(struct view *v, const struct key *k, struct err *e)
{
	struct state *s = v->state;

	if (reach_shown(v, &s->reach))
		return text_key(&s->reach.text, k) ? NEXT_STAY : NEXT_PASS;
	switch (list_key(&s->list, k, e)) {
	case LIST_OPEN:
		return record(v);
	case LIST_STAY:
		return NEXT_STAY;
	case LIST_PASS:
		break;
	}
	return NEXT_PASS;
}

static enum next
answer(struct view *v, int id, const char *value, struct err *e)
{
	struct state *s = v->state;

	reach_answer(v, &s->reach, id, value, e);
	return NEXT_STAY;
}

/* The number hides itself though nobody touches a key. */
static int64_t
wake(const struct view *v)
{
	return reach_until(v, &((struct state *)v->state)->reach);
}

static bool
offers(const struct view *v, enum action a)
{
	const struct state *s = v->state;

	return a != ACT_LOOK || s->plans.held[0] != '\0';
}

static const enum action actions[] = { ACT_SHOW_NUMBER, ACT_LOOK, ACT_ADD,
	ACT_HIDE, ACT_SAFE_CONTACT, ACT_CONSENT, ACT_TIMELINE, ACT_OPEN,
	ACT_BACK, ACT_NONE };

const struct screen screen_follow_up = {
	.name = "follow_up",
	.title = N_("Follow-up"),
	.needs = PERM_FOLLOW_UP,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open,
	.draw = draw,
	.act = act,
	.key = key,
	.offers = offers,
	.refresh = refresh,
	.answer = answer,
	.wake = wake,
	.close = close_view,
};
