/* SPDX-License-Identifier: ISC */
/*
 * A passphrase being typed: straight into locked memory, nothing shown, not
 * even how long it is (somebody may stand behind).
 */
#ifndef AMPARO_APP_SECRETLINE_H
#define AMPARO_APP_SECRETLINE_H

#include <stdbool.h>

#include "ui/canvas.h"
#include "ui/key.h"
#include "vault/secret.h"

enum secretline_result {
	SECRETLINE_PASS, /* not a key of passphrases */
	SECRETLINE_STAY,
	SECRETLINE_FULL, /* PASSPHRASE_MAX bytes are there already */
	SECRETLINE_DONE /* Enter */
};

/* Typed text and paste go in (what ends a pasted line does not), Backspace
 * takes the last cluster, C-u all.  The secret has room for PASSPHRASE_MAX. */
enum secretline_result secretline_key(struct secret *, const struct key *);

/* One row: the label, and that something was typed; with focus the cursor
 * stands behind it.  The same whatever was typed. */
void secretline_draw(struct canvas *, int row, int col, const char *label,
    const struct secret *, bool focus);

#endif
