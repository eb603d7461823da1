/* SPDX-License-Identifier: ISC */
/* Everything that waits in one case; free tasks with their words.  Enter goes
 * where it is done; a free task it shows whole. */
#include <string.h>

#include "parts.h"
#include "reading.h"
#include "screens.h"
#include "where.h"
#include "words.h"

#include "app/keymap.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/case.h"
#include "store/task.h"

struct tasks_state {
	struct reading reading; /* first: reading.h */
	struct task_lines lines;
};
enum { ASK_DONE = 100 };
#define FOOT 3 /* rows */

static const struct list_column columns[] = {
	{ N_("Due"), 10, 11, 0, LIST_LEFT, false, true },
	{ N_("What"), 14, 40, 9, LIST_LEFT, true, false },
	{ N_("For"), 6, 10, 3, LIST_LEFT, false, false },
};

/* Which of several of its kind this one is; "": the kind says it all. */
static const char *
which(const struct view *v, const struct task_line *t)
{
	const struct consent_kind *k =
	    society_consent(app_society(v), t->consent);

	return k != NULL ? k->label : t->text;
}

/* Inside its case a deadline says what ends and where it is settled; on a list
 * of all cases it is one of the law, and no more (words_task()). */
static const char *
what(struct arena *a, const struct task_line *t, const char *which)
{
	const char *deadline = words_deadline(t->kind);

	if (strcmp(t->kind, "task") == 0)
		return which;
	if (which[0] != '\0')
		return arena_printf(a, "%s: %s", words_task(t->kind), which);
	/* A code that is no deadline has no such words. */
	return strcmp(deadline, t->kind) != 0 ? deadline : words_task(t->kind);
}

static void
add(struct view *v, const struct task_line *t)
{
	struct tasks_state *s = v->state;
	struct arena *a = &s->reading.arena;
	const char *words = which(v, t);
	struct reading_row row = { .cells = { NULL, what(a, t, words) } };
	char due[24], full[24];

	row.cells[0] =
	    arena_str(a, part_due(t->due, app_now(v), due, sizeof(due), NULL));
	row.full = row.cells[1];
	row.cells[2] = t->to[0] != '\0' ? t->to : _("worker");
	row.title = arena_printf(a, _("%s, due %s"), words_task(t->kind),
	    clock_full(t->due, full, sizeof(full)));
	if (t->by[0] != '\0')
		row.title = arena_printf(
		    a, _("%s, noted down by %s"), row.title, t->by);
	reading_add(v, &row);
}

static int
read_tasks(struct view *v, struct err *err)
{
	struct tasks_state *s = v->state;

	reading_reset(v);
	if (task_list(app_session(v), v->route.case_uid, &s->reading.arena,
		&s->lines, err) != 0) {
		s->lines.n = 0;
		list_reload(&s->reading.list);
		return -1;
	}
	for (size_t i = 0; i < s->lines.n; i++)
		add(v, &s->lines.list[i]);
	list_reload(&s->reading.list);
	return 0;
}

static int
open_tasks(struct view *v, const struct route *r, struct err *err)
{
	(void)r;
	reading_init(v, columns, sizeof(columns) / sizeof(columns[0]),
	    N_("Nothing waits in this case. + notes down a task."));
	return read_tasks(v, err);
}

/* What is under the cursor; NULL: nothing. */
static const struct task_line *
any(const struct view *v)
{
	const struct tasks_state *s = v->state;
	size_t at;

	return list_current(&s->reading.list, &at)
		   ? &s->lines.list[s->reading.shown[at]]
		   : NULL;
}

/* The free task under the cursor; NULL: one that is worked out. */
static const struct task_line *
current(const struct view *v)
{
	const struct task_line *t = any(v);

	return t != NULL && strcmp(t->kind, "task") == 0 ? t : NULL;
}

/* Where the line under the cursor is done by this person; ACT_NONE: nowhere
 * else. */
static enum action
way(const struct view *v)
{
	const struct task_line *t = any(v);
	enum action a =
	    t == NULL ? ACT_NONE : where_done(t->kind, !uid_null(&t->object));

	return a != ACT_NONE &&
		       session_may(app_session(v), action_info(a)->needs)
		   ? a
		   : ACT_NONE;
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	const struct task_line *t = current(v);
	struct ask ask = { .kind = ASK_LINE,
		.id = ASK_DONE,
		.title = N_("Done"),
		.text = N_("In a few words, what came of it? May stay empty; "
			   "Esc leaves the task as it is."),
		.keeps = true };

	switch (action) {
	case ACT_OPEN:
		return way(v) == ACT_NONE ? reading_act(v, action, err)
					  : part_go_on(v, way(v));
	case ACT_TASK_DONE:
		if (t == NULL)
			return NEXT_STAY;
		ask.about = t->object;
		app_ask(v, &ask);
		return NEXT_STAY;
	case ACT_TASK_ADD:
		return part_go_on(v, action);
	default:
		return reading_act(v, action, err);
	}
}

static enum next
answer(struct view *v, int id, const char *value, struct err *err)
{
	const struct task_line *t = current(v);

	if (id != ASK_DONE)
		return reading_answer(v, id, value, err);
	if (t != NULL && task_done(app_session(v), v->route.case_uid, t->object,
			     value, err) == 0) {
		if (read_tasks(v, err) == 0)
			app_say(v, _("Done."));
	}
	return NEXT_STAY;
}

static bool
offers(const struct view *v, enum action action)
{
	return action != ACT_TASK_DONE || current(v) != NULL;
}

/* Below the list the whole line, which it may cut, and where Enter goes. */
static void
draw(const struct view *v, struct canvas *c)
{
	int foot = c->rows >= FOOT + 3 ? FOOT : 0;
	struct canvas above = canvas_view(c, 0, 0, c->rows - foot, c->cols);
	const struct reading_row *row = reading_current(v);
	enum action a = way(v);
	char key[16];
	int used;

	reading_draw(v, &above);
	if (foot == 0 || row == NULL)
		return;
	used = canvas_wrap(
	    c, c->rows - foot, 2, -1, foot - 1, EL_DIM, row->cells[1]);
	if (a != ACT_NONE)
		(void)canvas_printf(c, c->rows - foot + used, 2, -1, EL_DIM,
		    _("Enter: %s (%s)"), _(action_info(a)->hint),
		    keymap_show(a, false, key, sizeof(key)));
}

static const enum action actions[] = { ACT_OPEN, ACT_TASK_DONE, ACT_TASK_ADD,
	ACT_FILTER, ACT_BACK, ACT_CANCEL, ACT_NONE };

const struct screen screen_tasks = {
	.name = "tasks",
	.title = N_("Yet to do"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct tasks_state),
	.actions = actions,
	.open = open_tasks,
	.draw = draw,
	.act = act,
	.key = reading_key,
	.typing = reading_typing,
	.offers = offers,
	.refresh = read_tasks,
	.answer = answer,
	.close = reading_close,
};
