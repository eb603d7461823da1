/* SPDX-License-Identifier: ISC */
/* Between the files of form views only. */
#ifndef AMPARO_APP_FORMVIEW_INSIDE_H
#define AMPARO_APP_FORMVIEW_INSIDE_H

#include "app/formview.h"

/* A view's form, also where drawing changes how far it is scrolled. */
struct formview *formview_of(const struct view *);
/* A field and its step; NULL when no step has it. */
const struct form_field *formview_find(
    const struct formview *, const char *id, size_t *step);
/* save() met what somebody else changed: err is said by the picture, and what
 * was decided is saved. */
void formview_ask_conflicts(struct view *, struct err *);
/* save() was refused a value: the cursor goes to its field, where that is asked
 * now, and the sentence stands beside it. */
void formview_go_to_refused(struct view *, const struct err *);

#endif
