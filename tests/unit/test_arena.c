/* SPDX-License-Identifier: ISC */
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"

static void
memory_is_zeroed_and_aligned(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t n = 0; n < 300; n++) {
		unsigned char *p = arena_alloc(&a, n, 3);

		assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
		for (size_t i = 0; i < 3 * n; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, 3 * n);
	}
	arena_done(&a);
	arena_done(&a);
}

static void
pieces_do_not_touch(void **state)
{
	unsigned char *piece[200];
	struct arena a;

	(void)state;
	arena_init(&a);
	/* Small ones and ones larger than a block by turns. */
	for (int i = 0; i < 200; i++) {
		size_t n = i % 7 == 0 ? 20000 : 50;

		piece[i] = arena_alloc(&a, n, 1);
		memset(piece[i], i, n);
	}
	for (int i = 0; i < 200; i++) {
		size_t n = i % 7 == 0 ? 20000 : 50;

		for (size_t j = 0; j < n; j++)
			assert_int_equal(piece[i][j], i);
	}
	arena_reset(&a);
	assert_string_equal(arena_str(&a, "after"), "after");
	arena_done(&a);
}

static void
strings_are_copied(void **state)
{
	char source[] = "name";
	struct arena a;
	char *s;

	(void)state;
	arena_init(&a);
	s = arena_str(&a, source);
	source[0] = 'x';
	assert_string_equal(s, "name");
	assert_string_equal(arena_str(&a, NULL), "");
	assert_string_equal(arena_strn(&a, "abcdef", 3), "abc");
	assert_string_equal(arena_strn(&a, NULL, 0), "");
	assert_string_equal(arena_printf(&a, "%d-%s", 12, "x"), "12-x");
	s = arena_printf(&a, "%*d", 30000, 1);
	assert_int_equal(strlen(s), 30000);
	arena_done(&a);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_and_aligned),
		cmocka_unit_test(pieces_do_not_touch),
		cmocka_unit_test(strings_are_copied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
