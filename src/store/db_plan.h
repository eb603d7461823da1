/* SPDX-License-Identifier: ISC */
/*
 * For test builds (AMPARO_TEST) with AMPARO_PLANS=check in the environment: a
 * statement that reads a table from end to end, of those that grow with the
 * cases, ends the program and is named.
 */
#ifndef AMPARO_STORE_DB_PLAN_H
#define AMPARO_STORE_DB_PLAN_H

#include "store/db.h"

/* Written into a statement that is meant to and runs once in a long while. */
#define PLAN_WHOLE "/* the whole table */"

/* Does this step of EXPLAIN QUERY PLAN for sql do so? */
bool plan_walks(const char *sql, const char *step);

/* Look at the plan of a statement that is about to be prepared. */
void db_plan_check(struct db *, const char *sql);

#endif
