/* SPDX-License-Identifier: ISC */
/*
 * No statement of the interface may walk through a table that grows with the
 * cases: with ten of them nobody notices, with a million each save takes
 * seconds.  In test builds every statement's plan is looked at when it is
 * prepared, where the tests of the screens ask for it (AMPARO_PLANS=check).
 */
#include "store/db_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* These have a row for each colleague, setting or day, not for each case. */
static const char *const small[] = { "colleague", "sign_key", "meta", "node",
	"tally", "agenda_tally", "sqlite_master", "sqlite_schema" };

/* Is name a table, or an alias of one, of these; or a part of the statement. */
static bool
is_small(const char *sql, const char *name)
{
	char words[160];

	if (strchr("(0123456789", name[0]) != NULL ||
	    strcmp(name, "CONSTANT") == 0)
		return true;
	(void)snprintf(words, sizeof(words), ") %s", name);
	if (strstr(sql, words) != NULL)
		return true;
	for (size_t i = 0; i < sizeof(small) / sizeof(small[0]); i++) {
		(void)snprintf(words, sizeof(words), "%s %s", small[i], name);
		if (strcmp(name, small[i]) == 0 || strstr(sql, words) != NULL)
			return true;
	}
	return false;
}

bool
plan_walks(const char *sql, const char *step)
{
	char name[96];

	if (strstr(sql, PLAN_WHOLE) != NULL ||
	    sscanf(step, "SCAN %95s", name) != 1 || is_small(sql, name))
		return false;
	/* In order, and no further than some rows. */
	return strstr(sql, " LIMIT ") == NULL ||
	       (strstr(step, " USING ") == NULL &&
		   strstr(sql, "ORDER BY seq DESC LIMIT") == NULL);
}

void
db_plan_check(struct db *db, const char *sql)
{
	static const char explain[] = "EXPLAIN QUERY PLAN ";
	const char *asked = getenv("AMPARO_PLANS");
	char words[8192];
	sqlite3_stmt *st;

	if (asked == NULL || strcmp(asked, "check") != 0)
		return;
	if ((size_t)snprintf(words, sizeof(words), "%s%s", explain, sql) >=
	    sizeof(words))
		die("a statement of more than %zu bytes", sizeof(words));
	if (sqlite3_prepare_v2(db->h, words, -1, &st, NULL) != SQLITE_OK)
		return;
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *step = (const char *)sqlite3_column_text(st, 3);

		if (plan_walks(sql, step))
			die("a statement walks through a whole table: %s: %s",
			    step, sql);
	}
	(void)sqlite3_finalize(st);
}
