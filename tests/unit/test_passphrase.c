/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "vault/passphrase.h"

static struct secret *
secret_str(const char *s)
{
	struct secret *p = secret_new(4 * PASSPHRASE_MAX);

	assert_true(secret_append(p, s, strlen(s)));
	return p;
}

/* part: words of the sentence a refusal must hold; NULL: allowed */
static const struct {
	const char *text, *part;
} policy[] = {
	{ "boots under the stairs", NULL },
	{ "BOOTS UNDER THE STAIRS", NULL },
	{ "tea at half past nine", NULL },
	{ "kaluwara pansala laga gaha", NULL },
	{ "අම්මාගේ ගෙදර ගස් යට පුටුව", NULL },
	{ "மழை பெய்த நாளில் நடந்தோம்", NULL },
	{ "القطار يصل قبل الفجر بقليل", NULL },
	/* length is in characters: 15 of three bytes are enough, 14
	 * are not */
	{ "កខគឃងចឆជឈញដឋឌឍ", "at least 15" },
	{ "abcdefghijklmn", "at least 15" },
	{ "", "at least 15" },
	{ "short", "at least 15" },
	{ "Tr0ub4dor&3", "at least 15" },
	{ "aaaaaaaaaaaaaaaaaaaa", "too few different" },
	{ "ababababababababab", "too few different" },
	{ "abcdeabcdeabcdeabcde", "too few different" },
	{ "boots!boots!boots!", "too few different" },
	{ "kitchen1kitchen1", "again and again" },
	{ "stairway stairway stairway", "again and again" },
	{ "abcdefghijklmnopqrstuvwxyz", "runs along" },
	{ "zyxwvutsrqponmlkj", "runs along" },
	{ "qwertyuiopasdfghjkl", "runs along" },
	{ "1234567890123456", "runs along" },
	{ "0987654321poiuytrewq", "runs along" },
	{ "aabbccddeeffgghhii", "runs along" },
	{ "correct horse battery staple", "tried first" },
	{ "Correct-Horse-Battery-Staple!", "tried first" },
	{ "PasswordPassword2026", "tried first" },
	{ "amina amina2026 password", "tried first" },
	{ "Lanka Red Cross Colombo", "tried first" },
	{ "lankaredcross2026!", "tried first" },
	{ "letmein welcome admin", "tried first" },
	{ "සිරි සිරි සිරි amparo red", "tried first" },
	/* the same words among enough others are fine */
	{ "amina walks the red dog home", NULL },
};

static void
policy_table(void **state)
{
	static const char *const words[] = { "amina", NULL, "Lanka Red Cross",
		"Colombo", "සිරි" };
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(policy) / sizeof(policy[0]); i++) {
		struct secret *s = secret_str(policy[i].text);
		int rc;

		err_clear(&e);
		rc = passphrase_check(s, words, 5, &e);
		if (policy[i].part == NULL && rc != 0)
			fail_msg("\"%s\": %s", policy[i].text, e.text);
		if (policy[i].part != NULL &&
		    (rc == 0 || e.kind != ERR_INPUT ||
			strstr(e.text, policy[i].part) == NULL))
			fail_msg("\"%s\" should say \"%s\", says \"%s\"",
			    policy[i].text, policy[i].part, e.text);
		secret_free(s);
	}
}

static void
without_known_words_the_same_phrase_is_allowed(void **state)
{
	const char *const words[] = { "saraswathi", "galle branch" };
	struct secret *s = secret_str("saraswathi galle branch 7");
	struct err e;

	(void)state;
	assert_int_equal(passphrase_check(s, words, 2, &e), -1);
	assert_int_equal(passphrase_check(s, NULL, 0, &e), 0);
	secret_free(s);
}

static void
bounds_are_in_bytes_and_nothing_is_cut(void **state)
{
	struct secret *s = secret_new(2000), *out;
	char text[PASSPHRASE_MAX + 2];
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)('a' + (i * 7 + i / 5) % 26);
	assert_true(secret_append(s, text, PASSPHRASE_MAX));
	assert_int_equal(passphrase_check(s, NULL, 0, &e), 0);
	assert_int_equal(passphrase_normal(s, &out, &e), 0);
	assert_true(secret_eq(s, out));
	secret_free(out);
	assert_true(secret_append(s, "x", 1));
	assert_int_equal(passphrase_check(s, NULL, 0, &e), -1);
	assert_non_null(strstr(e.text, "256"));
	assert_int_equal(passphrase_normal(s, &out, &e), -1);
	assert_null(out);
	secret_clear(s);
	/* Not text: a lone continuation byte. */
	assert_true(secret_append(s, "boots under \x80 the stairs", 24));
	assert_int_equal(passphrase_check(s, NULL, 0, &e), -1);
	assert_int_equal(e.kind, ERR_INPUT);
	assert_non_null(strstr(e.text, "not valid text"));
	secret_free(s);
}

static void
composed_and_decomposed_are_one_passphrase(void **state)
{
	struct secret *a =
	    secret_str("caf\xc3\xa9 au bord du lac"); /* U+00E9 */
	struct secret *b = secret_str("cafe\xcc\x81 au bord du lac");
	struct secret *na, *nb;
	struct err e;

	(void)state;
	assert_false(secret_eq(a, b));
	assert_int_equal(passphrase_normal(a, &na, &e), 0);
	assert_int_equal(passphrase_normal(b, &nb, &e), 0);
	assert_true(secret_eq(na, nb));
	assert_true(secret_eq(na, a));
	secret_free(a);
	secret_free(b);
	secret_free(na);
	secret_free(nb);
}

static void
generated_phrases_are_allowed_and_differ(void **state)
{
	struct secret *last = passphrase_generate();
	struct err e;

	(void)state;
	for (int i = 0; i < 500; i++) {
		struct secret *s = passphrase_generate();
		const uint8_t *p = secret_open(s);

		assert_int_equal(secret_len(s), PHRASE_WORDS * 6 - 1);
		for (size_t k = 0; k < secret_len(s); k++) {
			static const char *const set[] = { "bdfghjklmnprstvz",
				"aiou", "bdfghjklmnprstvz", "aiou",
				"bdfghjklmnprstvz", "-" };

			assert_non_null(strchr(set[k % 6], p[k]));
		}
		secret_close(s);
		if (passphrase_check(s, NULL, 0, &e) != 0)
			fail_msg("generated, but refused: %s", e.text);
		assert_false(secret_eq(s, last));
		secret_free(last);
		last = s;
	}
	secret_free(last);
}

/* The examples of arXiv:0901.4016, section 1. */
static void
words_are_those_of_the_proposal(void **state)
{
	static const struct {
		uint8_t in[4];
		const char *out;
	} cases[] = {
		{ { 127, 0, 0, 1 }, "lusab-babad" },
		{ { 63, 84, 220, 193 }, "gutih-tugad" },
		{ { 63, 118, 7, 35 }, "gutuk-bisog" },
		{ { 140, 98, 193, 141 }, "mudof-sakat" },
		{ { 255, 255, 255, 255 }, "zuzuz-zuzuz" },
	};
	char out[12];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		words_of(cases[i].in, 2, out);
		assert_string_equal(out, cases[i].out);
	}
}

static void
fingerprints_follow_the_hash(void **state)
{
	uint8_t hash[32] = { 127, 0, 0, 1, 255, 255, 9 };
	char a[FINGERPRINT_SIZE], b[FINGERPRINT_SIZE];

	(void)state;
	fingerprint_words(hash, a);
	assert_string_equal(a, "lusab-babad-zuzuz");
	for (int i = 0; i < 6; i++) {
		hash[i] ^= 1;
		fingerprint_words(hash, b);
		assert_string_not_equal(a, b);
		hash[i] ^= 1;
	}
}

static void
a_code_is_the_same_however_it_is_typed(void **state)
{
	static const char *const typed[] = { "lusab-babad-gutih",
		"LUSAB BABAD GUTIH", " lusab  babad\tgutih ",
		"Lusab, Babad. Gutih!", "lusab--babad -- gutih\n" };
	struct secret *want = secret_str("lusab-babad-gutih");
	struct secret *none = secret_str("12 34"), *n;

	(void)state;
	for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++) {
		struct secret *s = secret_str(typed[i]);

		n = enrol_code_normal(s);
		assert_true(secret_eq(n, want));
		secret_free(n);
		secret_free(s);
	}
	n = enrol_code_normal(none);
	assert_int_equal(secret_len(n), 0);
	secret_free(n);
	secret_free(none);
	secret_free(want);
}

static void
codes_have_eight_words_and_differ(void **state)
{
	char a[ENROL_CODE_SIZE], b[ENROL_CODE_SIZE];
	struct secret *s, *n;

	(void)state;
	enrol_code_new(a);
	enrol_code_new(b);
	assert_int_equal(strlen(a), ENROL_CODE_SIZE - 1);
	assert_string_not_equal(a, b);
	/* A code is its own canonical form. */
	s = secret_of(a, sizeof(a) - 1);
	n = enrol_code_normal(s);
	assert_true(secret_eq(s, n));
	secret_free(s);
	secret_free(n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(policy_table),
		cmocka_unit_test(
		    without_known_words_the_same_phrase_is_allowed),
		cmocka_unit_test(bounds_are_in_bytes_and_nothing_is_cut),
		cmocka_unit_test(composed_and_decomposed_are_one_passphrase),
		cmocka_unit_test(generated_phrases_are_allowed_and_differ),
		cmocka_unit_test(words_are_those_of_the_proposal),
		cmocka_unit_test(fingerprints_follow_the_hash),
		cmocka_unit_test(a_code_is_the_same_however_it_is_typed),
		cmocka_unit_test(codes_have_eight_words_and_differ),
	};
	struct err e;

	if (vault_init(&e) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
