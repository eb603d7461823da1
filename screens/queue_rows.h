/* SPDX-License-Identifier: ISC */
/*
 * The part of a queue that is in memory: a few pages that move over a million
 * rows, so that any view costs the same.  Each page has an arena of its own
 * and is wiped when it is left behind.
 */
#ifndef AMPARO_QUEUE_ROWS_H
#define AMPARO_QUEUE_ROWS_H

#include "base/arena.h"
#include "store/queue.h"
#include "ui/list.h"

/* Three pages: the cursor's and one to either side.  Together they can be read
 * again by one queue_page(), which gives 200 rows at most. */
#define QUEUE_PAGE_ROWS 60
#define QUEUE_PAGES 3

struct queue_rows {
	struct session *session;
	enum queue_view view;
	enum queue_sort sort;
	const struct queue_sieve *sieve; /* NULL: all rows */
	bool cut; /* the filter stopped looking before the end */
	struct {
		struct arena arena;
		struct queue_page page;
	} pages[QUEUE_PAGES];
	size_t n;
};

void queue_rows_init(struct queue_rows *, struct session *);
void queue_rows_done(struct queue_rows *); /* wipes */

size_t queue_rows_count(const struct queue_rows *);
const struct queue_row *queue_rows_at(const struct queue_rows *, size_t);
/* There are more rows than those in memory. */
bool queue_rows_more(const struct queue_rows *);

/* As list_source.load().  On failure the rows stay as they were. */
int queue_rows_load(struct queue_rows *, enum list_way, struct err *) MUST_USE;
/* The same stretch of rows as it is now: from the row before the first one in
 * memory, so that what came and went is seen. */
int queue_rows_again(struct queue_rows *, struct err *) MUST_USE;

#endif
