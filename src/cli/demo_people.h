/* SPDX-License-Identifier: ISC */
/*
 * People who do not exist, for the demo vault: names made of plants, birds
 * and weather in four scripts, so that nobody can be mistaken for somebody.
 */
#ifndef AMPARO_CLI_DEMO_PEOPLE_H
#define AMPARO_CLI_DEMO_PEOPLE_H

#include <stddef.h>
#include <stdint.h>

/* A small repeatable generator (xorshift64*), for demo data alone. */
struct dice {
	uint64_t state;
};
void dice_init(struct dice *, uint64_t seed);
uint32_t dice_roll(struct dice *, uint32_t n); /* 0 .. n-1 */

enum demo_script {
	DEMO_LATIN,
	DEMO_SINHALA,
	DEMO_TAMIL,
	DEMO_ARABIC,
	DEMO_SCRIPTS
};

/* Write a name of at most size - 1 bytes into out (size >= 96). */
void demo_name(struct dice *, enum demo_script, char *out, size_t size);
/* A telephone number that cannot be dialled (country code 999). */
void demo_phone(struct dice *, char *out, size_t size);

/* What a person might want first, and short factual notes. */
const char *demo_want(struct dice *);
const char *demo_note(struct dice *);

#endif
