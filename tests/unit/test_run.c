/* SPDX-License-Identifier: ISC */
/* The words that tests/run.sh closes with: what was left out is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* A tree with one program that says what a cmocka group says. */
static const char script[] =
    "d=$(mktemp -d) && cd \"$d\" || exit 9; trap 'rm -rf \"$d\"' EXIT\n"
    "mkdir -p tests/unit build/san/unit && touch tests/unit/test_a.c\n"
    "cat >build/san/unit/test_a <<'END'\n"
    "#!/bin/sh\n"
    "echo '[ RUN      ] one'; echo '[       OK ] one'\n"
    "echo '[ RUN      ] two'; echo 'may not mount here'\n"
    "echo '[  SKIPPED ] two'\n"
    "echo '[ RUN      ] three'; echo '[  SKIPPED ] three'\n"
    "echo '[  SKIPPED ] 2 test(s), listed below:'\n"
    "echo '[  SKIPPED ] two'; echo '[  SKIPPED ] three'\n"
    "END\n"
    "chmod +x build/san/unit/test_a\n"
    "sh \"$AMPARO_SOURCE/tests/run.sh\" build unit\n";

static void
what_was_left_out_is_named(void **state)
{
	char said[2048];
	size_t n;
	FILE *f;

	(void)state;
	assert_non_null(getenv("AMPARO_SOURCE"));
	f = popen(script, "r");
	assert_non_null(f);
	n = fread(said, 1, sizeof(said) - 1, f);
	said[n] = '\0';
	assert_int_equal(pclose(f), 0);
	assert_non_null(strstr(said, "left out: two: may not mount here\n"));
	assert_non_null(strstr(said, "left out: three: no reason said\n"));
	assert_non_null(strstr(said, "2 left out, named above\n"));
	assert_non_null(strstr(said, "\n1 passed, 0 failed\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(
	    what_was_left_out_is_named) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
