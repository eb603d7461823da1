/* SPDX-License-Identifier: ISC */
/*
 * Choosing a passphrase: typed twice, checked against vault/passphrase.h, with
 * a generated phrase on request.  The phrase must be typed like any other, so
 * that whoever takes it has learned it.
 */
#ifndef AMPARO_APP_NEWPASS_H
#define AMPARO_APP_NEWPASS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "ui/canvas.h"
#include "ui/key.h"
#include "vault/secret.h"

struct newpass {
	struct secret *first, *again;
	struct secret *offered; /* NULL: none; shown until the second typing */
	bool second; /* typing it again */
};

void newpass_init(struct newpass *);
void newpass_done(struct newpass *);
/* Forget what was typed and start with the first typing. */
void newpass_restart(struct newpass *);
/* Show a new phrase made by chance. */
void newpass_offer(struct newpass *);

enum newpass_result {
	NEWPASS_PASS, /* not a key of it */
	NEWPASS_STAY, /* err may say what is wrong */
	NEWPASS_DONE /* first holds the new passphrase */
};
/* words: what a guesser would know of this person (passphrase_check()). */
enum newpass_result newpass_key(struct newpass *, const struct key *,
    const char *const *words, size_t n, struct err *);
/* Draw from that row down; the cursor is on the line being typed. */
void newpass_draw(struct canvas *, int row, const struct newpass *);

#endif
