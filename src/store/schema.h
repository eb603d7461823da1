/* SPDX-License-Identifier: ISC */
/*
 * The numbered migrations, compiled in from src/store/schema in name order.
 * "cases-NNN-words" belongs to cases.db, "identity-NNN-words" to identity.db.
 * A released migration is never edited; a change is a new number.
 */
#ifndef AMPARO_STORE_SCHEMA_H
#define AMPARO_STORE_SCHEMA_H

#include <stddef.h>

struct migration {
	const char *name;
	const char *sql;
};
extern const struct migration migrations[];
extern const size_t n_migrations;

#endif
