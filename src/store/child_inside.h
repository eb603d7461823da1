/* SPDX-License-Identifier: ISC */
/* What other records ask about children: for the store alone. */
#ifndef AMPARO_STORE_CHILD_INSIDE_H
#define AMPARO_STORE_CHILD_INSIDE_H

#include "store/case_inside.h"
#include "store/child.h"

/* The newest record of this case: 1 there, 0 none, -1. */
int child_read(struct tx *, const struct uid *case_uid, struct arena *,
    struct child_record *) MUST_USE;
/*
 * The guardian of a child as the record that stands has it, code of "struct
 * consent"; "" nobody asked.  Two codes of one person: the more careful of
 * both, until a record is made with both in view.
 */
int child_guardian(struct tx *, const struct uid *case_uid, struct arena *,
    const char **code) MUST_USE;
/*
 * A guardian who was found not to be safe agrees to nothing, whoever records
 * it: ERR_INPUT where given_by is theirs.
 */
int child_guardian_may(struct tx *, const struct uid *case_uid,
    const char *given_by, struct err *) MUST_USE;
/* "Not a child" is said in the child's record, with where it is known from,
 * once there is one that says otherwise: ERR_INPUT. */
int child_may_clear(struct tx *, const struct uid *case_uid) MUST_USE;
/*
 * Nobody is an adult against the date of birth on their card: ERR_INPUT, and
 * what can be done.  *from: child_of_age_from() as it stands (may be NULL).
 */
int child_no_by_birth(
    struct tx *, const struct uid *case_uid, int64_t *from) MUST_USE;
/* The date of birth changed: the month of coming of age with it.  A
 * transaction of its own in cases.db. */
int child_birth_changed(struct session *, const struct uid *case_uid,
    const struct fdate *birth, struct err *) MUST_USE;

#endif
