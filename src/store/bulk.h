/* SPDX-License-Identifier: ISC */
/*
 * Many intakes at once: for filling a vault with made-up people and for
 * moving in from another system.  One transaction and one signed event a
 * batch in each database, instead of one a person.
 */
#ifndef AMPARO_STORE_BULK_H
#define AMPARO_STORE_BULK_H

#include "store/intake.h"

/*
 * As intake_save() for each, all or (in cases.db) none: identity.db first.
 * The same rules are asked of every intake.
 */
int bulk_intake(struct session *, const struct intake *const *, size_t n,
    struct err *) MUST_USE;

#endif
