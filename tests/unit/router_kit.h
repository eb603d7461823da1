/* SPDX-License-Identifier: ISC */
/*
 * A router with screens that note what happens to them, over a store that a
 * test steers; included once by each test of the router.
 */
#ifndef AMPARO_TESTS_ROUTER_KIT_H
#define AMPARO_TESTS_ROUTER_KIT_H

#include "ui_kit.h"

#include "app/app.h"
#include "app/door.h"
#include "app/router_inside.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "fake_store.h"

/* --- a screen that notes what happens to it ------------------------------------ */

static struct seen {
	int opened, closed, refreshed, acted, keyed, answered;
	struct uid makes; /* app_answer_uid() of the last answer */
	enum action action;
	uint32_t key;
	int id;
	char value[64];
	enum next next; /* what act() gives */
	bool typing, open_fails, no_offer, pass, goes_on, nothing;
	enum err_kind answer_fails, act_fails;
	struct conflicts conflicts;
	bool theirs[4];
} seen;

extern const struct screen fake_form;

static int
open_fake(struct view *v, const struct route *r, struct err *err)
{
	(void)v;
	(void)r;
	seen.opened++;
	return seen.open_fails ? err_set(err, ERR_BUSY, "Somebody saves.") : 0;
}

static void
draw_fake(const struct view *v, struct canvas *c)
{
	canvas_text(c, 0, 0, -1, EL_TEXT, v->screen->name);
}

static enum next
act_fake(struct view *v, enum action a, struct err *err)
{
	seen.acted++;
	seen.action = a;
	v->go = (struct route){ .screen = &fake_form };
	if (seen.act_fails != ERR_NONE)
		(void)err_set(err, seen.act_fails, "The disk is full.");
	return seen.next;
}

static enum next
key_fake(struct view *v, const struct key *k, struct err *err)
{
	(void)v;
	(void)err;
	seen.keyed++;
	seen.key = k->code;
	return seen.pass ? NEXT_PASS : NEXT_STAY;
}

static bool
typing_fake(const struct view *v)
{
	(void)v;
	return seen.typing;
}

static bool
offers_fake(const struct view *v, enum action a)
{
	(void)v;
	return a != ACT_RISK || !seen.no_offer;
}

static const char *
why_not_fake(const struct view *v, enum action a)
{
	(void)v;
	return a == ACT_RISK ? "Nothing to weigh." : NULL;
}

static int
refresh_fake(struct view *v, struct err *err)
{
	(void)v;
	(void)err;
	seen.refreshed++;
	return 0;
}

static enum next
answer_fake(struct view *v, int id, const char *value, struct err *err)
{
	seen.answered++;
	seen.makes = app_answer_uid(v);
	seen.id = id;
	snprintf(seen.value, sizeof(seen.value), "%s", value);
	if (seen.answer_fails != ERR_NONE)
		(void)err_set(err, seen.answer_fails, "Not kept.");
	return NEXT_STAY;
}

static void
draft_fake(const struct view *v, struct buf *out)
{
	(void)v;
	if (!seen.nothing)
		buf_add_str(out, "typed words");
}

static bool
goes_on_fake(const struct view *v, const struct buf *draft)
{
	(void)v;
	return seen.goes_on && strcmp(draft->data, "typed words") == 0;
}

static void
close_fake(struct view *v)
{
	(void)v;
	seen.closed++;
}

#define FAKE                                                                 \
	.open = open_fake, .draw = draw_fake, .act = act_fake,               \
	.key = key_fake, .typing = typing_fake, .offers = offers_fake,       \
	.why_not = why_not_fake, .refresh = refresh_fake,                    \
	.answer = answer_fake, .draft = draft_fake, .goes_on = goes_on_fake, \
	.close = close_fake, .state_size = 64

static const enum action list_actions[] = { ACT_OPEN, ACT_NOTE, ACT_RISK,
	ACT_FILTER, ACT_NONE };
static const enum action form_actions[] = { ACT_SAVE, ACT_NONE };
const struct screen fake_form = { FAKE, .name = "form", .title = "Form",
	.actions = form_actions, .needs = PERM_CASE_WRITE };
static const struct screen fake_queue = { FAKE, .name = "queue",
	.title = "Cases", .actions = list_actions };
static const struct screen fake_today = { FAKE, .name = "today",
	.title = "Today", .actions = list_actions };
static const struct screen fake_case = { FAKE, .name = "case", .title = "Case",
	.actions = list_actions };
static const struct screen fake_locked = { FAKE, .name = "locked",
	.title = "Locked", .actions = form_actions };
static const struct screen fake_blank = { .name = "blank",
	.title = "",
	.draw = draw_fake,
	.key = key_fake,
	.bare = true };
static const struct screen fake_help = { FAKE, .name = "help", .title = "Help",
	.actions = list_actions };
static const struct screen fake_drafts = { FAKE, .name = "drafts",
	.title = "Drafts", .actions = list_actions };
static const struct screen *const all_screens[] = { &fake_form, &fake_queue,
	&fake_today, &fake_case, &fake_locked, &fake_blank, &fake_help,
	&fake_drafts, NULL };

/* --- a program around it ---------------------------------------------------------- */

struct world {
	struct app app;
	struct app_start start;
	struct handover now;
	struct society society;
	struct session session;
	struct router *r;
};

static int
setup(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));
	struct route home = { .screen = &fake_queue };
	struct err err = { 0 };

	fake_reset();
	memset(&seen, 0, sizeof(seen));
	w->start.screens = all_screens;
	w->society.device.lock_seconds = 60;
	snprintf(w->session.user.login, LOGIN_SIZE, "amina");
	w->app = (struct app){ .start = &w->start,
		.now = &w->now,
		.society = &w->society,
		.session = &w->session };
	app_turn(&w->app);
	w->r = w->app.router = router_new(&w->app);
	*state = w;
	return router_start(w->r, &home, &err);
}

static int
teardown(void **state)
{
	struct world *w = *state;

	router_free(w->r);
	buf_done(&fake.text);
	free(w);
	return 0;
}

static void
press(struct world *w, const char *names)
{
	char name[16];

	while (sscanf(names, "%15s", name) == 1) {
		struct key k = kit_key(name);

		router_key(w->r, &k);
		names = strstr(names, name) + strlen(name);
	}
}

/* Of the forms that are opened; null: of none. */
static struct uid form_case;

static void
open_form(struct world *w, bool dirty)
{
	struct route form = {
		.screen = &fake_form, .case_uid = form_case, .code = "7KQ-M4X-T"
	};
	struct err err = { 0 };

	assert_int_equal(router_open(w->r, &form, &err), 0);
	seen.typing = true;
	router_top(w->r)->dirty = dirty;
}

#define top_name(w) (router_top((w)->r)->screen->name)

static bool
screen_says(struct world *w, const char *text)
{
	struct canvas c;
	struct buf b;
	bool has;

	canvas_init(&c, 24, 80, true);
	buf_init(&b);
	router_draw(w->r, &c);
	canvas_to_text(&c, &b);
	has = strstr(b.data, text) != NULL;
	buf_done(&b);
	canvas_done(&c);
	return has;
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
