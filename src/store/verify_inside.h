/* SPDX-License-Identifier: ISC */
/* Shared by verify*.c. */
#ifndef AMPARO_STORE_VERIFY_INSIDE_H
#define AMPARO_STORE_VERIFY_INSIDE_H

#include "store/db.h"
#include "store/vaultcare.h"

struct check {
	struct session *s;
	struct arena *arena;
	struct findings found;
	size_t cap;
};
/* One line of what was found, translated: plain sentence, codes and numbers
 * only.  bad: something is wrong. */
void finding_add(struct check *, bool bad, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Rows of lists against cases, counters against rows. */
void check_counts(struct check *);
/* Is there what the record says was written? */
void check_written(struct check *, struct db *);
/* What one database says of the other. */
void check_orphans(struct check *, struct db *identity);

#endif
