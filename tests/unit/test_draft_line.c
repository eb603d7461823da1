/* SPDX-License-Identifier: ISC */
/* An answer that is being typed: kept, given back, dropped when it was taken. */
#include "router_kit.h"

static const struct ask why = {
	.kind = ASK_LINE, .id = 1, .title = "Why", .keeps = true
};

static struct ask
about(uint8_t row)
{
	struct ask ask = why;

	memset(&ask.about, row, sizeof(ask.about));
	return ask;
}

static void
ask_about(struct world *w, uint8_t row)
{
	const struct ask ask = about(row);

	app_ask(router_top(w->r), &ask);
}

static const char *
words(struct world *w)
{
	return dialog_value(&w->r->slots[w->r->n - 1]->over.dialog);
}

static void
harm_14_an_answer_is_kept_within_five_seconds(void **state)
{
	struct world *w = *state;
	struct timers t = { .last_key = w->app.boot };

	app_ask(router_top(w->r), &why);
	assert_false(router_unsaved(w->r));
	press(w, "a b");
	assert_true(router_unsaved(w->r));
	(void)timers_wait(&w->app, &t);
	assert_true(t.draft_at > 0 && t.draft_at - w->app.boot < 5000);
	w->app.boot = t.draft_at;
	(void)timers_run(&w->app, &t);
	assert_int_equal(fake.saves, 1);
	assert_string_equal(fake.last.screen, "queue");
	assert_false(router_unsaved(w->r));
	/* The same words are not written twice; more of them are. */
	router_last_drafts(w->r);
	assert_int_equal(fake.saves, 1);
	press(w, "c");
	router_last_drafts(w->r);
	assert_int_equal(fake.saves, 2);
	/* All taken back: nothing of it is kept. */
	press(w, "C-u");
	router_last_drafts(w->r);
	assert_int_equal(fake.drops, 1);
}

static void
other_questions_keep_nothing(void **state)
{
	struct world *w = *state;
	struct ask ask = why;

	ask.keeps = false;
	app_ask(router_top(w->r), &ask);
	press(w, "a b");
	assert_false(router_unsaved(w->r));
	router_last_drafts(w->r);
	press(w, "Esc");
	assert_int_equal(fake.saves, 0);
}

/* After the line was lost the words are in the same question about the same
 * row, and in no other. */
static void
words_come_back_where_they_were_meant(void **state)
{
	struct world *w = *state;

	ask_about(w, 7);
	press(w, "a b");
	router_last_drafts(w->r);
	overlay_done(&w->r->slots[0]->over);
	ask_about(w, 8);
	assert_string_equal(words(w), "");
	press(w, "Esc");
	ask_about(w, 7);
	assert_string_equal(words(w), "ab");
	assert_true(screen_says(w, "You typed this before; it was not sent."));
	press(w, "c Enter");
	assert_string_equal(seen.value, "abc");
	assert_int_equal(fake.drops, 1);
	ask_about(w, 7);
	assert_string_equal(words(w), "");
}

/* Saved, and then nothing was left to drop the draft: the same words, given
 * once more, make the same record; other words make another. */
static void
harm_14_words_that_come_back_are_saved_once(void **state)
{
	struct world *w = *state;
	struct uid first;

	ask_about(w, 7);
	press(w, "a b");
	router_last_drafts(w->r);
	fake.keeps_dropped = true; /* as if killed before it */
	press(w, "Enter");
	first = seen.makes;
	fake.keeps_dropped = false;
	ask_about(w, 7);
	assert_string_equal(words(w), "ab");
	press(w, "Enter");
	assert_int_equal(seen.answered, 2);
	assert_true(uid_eq(&seen.makes, &first));
	/* Without a draft, and with other words, it is another one. */
	ask_about(w, 7);
	press(w, "a b Enter");
	assert_false(uid_eq(&seen.makes, &first));
	ask_about(w, 7);
	press(w, "a b");
	router_last_drafts(w->r);
	overlay_done(&w->r->slots[0]->over);
	first = fake.last.uid;
	ask_about(w, 7);
	press(w, "c");
	router_last_drafts(w->r);
	press(w, "Enter");
	assert_string_equal(seen.value, "abc");
	assert_false(uid_eq(&seen.makes, &first));
}

/* The process is killed: of the question only the draft is left. */
static void
killed(struct world *w)
{
	router_last_drafts(w->r);
	overlay_done(&w->r->slots[0]->over);
}

/* Words that were saved come back, are others, and all is cut off again: that
 * is another answer, not a second one under the key of the first. */
static void
harm_14_words_changed_after_a_kill_are_another_answer(void **state)
{
	struct world *w = *state;
	struct uid first, second;

	ask_about(w, 7);
	press(w, "a b");
	router_last_drafts(w->r);
	fake.keeps_dropped = true;
	press(w, "Enter");
	first = seen.makes;
	ask_about(w, 7);
	press(w, "c");
	killed(w);
	ask_about(w, 7);
	assert_string_equal(words(w), "abc");
	press(w, "Enter");
	second = seen.makes;
	assert_false(uid_eq(&second, &first));
	/* And these are saved once as well. */
	ask_about(w, 7);
	assert_string_equal(words(w), "abc");
	fake.keeps_dropped = false;
	press(w, "Enter");
	assert_true(uid_eq(&seen.makes, &second));
}

/* Answered with more than the draft holds yet, and killed before it was
 * dropped: what comes back are not the words that were saved. */
static void
harm_14_older_words_do_not_come_back_under_the_key_of_newer(void **state)
{
	struct world *w = *state;
	struct uid first;

	ask_about(w, 7);
	press(w, "a");
	router_last_drafts(w->r);
	fake.keeps_dropped = true;
	press(w, "b Enter");
	first = seen.makes;
	fake.keeps_dropped = false;
	ask_about(w, 7);
	assert_string_equal(words(w), "a");
	press(w, "Enter");
	assert_false(uid_eq(&seen.makes, &first));
}

static void
leaving_keeps_the_words(void **state)
{
	static const char *const keys[] = { "Esc", "C-c" };
	struct world *w = *state;

	for (size_t i = 0; i < COUNT(keys); i++) {
		app_ask(router_top(w->r), &why);
		press(w, i == 0 ? "a b" : "c");
		press(w, keys[i]);
		assert_null(router_question(w->r));
		assert_true(
		    screen_says(w, "What was typed is kept as a draft"));
	}
	assert_int_equal(seen.answered, 0);
	app_ask(router_top(w->r), &why);
	assert_string_equal(words(w), "abc");
	press(w, "C-u Esc");
	assert_int_equal(fake.drops, 1);
	assert_false(screen_says(w, "kept as a draft"));
	/* With a full disk they stay where they are. */
	fake.full = true;
	app_ask(router_top(w->r), &why);
	press(w, "d Esc");
	assert_non_null(router_question(w->r));
	assert_true(draft_refused(w->r));
	press(w, "C-u Esc");
	assert_null(router_question(w->r));
	assert_false(draft_refused(w->r));
}

static void
harm_13_a_refused_answer_stays_a_draft(void **state)
{
	static const enum err_kind kinds[] = { ERR_DENIED, ERR_CONFLICT,
		ERR_INPUT };
	struct world *w = *state;

	for (size_t i = 0; i < COUNT(kinds); i++) {
		app_ask(router_top(w->r), &why);
		seen.answer_fails = kinds[i];
		press(w, "a Enter");
		assert_null(router_question(w->r));
		assert_true(screen_says(
		    w, "Not kept. What you typed is kept as a draft."));
		app_ask(router_top(w->r), &why);
		assert_string_equal(words(w), "a");
		seen.answer_fails = ERR_NONE;
		press(w, "Enter");
		assert_int_equal(fake.drops, (int)i + 1);
	}
	/* Asked again at once, it is one draft, and gone with the answer. */
	seen.answer_fails = ERR_BUSY;
	app_ask(router_top(w->r), &why);
	press(w, "b Enter");
	assert_string_equal(words(w), "b");
	router_last_drafts(w->r);
	assert_int_equal(fake.saves - fake.drops, 1);
	seen.answer_fails = ERR_NONE;
	press(w, "Enter");
	assert_int_equal(fake.saves, fake.drops);
}

/* From the list of drafts it leads to where it was asked, and no form takes it
 * for its own. */
static void
the_list_leads_to_the_question(void **state)
{
	struct world *w = *state;
	struct route go = { .screen = &fake_form };
	struct err err = { 0 };

	open_form(w, false);
	app_ask(router_top(w->r), &why);
	press(w, "a");
	router_last_drafts(w->r);
	overlay_done(&w->r->slots[1]->over);
	router_pop(w->r);
	seen.goes_on = true;
	go.draft = fake.last.uid;
	assert_int_equal(router_open(w->r, &go, &err), 0);
	assert_true(uid_null(&router_top(w->r)->route.draft));
	assert_null(router_question(w->r));
	assert_true(screen_says(w, "Ask for it again: your words are there."));
	app_ask(router_top(w->r), &why);
	assert_string_equal(words(w), "a");
}

/* The lock comes in the middle of an answer; with a full disk it holds the
 * session until the words are safe. */
static void
harm_14_a_lock_keeps_the_answer(void **state)
{
	struct world *w = *state;

	app_ask(router_top(w->r), &why);
	press(w, "a b");
	fake.full = true;
	app_lock(&w->app, ENDED_IDLE);
	assert_false(w->app.ending);
	assert_true(router_held(w->r));
	assert_true(w->now.unkept);
	fake.full = false;
	app_lock(&w->app, ENDED_IDLE);
	assert_true(w->app.ending);
	assert_int_equal(w->now.ended, ENDED_IDLE);
	assert_false(w->now.unkept);
	assert_int_equal(fake.saves, 1);
}

/* A view is read again below an open question, as where one comes back from a
 * blank screen: the question is whole. */
static void
a_question_has_its_own_words(void **state)
{
	struct world *w = *state;
	struct view *v = router_top(w->r);
	const struct ask_choice two[] = { { arena_str(&v->arena, "a"),
					      arena_str(&v->arena, "The first"),
					      NULL },
		{ arena_str(&v->arena, "b"), arena_str(&v->arena, "The other"),
		    arena_str(&v->arena, "It is another.") } };
	const struct ask ask = { .kind = ASK_CHOICE,
		.title = arena_str(&v->arena, "Drop this one"),
		.text = arena_str(&v->arena, "It is gone then."),
		.choices = two,
		.n_choices = 2 };

	app_ask(v, &ask);
	arena_reset(&v->arena);
	assert_true(screen_says(w, "Drop this one"));
	assert_true(screen_says(w, "It is gone then."));
	assert_true(screen_says(w, "The other"));
	press(w, "2");
	assert_string_equal(seen.value, "b");
}

/* What others save does not move the row under an open question. */
static void
nothing_moves_under_a_question(void **state)
{
	struct world *w = *state;
	struct timers t = { .last_key = w->app.boot, .look_at = w->app.boot };

	app_ask(router_top(w->r), &why);
	fake.changed = true;
	(void)timers_run(&w->app, &t);
	assert_int_equal(seen.refreshed, 0);
	press(w, "a Enter");
	t.look_at = w->app.boot;
	(void)timers_run(&w->app, &t);
	assert_int_equal(seen.refreshed, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_14_an_answer_is_kept_within_five_seconds),
		T(other_questions_keep_nothing),
		T(words_come_back_where_they_were_meant),
		T(harm_14_words_that_come_back_are_saved_once),
		T(harm_14_words_changed_after_a_kill_are_another_answer),
		T(harm_14_older_words_do_not_come_back_under_the_key_of_newer),
		T(leaving_keeps_the_words),
		T(harm_13_a_refused_answer_stays_a_draft),
		T(the_list_leads_to_the_question),
		T(harm_14_a_lock_keeps_the_answer),
		T(a_question_has_its_own_words),
		T(nothing_moves_under_a_question),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
