/* SPDX-License-Identifier: ISC */
/* What the lists' rows look like inside: for queue_*.c alone. */
#ifndef AMPARO_STORE_QUEUE_INSIDE_H
#define AMPARO_STORE_QUEUE_INSIDE_H

#include "base/buf.h"
#include "store/queue.h"
#include "store/tx.h"

#define QUEUE_RANK_NONE 99
#define QUEUE_DUE_NONE INT64_MAX

/* Kinds of counter in tally. */
enum tally_what {
	TALLY_OPEN = 1,
	TALLY_CLOSED = 2,
	TALLY_DUE = 3, /* on a local day */
	TALLY_MINUTE = 4 /* in a minute since 1970 */
};

/* The lane of an owner, or of a branch's cases that are nobody's yet; in b. */
struct val queue_lane(
    const struct uid *owner, const char *branch, struct buf *b);

/*
 * Where the rows of a view are for this person: one strand for their own
 * lane, for a branch, or for each branch.  key is what "lane" or "branch" of
 * the table must equal, tally the lane of its counters.
 */
struct strand_key {
	bool by_lane; /* key is of column lane, else of branch */
	const char *key; /* in the arena */
	size_t key_len;
	const char *tally;
	size_t tally_len;
};
struct strand_keys {
	struct strand_key *list;
	size_t n;
};
/* ERR_DENIED where this person may not see such a list at all. */
int queue_strands(struct tx *, enum queue_view, struct arena *,
    struct strand_keys *) MUST_USE;

/* The due times a view is about: due_key >= from and <= to. */
void queue_bounds(enum queue_view, int64_t now, int64_t *from, int64_t *to);
#define QUEUE_WEEK_DAYS 7

#endif
