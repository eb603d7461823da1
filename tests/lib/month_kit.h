/* SPDX-License-Identifier: ISC */
/*
 * The story that tests/screens/month.c tells: a case through its whole life.
 * Include the cmocka headers first.
 */
#ifndef AMPARO_TESTS_MONTH_KIT_H
#define AMPARO_TESTS_MONTH_KIT_H

#include "case_kit.h"
#include "day_kit.h"

struct month {
	struct day day; /* first: DAY_STEP() */
	struct vt *amina;
	struct uid uid, child; /* cases */
	char code[CODE_SIZE], child_code[CODE_SIZE];
};

/* What a second program finds in the store: a number, about a case (?1); in
 * the identity vault or in the other one. */
int64_t month_found(
    struct month *, bool identity, const char *sql, struct uid uid);
#define KEPT(m, uid, what) \
	month_found(       \
	    m, false, "SELECT count(*) FROM " what " AND case_uid = ?1", uid)
#define KEPT_APART(m, uid, what) \
	month_found(             \
	    m, true, "SELECT count(*) FROM " what " AND case_uid = ?1", uid)

/* The next time amina sits down, so many days later, with a case open. */
void month_sit_down(struct month *, int days, const char *code);
/* A form is filled in and saved; what shows then is given. */
void month_save(struct vt *, const struct day_answer *, const char *then);

/* month_end.c: from the open case to its end, and on. */
void a_supervisor_sends_the_closing_back(void **state);
void closes_after_mending(void **state);
void opens_again_with_one_key(void **state);

#endif
