/* SPDX-License-Identifier: ISC */
/* Typed words and the lock: what is kept, what is hidden, and when. */
#include "router_kit.h"

#define NOT_KEPT "What you typed is not kept as a draft yet"
#define KEPT "What you typed is kept as a draft."

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

#define OFFER "You were writing this"

/* A screen says itself which of its drafts is about what is open. */
static void
a_draft_is_offered_where_the_screen_goes_on_with_it(void **state)
{
	struct world *w = *state;

	form_case = (struct uid){ { 7 } };
	open_form(w, true);
	press(w, "C-c");
	assert_int_equal(fake.saves, 1);
	open_form(w, false);
	assert_false(screen_says(w, OFFER));
	press(w, "Esc");
	seen.goes_on = true;
	open_form(w, false);
	assert_true(screen_says(w, OFFER));
	press(w, "Down Enter");
	assert_false(screen_says(w, OFFER));
	assert_true(uid_null(&router_top(w->r)->route.draft));
	press(w, "Esc");
	open_form(w, false);
	press(w, "Enter");
	assert_true(uid_eq(&router_top(w->r)->route.draft, &fake.last.uid));
	/* It is open: nothing above it offers the same words. */
	open_form(w, false);
	assert_false(screen_says(w, OFFER));
	form_case = (struct uid){ { 0 } };
}

/* Of no case it may be about somebody else: who answers from habit, by a number
 * or by Enter, begins anew. */
static void
harm_08_nobody_goes_on_in_anothers_words_from_habit(void **state)
{
	static const char *const habits[] = { "Enter", "1" };
	struct world *w = *state;

	open_form(w, true);
	press(w, "C-c");
	seen.goes_on = true;
	for (size_t i = 0; i < 2; i++) {
		open_form(w, false);
		assert_true(screen_says(w, OFFER));
		press(w, habits[i]);
		assert_false(screen_says(w, OFFER));
		assert_true(uid_null(&router_top(w->r)->route.draft));
		press(w, "Esc");
	}
	open_form(w, false);
	press(w, "2");
	assert_true(uid_eq(&router_top(w->r)->route.draft, &fake.last.uid));
}

static void
nothing_typed_is_not_said_to_be_kept(void **state)
{
	struct world *w = *state;
	struct err err = { 0 };

	seen.nothing = true;
	open_form(w, true);
	press(w, "C-c");
	assert_string_equal(top_name(w), "queue");
	assert_int_equal(fake.saves, 0);
	assert_string_equal(router_message(w->r), "");
	/* Nor is what was kept before all of it was taken back. */
	seen.nothing = false;
	open_form(w, true);
	assert_int_equal(router_save_drafts(w->r, &err), 0);
	assert_int_equal(fake.saves, 1);
	seen.nothing = true;
	press(w, "C-c");
	assert_int_equal(fake.drops, 1);
	assert_string_equal(router_message(w->r), "");
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
	assert_non_null(strstr(router_message(w->r), "full. " NOT_KEPT));
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
	/* In line mode once: it is read aloud. */
	router_hush(w->r);
	w->app.boot += 5000;
	(void)timers_run(&w->app, &t);
	assert_string_equal(router_message(w->r), "");
	fake.full = false;
	w->app.boot += 5000;
	assert_true(timers_run(&w->app, &t));
	assert_int_equal(fake.saves, 1);
	assert_non_null(strstr(router_message(w->r), "again"));
}

/* The store says what happened; whether the words are kept is said by who
 * knows it, and at once. */
static void
harm_14_a_save_on_a_full_disk_says_what_became_of_the_words(void **state)
{
	struct world *w = *state;

	seen.act_fails = ERR_FULL;
	fake.full = true;
	open_form(w, true);
	press(w, "C-s");
	assert_non_null(
	    strstr(router_message(w->r), "disk is full. " NOT_KEPT));
	assert_null(strstr(router_message(w->r), KEPT));
	assert_true(screen_says(w, "NOT kept"));
	assert_true(w->now.unkept);
	/* The record does not fit, its draft does. */
	fake.full = false;
	press(w, "C-s");
	assert_string_equal(router_message(w->r), "The disk is full. " KEPT);
	assert_int_equal(fake.saves, 1);
	assert_false(screen_says(w, "NOT kept"));
	assert_false(w->now.unkept);
	/* Nothing of it is for where nothing was typed. */
	router_top(w->r)->dirty = false;
	press(w, "C-s");
	assert_string_equal(router_message(w->r), "The disk is full.");
	assert_int_equal(fake.saves, 1);
}

static void
harm_14_words_that_went_are_no_more_said_not_to_be_kept(void **state)
{
	struct world *w = *state;
	struct err err = { 0 };

	fake.full = true;
	open_form(w, true);
	assert_int_equal(router_save_drafts(w->r, &err), -1);
	assert_true(screen_says(w, "NOT kept"));
	fake.full = false;
	press(w, "C-c");
	assert_string_equal(top_name(w), "queue");
	assert_false(screen_says(w, "NOT kept"));
	fake.full = true;
	open_form(w, true);
	press(w, "C-c");
	assert_true(screen_says(w, "NOT kept"));
	app_saved(router_top(w->r));
	assert_false(screen_says(w, "NOT kept"));
	router_top(w->r)->dirty = true;
	assert_int_equal(router_save_drafts(w->r, &err), -1);
	press(w, "Esc");
	router_answer(w->r, "discard");
	assert_string_equal(top_name(w), "queue");
	assert_false(screen_says(w, "NOT kept"));
	assert_false(w->now.unkept);
}

/* Words that fit nowhere else stay where they were typed. */
static void
harm_14_a_form_that_is_replaced_waits_below(void **state)
{
	struct world *w = *state;

	open_form(w, true);
	seen.next = NEXT_REPLACE;
	fake.full = true;
	press(w, "C-s");
	assert_int_equal(router_depth(w->r), 3);
	assert_non_null(strstr(router_message(w->r), NOT_KEPT));
	fake.full = false;
	press(w, "Esc");
	assert_true(router_top(w->r)->dirty);
	press(w, "C-s");
	assert_int_equal(router_depth(w->r), 2);
	assert_int_equal(fake.saves, 1);
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
	/* The lock itself says that it waits: its few rows are not covered. */
	(void)timers_wait(&w->app, &t);
	w->app.boot += 5000;
	router_hush(w->r);
	assert_true(timers_run(&w->app, &t));
	assert_string_equal(router_message(w->r), "");
	/* Once there is room the session ends as a lock does. */
	fake.full = false;
	(void)timers_wait(&w->app, &t);
	w->app.boot += 5000;
	(void)timers_run(&w->app, &t);
	assert_true(w->app.ending);
	assert_int_equal(w->now.ended, ENDED_LOCKED);
	assert_int_equal(fake.saves, 1);
	/* Back to the words, not to the lock that hid them. */
	assert_string_equal(w->now.screen, "form");
	assert_int_equal(w->now.arg, 0);
	assert_true(uid_eq(&w->now.draft, &fake.last.uid));
}

/* However many screens are open. */
static void
harm_14_a_lock_finds_room_over_the_deepest_stack(void **state)
{
	struct route form = { .screen = &fake_form };
	struct world *w = *state;
	struct err err = { 0 };

	open_form(w, true);
	while (router_open(w->r, &form, &err) == 0)
		;
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(router_depth(w->r), DEPTH_MAX);
	fake.full = true;
	press(w, "C-l");
	assert_false(w->app.ending);
	assert_string_equal(top_name(w), "locked");
	assert_true(screen_says(w, "locked"));
	router_act(w->r, ACT_HELP);
	assert_string_equal(top_name(w), "locked");
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
a_locked_terminal_forgets_who_locked_it(void **state)
{
	struct world *w = *state;
	struct timers t = { .last_key = w->app.boot };
	struct route locked = { .screen = &fake_locked };
	struct err err = { 0 };

	w->app.session = NULL;
	w->society.device.sign_out_minutes = 30;
	assert_int_equal(router_start(w->r, &locked, &err), 0);
	assert_in_range(timers_wait(&w->app, &t), 1, 30 * CLOCK_MINUTE);
	w->app.boot += 29 * CLOCK_MINUTE;
	t.last_key = w->app.boot - 29 * CLOCK_MINUTE;
	(void)timers_run(&w->app, &t);
	assert_false(w->app.ending);
	t.last_key = w->app.boot - 30 * CLOCK_MINUTE;
	(void)timers_run(&w->app, &t);
	assert_int_equal(w->now.ended, ENDED_SIGNED_OUT);
	assert_string_equal(w->now.login, "");
}

/* Where no time is set nothing locks by itself, and nothing locks at once. */
static void
no_time_is_not_no_time_left(void **state)
{
	struct world *w = *state;
	struct timers t = { .last_key = w->app.boot };

	w->society.device.lock_seconds = 0;
	open_form(w, false);
	(void)timers_wait(&w->app, &t);
	w->app.boot += 60 * CLOCK_MINUTE;
	(void)timers_run(&w->app, &t);
	assert_false(w->app.ending);
}

/* Nobody is signed in: what was half typed, a passphrase most of all, does not
 * stay for the next person who comes by. */
static void
harm_01_half_a_passphrase_does_not_stay(void **state)
{
	struct world *w = *state;
	struct timers t = { .last_key = w->app.boot };
	struct route locked = { .screen = &fake_locked };
	struct err err = { 0 };

	w->app.session = NULL;
	assert_int_equal(router_start(w->r, &locked, &err), 0);
	assert_int_equal(timers_wait(&w->app, &t), -1);
	router_top(w->r)->dirty = true;
	assert_in_range(timers_wait(&w->app, &t), 1, 60 * CLOCK_SECOND);
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

/* After a change of the configuration: between keys, a part a look; what is
 * shown is read again when all is done. */
static void
lists_catch_up_between_keys(void **state)
{
	struct world *w = *state;
	struct timers t = { .last_key = w->app.boot };

	fake.behind = 2;
	(void)timers_wait(&w->app, &t);
	w->app.boot += 3000;
	assert_false(timers_run(&w->app, &t));
	assert_int_equal(fake.behind, 1);
	(void)timers_wait(&w->app, &t);
	w->app.boot += 3000;
	assert_true(timers_run(&w->app, &t));
	assert_int_equal(fake.behind, 0);
	(void)timers_wait(&w->app, &t);
	w->app.boot += 3000;
	assert_false(timers_run(&w->app, &t));
	assert_int_equal(fake.behind, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(escape_asks_before_typed_words_are_left),
		T(a_draft_is_offered_where_the_screen_goes_on_with_it),
		T(harm_08_nobody_goes_on_in_anothers_words_from_habit),
		T(nothing_typed_is_not_said_to_be_kept),
		T(discard_forgets_the_draft),
		T(harm_14_ctrl_c_never_loses_typed_words),
		T(the_same_words_are_sealed_once),
		T(harm_14_drafts_are_kept_within_five_seconds),
		T(harm_14_a_full_disk_is_said_and_tried_again),
		T(harm_14_a_save_on_a_full_disk_says_what_became_of_the_words),
		T(harm_14_words_that_went_are_no_more_said_not_to_be_kept),
		T(harm_14_a_form_that_is_replaced_waits_below),
		T(leaving_waits_for_drafts),
		T(harm_01_lock_seals_and_ends),
		T(harm_01_idle_time_locks),
		T(harm_01_a_lock_that_cannot_seal_hides_all_the_same),
		T(harm_14_a_lock_finds_room_over_the_deepest_stack),
		T(harm_01_a_blank_screen_shows_nothing_and_obeys_nothing),
		T(a_locked_terminal_forgets_who_locked_it),
		T(harm_01_half_a_passphrase_does_not_stay),
		T(no_time_is_not_no_time_left),
		T(a_disabled_person_is_out_at_the_next_look),
		T(others_work_is_read_and_quiet_costs_nothing),
		T(lists_catch_up_between_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
