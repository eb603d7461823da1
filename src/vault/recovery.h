/* SPDX-License-Identifier: ISC */
/*
 * The recovery key: 256 random bits on paper, the only way in when nobody's
 * passphrase is left.  Written as 13 groups of four characters of Crockford's
 * base 32 (0-9, A-Z without I, L, O, U) and a fifth that checks the group and
 * its place: one wrong character, two swapped ones and two swapped groups are
 * always caught, and the message says which group.
 */
#ifndef AMPARO_VAULT_RECOVERY_H
#define AMPARO_VAULT_RECOVERY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "vault/secret.h"

#define RECOVERY_BYTES 32
#define RECOVERY_GROUPS 13
#define RECOVERY_GROUP 5 /* characters of one group, check included */
/* "XXXXX-XXXXX-...": 13 groups and 12 dashes, no NUL. */
#define RECOVERY_TEXT (RECOVERY_GROUPS * (RECOVERY_GROUP + 1) - 1)

/* The text of a 32-byte key; the caller frees it.  Group g (from 0) is the
 * RECOVERY_GROUP characters at g * (RECOVERY_GROUP + 1). */
struct secret *recovery_text(const struct secret *key)
    __attribute__((returns_nonnull));

/*
 * The key of a typed text: lower case, spaces, dashes and line ends are fine,
 * I and L read as 1, O as 0.  ERR_INPUT names the group (from 1) that is
 * wrong, or says how many characters are missing or too many.
 */
int recovery_parse(
    const struct secret *text, struct secret **key, struct err *) MUST_USE;

/*
 * Proof that the key was written down: three different groups, in rising
 * order and chosen at random, to be typed back.
 */
#define RECOVERY_ASKED 3
void recovery_ask(int groups[RECOVERY_ASKED]);
/* Is what was typed group g of the text?  As forgiving as recovery_parse(). */
bool recovery_answer(
    const struct secret *text, int g, const char *typed, size_t len);

#endif
