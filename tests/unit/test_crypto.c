/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/id.h"
#include "vault/crypto.h"

static void
from_hex(const char *hex, uint8_t *out)
{
	for (size_t i = 0; hex[2 * i] != '\0'; i++) {
		char two[3] = { hex[2 * i], hex[2 * i + 1], '\0' };

		out[i] = (uint8_t)strtoul(two, NULL, 16);
	}
}

static void
hashes_known_answers(void **state)
{
	/* BLAKE2b with a 32-byte digest; computed with coreutils b2sum -l 256. */
	static const struct {
		const char *text, *hex;
	} cases[] = {
		{ "", "0e5751c026e543b2e8ab2eb06099daa1"
		      "d1e5df47778f7787faab45cdf12fe3a8" },
		{ "abc", "bddd813c634239723171ef3fee98579b"
			 "94964e3bb1cb3e427262c8c068d52319" },
	};
	uint8_t want[HASH_BYTES], got[HASH_BYTES];
	struct hash h;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		from_hex(cases[i].hex, want);
		hash_bytes(cases[i].text, strlen(cases[i].text), got);
		assert_memory_equal(got, want, HASH_BYTES);
		hash_init(&h);
		for (size_t k = 0; cases[i].text[k] != '\0'; k++)
			hash_add(&h, cases[i].text + k, 1);
		hash_end(&h, got);
		assert_memory_equal(got, want, HASH_BYTES);
		for (size_t k = 0; k < sizeof(h.state); k++)
			assert_int_equal(h.state[k], 0);
	}
}

static void
keyed_hashes_depend_on_the_key(void **state)
{
	struct secret *a = secret_random(KEY_BYTES);
	struct secret *b = secret_random(KEY_BYTES);
	uint8_t ha[HASH_BYTES], hb[HASH_BYTES], again[HASH_BYTES];
	struct hash h;

	(void)state;
	hash_keyed(a, "Nimal", 5, ha);
	hash_keyed(b, "Nimal", 5, hb);
	assert_memory_not_equal(ha, hb, HASH_BYTES);
	hash_bytes("Nimal", 5, hb);
	assert_memory_not_equal(ha, hb, HASH_BYTES);
	hash_init_keyed(&h, a);
	hash_add(&h, "Ni", 2);
	hash_add(&h, "mal", 3);
	hash_end(&h, again);
	assert_memory_equal(ha, again, HASH_BYTES);
	hash_salted(secret_open(a), KEY_BYTES, "Nimal", 5, again);
	secret_close(a);
	assert_memory_equal(ha, again, HASH_BYTES);
	secret_free(a);
	secret_free(b);
}

/* RFC 8032, section 7.1, tests 1 and 2. */
static void
signs_as_the_standard_says(void **state)
{
	static const struct {
		const char *seed, *pk, *sig;
		uint8_t text[1];
		size_t len;
	} cases[] = {
		{ "9d61b19deffd5a60ba844af492ec2cc4"
		  "4449c5697b326919703bac031cae7f60",
		    "d75a980182b10ab7d54bfed3c964073a"
		    "0ee172f3daa62325af021a68f707511a",
		    "e5564300c360ac729086e2cc806e828a"
		    "84877f1eb8e5d974d873e06522490155"
		    "5fb8821590a33bacc61e39701cf9b46b"
		    "d25bf5f0595bbe24655141438e7a100b",
		    { 0 }, 0 },
		{ "4ccd089b28ff96da9db6c346ec114e0f"
		  "5b8a319f35aba624da8cf6ed4fb8a6fb",
		    "3d4017c3e843895a92b70aa74d1b7ebc"
		    "9c982ccf2ec4968cc0cd55f12af4660c",
		    "92a009a9f0d4cab8720e820b5f642540"
		    "a2b27b5416503f8fb3762223ebdb69da"
		    "085ac1e43e15996e458f3613d0f11d8c"
		    "387b2eaeb4302aeeb00d291612bb0c00",
		    { 0x72 }, 1 },
	};
	uint8_t seed[KEY_BYTES], want_pk[SIGN_PK_BYTES];
	uint8_t want[SIGNATURE_BYTES], pk[SIGN_PK_BYTES], sig[SIGNATURE_BYTES];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct secret *s, *key;

		from_hex(cases[i].seed, seed);
		from_hex(cases[i].pk, want_pk);
		from_hex(cases[i].sig, want);
		s = secret_of(seed, sizeof(seed));
		sign_seeded(s, pk, &key);
		assert_memory_equal(pk, want_pk, sizeof(pk));
		sign_bytes(key, cases[i].text, cases[i].len, sig);
		assert_memory_equal(sig, want, sizeof(sig));
		assert_true(sign_verify(pk, cases[i].text, cases[i].len, sig));
		secret_free(s);
		secret_free(key);
	}
}

static void
a_changed_signature_or_text_is_refused(void **state)
{
	uint8_t pk[SIGN_PK_BYTES], other[SIGN_PK_BYTES], sig[SIGNATURE_BYTES];
	struct secret *key, *key2;
	char text[] = "consent withdrawn";

	(void)state;
	sign_pair(pk, &key);
	sign_pair(other, &key2);
	sign_bytes(key, text, sizeof(text), sig);
	assert_true(sign_verify(pk, text, sizeof(text), sig));
	assert_false(sign_verify(other, text, sizeof(text), sig));
	for (size_t i = 0; i < sizeof(sig); i++) {
		sig[i] ^= 1;
		assert_false(sign_verify(pk, text, sizeof(text), sig));
		sig[i] ^= 1;
	}
	text[3] ^= 1;
	assert_false(sign_verify(pk, text, sizeof(text), sig));
	secret_free(key);
	secret_free(key2);
}

static void
a_changed_sealed_text_is_refused(void **state)
{
	static const char text[] = "draft of 7KQ-M4X-T", aad[] = "draft/amina";
	static const uint8_t zero[sizeof(text)];
	struct secret *key = secret_random(KEY_BYTES);
	struct secret *other = secret_random(KEY_BYTES);
	uint8_t sealed[sizeof(text) + SEAL_EXTRA], again[sizeof(sealed)];
	char out[sizeof(text)];
	struct err e;

	(void)state;
	seal(key, aad, sizeof(aad), text, sizeof(text), sealed);
	seal(key, aad, sizeof(aad), text, sizeof(text), again);
	assert_memory_not_equal(sealed, again, sizeof(sealed));
	assert_int_equal(seal_open(key, aad, sizeof(aad), sealed,
			     sizeof(sealed), (uint8_t *)out, &e),
	    0);
	assert_string_equal(out, text);
	for (size_t i = 0; i < sizeof(sealed); i++) {
		sealed[i] ^= 0x40;
		assert_int_equal(seal_open(key, aad, sizeof(aad), sealed,
				     sizeof(sealed), (uint8_t *)out, &e),
		    -1);
		assert_int_equal(e.kind, ERR_TAMPERED);
		assert_memory_equal(out, zero, sizeof(out));
		sealed[i] ^= 0x40;
	}
	for (size_t n = 0; n < sizeof(sealed); n++)
		assert_int_equal(seal_open(key, aad, sizeof(aad), sealed, n,
				     (uint8_t *)out, &e),
		    -1);
	assert_int_equal(seal_open(key, "draft/ruwan", sizeof(aad), sealed,
			     sizeof(sealed), (uint8_t *)out, &e),
	    -1);
	assert_int_equal(seal_open(other, aad, sizeof(aad), sealed,
			     sizeof(sealed), (uint8_t *)out, &e),
	    -1);
	secret_free(key);
	secret_free(other);
}

static void
only_the_holder_opens_a_box(void **state)
{
	uint8_t pk[BOX_PK_BYTES], pk2[BOX_PK_BYTES], out[KEY_BYTES];
	uint8_t root[KEY_BYTES], box[KEY_BYTES + BOX_EXTRA];
	struct secret *key, *key2;
	struct err e;

	(void)state;
	random_bytes(root, sizeof(root));
	box_pair(pk, &key);
	box_pair(pk2, &key2);
	box_public(key, out);
	assert_memory_equal(out, pk, sizeof(pk));
	assert_int_equal(box_seal(pk, root, sizeof(root), box, &e), 0);
	assert_int_equal(box_open(key, box, sizeof(box), out, &e), 0);
	assert_memory_equal(out, root, sizeof(root));
	assert_int_equal(box_open(key2, box, sizeof(box), out, &e), -1);
	assert_int_equal(e.kind, ERR_TAMPERED);
	for (size_t i = 0; i < sizeof(box); i++) {
		uint8_t flip = i == 31 ? 0x40 : 1;

		box[i] ^= flip;
		assert_int_equal(box_open(key, box, sizeof(box), out, &e), -1);
		box[i] ^= flip;
	}
	for (size_t n = 0; n < sizeof(box); n++)
		assert_int_equal(box_open(key, box, n, out, &e), -1);
	/* A public key that is none: the point of order one. */
	memset(pk, 0, sizeof(pk));
	assert_int_equal(box_seal(pk, root, sizeof(root), box, &e), -1);
	assert_int_equal(e.kind, ERR_DAMAGED);
	secret_free(key);
	secret_free(key2);
}

static void
subkeys_differ_and_repeat(void **state)
{
	static const enum subkey ids[] = { SUBKEY_DATABASE, SUBKEY_KEYRING,
		SUBKEY_ANCHOR, SUBKEY_BACKUP, SUBKEY_SEARCH, SUBKEY_DRAFT };
	struct secret *root = secret_random(KEY_BYTES);
	struct secret *other = secret_random(KEY_BYTES);
	struct secret *keys[6];

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		struct secret *again = kdf_derive(root, ids[i]);
		struct secret *foreign = kdf_derive(other, ids[i]);

		keys[i] = kdf_derive(root, ids[i]);
		assert_true(secret_eq(keys[i], again));
		assert_false(secret_eq(keys[i], foreign));
		assert_false(secret_eq(keys[i], root));
		for (size_t k = 0; k < i; k++)
			assert_false(secret_eq(keys[i], keys[k]));
		secret_free(again);
		secret_free(foreign);
	}
	for (size_t i = 0; i < 6; i++)
		secret_free(keys[i]);
	secret_free(root);
	secret_free(other);
}

static void
writes_keys_as_sqlcipher_reads_them(void **state)
{
	uint8_t key[KEY_BYTES];
	struct secret *s, *hex;

	(void)state;
	for (size_t i = 0; i < sizeof(key); i++)
		key[i] = (uint8_t)(i * 8 + 1);
	s = secret_of(key, sizeof(key));
	vault_hex64(s, &hex);
	assert_int_equal(secret_len(hex), VAULT_HEX64);
	assert_memory_equal(secret_open(hex),
	    "x'010911192129313941495159616971798189919"
	    "9a1a9b1b9c1c9d1d9e1e9f1f9'",
	    VAULT_HEX64);
	secret_close(hex);
	secret_free(hex);
	secret_free(s);
}

static void
compares_all_of_it(void **state)
{
	uint8_t a[32] = { 0 }, b[32] = { 0 };

	(void)state;
	assert_true(bytes_eq(a, b, sizeof(a)));
	for (size_t i = 0; i < sizeof(a); i++) {
		b[i] = 1;
		assert_false(bytes_eq(a, b, sizeof(a)));
		b[i] = 0;
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes_known_answers),
		cmocka_unit_test(keyed_hashes_depend_on_the_key),
		cmocka_unit_test(signs_as_the_standard_says),
		cmocka_unit_test(a_changed_signature_or_text_is_refused),
		cmocka_unit_test(a_changed_sealed_text_is_refused),
		cmocka_unit_test(only_the_holder_opens_a_box),
		cmocka_unit_test(subkeys_differ_and_repeat),
		cmocka_unit_test(writes_keys_as_sqlcipher_reads_them),
		cmocka_unit_test(compares_all_of_it),
	};
	struct err e;

	if (vault_init(&e) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
