/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/id.h"
#include "vault/crypto.h"
#include "vault/recovery.h"

#define DATA 4 /* characters of a group that carry the key */
#define CHARS (RECOVERY_GROUPS * RECOVERY_GROUP)

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/*
 * The value of a character, -1 for one that separates, -2 for a wrong one.
 * Crockford: the letters people mix up with digits are those digits.
 */
static int
value_of(uint8_t c)
{
	const char *p;

	if (c >= 'a' && c <= 'z')
		c = (uint8_t)(c - 'a' + 'A');
	if (c == ' ' || c == '-' || c == '\t' || c == '\n' || c == '\r')
		return -1;
	if (c == 'I' || c == 'L')
		return 1;
	if (c == 'O')
		return 0;
	p = c == '\0' ? NULL : strchr(alphabet, c);
	return p == NULL ? -2 : (int)(p - alphabet);
}

/* Twice v in the field of 32 elements, x^5 + x^2 + 1. */
static int
twice(int v)
{
	v <<= 1;
	return v & 32 ? v ^ 37 : v;
}

/*
 * The check of four characters in group g: a sum with the weights 2, 4, 8 and
 * 16 of that field, and g itself.  The weights (1 for the check) all differ
 * and none is 0, so one wrong character and two swapped ones always show; g
 * does the same for groups that changed places.
 */
static int
check_of(const uint8_t v[DATA], int g)
{
	int sum = 0;

	for (int i = DATA - 1; i >= 0; i--)
		sum = twice(sum ^ v[i]);
	return sum ^ g;
}

struct secret *
recovery_text(const struct secret *key)
{
	struct secret *text = secret_new(RECOVERY_TEXT);
	const uint8_t *k = secret_open(key);
	uint8_t *p = secret_fill(text, RECOVERY_TEXT), v[DATA] = { 0 };
	unsigned bits = 0, held = 0;
	size_t at = 0;

	if (secret_len(key) != RECOVERY_BYTES)
		die("a recovery key has the wrong length");
	for (int g = 0; g < RECOVERY_GROUPS; g++) {
		for (int i = 0; i < DATA; i++) {
			if (held < 5) {
				bits = bits << 8;
				if (at < RECOVERY_BYTES)
					bits |= k[at++];
				held += 8;
			}
			held -= 5;
			v[i] = bits >> held & 31;
			*p++ = (uint8_t)alphabet[v[i]];
		}
		*p++ = (uint8_t)alphabet[check_of(v, g)];
		if (g < RECOVERY_GROUPS - 1)
			*p++ = '-';
	}
	wipe(v, sizeof(v));
	wipe(&bits, sizeof(bits));
	secret_close(text);
	secret_close(key);
	return text;
}

/* The values of all characters, or a sentence. */
static int
read_values(const uint8_t *p, size_t n, uint8_t v[CHARS], struct err *e)
{
	size_t got = 0;

	for (size_t i = 0; i < n; i++) {
		int c = value_of(p[i]);

		if (c == -1)
			continue;
		if (got == CHARS)
			return err_set(e, ERR_INPUT,
			    _("This is longer than a recovery key, which has "
			      "%d groups of %d characters."),
			    RECOVERY_GROUPS, RECOVERY_GROUP);
		if (c == -2)
			return err_set(e, ERR_INPUT,
			    _("Group %zu holds a character that is in no "
			      "recovery key. Look at that group again."),
			    got / RECOVERY_GROUP + 1);
		v[got++] = (uint8_t)c;
	}
	if (got < CHARS)
		return err_set(e, ERR_INPUT,
		    _("%zu characters of the recovery key are missing: it "
		      "has %d groups of %d."),
		    CHARS - got, RECOVERY_GROUPS, RECOVERY_GROUP);
	return 0;
}

static int
bad_group(int g, struct err *e)
{
	return err_set(e, ERR_INPUT,
	    _("Group %d is not as it was printed. Look at that group again."),
	    g + 1);
}

static int
read_key(const uint8_t v[CHARS], uint8_t *out, struct err *e)
{
	unsigned bits = 0, held = 0;
	size_t at = 0;

	for (int g = 0; g < RECOVERY_GROUPS; g++) {
		const uint8_t *group = v + (size_t)g * RECOVERY_GROUP;

		if (check_of(group, g) != group[DATA])
			return bad_group(g, e);
		for (int i = 0; i < DATA; i++) {
			bits = bits << 5 | group[i];
			held += 5;
			if (held >= 8) {
				held -= 8;
				out[at++] = (uint8_t)(bits >> held);
			}
		}
	}
	/* 260 bits hold 256; the four that are over are 0. */
	if ((bits & 15) != 0)
		return bad_group(RECOVERY_GROUPS - 1, e);
	return 0;
}

int
recovery_parse(const struct secret *text, struct secret **key, struct err *e)
{
	uint8_t v[CHARS] = { 0 };
	struct secret *k;
	int rc;

	*key = NULL;
	rc = read_values(secret_open(text), secret_len(text), v, e);
	secret_close(text);
	if (rc == 0) {
		k = secret_new(RECOVERY_BYTES);
		rc = read_key(v, secret_fill(k, RECOVERY_BYTES), e);
		secret_close(k);
		if (rc == 0)
			*key = k;
		else
			secret_free(k);
	}
	wipe(v, sizeof(v));
	return rc;
}

void
recovery_ask(int groups[RECOVERY_ASKED])
{
	bool asked[RECOVERY_GROUPS] = { false };
	int n = 0;
	uint8_t r;

	while (n < RECOVERY_ASKED) {
		random_bytes(&r, 1);
		/* Above the last multiple of 13, draw again. */
		if (r >= 256 / RECOVERY_GROUPS * RECOVERY_GROUPS ||
		    asked[r % RECOVERY_GROUPS])
			continue;
		asked[r % RECOVERY_GROUPS] = true;
		n++;
	}
	n = 0;
	for (int g = 0; g < RECOVERY_GROUPS; g++) {
		if (asked[g])
			groups[n++] = g;
	}
}

bool
recovery_answer(const struct secret *text, int g, const char *typed, size_t len)
{
	const uint8_t *want;
	size_t n = 0;
	bool same = true;

	if (g < 0 || g >= RECOVERY_GROUPS || secret_len(text) != RECOVERY_TEXT)
		return false;
	want = secret_open(text) + (size_t)g * (RECOVERY_GROUP + 1);
	for (size_t i = 0; i < len && same; i++) {
		int c = value_of((uint8_t)typed[i]);

		if (c == -1)
			continue;
		same = n < RECOVERY_GROUP && c == value_of(want[n]);
		n++;
	}
	secret_close(text);
	return same && n == RECOVERY_GROUP;
}
