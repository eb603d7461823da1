/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "queue_rows.h"

#include "base/err.h"

/* queue_page() gives no more. */
#define ROWS_MAX 200

void
queue_rows_init(struct queue_rows *rows, struct session *session)
{
	memset(rows, 0, sizeof(*rows));
	rows->session = session;
}

void
queue_rows_done(struct queue_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		arena_done(&rows->pages[i].arena);
	rows->n = 0;
}

size_t
queue_rows_count(const struct queue_rows *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++)
		n += rows->pages[i].page.n;
	return n;
}

const struct queue_row *
queue_rows_at(const struct queue_rows *rows, size_t at)
{
	size_t i = 0;

	while (at >= rows->pages[i].page.n)
		at -= rows->pages[i++].page.n;
	return &rows->pages[i].page.rows[at];
}

bool
queue_rows_more(const struct queue_rows *rows)
{
	return rows->n > 0 && (rows->pages[0].page.more_before ||
				  rows->pages[rows->n - 1].page.more_after);
}

static int
read_page(struct queue_rows *rows, const struct queue_mark *mark,
    bool backwards, size_t n, struct arena *arena, struct queue_page *page,
    struct err *err)
{
	bool cut = false;

	arena_init(arena);
	if (queue_page(rows->session, rows->view, rows->sort, mark, backwards,
		n, rows->sieve, arena, page, &cut, err) != 0) {
		arena_done(arena);
		return -1;
	}
	rows->cut = cut;
	return 0;
}

/* Put a page at one end; the one at the other end makes room. */
static void
keep_page(struct queue_rows *rows, const struct arena *arena,
    const struct queue_page *page, bool front)
{
	const size_t size = sizeof(rows->pages[0]);
	size_t at;

	if (rows->n == QUEUE_PAGES) {
		rows->n--;
		if (front) {
			arena_done(&rows->pages[rows->n].arena);
		} else {
			arena_done(&rows->pages[0].arena);
			memmove(rows->pages, rows->pages + 1, rows->n * size);
		}
	}
	if (front)
		memmove(rows->pages + 1, rows->pages, rows->n * size);
	at = front ? 0 : rows->n;
	rows->pages[at].arena = *arena;
	rows->pages[at].page = *page;
	rows->n++;
}

/* Start anew with the page from a mark. */
static int
start_at(struct queue_rows *rows, const struct queue_mark *mark, bool backwards,
    size_t n, struct err *err)
{
	struct arena arena;
	struct queue_page page;

	if (read_page(rows, mark, backwards, n, &arena, &page, err) != 0)
		return -1;
	queue_rows_done(rows);
	keep_page(rows, &arena, &page, false);
	return 1;
}

static int
go_on(struct queue_rows *rows, bool front, struct err *err)
{
	const struct queue_page *end =
	    &rows->pages[front ? 0 : rows->n - 1].page;
	struct queue_mark mark = front ? end->first : end->last;
	struct arena arena;
	struct queue_page page;

	if (!(front ? end->more_before : end->more_after))
		return 0;
	if (read_page(
		rows, &mark, front, QUEUE_PAGE_ROWS, &arena, &page, err) != 0)
		return -1;
	if (page.n == 0) {
		arena_done(&arena);
		return 0;
	}
	keep_page(rows, &arena, &page, front);
	return 1;
}

int
queue_rows_load(struct queue_rows *rows, enum list_way way, struct err *err)
{
	const struct queue_mark none = { .set = false };

	switch (way) {
	case LIST_AFTER:
	case LIST_BEFORE:
		return rows->n == 0 ? 0 : go_on(rows, way == LIST_BEFORE, err);
	case LIST_FIRST:
	case LIST_LAST:
		break;
	}
	return start_at(rows, &none, way == LIST_LAST, QUEUE_PAGE_ROWS, err);
}

int
queue_rows_again(struct queue_rows *rows, struct err *err)
{
	struct queue_mark mark = { .set = false };
	size_t n = queue_rows_count(rows) + QUEUE_PAGE_ROWS / 3;
	struct arena arena;
	struct queue_page before;

	if (n > ROWS_MAX)
		n = ROWS_MAX;
	if (rows->n > 0 && rows->pages[0].page.more_before) {
		mark = rows->pages[0].page.first;
		if (read_page(rows, &mark, true, 1, &arena, &before, err) != 0)
			return -1;
		mark = (struct queue_mark){ .set = false };
		if (before.n > 0)
			mark = before.first;
		arena_done(&arena);
	}
	return start_at(rows, &mark, false, n, err) < 0 ? -1 : 0;
}
