/* SPDX-License-Identifier: ISC */
/* The process around a session: what it starts again, and what it ends with. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/keeper.h"

/* What the sessions did, in memory they share with the test. */
struct play {
	int runs; /* sessions so far */
	struct handover saw[8]; /* what each found from the one before */
	bool none[8]; /* ... which was nothing */
	/* How each ends; the last one goes on for ever. */
	enum ended ends[8];
	int n;
	bool ready, killed; /* ENDED_CRASHED by a signal */
};

static struct play *script;
static bool unkept; /* sessions leave words that no draft holds */

static void
session(void *arg, const struct handover *before, struct handover *now)
{
	struct play *s = arg;
	int i = s->runs++;
	enum ended how = s->ends[i < s->n ? i : s->n - 1];

	if (before == NULL)
		s->none[i] = true;
	else
		s->saw[i] = *before;
	now->ready = s->ready;
	snprintf(now->login, sizeof(now->login), "amina%d", i);
	if (how == ENDED_CRASHED && s->killed)
		(void)raise(SIGKILL);
	if (how == ENDED_FAILED)
		snprintf(now->text, sizeof(now->text), "No vault here.");
	now->unkept = unkept;
	now->ended = how;
}

static int
run(const enum ended *ends, int n, bool ready, struct err *err)
{
	const struct keeper k = {
		.session = session, .arg = script, .wipe = ""
	};

	memset(script, 0, sizeof(*script));
	memcpy(script->ends, ends, (size_t)n * sizeof(*ends));
	script->n = n;
	script->ready = ready;
	script->killed = true;
	return keeper_run(&k, err);
}

static void
leaving_ends_it(void **state)
{
	static const enum ended ends[] = { ENDED_LEFT };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(run(ends, 1, true, &err), 0);
	assert_int_equal(script->runs, 1);
	assert_true(script->none[0]);
}

static void
a_hang_up_ends_it(void **state)
{
	static const enum ended ends[] = { ENDED_LOCKED, ENDED_HUNG_UP };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(run(ends, 2, true, &err), 0);
	assert_int_equal(script->runs, 2);
}

static void
harm_14_words_that_are_lost_are_said_to_be(void **state)
{
	static const enum ended ends[] = { ENDED_LOCKED, ENDED_HUNG_UP };
	struct err err = { 0 };

	(void)state;
	unkept = true;
	assert_int_equal(run(ends, 2, true, &err), -1);
	unkept = false;
	assert_int_equal(script->runs, 2);
	assert_true(script->saw[1].unkept);
	assert_int_equal(err.kind, ERR_FULL);
	assert_non_null(strstr(err.text, "lost"));
}

static void
everything_else_starts_afresh_and_hands_over(void **state)
{
	static const enum ended ends[] = { ENDED_LOCKED, ENDED_IDLE,
		ENDED_SWITCHED, ENDED_SIGNED_OUT, ENDED_DISABLED, ENDED_CRASHED,
		ENDED_LEFT };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(run(ends, 7, true, &err), 0);
	assert_int_equal(script->runs, 7);
	for (int i = 1; i < 7; i++) {
		char login[LOGIN_SIZE];

		snprintf(login, sizeof(login), "amina%d", i - 1);
		assert_int_equal(script->saw[i].ended, ends[i - 1]);
		assert_string_equal(script->saw[i].login, login);
	}
}

static void
three_starts_that_fail_at_once_are_enough(void **state)
{
	static const enum ended ends[] = { ENDED_CRASHED };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(run(ends, 1, false, &err), -1);
	assert_int_equal(script->runs, 3);
	assert_int_equal(err.kind, ERR_IO);
	assert_true(err.text[0] != '\0');
}

static void
a_session_that_could_not_start_says_why(void **state)
{
	static const enum ended ends[] = { ENDED_FAILED };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(run(ends, 1, false, &err), -1);
	assert_int_equal(script->runs, 1);
	assert_string_equal(err.text, "No vault here.");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaving_ends_it),
		cmocka_unit_test(a_hang_up_ends_it),
		cmocka_unit_test(harm_14_words_that_are_lost_are_said_to_be),
		cmocka_unit_test(everything_else_starts_afresh_and_hands_over),
		cmocka_unit_test(three_starts_that_fail_at_once_are_enough),
		cmocka_unit_test(a_session_that_could_not_start_says_why),
	};

	script = mmap(NULL, sizeof(*script), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (script == MAP_FAILED)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
