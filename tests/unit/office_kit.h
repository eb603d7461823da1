/* SPDX-License-Identifier: ISC */
/*
 * An office for a whole file of tests and an arena for each of them: what most
 * tests of the store begin with.  T() makes a test of a function; setup() and
 * teardown() are the group's.
 */
#ifndef AMPARO_TESTS_OFFICE_KIT_H
#define AMPARO_TESTS_OFFICE_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../lib/case_kit.h"
#include "base/clock.h"
#include "store/mechanism.h"
#include "store/session_inside.h"

static struct office o;
static struct arena arena;
static struct err err;

static inline int
setup(void **state)
{
	(void)state;
	office_open(&o);
	return 0;
}

static inline int
teardown(void **state)
{
	(void)state;
	office_close(&o);
	return 0;
}

static inline int
each(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

/* No statement is left open: one idle reader slows every commit of others. */
static inline int
each_done(void **state)
{
	(void)state;
	assert_true(session_idle(o.amina));
	assert_true(session_idle(o.zoya));
	assert_true(session_idle(o.sunil));
	arena_done(&arena);
	return 0;
}

/* The first duty of the configuration, learned an hour ago. */
static inline struct duty_entry
duty_learned(struct uid c)
{
	return (struct duty_entry){ .uid = uid_new(),
		.case_uid = c,
		.duty = o.kit.society->duties[0].id,
		.code = "",
		.at = clock_now() - CLOCK_HOUR,
		.words = "a child in the house, said the person" };
}

#define T(f) cmocka_unit_test_setup_teardown(f, each, each_done)

#endif
