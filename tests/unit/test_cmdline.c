/* SPDX-License-Identifier: ISC */
#include <stdio.h>

#include "ui_kit.h"

#include "base/id.h"
#include "ui/cmdline.h"

static const struct cmdline_name names[] = {
	{ "consent", "Consent of this case", NULL },
	{ "contact", "Meet a person", NULL },
	{ "quit", "Leave", "exit" },
	{ "queue", "The queue", NULL },
};

static const struct {
	const char *keys;
	enum cmdline_result r;
	const char *command, *rest;
} rows[] = {
	{ "q u i t Enter", CMDLINE_RUN, "quit", "" },
	{ "q u i Enter", CMDLINE_RUN, "quit", "" },
	{ "e x i t Enter", CMDLINE_RUN, "quit", "" }, /* its other word */
	{ "e x Tab 7 Enter", CMDLINE_RUN, "quit", "7" },
	{ "c o n t Enter", CMDLINE_RUN, "contact", "" },
	{ "c o n Enter", CMDLINE_STAY, NULL, "" }, /* which one? */
	{ "x Enter", CMDLINE_STAY, NULL, "" },
	{ "c o n Tab Enter", CMDLINE_RUN, "consent", "" },
	{ "c o n Tab Tab Enter", CMDLINE_RUN, "contact", "" },
	{ "c o n Tab Tab Tab Enter", CMDLINE_RUN, "consent", "" },
	{ "c o n S-Tab Enter", CMDLINE_RUN, "contact", "" },
	{ "Tab Tab Tab Enter", CMDLINE_RUN, "quit", "" },
	{ "q u i Tab 7 Enter", CMDLINE_RUN, "quit", "7" },
	{ "q u e u e Space a Space b Enter", CMDLINE_RUN, "queue", "a b" },
	{ "Enter", CMDLINE_CANCEL, NULL, "" },
	{ "q Esc", CMDLINE_CANCEL, NULL, "" },
	{ "q C-c", CMDLINE_CANCEL, NULL, "" },
	{ "q Backspace Backspace", CMDLINE_CANCEL, NULL, "" },
	{ "x Tab q", CMDLINE_STAY, NULL, "" },
};

static void
runs(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		enum cmdline_result r = CMDLINE_STAY;
		const char *p = rows[i].keys, *rest, *name;
		struct cmdline c;
		char one[32];

		cmdline_init(&c, names, COUNT(names));
		while (*p != '\0' && r == CMDLINE_STAY) {
			size_t n = strcspn(p, " ");
			struct key k;

			memcpy(one, p, n);
			one[n] = '\0';
			k = kit_key(one);
			r = cmdline_key(&c, &k);
			p += n + (p[n] == ' ');
		}
		if (r != rows[i].r)
			fail_msg("%s: %d", rows[i].keys, (int)r);
		if (r == CMDLINE_RUN) {
			name = cmdline_command(&c, &rest);
			assert_non_null(name);
			assert_string_equal(name, rows[i].command);
			assert_string_equal(rest, rows[i].rest);
		}
		cmdline_done(&c);
	}
}

static void
press_cmdline(void *arg, const struct key *k)
{
	(void)cmdline_key(arg, k);
}

static void
shows_what_could_follow(void **state)
{
	struct cmdline c;
	struct canvas v;

	(void)state;
	cmdline_init(&c, names, COUNT(names));
	canvas_init(&v, 10, 40, true);
	kit_press("c o n", press_cmdline, &c);
	cmdline_draw(&c, &v);
	kit_shows(&v, ":con\n");
	kit_shows(&v, "Meet a person");
	kit_shows_not(&v, "Leave");
	assert_int_equal(v.grid->cursor_row, 9);
	assert_int_equal(v.grid->cursor_col, 4);
	kit_press("Tab Tab", press_cmdline, &c);
	canvas_clear(&v);
	cmdline_draw(&c, &v);
	kit_shows(&v, "> contact");
	kit_press("C-u x Enter", press_cmdline, &c);
	canvas_clear(&v);
	cmdline_draw(&c, &v);
	kit_shows(&v, "no such command");
	canvas_resize(&v, 1, 1);
	cmdline_draw(&c, &v);
	canvas_done(&v);
	cmdline_done(&c);
}

static void
press_line(struct cmdline *c, const char *line)
{
	for (; *line != '\0'; line++) {
		struct key k = {
			.code = (unsigned char)*line, .text = line, .len = 1
		};

		assert_int_equal(cmdline_key(c, &k), CMDLINE_STAY);
	}
}

/* A code at random, without a digit or with one. */
static void
code_with(char code[CODE_SIZE], bool digit)
{
	do
		code_new(code);
	while ((strpbrk(code, "0123456789") != NULL) != digit);
}

static void
a_code_is_a_command(bool digit)
{
	const struct key enter = { .code = K_ENTER };
	char code[CODE_SIZE], plain[8];
	const char *rest;
	struct cmdline c;
	struct canvas v;

	code_with(code, digit);
	snprintf(
	    plain, sizeof(plain), "%.3s%.3s%.1s", code, code + 4, code + 8);
	for (int i = 0; i < 2; i++) {
		cmdline_init(&c, names, COUNT(names));
		c.codes = true;
		press_line(&c, i == 0 ? code : plain);
		assert_int_equal(cmdline_key(&c, &enter), CMDLINE_RUN);
		assert_null(cmdline_command(&c, &rest));
		assert_string_equal(rest, i == 0 ? code : plain);
		cmdline_done(&c);
	}
	/* One wrong character: nothing opens, and it says which kind of wrong. */
	code[0] = code[0] == '2' ? '3' : '2';
	cmdline_init(&c, names, COUNT(names));
	c.codes = true;
	press_line(&c, code);
	assert_int_equal(cmdline_key(&c, &enter), CMDLINE_STAY);
	canvas_init(&v, 10, 40, true);
	cmdline_draw(&c, &v);
	kit_shows(&v, "A character of this code is wrong");
	kit_shows(&v, "like 7KQ-M4X-T.");
	canvas_done(&v);
	/* Nor for whom no case is. */
	c.codes = false;
	assert_int_equal(cmdline_key(&c, &enter), CMDLINE_STAY);
	assert_non_null(strstr(c.message, "no such command"));
	cmdline_done(&c);
}

static void
a_code_with_digits_is_a_command(void **state)
{
	(void)state;
	a_code_is_a_command(true);
}

static void
a_code_of_letters_is_a_command(void **state)
{
	(void)state;
	a_code_is_a_command(false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(runs),
		cmocka_unit_test(shows_what_could_follow),
		cmocka_unit_test(a_code_with_digits_is_a_command),
		cmocka_unit_test(a_code_of_letters_is_a_command),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
