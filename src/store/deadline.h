/* SPDX-License-Identifier: ISC */
/* What was recorded of a referral mechanism: for the store alone. */
#ifndef AMPARO_STORE_DEADLINE_H
#define AMPARO_STORE_DEADLINE_H

#include "store/case_inside.h"
#include "store/mechanism.h"

/* Every event of one mechanism in the order it was recorded (events and their
 * strings in the arena). */
int mechanism_events(struct tx *, const struct uid *case_uid,
    const char *mechanism, struct arena *, struct mechanism_event **,
    size_t *n) MUST_USE;

#endif
