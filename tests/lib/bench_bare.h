/* SPDX-License-Identifier: ISC */
/*
 * What the bare engine does for the same work: plain statements on a
 * connection of its own, with the same key, pragmas and writers' lock, and
 * nothing of ours around them: no right asked, no event, no signature, no
 * anchor, no words cleaned.
 */
#ifndef AMPARO_TESTS_BENCH_BARE_H
#define AMPARO_TESTS_BENCH_BARE_H

#include "bench_kit.h"
#include "store/queue.h"

/* A page of a list, after the mark where it is set: one statement on the index
 * that covers it, by risk one for each of so many ranks until it is full; the
 * number of rows. */
size_t bare_queue(struct db *, enum queue_view, enum queue_sort,
    const struct user *, int64_t now, const struct queue_mark *, int64_t ranks);
/* A mark somewhere inside a list; false when the list is empty there. */
bool bare_deep(struct db *, enum queue_view, enum queue_sort,
    const struct user *, int64_t now, uint64_t *dice, struct queue_mark *);
/* The counts of six lists from whole-day counters. */
void bare_counts(struct db *, const struct user *, int64_t now);
/* Every row of a case and its last fifty events. */
size_t bare_case(struct db *, const struct uid *);
/* Bearers of one key of a name. */
size_t bare_key(struct db *, int kind, const char *text);

/*
 * A durable commit of about as many pages as the work it stands beside, at
 * places as random; it leaves the records as they are but for times of change
 * and rows of the empty exchange table, which bare_tidy() removes.
 * BARE_EVENT: what recording one read changes; BARE_NOTE: a note.
 */
enum bare_commit { BARE_EVENT, BARE_NOTE };
void bare_commit(
    struct session *, struct db *, enum bare_commit, const struct uid *);
void bare_tidy(struct session *, struct db *);

/* What waits for somebody: a page of each kind, and the counters. */
void bare_today(struct db *, const struct user *);
/* The oldest case of this person; one at a random place. */
struct uid bare_first_case(struct db *, const struct uid *owner);
struct uid bare_any_case(struct db *, const struct uid *owner, uint64_t *dice);

#endif
