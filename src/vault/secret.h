/* SPDX-License-Identifier: ISC */
/*
 * Keys and passphrases: memory that is locked into RAM, surrounded by guard
 * pages, left out of core dumps, unreadable while nobody uses it, and wiped
 * when freed.  Nothing else in the program may hold a key or a passphrase.
 *
 * A secret is closed (any access to its bytes is a crash) except between
 * secret_open() and secret_close(), which nest; keep the two close together.
 * Out of memory is die(), as for all memory.
 */
#ifndef AMPARO_VAULT_SECRET_H
#define AMPARO_VAULT_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct secret;

/* Longest passphrase, in bytes of UTF-8; also the size of its buffer. */
#define PASSPHRASE_MAX 256

/*
 * Once per process, before anything else in this room: libsodium picks its
 * implementations and opens its source of random numbers.  ERR_IO.
 */
int vault_init(struct err *) MUST_USE;

/*
 * Can memory be kept out of swap here?  False where RLIMIT_MEMLOCK is too
 * small for even one page: keys then still work, and `verify` says so.
 */
bool secret_can_lock(void);

/* An empty secret with room for cap bytes (cap >= 1); closed. */
struct secret *secret_new(size_t cap) __attribute__((returns_nonnull));
/* cap = n, filled with n bytes; the caller wipes its own copy. */
struct secret *secret_of(const void *, size_t n)
    __attribute__((returns_nonnull));
/* n random bytes from the kernel. */
struct secret *secret_random(size_t n) __attribute__((returns_nonnull));
struct secret *secret_copy(const struct secret *)
    __attribute__((returns_nonnull));
/* Wipes and frees; NULL is allowed. */
void secret_free(struct secret *);

size_t secret_len(const struct secret *);
size_t secret_cap(const struct secret *);

/* Append n bytes; false, and nothing changed, when they do not fit. */
bool secret_append(struct secret *, const void *, size_t n) MUST_USE;
/* Take the last n bytes off (at most all) and wipe them.  Where a grapheme
 * begins is the caller's to know. */
void secret_pop(struct secret *, size_t n);
/* Wipe all bytes; length 0. */
void secret_clear(struct secret *);

/*
 * The bytes, readable until secret_close(); not NUL-terminated.  secret_view
 * is the pointer inside an open secret (NULL when it is closed).
 */
const uint8_t *secret_open(const struct secret *);
const uint8_t *secret_view(const struct secret *);
void secret_close(const struct secret *);

/* Same length and bytes; time depends on the length alone. */
bool secret_eq(const struct secret *, const struct secret *);

/*
 * For code in this room that writes a key straight into its place: makes the
 * secret len bytes long (len <= cap), open and writable.  End with
 * secret_close().
 */
uint8_t *secret_fill(struct secret *, size_t len);

#endif
