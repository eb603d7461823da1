/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "vault/crypto.h"
#include "vault/share.h"

#define TAG 2 /* bytes */
#define VALUE (1 + TAG) /* where the values begin */

/* x^8 + x^4 + x^3 + x + 1: FIPS 197, section 4.2. */
#define POLYNOMIAL 0x1b

uint8_t
share_times(uint8_t a, uint8_t b)
{
	unsigned product = 0, x = a, y = b;

	/* 0 - bit is all ones or none: no branch, no look-up. */
	for (int i = 0; i < 8; i++) {
		product ^= (0U - (y & 1)) & x;
		y >>= 1;
		x = (x << 1) ^ ((0U - (x >> 7 & 1)) & POLYNOMIAL);
		x &= 0xff;
	}
	return (uint8_t)product;
}

/* The 254th power: 254 = 2 + 4 + 8 + 16 + 32 + 64 + 128. */
static uint8_t
inverse(uint8_t a)
{
	uint8_t power = a, product = 1;

	for (int i = 0; i < 7; i++) {
		power = share_times(power, power);
		product = share_times(product, power);
	}
	return product;
}

/* Two bytes that all shares of one key have in common; 16 bits of a keyed
 * hash say nothing that helps to guess 256. */
static void
tag_of(const struct secret *key, uint8_t tag[TAG])
{
	static const char use[] = "amparo recovery shares";
	uint8_t h[HASH_BYTES];

	hash_keyed(key, use, sizeof(use), h);
	memcpy(tag, h, TAG);
	wipe(h, sizeof(h));
}

void
share_split(const struct secret *key, struct secret *out[SHARES])
{
	struct secret *slope = secret_random(KEY_BYTES);
	const uint8_t *k = secret_open(key), *m = secret_open(slope);
	uint8_t tag[TAG];

	if (secret_len(key) != KEY_BYTES)
		die("only a whole key can be split");
	tag_of(key, tag);
	for (uint8_t x = 1; x <= SHARES; x++) {
		struct secret *s = secret_new(SHARE_BYTES);
		uint8_t *p = secret_fill(s, SHARE_BYTES);

		p[0] = x;
		memcpy(p + 1, tag, TAG);
		for (size_t i = 0; i < KEY_BYTES; i++)
			p[VALUE + i] = k[i] ^ share_times(m[i], x);
		secret_close(s);
		out[x - 1] = s;
	}
	secret_close(key);
	secret_close(slope);
	secret_free(slope);
}

static int
check_pair(const uint8_t *a, const uint8_t *b, struct err *e)
{
	if (a[0] < 1 || a[0] > SHARES || b[0] < 1 || b[0] > SHARES)
		return err_set(e, ERR_INPUT,
		    _("That is no part of a recovery key: its number is not "
		      "1, 2 or 3."));
	if (a[0] == b[0])
		return err_set(e, ERR_INPUT,
		    _("Both are part %d. Fetch another part from where it is "
		      "kept."),
		    a[0]);
	if (!bytes_eq(a + 1, b + 1, TAG))
		return err_set(e, ERR_INPUT,
		    _("The two parts belong to different recovery keys. Look "
		      "for two of this vault's."));
	return 0;
}

int
share_join(const struct secret *sa, const struct secret *sb,
    struct secret **key, struct err *e)
{
	const uint8_t *a = secret_open(sa), *b = secret_open(sb);
	uint8_t wa, wb, tag[TAG];
	struct secret *k;
	uint8_t *p;
	int rc = -1;

	*key = NULL;
	if (secret_len(sa) != SHARE_BYTES || secret_len(sb) != SHARE_BYTES)
		die("a share has the wrong length");
	if (check_pair(a, b, e) == -1)
		goto out;
	/* Lagrange at 0: x_b / (x_b - x_a) of a and x_a / (x_a - x_b) of b;
	 * minus and plus are the same here. */
	wa = share_times(b[0], inverse(a[0] ^ b[0]));
	wb = share_times(a[0], inverse(a[0] ^ b[0]));
	k = secret_new(KEY_BYTES);
	p = secret_fill(k, KEY_BYTES);
	for (size_t i = 0; i < KEY_BYTES; i++)
		p[i] = share_times(wa, a[VALUE + i]) ^
		       share_times(wb, b[VALUE + i]);
	secret_close(k);
	tag_of(k, tag);
	if (bytes_eq(tag, a + 1, TAG)) {
		*key = k;
		rc = 0;
	} else {
		secret_free(k);
		(void)err_set(e, ERR_INPUT,
		    _("The two parts do not fit each other. Look at what was "
		      "typed again."));
	}
out:
	secret_close(sa);
	secret_close(sb);
	return rc;
}
