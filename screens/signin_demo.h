/* SPDX-License-Identifier: ISC */
/* A demo vault's fictional people, offered where one signs in. */
#ifndef AMPARO_SCREENS_SIGNIN_DEMO_H
#define AMPARO_SCREENS_SIGNIN_DEMO_H

#include "base/buf.h"
#include "ui/canvas.h"

/* lines: "login\tpassphrase\trole\n" each, as VAULT_DEMO_FILE holds them; as
 * many as there is room for from row on.  Nothing for "". */
void signin_demo_draw(struct canvas *, int row, const struct buf *lines);

#endif
