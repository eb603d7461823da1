/* SPDX-License-Identifier: ISC */
/*
 * The recovery key in three parts, any two of which give it back while one
 * alone says nothing at all about it (Shamir, "How to share a secret", 1979,
 * over GF(2^8) with the polynomial of AES, byte by byte).  So one envelope
 * that is stolen, burnt or lost neither opens the vault nor closes it.
 *
 * Share x (1..3) is the value at x of a line through the key at 0; its slope
 * is random for each byte.  Time depends on no secret: products are made bit
 * by bit, without tables.  Every share carries a check of its own and a tag
 * of the key all three belong to, so that parts of two different keys are
 * told apart before anything is opened with them.
 */
#ifndef AMPARO_VAULT_SHARE_H
#define AMPARO_VAULT_SHARE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "vault/secret.h"

#define SHARES 3
#define SHARES_NEEDED 2
/* Number (1), tag of the set (2), value at that number (32). */
#define SHARE_BYTES 35

/* Three shares of a 32-byte key, in the order of their numbers; the caller
 * frees each. */
void share_split(const struct secret *key, struct secret *out[SHARES]);

/*
 * The key out of two different shares of one set.  ERR_INPUT: the same share
 * twice, shares of different keys, or a number that is none; *key is NULL
 * then.
 */
int share_join(const struct secret *a, const struct secret *b,
    struct secret **key, struct err *) MUST_USE;

/* A product in the field, in the same time for all of its 65,536 cases. */
uint8_t share_times(uint8_t, uint8_t);

#endif
