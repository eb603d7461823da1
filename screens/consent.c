/* SPDX-License-Identifier: ISC */
/*
 * Consent: working together, and what may be told to whom, for what, until
 * when.  What is not a yes in force is a no, and says so.
 */
#include <string.h>

#include "consent_page.h"
#include "parts.h"
#include "screens.h"

#include "base/clock.h"
#include "store/consent.h"
#include "ui/list.h"

struct state {
	struct consent_rows rows;
	struct list list;
	bool history;
	struct uid ending; /* the one it was asked how it was withdrawn */
};
enum { ASK_HOW = 1, ASK_TOLD };
/* From here on there is room for whole sentences. */
#define TALL 14

static const struct list_column columns[] = {
	{ .title = N_("To"), .min = 10, .ideal = 24, .mark = true },
	{ .title = N_("For"), .min = 8, .ideal = 16, .priority = 2 },
	{ .title = N_("What"),
	    .min = 8,
	    .ideal = 20,
	    .priority = 3,
	    .grow = true },
	{ .title = N_("Until"), .min = 6, .ideal = 9, .priority = 1 },
	{ .title = N_("State"), .min = 9, .ideal = 11 },
};

static const struct consent *
current(const struct view *v)
{
	const struct state *s = v->state;
	size_t row;

	return list_current(&s->list, &row) ? s->rows.rows[row].consent : NULL;
}

static int
refresh(struct view *v, struct err *e)
{
	struct state *s = v->state;

	if (consent_rows_read(v, s->history, &s->rows, e) == -1)
		return -1;
	list_reload(&s->list);
	return 0;
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	struct state *s = v->state;
	struct list_source source = { .ctx = &s->rows,
		.count = consent_rows_count,
		.cell = consent_rows_cell,
		.key = consent_rows_key };

	(void)r;
	if (consent_rows_read(v, false, &s->rows, e) == -1)
		return -1;
	list_init(
	    &s->list, columns, sizeof(columns) / sizeof(columns[0]), &source);
	s->list.empty = N_("No release has been asked for. Help does not "
			   "depend on any.");
	return 0;
}

/* --- drawing -------------------------------------------------------------- */

/* Returns the rows it took. */
static int
draw_together(const struct view *v, struct canvas *c)
{
	const struct state *s = v->state;
	const struct consent_rows *r = &s->rows;

	canvas_text(c, 0, 1, 16, EL_LABEL, _("Work together"));
	if (r->together == NULL) {
		canvas_text(c, 0, 18, -1, EL_WARNING,
		    _("not asked yet: a, then \"work together\""));
		return 1;
	}
	canvas_text(c, 0, 18, 12, consent_rows_style(r->together),
	    consent_rows_state(r->together));
	return canvas_wrap(c, 0, 31, c->cols - 32, c->rows >= TALL ? 3 : 1,
	    EL_TEXT, r->together_words);
}

/* Of the row with the cursor: what is held back, then how it was said. */
static void
draw_below(const struct view *v, struct canvas *c)
{
	const struct state *s = v->state;
	const struct consent *one = current(v);
	size_t row = 0;

	if (one == NULL || !list_current(&s->list, &row))
		return;
	if (one->withdrawn_how[0] != '\0')
		canvas_printf(c, 0, 1, -1, EL_TEXT, "%s %s", _("Withdrawn:"),
		    one->withdrawn_how);
	else if (one->withheld[0] != '\0')
		canvas_printf(c, 0, 1, -1, EL_WARNING, "%s %s", _("Withheld:"),
		    s->rows.rows[row].withheld);
	canvas_wrap(c, 1, 1, c->cols - 2, c->rows - 1, EL_DIM,
	    s->rows.rows[row].detail);
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;
	int under = c->rows >= TALL ? 3 : 2, top = draw_together(v, c);
	struct canvas rule = canvas_view(c, top, 0, 1, c->cols);
	struct canvas rows =
	    canvas_view(c, top + 1, 0, c->rows - top - 1 - under, c->cols);
	struct canvas below =
	    canvas_view(c, c->rows - under, 0, under, c->cols);

	canvas_rule(&rule, 0, s->history ? _("Every decision") : _("Releases"));
	list_draw(&s->list, &rows);
	draw_below(v, &below);
}

/* --- acting --------------------------------------------------------------- */

static const struct uid *
uid_of(const struct consent *one)
{
	return one == NULL ? NULL : &one->uid;
}

static enum next
withdraw(struct view *v, struct err *e)
{
	struct state *s = v->state;
	const struct consent *one = current(v);
	size_t row;

	if (one == NULL || !list_current(&s->list, &row))
		return NEXT_STAY;
	if (!consent_rows_can_end(one)) {
		(void)err_set(e, ERR_INPUT,
		    _("There is nothing to withdraw: this was not a yes."));
		return NEXT_STAY;
	}
	s->ending = one->uid;
	app_ask(v, &(struct ask){ .kind = ASK_LINE,
		       .id = ASK_HOW,
		       .title = arena_printf(&v->arena, "%s: %s", v->route.code,
			   _("withdraw this consent now")),
		       .text = arena_printf(&v->arena, "%s\n%s",
			   consent_rows_name(v, &s->rows.rows[row]),
			   _("It holds from this moment, in any way the person "
			     "said it and without a reason. How did they tell "
			     "us? (Esc keeps the consent)")),
		       .initial = "",
		       .required = true,
		       .keeps = true,
		       .about = one->uid });
	return NEXT_STAY;
}

static enum next
answer(struct view *v, int id, const char *value, struct err *e)
{
	struct state *s = v->state;
	const struct consent *one = consent_rows_find(&s->rows, &s->ending);
	struct disclosures told = { 0 };

	if (id != ASK_HOW || value[0] == '\0' || one == NULL)
		return NEXT_STAY;
	if (consent_withdraw(app_session(v), one->case_uid, one->uid,
		app_answer_uid(v), value, &v->arena, &told, e) == -1)
		return NEXT_STAY;
	app_ask(v, &(struct ask){ .kind = ASK_TEXT,
		       .id = ASK_TOLD,
		       .title = _("Withdrawn"),
		       .text = consent_told_words(v, &told) });
	(void)refresh(v, e);
	return NEXT_STAY;
}

static enum next
act(struct view *v, enum action a, struct err *e)
{
	struct state *s = v->state;

	switch (a) {
	case ACT_ADD:
		return part_go_to(v, &screen_consent_add, NULL);
	case ACT_RENEW:
		return part_go_to(v, &screen_consent_add, uid_of(current(v)));
	case ACT_PREVIEW:
		return part_go_to(v, &screen_preview, uid_of(current(v)));
	case ACT_WITHDRAW:
		return withdraw(v, e);
	case ACT_SHOW_ALL:
		s->history = !s->history;
		(void)refresh(v, e);
		return NEXT_STAY;
	default:
		return part_go_on(v, a);
	}
}

/* How it was asked and given, and by whom. */
static enum next
read_one(struct view *v)
{
	struct state *s = v->state;
	size_t row;

	if (list_current(&s->list, &row))
		consent_page(v, &s->rows.rows[row], ASK_TOLD);
	return NEXT_STAY;
}

static bool
offers(const struct view *v, enum action a)
{
	const struct consent *one = current(v);

	switch (a) {
	case ACT_RENEW:
	case ACT_WITHDRAW:
		return one != NULL;
	case ACT_PREVIEW:
		/* What was said under another code alone lets nothing go. */
		return one != NULL && one->recipient[0] != '\0' &&
		       uid_eq(&one->case_uid, &v->route.case_uid);
	default:
		return true;
	}
}

static enum next
key(struct view *v, const struct key *k, struct err *e)
{
	struct state *s = v->state;

	switch (list_key(&s->list, k, e)) {
	case LIST_OPEN:
		return read_one(v);
	case LIST_STAY:
		return NEXT_STAY;
	case LIST_PASS:
		break;
	}
	return NEXT_PASS;
}

static const enum action actions[] = { ACT_ADD, ACT_WITHDRAW, ACT_RENEW,
	ACT_PREVIEW, ACT_SHOW_ALL, ACT_FOLLOW_UP, ACT_NONE };

const struct screen screen_consent = {
	.name = "consent",
	.title = N_("Consent"),
	.needs = PERM_CONSENT,
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
