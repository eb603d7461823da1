/* SPDX-License-Identifier: ISC */
/* Shared by the match*.c files; nobody else includes it. */
#ifndef AMPARO_RULES_MATCH_IMPL_H
#define AMPARO_RULES_MATCH_IMPL_H

#include <stdbool.h>
#include <stddef.h>

#include "rules/match.h"

#define WORDS_MAX 12
#define SOUND_SIZE 24

/*
 * One word of a name.  latin is how it is written in Latin letters; a few
 * capitals stand for letters that are said in two ways:
 *   K  k, or silent like h (Tamil ka between vowels, Arabic kha, "kh")
 *   G  g, or silent like h (Cyrillic ghe)
 *   T  t, or s (Arabic tha, "th")
 *   D  d, or z (Arabic dhal, dad, za, "dh", "z")
 *   W  v, or silent (Arabic waw beside a long vowel)
 * and ~ for a vowel that is not written.
 */
struct word {
	char folded[MATCH_KEY_SIZE]; /* in its own script */
	char latin[MATCH_KEY_SIZE]; /* "" in scripts with no table */
	char even[MATCH_KEY_SIZE]; /* spelling habits evened out */
	char sound[2][SOUND_SIZE]; /* the second "" when there is one way */
};
struct words {
	struct word w[WORDS_MAX];
	size_t n;
};

/* Take a name apart; words beyond WORDS_MAX are left out. */
void match_words(const char *name, struct words *);

/* Fill in latin from folded (match_script.c). */
void match_romanise(struct word *);
/* Fill in even and sound from latin (match_sound.c). */
void match_even(struct word *);
void match_sound(struct word *);

/* A sound key of two words put together: as it would be in one word. */
void match_assimilate(char *key);

/* How alike two evened spellings are, 0 to 100; a vowel for a vowel and a
 * consonant for one that sounds like it weigh little. */
int match_alike(const char *, const char *);

#endif
