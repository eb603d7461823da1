/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <syslog.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/log.h"

/* So that a refused allocation comes back as NULL, as without sanitizers. */
const char *__asan_default_options(void);
const char *
__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

static void
an_error_has_a_kind_and_a_text(void **state)
{
	struct err e = { .kind = ERR_NONE };

	(void)state;
	assert_int_equal(err_set(&e, ERR_FULL, "%d of %s", 3, "disks"), -1);
	assert_int_equal(e.kind, ERR_FULL);
	assert_string_equal(e.text, "3 of disks");
	err_clear(&e);
	assert_int_equal(e.kind, ERR_NONE);
	assert_string_equal(e.text, "");
}

static void
an_error_may_name_the_value(void **state)
{
	struct err e = { .kind = ERR_NONE };

	(void)state;
	assert_int_equal(err_set_field(&e, "until", "%d days", 3), -1);
	assert_int_equal(e.kind, ERR_INPUT);
	assert_string_equal(e.text, "3 days");
	assert_string_equal(e.field, "until");
	assert_int_equal(err_set_field(NULL, "until", "x"), -1);
	/* The next one is about something else. */
	(void)err_set(&e, ERR_BUSY, "x");
	assert_string_equal(e.field, "");
	(void)err_set_field(&e, "until", "x");
	err_clear(&e);
	assert_string_equal(e.field, "");
}

static void
nobody_has_to_want_the_error(void **state)
{
	(void)state;
	assert_int_equal(err_set(NULL, ERR_IO, "%s", "x"), -1);
	err_clear(NULL);
}

static void
a_long_text_is_cut_and_ended(void **state)
{
	struct err e;
	char text[1000];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_int_equal(err_set(&e, ERR_INPUT, "%s", text), -1);
	assert_int_equal(strlen(e.text), sizeof(e.text) - 1);
}

static void
a_text_can_be_put_into_its_successor(void **state)
{
	struct err e;

	(void)state;
	assert_int_equal(err_set(&e, ERR_IO, "inner"), -1);
	assert_int_equal(err_set(&e, ERR_IO, "outer: %s", e.text), -1);
	assert_string_equal(e.text, "outer: inner");
}

static void
say(void *arg)
{
	const char *s = arg;

	if (write(STDERR_FILENO, s, strlen(s)) < 0)
		_exit(9);
}

static void
say_and_die(void *arg)
{
	say(arg);
	die("again");
}

/* Run fn in a child; its words go to out, its end is returned. */
static int
in_child(void (*fn)(void), char *out, size_t size)
{
	struct rlimit none = { 0, 0 };
	size_t len = 0;
	ssize_t n;
	int fd[2], status = 0;
	pid_t pid;

	assert_int_equal(pipe(fd), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		(void)signal(SIGABRT, SIG_DFL);
		(void)setrlimit(RLIMIT_CORE, &none);
		(void)dup2(fd[1], STDERR_FILENO);
		(void)close(fd[0]);
		(void)close(fd[1]);
		fn();
		_exit(0);
	}
	(void)close(fd[1]);
	while ((n = read(fd[0], out + len, size - 1 - len)) > 0)
		len += (size_t)n;
	out[len] = '\0';
	(void)close(fd[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
die_with_hooks(void)
{
	static char first[] = "1", second[] = "2";

	die_hook(say, first);
	die_hook(say, second);
	die("broken %d", 7);
}

static void
die_in_hook(void)
{
	static char first[] = "1", second[] = "2";

	die_hook(say, first);
	die_hook(say_and_die, second);
	die("broken");
}

static void
ask_too_much(void)
{
	(void)xcalloc(SIZE_MAX / 2, 3);
}

static void
dying_runs_the_hooks_last_first_and_then_speaks(void **state)
{
	char out[256];
	int status;

	(void)state;
	status = in_child(die_with_hooks, out, sizeof(out));
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	assert_string_equal(out, "21amparo: broken 7\n");
}

static void
a_hook_that_dies_does_not_run_the_hooks_again(void **state)
{
	char out[256];
	int status;

	(void)state;
	status = in_child(die_in_hook, out, sizeof(out));
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	assert_string_equal(out, "2amparo: again\n");
}

static void
too_much_memory_ends_the_program(void **state)
{
	char out[256];
	int status;

	(void)state;
	status = in_child(ask_too_much, out, sizeof(out));
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	assert_non_null(strstr(out, "out of memory"));
}

static void
memory_is_zeroed_copied_and_wiped(void **state)
{
	unsigned char *p = xcalloc(3, 5);
	char *s = xstrdup("name");

	(void)state;
	for (int i = 0; i < 15; i++)
		assert_int_equal(p[i], 0);
	p = xreallocarray(p, 100, 1);
	memset(p, 7, 100);
	wipe(p, 100);
	for (int i = 0; i < 100; i++)
		assert_int_equal(p[i], 0);
	assert_string_equal(s, "name");
	wipe(NULL, 0);
	free(p);
	free(s);
}

/* In the place of the system's log, what reached it last. */
static struct {
	char line[512];
	int lines;
	int facility;
	int options;
} heard;

void
openlog(const char *ident, int options, int facility)
{
	assert_string_equal(ident, "amparo");
	heard.options = options;
	heard.facility = facility;
}

void
syslog(int level, const char *fmt, ...)
{
	va_list ap;

	assert_int_equal(level, LOG_NOTICE);
	va_start(ap, fmt);
	(void)vsnprintf(heard.line, sizeof(heard.line), fmt, ap);
	va_end(ap);
	heard.lines++;
}

/* Harm register 19: nothing in the log can steer the terminal it is read on,
 * and one event is one line, for administrators, never over a screen. */
static void
harm_19_the_log_is_one_safe_line(void **state)
{
	(void)state;
	log_line("case %s\n%s", "7KQ-M4X-T", "\x1b]0;x\a\xc2\x9b");
	assert_int_equal(heard.lines, 1);
	assert_int_equal(heard.facility, LOG_AUTHPRIV);
	assert_int_equal(heard.options, LOG_PID);
	for (const char *c = heard.line; *c != '\0'; c++)
		assert_true((unsigned char)*c >= 0x20);
	assert_null(strstr(heard.line, "\xc2\x9b"));
	assert_non_null(strstr(heard.line, "7KQ-M4X-T"));
	log_line("%%s %d", 1);
	assert_string_equal(heard.line, "%s 1");
	assert_int_equal(heard.lines, 2);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_error_has_a_kind_and_a_text),
		cmocka_unit_test(an_error_may_name_the_value),
		cmocka_unit_test(nobody_has_to_want_the_error),
		cmocka_unit_test(a_long_text_is_cut_and_ended),
		cmocka_unit_test(a_text_can_be_put_into_its_successor),
		cmocka_unit_test(
		    dying_runs_the_hooks_last_first_and_then_speaks),
		cmocka_unit_test(a_hook_that_dies_does_not_run_the_hooks_again),
		cmocka_unit_test(too_much_memory_ends_the_program),
		cmocka_unit_test(memory_is_zeroed_copied_and_wiped),
		cmocka_unit_test(harm_19_the_log_is_one_safe_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
