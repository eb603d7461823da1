/* SPDX-License-Identifier: ISC */
/* Lists: the cursor stays on its record whatever happens around it. */
#include <stdio.h>

#include "ui_kit.h"
#include "ui/list.h"

#define MOST 400
#define WINDOW 50

/* Rows are numbers; those in memory are from first on. */
struct rows {
	int id[MOST];
	size_t n;
	int first, total; /* for lists that load */
	int loads;
	bool fail;
	char text[32];
};

static size_t
count(const void *ctx)
{
	return ((const struct rows *)ctx)->n;
}

static struct uid
uid_of(int id)
{
	struct uid u = { { 1, 0, (uint8_t)(id >> 8), (uint8_t)id } };

	return u;
}

static struct uid
key(const void *ctx, size_t i)
{
	return uid_of(((const struct rows *)ctx)->id[i]);
}

static void
cell(const void *ctx, size_t i, size_t c, struct list_cell *out)
{
	/* The text must live until the next call; the rows own it. */
	struct rows *r = (struct rows *)(uintptr_t)ctx;

	(void)snprintf(r->text, sizeof(r->text), "%c%d", "rcns"[c], r -> id[i]);
	out->text = r->text;
	out->style = EL_TEXT;
}

static const char *
heading(const void *ctx, size_t i)
{
	return ((const struct rows *)ctx)->id[i] % 10 == 0 ? "Group" : NULL;
}

static int
load(void *ctx, enum list_way way, struct err *e)
{
	struct rows *r = ctx;
	int last = r->total - WINDOW, to;

	r->loads++;
	if (r->fail)
		return err_set(e, ERR_BUSY, "busy");
	to = way == LIST_AFTER	  ? r->first + WINDOW / 2
	     : way == LIST_BEFORE ? r->first - WINDOW / 2
	     : way == LIST_FIRST  ? 0
				  : last;
	to = to > last ? last : to < 0 ? 0 : to;
	if (to == r->first)
		return 0;
	r->first = to;
	for (int i = 0; i < WINDOW; i++)
		r->id[i] = to + i;
	return 1;
}

static const struct list_column columns[] = {
	{ "Risk", 4, 7, 3, LIST_LEFT, false, false },
	{ "Code", 9, 9, 0, LIST_LEFT, false, true },
	{ "Next", 8, 20, 2, LIST_LEFT, true, false },
	{ "State", 6, 10, 1, LIST_RIGHT, false, false },
};

static const struct list_source source = {
	.count = count, .cell = cell, .key = key
};

static void
start(struct list *l, struct rows *r, size_t n, struct list_source s)
{
	memset(r, 0, sizeof(*r));
	r->n = n;
	for (size_t i = 0; i < n; i++)
		r->id[i] = (int)i + 1;
	s.ctx = r;
	list_init(l, columns, COUNT(columns), &s);
}

static void
press_list(void *arg, const struct key *k)
{
	(void)list_key(arg, k, NULL);
}

static int
at(const struct list *l)
{
	const struct rows *r = l->source.ctx;
	size_t row;

	return list_current(l, &row) ? r->id[row] : -1;
}

static void
moves(void **state)
{
	static const struct {
		const char *keys;
		int at;
	} t[] = {
		{ "Down", 2 },
		{ "j j k", 2 },
		{ "Up", 1 },
		{ "PgDn", 10 },
		{ "PgDn PgDn PgUp", 10 },
		{ "End", 100 },
		{ "G Down", 100 },
		{ "End Home", 1 },
		{ "End PgUp", 91 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct canvas c;
		struct rows r;
		struct list l;

		start(&l, &r, 100, source);
		canvas_init(&c, 11, 60, true);
		list_draw(&l, &c);
		kit_press(t[i].keys, press_list, &l);
		assert_int_equal(at(&l), t[i].at);
		list_draw(&l, &c);
		/* The cursor's row is always in sight, with its mark. */
		assert_string_equal(
		    canvas_at(&c, c.grid->cursor_row, 0)->text, ">");
		canvas_done(&c);
	}
}

static void
other_keys_pass(void **state)
{
	static const char *const pass[] = { "x", "/", "Tab", "Esc", "F1", "g" };
	struct rows r;
	struct list l;
	struct key k;

	(void)state;
	start(&l, &r, 3, source);
	for (size_t i = 0; i < COUNT(pass); i++) {
		k = kit_key(pass[i]);
		assert_int_equal(list_key(&l, &k, NULL), LIST_PASS);
	}
	k = kit_key("Enter");
	assert_int_equal(list_key(&l, &k, NULL), LIST_OPEN);
	start(&l, &r, 0, source);
	assert_int_equal(list_key(&l, &k, NULL), LIST_STAY);
	assert_int_equal(at(&l), -1);
}

/* Rows change under the cursor; before: on row 5 (the fifth). */
static void
stays_on_its_record(void **state)
{
	static const struct {
		int ids[8];
		size_t n;
		int at;
	} t[] = {
		{ { 1, 2, 3, 4, 5, 6 }, 6, 5 },
		{ { 9, 8, 1, 2, 3, 4, 5, 6 }, 8, 5 }, /* new ones above */
		{ { 5, 1 }, 2, 5 }, /* sorted anew */
		{ { 1, 2, 3, 4, 6, 7 }, 6, 6 }, /* gone: the next one */
		{ { 1, 2 }, 2, 2 }, /* gone with all below it */
		{ { 0 }, 0, -1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct rows r;
		struct list l;
		struct canvas c;

		start(&l, &r, 8, source);
		canvas_init(&c, 6, 40, true);
		kit_press("Down Down Down Down", press_list, &l);
		list_draw(&l, &c);
		memcpy(r.id, t[i].ids, sizeof(t[i].ids));
		r.n = t[i].n;
		list_reload(&l);
		assert_int_equal(at(&l), t[i].at);
		canvas_clear(&c);
		list_draw(&l, &c);
		canvas_done(&c);
	}
}

static void
filter_and_back(void **state)
{
	struct uid six = uid_of(6), none = uid_of(77);
	struct rows r;
	struct list l;

	(void)state;
	start(&l, &r, 10, source);
	assert_true(list_select(&l, &six));
	list_remember(&l);
	r.n = 2; /* narrowed to 1, 2 */
	list_reload(&l);
	assert_int_equal(at(&l), 2);
	r.n = 10;
	list_return(&l);
	assert_int_equal(at(&l), 6);
	assert_false(list_select(&l, &none));
	assert_int_equal(at(&l), 6);
}

static void
skips_headings(void **state)
{
	struct list_source s = source;
	struct canvas c;
	struct rows r;
	struct list l;

	(void)state;
	s.heading = heading;
	start(&l, &r, 25, s);
	r.id[0] = 10; /* a heading first */
	list_init(&l, columns, COUNT(columns), &l.source);
	assert_int_equal(at(&l), 2);
	kit_press("Up", press_list, &l);
	assert_int_equal(at(&l), 2);
	kit_press("Down Down Down Down Down Down Down Down", press_list, &l);
	assert_int_equal(at(&l), 11); /* over row 10 */
	kit_press("Up", press_list, &l);
	assert_int_equal(at(&l), 9);
	canvas_init(&c, 5, 40, true);
	kit_press("Down", press_list, &l);
	list_draw(&l, &c);
	kit_shows(&c, "Group");
	canvas_done(&c);
}

/* A million rows, fifty in memory. */
static void
loads_as_one_goes(void **state)
{
	struct list_source s = source;
	struct canvas c;
	struct rows r;
	struct list l;

	(void)state;
	s.load = load;
	start(&l, &r, WINDOW, s);
	r.total = 1000000;
	r.first = 1;
	canvas_init(&c, 21, 60, true);
	list_draw(&l, &c);
	for (int i = 0; i < 500; i++) {
		kit_press("Down", press_list, &l);
		assert_int_equal(at(&l), i + 2);
		list_draw(&l, &c);
	}
	for (int i = 0; i < 100; i++) {
		int was = at(&l);

		kit_press("PgUp", press_list, &l);
		assert_true(at(&l) < was || was == 0);
		list_draw(&l, &c);
	}
	assert_int_equal(at(&l), 0);
	kit_press("End", press_list, &l);
	assert_int_equal(at(&l), 999999);
	kit_press("Home", press_list, &l);
	assert_int_equal(at(&l), 0);
	/* Drawing never reads. */
	r.loads = 0;
	list_draw(&l, &c);
	assert_int_equal(r.loads, 0);
	canvas_done(&c);
}

static void
failed_load_stays(void **state)
{
	struct list_source s = source;
	struct err e = { 0 };
	struct key k = kit_key("Down");
	struct rows r;
	struct list l;

	(void)state;
	s.load = load;
	start(&l, &r, 3, s);
	r.fail = true;
	kit_press("Down Down", press_list, &l);
	assert_int_equal(list_key(&l, &k, &e), LIST_STAY);
	assert_int_equal(e.kind, ERR_BUSY);
	assert_int_equal(at(&l), 3);
	k = kit_key("End");
	assert_int_equal(list_key(&l, &k, &e), LIST_STAY);
	assert_int_equal(at(&l), 3);
}

static void
columns_fit(void **state)
{
	static const struct {
		int cols, width[4];
	} t[] = {
		{ 100, { 7, 9, 71, 10 } },
		{ 49, { 7, 9, 20, 10 } },
		{ 40, { 7, 9, 15, 6 } },
		{ 30, { 4, 9, 8, 6 } },
		{ 29, { 6, 9, 12, 0 } },
		{ 22, { 7, 9, 0, 0 } },
		{ 13, { 0, 9, 0, 0 } },
		{ 9, { 0, 9, 0, 0 } },
		{ 2, { 0, 9, 0, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		int width[4], sum = 0, shown = 0;

		list_widths(columns, 4, t[i].cols, width);
		for (int j = 0; j < 4; j++) {
			sum += width[j];
			shown += width[j] > 0;
			assert_true(
			    width[j] == 0 || width[j] >= columns[j].min);
		}
		/* Never wider than there is room, but for the code itself. */
		assert_true(sum + shown - 1 <= t[i].cols || shown == 1);
		for (int j = 0; j < 4 && i != 4; j++) {
			if (width[j] != t[i].width[j])
				fail_msg("%d cells: column %d has %d",
				    t[i].cols, j, width[j]);
		}
	}
}

static void
draws_at_every_size(void **state)
{
	static const int sizes[][2] = { { 1, 1 }, { 5, 20 }, { 10, 40 },
		{ 24, 80 }, { 50, 132 } };

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct canvas c;
		struct rows r;
		struct list l;

		start(&l, &r, 100, source);
		kit_press("End Up Up", press_list, &l);
		canvas_init(&c, sizes[i][0], sizes[i][1], true);
		list_draw(&l, &c);
		if (sizes[i][1] >= 20)
			kit_shows(&c, "c98");
		canvas_done(&c);
	}
}

/* The whole row is not repainted for a move: the old and the new row differ
 * in the marker and in the style of the code alone. */
static void
selection_is_light(void **state)
{
	struct canvas a, b;
	struct rows r;
	struct list l;
	int changed = 0;

	(void)state;
	start(&l, &r, 30, source);
	canvas_init(&a, 24, 80, true);
	canvas_init(&b, 24, 80, true);
	list_draw(&l, &a);
	kit_press("Down", press_list, &l);
	list_draw(&l, &b);
	for (int i = 0; i < 24 * 80; i++)
		changed += memcmp(&a.grid->cells[i], &b.grid->cells[i],
			       sizeof(a.grid->cells[i])) != 0;
	assert_int_equal(changed, 2 * (1 + 2));
	canvas_done(&a);
	canvas_done(&b);
}

/* Rows that are out of sight are said to be there. */
static void
says_that_there_is_more(void **state)
{
	static const struct {
		const char *keys, *marks;
	} t[] = { { "Home", "v " }, { "Down Down Down Down", "| " },
		{ "End", "^ " } };
	struct canvas c;
	struct rows r;
	struct list l;
	char *s;

	(void)state;
	start(&l, &r, 9, source);
	canvas_init(&c, 5, 40, true);
	list_draw(&l, &c);
	for (size_t i = 0; i < COUNT(t); i++) {
		kit_press(t[i].keys, press_list, &l);
		canvas_clear(&c);
		list_draw(&l, &c);
		s = kit_screen(&c);
		assert_memory_equal(s, t[i].marks, 2);
		free(s);
	}
	canvas_done(&c);
	/* All of it is seen. */
	start(&l, &r, 4, source);
	canvas_init(&c, 5, 40, true);
	list_draw(&l, &c);
	s = kit_screen(&c);
	assert_memory_equal(s, "  ", 2);
	free(s);
	canvas_done(&c);
}

static void
says_when_empty(void **state)
{
	struct canvas c;
	struct rows r;
	struct list l;

	(void)state;
	start(&l, &r, 0, source);
	l.empty = "Nobody waits here.";
	canvas_init(&c, 5, 40, true);
	list_draw(&l, &c);
	kit_shows(&c, "Nobody waits here.");
	canvas_done(&c);
}

/* Read aloud, a row is whole, however narrow its columns are; one that fits
 * stays in them. */
static const char *const told[][2] = { { "National Child Protection Authority",
					   "A safe place to stay" },
	{ "Clinic", "care" } };

static size_t
told_count(const void *ctx)
{
	(void)ctx;
	return COUNT(told);
}

static void
told_cell(const void *ctx, size_t i, size_t c, struct list_cell *out)
{
	(void)ctx;
	out->text = told[i][c];
}

static struct uid
told_key(const void *ctx, size_t i)
{
	(void)ctx;
	return uid_of((int)i);
}

static void
a_row_read_aloud_is_whole(void **state)
{
	static const struct list_column two[] = { { "To", 8, 10, 0, LIST_LEFT,
						      false, true },
		{ "For", 8, 10, 1, LIST_LEFT, true, false } };
	static const struct list_source aloud = {
		.count = told_count, .cell = told_cell, .key = told_key
	};
	struct canvas c;
	struct list l;
	struct buf b;

	(void)state;
	list_init(&l, two, COUNT(two), &aloud);
	canvas_init(&c, 20, 30, true);
	c.grid->accessible = true;
	buf_init(&b);
	list_draw(&l, &c);
	canvas_to_text(&c, &b);
	assert_non_null(strstr(b.data, "> National Child Protection\n"
				       "  Authority, A safe place to\n"
				       "  stay\n  Clinic "));
	buf_done(&b);
	canvas_done(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_read_aloud_is_whole),
		cmocka_unit_test(moves),
		cmocka_unit_test(other_keys_pass),
		cmocka_unit_test(stays_on_its_record),
		cmocka_unit_test(filter_and_back),
		cmocka_unit_test(skips_headings),
		cmocka_unit_test(loads_as_one_goes),
		cmocka_unit_test(failed_load_stays),
		cmocka_unit_test(columns_fit),
		cmocka_unit_test(draws_at_every_size),
		cmocka_unit_test(selection_is_light),
		cmocka_unit_test(says_that_there_is_more),
		cmocka_unit_test(says_when_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
