/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "base/id.h"

static const char alphabet[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
static const int place[7] = { 0, 1, 2, 4, 5, 6, 8 };

static void
harm_08_every_single_wrong_character_is_rejected(void **state)
{
	char code[CODE_SIZE], bad[CODE_SIZE], out[CODE_SIZE];

	(void)state;
	for (int round = 0; round < 200; round++) {
		code_new(code);
		assert_int_equal(code_parse(code, out), 0);
		assert_string_equal(code, out);
		for (int i = 0; i < 7; i++) {
			for (const char *c = alphabet; *c != '\0'; c++) {
				if (*c == code[place[i]])
					continue;
				memcpy(bad, code, sizeof(bad));
				bad[place[i]] = *c;
				assert_int_equal(code_parse(bad, out), -1);
			}
		}
	}
}

static void
harm_08_every_swap_of_two_characters_is_rejected(void **state)
{
	char code[CODE_SIZE], bad[CODE_SIZE], out[CODE_SIZE];

	(void)state;
	for (int round = 0; round < 2000; round++) {
		code_new(code);
		for (int i = 0; i < 7; i++) {
			for (int j = i + 1; j < 7; j++) {
				if (code[place[i]] == code[place[j]])
					continue;
				memcpy(bad, code, sizeof(bad));
				bad[place[i]] = code[place[j]];
				bad[place[j]] = code[place[i]];
				assert_int_equal(code_parse(bad, out), -1);
			}
		}
	}
}

static void
codes_are_read_however_they_are_typed(void **state)
{
	char code[CODE_SIZE], typed[40], out[CODE_SIZE];

	(void)state;
	code_new(code);
	assert_int_equal(strlen(code), 9);
	assert_int_equal(code[3], '-');
	assert_int_equal(code[7], '-');
	(void)snprintf(
	    typed, sizeof(typed), " %.3s %.3s%c ", code, code + 4, code[8]);
	for (char *p = typed; *p != '\0'; p++) {
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	}
	assert_int_equal(code_parse(typed, out), 0);
	assert_string_equal(out, code);
}

static void
what_is_no_code_is_refused(void **state)
{
	static const char *const bad[] = { "", "-", "7KQ", "7KQ-M4X",
		"1OI-LLL-0", "7KQ-M4X-T7", "7KQ_M4X_T", "\xe0\xb6\x9a",
		"222-222-22", "é" };
	char out[CODE_SIZE], code[CODE_SIZE], longer[CODE_SIZE + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(code_parse(bad[i], out), -1);
	/* A right code with one more character, or one less. */
	code_new(code);
	(void)snprintf(longer, sizeof(longer), "%s2", code);
	assert_int_equal(code_parse(longer, out), -1);
	code[8] = '\0';
	assert_int_equal(code_parse(code, out), -1);
}

/* No place of the code leans to any character: no hidden meaning. */
static void
what_is_meant_as_a_code(void **state)
{
	static const char *const yes[] = { "7KQ-M4X-T", "7kqm4xt", "7kqm4x",
		"abc-def-g", "2345678", "7KQ M4X T" };
	static const char *const no[] = { "", "consent", "not-seen", "7",
		"abcdefg", "7KQ-M4X-T: High", "follow-up", "k-a-s",
		"caf\xc3\xa9 7" };

	(void)state;
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (!code_meant(yes[i]))
			fail_msg("%s", yes[i]);
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (code_meant(no[i]))
			fail_msg("%s", no[i]);
}

static void
codes_are_evenly_random(void **state)
{
	static int seen[7][128];
	char code[CODE_SIZE];
	const int rounds = 31 * 400;

	(void)state;
	for (int i = 0; i < rounds; i++) {
		code_new(code);
		for (int j = 0; j < 7; j++)
			seen[j][(unsigned char)code[place[j]]]++;
	}
	for (int j = 0; j < 7; j++) {
		for (const char *c = alphabet; *c != '\0'; c++)
			assert_in_range(seen[j][(unsigned char)*c], 270, 530);
	}
}

static void
keys_are_version_7_and_ascend(void **state)
{
	struct uid last = uid_new(), u;
	int64_t now = clock_now(), ms;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		u = uid_new();
		assert_int_equal(u.b[6] >> 4, 7);
		assert_int_equal(u.b[8] >> 6, 2);
		assert_true(uid_cmp(&last, &u) < 0);
		assert_false(uid_eq(&last, &u));
		last = u;
	}
	ms = 0;
	for (int i = 0; i < 6; i++)
		ms = ms << 8 | u.b[i];
	assert_true(ms >= now && ms < now + 60000);
}

static void
keys_go_to_hex_and_back(void **state)
{
	static const char *const bad[] = { "", "00",
		"0123456789abcdef0123456789abcdeg",
		"0123456789ABCDEF0123456789abcdef",
		"0123456789abcdef0123456789abcdef0",
		" 123456789abcdef0123456789abcdef" };
	int64_t before = clock_now();
	struct uid u = uid_new(), v, null;
	char hex[33];

	(void)state;
	uid_hex(&u, hex);
	assert_int_equal(strlen(hex), 32);
	assert_int_equal(uid_from_hex(hex, &v), 0);
	assert_true(uid_eq(&u, &v));
	assert_false(uid_null(&u));
	/* Not before the clock; it may have borrowed a little ahead. */
	assert_in_range(uid_time(&v) - before, 0, 1000);
	memset(&null, 0, sizeof(null));
	assert_true(uid_null(&null));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(uid_from_hex(bad[i], &v), -1);
}

static void
the_logical_clock_never_goes_back(void **state)
{
	const uint64_t t = UINT64_C(1000) << 16;

	(void)state;
	assert_true(hlc_next(0, 1000) == t);
	assert_true(hlc_next(t, 1000) == t + 1);
	assert_true(hlc_next(t + 7, 999) == t + 8);
	assert_true(hlc_next(t + 7, 1001) == UINT64_C(1001) << 16);
	assert_true(hlc_next(t, -5) == t + 1);
}

static void
random_bytes_differ(void **state)
{
	unsigned char a[32] = { 0 }, b[32] = { 0 };

	(void)state;
	random_bytes(a, sizeof(a));
	random_bytes(b, sizeof(b));
	assert_memory_not_equal(a, b, sizeof(a));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    harm_08_every_single_wrong_character_is_rejected),
		cmocka_unit_test(
		    harm_08_every_swap_of_two_characters_is_rejected),
		cmocka_unit_test(codes_are_read_however_they_are_typed),
		cmocka_unit_test(what_is_no_code_is_refused),
		cmocka_unit_test(what_is_meant_as_a_code),
		cmocka_unit_test(codes_are_evenly_random),
		cmocka_unit_test(keys_are_version_7_and_ascend),
		cmocka_unit_test(keys_go_to_hex_and_back),
		cmocka_unit_test(the_logical_clock_never_goes_back),
		cmocka_unit_test(random_bytes_differ),
	};

	/* A failing draw must be a failing draw the next time too. */
	(void)setenv("AMPARO_SEED", "20261123", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
