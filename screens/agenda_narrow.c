/* SPDX-License-Identifier: ISC */
/* The list of what waits, narrowed while one types. */
#include "agenda_rows.h"
#include "parts.h"

#include "base/i18n.h"

#define ENOUGH 50 /* lines left: more than a window has */
#define MOST 2000 /* lines looked at */

static bool
matches(const struct agenda_rows *r, const struct agenda_line *l)
{
	struct buf words;
	char risk[48] = "";
	bool yes;

	if (!filter_active(&r->filter))
		return true;
	if (l->risk >= -1)
		(void)part_risk(app_society(r->v), l->risk, (int)sizeof(risk),
		    risk, sizeof(risk));
	buf_init(&words);
	buf_addf(&words, "%s %s %s %s", l->when, l->code, l->what, risk);
	yes = filter_match(&r->filter, words.data);
	buf_done(&words);
	return yes;
}

/* A heading comes with the first line below it that is left. */
void
agenda_rows_show(struct agenda_rows *r, size_t line)
{
	if (r->lines[line].is == LINE_HEADING) {
		r->held = line + 1;
		return;
	}
	if (!matches(r, &r->lines[line]))
		return;
	if (r->held > 0)
		r->shown[r->n_shown++] = r->held - 1;
	r->held = 0;
	r->shown[r->n_shown++] = line;
}

int
agenda_rows_settle(struct agenda_rows *r, struct err *err)
{
	int rc = filter_active(&r->filter) ? 1 : 0;

	r->list.empty =
	    rc == 0 ? r->empty : N_("Nothing here matches; Esc shows all.");
	while (rc == 1 && r->n_shown < ENOUGH && r->n < MOST)
		rc = r->list.source.load(r, LIST_AFTER, err);
	r->more = rc == 1;
	if (r->more && r->n_shown == 0)
		r->list.empty = N_("Only the first 2,000 were looked at; g "
				   "goes to any code.");
	list_reload(&r->list);
	return rc < 0 ? -1 : 0;
}

/* What could not be read is said by err; what was read stays. */
static void
narrow(struct agenda_rows *r, struct err *err)
{
	r->n_shown = r->held = 0;
	for (size_t i = 0; i < r->n; i++)
		agenda_rows_show(r, i);
	(void)(agenda_rows_settle(r, err) == 0);
}

static void
widen(struct agenda_rows *r)
{
	struct err none = { .kind = ERR_NONE };

	filter_clear(&r->filter);
	narrow(r, &none); /* reads nothing */
	list_return(&r->list);
}

static bool
narrowed(const struct agenda_rows *r)
{
	return filter_active(&r->filter) || r->filter.typing;
}

enum list_result
agenda_rows_key(struct agenda_rows *r, const struct key *k, struct err *err)
{
	if (r->filter.typing) {
		switch (filter_key(&r->filter, k)) {
		case FILTER_CHANGED:
			narrow(r, err);
			return LIST_STAY;
		case FILTER_GONE:
			widen(r);
			return LIST_STAY;
		case FILTER_STAY:
		case FILTER_KEPT:
			return LIST_STAY;
		case FILTER_PASS:
			break;
		}
	}
	return list_key(&r->list, k, err);
}

enum next
agenda_rows_narrow(struct agenda_rows *r, enum action action)
{
	if (action == ACT_FILTER) {
		if (!narrowed(r))
			list_remember(&r->list);
		filter_start(&r->filter);
		return NEXT_STAY;
	}
	if (!narrowed(r))
		return NEXT_PASS;
	widen(r);
	return NEXT_STAY;
}

bool
agenda_rows_typing(const struct view *v)
{
	return ((const struct agenda_rows *)v->state)->filter.typing;
}

static long
lines(const struct agenda_rows *r, bool shown)
{
	size_t n = shown ? r->n_shown : r->n;
	long found = 0;

	for (size_t i = 0; i < n; i++)
		found += r->lines[shown ? r->shown[i] : i].is != LINE_HEADING;
	return found;
}

bool
agenda_rows_draw_filter(struct agenda_rows *r, struct canvas *c)
{
	bool all = filter_active(&r->filter) && !r->more;

	if (!narrowed(r))
		return false;
	filter_draw(
	    &r->filter, c, 0, lines(r, true), all ? lines(r, false) : -1);
	return true;
}
