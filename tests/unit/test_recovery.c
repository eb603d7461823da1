/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "vault/recovery.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static struct secret *
secret_str(const char *s, size_t n)
{
	struct secret *p = secret_new(n + 1);

	assert_true(secret_append(p, s, n));
	return p;
}

/* The text of a key as a string. */
static void
text_of(const struct secret *key, char out[RECOVERY_TEXT + 1])
{
	struct secret *t = recovery_text(key);

	assert_int_equal(secret_len(t), RECOVERY_TEXT);
	memcpy(out, secret_open(t), RECOVERY_TEXT);
	secret_close(t);
	out[RECOVERY_TEXT] = '\0';
	secret_free(t);
}

static int
parse(const char *s, struct secret **key, struct err *e)
{
	struct secret *t = secret_str(s, strlen(s));
	int rc = recovery_parse(t, key, e);

	if (rc != 0)
		assert_null(*key);
	secret_free(t);
	return rc;
}

static void
comes_back_as_it_was(void **state)
{
	char text[RECOVERY_TEXT + 1];
	struct secret *back;
	struct err e;

	(void)state;
	for (int i = 0; i < 200; i++) {
		struct secret *key = secret_random(RECOVERY_BYTES);

		text_of(key, text);
		assert_int_equal(parse(text, &back, &e), 0);
		assert_true(secret_eq(key, back));
		secret_free(key);
		secret_free(back);
	}
}

static void
looks_as_described(void **state)
{
	uint8_t zero[RECOVERY_BYTES] = { 0 };
	struct secret *key = secret_of(zero, sizeof(zero));
	char text[RECOVERY_TEXT + 1];

	(void)state;
	text_of(key, text);
	/* Nothing but the place of each group is in its check. */
	assert_string_equal(text,
	    "00000-00001-00002-00003-00004-00005-00006-00007-00008-00009-"
	    "0000A-0000B-0000C");
	secret_free(key);
}

static void
typing_habits_do_not_matter(void **state)
{
	struct secret *key = secret_random(RECOVERY_BYTES), *back;
	char text[RECOVERY_TEXT + 1], typed[4 * RECOVERY_TEXT];
	size_t n = 0;
	struct err e;

	(void)state;
	text_of(key, text);
	for (size_t i = 0; i < RECOVERY_TEXT; i++) {
		char c = text[i];

		if (c >= 'A')
			c = (char)(c - 'A' + 'a');
		if (c == '1')
			c = i % 2 ? 'l' : 'I';
		if (c == '0')
			c = i % 2 ? 'o' : 'O';
		if (c == '-')
			c = i % 4 ? ' ' : '\n';
		typed[n++] = c;
		if (i % 3 == 0)
			typed[n++] = ' ';
	}
	typed[n] = '\0';
	assert_int_equal(parse(typed, &back, &e), 0);
	assert_true(secret_eq(key, back));
	secret_free(key);
	secret_free(back);
}

/* Every place, every other character: caught, and the group named. */
static void
one_wrong_character_is_always_caught(void **state)
{
	struct secret *key = secret_random(RECOVERY_BYTES), *back;
	char text[RECOVERY_TEXT + 1], group[16];
	struct err e;

	(void)state;
	text_of(key, text);
	for (size_t i = 0; i < RECOVERY_TEXT; i++) {
		char was = text[i];

		if (was == '-')
			continue;
		(void)snprintf(group, sizeof(group), "Group %zu ", i / 6 + 1);
		for (size_t k = 0; k < 32; k++) {
			if (alphabet[k] == was)
				continue;
			text[i] = alphabet[k];
			assert_int_equal(parse(text, &back, &e), -1);
			assert_int_equal(e.kind, ERR_INPUT);
			assert_non_null(strstr(e.text, group));
		}
		text[i] = 'U';
		assert_int_equal(parse(text, &back, &e), -1);
		assert_non_null(strstr(e.text, group));
		text[i] = was;
	}
	secret_free(key);
}

static void
swaps_are_always_caught(void **state)
{
	char text[RECOVERY_TEXT + 1], bad[RECOVERY_TEXT + 1];
	struct secret *back;
	struct err e;

	(void)state;
	for (int round = 0; round < 50; round++) {
		struct secret *key = secret_random(RECOVERY_BYTES);

		text_of(key, text);
		/* Any two characters of one group. */
		for (int i = 0; i < RECOVERY_GROUPS * 25; i++) {
			int g = i / 25 * 6, a = i / 5 % 5, b = i % 5;

			memcpy(bad, text, sizeof(bad));
			bad[g + a] = text[g + b];
			bad[g + b] = text[g + a];
			if (text[g + a] != text[g + b])
				assert_int_equal(parse(bad, &back, &e), -1);
		}
		/* Any two groups. */
		for (int i = 0; i < 13 * 13; i++) {
			int a = i / 13, b = i % 13;

			memcpy(bad, text, sizeof(bad));
			memcpy(
			    bad + (ptrdiff_t)a * 6, text + (ptrdiff_t)b * 6, 5);
			memcpy(
			    bad + (ptrdiff_t)b * 6, text + (ptrdiff_t)a * 6, 5);
			if (a != b)
				assert_int_equal(parse(bad, &back, &e), -1);
		}
		secret_free(key);
	}
}

static void
wrong_lengths_are_said(void **state)
{
	struct secret *key = secret_random(RECOVERY_BYTES), *back;
	char text[RECOVERY_TEXT + 1], cut[RECOVERY_TEXT + 2];
	struct err e;

	(void)state;
	text_of(key, text);
	for (size_t n = 0; n < RECOVERY_TEXT; n++) {
		memcpy(cut, text, n);
		cut[n] = '\0';
		assert_int_equal(parse(cut, &back, &e), -1);
		assert_non_null(strstr(e.text, "missing"));
	}
	memcpy(cut, text, RECOVERY_TEXT);
	memcpy(cut + RECOVERY_TEXT, "0", 2);
	assert_int_equal(parse(cut, &back, &e), -1);
	assert_non_null(strstr(e.text, "missing"));
	/* The four bits that 52 characters have too many must be 0: the last
	 * group of the zero key with a 1 in its last place, check made right. */
	assert_int_equal(
	    parse("00000-00001-00002-00003-00004-00005-00006-00007-00008-00009-"
		  "0000A-0000B-0001W",
		&back, &e),
	    -1);
	assert_non_null(strstr(e.text, "Group 13"));
	secret_free(key);
}

static void
asks_for_three_groups_and_checks_them(void **state)
{
	struct secret *key = secret_random(RECOVERY_BYTES);
	struct secret *text = recovery_text(key);
	char plain[RECOVERY_TEXT + 1], low[8];
	bool seen[RECOVERY_GROUPS] = { false };
	int ask[RECOVERY_ASKED];

	(void)state;
	text_of(key, plain);
	for (int i = 0; i < 400; i++) {
		recovery_ask(text, ask, RECOVERY_ASKED);
		assert_true(ask[0] >= 0 && ask[0] < ask[1] && ask[1] < ask[2] &&
			    ask[2] < RECOVERY_GROUPS);
		for (int k = 0; k < RECOVERY_ASKED; k++)
			seen[ask[k]] = true;
	}
	for (int g = 0; g < RECOVERY_GROUPS; g++) {
		const char *p = plain + (ptrdiff_t)g * 6;

		assert_true(seen[g]);
		assert_true(recovery_answer(text, g, p, 5));
		for (int i = 0; i < 5; i++)
			low[i] = p[i] >= 'A' ? (char)(p[i] + 32) : p[i];
		low[5] = ' ';
		assert_true(recovery_answer(text, g, low, 6));
		assert_false(recovery_answer(text, g, p, 4));
		assert_false(recovery_answer(text, g, p, 0));
		low[2] = low[2] == '7' ? '8' : '7';
		assert_false(recovery_answer(text, g, low, 5));
		assert_false(recovery_answer(text, (g + 1) % 13, p, 5));
	}
	assert_false(recovery_answer(text, -1, plain, 5));
	assert_false(recovery_answer(text, 13, plain, 5));
	/* Six characters that begin with the group are not the group. */
	assert_false(recovery_answer(text, 0, "000000", 6));
	secret_free(text);
	secret_free(key);
}

/* A part is longer than a key, so neither is taken for the other. */
static void
parts_are_written_as_keys_are(void **state)
{
	struct secret *key = secret_random(RECOVERY_BYTES), *part[SHARES];
	struct secret *text, *back;
	char plain[RECOVERY_PART_TEXT + 2];
	int ask[RECOVERY_ASKED];
	struct err e;

	(void)state;
	share_split(key, part);
	for (int i = 0; i < SHARES; i++) {
		text = recovery_text(part[i]);
		assert_int_equal(secret_len(text), RECOVERY_PART_TEXT);
		assert_int_equal(recovery_groups(text), RECOVERY_PART_GROUPS);
		assert_int_equal(recovery_parse(text, &back, &e), 0);
		assert_true(secret_eq(back, part[i]));
		secret_free(back);
		recovery_ask(text, ask, RECOVERY_ASKED);
		assert_true(ask[2] < RECOVERY_PART_GROUPS);
		memcpy(plain, secret_open(text), RECOVERY_PART_TEXT);
		secret_close(text);
		plain[RECOVERY_PART_TEXT] = '\0';
		assert_true(recovery_answer(text, 13,
		    plain + RECOVERY_PART_TEXT - RECOVERY_GROUP,
		    RECOVERY_GROUP));
		for (size_t n = RECOVERY_TEXT + 1; n < RECOVERY_PART_TEXT;
		     n++) {
			plain[n] = '\0';
			/* A key and its end are no key. */
			if (parse(plain, &back, &e) == 0)
				fail_msg("%zu characters are a key", n);
			memcpy(plain, secret_open(text), RECOVERY_PART_TEXT);
			secret_close(text);
		}
		memcpy(plain + RECOVERY_PART_TEXT, "0", 2);
		assert_int_equal(parse(plain, &back, &e), -1);
		assert_non_null(strstr(e.text, "longer"));
		secret_free(text);
	}
	for (int i = 0; i < SHARES; i++)
		secret_free(part[i]);
	secret_free(key);
}

/* By chance alone one part in sixteen would begin with what is a whole key. */
static void
a_part_cut_short_is_never_a_key(void **state)
{
	struct secret *key, *part[SHARES], *text, *back;
	char plain[RECOVERY_PART_TEXT + 1];
	struct err e;

	(void)state;
	for (int n = 0; n < 100; n++) {
		key = secret_random(RECOVERY_BYTES);
		share_split(key, part);
		for (int i = 0; i < SHARES; i++) {
			text = recovery_text(part[i]);
			memcpy(plain, secret_open(text), RECOVERY_TEXT);
			secret_close(text);
			plain[RECOVERY_TEXT] = '\0';
			assert_int_equal(parse(plain, &back, &e), -1);
			assert_non_null(strstr(e.text, "Group 1 "));
			secret_free(text);
			secret_free(part[i]);
		}
		secret_free(key);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comes_back_as_it_was),
		cmocka_unit_test(looks_as_described),
		cmocka_unit_test(typing_habits_do_not_matter),
		cmocka_unit_test(one_wrong_character_is_always_caught),
		cmocka_unit_test(swaps_are_always_caught),
		cmocka_unit_test(wrong_lengths_are_said),
		cmocka_unit_test(asks_for_three_groups_and_checks_them),
		cmocka_unit_test(parts_are_written_as_keys_are),
		cmocka_unit_test(a_part_cut_short_is_never_a_key),
	};
	struct err e;

	if (vault_init(&e) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
