/* SPDX-License-Identifier: ISC */
/*
 * Is this person perhaps known here already?  Keys to find candidates by, and
 * a score to order them by.  A match is a hint for a worker, never a merge.
 *
 * Names are compared across spellings and scripts: folded (utf8_fold()),
 * written in Latin letters where they are Sinhala, Tamil, Arabic, Cyrillic or
 * Devanagari, spelling habits evened out (ph/f, v/w, ee/i, z/s, doubled
 * letters, ...), and reduced to a key of consonants that sound alike.
 */
#ifndef AMPARO_RULES_MATCH_H
#define AMPARO_RULES_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum match_kind {
	MATCH_TOKEN, /* a word of the name, folded, in its own script */
	MATCH_SOUND, /* consonants that sound alike, any script */
	MATCH_TRIGRAM, /* of the evened-out Latin spelling, ^ and $ at ends */
	MATCH_PHONE /* the last nine digits */
};
#define MATCH_KEY_SIZE 48
struct match_key {
	enum match_kind kind;
	char text[MATCH_KEY_SIZE];
};
/* Enough for any name people have; what does not fit is left out, trigrams
 * first. */
#define MATCH_KEYS_MAX 160

/*
 * The keys of a name, or of a telephone number (no letters, at least six
 * digits): each once, tokens first, then sounds, then trigrams.  Returns how
 * many were written (at most max).  A word has one sound key, or two where its
 * letters are said in two ways; two neighbouring words also get the sound of
 * both in one ("Abdul Rahman", "Abdurrahman").
 */
size_t match_keys(const char *name, struct match_key *out, size_t max);

/* The key of a telephone number however it is written ("+94 77 123 4567",
 * "077-1234567"): its last nine digits, all of them if there are fewer; false
 * under six digits. */
bool match_phone(const char *phone, char out[MATCH_KEY_SIZE]);

/* What is known of somebody; strings NULL or "" where nothing. */
struct match_person {
	const char *name, *other_names, *phone;
	bool birth_known;
	int64_t birth_first, birth_last; /* day numbers, as date_range() */
};

/* Why it matches. */
#define MATCH_WHY_NAME 1u /* every word is spelled the same */
#define MATCH_WHY_SPELLING 2u /* the same but for spelling habits */
#define MATCH_WHY_SOUND 4u /* sounds alike */
#define MATCH_WHY_SIMILAR 8u /* some words are nearly the same */
#define MATCH_WHY_PHONE 16u
#define MATCH_WHY_BIRTH 32u /* dates of birth may be the same */
#define MATCH_WHY_BIRTH_DIFFERS 64u /* they cannot be */

/*
 * 0 to 100, for order alone: 0 not alike at all, 100 the same name, telephone
 * and possible date of birth.  A date of birth by itself is nothing.  *why,
 * if not NULL, gets the MATCH_WHY_ bits.
 */
int match_score(const struct match_person *query,
    const struct match_person *candidate, unsigned *why);

/*
 * The same for one query and many candidates: its words are taken apart once.
 * The strings of the query must stay good until match_query_free(), which
 * wipes and takes NULL.
 */
struct match_query;
struct match_query *match_query_new(const struct match_person *);
void match_query_free(struct match_query *);
int match_query_score(const struct match_query *,
    const struct match_person *candidate, unsigned *why);

#endif
