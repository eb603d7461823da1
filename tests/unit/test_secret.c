/* SPDX-License-Identifier: ISC */
#include <signal.h>
#include <stdarg.h>
#include <setjmp.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "vault/secret.h"

static const char phrase[] = "boots under the stairs";

/* The signal that ends a child in which fn touches what it must not. */
static int
signal_of(void (*fn)(struct secret *, const uint8_t *))
{
	struct secret *s = secret_of(phrase, sizeof(phrase) - 1);
	const uint8_t *p = secret_open(s);
	struct rlimit none = { 0 };
	int status;
	pid_t pid;

	secret_close(s);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		/* The sanitizer's handlers would turn the signal into an exit
		 * and print it. */
		(void)signal(SIGSEGV, SIG_DFL);
		(void)signal(SIGABRT, SIG_DFL);
		(void)setrlimit(RLIMIT_CORE, &none);
		fn(s, p);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	secret_free(s);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void
read_closed(struct secret *s, const uint8_t *p)
{
	volatile uint8_t v;

	(void)s;
	v = *(const volatile uint8_t *)p;
	(void)v;
}

static void
read_open(struct secret *s, const uint8_t *p)
{
	(void)secret_open(s);
	read_closed(s, p);
}

static void
write_open(struct secret *s, const uint8_t *p)
{
	(void)secret_open(s);
	*(volatile uint8_t *)p = 0;
}

static void
read_past_end(struct secret *s, const uint8_t *p)
{
	(void)secret_open(s);
	read_closed(s, p + secret_cap(s));
}

static void
read_freed(struct secret *s, const uint8_t *p)
{
	secret_free(s);
	read_closed(s, p);
}

static void
close_twice(struct secret *s, const uint8_t *p)
{
	(void)p;
	/* die() speaks to standard error; this is expected here. */
	(void)close(STDERR_FILENO);
	secret_close(s);
}

static void
memory_is_there_only_while_open(void **state)
{
	(void)state;
	assert_int_equal(signal_of(read_open), 0);
	assert_int_equal(signal_of(read_closed), SIGSEGV);
	assert_int_equal(signal_of(write_open), SIGSEGV);
	assert_int_equal(signal_of(read_past_end), SIGSEGV);
	assert_int_equal(signal_of(read_freed), SIGSEGV);
	assert_int_equal(signal_of(close_twice), SIGABRT);
}

static void
grows_to_its_capacity_and_no_further(void **state)
{
	struct secret *s = secret_new(8);

	(void)state;
	assert_int_equal(secret_len(s), 0);
	assert_true(secret_append(s, "12345", 5));
	assert_false(secret_append(s, "6789", 4));
	assert_int_equal(secret_len(s), 5);
	assert_true(secret_append(s, "678", 3));
	assert_true(secret_append(s, "", 0));
	assert_false(secret_append(s, "9", 1));
	assert_memory_equal(secret_open(s), "12345678", 8);
	secret_close(s);
	secret_free(s);
}

static void
what_is_taken_off_is_wiped(void **state)
{
	static const uint8_t zero[PASSPHRASE_MAX];
	struct secret *s = secret_new(PASSPHRASE_MAX);

	(void)state;
	assert_true(secret_append(s, phrase, sizeof(phrase) - 1));
	secret_pop(s, 7);
	assert_int_equal(secret_len(s), sizeof(phrase) - 8);
	assert_memory_equal(secret_open(s) + secret_len(s), zero,
	    secret_cap(s) - secret_len(s));
	secret_close(s);
	secret_pop(s, 1000);
	assert_int_equal(secret_len(s), 0);
	assert_memory_equal(secret_open(s), zero, sizeof(zero));
	secret_close(s);
	assert_true(secret_append(s, phrase, sizeof(phrase) - 1));
	secret_clear(s);
	assert_memory_equal(secret_open(s), zero, sizeof(zero));
	secret_close(s);
	/* Filling with less leaves nothing of the more. */
	assert_true(secret_append(s, phrase, sizeof(phrase) - 1));
	memset(secret_fill(s, 2), 'x', 2);
	secret_close(s);
	assert_memory_equal(secret_open(s) + 2, zero, sizeof(zero) - 2);
	secret_close(s);
	secret_free(s);
}

static void
opening_nests(void **state)
{
	struct secret *s = secret_of("k", 1);

	(void)state;
	assert_null(secret_view(s));
	assert_ptr_equal(secret_open(s), secret_open(s));
	secret_close(s);
	assert_non_null(secret_view(s));
	assert_int_equal(secret_view(s)[0], 'k');
	/* Appending while open keeps it open. */
	secret_pop(s, 1);
	assert_true(secret_append(s, "z", 1));
	assert_int_equal(secret_view(s)[0], 'z');
	secret_close(s);
	assert_null(secret_view(s));
	secret_free(s);
}

static void
copies_and_compares(void **state)
{
	struct secret *a = secret_random(32), *b = secret_copy(a);
	struct secret *c = secret_random(32), *d = secret_of("a", 1);

	(void)state;
	assert_true(secret_eq(a, b));
	assert_true(secret_eq(a, a));
	assert_false(secret_eq(a, c));
	assert_false(secret_eq(a, d));
	secret_fill(b, 32)[31] ^= 1;
	secret_close(b);
	assert_false(secret_eq(a, b));
	secret_free(a);
	secret_free(b);
	secret_free(c);
	secret_free(d);
	secret_free(NULL);
}

static void
says_whether_it_can_lock(void **state)
{
	struct rlimit none = { 0 };
	int status;
	pid_t pid;

	(void)state;
	/* Without the right to lock a page, and without root's: false. */
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		if (setrlimit(RLIMIT_MEMLOCK, &none) != 0 ||
		    (geteuid() == 0 && setuid(65534) != 0))
			_exit(2);
		_exit(secret_can_lock() ? 1 : 0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_there_only_while_open),
		cmocka_unit_test(grows_to_its_capacity_and_no_further),
		cmocka_unit_test(what_is_taken_off_is_wiped),
		cmocka_unit_test(opening_nests),
		cmocka_unit_test(copies_and_compares),
		cmocka_unit_test(says_whether_it_can_lock),
	};
	struct err e;

	if (vault_init(&e) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
