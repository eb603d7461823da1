/* SPDX-License-Identifier: ISC */
/* Spelling habits evened out, and consonants that sound alike. */
#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "rules/match_impl.h"

/*
 * Letters that belong together, longest first.  even is the one spelling for
 * all of them.  sound and other are what goes into the two keys: a class
 * (K with g; T with d; P with b and f; S with z, j, ch; V with w; L M N R),
 * nothing for what is silent or a vowel, '*' for the class of even.
 */
static const struct sound {
	const char *letters;
	const char *even;
	const char *sound, *other;
} sounds[] = {
	{ "tch", "c", "S", "S" },
	{ "dzh", "j", "S", "S" },
	{ "sch", "s", "S", "S" },
	{ "ph", "f", "P", "P" },
	{ "bh", "b", "P", "P" },
	{ "kh", "k", "K", "" },
	{ "gh", "g", "K", "K" },
	{ "th", "t", "T", "S" },
	{ "dh", "d", "T", "S" },
	{ "sh", "s", "S", "S" },
	{ "zh", "s", "S", "S" },
	{ "jh", "j", "S", "S" },
	{ "ch", "c", "S", "S" },
	{ "dj", "j", "S", "S" },
	{ "ck", "k", "K", "K" },
	{ "qu", "k", "K", "K" },
	{ "ce", "se", "S", "S" },
	{ "ci", "si", "S", "S" },
	{ "cy", "si", "S", "S" },
	{ "ee", "i", "", "" },
	{ "ie", "i", "", "" },
	{ "ii", "i", "", "" },
	{ "iy", "i", "", "" },
	{ "oo", "u", "", "" },
	{ "ou", "u", "", "" },
	{ "uu", "u", "", "" },
	{ "aa", "a", "", "" },
	{ "a", "a", "", "" },
	{ "e", "e", "", "" },
	{ "i", "i", "", "" },
	{ "o", "o", "", "" },
	{ "u", "u", "", "" },
	{ "y", "i", "", "" },
	{ "~", "", "", "" },
	{ "b", "b", "P", "P" },
	{ "c", "k", "K", "K" },
	{ "d", "d", "T", "T" },
	{ "f", "f", "P", "P" },
	{ "g", "g", "K", "K" },
	{ "h", "h", "", "" },
	{ "j", "j", "S", "S" },
	{ "k", "k", "K", "K" },
	{ "l", "l", "L", "L" },
	{ "m", "m", "M", "M" },
	{ "n", "n", "N", "N" },
	{ "p", "p", "P", "P" },
	{ "q", "k", "K", "K" },
	{ "r", "r", "R", "R" },
	{ "s", "s", "S", "S" },
	{ "t", "t", "T", "T" },
	{ "v", "v", "V", "V" },
	{ "w", "v", "V", "V" },
	{ "x", "ks", "KS", "KS" },
	{ "z", "s", "S", "T" },
	{ "K", "k", "K", "" },
	{ "G", "g", "K", "" },
	{ "T", "t", "T", "S" },
	{ "D", "s", "S", "T" },
	{ "W", "v", "V", "" },
};

static const struct sound *
sound_at(const char *s)
{
	for (size_t i = 0; i < sizeof(sounds) / sizeof(sounds[0]); i++) {
		const char *l = sounds[i].letters;

		/* At most three letters, and mostly not even the first. */
		if (l[0] == s[0] &&
		    (l[1] == '\0' ||
			(l[1] == s[1] && (l[2] == '\0' || l[2] == s[2]))))
			return &sounds[i];
	}
	return NULL;
}

static bool
vowel(char c)
{
	return c != '\0' && strchr("aeiouy~", c) != NULL;
}

void
match_even(struct word *w)
{
	size_t n = 0;

	if (w->latin[0] == '\0') {
		/* No table for this script: its own letters will do. */
		memcpy(w->even, w->folded, sizeof(w->even));
		return;
	}
	for (const char *s = w->latin; *s != '\0';) {
		const struct sound *d = sound_at(s);
		const char *e;

		if (d == NULL) {
			if (n + 1 < sizeof(w->even))
				w->even[n++] = *s;
			s++;
			continue;
		}
		for (e = d->even; *e != '\0'; e++) {
			/* A letter written twice is one. */
			if ((n == 0 || w->even[n - 1] != *e) &&
			    n + 1 < sizeof(w->even))
				w->even[n++] = *e;
		}
		s += strlen(d->letters);
	}
	/* Letters of another script in it are copied byte by byte. */
	while (n > 0 && !utf8_valid(w->even, n))
		n--;
	/* Fatimah, Fatima. */
	if (n > 2 && w->even[n - 1] == 'h')
		n--;
	w->even[n] = '\0';
}

/* Abdulrahman, Abdurrahman: the l of the article before r, s, t, n. */
void
match_assimilate(char *key)
{
	static const char abdul[] = "APTL";
	size_t n = sizeof(abdul) - 1;

	if (strncmp(key, abdul, n) == 0 && key[n] != '\0' &&
	    strchr("RSTN", key[n]) != NULL)
		memmove(key + n - 1, key + n, strlen(key + n) + 1);
}

struct key {
	char *out;
	size_t n;
	bool apart; /* a vowel since the last consonant */
};

static void
sound_add(struct key *k, const char *classes)
{
	for (; *classes != '\0'; classes++) {
		char last = k->n > 0 ? k->out[k->n - 1] : '\0';

		/* Doubled; or the g of "ng", which some write and some not. */
		if (!k->apart &&
		    (last == *classes || (last == 'N' && *classes == 'K')))
			continue;
		if (k->n + 1 < SOUND_SIZE)
			k->out[k->n++] = *classes;
		k->apart = false;
	}
}

static void
sound_key(const char *latin, bool other, char out[SOUND_SIZE])
{
	struct key k = { .out = out };

	for (const char *s = latin; *s != '\0';) {
		const struct sound *d = sound_at(s);
		size_t len = d == NULL ? 1 : strlen(d->letters);
		const char *classes;
		char digit[2] = { *s, '\0' };

		if (d == NULL)
			classes = isdigit((unsigned char)*s) ? digit : "";
		else
			classes = other ? d->other : d->sound;
		/* "ow", "aw": a vowel. */
		if (*s == 'w' && s > latin && !vowel(s[1]))
			classes = "";
		/* How a name opens is heard, whatever vowel or h it is. */
		if (classes[0] == '\0' && s == latin)
			classes = "A";
		sound_add(&k, classes);
		if (vowel(s[len - 1]))
			k.apart = true;
		s += len;
	}
	k.out[k.n] = '\0';
	match_assimilate(k.out);
}

void
match_sound(struct word *w)
{
	w->sound[0][0] = w->sound[1][0] = '\0';
	if (w->latin[0] == '\0')
		return;
	sound_key(w->latin, false, w->sound[0]);
	sound_key(w->latin, true, w->sound[1]);
	if (strcmp(w->sound[0], w->sound[1]) == 0)
		w->sound[1][0] = '\0';
}

/* Quarters of a letter that one letter in place of another costs. */
#define WHOLE 4
#define HALF 2
#define LITTLE 1

/* Letters that are near each other: vowels, k g, t d, p b f, s z j c and, at
 * half the price of any other, m n and l r. */
static int
family(char c)
{
	/*                        abcdefghijklmnopqrstuvwxyz */
	static const char of[] = "1453142 15276614 7531    5";

	return c >= 'a' && c <= 'z' && of[c - 'a'] != ' ' ? of[c - 'a'] - '0'
							  : 0;
}

static int
swap_cost(char a, char b)
{
	int f;

	if (a == b)
		return 0;
	f = family(a);
	if (f == 0 || f != family(b))
		return WHOLE;
	return f < 6 ? LITTLE : HALF;
}

static int
drop_cost(char c)
{
	return c == 'h' || vowel(c) ? HALF : WHOLE;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

int
match_alike(const char *a, const char *b)
{
	int row[MATCH_KEY_SIZE], up, diagonal, cost;
	size_t na = strlen(a), nb = strlen(b), longest = na > nb ? na : nb;

	if (na >= MATCH_KEY_SIZE || nb >= MATCH_KEY_SIZE || longest == 0)
		return 0;
	row[0] = 0;
	for (size_t j = 0; j < nb; j++)
		row[j + 1] = row[j] + drop_cost(b[j]);
	for (size_t i = 0; i < na; i++) {
		diagonal = row[0];
		row[0] += drop_cost(a[i]);
		for (size_t j = 0; j < nb; j++) {
			up = row[j + 1];
			cost = diagonal + swap_cost(a[i], b[j]);
			cost = least(cost, up + drop_cost(a[i]));
			cost = least(cost, row[j] + drop_cost(b[j]));
			row[j + 1] = cost;
			diagonal = up;
		}
	}
	cost = row[nb] * 100 / ((int)longest * WHOLE);
	return cost > 100 ? 0 : 100 - cost;
}
