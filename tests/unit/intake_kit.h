/* SPDX-License-Identifier: ISC */
/* A vault with two workers, and samples of an intake. */
#ifndef AMPARO_TESTS_INTAKE_KIT_H
#define AMPARO_TESTS_INTAKE_KIT_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/clock.h"
#include "store/intake_inside.h"
#include "../lib/case_kit.h"

static struct office o;
static struct arena arena;
static struct err err;
static char code[CODE_SIZE];

static int
setup(void **state)
{
	(void)state;
	office_open(&o);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	office_close(&o);
	return 0;
}

static int
each(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
each_done(void **state)
{
	(void)state;
	assert_true(session_idle(o.amina));
	arena_done(&arena);
	return 0;
}

static int64_t
contacts(void)
{
	return ask_cases(o.amina, "SELECT count(*) FROM contact");
}

static int64_t
people(void)
{
	return ask_identity(
	    o.amina, "SELECT count(*) FROM person WHERE deleted_hlc = 0");
}

/* --- what is written ---------------------------------------------------------------------- */

/* Before and after every test. */
#define T(f) cmocka_unit_test_setup_teardown(f, each, each_done)

#endif
