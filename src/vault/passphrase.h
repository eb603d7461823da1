/* SPDX-License-Identifier: ISC */
/*
 * What a passphrase must be, and words made for people to read aloud.
 *
 * Policy: NIST SP 800-63B-4 and OWASP ASVS 5.0 6.2.1-6.2.12: at least 15
 * characters, no rules about kinds of characters, no expiry, everything else
 * allowed, refused when it is what a guesser tries first.  The passphrase is
 * also the key to a stolen disk, so there is no shorter one for anybody.
 *
 * Words: 16 bits each, consonant-vowel-consonant-vowel-consonant from 16
 * consonants and four vowels (the encoding is Wilkerson's proquint,
 * arXiv:0901.4016): no language's words, so nobody's words, and sayable in
 * all of them.
 */
#ifndef AMPARO_VAULT_PASSPHRASE_H
#define AMPARO_VAULT_PASSPHRASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "vault/secret.h"

#define PASSPHRASE_MIN 15 /* code points */

/*
 * The form of a passphrase that keys are derived from: NFC, once.  ASCII,
 * which is the common case, is never outside the secrets.  ERR_INPUT for
 * invalid UTF-8 and for more than PASSPHRASE_MAX bytes.  *out is the caller's.
 */
int passphrase_normal(
    const struct secret *in, struct secret **out, struct err *) MUST_USE;

/*
 * May this be a passphrase?  words (nwords of them; NULLs are skipped) are
 * what a guesser would know of this person: login, name, organisation,
 * branch.  ERR_INPUT with one sentence a refusal.
 */
int passphrase_check(const struct secret *, const char *const *words,
    size_t nwords, struct err *) MUST_USE;

/* A phrase to offer: six words, 96 bits, "word-word-..."; the caller frees. */
#define PHRASE_WORDS 6
struct secret *passphrase_generate(void) __attribute__((returns_nonnull));

/* A one-time code: eight words, 128 bits.  Size with its NUL. */
#define ENROL_WORDS 8
#define ENROL_CODE_SIZE (ENROL_WORDS * 6)
void enrol_code_new(char out[ENROL_CODE_SIZE]);
/* The canonical form of a code however it is typed: lower case, words apart
 * by one dash.  *out is the caller's. */
struct secret *enrol_code_normal(const struct secret *typed)
    __attribute__((returns_nonnull));

/* n words of 2n bytes, "word-word"; out holds 6n bytes. */
void words_of(const uint8_t *, size_t n, char *out);
/* Three words for a hash (chain head, public key) to be compared by voice or
 * written into a log book: its first 48 bits. */
#define FINGERPRINT_SIZE (3 * 6)
void fingerprint_words(const uint8_t hash[32], char out[FINGERPRINT_SIZE]);

#endif
