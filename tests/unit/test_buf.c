/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"

static void
it_is_a_string_from_the_start(void **state)
{
	struct buf b;
	char *s;

	(void)state;
	buf_init(&b);
	assert_string_equal(b.data, "");
	assert_int_equal(b.len, 0);
	buf_add(&b, NULL, 0);
	buf_add_str(&b, "");
	buf_clear(&b);
	buf_splice(&b, 0, 0, "", 0);
	assert_string_equal(b.data, "");
	s = buf_detach(&b);
	assert_string_equal(s, "");
	free(s);
	buf_done(&b);
	buf_done(&b);
}

static void
it_grows(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	for (int i = 0; i < 10000; i++) {
		buf_add_char(&b, (char)('a' + i % 26));
		assert_int_equal(b.data[b.len], '\0');
	}
	assert_int_equal(b.len, 10000);
	for (int i = 0; i < 10000; i++)
		assert_int_equal(b.data[i], 'a' + i % 26);
	buf_addf(&b, "%s%05d", "x", 42);
	assert_string_equal(b.data + 10000, "x00042");
	buf_addf(&b, "%s", "");
	assert_int_equal(b.len, 10006);
	buf_done(&b);
	assert_string_equal(b.data, "");
}

static void
it_can_be_edited_anywhere(void **state)
{
	static const struct {
		const char *before;
		size_t at, del;
		const char *src, *after;
	} rows[] = {
		{ "", 0, 0, "abc", "abc" },
		{ "abc", 0, 0, "x", "xabc" },
		{ "abc", 3, 0, "x", "abcx" },
		{ "abc", 1, 1, "", "ac" },
		{ "abc", 0, 3, "", "" },
		{ "abc", 1, 2, "xyzuvw", "axyzuvw" },
		{ "abc", 0, 1, "z", "zbc" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf b;

		buf_init(&b);
		buf_add_str(&b, rows[i].before);
		buf_splice(&b, rows[i].at, rows[i].del, rows[i].src,
		    strlen(rows[i].src));
		assert_string_equal(b.data, rows[i].after);
		assert_int_equal(b.len, strlen(rows[i].after));
		buf_done(&b);
	}
}

static void
what_is_deleted_or_cleared_is_wiped(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	buf_add_str(&b, "keep secret");
	buf_splice(&b, 4, 7, NULL, 0);
	for (size_t i = 4; i < 12; i++)
		assert_int_equal(b.data[i], 0);
	buf_clear(&b);
	for (size_t i = 0; i < b.cap; i++)
		assert_int_equal(b.data[i], 0);
	assert_int_equal(b.len, 0);
	buf_done(&b);
}

static void
numbers_are_little_endian_and_come_back(void **state)
{
	static const unsigned char want[] = { 0xfe, 0x04, 0x03, 0x02, 0x01, 8,
		7, 6, 5, 4, 3, 2, 1, 3, 0, 0, 0, 'a', 0, 'b', 0, 0, 0, 0 };
	const uint8_t *p;
	struct reader r;
	struct buf b;
	uint64_t u64;
	uint32_t u32;
	uint8_t u8;
	size_t len;

	(void)state;
	buf_init(&b);
	buf_add_u8(&b, 0xfe);
	buf_add_u32(&b, 0x01020304);
	buf_add_u64(&b, UINT64_C(0x0102030405060708));
	buf_add_bytes(&b, "a\0b", 3);
	buf_add_bytes(&b, NULL, 0);
	assert_int_equal(b.len, sizeof(want));
	assert_memory_equal(b.data, want, sizeof(want));
	reader_init(&r, b.data, b.len);
	assert_int_equal(reader_u8(&r, &u8), 0);
	assert_int_equal(u8, 0xfe);
	assert_int_equal(reader_u32(&r, &u32), 0);
	assert_int_equal(u32, 0x01020304);
	assert_int_equal(reader_u64(&r, &u64), 0);
	assert_true(u64 == UINT64_C(0x0102030405060708));
	assert_int_equal(reader_bytes(&r, &p, &len), 0);
	assert_int_equal(len, 3);
	assert_memory_equal(p, "a\0b", 3);
	assert_int_equal(reader_bytes(&r, &p, &len), 0);
	assert_int_equal(len, 0);
	assert_int_equal(r.left, 0);
	assert_int_equal(r.failed, 0);
	assert_int_equal(reader_u8(&r, &u8), -1);
	assert_int_equal(r.failed, 1);
	buf_done(&b);
}

/* Cut anywhere, a record fails and stays failed. */
static void
a_cut_record_never_reads_past_its_end(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	buf_add_u32(&b, 1);
	buf_add_bytes(&b, "hello", 5);
	buf_add_u64(&b, 2);
	for (size_t cut = 0; cut < b.len; cut++) {
		/* A copy of just that size, so that a sanitizer sees more. */
		uint8_t *part = malloc(cut + 1);
		const uint8_t *p;
		struct reader r;
		uint64_t u64;
		uint32_t u32;
		size_t len;

		assert_non_null(part);
		memcpy(part, b.data, cut);
		reader_init(&r, part, cut);
		(void)reader_u32(&r, &u32);
		(void)reader_bytes(&r, &p, &len);
		assert_int_equal(reader_u64(&r, &u64), -1);
		assert_int_equal(r.failed, 1);
		assert_int_equal(reader_u32(&r, &u32), -1);
		free(part);
	}
	buf_done(&b);
}

static void
a_lying_length_is_refused(void **state)
{
	static const uint8_t lie[] = { 0xff, 0xff, 0xff, 0xff, 'x' };
	const uint8_t *p = lie;
	struct reader r;
	size_t len = 9;

	(void)state;
	reader_init(&r, lie, sizeof(lie));
	assert_int_equal(reader_bytes(&r, &p, &len), -1);
	assert_null(p);
	assert_int_equal(len, 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_a_string_from_the_start),
		cmocka_unit_test(it_grows),
		cmocka_unit_test(it_can_be_edited_anywhere),
		cmocka_unit_test(what_is_deleted_or_cleared_is_wiped),
		cmocka_unit_test(numbers_are_little_endian_and_come_back),
		cmocka_unit_test(a_cut_record_never_reads_past_its_end),
		cmocka_unit_test(a_lying_length_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
