/* SPDX-License-Identifier: ISC */
/* amparo check: what it prints, for people and programs, and what it warns
 * of. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "cli/check.h"

static const char *
path_of(const char *name, char *out, size_t size)
{
	const char *top = getenv("AMPARO_SOURCE");

	snprintf(out, size, "%s/%s", top == NULL ? "." : top, name);
	return out;
}

/* --- a file with many things wrong -------------------------------------------- */

struct expected {
	int line;
	char says[80];
	bool found;
};

/* The marks of tests/fixtures/config/broken.cfg. */
static size_t
read_marks(const char *path, struct expected *out, size_t max)
{
	struct buf text;
	struct err e;
	const char *p;
	size_t n = 0;
	int line = 1;

	buf_init(&text);
	assert_int_equal(file_read(path, 1 << 20, false, &text, &e), 0);
	for (p = text.data; *p != '\0'; line++) {
		size_t len = strcspn(p, "\n");
		const char *mark = memmem(p, len, "# !!", 4);

		if (mark != NULL) {
			bool top = mark[4] == '0';
			const char *says = mark + (top ? 6 : 5);

			assert_true(n < max);
			out[n].line = top ? 0 : line;
			out[n].found = false;
			snprintf(out[n].says, sizeof(out[n].says), "%.*s",
			    (int)(p + len - says), says);
			n++;
		}
		p += len + (p[len] == '\n');
	}
	buf_done(&text);
	return n;
}

static void
everything_at_once(void **state)
{
	struct expected marks[64];
	struct problems p = { 0 };
	struct society *s;
	char path[512];
	size_t n, j;

	(void)state;
	path_of("tests/fixtures/config/broken.cfg", path, sizeof(path));
	n = read_marks(path, marks, 64);
	assert_true(n >= 25);
	assert_int_equal(society_read(path, &s, &p), -1);
	assert_null(s);
	for (size_t i = 0; i < p.n; i++) {
		const struct problem *at = &p.list[i];

		assert_string_equal(at->file, path);
		if (i > 0)
			assert_true(at->line >= p.list[i - 1].line);
		for (j = 0; j < n; j++) {
			if (!marks[j].found && marks[j].line == at->line &&
			    strstr(at->text, marks[j].says) != NULL)
				break;
		}
		if (j == n)
			fail_msg("not marked: %d: %s", at->line, at->text);
		marks[j].found = true;
	}
	for (j = 0; j < n; j++) {
		if (!marks[j].found)
			fail_msg(
			    "not found: %d: %s", marks[j].line, marks[j].says);
	}
	problems_done(&p);
}

/* --- what only shows with a clock ------------------------------------------------ */

static const struct society *
read_society(const char *name, struct society **s)
{
	struct problems p = { 0 };
	char path[512];

	path_of(name, path, sizeof(path));
	assert_int_equal(society_read(path, s, &p), 0);
	assert_int_equal(p.n, 0);
	problems_done(&p);
	return *s;
}

/* It stands at the line that is said, or just below: what the warning quotes. */
static void
stands_there(const struct problem *at)
{
	const char *id = strchr(at->text, '"');
	size_t n = id == NULL ? 0 : strcspn(id + 1, "\"") + 2;
	char line[1024], quoted[64] = "";
	bool found = id == NULL;
	FILE *f = fopen(at->file, "r");

	assert_non_null(f);
	assert_true(at->line > 0);
	assert_true(n < sizeof(quoted));
	if (id != NULL)
		memcpy(quoted, id, n);
	for (int i = 1; !found && fgets(line, sizeof(line), f) != NULL; i++)
		found = i >= at->line && i <= at->line + 2 &&
			strstr(line, quoted) != NULL;
	if (!found)
		fail_msg("%s:%d: no %s", at->file, at->line, quoted);
	assert_int_equal(fclose(f), 0);
}

static size_t
warnings(const struct society *s, int64_t today, const char *says)
{
	struct problems p = { 0 };
	size_t n = 0;

	check_more(s, today, &p);
	assert_int_equal(p.errors, 0);
	for (size_t i = 0; i < p.n; i++) {
		assert_true(p.list[i].warning);
		stands_there(&p.list[i]);
		/* In the order of the file. */
		if (i > 0 && strcmp(p.list[i].file, p.list[i - 1].file) == 0)
			assert_true(p.list[i].line >= p.list[i - 1].line);
		n += strstr(p.list[i].text, says) != NULL;
	}
	problems_done(&p);
	return n;
}

/* The clock runs on, the file stays as it is. */
static void
harm_10_old_numbers_are_warned_of(void **state)
{
	struct society *s;
	int64_t verified, recheck;

	(void)state;
	read_society("config/societies/sri-lanka.cfg", &s);
	verified = s->numbers[0].verified_on;
	recheck = s->numbers[0].recheck_by;
	assert_int_equal(warnings(s, verified, "number"), 0);
	assert_int_equal(warnings(s, recheck - 1, "number"), 0);
	assert_int_equal(
	    warnings(s, recheck, "due for another look"), s->n_numbers);
	assert_int_equal(warnings(s, verified + 181, "somebody called"),
	    s->n_numbers + s->n_recipients);
	/* Verified in the future is not verified. */
	assert_int_equal(
	    warnings(s, verified - 1, "number \"police\" was not"), 1);
	society_free(s);
}

static void
harm_18_unapproved_scripts_are_warned_of(void **state)
{
	struct society *s;
	int64_t today;

	(void)state;
	read_society("config/societies/sri-lanka.cfg", &s);
	today = s->numbers[0].verified_on;
	assert_int_equal(warnings(s, today, "is not approved"), 8);
	assert_int_equal(
	    warnings(s, today, "script \"limits-ta\" is not approved"), 1);
	society_free(s);
}

/* What is handed over is named in every language, and read again in time. */
static void
sheets_are_read_again(void **state)
{
	static const char *const files[] = { "config/societies/generic.cfg",
		"config/societies/sri-lanka.cfg" };
	struct society *s;
	int64_t day;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		read_society(files[i], &s);
		assert_true(s->n_sheets >= s->n_languages);
		day = s->sheets[0].checked_on;
		assert_int_equal(warnings(s, day, "sheet \""), 0);
		assert_int_equal(warnings(s, day + 180, "sheet \""), 0);
		assert_int_equal(
		    warnings(s, day + 181, "sheet \""), s->n_sheets);
		/* Checked in the future is not checked. */
		assert_int_equal(warnings(s, day - 1, "sheet \""), s->n_sheets);
		assert_int_equal(warnings(s, day, "no sheet"), 0);
		s->n_sheets = 0;
		assert_int_equal(warnings(s, day, "no sheet"), s->n_languages);
		society_free(s);
	}
}

static void
holidays_run_out(void **state)
{
	struct society *s;

	(void)state;
	read_society("config/societies/sri-lanka.cfg", &s);
	assert_int_equal(
	    warnings(s, clock_days(2027, 12, 25), "no holiday"), 0);
	assert_int_equal(
	    warnings(s, clock_days(2027, 12, 26), "no holiday"), 1);
	society_free(s);
}

static void
grants_behind_the_fence(void **state)
{
	struct society *s;
	struct problems p = { 0 };

	(void)state;
	read_society("config/societies/generic.cfg", &s);
	s->grants.scope[ROLE_ADMINISTRATOR][PERM_IDENTITY_READ] = SCOPE_ALL;
	check_more(s, s->numbers[0].verified_on, &p);
	assert_int_equal(p.errors, 1);
	assert_true(p.list[0].line > 0);
	assert_non_null(strstr(p.list[0].text,
	    "\"administrator\" may never have \"identity-read\""));
	problems_done(&p);
	society_free(s);
}

/* --- the command ----------------------------------------------------------------- */

/* Run it with standard output and error caught. */
static int
run(const char *const *args, char *out, char *bad, size_t size)
{
	char *argv[8];
	char cwd[512], *const caught[2] = { out, bad };
	struct cli cli = { .passphrase_fd = -1, .cwd = cwd };
	int argc = 0, saved[2], pipes[2][2], rc;
	ssize_t n;

	path_of("", cwd, sizeof(cwd));
	while (args[argc] != NULL) {
		argv[argc] = (char *)(uintptr_t)args[argc];
		argc++;
	}
	argv[argc] = NULL;
	fflush(stdout);
	fflush(stderr);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(pipe(pipes[i]), 0);
		saved[i] = dup(i + 1);
		assert_int_equal(dup2(pipes[i][1], i + 1), i + 1);
	}
	rc = cli_check(&cli, argc, argv);
	fflush(stdout);
	fflush(stderr);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(dup2(saved[i], i + 1), i + 1);
		close(saved[i]);
		close(pipes[i][1]);
		/* Less than a pipe holds (64 KiB). */
		n = read(pipes[i][0], caught[i], size - 1);
		caught[i][n < 0 ? 0 : n] = '\0';
		close(pipes[i][0]);
	}
	return rc;
}

static void
command(void **state)
{
	static const struct {
		const char *args[5];
		int rc;
		const char *out, *bad; /* part of it; "" nothing at all */
	} runs[] = {
		{ { "check" }, CLI_USAGE, "", "usage: amparo" },
		{ { "check", "a", "b" }, CLI_USAGE, "", "usage: amparo" },
		{ { "check", "--what" }, CLI_USAGE, "", "usage: amparo" },
		{ { "check", "--help" }, CLI_DONE, "usage: amparo", "" },
		{ { "check", "--keys" }, CLI_DONE, "| `risks[].mark` |", "" },
		{ { "check", "config/societies/generic.cfg" }, CLI_DONE,
		    "nothing is wrong", "" },
		{ { "check", "--json", "config/societies/generic.cfg" },
		    CLI_DONE, "\"ok\": true, \"problems\": [", "" },
		{ { "check", "tests/fixtures/config/broken.cfg" }, CLI_FAILED,
		    "broken.cfg:12: unknown key \"cuver_name\"",
		    "26 problems in" },
		{ { "check", "tests/fixtures/config/broken.cfg", "--json" },
		    CLI_FAILED,
		    "\"line\": 12, \"warning\": false, \"text\": \"unknown key "
		    "\\\"cuver_name\\\"",
		    "26 problems in" },
		{ { "check", "nowhere.cfg" }, CLI_FAILED, "There is no",
		    "1 problem in" },
		{ { "check", "--", "--json" }, CLI_FAILED, "There is no",
		    "1 problem in" },
	};
	static char out[60000], bad[60000];

	(void)state;
	for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++) {
		int rc = run(runs[i].args, out, bad, sizeof(out));

		if (rc != runs[i].rc || strstr(out, runs[i].out) == NULL ||
		    strstr(bad, runs[i].bad) == NULL ||
		    (runs[i].out[0] == '\0') != (out[0] == '\0') ||
		    (runs[i].bad[0] == '\0') != (bad[0] == '\0'))
			fail_msg("run %zu: %d\n%s\n%s", i, rc, out, bad);
	}
}

/* A problem's text may hold anything a file held; JSON stays JSON. */
static void
json_is_escaped(void **state)
{
	struct problems p = { 0 };
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	(void)state;
	assert_non_null(f);
	problem_add(&p, "a\"b\\c.cfg", 7, "%s", "tab\tquote\" caf\xc3\xa9");
	check_write_json(f, "a\nb", &p);
	assert_int_equal(fclose(f), 0);
	assert_non_null(strstr(text, "{\"file\": \"a\\u000ab\""));
	assert_non_null(strstr(text, "\"file\": \"a\\\"b\\\\c.cfg\""));
	assert_non_null(strstr(text, "quote\\\" café\""));
	assert_null(strpbrk(text, "\t"));
	free(text);
	problems_done(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_at_once),
		cmocka_unit_test(harm_10_old_numbers_are_warned_of),
		cmocka_unit_test(harm_18_unapproved_scripts_are_warned_of),
		cmocka_unit_test(sheets_are_read_again),
		cmocka_unit_test(holidays_run_out),
		cmocka_unit_test(grants_behind_the_fence),
		cmocka_unit_test(command),
		cmocka_unit_test(json_is_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
