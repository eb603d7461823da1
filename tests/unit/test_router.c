/* SPDX-License-Identifier: ISC */
/* The way of a key through views, questions, permissions and drafts. */
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
	enum action action;
	uint32_t key;
	int id;
	char value[64];
	enum next next; /* what act() gives */
	bool typing, open_fails, no_offer;
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
	(void)err;
	seen.acted++;
	seen.action = a;
	v->go = (struct route){ .screen = &fake_form };
	return seen.next;
}

static enum next
key_fake(struct view *v, const struct key *k, struct err *err)
{
	(void)v;
	(void)err;
	seen.keyed++;
	seen.key = k->code;
	return NEXT_STAY;
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
	(void)v;
	(void)err;
	seen.answered++;
	seen.id = id;
	snprintf(seen.value, sizeof(seen.value), "%s", value);
	return NEXT_STAY;
}

static int
draft_fake(const struct view *v, struct buf *out)
{
	(void)v;
	buf_add_str(out, "typed words");
	return 1;
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
	.refresh = refresh_fake, .answer = answer_fake, .draft = draft_fake, \
	.close = close_fake, .state_size = 64

static const enum action list_actions[] = { ACT_OPEN, ACT_NOTE, ACT_RISK,
	ACT_NONE };
static const enum action form_actions[] = { ACT_SAVE, ACT_NONE };
const struct screen fake_form = { FAKE, .name = "form", .title = "Form",
	.actions = form_actions, .needs = PERM_CASE_WRITE };
static const struct screen fake_queue = { FAKE, .name = "queue",
	.title = "Cases", .actions = list_actions };
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
	&fake_case, &fake_locked, &fake_blank, &fake_help, &fake_drafts, NULL };

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

static void
open_form(struct world *w, bool dirty)
{
	struct route form = { .screen = &fake_form, .code = "7KQ-M4X-T" };
	struct err err = { 0 };

	assert_int_equal(router_open(w->r, &form, &err), 0);
	seen.typing = true;
	router_top(w->r)->dirty = dirty;
}

#define top_name(w) (router_top((w)->r)->screen->name)

/* --- keys and actions ---------------------------------------------------------------- */

static void
own_actions_reach_act(void **state)
{
	struct world *w = *state;

	press(w, "a");
	assert_int_equal(seen.action, ACT_NOTE);
	press(w, "z");
	assert_int_equal(seen.acted, 1);
	assert_int_equal(seen.key, 'z');
}

static void
typing_takes_letters(void **state)
{
	struct world *w = *state;

	seen.typing = true;
	press(w, "a ? q : D Q Enter");
	assert_int_equal(seen.acted, 0);
	assert_int_equal(seen.keyed, 7);
	assert_int_equal(router_depth(w->r), 1);
}

static void
what_is_not_allowed_never_reaches_act(void **state)
{
	struct world *w = *state;

	fake.denied[PERM_CASE_WRITE] = true;
	press(w, "a");
	assert_int_equal(seen.acted, 0);
	assert_non_null(strstr(router_message(w->r), "role"));
	/* Nor by its name, nor from help. */
	router_act(w->r, ACT_NOTE);
	press(w, ": n o t e Enter");
	assert_int_equal(seen.acted, 0);
}

static void
what_is_not_offered_never_reaches_act(void **state)
{
	struct world *w = *state;

	seen.no_offer = true;
	press(w, "r");
	assert_int_equal(seen.acted, 0);
	assert_true(router_message(w->r)[0] != '\0');
	seen.no_offer = false;
	press(w, "r");
	assert_int_equal(seen.acted, 1);
}

static void
a_screen_needs_its_permission(void **state)
{
	struct world *w = *state;

	fake.denied[PERM_CASE_WRITE] = true;
	seen.next = NEXT_GO;
	press(w, "Enter");
	assert_string_equal(top_name(w), "queue");
	assert_int_equal(seen.opened, 1);
}

static void
views_open_and_close(void **state)
{
	struct world *w = *state;

	seen.next = NEXT_GO;
	press(w, "Enter");
	assert_string_equal(top_name(w), "form");
	assert_int_equal(seen.refreshed, 0);
	press(w, "Esc");
	assert_string_equal(top_name(w), "queue");
	assert_int_equal(seen.closed, 1);
	assert_int_equal(seen.refreshed, 1);
	/* The first view stays. */
	press(w, "Esc Esc");
	assert_int_equal(router_depth(w->r), 1);
	seen.next = NEXT_REPLACE;
	press(w, "Enter");
	assert_int_equal(router_depth(w->r), 1);
	assert_string_equal(top_name(w), "form");
	assert_int_equal(seen.closed, 2);
}

static void
a_view_that_fails_to_open_leaves_the_one_below(void **state)
{
	struct world *w = *state;

	seen.next = NEXT_GO;
	seen.open_fails = true;
	press(w, "Enter");
	assert_string_equal(top_name(w), "queue");
	assert_string_equal(router_message(w->r), "Somebody saves.");
	assert_int_equal(seen.closed, 1);
	/* The sentence stays until the next key. */
	press(w, "Down");
	assert_string_equal(router_message(w->r), "");
}

static void
a_paste_is_never_an_action(void **state)
{
	struct world *w = *state;
	struct key k = { .code = K_PASTE, .text = "QQaa", .len = 4 };

	router_key(w->r, &k);
	assert_int_equal(seen.acted + seen.keyed, 0);
	assert_false(w->app.ending);
	assert_non_null(strstr(router_message(w->r), "field"));
	seen.typing = true;
	router_key(w->r, &k);
	assert_int_equal(seen.key, K_PASTE);
	k.code = K_PASTE_BIG;
	router_key(w->r, &k);
	assert_non_null(strstr(router_message(w->r), "64 kB"));
}

static void
too_many_views_are_refused(void **state)
{
	struct world *w = *state;

	seen.next = NEXT_GO;
	for (int i = 0; i < 2 * DEPTH_MAX; i++) {
		router_act(w->r, ACT_OPEN);
		router_act(w->r, ACT_SAVE);
	}
	assert_int_equal(router_depth(w->r), DEPTH_MAX);
	assert_non_null(strstr(router_message(w->r), "go back"));
}

static void
the_command_line_runs_a_name(void **state)
{
	struct world *w = *state;

	press(w, ": n o t e Enter");
	assert_int_equal(seen.action, ACT_NOTE);
	press(w, ": Esc a");
	assert_int_equal(seen.acted, 2);
	press(w, ": h e l p Enter");
	assert_string_equal(top_name(w), "help");
	/* The key that opened it closes it. */
	press(w, "?");
	assert_string_equal(top_name(w), "queue");
}

static void
harm_08_a_mistyped_code_opens_nothing(void **state)
{
	struct world *w = *state;
	char code[CODE_SIZE], wrong[CODE_SIZE];

	code_new(code);
	memcpy(wrong, code, sizeof(wrong));
	wrong[0] = wrong[0] == '2' ? '3' : '2';
	press(w, "g");
	assert_int_equal(router_question(w->r)->kind, ASK_LINE);
	router_answer(w->r, wrong);
	assert_string_equal(top_name(w), "queue");
	assert_non_null(strstr(router_message(w->r), "wrong"));
	press(w, "g");
	router_answer(w->r, code);
	assert_string_equal(top_name(w), "case");
	assert_string_equal(router_top(w->r)->route.code, code);
}

/* --- questions ------------------------------------------------------------------------ */

static void
a_confirmation_defaults_to_no(void **state)
{
	struct world *w = *state;
	const struct ask ask = {
		.kind = ASK_CONFIRM, .id = 7, .title = "Withdraw 7KQ-M4X-T"
	};

	app_ask(router_top(w->r), &ask);
	press(w, "Enter");
	assert_int_equal(seen.answered, 1);
	assert_int_equal(seen.id, 7);
	assert_string_equal(seen.value, "");
	app_ask(router_top(w->r), &ask);
	press(w, "y");
	assert_string_equal(seen.value, "yes");
	app_ask(router_top(w->r), &ask);
	press(w, "Esc");
	assert_string_equal(seen.value, "");
	assert_int_equal(seen.answered, 3);
	assert_int_equal(router_depth(w->r), 1);
}

static void
a_question_takes_every_key_but_those_that_hide(void **state)
{
	struct world *w = *state;
	const struct ask ask = { .kind = ASK_LINE, .id = 1, .title = "Why" };

	app_ask(router_top(w->r), &ask);
	press(w, "a Q D");
	assert_int_equal(seen.acted, 0);
	press(w, "F12");
	assert_string_equal(top_name(w), "blank");
	router_pop(w->r);
	/* What was typed waited. */
	press(w, "Enter");
	assert_string_equal(seen.value, "aQD");
}

static void
escape_from_a_line_is_no_answer(void **state)
{
	struct world *w = *state;
	const struct ask line = {
		.kind = ASK_LINE, .title = "Why", .required = true
	};
	const struct ask_choice two[] = { { "a", "A", NULL },
		{ "b", "B", NULL } };
	const struct ask choice = { .kind = ASK_CHOICE,
		.title = "Which",
		.choices = two,
		.n_choices = 2 };

	app_ask(router_top(w->r), &line);
	press(w, "Enter"); /* empty, and one is required */
	assert_non_null(router_question(w->r));
	press(w, "Esc");
	assert_null(router_question(w->r));
	app_ask(router_top(w->r), &choice);
	press(w, "C-c");
	assert_int_equal(seen.answered, 0);
	app_ask(router_top(w->r), &choice);
	press(w, "2");
	assert_string_equal(seen.value, "b");
}

/* --- typed words ------------------------------------------------------------------------ */

static void
escape_asks_before_typed_words_are_left(void **state)
{
	struct world *w = *state;

	open_form(w, true);
	press(w, "Esc");
	assert_string_equal(top_name(w), "form");
	router_answer(w->r, "stay");
	assert_string_equal(top_name(w), "form");
	press(w, "Esc");
	router_answer(w->r, "keep");
	assert_string_equal(top_name(w), "queue");
	assert_int_equal(fake.saves, 1);
	assert_string_equal(fake.last.screen, "form");
	assert_string_equal(fake.last.code, "7KQ-M4X-T");
	assert_int_equal(fake.drops, 0);
}

static void
discard_forgets_the_draft(void **state)
{
	struct world *w = *state;
	struct err err = { 0 };

	open_form(w, true);
	assert_int_equal(router_save_drafts(w->r, &err), 0);
	press(w, "Esc");
	router_answer(w->r, "discard");
	assert_string_equal(top_name(w), "queue");
	assert_int_equal(fake.drops, 1);
}

static void
harm_14_ctrl_c_never_loses_typed_words(void **state)
{
	struct world *w = *state;

	open_form(w, true);
	fake.full = true;
	press(w, "C-c");
	assert_string_equal(top_name(w), "form");
	assert_non_null(strstr(router_message(w->r), "full"));
	fake.full = false;
	press(w, "C-c");
	assert_string_equal(top_name(w), "queue");
	assert_int_equal(fake.saves, 1);
	assert_memory_equal(fake.text.data, "typed words", 11);
}

static void
the_same_words_are_sealed_once(void **state)
{
	struct world *w = *state;
	struct err err = { 0 };

	open_form(w, true);
	assert_int_equal(router_save_drafts(w->r, &err), 0);
	assert_int_equal(router_save_drafts(w->r, &err), 0);
	assert_int_equal(fake.saves, 1);
	app_saved(router_top(w->r));
	assert_int_equal(fake.drops, 1);
	assert_false(router_top(w->r)->dirty);
	/* Saved twice is dropped once. */
	app_saved(router_top(w->r));
	assert_int_equal(fake.drops, 1);
}

static void
harm_14_drafts_are_kept_within_five_seconds(void **state)
{
	struct world *w = *state;
	struct timers t = { .last_key = w->app.boot };

	open_form(w, true);
	press(w, "x");
	assert_in_range(timers_wait(&w->app, &t), 0, 5000);
	w->app.boot += 3000;
	assert_false(timers_run(&w->app, &t));
	assert_int_equal(fake.saves, 0);
	w->app.boot += 2000;
	(void)timers_run(&w->app, &t);
	assert_int_equal(fake.saves, 1);
	/* Nothing new: nothing to keep. */
	(void)timers_wait(&w->app, &t);
	assert_int_equal(t.draft_at, 0);
}

static void
harm_14_a_full_disk_is_said_and_tried_again(void **state)
{
	struct world *w = *state;
	struct timers t = { .last_key = w->app.boot };

	fake.full = true;
	open_form(w, true);
	press(w, "x");
	(void)timers_wait(&w->app, &t);
	w->app.boot += 5000;
	assert_true(timers_run(&w->app, &t));
	assert_non_null(strstr(router_message(w->r), "full"));
	fake.full = false;
	w->app.boot += 5000;
	assert_true(timers_run(&w->app, &t));
	assert_int_equal(fake.saves, 1);
	assert_non_null(strstr(router_message(w->r), "again"));
}

static void
leaving_waits_for_drafts(void **state)
{
	struct world *w = *state;

	open_form(w, true);
	fake.full = true;
	router_act(w->r, ACT_SIGN_OUT);
	assert_false(w->app.ending);
	router_act(w->r, ACT_SWITCH);
	assert_false(w->app.ending);
	fake.full = false;
	router_act(w->r, ACT_SWITCH);
	assert_true(w->app.ending);
	assert_int_equal(w->now.ended, ENDED_SWITCHED);
	assert_int_equal(fake.saves, 1);
}

/* --- locking ----------------------------------------------------------------------------- */

static void
harm_01_lock_seals_and_ends(void **state)
{
	struct world *w = *state;

	open_form(w, true);
	press(w, "C-l");
	assert_true(w->app.ending);
	assert_int_equal(w->now.ended, ENDED_LOCKED);
	assert_int_equal(fake.saves, 1);
	/* Where they were, to go on there; and no more than ids. */
	assert_string_equal(w->now.screen, "form");
	assert_true(uid_eq(&w->now.draft, &fake.last.uid));
}

static void
harm_01_idle_time_locks(void **state)
{
	struct world *w = *state;
	struct timers t = { .last_key = w->app.boot };

	open_form(w, true);
	(void)timers_wait(&w->app, &t);
	w->app.boot += 59 * CLOCK_SECOND;
	(void)timers_run(&w->app, &t);
	assert_false(w->app.ending);
	w->app.boot += CLOCK_SECOND;
	(void)timers_run(&w->app, &t);
	assert_true(w->app.ending);
	assert_int_equal(w->now.ended, ENDED_IDLE);
}

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

/* A full disk must neither lose typed words nor leave the screen open. */
static void
harm_01_a_lock_that_cannot_seal_hides_all_the_same(void **state)
{
	static const enum action tries[] = { ACT_BACK, ACT_CANCEL, ACT_DRAFTS,
		ACT_PASSPHRASE, ACT_JUMP, ACT_NOTE, ACT_OPEN, ACT_COMMAND };
	struct world *w = *state;
	struct timers t = { .last_key = w->app.boot };

	open_form(w, true);
	assert_true(screen_says(w, "7KQ-M4X-T"));
	fake.full = true;
	press(w, "C-l");
	assert_false(w->app.ending);
	assert_string_equal(top_name(w), "locked");
	assert_false(screen_says(w, "7KQ-M4X-T"));
	assert_false(screen_says(w, "amina"));
	for (size_t i = 0; i < COUNT(tries); i++) {
		router_act(w->r, tries[i]);
		if (router_question(w->r) != NULL)
			router_answer(w->r, "7KQ-M4X-T");
		press(w, "Esc");
		assert_string_equal(top_name(w), "locked");
	}
	/* From help, too. */
	router_act(w->r, ACT_HELP);
	router_act(w->r, ACT_DRAFTS);
	assert_string_equal(top_name(w), "help");
	router_pop(w->r);
	/* Once there is room the session ends as a lock does. */
	fake.full = false;
	(void)timers_wait(&w->app, &t);
	w->app.boot += 5000;
	(void)timers_run(&w->app, &t);
	assert_true(w->app.ending);
	assert_int_equal(w->now.ended, ENDED_LOCKED);
	assert_int_equal(fake.saves, 1);
}

static void
harm_01_a_blank_screen_shows_nothing_and_obeys_nothing(void **state)
{
	struct world *w = *state;

	open_form(w, true);
	press(w, "F12");
	assert_string_equal(top_name(w), "blank");
	assert_false(screen_says(w, "7KQ-M4X-T"));
	assert_false(screen_says(w, "amina"));
	seen.keyed = 0;
	press(w, "Esc C-c q : F1 F12");
	assert_int_equal(seen.keyed, 6);
	assert_string_equal(top_name(w), "blank");
	router_act(w->r, ACT_CANCEL);
	assert_string_equal(top_name(w), "blank");
}

static void
a_disabled_person_is_out_at_the_next_look(void **state)
{
	struct world *w = *state;
	struct timers t = { .last_key = w->app.boot };

	open_form(w, true);
	(void)timers_wait(&w->app, &t);
	fake.disabled = true;
	w->app.boot += LOOK_EVERY;
	(void)timers_run(&w->app, &t);
	assert_true(w->app.ending);
	assert_int_equal(w->now.ended, ENDED_DISABLED);
	assert_int_equal(fake.saves, 1);
}

static void
others_work_is_read_and_quiet_costs_nothing(void **state)
{
	struct world *w = *state;
	struct timers t = { .last_key = w->app.boot };

	(void)timers_wait(&w->app, &t);
	w->app.boot += LOOK_EVERY;
	assert_false(timers_run(&w->app, &t));
	assert_int_equal(seen.refreshed, 0);
	fake.changed = true;
	w->app.boot += LOOK_EVERY;
	assert_true(timers_run(&w->app, &t));
	assert_int_equal(seen.refreshed, 1);
}

/* --- two people -------------------------------------------------------------------------- */

static enum next
decided(struct view *v, const struct conflicts *c, const bool *theirs,
    struct err *err)
{
	(void)v;
	(void)err;
	seen.conflicts = *c;
	memcpy(seen.theirs, theirs, c->n * sizeof(*theirs));
	return NEXT_STAY;
}

static void
a_conflict_is_decided_field_by_field(void **state)
{
	struct world *w = *state;
	struct conflict two[] = { { .field = "wants",
				      .mine = "work",
				      .theirs = "school",
				      .by = "nimal" },
		{ .field = "language",
		    .mine = "si",
		    .theirs = "ta",
		    .by = "nimal" } };
	struct conflicts c = { .list = two, .n = 2, .rev = 9 };
	const struct conflict_ask ask = { .conflicts = &c, .decided = decided };

	app_conflicts(router_top(w->r), &ask);
	assert_true(screen_says(w, "nimal"));
	assert_true(screen_says(w, "school"));
	/* Not before each is decided. */
	press(w, "C-s");
	assert_int_equal(seen.conflicts.n, 0);
	press(w, "m Down t C-s");
	assert_int_equal(seen.conflicts.n, 2);
	assert_int_equal(seen.conflicts.rev, 9);
	assert_false(seen.theirs[0]);
	assert_true(seen.theirs[1]);
}

static void
a_conflict_can_be_left_with_nothing_lost(void **state)
{
	struct world *w = *state;
	struct conflict one = { .field = "wants",
		.mine = "work",
		.theirs = "school",
		.by = "nimal" };
	struct conflicts c = { .list = &one, .n = 1 };
	const struct conflict_ask ask = { .conflicts = &c, .decided = decided };

	open_form(w, true);
	app_conflicts(router_top(w->r), &ask);
	press(w, "Esc");
	assert_int_equal(seen.conflicts.n, 0);
	assert_string_equal(top_name(w), "form");
	assert_true(router_top(w->r)->dirty);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(own_actions_reach_act),
		T(typing_takes_letters),
		T(what_is_not_allowed_never_reaches_act),
		T(what_is_not_offered_never_reaches_act),
		T(a_screen_needs_its_permission),
		T(views_open_and_close),
		T(a_view_that_fails_to_open_leaves_the_one_below),
		T(a_paste_is_never_an_action),
		T(too_many_views_are_refused),
		T(the_command_line_runs_a_name),
		T(harm_08_a_mistyped_code_opens_nothing),
		T(a_confirmation_defaults_to_no),
		T(a_question_takes_every_key_but_those_that_hide),
		T(escape_from_a_line_is_no_answer),
		T(escape_asks_before_typed_words_are_left),
		T(discard_forgets_the_draft),
		T(harm_14_ctrl_c_never_loses_typed_words),
		T(the_same_words_are_sealed_once),
		T(harm_14_drafts_are_kept_within_five_seconds),
		T(harm_14_a_full_disk_is_said_and_tried_again),
		T(leaving_waits_for_drafts),
		T(harm_01_lock_seals_and_ends),
		T(harm_01_idle_time_locks),
		T(harm_01_a_lock_that_cannot_seal_hides_all_the_same),
		T(harm_01_a_blank_screen_shows_nothing_and_obeys_nothing),
		T(a_disabled_person_is_out_at_the_next_look),
		T(others_work_is_read_and_quiet_costs_nothing),
		T(a_conflict_is_decided_field_by_field),
		T(a_conflict_can_be_left_with_nothing_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
