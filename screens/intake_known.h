/* SPDX-License-Identifier: ISC */
/*
 * Somebody who is known comes back: the contact goes into the case they have,
 * and no second one is made.
 */
#ifndef AMPARO_SCREENS_INTAKE_KNOWN_H
#define AMPARO_SCREENS_INTAKE_KNOWN_H

#include "app/formview.h"

/* Ids of its questions, for answer(). */
enum { INTAKE_ASK_KNOWN = 20, INTAKE_ASK_WHAT, INTAKE_ASK_WHY };

/* Does the contact go into a case that is there?  Not any more once the name
 * it was searched by was changed. */
bool intake_known(const struct formview *, struct uid *case_uid);
/* Search before create: as leave() of struct formview_use.  searched: the
 * words that were searched for last, NULL none. */
int intake_search(struct view *, struct formview *, const char **searched,
    struct err *) MUST_USE;
/* As answer() of struct screen, for the ids above. */
enum next intake_known_answer(
    struct view *, struct formview *, int id, const char *value, struct err *);
/*
 * What was typed about who they are is not written over what is known: where
 * it differs it waits as a draft of changes.  true: one was left.
 */
bool intake_offer_changes(struct view *, const struct formview *);

#endif
