/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cli/json.h"

static void
strings(void **state)
{
	static const char *const cases[][2] = { { "", "\"\"" },
		{ "plain", "\"plain\"" },
		{ "a \"b\" \\c", "\"a \\\"b\\\" \\\\c\"" },
		{ "line\nend\t\x01\x7f",
		    "\"line\\u000aend\\u0009\\u0001\\u007f\"" },
		{ "නෙළුම්", "\"නෙළුම්\"" } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = NULL;
		size_t n = 0;
		FILE *f = open_memstream(&text, &n);

		assert_non_null(f);
		json_string(f, cases[i][0]);
		assert_int_equal(fclose(f), 0);
		assert_string_equal(text, cases[i][1]);
		free(text);
	}
}

static void
members(void **state)
{
	char *text = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);

	(void)state;
	assert_non_null(f);
	json_member(f, true, "login", "amina");
	json_member(f, false, "role", "case\"worker");
	assert_int_equal(fclose(f), 0);
	assert_string_equal(
	    text, "\"login\": \"amina\", \"role\": \"case\\\"worker\"");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(strings),
		cmocka_unit_test(members) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
