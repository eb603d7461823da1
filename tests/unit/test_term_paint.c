/* SPDX-License-Identifier: ISC */
/* What a paint sends to a terminal, and in how many writes. */
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <unistd.h>

#include "ui_kit.h"
#include "ui/term.h"

enum { ROWS = 24, COLS = 80 };

/* Writes this process has made so far, as the kernel counts them. */
static long
writes_so_far(void)
{
	FILE *f = fopen("/proc/self/io", "r");
	char line[128];
	long n = -1;

	if (f == NULL)
		return -1;
	while (fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, "syscw:", 6) == 0)
			n = strtol(line + 6, NULL, 10);
	assert_int_equal(fclose(f), 0);
	return n;
}

static void
take(int master, struct buf *out)
{
	char block[4096];
	ssize_t n;

	buf_clear(out);
	while ((n = read(master, block, sizeof(block))) > 0)
		buf_add(out, block, (size_t)n);
}

/* A picture of one short word all over the screen. */
static void
page(struct canvas *c, const char *word)
{
	canvas_clear(c);
	for (int row = 0; row < ROWS; row++)
		for (int col = 1; col < COLS - 8; col += 20)
			(void)canvas_text(c, row, col, 6,
			    col < 20 ? EL_URGENT : EL_TEXT, word);
}

static void
test_a_page_is_one_write(void **state)
{
	struct winsize size = { .ws_row = ROWS, .ws_col = COLS };
	struct err e = { .kind = ERR_NONE };
	struct canvas c;
	struct buf out;
	struct term *t;
	int master, tty;
	long before;

	(void)state;
	if (writes_so_far() == -1) {
		print_message("this kernel counts no writes\n");
		skip();
	}
	assert_int_equal(openpty(&master, &tty, NULL, NULL, &size), 0);
	assert_int_not_equal(fcntl(master, F_SETFL, O_NONBLOCK), -1);
	t = term_open(
	    &(struct term_options){
		.in = tty, .out = tty, .type = "xterm-256color" },
	    &e);
	assert_non_null(t);
	buf_init(&out);
	canvas_init(&c, ROWS, COLS, term_ascii(t));

	page(&c, "aaaa");
	term_paint(t, &c);
	take(master, &out);
	/* The alternate screen is entered, once, and never left. */
	assert_non_null(strstr(out.data, "\033[?1049h"));
	assert_null(strstr(strstr(out.data, "\033[?1049h") + 1, "\033[?1049h"));
	assert_null(strstr(out.data, "\033[?1049l"));
	assert_non_null(strstr(out.data, "aaaa"));

	page(&c, "bbbb");
	before = writes_so_far();
	term_paint(t, &c);
	/* Curses's own buffer holds 2,800 bytes. */
	assert_in_range(writes_so_far() - before, 1, 2);
	take(master, &out);
	assert_non_null(strstr(out.data, "bbbb"));

	canvas_done(&c);
	term_close(t);
	take(master, &out);
	assert_non_null(strstr(out.data, "\033[?1049l"));
	buf_done(&out);
	assert_int_equal(close(tty), 0);
	assert_int_equal(close(master), 0);
}

/* Many terminals move a page that is erased into their history. */
static void
test_the_history_goes_last(void **state)
{
	const char *page = strstr(TERM_WIPE, "\033[2J");
	const char *history = strstr(TERM_WIPE, "\033[3J");

	(void)state;
	assert_non_null(page);
	assert_non_null(history);
	assert_true(page < history);
	assert_string_equal(history, "\033[3J");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_page_is_one_write),
		cmocka_unit_test(test_the_history_goes_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
