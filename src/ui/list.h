/* SPDX-License-Identifier: ISC */
/*
 * A list with a cursor: rows come from callbacks, so that a list over a
 * million records holds one page.  The selection is light, a marker and the
 * emphasised code, because a whole row in reverse costs 190 bytes a move.
 *
 * The cursor stands on a record, not on a number: when rows come, go or are
 * read again it stays on the record with the same key.
 */
#ifndef AMPARO_UI_LIST_H
#define AMPARO_UI_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/id.h"
#include "ui/canvas.h"
#include "ui/key.h"

enum list_align { LIST_LEFT, LIST_RIGHT };

struct list_column {
	const char *title; /* N_(); "" for none */
	int min, ideal; /* cells; a column narrower than min is dropped */
	int priority; /* the lowest is dropped first; 0 is never dropped */
	enum list_align align;
	bool grow; /* takes what is left over (one column of a list) */
	bool mark; /* emphasised on the selected row: the code */
};

struct list_cell {
	const char *text; /* good until the next call; NULL: empty */
	enum element style;
};

/* Which rows to have in memory next. */
enum list_way { LIST_AFTER, LIST_BEFORE, LIST_FIRST, LIST_LAST };

struct list_source {
	void *ctx;
	/* Rows in memory now. */
	size_t (*count)(const void *ctx);
	/* Fill one cell of row i (column c of the table). */
	void (*cell)(const void *ctx, size_t i, size_t c, struct list_cell *);
	/* The record's key.  May be NULL: the cursor then keeps its number. */
	struct uid (*key)(const void *ctx, size_t i);
	/*
	 * Read more: append after the last row (LIST_AFTER), put before the
	 * first (LIST_BEFORE), start at either end (LIST_FIRST, LIST_LAST).
	 * Rows at the other end may be dropped.  Returns 1 when rows changed,
	 * 0 when there are none that way, -1 on failure.  Called from
	 * list_key() only, never while drawing.  May be NULL: all are here.
	 */
	int (*load)(void *ctx, enum list_way, struct err *);
	/* A heading between rows: its text; NULL for an ordinary row.  The
	 * cursor skips headings.  May be NULL. */
	const char *(*heading)(const void *ctx, size_t i);
};

struct list {
	const struct list_column *columns;
	size_t n_columns;
	struct list_source source;
	const char *empty; /* N_(): shown when there are no rows */
	bool no_titles; /* no line of column titles */
	size_t cursor; /* row in memory */
	struct uid at; /* key of that row */
	int line; /* screen line of the cursor, from the first row's */
	int height; /* rows when it was last drawn; for PgDn */
	/* Remembered by list_remember(). */
	struct uid kept;
	int kept_line;
};

/* The tables are kept, not copied.  The cursor is on the first row. */
void list_init(struct list *, const struct list_column *, size_t n,
    const struct list_source *);
/* The rows changed: find the record again; if it is gone, the row that took
 * its place. */
void list_reload(struct list *);
/* Put the cursor on a record; false when it is not in memory. */
bool list_select(struct list *, const struct uid *);
/* The cursor's row; false when there is none. */
bool list_current(const struct list *, size_t *row);
/* Before and after a filter: note where the cursor is, and go back there. */
void list_remember(struct list *);
void list_return(struct list *);

enum list_result {
	LIST_PASS, /* not a key of lists */
	LIST_STAY, /* moved, or could not */
	LIST_OPEN /* Enter on a row */
};
/*
 * Up, Down, j, k, PgUp, PgDn, Home, End, G and Enter ("g" is the program's
 * jump).  Reads more rows when the cursor nears an end; a failure is in err
 * and the cursor stays.
 */
enum list_result list_key(struct list *, const struct key *, struct err *);

/*
 * Draw titles and rows on the whole canvas and put the hardware cursor on the
 * selected row.  Changes only what drawing must remember: height and line.
 */
void list_draw(struct list *, struct canvas *);

/*
 * The widths columns get in that many cells: width[c] is 0 for a dropped one.
 * One cell stands between columns; the marker's two cells are not counted in
 * cols.  For lists that draw themselves, and tests.
 */
void list_widths(const struct list_column *, size_t n, int cols, int *width);

#endif
