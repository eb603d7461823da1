/* SPDX-License-Identifier: ISC */
/* What somebody was writing before a lock, a lost line or a crash. */
#include "store/draft.h"

#include <string.h>

#include "app/router.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "screens.h"
#include "ui/list.h"

enum column { COL_WHEN, COL_WHAT, COL_CODE };
static const struct list_column columns[] = {
	[COL_WHEN] = { .title = N_("Written"), .min = 9, .ideal = 14 },
	[COL_WHAT] = { .title = N_("What"),
	    .min = 10,
	    .ideal = 30,
	    .grow = true,
	    .mark = true },
	[COL_CODE] = { .title = N_("Case"), .min = 9, .ideal = 9 },
};

struct state {
	const struct view *view;
	struct drafts drafts;
	struct list list;
	char when[24];
};

static size_t
count(const void *ctx)
{
	return ((const struct state *)ctx)->drafts.n;
}

static void
cell(const void *ctx, size_t i, size_t c, struct list_cell *out)
{
	/* The source is the view's own state, with room for one date. */
	struct state *s = (struct state *)ctx;
	const struct draft *d = &s->drafts.list[i];
	const struct screen *screen = app_screen(s->view, d->screen);

	out->style = EL_TEXT;
	switch ((enum column)c) {
	case COL_WHEN:
		out->text = clock_short(
		    d->changed_at, app_now(s->view), s->when, sizeof(s->when));
		break;
	case COL_WHAT:
		out->text = screen == NULL ? d->screen : _(screen->title);
		break;
	case COL_CODE:
		out->text = d->code;
		out->style = EL_CODE;
		break;
	}
}

static struct uid
key_of(const void *ctx, size_t i)
{
	return ((const struct state *)ctx)->drafts.list[i].uid;
}

static int
read_again(struct view *v, struct err *err)
{
	struct state *s = v->state;

	arena_reset(&v->arena);
	s->drafts = (struct drafts){ 0 };
	if (draft_list(app_session(v), &v->arena, &s->drafts, err) < 0)
		return -1;
	list_reload(&s->list);
	return 0;
}

static int
open_drafts(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;
	const struct list_source source = {
		.ctx = s, .count = count, .cell = cell, .key = key_of
	};

	(void)r;
	s->view = v;
	if (draft_list(app_session(v), &v->arena, &s->drafts, err) < 0)
		return -1;
	list_init(
	    &s->list, columns, sizeof(columns) / sizeof(columns[0]), &source);
	s->list.empty = N_("Nothing is waiting: everything typed was saved");
	return 0;
}

static void
draw_drafts(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;
	struct canvas below;
	int head = 1;

	if (s->drafts.n > 0)
		head = canvas_wrap(c, 0, 0, -1, 2, EL_HEADING,
		    _("You were writing. Enter goes on; Esc leaves it here."));
	below = canvas_view(c, head, 0, c->rows - head, c->cols);
	list_draw(&s->list, &below);
}

static enum next
go_on(struct view *v, struct err *err)
{
	struct state *s = v->state;
	const struct draft *d;
	size_t row;

	if (!list_current(&s->list, &row))
		return NEXT_STAY;
	d = &s->drafts.list[row];
	v->go = (struct route){ .screen = app_screen(v, d->screen),
		.case_uid = d->case_uid,
		.draft = d->uid };
	memcpy(v->go.code, d->code, sizeof(v->go.code));
	if (v->go.screen == NULL) {
		(void)err_set(err, ERR_VERSION,
		    _("This draft was written with another version of amparo; "
		      "it is kept until that version is back"));
		return NEXT_STAY;
	}
	/* The last one: nothing to come back to. */
	return s->drafts.n == 1 ? NEXT_REPLACE : NEXT_GO;
}

static void
ask_drop(struct view *v)
{
	struct state *s = v->state;
	struct ask ask = { .kind = ASK_CONFIRM,
		.text = N_("What was typed there is gone then.") };
	struct list_cell what;
	size_t row;

	if (!list_current(&s->list, &row))
		return;
	cell(s, row, COL_WHAT, &what);
	ask.title = arena_printf(&v->arena, _("Drop the draft \"%s %s\""),
	    what.text, s->drafts.list[row].code);
	app_ask(v, &ask);
}

static enum next
answer_drafts(struct view *v, int id, const char *value, struct err *err)
{
	struct state *s = v->state;
	size_t row;

	(void)id;
	if (value[0] == '\0' || !list_current(&s->list, &row))
		return NEXT_STAY;
	if (draft_drop(app_session(v), s->drafts.list[row].uid, err) == 0)
		(void)read_again(v, err);
	return NEXT_STAY;
}

static enum next
act_drafts(struct view *v, enum action a, struct err *err)
{
	if (a == ACT_OPEN)
		return go_on(v, err);
	ask_drop(v);
	return NEXT_STAY;
}

static enum next
key_drafts(struct view *v, const struct key *k, struct err *err)
{
	struct state *s = v->state;

	return list_key(&s->list, k, err) == LIST_PASS ? NEXT_PASS : NEXT_STAY;
}

static const enum action actions[] = { ACT_OPEN, ACT_DROP, ACT_NONE };

const struct screen screen_drafts = {
	.name = "drafts",
	.title = N_("Drafts"),
	.needs = PERM_NONE,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_drafts,
	.draw = draw_drafts,
	.act = act_drafts,
	.key = key_drafts,
	.refresh = read_again,
	.answer = answer_drafts,
};
