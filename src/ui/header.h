/* SPDX-License-Identifier: ISC */
/*
 * The top line: where am I, who am I, how safe is the screen.  When it does
 * not fit, the branch goes first, then the role, then crumbs from the left;
 * the state and the last crumb stay.
 */
#ifndef AMPARO_UI_HEADER_H
#define AMPARO_UI_HEADER_H

#include <stddef.h>

#include "ui/canvas.h"

struct header {
	const char *const *crumbs; /* "Cases", "7KQ-M4X-T", "Consent" */
	size_t n_crumbs;
	const char *user, *role, *branch; /* NULL or "": left out */
	const char *state; /* "identity open", "demo"; NULL: nothing to say */
	const char *code; /* the crumb that is never left out: whose case this
			     is; NULL or "": none */
};
void header_draw(struct canvas *, int row, const struct header *);

#endif
