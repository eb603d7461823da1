/* SPDX-License-Identifier: ISC */
/* The way of a key through views, questions and permissions. */
#include "router_kit.h"

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
	assert_string_equal(router_message(w->r), "Nothing to weigh.");
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

/* What is only read has no form, and says so on every screen; where only who
 * people are is, words can be kept. */
static void
harm_14_nothing_is_typed_into_what_is_only_read(void **state)
{
	struct world *w = *state;

	fake.alarm = (struct alarm){ .cases = true, .had = 9, .ends = 7 };
	seen.next = NEXT_GO;
	press(w, "Enter");
	assert_string_equal(top_name(w), "queue");
	assert_non_null(strstr(router_message(w->r), "(F7)"));
	assert_true(screen_says(w, "READ ONLY: entries after"));
	fake.alarm.cases = false;
	press(w, "Enter");
	assert_string_equal(top_name(w), "form");
	assert_true(screen_says(w, "WHO PEOPLE ARE: entries after"));
	fake.alarm = (struct alarm){ .had = 0 };
	assert_false(screen_says(w, "entries after"));
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

/* A form over the list of its name is one place in the top line. */
static void
a_place_is_named_once(void **state)
{
	struct world *w = *state;

	open_form(w, false);
	assert_true(screen_says(w, "Form"));
	open_form(w, false);
	assert_int_equal(router_depth(w->r), 3);
	assert_false(screen_says(w, "Form \xe2\x80\xba Form"));
	assert_false(screen_says(w, "Form > Form"));
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
	press(w, "Esc :");
	for (const char *p = code; *p != '\0'; p++) {
		char one[2] = { *p, '\0' };

		press(w, one);
	}
	press(w, "Enter");
	assert_string_equal(top_name(w), "case");
	assert_string_equal(router_top(w->r)->route.code, code);
}

static void
jump_to(struct world *w, const char *code)
{
	router_act(w->r, ACT_JUMP);
	router_answer(w->r, code);
}

/* The code of a case stands in the top line there alone. */
static void
a_list_over_a_case_has_no_code(void **state)
{
	struct world *w = *state;
	const char *crumbs[CRUMBS_MAX];
	char code[CODE_SIZE];

	code_new(code);
	jump_to(w, code);
	press(w, "?");
	assert_true(router_crumbs(w->r, crumbs) > 1);
	press(w, "? T");
	assert_int_equal(router_crumbs(w->r, crumbs), 1);
	assert_string_equal(router_top(w->r)->route.code, "");
	assert_true(uid_null(&router_top(w->r)->route.case_uid));
	press(w, "Esc");
	assert_string_equal(top_name(w), "case");
	assert_string_equal(router_top(w->r)->route.code, code);
}

/* Its page a second time, with the first one below, had no code in its own
 * crumb and filled the stack. */
static void
a_case_that_is_open_is_gone_back_to(void **state)
{
	struct world *w = *state;
	char code[CODE_SIZE];
	struct view *v;
	int opened;

	code_new(code);
	jump_to(w, code);
	assert_string_equal(top_name(w), "case");
	press(w, "? T");
	assert_int_equal(router_depth(w->r), 4);
	opened = seen.opened;
	seen.refreshed = seen.closed = 0;
	jump_to(w, code);
	assert_string_equal(top_name(w), "case");
	assert_int_equal(router_depth(w->r), 2);
	assert_int_equal(seen.opened, opened);
	assert_int_equal(seen.closed, 2);
	/* What lay between is not read, and not on the record. */
	assert_int_equal(seen.refreshed, 1);
	/* From itself there is no way to go. */
	jump_to(w, code);
	assert_int_equal(router_depth(w->r), 2);
	assert_non_null(strstr(router_message(w->r), "already"));
	/* From a list, too. */
	press(w, "T");
	v = router_top(w->r);
	v->go = router_at(w->r, 1)->route;
	router_apply(w->r, slot_of(v), NEXT_GO, NULL);
	assert_int_equal(router_depth(w->r), 2);
	/* Another case is another page. */
	press(w, "T");
	v = router_top(w->r);
	v->go = router_at(w->r, 1)->route;
	v->go.case_uid.b[0] ^= 1;
	router_apply(w->r, slot_of(v), NEXT_GO, NULL);
	assert_int_equal(router_depth(w->r), 4);
}

static void
typed_words_are_asked_about_on_the_way_back(void **state)
{
	struct world *w = *state;
	char code[CODE_SIZE];
	struct view *v;

	code_new(code);
	jump_to(w, code);
	open_form(w, false);
	open_form(w, true);
	router_act(w->r, ACT_TODAY);
	assert_int_equal(router_depth(w->r), 5);
	jump_to(w, code);
	/* The question is over the form that has them. */
	assert_int_equal(router_depth(w->r), 4);
	assert_non_null(strstr(router_question(w->r)->title, "Not saved"));
	press(w, "Esc");
	assert_string_equal(top_name(w), "form");
	/* That was no promise to go further than one step. */
	router_act(w->r, ACT_BACK);
	router_answer(w->r, "discard");
	assert_int_equal(router_depth(w->r), 3);
	assert_int_equal(fake.saves, 0);
	router_top(w->r)->dirty = true;
	/* A form opens the case to look at it, and keeps its words. */
	v = router_top(w->r);
	v->go = router_at(w->r, 1)->route;
	router_apply(w->r, slot_of(v), NEXT_GO, NULL);
	assert_int_equal(router_depth(w->r), 4);
	router_act(w->r, ACT_BACK);
	open_form(w, true);
	jump_to(w, code);
	router_answer(w->r, "keep");
	assert_int_equal(fake.saves, 1);
	assert_int_equal(router_depth(w->r), 3);
	router_answer(w->r, "keep");
	assert_int_equal(fake.saves, 2);
	assert_string_equal(top_name(w), "case");
	assert_int_equal(router_depth(w->r), 2);
}

/* Two first screens, one key from the one to the other; both keep what they
 * show. */
static void
today_and_the_cases_change_places(void **state)
{
	struct world *w = *state;

	press(w, "T");
	assert_string_equal(top_name(w), "today");
	assert_false(screen_says(w, "Cases"));
	press(w, "C");
	assert_string_equal(top_name(w), "queue");
	press(w, "T");
	assert_string_equal(top_name(w), "today");
	assert_int_equal(router_depth(w->r), 2);
	assert_int_equal(seen.opened, 2);
	assert_int_equal(seen.closed, 0);
	press(w, "Esc");
	assert_string_equal(top_name(w), "queue");
	press(w, "Esc");
	assert_int_equal(router_depth(w->r), 1);
	/* The key of where one is goes to the other one. */
	press(w, "C");
	assert_string_equal(top_name(w), "today");
	press(w, "T");
	assert_string_equal(top_name(w), "queue");
	/* Over a case they come on top of it, and go back to it. */
	open_form(w, false);
	seen.typing = false;
	press(w, "T T");
	assert_string_equal(top_name(w), "form");
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

/* A line that the machine could not keep comes back with its words; what it
 * must not say again does not. */
static void
harm_13_words_that_were_not_kept_come_back(void **state)
{
	struct world *w = *state;
	const struct ask ask = { .kind = ASK_LINE, .id = 1, .title = "Why" };

	app_ask(router_top(w->r), &ask);
	seen.answer_fails = ERR_FULL;
	press(w, "a b Enter");
	assert_string_equal(seen.value, "ab");
	assert_non_null(router_question(w->r));
	seen.answer_fails = ERR_NONE;
	press(w, "c Enter");
	assert_string_equal(seen.value, "abc");
	assert_null(router_question(w->r));
	app_ask(router_top(w->r), &ask);
	seen.answer_fails = ERR_DENIED;
	press(w, "d Enter");
	assert_null(router_question(w->r));
	seen.answer_fails = ERR_NONE;
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(own_actions_reach_act),
		T(typing_takes_letters),
		T(what_is_not_allowed_never_reaches_act),
		T(what_is_not_offered_never_reaches_act),
		T(a_screen_needs_its_permission),
		T(harm_14_nothing_is_typed_into_what_is_only_read),
		T(views_open_and_close),
		T(a_place_is_named_once),
		T(a_view_that_fails_to_open_leaves_the_one_below),
		T(a_paste_is_never_an_action),
		T(too_many_views_are_refused),
		T(the_command_line_runs_a_name),
		T(today_and_the_cases_change_places),
		T(a_list_over_a_case_has_no_code),
		T(a_case_that_is_open_is_gone_back_to),
		T(typed_words_are_asked_about_on_the_way_back),
		T(harm_08_a_mistyped_code_opens_nothing),
		T(a_confirmation_defaults_to_no),
		T(a_question_takes_every_key_but_those_that_hide),
		T(harm_13_words_that_were_not_kept_come_back),
		T(escape_from_a_line_is_no_answer),
		T(a_conflict_is_decided_field_by_field),
		T(a_conflict_can_be_left_with_nothing_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
