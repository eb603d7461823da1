/* SPDX-License-Identifier: ISC */
/*
 * The recovery key: 256 random bits on paper, the only way in when nobody's
 * passphrase is left; whole, or as three parts of which any two are enough
 * (share.h).  Written as groups of four characters of Crockford's base 32
 * (0-9, A-Z without I, L, O, U) and a fifth that checks the group and its
 * place: one wrong character, two swapped ones and two swapped groups are
 * always caught, and the message says which group.  A whole key has 13 groups,
 * a part has 14 whose checks differ from those of a key, so that nobody takes
 * one for the other, nor a part whose end is missing for a key.
 */
#ifndef AMPARO_VAULT_RECOVERY_H
#define AMPARO_VAULT_RECOVERY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "vault/secret.h"
#include "vault/share.h"

#define RECOVERY_BYTES 32
#define RECOVERY_GROUPS 13 /* of a whole key */
#define RECOVERY_PART_GROUPS 14 /* of one of three parts */
#define RECOVERY_GROUP 5 /* characters of one group, check included */
/* "XXXXX-XXXXX-...": groups and the dashes between them, no NUL. */
#define RECOVERY_TEXT (RECOVERY_GROUPS * (RECOVERY_GROUP + 1) - 1)
#define RECOVERY_PART_TEXT (RECOVERY_PART_GROUPS * (RECOVERY_GROUP + 1) - 1)

/* The text of a whole key (RECOVERY_BYTES) or of a part (SHARE_BYTES); the
 * caller frees it.  Group g (from 0) is the RECOVERY_GROUP characters at
 * g * (RECOVERY_GROUP + 1). */
struct secret *recovery_text(const struct secret *key)
    __attribute__((returns_nonnull));
/* How many groups a text of recovery_text() has. */
int recovery_groups(const struct secret *text);

/*
 * The key or part of a typed text: lower case, spaces, dashes and line ends
 * are fine, I and L read as 1, O as 0.  Its length tells which it is.
 * ERR_INPUT names the group (from 1) that is wrong, or says how many
 * characters are missing or too many.
 */
int recovery_parse(
    const struct secret *text, struct secret **key, struct err *) MUST_USE;

/*
 * While it is being typed: how many whole groups there are so far, of `want`,
 * each of them right.  ERR_INPUT names the group that is not, or the one that
 * is not whole.
 */
int recovery_progress(
    const struct secret *text, int want, struct err *) MUST_USE;

/*
 * Proof that a key was written down: n different groups of its text, in
 * rising order and chosen at random, to be typed back (n <= RECOVERY_GROUPS).
 */
#define RECOVERY_ASKED 3
void recovery_ask(const struct secret *text, int *groups, int n);
/* Is what was typed group g of the text?  As forgiving as recovery_parse(). */
bool recovery_answer(
    const struct secret *text, int g, const char *typed, size_t len);

#endif
