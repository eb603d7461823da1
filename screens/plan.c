/* SPDX-License-Identifier: ISC */
/*
 * The plan: goals in the person's words, under each the steps towards it.
 * What is met or set aside stands below what is still to do.
 */
#include <string.h>

#include "parts.h"
#include "plan_rows.h"
#include "plan_words.h"
#include "screens.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "ui/list.h"

struct state {
	struct plan_rows rows;
	struct list list;
	const char *chosen; /* how far, while the words are asked for */
	/* Of the step, when it was asked: rows are read again meanwhile. */
	int64_t rev;
};
enum { ASK_FAR = 1, ASK_WORDS, ASK_END, ASK_OUTCOME };

static const struct list_column columns[] = {
	{ .title = N_("Goal, and steps towards it"),
	    .min = 22,
	    .ideal = 40,
	    .grow = true,
	    .mark = true },
	{ .title = N_("Who"), .min = 6, .ideal = 14, .priority = 1 },
	{ .title = N_("By"), .min = 6, .ideal = 10, .priority = 3 },
	{ .title = N_("State"), .min = 7, .ideal = 12, .priority = 2 },
};

static const struct plan_row *
current(const struct view *v)
{
	const struct state *s = v->state;
	size_t row;

	return list_current(&s->list, &row) ? &s->rows.list[row] : NULL;
}

static int
refresh(struct view *v, struct err *err)
{
	struct state *s = v->state;

	if (plan_rows_read(v, &s->rows, err) != 0)
		return -1;
	list_reload(&s->list);
	return 0;
}

static int
open_plan_screen(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;
	const struct list_source source = { .ctx = &s->rows,
		.count = plan_rows_count,
		.cell = plan_rows_cell,
		.key = plan_rows_key };

	(void)r;
	arena_init(&s->rows.arena);
	if (plan_rows_read(v, &s->rows, err) != 0)
		return -1;
	list_init(
	    &s->list, columns, sizeof(columns) / sizeof(columns[0]), &source);
	s->list.empty = N_("No goal yet. a writes the first one down, in the "
			   "person's words.");
	return 0;
}

static void
close_plan(struct view *v)
{
	struct state *s = v->state;

	arena_done(&s->rows.arena);
}

/* --- how far it is --------------------------------------------------------- */

/* A question with a choice of some of these words. */
static void
ask_far(struct view *v, int id, const char *title,
    const struct choice_option *options, size_t n)
{
	struct ask_choice *choices =
	    arena_alloc(&v->arena, n, sizeof(*choices));

	for (size_t i = 0; i < n; i++)
		choices[i] = (struct ask_choice){ .value = options[i].value,
			.label = _(options[i].label),
			.help = options[i].help };
	app_ask(v, &(struct ask){ .kind = ASK_CHOICE,
		       .id = id,
		       .title = title,
		       .text = "",
		       .choices = choices,
		       .n_choices = n });
}

static enum next
how_far(struct view *v)
{
	const struct plan_row *row = current(v);
	struct state *s = v->state;

	if (row == NULL)
		return NEXT_STAY;
	if (row->action != NULL)
		s->rev = row->action->rev;
	if (row->action == NULL)
		ask_far(v, ASK_FAR, N_("How far is this goal?"),
		    plan_goal_states + 1, PLAN_GOAL_STATES - 1);
	else
		ask_far(v, ASK_END, N_("How far is this step?"),
		    plan_action_states, PLAN_ACTION_STATES);
	return NEXT_STAY;
}

static void
ask_words(struct view *v, const struct plan_row *row, int id, const char *value)
{
	struct state *s = v->state;
	bool aside = strcmp(value, "set_aside") == 0;

	s->chosen = arena_str(&v->arena, value);
	app_ask(v, &(struct ask){ .kind = ASK_LINE,
		       .id = id,
		       .title = N_("In a few words"),
		       .text = aside ? N_("What did the person say?")
				     : N_("What came of it? Enter alone "
					  "leaves it empty."),
		       .initial = "",
		       .required = aside,
		       .keeps = true,
		       .about = row->action == NULL ? row->goal->uid
						    : row->action->uid });
}

static int
save_progress(struct view *v, const struct plan_row *row, const char *words,
    struct err *err)
{
	const struct state *s = v->state;

	return goal_progress_add(app_session(v), v->route.case_uid,
	    &(const struct goal_progress){ .uid = app_answer_uid(v),
		.goal = row->goal->uid,
		.state = s->chosen,
		.words = words },
	    err);
}

static int
save_end(struct view *v, const struct plan_row *row, const char *words,
    struct err *err)
{
	const struct state *s = v->state;
	int64_t rev = s->rev;

	return plan_action_change(app_session(v), v->route.case_uid,
	    row->action->uid, &rev,
	    (const struct change[]){
		{ "state", s->chosen }, { "outcome", words } },
	    2, &v->arena, NULL, err);
}

static enum next
answer(struct view *v, int id, const char *value, struct err *err)
{
	const struct plan_row *row = current(v);
	int rc;

	if (row == NULL)
		return NEXT_STAY;
	if (id == ASK_FAR || id == ASK_END) {
		if (value[0] != '\0')
			ask_words(v, row,
			    id == ASK_FAR ? ASK_WORDS : ASK_OUTCOME, value);
		return NEXT_STAY;
	}
	if ((id == ASK_WORDS) != (row->action == NULL))
		return NEXT_STAY; /* the row went away meanwhile */
	rc = id == ASK_WORDS ? save_progress(v, row, value, err)
			     : save_end(v, row, value, err);
	if (rc == 0 && refresh(v, err) == 0)
		app_say(v, _("Saved."));
	return NEXT_STAY;
}

/* --- acting ---------------------------------------------------------------- */

static enum next
edit(struct view *v)
{
	const struct plan_row *row = current(v);

	if (row == NULL)
		return NEXT_STAY;
	return row->action == NULL
		   ? part_go_to(v, &screen_goal, &row->goal->uid)
		   : part_go_to(v, &screen_plan_action, &row->action->uid);
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	const struct plan_row *row = current(v);
	enum next next;

	(void)err;
	switch (action) {
	case ACT_ADD:
		return part_go_to(v, &screen_goal, NULL);
	case ACT_ADD_STEP:
		if (row == NULL)
			return NEXT_STAY;
		next = part_go_to(v, &screen_plan_action, &row->goal->uid);
		v->go.arg = PLAN_ACTION_NEW;
		return next;
	case ACT_OPEN:
	case ACT_EDIT:
		return edit(v);
	case ACT_PROGRESS:
		return how_far(v);
	case ACT_PLAN_REVIEW:
		return part_go_to(v, &screen_plan_review, NULL);
	default:
		return part_go_on(v, action);
	}
}

static bool
offers(const struct view *v, enum action action)
{
	switch (action) {
	case ACT_OPEN:
	case ACT_EDIT:
	case ACT_ADD_STEP:
	case ACT_PROGRESS:
	case ACT_PLAN_REVIEW:
		return current(v) != NULL;
	default:
		return true;
	}
}

static enum next
key(struct view *v, const struct key *k, struct err *err)
{
	struct state *s = v->state;

	return list_key(&s->list, k, err) == LIST_PASS ? NEXT_PASS : NEXT_STAY;
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;
	const struct plan_row *row = current(v);
	int below = c->rows > 10 ? 3 : 2;
	/* Whether a copy is safe stands at its end: never cut in a narrow one. */
	int head = canvas_wrap(
	    c, 0, 1, c->cols - 2, 3, s->rows.style, s->rows.together);
	struct canvas list;

	head = head < 1 ? 1 : head;
	list = canvas_view(c, head, 0, c->rows - head - below, c->cols);
	list_draw(&s->list, &list);
	if (row != NULL)
		(void)canvas_wrap(
		    c, c->rows - 2, 1, c->cols - 2, 2, EL_DIM, row->detail);
}

static const enum action actions[] = { ACT_ADD, ACT_ADD_STEP, ACT_PROGRESS,
	ACT_OPEN, ACT_PLAN_REVIEW, ACT_EDIT, ACT_SERVICES, ACT_ASSESSMENT,
	ACT_NONE };

const struct screen screen_plan = {
	.name = "plan",
	.title = N_("Plan"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_plan_screen,
	.draw = draw,
	.act = act,
	.key = key,
	.offers = offers,
	.refresh = refresh,
	.answer = answer,
	.close = close_plan,
};
