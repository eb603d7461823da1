/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "rules/match_impl.h"

#define PHONE_DIGITS 9 /* after trunk prefix or country code */
#define PHONE_LEAST 6
#define SOUND_LEAST 2 /* one class alone says nothing */

/* What parts of a match are worth; together 100. */
#define WORTH_NAME 75
#define WORTH_PHONE 20
#define WORTH_BIRTH 5
#define PHONE_ALONE 50
#define BIRTH_AGAINST 15
#define NAME_LEAST 40 /* under this two names have nothing in common */

void
match_words(const char *name, struct words *out)
{
	struct buf b;

	memset(out, 0, sizeof(*out));
	buf_init(&b);
	utf8_fold(&b, name, strlen(name));
	for (const char *s = b.data; *s != '\0' && out->n < WORDS_MAX;) {
		struct word *w = &out->w[out->n++];
		size_t n = strcspn(s, " "), fit = n;

		if (fit >= sizeof(w->folded))
			fit = sizeof(w->folded) - 1;
		while (fit > 0 && !utf8_valid(s, fit))
			fit--;
		memcpy(w->folded, s, fit);
		match_romanise(w);
		match_even(w);
		match_sound(w);
		s += n + (s[n] == ' ');
	}
	buf_done(&b);
}

bool
match_phone(const char *phone, char out[MATCH_KEY_SIZE])
{
	struct buf b;
	char digits[33] = "";
	size_t n = 0, from;

	out[0] = '\0';
	buf_init(&b);
	utf8_fold(&b, phone, strlen(phone));
	for (size_t i = 0; i < b.len; i++) {
		if (b.data[i] == ' ')
			continue;
		if (b.data[i] < '0' || b.data[i] > '9' ||
		    n + 1 == sizeof(digits)) {
			n = 0;
			break;
		}
		digits[n++] = b.data[i];
	}
	buf_done(&b);
	digits[n] = '\0';
	if (n < PHONE_LEAST)
		return false;
	/* What is before the last nine differs by where one dials from. */
	from = n > PHONE_DIGITS ? n - PHONE_DIGITS : 0;
	for (size_t i = from; i <= n; i++)
		out[i - from] = digits[i];
	wipe(digits, sizeof(digits));
	return true;
}

struct keys {
	struct match_key *list;
	size_t n, max;
};

static void
key_add(struct keys *k, enum match_kind kind, const char *text, size_t len)
{
	if (len == 0 || len >= MATCH_KEY_SIZE || k->n == k->max)
		return;
	for (size_t i = 0; i < k->n; i++) {
		if (k->list[i].kind == kind &&
		    strncmp(k->list[i].text, text, len) == 0 &&
		    k->list[i].text[len] == '\0')
			return;
	}
	memset(&k->list[k->n], 0, sizeof(k->list[k->n]));
	k->list[k->n].kind = kind;
	memcpy(k->list[k->n].text, text, len);
	k->n++;
}

static void
sound_add(struct keys *k, const char *sound)
{
	if (strlen(sound) >= SOUND_LEAST)
		key_add(k, MATCH_SOUND, sound, strlen(sound));
}

/* Two neighbours said as one word; a vowel in the middle is not heard. */
static void
pair_sound(const struct word *a, const struct word *b, char *out, size_t size)
{
	const char *second = b->sound[0];
	size_t n = strlen(a->sound[0]), m;

	if (*second == 'A')
		second++;
	/* "Abdul Latif": the l is said once. */
	if (n > 0 && *second == a->sound[0][n - 1])
		second++;
	m = strlen(second);
	out[0] = '\0';
	if (n == 0 || m == 0 || n + m >= size)
		return;
	memcpy(out, a->sound[0], n);
	memcpy(out + n, second, m + 1);
	match_assimilate(out);
}

static void
trigrams(struct keys *k, const char *even)
{
	char text[MATCH_KEY_SIZE + 2];
	size_t len, at[3] = { 0 }, n = 0, pos = 0;

	(void)snprintf(text, sizeof(text), "^%s$", even);
	len = strlen(text);
	/* Of letters, not of bytes. */
	while (pos < len) {
		uint32_t cp;

		at[n % 3] = pos;
		pos += utf8_decode(text + pos, len - pos, &cp);
		if (++n >= 3)
			key_add(k, MATCH_TRIGRAM, text + at[n % 3],
			    pos - at[n % 3]);
	}
}

size_t
match_keys(const char *name, struct match_key *out, size_t max)
{
	struct keys k = { .list = out, .max = max };
	char phone[MATCH_KEY_SIZE], pair[2 * SOUND_SIZE];
	struct words words;

	if (match_phone(name, phone)) {
		key_add(&k, MATCH_PHONE, phone, strlen(phone));
		return k.n;
	}
	match_words(name, &words);
	for (size_t i = 0; i < words.n; i++)
		key_add(&k, MATCH_TOKEN, words.w[i].folded,
		    strlen(words.w[i].folded));
	for (size_t i = 0; i < words.n; i++) {
		sound_add(&k, words.w[i].sound[0]);
		sound_add(&k, words.w[i].sound[1]);
		if (i + 1 == words.n)
			break;
		pair_sound(&words.w[i], &words.w[i + 1], pair, sizeof(pair));
		sound_add(&k, pair);
	}
	for (size_t i = 0; i < words.n; i++)
		trigrams(&k, words.w[i].even);
	wipe(&words, sizeof(words));
	return k.n;
}

/* --- scoring ---------------------------------------------------------------- */

struct likeness {
	int worth; /* 0..100 */
	unsigned why;
};

static bool
same_sound(const struct word *a, const struct word *b)
{
	for (int i = 0; i < 2; i++) {
		for (int j = 0; j < 2; j++) {
			if (strlen(a->sound[i]) >= SOUND_LEAST &&
			    strcmp(a->sound[i], b->sound[j]) == 0)
				return true;
		}
	}
	return false;
}

static struct likeness
compare(const struct word *a, const struct word *b)
{
	int alike;

	if (strcmp(a->folded, b->folded) == 0)
		return (struct likeness){ 100, MATCH_WHY_NAME };
	if (strcmp(a->even, b->even) == 0)
		return (struct likeness){ 95, MATCH_WHY_SPELLING };
	alike = match_alike(a->even, b->even);
	if (same_sound(a, b))
		return (struct likeness){ 70 + alike / 5, MATCH_WHY_SOUND };
	if (alike >= 75)
		return (struct likeness){ alike * 85 / 100, MATCH_WHY_SIMILAR };
	/* An initial, or a name begun. */
	if (strlen(a->even) == 1 && a->even[0] == b->even[0])
		return (struct likeness){ 45, MATCH_WHY_SIMILAR };
	if (strlen(a->even) >= 3 &&
	    strncmp(a->even, b->even, strlen(a->even)) == 0)
		return (struct likeness){ 65, MATCH_WHY_SIMILAR };
	return (struct likeness){ 0, 0 };
}

/* The same, said in one go: "Abdul Rahman" and "Abdurrahman". */
static bool
same_joined(const struct words *a, const struct words *b)
{
	char x[WORDS_MAX * SOUND_SIZE] = "", y[WORDS_MAX * SOUND_SIZE] = "";
	const struct words *of[2] = { a, b };
	char *to[2] = { x, y };

	if (a->n == b->n)
		return false;
	for (int i = 0; i < 2; i++) {
		size_t n = 0;

		for (size_t j = 0; j < of[i]->n; j++) {
			const char *s = of[i]->w[j].sound[0];

			if (*s == '\0')
				return false;
			if (j > 0 && *s == 'A')
				s++;
			if (j > 0 && n > 0 && *s == to[i][n - 1])
				s++;
			memcpy(to[i] + n, s, strlen(s) + 1);
			n += strlen(s);
		}
		match_assimilate(to[i]);
	}
	return strlen(x) >= 4 && strcmp(x, y) == 0;
}

/* The best partner of each word asked for, no partner twice. */
static struct likeness
compare_names(const struct words *q, const struct words *c)
{
	struct likeness sum = { 0, 0 }, best, now;
	bool used[WORDS_MAX] = { false }, all = true;
	size_t at, paired = 0;

	if (q->n == 0 || c->n == 0)
		return sum;
	for (size_t i = 0; i < q->n; i++) {
		best = (struct likeness){ 0, 0 };
		at = 0;
		for (size_t j = 0; j < c->n; j++) {
			if (used[j])
				continue;
			now = compare(&q->w[i], &c->w[j]);
			if (now.worth > best.worth) {
				best = now;
				at = j;
			}
		}
		if (best.worth == 0) {
			all = false;
			continue;
		}
		used[at] = true;
		paired++;
		sum.worth += best.worth;
		sum.why |= best.why;
	}
	/* Words asked for count in full, words only on record a little. */
	sum.worth = sum.worth / (int)q->n;
	sum.worth -= sum.worth * (int)(c->n - paired) / (int)(8 * c->n);
	if (!all)
		sum.why = sum.why != 0 ? MATCH_WHY_SIMILAR : 0;
	if (same_joined(q, c) && sum.worth < 88)
		return (struct likeness){ 88, MATCH_WHY_SOUND };
	return sum;
}

/* The weakest link says how the whole is alike. */
static unsigned
weakest(unsigned why)
{
	static const unsigned order[] = { MATCH_WHY_SIMILAR, MATCH_WHY_SOUND,
		MATCH_WHY_SPELLING, MATCH_WHY_NAME };

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		if (why & order[i])
			return order[i];
	}
	return 0;
}

/* A name and other names, taken apart. */
struct names {
	struct words w[2];
};

struct match_query {
	struct match_person person;
	struct names names;
};

static void
take_names(const struct match_person *p, struct names *n)
{
	const char *of[2] = { p->name, p->other_names };

	for (int i = 0; i < 2; i++) {
		n->w[i].n = 0;
		if (of[i] != NULL && *of[i] != '\0')
			match_words(of[i], &n->w[i]);
	}
}

static struct likeness
best_names(const struct names *q, const struct match_person *person)
{
	struct likeness best = { 0, 0 }, now;
	struct names c;

	take_names(person, &c);
	for (int i = 0; i < 2; i++) {
		for (int j = 0; j < 2; j++) {
			now = compare_names(&q->w[i], &c.w[j]);
			if (now.worth > best.worth)
				best = now;
		}
	}
	wipe(&c, sizeof(c));
	if (best.worth < NAME_LEAST)
		return (struct likeness){ 0, 0 };
	best.why = weakest(best.why);
	return best;
}

static bool
same_phone(const char *a, const char *b)
{
	char x[MATCH_KEY_SIZE], y[MATCH_KEY_SIZE];

	return a != NULL && b != NULL && match_phone(a, x) &&
	       match_phone(b, y) && strcmp(x, y) == 0;
}

/* 1 January is what forms are filled with when only the year is known. */
static void
birth_range(const struct match_person *p, int64_t *first, int64_t *last)
{
	struct civil c;

	*first = p->birth_first;
	*last = p->birth_last;
	clock_from_days(*first, &c);
	if (*first == *last && c.month == 1 && c.day == 1)
		*last = clock_days(c.year, 12, 31);
}

static unsigned
compare_births(const struct match_person *q, const struct match_person *c)
{
	int64_t a, b, x, y;

	if (!q->birth_known || !c->birth_known)
		return 0;
	birth_range(q, &a, &b);
	birth_range(c, &x, &y);
	return a <= y && x <= b ? MATCH_WHY_BIRTH : MATCH_WHY_BIRTH_DIFFERS;
}

struct match_query *
match_query_new(const struct match_person *person)
{
	struct match_query *q = xcalloc(1, sizeof(*q));

	q->person = *person;
	take_names(person, &q->names);
	return q;
}

void
match_query_free(struct match_query *q)
{
	if (q != NULL)
		wipe(q, sizeof(*q));
	free(q);
}

int
match_query_score(const struct match_query *q,
    const struct match_person *candidate, unsigned *why)
{
	const struct match_person *query = &q->person;
	struct likeness name = best_names(&q->names, candidate);
	unsigned bits = name.why;
	int score = name.worth * WORTH_NAME / 100;

	if (same_phone(query->phone, candidate->phone)) {
		bits |= MATCH_WHY_PHONE;
		score = score > 0 ? score + WORTH_PHONE : PHONE_ALONE;
	}
	if (score > 0) {
		bits |= compare_births(query, candidate);
		if (bits & MATCH_WHY_BIRTH)
			score += WORTH_BIRTH;
		if (bits & MATCH_WHY_BIRTH_DIFFERS)
			score -= BIRTH_AGAINST;
		if (score < 1)
			score = 1;
	}
	if (why != NULL)
		*why = bits;
	return score;
}

int
match_score(const struct match_person *query,
    const struct match_person *candidate, unsigned *why)
{
	struct match_query *q = match_query_new(query);
	int score = match_query_score(q, candidate, why);

	match_query_free(q);
	return score;
}
