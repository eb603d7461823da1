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

/* Set up and tear down: *state is a struct month on its first day, with the
 * cases of two people amina has met, whose names stand in the identity vault
 * alone. */
#define MONTH_NAME "Sitara Lanternfield"
#define MONTH_CHILD "Jomo Lanternfield"
int month_open(void **state);
int month_close(void **state);

/* The next time amina sits down, so many days later, with a case open. */
void month_sit_down(struct month *, int days, const char *code);
/* A form is filled in and saved; what shows then is given. */
void month_save(struct vt *, const struct day_answer *, const char *then);

/* It is not saved, says why, and these words stay in it. */
void month_refused(struct vt *, const char *why, const char *words);
/*
 * A form with these words in it, and the words of its title or a label: Esc
 * asks first, what is kept is found again with D, Ctrl-C keeps it too.  In the
 * end it is open with the words, below it whatever was there.
 */
void month_keeps(struct month *, struct vt *, const char *login,
    const char *form, const char *words);

/* month_end.c: from the open case to its end, and on. */
void a_supervisor_sends_the_closing_back(void **state);
void closes_after_mending(void **state);
void opens_again_with_one_key(void **state);

#endif
