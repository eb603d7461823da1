/* SPDX-License-Identifier: ISC */
/*
 * Help of every kind: what is planned, what was given, what the person did not
 * want now, what could not be had.  None of it waits for a consent.
 */
#include <string.h>

#include "parts.h"
#include "plan_goals.h"
#include "plan_words.h"
#include "screens.h"
#include "service_form.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/service.h"
#include "ui/list.h"

struct state {
	struct arena arena; /* what was read */
	struct services all;
	struct list list;
	char cell[48];
	const struct view *v;
};

static const struct list_column columns[] = {
	{ .title = N_("Help"),
	    .min = 20,
	    .ideal = 30,
	    .mark = true,
	    .grow = true },
	{ .title = N_("State"), .min = 14, .ideal = 14, .priority = 3 },
	{ .title = N_("When"), .min = 6, .ideal = 10, .priority = 2 },
	{ .title = N_("What"), .min = 8, .ideal = 22, .priority = 1 },
};
enum { COL_HELP, COL_STATE, COL_WHEN, COL_WHAT };

/* A later row says more: it is kept, and not what stands. */
static bool
over(const struct service *s)
{
	return s->corrected ||
	       (s->followed && strcmp(s->state, "planned") == 0);
}

static size_t
count(const void *ctx)
{
	return ((const struct state *)ctx)->all.n;
}

static struct uid
key_of(const void *ctx, size_t i)
{
	return ((const struct state *)ctx)->all.list[i].uid;
}

static enum element
state_style(const struct service *s)
{
	switch (service_state_from_name(s->state)) {
	case SERVICE_GIVEN:
		return EL_OK;
	case SERVICE_UNAVAILABLE:
		return EL_WARNING;
	default:
		return EL_TEXT;
	}
}

static void
cell(const void *ctx, size_t i, size_t column, struct list_cell *out)
{
	struct state *st = (struct state *)(uintptr_t)ctx;
	const struct service *s = &st->all.list[i];
	const struct view *v = st->v;
	enum element due = EL_TEXT;

	out->style = EL_TEXT;
	switch (column) {
	case COL_HELP:
		out->text = label_of(&app_society(v)->services, s->service);
		break;
	case COL_STATE:
		out->text = s->corrected ? _("corrected")
					 : words_label(plan_service_states,
					       PLAN_SERVICE_STATES, s->state);
		out->style = state_style(s);
		break;
	case COL_WHEN:
		out->text = st->cell;
		if (strcmp(s->state, "planned") == 0)
			part_due(s->due, app_now(v), st->cell, sizeof(st->cell),
			    &due);
		else
			clock_short(
			    s->at, app_now(v), st->cell, sizeof(st->cell));
		out->style = due;
		break;
	default:
		out->text = s->amount[0] != '\0' ? s->amount : s->words;
		break;
	}
	if (over(s))
		out->style = EL_DIM;
}

static int
read_all(struct view *v, struct err *err)
{
	struct state *s = v->state;
	struct services all = { .n = 0 };
	struct arena fresh;

	arena_init(&fresh);
	if (service_list(
		app_session(v), v->route.case_uid, &fresh, &all, err) != 0) {
		arena_done(&fresh);
		return -1;
	}
	arena_done(&s->arena);
	s->arena = fresh;
	s->all = all;
	return 0;
}

static int
open_services(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;
	const struct list_source source = {
		.ctx = s, .count = count, .cell = cell, .key = key_of
	};

	(void)r;
	arena_init(&s->arena);
	s->v = v;
	if (read_all(v, err) != 0)
		return -1;
	list_init(
	    &s->list, columns, sizeof(columns) / sizeof(columns[0]), &source);
	s->list.empty = N_("No help is recorded yet. a adds some; none of it "
			   "needs a consent.");
	return 0;
}

static int
refresh(struct view *v, struct err *err)
{
	struct state *s = v->state;

	if (read_all(v, err) != 0)
		return -1;
	list_reload(&s->list);
	return 0;
}

static void
close_services(struct view *v)
{
	struct state *s = v->state;

	arena_done(&s->arena);
}

static const struct service *
current(const struct view *v)
{
	const struct state *s = v->state;
	size_t row;

	return list_current(&s->list, &row) ? &s->all.list[row] : NULL;
}

static bool
offers(const struct view *v, enum action action)
{
	const struct service *s = current(v);

	switch (action) {
	case ACT_GIVEN:
		return s != NULL && !over(s) &&
		       strcmp(s->state, "planned") == 0;
	case ACT_CORRECT:
		return s != NULL && !s->corrected;
	case ACT_OPEN:
		return s != NULL;
	default:
		return true;
	}
}

/* Everything of one entry, to be read. */
static void
show(struct view *v, const struct service *s)
{
	const struct sheet *sheet = society_sheet(app_society(v), s->sheet);
	const char *goal = plan_goal_words(v, &s->goal);
	struct buf b;
	char when[24];

	buf_init(&b);
	buf_addf(&b, "%s, %s (%s)",
	    words_label(plan_service_states, PLAN_SERVICE_STATES, s->state),
	    clock_full(s->at, when, sizeof(when)), s->by);
	if (s->amount[0] != '\0')
		buf_addf(&b, "\n%s", s->amount);
	if (s->sheet[0] != '\0')
		buf_addf(&b, _("\nSheet: %s, %s, version %s"),
		    sheet != NULL ? sheet->label : s->sheet,
		    part_language(app_society(v), s->sheet_language),
		    s->sheet_version);
	if (goal != NULL)
		buf_addf(&b, _("\nFor the goal: %s"), goal);
	if (s->controls[0] != '\0')
		buf_addf(&b, _("\nWho controls it: %s"),
		    words_label(plan_holders, PLAN_HOLDERS, s->controls));
	if (s->words[0] != '\0')
		buf_addf(&b, "\n%s", s->words);
	buf_addf(&b, _("\nOn paper it is called: %s"),
	    service_paper(app_society(v), s->service));
	app_ask(v, &(struct ask){ .kind = ASK_TEXT,
		       .title = label_of(&app_society(v)->services, s->service),
		       .text = arena_strn(&v->arena, b.data, b.len) });
	buf_done(&b);
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	const struct service *s = current(v);
	enum next next;

	(void)err;
	switch (action) {
	case ACT_ADD:
		return part_go_to(v, &screen_service_add, NULL);
	case ACT_GIVEN:
	case ACT_CORRECT:
		if (s == NULL)
			return NEXT_STAY;
		next = part_go_to(v, &screen_service_add, &s->uid);
		v->go.arg =
		    action == ACT_GIVEN ? SERVICE_FOLLOWS : SERVICE_CORRECTS;
		return next;
	case ACT_OPEN:
		if (s != NULL)
			show(v, s);
		return NEXT_STAY;
	default:
		return part_go_on(v, action);
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

	list_draw(&s->list, c);
}

static const enum action actions[] = { ACT_ADD, ACT_GIVEN, ACT_OPEN,
	ACT_CORRECT, ACT_PLAN, ACT_ASSESSMENT, ACT_NONE };

const struct screen screen_services = {
	.name = "services",
	.title = N_("Services"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_services,
	.draw = draw,
	.act = act,
	.key = key,
	.offers = offers,
	.refresh = refresh,
	.close = close_services,
};
