/* SPDX-License-Identifier: ISC */
/* Fictional cases for the demo vault. */
#ifndef AMPARO_CLI_DEMO_FILL_H
#define AMPARO_CLI_DEMO_FILL_H

#include <stddef.h>
#include <stdint.h>

#include "store/session.h"

/* A caseworker and who decides in the same branch. */
struct demo_worker {
	struct session *worker, *decides;
};

/*
 * Save n cases through the workers' sessions (at least one), the same for the
 * same seed but for keys, codes and times.  Up to a few hundred are made one
 * by one as people would, and go on from there (cli/demo_course.h); more are
 * added in batches (store/bulk.h), which leaves out what takes a screen.
 */
int demo_fill(const struct society *, const struct demo_worker *workers,
    size_t n_workers, uint64_t n, uint64_t seed, struct err *) MUST_USE;

#endif
