/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/id.h"
#include "vault/crypto.h"
#include "vault/recovery.h"

#define DATA 4 /* characters of a group that carry the key */
#define CHARS (RECOVERY_GROUPS * RECOVERY_GROUP)
#define PART_CHARS (RECOVERY_PART_GROUPS * RECOVERY_GROUP)
#define PART_PLACE 16 /* above any group of a key, below 32 - 14 */

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
 * does the same for groups that changed places.  The groups of a part count
 * from PART_PLACE, so that the first of its groups are no whole key.
 */
static int
check_of(const uint8_t v[DATA], int g, int groups)
{
	int sum = 0;

	for (int i = DATA - 1; i >= 0; i--)
		sum = twice(sum ^ v[i]);
	return sum ^ (groups == RECOVERY_PART_GROUPS ? PART_PLACE + g : g);
}

struct secret *
recovery_text(const struct secret *key)
{
	size_t len = secret_len(key), at = 0;
	int groups =
	    len == SHARE_BYTES ? RECOVERY_PART_GROUPS : RECOVERY_GROUPS;
	size_t n = (size_t)groups * (RECOVERY_GROUP + 1) - 1;
	struct secret *text = secret_new(n);
	const uint8_t *k = secret_open(key);
	uint8_t *p = secret_fill(text, n), v[DATA] = { 0 };
	unsigned bits = 0, held = 0;

	if (len != RECOVERY_BYTES && len != SHARE_BYTES)
		die("a recovery key has the wrong length");
	for (int g = 0; g < groups; g++) {
		for (int i = 0; i < DATA; i++) {
			if (held < 5) {
				bits = bits << 8;
				if (at < len)
					bits |= k[at++];
				held += 8;
			}
			held -= 5;
			v[i] = bits >> held & 31;
			*p++ = (uint8_t)alphabet[v[i]];
		}
		*p++ = (uint8_t)alphabet[check_of(v, g, groups)];
		if (g < groups - 1)
			*p++ = '-';
	}
	wipe(v, sizeof(v));
	wipe(&bits, sizeof(bits));
	secret_close(text);
	secret_close(key);
	return text;
}

int
recovery_groups(const struct secret *text)
{
	return (int)((secret_len(text) + 1) / (RECOVERY_GROUP + 1));
}

/* The values of all characters and how many groups they are, or a sentence. */
static int
read_values(const uint8_t *p, size_t n, uint8_t v[PART_CHARS], int *groups,
    struct err *e)
{
	size_t got = 0, want;

	for (size_t i = 0; i < n; i++) {
		int c = value_of(p[i]);

		if (c == -1)
			continue;
		if (got == PART_CHARS)
			return err_set(e, ERR_INPUT,
			    _("This is longer than a recovery key, which has "
			      "%d groups of %d characters, or a part of one, "
			      "which has %d."),
			    RECOVERY_GROUPS, RECOVERY_GROUP,
			    RECOVERY_PART_GROUPS);
		if (c == -2)
			return err_set(e, ERR_INPUT,
			    _("Group %zu holds a character that is in no "
			      "recovery key. Look at that group again."),
			    got / RECOVERY_GROUP + 1);
		v[got++] = (uint8_t)c;
	}
	want = got > CHARS ? PART_CHARS : CHARS;
	*groups = (int)(want / RECOVERY_GROUP);
	if (got < want)
		return err_set(e, ERR_INPUT,
		    _("%zu characters are missing: a recovery key has %d "
		      "groups of %d characters, a part of one has %d."),
		    want - got, RECOVERY_GROUPS, RECOVERY_GROUP,
		    RECOVERY_PART_GROUPS);
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
read_key(const uint8_t *v, int groups, uint8_t *out, struct err *e)
{
	unsigned bits = 0, held = 0;
	size_t at = 0;

	for (int g = 0; g < groups; g++) {
		const uint8_t *group = v + (size_t)g * RECOVERY_GROUP;

		if (check_of(group, g, groups) != group[DATA])
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
	/* 260 bits hold 256; the four that are over are 0.  A part fills its
	 * 280. */
	if (groups == RECOVERY_GROUPS && (bits & 15) != 0)
		return bad_group(RECOVERY_GROUPS - 1, e);
	return 0;
}

int
recovery_parse(const struct secret *text, struct secret **key, struct err *e)
{
	uint8_t v[PART_CHARS] = { 0 };
	struct secret *k;
	size_t len;
	int rc, groups = 0;

	*key = NULL;
	rc = read_values(secret_open(text), secret_len(text), v, &groups, e);
	secret_close(text);
	if (rc == 0) {
		len = groups == RECOVERY_GROUPS ? RECOVERY_BYTES : SHARE_BYTES;
		k = secret_new(len);
		rc = read_key(v, groups, secret_fill(k, len), e);
		secret_close(k);
		if (rc == 0)
			*key = k;
		else
			secret_free(k);
	}
	wipe(v, sizeof(v));
	return rc;
}

/* What was typed so far, group by group. */
static int
count_groups(const uint8_t *p, size_t n, int want, struct err *e)
{
	uint8_t v[RECOVERY_GROUP] = { 0 };
	size_t in = 0;
	int g = 0, c;

	for (size_t i = 0; i < n; i++) {
		if ((c = value_of(p[i])) == -1)
			continue;
		if (g == want)
			return err_set(e, ERR_INPUT,
			    _("That is more than %d groups. Type what is on "
			      "the sheet, and nothing else."),
			    want);
		if (c == -2)
			return bad_group(g, e);
		v[in++] = (uint8_t)c;
		if (in < RECOVERY_GROUP)
			continue;
		if (check_of(v, g, want) != v[DATA])
			return bad_group(g, e);
		in = 0;
		g++;
	}
	wipe(v, sizeof(v));
	if (in != 0)
		return err_set(e, ERR_INPUT,
		    _("Group %d has %d characters. Type all of them."), g + 1,
		    RECOVERY_GROUP);
	return g;
}

int
recovery_progress(const struct secret *text, int want, struct err *e)
{
	int n = count_groups(secret_open(text), secret_len(text), want, e);

	secret_close(text);
	return n;
}

void
recovery_ask(const struct secret *text, int *groups, int n)
{
	bool asked[RECOVERY_PART_GROUPS] = { false };
	int all = recovery_groups(text), chosen = 0;
	uint8_t r;

	if (n > all || all > RECOVERY_PART_GROUPS)
		die("asked for more groups than a recovery key has");
	while (chosen < n) {
		random_bytes(&r, 1);
		/* Above the last multiple, draw again. */
		if (r >= 256 / all * all || asked[r % all])
			continue;
		asked[r % all] = true;
		chosen++;
	}
	chosen = 0;
	for (int g = 0; g < all; g++) {
		if (asked[g])
			groups[chosen++] = g;
	}
}

bool
recovery_answer(const struct secret *text, int g, const char *typed, size_t len)
{
	const uint8_t *want;
	size_t n = 0;
	bool same = true;

	if (g < 0 || g >= recovery_groups(text))
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
