/* SPDX-License-Identifier: ISC */
/* The earliest date that waits in a case: for the store alone. */
#ifndef AMPARO_STORE_DEADLINE_H
#define AMPARO_STORE_DEADLINE_H

#include "store/case_inside.h"
#include "store/mechanism.h"

/* Every event of one mechanism in the order it was recorded (events and their
 * strings in the arena). */
int mechanism_events(struct tx *, const struct uid *case_uid,
    const char *mechanism, struct arena *, struct mechanism_event **,
    size_t *n) MUST_USE;

/* Work the date out anew and keep it with the case: at the end of every write
 * to what sets one. */
int deadline_refresh(struct tx *, const struct uid *case_uid) MUST_USE;

#define DEADLINE_REPORT "report" /* case_file.deadline_what of a duty */

#endif
