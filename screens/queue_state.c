/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "queue_state.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "store/alone.h"

const struct queue_rows *
queue_rows_of(const struct queue_state *s)
{
	return filter_active(&s->filter) ? &s->narrowed : &s->all;
}

const struct queue_row *
queue_view_current(const struct queue_state *s)
{
	size_t at;

	if (!list_current(&s->list, &at))
		return NULL;
	return queue_rows_at(queue_rows_of(s), at);
}

/* --- what the list asks --------------------------------------------------- */

static size_t
row_count(const void *ctx)
{
	return queue_rows_count(queue_rows_of(ctx));
}

static struct uid
row_key(const void *ctx, size_t i)
{
	return queue_rows_at(queue_rows_of(ctx), i)->uid;
}

static void
row_cell(const void *ctx, size_t i, size_t column, struct list_cell *cell)
{
	const struct queue_state *s = ctx;

	queue_cell(s->v, queue_rows_at(queue_rows_of(s), i), column,
	    s->risk_cells, s->cell, cell);
}

static int
row_load(void *ctx, enum list_way way, struct err *err)
{
	struct queue_state *s = ctx;

	return queue_rows_load(
	    filter_active(&s->filter) ? &s->narrowed : &s->all, way, err);
}

/* --- reading -------------------------------------------------------------- */

/* The list from its first row. */
static void
to_top(struct queue_state *s)
{
	const struct queue_rows *rows = queue_rows_of(s);

	s->list.cursor = 0;
	s->list.line = 0;
	memset(&s->list.at, 0, sizeof(s->list.at));
	if (queue_rows_count(rows) > 0)
		s->list.at = queue_rows_at(rows, 0)->uid;
	list_reload(&s->list);
}

/* What an empty list says: what to press. */
static void
set_empty(struct queue_state *s)
{
	bool meets = session_may(app_session(s->v), PERM_CONTACT);

	for (size_t i = 0; i < QUEUE_VIEWS; i++)
		if (queue_tabs[i].view == s->view)
			s->list.empty = !meets && queue_tabs[i].reading != NULL
					    ? queue_tabs[i].reading
					    : queue_tabs[i].empty;
	if (filter_active(&s->filter))
		s->list.empty = N_("Nothing here matches; Esc shows all.");
}

static int
read_counts(struct queue_state *s, struct err *err)
{
	struct session *session = app_session(s->v);

	s->alone = (struct alone_count){ .n = 0 };
	if (queue_counts(session, s->counts, err) != 0)
		return -1;
	return session_may(session, PERM_CASE_READ)
		   ? alone_waiting(session, &s->alone, err)
		   : 0;
}

int
queue_view_read(
    struct view *v, enum queue_view view, enum queue_sort sort, struct err *err)
{
	struct queue_state *s = v->state;

	filter_clear(&s->filter);
	s->view = s->all.view = s->narrowed.view = view;
	s->sort = s->all.sort = s->narrowed.sort = sort;
	v->route.arg = (int)view + 1; /* where a lock comes back to */
	s->list.n_columns = queue_columns_of(view);
	set_empty(s);
	if (queue_rows_load(&s->all, LIST_FIRST, err) < 0 ||
	    read_counts(s, err) != 0)
		return -1;
	to_top(s);
	return 0;
}

enum queue_sort
queue_next_sort(enum queue_view view, enum queue_sort sort)
{
	unsigned sorts = queue_sorts(view);

	for (unsigned i = 1; i <= QUEUE_SORTS; i++) {
		unsigned next = ((unsigned)sort + i) % QUEUE_SORTS;

		if ((sorts & 1u << next) != 0)
			return (enum queue_sort)next;
	}
	return sort;
}

/* Workers begin with their own cases; who has none and oversees others, with
 * the branch's. */
static enum queue_view
first_view(const struct view *v, int arg)
{
	const struct queue_state *s = v->state;
	bool worker = session_user(app_session(v))->role == ROLE_CASEWORKER;

	if (arg > 0 && arg <= QUEUE_VIEWS && s->counts[arg - 1] >= 0)
		return (enum queue_view)(arg - 1);
	if (s->counts[QUEUE_MINE] > 0 || (worker && s->counts[QUEUE_MINE] == 0))
		return QUEUE_MINE;
	if (s->counts[QUEUE_BRANCH] >= 0)
		return QUEUE_BRANCH;
	for (size_t i = 0; i < QUEUE_VIEWS; i++)
		if (s->counts[queue_tabs[i].view] >= 0)
			return queue_tabs[i].view;
	return QUEUE_MINE;
}

/*
 * What is seen is what is found: the words of every column, whether this
 * window shows it or not, and the code without its dashes.
 */
static bool
row_keeps(const void *ctx, const struct queue_row *row)
{
	const struct queue_state *s = ctx;
	char shown[QUEUE_CELL];
	struct list_cell cell;
	struct buf face;
	bool keeps;

	buf_init(&face);
	for (size_t i = 0; i < queue_columns_of(QUEUE_BRANCH); i++) {
		queue_cell(s->v, row, i, queue_columns[0].ideal, shown, &cell);
		buf_addf(&face, "%s ", cell.text);
	}
	for (const char *c = row->code; *c != '\0'; c++)
		if (*c != '-')
			buf_add_char(&face, *c);
	keeps = filter_match(&s->filter, face.data);
	buf_done(&face);
	return keeps;
}

int
queue_view_open(struct view *v, const struct route *r, struct err *err)
{
	struct queue_state *s = v->state;
	const struct list_source source = { .ctx = s,
		.count = row_count,
		.cell = row_cell,
		.key = row_key,
		.load = row_load };
	enum queue_view view;

	s->v = v;
	s->cell = arena_alloc(&v->arena, QUEUE_CELL, 1);
	queue_rows_init(&s->all, app_session(v));
	queue_rows_init(&s->narrowed, app_session(v));
	filter_init(&s->filter);
	s->sieve = (struct queue_sieve){ .keeps = row_keeps, .ctx = s };
	s->narrowed.sieve = &s->sieve;
	list_init(
	    &s->list, queue_columns, queue_columns_of(QUEUE_BRANCH), &source);
	if (read_counts(s, err) != 0)
		return -1;
	view = first_view(v, r->arg);
	return queue_view_read(v, view, QUEUE_USUAL_SORT(view), err);
}

void
queue_view_close(struct view *v)
{
	struct queue_state *s = v->state;

	queue_rows_done(&s->all);
	queue_rows_done(&s->narrowed);
	filter_done(&s->filter);
}

int
queue_view_refresh(struct view *v, struct err *err)
{
	struct queue_state *s = v->state;
	bool narrow = filter_active(&s->filter);

	if (read_counts(s, err) != 0 ||
	    queue_rows_again(narrow ? &s->narrowed : &s->all, err) != 0)
		return -1;
	s->stale = narrow;
	list_reload(&s->list);
	return 0;
}

/* --- the filter ----------------------------------------------------------- */

void
queue_view_narrow(struct queue_state *s, struct err *err)
{
	set_empty(s);
	if (!filter_active(&s->filter)) {
		list_return(&s->list);
		return;
	}
	if (queue_rows_load(&s->narrowed, LIST_FIRST, err) < 0)
		return;
	to_top(s);
}

void
queue_view_widen(struct queue_state *s, struct err *err)
{
	filter_clear(&s->filter);
	s->filter.typing = false;
	set_empty(s);
	if (s->stale && queue_rows_again(&s->all, err) == 0)
		s->stale = false;
	list_return(&s->list);
	queue_rows_done(&s->narrowed);
}
