/* SPDX-License-Identifier: ISC */
/* The list of what waits, narrowed while one types. */
#include <stdio.h>

#include "ui_kit.h"

#include "app/app.h"
#include "app/keymap.h"
#include "rules/tasks.h"
#include "../../screens/agenda_rows.h"
#include "../../screens/screens.h"
#include "../../screens/where.h"

#define PAGE 50

static struct world {
	struct app app;
	struct society society;
	struct view view;
	struct agenda_rows rows; /* the view's state */
	size_t most; /* tasks there are */
	size_t read; /* of them */
	size_t rare; /* the one that is of another kind */
	bool fails;
} w;

/* A page of tasks below a heading of their own, as of one day. */
static int
load(void *ctx, enum list_way way, struct err *err)
{
	struct agenda_rows *r = ctx;

	if (w.fails)
		return err_set(err, ERR_BUSY, "Somebody saves.");
	if (way != LIST_AFTER || w.read == w.most)
		return 0;
	agenda_rows_heading(r, w.read == 0 ? "Overdue" : "Week");
	for (size_t i = 0; i < PAGE && w.read < w.most; i++, w.read++) {
		struct agenda_line l = { .is = LINE_TASK,
			.when = "today",
			.kind = "task",
			.what = w.read == w.rare ? "Another" : "Follow-up",
			.risk = -2 };

		memcpy(l.object.b, &w.read, sizeof(w.read));
		(void)snprintf(l.code, sizeof(l.code), "C%zu", w.read);
		agenda_rows_add(r, &l);
	}
	return 1;
}

static int
setup(void **state)
{
	struct err err = { .kind = ERR_NONE };

	(void)state;
	memset(&w, 0, sizeof(w));
	w.most = 120;
	w.rare = 70;
	w.app.society = &w.society;
	w.view.app = &w.app;
	w.view.state = &w.rows;
	agenda_rows_init(&w.view, "Nothing waits.", load);
	assert_int_equal(load(&w.rows, LIST_AFTER, &err), 1);
	return agenda_rows_settle(&w.rows, &err);
}

static int
teardown(void **state)
{
	(void)state;
	agenda_rows_close(&w.view);
	return 0;
}

static void
press(const char *names)
{
	char name[16];
	int used;

	while (sscanf(names, "%15s%n", name, &used) == 1) {
		struct key k = kit_key(name);
		struct err err = { .kind = ERR_NONE };

		(void)agenda_rows_key(&w.rows, &k, &err);
		assert_true(w.fails == (err.kind == ERR_BUSY));
		names += used;
	}
}

static void
shows(const char *text, bool yes)
{
	struct canvas c, below;

	canvas_init(&c, 8, 40, true);
	below = canvas_view(&c, 1, 0, 7, 40);
	(void)agenda_rows_draw_filter(&w.rows, &c);
	agenda_rows_draw(&w.rows, &below);
	if (yes)
		kit_shows(&c, text);
	else
		kit_shows_not(&c, text);
	canvas_done(&c);
}

/* Also what no page of the list had brought yet, below its own heading. */
static void
it_finds_what_was_not_read_yet(void **state)
{
	(void)state;
	press("Down Down Down");
	assert_string_equal(agenda_rows_current(&w.rows)->code, "C3");
	assert_int_equal(agenda_rows_narrow(&w.rows, ACT_FILTER), NEXT_STAY);
	assert_true(agenda_rows_typing(&w.view));
	press("a N o t");
	assert_string_equal(agenda_rows_current(&w.rows)->code, "C70");
	shows("Week", true);
	shows("Overdue", false);
	shows("Follow-up", false);
	shows("1/120", true);
	/* The parts that Tab goes through are those that show. */
	agenda_rows_turn(&w.rows, 1);
	assert_string_equal(agenda_rows_current(&w.rows)->code, "C70");
	press("Enter");
	assert_false(agenda_rows_typing(&w.view));
	shows("Follow-up", false);
	/* Back to where one was. */
	assert_int_equal(agenda_rows_narrow(&w.rows, ACT_BACK), NEXT_STAY);
	assert_string_equal(agenda_rows_current(&w.rows)->code, "C3");
	shows("Follow-up", true);
	assert_int_equal(agenda_rows_narrow(&w.rows, ACT_BACK), NEXT_PASS);
}

static void
it_says_when_it_did_not_look_at_all(void **state)
{
	(void)state;
	w.most = 5000;
	w.rare = 4000;
	(void)agenda_rows_narrow(&w.rows, ACT_FILTER);
	press("a n o t h e r");
	assert_null(agenda_rows_current(&w.rows));
	assert_in_range(w.read, 1900, 2100);
	shows("Only the first 2,000", true);
	press("Esc");
	assert_string_equal(agenda_rows_current(&w.rows)->code, "C0");
}

static void
where_it_did_nothing_is_there(void **state)
{
	(void)state;
	(void)agenda_rows_narrow(&w.rows, ACT_FILTER);
	press("z");
	assert_int_equal(w.read, w.most);
	shows("Nothing here matches", true);
	shows("0/120", true);
}

static void
what_cannot_be_read_is_said(void **state)
{
	(void)state;
	(void)agenda_rows_narrow(&w.rows, ACT_FILTER);
	w.fails = true;
	press("z");
	w.fails = false;
	press("Esc");
	assert_string_equal(agenda_rows_current(&w.rows)->code, "C0");
}

/* Whatever waits has a place where it is done; a task in somebody's words says
 * it itself. */
static void
all_that_waits_is_done_somewhere(void **state)
{
	(void)state;
	for (int k = 0; k < TASK_COUNT; k++) {
		enum action way =
		    where_done(task_name((enum task_kind)k), false);

		if ((way == ACT_NONE) != (k == TASK_FREE))
			fail_msg("%s", task_name((enum task_kind)k));
		assert_true(
		    way == ACT_NONE || keymap_has(screen_case.actions, way));
	}
	assert_int_equal(where_done("unheard of", false), ACT_NONE);
	assert_int_equal(where_done("review", true), ACT_CHILD);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(it_finds_what_was_not_read_yet),
		T(it_says_when_it_did_not_look_at_all),
		T(where_it_did_nothing_is_there),
		T(what_cannot_be_read_is_said),
		T(all_that_waits_is_done_somewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
