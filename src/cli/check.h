/* SPDX-License-Identifier: ISC */
/*
 * amparo check: is a configuration whole, and is anything in it old?
 * Problems stop the program from starting; warnings do not.
 */
#ifndef AMPARO_CLI_CHECK_H
#define AMPARO_CLI_CHECK_H

#include "cli/cli.h"
#include "config/society.h"

/*
 * Add what only shows with a clock or with the rules at hand: numbers and
 * recipients due for another look on this day (rules/timers.h), scripts that
 * are not approved, no holidays left (warnings); grants behind the fence of
 * rules/access.h (problems).  Each with the file and the line of what it is
 * about.
 */
void check_more(const struct society *, int64_t today, struct problems *);

/* The list for people ("file:line: text") or programs (one JSON object). */
void check_write(FILE *, const struct problems *);
void check_write_json(FILE *, const char *file, const struct problems *);

/* The command: 0 nothing wrong, 1 problems, 2 usage. */
int cli_check(const struct cli *, int argc, char **argv);

#endif
