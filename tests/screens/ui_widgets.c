/* SPDX-License-Identifier: ISC */
/*
 * The interface room in a real terminal: this program starts itself in a pty
 * as a small program with a list and a form, and looks at it through libvterm.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "../lib/vt.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/utf8.h"
#include "ui/dialog.h"
#include "ui/filter.h"
#include "ui/form.h"
#include "ui/header.h"
#include "ui/hint.h"
#include "ui/list.h"
#include "ui/term.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define ROWS 1000
#define SRI "\xe0\xb7\x81\xe0\xb7\x8a\xe2\x80\x8d\xe0\xb6\xbb\xe0\xb7\x93"

/* --- the small program ---------------------------------------------------- */

struct demo {
	struct term *term;
	struct canvas canvas;
	struct list list;
	struct filter filter;
	struct form form;
	struct dialog dialog;
	enum { LIST, FORM, DIALOG } mode;
	size_t shown[ROWS], n;
	char text[64];
	char message[256];
};

static size_t
count(const void *ctx)
{
	return ((const struct demo *)ctx)->n;
}

static struct uid
key_of(const void *ctx, size_t i)
{
	size_t row = ((const struct demo *)ctx)->shown[i];
	struct uid u = { { 1, (uint8_t)(row >> 8), (uint8_t)row } };

	return u;
}

static const char *const next[] = { "Safety call", "Legal aid: feedback",
	"Review plan", "Monthly contact" };

static void
cell(const void *ctx, size_t i, size_t c, struct list_cell *out)
{
	struct demo *d = (struct demo *)(uintptr_t)ctx;
	size_t row = d->shown[i];

	out->style = row % 16 == 0 && c == 0 ? EL_URGENT : EL_TEXT;
	switch (c) {
	case 0:
		out->text = row % 16 == 0 ? "!!! urg" : "    low";
		return;
	case 1:
		(void)snprintf(d->text, sizeof(d->text), "A%03zu-TEST", row);
		break;
	case 2:
		out->text = next[row * 7 % COUNT(next)];
		return;
	default:
		(void)snprintf(d->text, sizeof(d->text), "%02zu:%02zu",
		    row % 24, row * 7 % 60);
	}
	out->text = d->text;
}

static const struct list_column columns[] = {
	{ "Risk", 3, 7, 1, LIST_LEFT, false, false },
	{ "Code", 9, 9, 0, LIST_LEFT, false, true },
	{ "Next", 8, 25, 2, LIST_LEFT, true, false },
	{ "Due", 5, 5, 3, LIST_LEFT, false, false },
};

static const struct form_field fields[] = {
	{ .id = "name",
	    .type = FORM_TEXT,
	    .label = "Name to use",
	    .flags = FORM_REQUIRED },
	{ .id = "born", .type = FORM_DATE, .label = "Born" },
	{ .id = "safe", .type = FORM_YES_NO, .label = "Safe now?" },
	{ .id = "words",
	    .type = FORM_LONG_TEXT,
	    .label = "Own words",
	    .max = 20000 },
};

static const struct hint hints[] = { { "Enter", "open", 2 },
	{ "n", "new contact", 1 }, { "?", "help", HINT_LAST } };

static void
draw(struct demo *d)
{
	static const char *const crumbs[] = { "Cases", "Mine" };
	const struct header h = { crumbs, 2, "amina", "caseworker", "Colombo",
		NULL, NULL };
	struct canvas *c = &d->canvas;
	struct canvas body = canvas_view(c, 1, 0, c->rows - 3, c->cols);

	canvas_clear(c);
	hint_draw(c, c->rows - 1, hints, COUNT(hints));
	header_draw(c, 0, &h);
	if (d->mode == FORM)
		form_draw(&d->form, &body, "New contact");
	else
		list_draw(&d->list, &body);
	if (d->filter.typing || filter_active(&d->filter))
		filter_draw(&d->filter, c, c->rows - 2, (long)d->n, ROWS);
	else
		(void)canvas_text(
		    c, c->rows - 2, 1, -1, EL_MESSAGE, d->message);
	if (d->mode == DIALOG)
		dialog_draw(&d->dialog, c);
	term_paint(d->term, c);
}

static void
narrow(struct demo *d)
{
	char code[16];

	d->n = 0;
	for (size_t i = 0; i < ROWS; i++) {
		(void)snprintf(code, sizeof(code), "A%03zu", i);
		if (filter_match(&d->filter, code) ||
		    filter_match(&d->filter, next[i * 7 % COUNT(next)]))
			d->shown[d->n++] = i;
	}
}

static void
list_mode(struct demo *d, const struct key *k)
{
	enum filter_result r =
	    d->filter.typing ? filter_key(&d->filter, k) : FILTER_PASS;

	if (r == FILTER_CHANGED || r == FILTER_GONE) {
		narrow(d);
		if (r == FILTER_GONE)
			list_return(&d->list);
		else
			list_reload(&d->list);
	}
	if (r != FILTER_PASS || list_key(&d->list, k, NULL) != LIST_PASS)
		return;
	if (k->code == '/') {
		list_remember(&d->list);
		filter_start(&d->filter);
	} else if (k->code == 'n')
		d->mode = FORM;
	else if (k->code == 'w') {
		dialog_init(&d->dialog, DIALOG_CONFIRM, "Withdraw A001-TEST",
		    "This blocks every future release.");
		d->mode = DIALOG;
	} else if (k->code == K_PASTE)
		(void)snprintf(d->message, sizeof(d->message), "%s",
		    "Paste works in fields only.");
}

/* False: leave. */
static bool
act(struct demo *d, const struct key *k)
{
	struct err e = { 0 };
	int rows, cols;

	if (k->code == K_HANGUP || k->code == K_CTRL('q'))
		return false;
	if (k->code == K_RESIZE) {
		term_size(d->term, &rows, &cols);
		canvas_resize(&d->canvas, rows, cols);
		return true;
	}
	d->message[0] = '\0';
	if (d->mode == LIST)
		list_mode(d, k);
	else if (d->mode == DIALOG) {
		enum dialog_result r = dialog_key(&d->dialog, k);

		if (r == DIALOG_STAY)
			return true;
		(void)snprintf(d->message, sizeof(d->message), "%s",
		    r == DIALOG_YES ? "Withdrawn." : "Nothing was done.");
		dialog_done(&d->dialog);
		d->mode = LIST;
	} else if (k->code == K_PASTE_BIG)
		(void)snprintf(d->message, sizeof(d->message), "%s",
		    "That is too much for one paste.");
	else if (form_key(&d->form, k, &e) == FORM_CANCEL)
		d->mode = LIST;
	if (e.kind != ERR_NONE)
		(void)snprintf(d->message, sizeof(d->message), "%s", e.text);
	return true;
}

static int
demo(void)
{
	const struct term_options o = { .in = 0,
		.out = 1,
		.type = getenv("TERM"),
		.theme =
		    theme_pick(getenv("THEME"), getenv("NO_COLOR") != NULL) };
	struct list_source s = { .count = count, .cell = cell, .key = key_of };
	static struct demo d;
	struct err e;
	struct key k;
	int rows, cols;

	d.term = term_open(&o, &e);
	if (d.term == NULL) {
		(void)fprintf(stderr, "%s\n", e.text);
		return 1;
	}
	s.ctx = &d;
	filter_init(&d.filter);
	narrow(&d);
	list_init(&d.list, columns, COUNT(columns), &s);
	form_init(&d.form, fields, COUNT(fields), NULL, 20780);
	term_size(d.term, &rows, &cols);
	canvas_init(&d.canvas, rows, cols, term_ascii(d.term));
	if (term_notice(d.term) != NULL)
		(void)snprintf(
		    d.message, sizeof(d.message), "%s", term_notice(d.term));
	do {
		draw(&d);
		term_read(d.term, -1, NULL, 0, &k);
	} while (act(&d, &k));
	term_close(d.term);
	if (d.mode == DIALOG)
		dialog_done(&d.dialog);
	form_done(&d.form);
	filter_done(&d.filter);
	canvas_done(&d.canvas);
	return 0;
}

/* --- the tests ------------------------------------------------------------ */

static struct vt *
start(int rows, int cols, const char *const *env)
{
	static const char *const argv[] = { "/proc/self/exe", "demo", NULL };
	const struct vt_options o = {
		.rows = rows, .cols = cols, .argv = argv, .env = env
	};
	struct vt *vt = vt_open(&o);

	assert_non_null(vt);
	return vt;
}

static void
leave(struct vt *vt)
{
	int status = -1;

	vt_keys(vt, "C-q");
	assert_true(vt_wait_exit(vt, VT_WAIT_MS, &status));
	if (status != 0)
		fail_msg("it ended with %d:\n%s", status, vt_screen_text(vt));
	assert_false(vt_alt_screen(vt));
	assert_true(vt_cursor_visible(vt));
	vt_close(vt);
}

/* Bytes one key costs, once all of them are there. */
static size_t
cost(struct vt *vt, const char *key, const char *text)
{
	size_t before;

	assert_true(vt_wait_quiet(vt, 60, VT_WAIT_MS));
	before = vt_bytes(vt);
	vt_keys(vt, key);
	vt_expect(vt, text);
	assert_true(vt_wait_quiet(vt, 60, VT_WAIT_MS));
	return vt_bytes(vt) - before;
}

static void
bytes_are_few(void **state)
{
	struct vt *vt = start(24, 80, NULL);
	size_t first;

	(void)state;
	vt_expect(vt, "? help");
	assert_true(vt_wait_quiet(vt, 60, VT_WAIT_MS));
	first = vt_bytes(vt);
	assert_true(first <= 2048);
	assert_true(vt_alt_screen(vt));
	assert_in_range(cost(vt, "Down", "\xe2\x96\x8c     low A001"), 1, 75);
	assert_in_range(cost(vt, "Down", "\xe2\x96\x8c     low A002"), 1, 75);
	assert_in_range(cost(vt, "PgDn", "low A021"), 1, 1500);
	(void)cost(vt, "PgDn", "low A040");
	(void)cost(vt, "End", "low A999");
	(void)cost(vt, "Home", "A000");
	for (int i = 0; i < 19; i++)
		vt_keys(vt, "Down");
	vt_expect(vt, "\xe2\x96\x8c     low A019");
	assert_in_range(cost(vt, "Down", "low A020"), 1, 140);
	assert_in_range(cost(vt, "Down", "low A021"), 1, 140);
	leave(vt);
}

/* Nothing at all is sent while nobody does anything. */
static void
silent_when_idle(void **state)
{
	struct vt *vt = start(24, 80, NULL);
	size_t before;

	(void)state;
	vt_expect(vt, "? help");
	assert_true(vt_wait_quiet(vt, 60, VT_WAIT_MS));
	before = vt_bytes(vt);
	assert_true(vt_wait_quiet(vt, 500, 2000));
	assert_int_equal(vt_bytes(vt), before);
	leave(vt);
}

/* The hardware cursor is on the selected row and on the focused field. */
static void
cursor_follows(void **state)
{
	struct vt *vt = start(24, 80, NULL);
	int row, col;

	(void)state;
	vt_expect(vt, "? help");
	vt_keys(vt, "Down Down");
	vt_expect(vt, "\xe2\x96\x8c     low A002");
	vt_cursor(vt, &row, &col);
	assert_int_equal(row, 4);
	assert_true(vt_cursor_visible(vt));
	vt_keys(vt, "n");
	vt_expect(vt, "Name to use");
	vt_send(vt, "Nimali");
	vt_expect(vt, "Nimali");
	vt_cursor(vt, &row, &col);
	for (int i = 0; i < 6; i++) {
		VTermScreenCell seen;

		assert_true(vt_cell(vt, row, col - 6 + i, &seen));
		assert_int_equal(seen.chars[0], "Nimali"[i]);
	}
	leave(vt);
}

static void
filter_narrows_and_returns(void **state)
{
	struct vt *vt = start(24, 80, NULL);

	(void)state;
	vt_expect(vt, "? help");
	vt_keys(vt, "Down Down Down Down Down /");
	vt_send(vt, "review");
	vt_expect(vt, "250/1000");
	vt_expect_gone(vt, "Safety call");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Safety call");
	vt_expect(vt, "\xe2\x96\x8c     low A005");
	leave(vt);
}

static void
paste_is_text_only(void **state)
{
	struct vt *vt = start(24, 80, NULL);
	char big[10240];

	(void)state;
	vt_expect(vt, "? help");
	/* On a list a paste does nothing, though it holds action keys. */
	vt_paste(vt, "wn/jjj\r");
	vt_expect(vt, "Paste works in fields only.");
	assert_true(vt_has(vt, "\xe2\x96\x8c !!! urg A000"));
	vt_keys(vt, "n Tab Tab Tab");
	vt_expect(vt, "4 of 4");
	for (size_t i = 0; i < sizeof(big); i++)
		big[i] = i % 40 == 39 ? '\n' : 'x';
	big[sizeof(big) - 1] = '\0';
	memcpy(big + sizeof(big) - 8, "the end", 7);
	vt_paste(vt, big);
	vt_expect(vt, "the end");
	leave(vt);
}

/* What comes from outside can colour, move and clear nothing. */
static void
text_cannot_steer(void **state)
{
	struct vt *vt = start(24, 80, NULL);

	(void)state;
	vt_expect(vt, "? help");
	vt_keys(vt, "n");
	vt_expect(vt, "Name to use");
	vt_paste(vt, "A\033]0;title\007\033[2J\xe2\x80\xae" SRI);
	vt_expect(vt, "A]0;title[2J" SRI);
	assert_null(
	    memmem(vt_stream(vt)->data, vt_stream(vt)->len, "\033]", 2));
	assert_null(
	    memmem(vt_stream(vt)->data, vt_stream(vt)->len, "\xe2\x80\xae", 3));
	leave(vt);
}

static void
resize_loses_nothing(void **state)
{
	static const int sizes[][2] = { { 10, 40 }, { 50, 132 }, { 24, 80 },
		{ 12, 45 } };
	struct vt *vt = start(24, 80, NULL);

	(void)state;
	vt_expect(vt, "? help");
	vt_keys(vt, "n");
	vt_expect(vt, "Name to use");
	vt_send(vt, "Nimali");
	vt_expect(vt, "Nimali");
	vt_resize(vt, 5, 20);
	vt_expect(vt, "too small");
	vt_send(vt, "x");
	vt_resize(vt, 1, 1);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		size_t seen = vt_bytes(vt);

		vt_resize(vt, sizes[i][0], sizes[i][1]);
		vt_expect(vt, "Nimalix");
		vt_expect(vt, "? help");
		vt_expect_gone(vt, "too small");
		/* Terminals keep what they like of the old picture. */
		assert_true(vt_wait_quiet(vt, 300, VT_WAIT_MS));
		assert_non_null(memmem(vt_stream(vt)->data + seen,
		    vt_bytes(vt) - seen, "\033[2J", 4));
	}
	leave(vt);
}

static void
confirmation_defaults_to_no(void **state)
{
	struct vt *vt = start(24, 80, NULL);

	(void)state;
	vt_expect(vt, "? help");
	vt_keys(vt, "w");
	vt_expect(vt, "Withdraw A001-TEST");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Nothing was done.");
	vt_keys(vt, "w");
	vt_expect(vt, "Withdraw A001-TEST");
	vt_keys(vt, "y");
	vt_expect(vt, "Withdrawn.");
	leave(vt);
}

/* The line goes while HUP is ignored: it must notice by itself and leave. */
static void
gone_terminal_ends_it(void **state)
{
	static const char *const argv[] = { "/proc/self/exe", "demo", NULL };

	(void)state;
	for (int ignore = 0; ignore < 2; ignore++) {
		const struct vt_options o = { .argv = argv,
			.ignore_hup = ignore == 1 };
		struct vt *vt = vt_open(&o);
		int status;

		assert_non_null(vt);
		vt_expect(vt, "? help");
		vt_hangup(vt);
		assert_true(vt_wait_exit(vt, 5000, &status));
		if (ignore)
			assert_int_equal(status, 0);
		vt_close(vt);
	}
}

static void
every_terminal(void **state)
{
	static const char *const envs[][3] = {
		{ "TERM=linux", NULL },
		{ "TERM=vt100", NULL },
		{ "TERM=screen", NULL },
		{ "TERM=xterm-ghostty", NULL },
		{ "TERM=nonsense", NULL },
		{ "LANG=C", NULL },
		{ "NO_COLOR=1", NULL },
		{ "THEME=high-contrast", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(envs); i++) {
		struct vt *vt = start(24, 80, envs[i]);

		vt_expect(vt, "? help");
		vt_expect(vt, "A010-TEST");
		vt_keys(vt, "Down");
		vt_expect(vt, "\xe2\x96\x8c     low A001");
		if (strstr(envs[i][0], "nonsense") != NULL)
			assert_non_null(memmem(vt_stream(vt)->data,
			    vt_stream(vt)->len, "not known here", 14));
		/* No colour where none is wanted: SGR 30 to 37. */
		if (i >= 6) {
			const char *p = vt_stream(vt)->data;

			for (; (p = strstr(p, "\033[3")) != NULL; p++)
				assert_true(p[4] != 'm' || p[3] == '9');
		}
		leave(vt);
	}
}

static void
two_at_once(void **state)
{
	struct vt *a = start(24, 80, NULL), *b = start(10, 40, NULL);

	(void)state;
	vt_expect(b, "? help");
	vt_expect(a, "? help");
	vt_keys(a, "Down");
	vt_keys(b, "End");
	vt_expect(b, "A999-TEST");
	vt_expect(a, "\xe2\x96\x8c     low A001");
	leave(a);
	leave(b);
}

static void
as_drawn_before(void **state)
{
	static const struct {
		int rows, cols;
		const char *name;
	} t[] = { { 24, 80, "ui-list-80x24" }, { 10, 40, "ui-list-40x10" },
		{ 50, 132, "ui-list-132x50" } };

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct vt *vt = start(t[i].rows, t[i].cols, NULL);

		vt_expect(vt, "? help");
		vt_keys(vt, "Down Down");
		assert_true(vt_wait_row(vt, 4, "\xe2\x96\x8c", VT_WAIT_MS));
		assert_non_null(strstr(vt_row(vt, 4), "A002"));
		vt_golden(vt, t[i].name);
		leave(vt);
	}
}

int
main(int argc, char *argv[])
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_few),
		cmocka_unit_test(silent_when_idle),
		cmocka_unit_test(cursor_follows),
		cmocka_unit_test(filter_narrows_and_returns),
		cmocka_unit_test(paste_is_text_only),
		cmocka_unit_test(text_cannot_steer),
		cmocka_unit_test(resize_loses_nothing),
		cmocka_unit_test(confirmation_defaults_to_no),
		cmocka_unit_test(gone_terminal_ends_it),
		cmocka_unit_test(every_terminal),
		cmocka_unit_test(two_at_once),
		cmocka_unit_test(as_drawn_before),
	};

	if (argc > 1 && strcmp(argv[1], "demo") == 0)
		return demo();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
