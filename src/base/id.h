/* SPDX-License-Identifier: ISC */
/*
 * Identities: UUIDv7 keys for rows, the speakable case code for people, and
 * the hybrid logical clock that orders changes between sites.
 */
#ifndef AMPARO_BASE_ID_H
#define AMPARO_BASE_ID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct uid {
	uint8_t b[16];
};

/* Random bytes from the kernel (getrandom(2)); dies if there are none. */
void random_bytes(void *, size_t);

/* RFC 9562 section 5.7: 48 bits of UTC ms, then a counter and 62 random bits;
 * monotonic within this process, also when the clock goes back. */
struct uid uid_new(void);
/* When it was made, UTC ms; of one from elsewhere what it says. */
int64_t uid_time(const struct uid *);
bool uid_null(const struct uid *);
bool uid_eq(const struct uid *, const struct uid *);
int uid_cmp(const struct uid *, const struct uid *);
/* 32 lower-case hex digits and NUL. */
void uid_hex(const struct uid *, char out[33]);
int uid_from_hex(const char *, struct uid *);

/*
 * A case code "7KQ-M4X-T": six random characters and a check character from
 * 31 (digits 2-9, letters without I, L, O), so 31 is prime and a weighted sum
 * catches every single wrong character and every swap of two characters.
 * It carries no meaning: no site, year, sex or nationality.  Test builds
 * (AMPARO_TEST) draw from a repeatable sequence when AMPARO_SEED is set; two
 * processes with one seed then draw the same codes, so the store tries again
 * when a code is taken.
 */
#define CODE_SIZE 10
void code_new(char out[CODE_SIZE]);
/* Reads a code however it is typed (lower case, with or without dashes and
 * spaces); writes the canonical form.  -1: not a code or a wrong check. */
int code_parse(const char *, char out[CODE_SIZE]);
/* A line that can only have been meant as a code, right or mistyped: seven
 * letters and digits with dashes where a code has them, or five to nine with a
 * digit.  One code in ten is of letters alone and, without dashes, might be a
 * word: it is a code if its check is right. */
bool code_meant(const char *);

/* Hybrid logical clock: 48 bits of ms and a 16-bit counter; always later than
 * every value seen before (Kulkarni and others, "Logical Physical Clocks",
 * 2014). */
uint64_t hlc_next(uint64_t last_seen, int64_t now_ms);

#endif
