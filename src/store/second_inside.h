/* SPDX-License-Identifier: ISC */
/* Who could be the second of two persons. */
#ifndef AMPARO_STORE_SECOND_INSIDE_H
#define AMPARO_STORE_SECOND_INSIDE_H

#include "store/tx.h"

/*
 * Is there anybody who may do both to the case (also PERM_NONE: the one), beside
 * who is signed in, whoever asked for that act (NULL: none), and those with an
 * interest in the case?  Then nobody looks at their own work.  1 yes, 0 no, -1.
 * In a transaction of cases.db.
 */
int second_somebody_else(struct tx *, const struct uid *case_uid,
    enum permission, enum permission also, const struct uid *act) MUST_USE;

#endif
