/* SPDX-License-Identifier: ISC */
/*
 * The facts egress_check() decides by, read in one transaction of cases.db:
 * the only way from the store to rules/disclosure.h.
 */
#ifndef AMPARO_STORE_EGRESS_INSIDE_H
#define AMPARO_STORE_EGRESS_INSIDE_H

#include "rules/disclosure.h"
#include "store/case_inside.h"

/*
 * Consents, acts, age and the organisation's state, as they are now.  Works in
 * a transaction of either database: cases.db is read through its own
 * connection, under the writers' lock where the transaction holds it.  Strings
 * live in the arena.  recipient and purpose are kept, wanted is DATA_ALL.
 */
int egress_load(struct tx *, const struct uid *case_uid, const char *recipient,
    const char *purpose, struct arena *, struct egress *) MUST_USE;

/* What a second person was asked, oldest first; through cases.db. */
int acts_load(struct tx *, const struct uid *case_uid, struct arena *,
    struct egress_act **, size_t *n) MUST_USE;

#endif
