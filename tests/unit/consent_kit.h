/* SPDX-License-Identifier: ISC */
/* A vault with a case, and consents in it. */
#ifndef AMPARO_TESTS_CONSENT_KIT_H
#define AMPARO_TESTS_CONSENT_KIT_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "rules/consent.h"
#include "store/record.h"
#include "store/session_inside.h"
#include "../lib/case_kit.h"

static struct office o;
static struct arena arena;
static struct err err;
static struct uid uid; /* a fresh case of amina's for each test */

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
	uid = case_of(o.amina, "Savithri Gamage");
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

static struct consents
list(bool history)
{
	struct consents c = { .n = 0 };

	OK(consent_list(o.amina, uid, history, &arena, &c, &err));
	return c;
}

static inline const char *
state_of(struct uid which)
{
	struct consents c = list(true);

	for (size_t i = 0; i < c.n; i++) {
		if (uid_eq(&c.list[i].uid, &which))
			return c.list[i].state;
	}
	return "gone";
}

static inline struct preview
preview(struct uid which)
{
	struct preview p = { .n = 0 };

	OK(consent_preview(o.amina, uid, which, &arena, &p, &err));
	return p;
}

static inline size_t
released(const struct preview *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += p->list[i].released;
	return n;
}

/* Does any value that would be sent hold this text? */
static inline bool
sends(const struct preview *p, const char *text)
{
	for (size_t i = 0; i < p->n; i++) {
		if (strstr(p->list[i].value, text) != NULL)
			return true;
	}
	return false;
}

/* Before and after every test. */
#define T(f) cmocka_unit_test_setup_teardown(f, each, each_done)

/* As whatever sends something will write it down. */
static inline void
disclose(const struct consent *c)
{
	struct uid row = uid_new();
	struct tx tx;

	OK(tx_begin(&tx, o.amina,
	    &(const struct tx_what){ .db = DB_CASES,
		.perm = PERM_CONSENT,
		.case_uid = &uid,
		.object = &row,
		.action = "test.disclose",
		.wrote = true },
	    &err));
	assert_int_equal(
	    record_insert(&tx, REC_DISCLOSURE, &uid, &row,
		COLS({ "consent", v_uid(&c->uid) }, { "at", v_int(tx.now) },
		    { "recipient", v_str(c->recipient) },
		    { "purpose", v_str(c->purpose) },
		    { "scope", v_int(c->scope) })),
	    0);
	OK(tx_commit(&tx));
	tx_abort(&tx);
}

#endif
