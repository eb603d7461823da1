/* SPDX-License-Identifier: ISC */
/* The bottom line says what can be pressed now, and a key that does nothing
 * says where it works. */
#include "router_kit.h"

/* The last row, of a window of that size. */
static const char *
bottom(struct world *w, int rows, int cols)
{
	static char out[512];
	struct canvas c;
	struct buf b;
	char *last;

	canvas_init(&c, rows, cols, true);
	buf_init(&b);
	router_draw(w->r, &c);
	canvas_to_text(&c, &b);
	b.data[b.len - 1] = '\0';
	last = strrchr(b.data, '\n');
	snprintf(out, sizeof(out), "%s", last == NULL ? b.data : last + 1);
	buf_done(&b);
	canvas_done(&c);
	return out;
}

static void
shows(struct world *w, int cols, const char *text)
{
	if (strstr(bottom(w, 10, cols), text) == NULL)
		fail_msg("no \"%s\": %s", text, bottom(w, 10, cols));
}

static void
shows_not(struct world *w, const char *text)
{
	if (strstr(bottom(w, 24, 200), text) != NULL)
		fail_msg("\"%s\": %s", text, bottom(w, 24, 200));
}

static const struct ask_choice two[] = { { "a", "A", NULL },
	{ "b", "B", NULL } };
static const struct {
	struct ask ask;
	const char *narrow, *wide; /* of 40 and 80 columns */
} questions[] = {
	{ { .kind = ASK_CONFIRM, .title = "Withdraw" }, "y yes  n no",
	    "Esc no, back  F12 blank" },
	{ { .kind = ASK_CHOICE,
	      .title = "Which",
	      .choices = two,
	      .n_choices = 2 },
	    "Enter choose  Down next  Esc leave it", "1-9 choose at once" },
	{ { .kind = ASK_LINE, .title = "Why" }, "Enter go on  Esc leave it",
	    "C-u empty the line" },
	{ { .kind = ASK_TEXT, .title = "Read", .text = "Words." },
	    "Enter close", "F12 blank" },
};

static void
questions_show_their_own_keys(void **state)
{
	struct world *w = *state;

	shows(w, 80, "r risk");
	for (size_t i = 0; i < COUNT(questions); i++) {
		app_ask(router_top(w->r), &questions[i].ask);
		shows(w, 40, questions[i].narrow);
		shows(w, 80, questions[i].wide);
		shows_not(w, "r risk");
		shows_not(w, "? help");
		press(w, "Esc");
	}
	shows(w, 80, "r risk");
}

/* No digit chooses of more than ten, nor of codes. */
static void
where_no_digit_chooses_typing_finds(void **state)
{
	struct world *w = *state;
	struct ask_choice many[11];
	struct ask ask = { .kind = ASK_CHOICE,
		.title = "Which",
		.choices = many,
		.n_choices = COUNT(many) };

	for (size_t i = 0; i < COUNT(many); i++)
		many[i] = two[i % 2];
	app_ask(router_top(w->r), &ask);
	shows(w, 40, "Enter choose  a-z find  Esc leave it");
	shows(w, 80, "Down next");
	shows_not(w, "at once");
	press(w, "Esc");
	ask.n_choices = 10;
	app_ask(router_top(w->r), &ask);
	shows(w, 80, "1-9 choose at once");
	shows_not(w, "find");
	press(w, "Esc");
}

static void
more_words_are_said_where_there_are_some(void **state)
{
	struct world *w = *state;
	struct ask ask = { .kind = ASK_TEXT, .title = "Read", .text = "Short" };

	app_ask(router_top(w->r), &ask);
	shows_not(w, "more words");
	press(w, "Enter");
	ask.text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12";
	app_ask(router_top(w->r), &ask);
	shows(w, 80, "Down more words");
}

static void
the_command_line_leaves_the_hints(void **state)
{
	struct world *w = *state;

	press(w, ": n o");
	shows(w, 40, "Enter run  Tab complete  Esc leave it");
	assert_true(screen_says(w, ":no"));
	press(w, "Esc");
	shows(w, 80, "r risk");
}

static void
a_filter_shows_its_keys(void **state)
{
	struct world *w = *state;

	seen.typing = true;
	shows(w, 40, "Enter keep  Esc show all");
	shows_not(w, "r risk");
	/* What is typed in without a filter has none. */
	open_form(w, false);
	shows_not(w, "keep");
}

/* Of a screen with nothing to do, the way back is all there is. */
static void
the_way_back_has_the_room_that_is_left(void **state)
{
	static const struct screen nothing = {
		.name = "nothing", .title = "Nothing", .draw = draw_fake
	};
	struct world *w = *state;
	struct route route = { .screen = &nothing };
	struct err err = { 0 };

	shows_not(w, "back");
	assert_int_equal(router_open(w->r, &route, &err), 0);
	shows(w, 40, " Esc back ");
	shows(w, 40, "? help");
	/* What can be done comes first. */
	press(w, "?");
	shows(w, 80, "risk  / filter  Esc back ");
	assert_null(strstr(bottom(w, 10, 20), "back"));
	seen.typing = true;
	shows_not(w, "Esc back");
	open_form(w, false);
	shows(w, 80, "Esc back ");
	/* A lock is not stepped back from. */
	route = (struct route){ .screen = &fake_locked, .arg = APP_HELD };
	assert_int_equal(router_open(w->r, &route, &err), 0);
	shows_not(w, "Esc");
}

/* --- keys that do nothing ------------------------------------------------------ */

static void
a_key_of_a_case_says_where(void **state)
{
	struct world *w = *state;

	seen.pass = true;
	press(w, "Y");
	assert_string_equal(router_message(w->r),
	    "Y (safety plan) works inside a case: open one first.");
	/* Not to whom it is no help. */
	fake.denied[PERM_SAFETY_READ] = true;
	press(w, "Y");
	assert_string_equal(router_message(w->r),
	    "Y does nothing here; ? shows what can be done.");
	press(w, "Down");
	assert_string_equal(router_message(w->r), "");
	open_form(w, false);
	seen.typing = false;
	press(w, "R");
	assert_non_null(strstr(router_message(w->r), "Esc goes back"));
	seen.typing = true;
	press(w, "R");
	assert_string_equal(router_message(w->r), "");
}

/* A line typed at a filter that is not here does nothing, word by word. */
static void
a_filter_that_is_not_here_takes_the_line(void **state)
{
	struct world *w = *state;

	open_form(w, false);
	seen.typing = false;
	seen.pass = true;
	press(w, "/ k a Space q Q X r Space C");
	assert_string_equal(top_name(w), "form");
	assert_true(screen_says(w, "Nothing to filter here"));
	assert_int_equal(seen.acted, 0);
	assert_int_equal(seen.keyed, 1);
	assert_int_equal(seen.answered, 0);
	press(w, "Enter");
	assert_null(router_question(w->r));
	assert_int_equal(seen.answered, 0);
	press(w, "/ a Esc");
	assert_null(router_question(w->r));
	assert_string_equal(top_name(w), "form");
	press(w, "C");
	assert_string_equal(top_name(w), "queue");
}

/* --- leaving -------------------------------------------------------------------- */

static void
with_nothing_open_leaving_is_one_key(void **state)
{
	struct world *w = *state;

	press(w, "Q");
	assert_true(w->app.ending);
	assert_int_equal(w->now.ended, ENDED_LEFT);
}

/* What was meant for a filter that is not here ends no shift; a Q after a key
 * that did something is meant. */
static void
a_word_typed_into_nothing_is_no_goodbye(void **state)
{
	struct world *w = *state;

	seen.pass = true;
	press(w, "% Q");
	assert_false(w->app.ending);
	assert_true(screen_says(w, "did nothing here"));
	press(w, "Esc");
	press(w, "% Down Q");
	assert_true(w->app.ending);
	assert_int_equal(w->now.ended, ENDED_LEFT);
}

static void
what_is_open_is_not_left_by_a_slip(void **state)
{
	struct world *w = *state;

	open_form(w, true);
	seen.typing = false;
	press(w, "Q");
	assert_false(w->app.ending);
	assert_true(screen_says(w, "7KQ-M4X-T is open."));
	assert_true(screen_says(w, "kept as a draft"));
	/* That one is not counted among those that wait. */
	assert_false(screen_says(w, "draft of yours"));
	press(w, "Enter");
	assert_false(w->app.ending);
	assert_string_equal(top_name(w), "form");
	press(w, "Q y");
	assert_true(w->app.ending);
	assert_int_equal(w->now.ended, ENDED_LEFT);
	assert_int_equal(fake.saves, 1);
}

static void
harm_14_a_question_says_nothing_is_kept_that_is_not(void **state)
{
	struct world *w = *state;

	open_form(w, true);
	seen.typing = false;
	fake.full = true;
	press(w, "Q");
	assert_false(w->app.ending);
	assert_null(router_question(w->r));
	assert_non_null(strstr(router_message(w->r), "not kept as a draft"));
	fake.full = false;
	press(w, "Q");
	assert_int_equal(fake.saves, 1);
	assert_true(screen_says(w, "kept as a draft"));
}

static void
a_draft_that_waits_asks_first(void **state)
{
	struct world *w = *state;

	fake.waiting = 2;
	press(w, "Q");
	assert_false(w->app.ending);
	assert_true(screen_says(w, "2 drafts of yours wait."));
	press(w, "n");
	assert_null(router_question(w->r));
	assert_false(w->app.ending);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(questions_show_their_own_keys),
		T(where_no_digit_chooses_typing_finds),
		T(more_words_are_said_where_there_are_some),
		T(the_command_line_leaves_the_hints),
		T(a_filter_shows_its_keys),
		T(the_way_back_has_the_room_that_is_left),
		T(a_key_of_a_case_says_where),
		T(a_filter_that_is_not_here_takes_the_line),
		T(with_nothing_open_leaving_is_one_key),
		T(a_word_typed_into_nothing_is_no_goodbye),
		T(what_is_open_is_not_left_by_a_slip),
		T(harm_14_a_question_says_nothing_is_kept_that_is_not),
		T(a_draft_that_waits_asks_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
