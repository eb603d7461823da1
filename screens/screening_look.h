/* SPDX-License-Identifier: ISC */
/* How a snapshot looks: lines for struct list_source, and the whole page. */
#ifndef AMPARO_SCREENS_SCREENING_LOOK_H
#define AMPARO_SCREENS_SCREENING_LOOK_H

#include "screening_state.h"

/* As s->compare says; before the first look and whenever it changes. */
void screening_set_columns(struct screening_state *);

/* ctx is a struct screening_state. */
size_t screening_count(const void *ctx);
struct uid screening_key(const void *ctx, size_t i);
const char *screening_heading(const void *ctx, size_t i);
void screening_cell(const void *ctx, size_t i, size_t c, struct list_cell *);

void screening_draw(const struct view *, struct canvas *);

#endif
