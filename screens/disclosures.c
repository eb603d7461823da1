/* SPDX-License-Identifier: ISC */
/* What left this case: when, to whom, which kinds of data, under what; and,
 * where the person took it back, what was asked back of who was told. */
#include <stdio.h>
#include <string.h>

#include "referral_words.h"
#include "screens.h"

#include "parts.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/recall.h"
#include "ui/list.h"

struct row {
	const char *cell[5];
	const char *whole; /* what a small window cuts, and for what it was */
};
struct state {
	struct disclosed_list all;
	struct row *rows;
	struct list list;
	char step[32]; /* chosen, before its words */
};
enum { ASK_STEP = 1, ASK_WORDS };

/* Where asking it back is, and what can come of it. */
static const struct choice_option steps[] = {
	{ "due", N_("TAKEN BACK: tell them (o)"), NULL },
	{ "asked_delete", N_("Told, and asked to delete it"), NULL },
	{ "asked_return", N_("Told, and asked to give it back"), NULL },
	{ "no_answer", N_("Asked again, no answer yet"), NULL },
	{ "nothing_there", N_("They say they hold nothing of it"),
	    N_("Say who said so") },
	{ "deleted", N_("They deleted it"), NULL },
	{ "returned", N_("They gave it back"), NULL },
	{ "kept", N_("They keep it"),
	    N_("Say why: the law they name, a file of their own") },
};
#define STEPS (sizeof(steps) / sizeof(steps[0]))

static const char *
step_words(const char *step)
{
	for (size_t i = 0; i < STEPS; i++)
		if (strcmp(steps[i].value, step) == 0)
			return _(steps[i].label);
	return step;
}

static const struct list_column columns[] = {
	{ .title = N_("When"), .min = 6, .ideal = 9 },
	{ .title = N_("To"), .min = 12, .ideal = 30, .mark = true },
	{ .title = N_("What"), .min = 8, .ideal = 20, .grow = true },
	{ .title = N_("Under"), .min = 9, .ideal = 14, .priority = 2 },
	{ .title = N_("By"), .min = 5, .ideal = 8, .priority = 1 },
};

static size_t
count(const void *ctx)
{
	return ((const struct state *)ctx)->all.n;
}

static void
cell(const void *ctx, size_t i, size_t c, struct list_cell *out)
{
	const struct state *s = ctx;

	out->text = s->rows[i].cell[c];
	out->style = c == 3 && !s->all.list[i].consent ? EL_WARNING : EL_TEXT;
}

static const char *
whole(struct view *v, const struct disclosed *d, const struct row *r)
{
	return arena_printf(&v->arena, "%s: %s. %s: %s · %s", r->cell[1],
	    r->cell[2], _("For"),
	    label_of(&app_society(v)->purposes, d->purpose),
	    referral_how_words(v, d));
}

static int
refresh(struct view *v, struct err *e)
{
	struct state *s = v->state;

	if (disclosure_list(
		app_session(v), v->route.case_uid, &v->arena, &s->all, e) == -1)
		return -1;
	s->rows = arena_alloc(&v->arena, s->all.n + 1, sizeof(*s->rows));
	for (size_t i = 0; i < s->all.n; i++) {
		const struct disclosed *d = &s->all.list[i];
		struct row *r = &s->rows[i];
		char day[24];

		r->cell[0] = arena_str(&v->arena,
		    clock_short(d->at, app_now(v), day, sizeof(day)));
		r->cell[1] = referral_to_words(v, d->recipient);
		r->cell[2] = referral_scope_words(v, d->scope);
		r->cell[3] = referral_under_words(d);
		r->cell[4] = d->by;
		r->whole = whole(v, d, r);
	}
	list_reload(&s->list);
	return 0;
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	struct state *s = v->state;
	struct list_source source = { .ctx = s, .count = count, .cell = cell };

	(void)r;
	list_init(
	    &s->list, columns, sizeof(columns) / sizeof(columns[0]), &source);
	s->list.empty = N_("Nothing of this case was told to anybody. What was "
			   "told already, outside: a records it.");
	return refresh(v, e);
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;
	int below = c->rows >= 14 ? 3 : 2;
	struct canvas rows = canvas_view(c, 0, 0, c->rows - 1 - below, c->cols);
	const struct disclosed *d;
	char day[24];
	size_t at;

	list_draw(&s->list, &rows);
	if (!list_current(&s->list, &at))
		return;
	d = &s->all.list[at];
	if (d->step[0] != '\0')
		canvas_printf(c, rows.rows, 1, -1,
		    d->step_due != 0 ? EL_WARNING : EL_TEXT, "%s: %s",
		    clock_short(d->step_at, app_now(v), day, sizeof(day)),
		    step_words(d->step));
	(void)canvas_foot(c, below, EL_DIM, s->rows[at].whole);
}

/* --- asking it back ----------------------------------------------------------- */

static const struct disclosed *
current(const struct view *v)
{
	const struct state *s = v->state;
	size_t at;

	return list_current(&s->list, &at) ? &s->all.list[at] : NULL;
}

/* The referrals it went with: one that is closed is affected, too. */
static const char *
affected(struct view *v, const struct disclosed *d)
{
	const char *text = _("What is there of it, in this and in what is "
			     "closed?");
	struct referrals all;
	enum element style;
	struct err e;

	if (referral_list(
		app_session(v), v->route.case_uid, &v->arena, &all, &e) == -1)
		return text;
	for (size_t i = 0; i < all.n; i++) {
		const struct referral *r = &all.list[i];

		if (strcmp(r->recipient, d->recipient) == 0 &&
		    strcmp(r->purpose, d->purpose) == 0)
			text = arena_printf(&v->arena, "%s\n%s: %s", text,
			    referral_words_label(WORDS_MODE, r->mode),
			    referral_state_words(r, &style));
	}
	return text;
}

static enum next
ask_step(struct view *v)
{
	const struct disclosed *d = current(v);
	int from = d == NULL ? -1 : recall_step_from_name(d->step);
	struct ask_choice *fit = arena_alloc(&v->arena, STEPS, sizeof(*fit));
	struct ask a = { .kind = ASK_CHOICE, .id = ASK_STEP, .choices = fit };

	if (from < 0)
		return NEXT_STAY;
	for (size_t i = 0; i < STEPS; i++) {
		int to = recall_step_from_name(steps[i].value);

		if (to >= 0 && recall_may_become((enum recall_step)from,
				   (enum recall_step)to))
			fit[a.n_choices++] =
			    (struct ask_choice){ steps[i].value, steps[i].label,
				    steps[i].help };
	}
	a.title = referral_to_words(v, d->recipient);
	a.text = affected(v, d);
	app_ask(v, &a);
	return NEXT_STAY;
}

static enum next
answer(struct view *v, int id, const char *value, struct err *e)
{
	const struct disclosed *d = current(v);
	struct state *s = v->state;

	if (d == NULL)
		return NEXT_STAY;
	if (id == ASK_STEP && value[0] != '\0') {
		(void)snprintf(s->step, sizeof(s->step), "%s", value);
		app_ask(
		    v, &(struct ask){ .kind = ASK_LINE,
			   .id = ASK_WORDS,
			   .title = step_words(value),
			   .text = _("Whom did you speak to, and what did they "
				     "say? In a few words."),
			   .initial = "",
			   .keeps = true,
			   .about = d->recall });
	}
	if (id == ASK_WORDS &&
	    recall_note(app_session(v), v->route.case_uid, d->recall, d->step,
		app_answer_uid(v), s->step, value, e) == 0)
		(void)refresh(v, e);
	return NEXT_STAY;
}

static enum next
act(struct view *v, enum action a, struct err *e)
{
	(void)e;
	if (a == ACT_ADD)
		return part_go_to(v, &screen_told_add, NULL);
	return a == ACT_OUTCOME ? ask_step(v) : NEXT_PASS;
}

static bool
offers(const struct view *v, enum action a)
{
	const struct disclosed *d = current(v);

	if (a == ACT_ADD)
		return session_may(app_session(v), PERM_REFER);
	return a != ACT_OUTCOME || (d != NULL && d->step_due != 0);
}

static enum next
key(struct view *v, const struct key *k, struct err *e)
{
	struct state *s = v->state;

	return list_key(&s->list, k, e) == LIST_PASS ? NEXT_PASS : NEXT_STAY;
}

static const enum action actions[] = { ACT_OUTCOME, ACT_ADD, ACT_BACK,
	ACT_NONE };

const struct screen screen_disclosures = {
	.name = "disclosures",
	.title = N_("What left"),
	.needs = PERM_DISCLOSURES,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open,
	.draw = draw,
	.act = act,
	.key = key,
	.offers = offers,
	.refresh = refresh,
	.answer = answer,
};
