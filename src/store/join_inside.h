/* SPDX-License-Identifier: ISC */
/* Shared by join.c and join_fields.c: what two codes of one person say. */
#ifndef AMPARO_STORE_JOIN_INSIDE_H
#define AMPARO_STORE_JOIN_INSIDE_H

#include "store/request_inside.h"

/* Fields of a case that can differ although the person is one, and that two
 * people choose from. */
bool join_is_field(const char *name);
/* Those that differ, as lines: item, answer the first's value, words the
 * other's. */
int join_lines(struct tx *, const struct uid *case_uid, const struct uid *other,
    struct arena *, struct request *) MUST_USE;
/*
 * What was chosen makes nobody an adult who may be a child by one of the two:
 * ERR_INPUT.  The child's record says so, with where it is known from.
 */
int join_check_age(
    struct tx *, const struct request *, struct arena *) MUST_USE;
/* Put what was chosen, and what goes along unasked: a stop of contact, the
 * month of coming of age.  What was there is kept as lines of the request. */
int join_take_fields(
    struct tx *, const struct request *, struct arena *) MUST_USE;
/* Back to what it was, where nobody said anything newer since. */
int join_give_back(struct tx *, const struct request *, const char *why,
    struct arena *) MUST_USE;

#endif
