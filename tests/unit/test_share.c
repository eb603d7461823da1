/* SPDX-License-Identifier: ISC */
/* Two of three parts: every product, every subset, every mix-up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "vault/crypto.h"
#include "vault/share.h"

/* The product as a polynomial, then the remainder: another way than the
 * program's, which reduces as it goes. */
static unsigned
long_product(unsigned a, unsigned b)
{
	unsigned long p = 0;

	for (int i = 0; i < 8; i++)
		if ((b >> i & 1) != 0)
			p ^= (unsigned long)a << i;
	for (int i = 15; i >= 8; i--)
		if ((p >> i & 1) != 0)
			p ^= 0x11bUL << (i - 8);
	return (unsigned)p;
}

static void
every_product(void **state)
{
	(void)state;
	for (unsigned a = 0; a < 256; a++)
		for (unsigned b = 0; b < 256; b++)
			if (share_times((uint8_t)a, (uint8_t)b) !=
			    long_product(a, b))
				fail_msg("%u times %u", a, b);
	/* FIPS 197, section 4.2. */
	assert_int_equal(share_times(0x57, 0x83), 0xc1);
}

/*
 * One part alone says nothing: for each value it may have and each key byte
 * there is exactly one slope, because a product by 1, 2 or 3 is a permutation.
 */
static void
one_part_says_nothing(void **state)
{
	(void)state;
	for (unsigned x = 1; x <= SHARES; x++)
		for (unsigned key = 0; key < 256; key++) {
			unsigned char seen[256] = { 0 };

			for (unsigned m = 0; m < 256; m++)
				seen[key ^
				     share_times((uint8_t)m, (uint8_t)x)]++;
			for (unsigned v = 0; v < 256; v++)
				assert_int_equal(seen[v], 1);
		}
}

static struct secret *
key_of(unsigned i)
{
	uint8_t k[KEY_BYTES];

	/* Every byte value at every place, in 256 keys. */
	for (unsigned n = 0; n < KEY_BYTES; n++)
		k[n] = (uint8_t)(i + 7 * n);
	return secret_of(k, sizeof(k));
}

static void
every_subset(void **state)
{
	struct secret *key, *part[SHARES], *back;
	struct err e;

	(void)state;
	for (unsigned i = 0; i < 256; i++) {
		key = key_of(i);
		share_split(key, part);
		for (int a = 0; a < SHARES; a++)
			for (int b = 0; b < SHARES; b++) {
				int rc =
				    share_join(part[a], part[b], &back, &e);

				if (a == b) {
					assert_int_equal(rc, -1);
					assert_int_equal(e.kind, ERR_INPUT);
					assert_null(back);
					continue;
				}
				assert_int_equal(rc, 0);
				assert_true(secret_eq(key, back));
				secret_free(back);
			}
		for (int a = 0; a < SHARES; a++)
			secret_free(part[a]);
		secret_free(key);
	}
}

static void
refused(const uint8_t a[SHARE_BYTES], const uint8_t b[SHARE_BYTES])
{
	struct secret *sa = secret_of(a, SHARE_BYTES);
	struct secret *sb = secret_of(b, SHARE_BYTES), *back;
	struct err e = { .kind = ERR_NONE };

	assert_int_equal(share_join(sa, sb, &back, &e), -1);
	assert_int_equal(e.kind, ERR_INPUT);
	assert_true(strlen(e.text) > 20);
	assert_null(back);
	secret_free(sa);
	secret_free(sb);
}

static void
bytes_of(const struct secret *s, uint8_t out[SHARE_BYTES])
{
	memcpy(out, secret_open(s), SHARE_BYTES);
	secret_close(s);
}

static void
what_does_not_belong_together(void **state)
{
	struct secret *one = key_of(1), *two = key_of(2);
	struct secret *p[SHARES], *q[SHARES];
	uint8_t a[SHARE_BYTES], b[SHARE_BYTES], x[SHARE_BYTES];

	(void)state;
	share_split(one, p);
	share_split(two, q);
	bytes_of(p[0], a);
	bytes_of(q[1], b);
	refused(a, b);
	/* Numbers there are none of. */
	bytes_of(p[1], b);
	for (unsigned n = 0; n < 256; n++) {
		if (n >= 1 && n <= SHARES)
			continue;
		memcpy(x, b, sizeof(x));
		x[0] = (uint8_t)n;
		refused(a, x);
		refused(x, a);
	}
	/* A tag that is not the same. */
	for (size_t i = 1; i <= 2; i++) {
		memcpy(x, b, sizeof(x));
		x[i] ^= 0x40;
		refused(a, x);
	}
	for (int i = 0; i < SHARES; i++) {
		secret_free(p[i]);
		secret_free(q[i]);
	}
	secret_free(one);
	secret_free(two);
}

/* A key split twice gives other parts: they cannot be mixed with the first. */
static void
another_split_is_another_line(void **state)
{
	struct secret *key = key_of(3), *p[SHARES], *q[SHARES], *back;
	struct err e;
	int wrong = 0;

	(void)state;
	for (int round = 0; round < 20; round++) {
		share_split(key, p);
		share_split(key, q);
		assert_false(secret_eq(p[0], q[0]));
		if (share_join(p[0], q[1], &back, &e) == 0) {
			wrong += secret_eq(back, key);
			secret_free(back);
		}
		for (int i = 0; i < SHARES; i++) {
			secret_free(p[i]);
			secret_free(q[i]);
		}
	}
	assert_int_equal(wrong, 0);
	secret_free(key);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_product),
		cmocka_unit_test(one_part_says_nothing),
		cmocka_unit_test(every_subset),
		cmocka_unit_test(what_does_not_belong_together),
		cmocka_unit_test(another_split_is_another_line),
	};
	struct err e;

	if (vault_init(&e) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
