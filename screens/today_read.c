/* SPDX-License-Identifier: ISC */
#include <stdio.h>

#include "today_state.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/alone.h"
#include "store/task.h"

#define PAGE 50
#define MOST 200
#define NOTES 20

/* Overdue, today, this week: a heading where the next begins. */
static void
add_tasks(struct today_state *s, const struct agenda_page *page)
{
	static const char *const heads[] = { "", N_("Overdue"), N_("Today"),
		N_("This week") };
	const struct view *v = s->rows.v;
	int64_t now = app_now(v), tomorrow;

	tomorrow = clock_day_start(clock_day_of(now) + 1);
	for (size_t i = 0; i < page->n; i++) {
		int64_t due = page->rows[i].due;
		int part = due < now ? 1 : due < tomorrow ? 2 : 3;

		if (part > s->part) {
			s->part = part;
			agenda_rows_heading(&s->rows, _(heads[part]));
		}
		agenda_rows_task(&s->rows, &page->rows[i]);
	}
	s->last = page->last;
	s->more = page->more;
}

static int
read_tasks(struct view *v, size_t n, struct err *err)
{
	struct today_state *s = v->state;
	struct agenda_page page;

	if (agenda_page(app_session(v), AGENDA_TASKS, 0, s->week_end, &s->last,
		n, &s->rows.arena, &page, err) != 0)
		return -1;
	add_tasks(s, &page);
	return page.n > 0;
}

int
today_load(void *ctx, enum list_way way, struct err *err)
{
	struct today_state *s = ctx;

	return way == LIST_AFTER && s->more ? read_tasks(s->rows.v, PAGE, err)
					    : 0;
}

/* A part that is short by nature, read whole or as far as makes sense. */
static int
add_part(struct view *v, enum agenda_part part, int64_t until, const char *head,
    struct err *err)
{
	struct today_state *s = v->state;
	struct agenda_page page;

	if (agenda_page(app_session(v), part, 0, until, NULL, PAGE,
		&s->rows.arena, &page, err) != 0)
		return -1;
	if (page.n > 0)
		agenda_rows_heading(&s->rows, head);
	for (size_t i = 0; i < page.n; i++)
		agenda_rows_task(&s->rows, &page.rows[i]);
	return 0;
}

static int
add_notes(struct view *v, struct err *err)
{
	struct today_state *s = v->state;
	struct handovers notes;
	char when[24];

	s->notes = 0;
	if (!session_may(app_session(v), PERM_CASE_READ))
		return 0;
	if (handover_list(
		app_session(v), true, NOTES, &s->rows.arena, &notes, err) != 0)
		return -1;
	if (notes.n > 0)
		agenda_rows_heading(&s->rows, _("From the last shift"));
	for (size_t i = 0; i < notes.n; i++) {
		const struct handover *h = &notes.list[i];
		struct agenda_line l = { .is = LINE_NOTE,
			.case_uid = h->case_uid,
			.object = h->uid,
			.full = h->text,
			.risk = -2 };

		l.when = clock_short(h->at, app_now(v), when, sizeof(when));
		l.what = arena_printf(
		    &s->rows.arena, _("Note from %s: Enter to read"), h->by);
		snprintf(l.code, sizeof(l.code), "%s", h->code);
		agenda_rows_add(&s->rows, &l);
	}
	s->notes = notes.n;
	return 0;
}

static void
add_lifted(struct today_state *s, const struct agenda_changes *changes)
{
	for (size_t i = 0; i < changes->n_lifted; i++) {
		const struct agenda_lifted *m = &changes->lifted[i];
		struct agenda_line l = {
			.is = LINE_LIFTED, .kind = m->org->id, .risk = -2
		};
		char when[24];

		l.when =
		    clock_short(m->at, app_now(s->rows.v), when, sizeof(when));
		l.what = arena_printf(&s->rows.arena,
		    _("%s took away your mark: %s"), m->by, m->org->name);
		agenda_rows_add(&s->rows, &l);
	}
}

static int
add_changes(struct view *v, struct err *err)
{
	struct today_state *s = v->state;
	struct agenda_changes changes;
	struct arena *arena = &s->rows.arena;
	char when[24];

	if (agenda_changes(app_session(v), arena, &changes, err) != 0)
		return -1;
	if (changes.n + changes.n_lifted > 0)
		agenda_rows_heading(
		    &s->rows, _("Changed by others since you looked"));
	add_lifted(s, &changes);
	for (size_t i = 0; i < changes.n; i++) {
		const struct agenda_change *c = &changes.list[i];
		const char *act = words_action(arena, c->action);
		struct agenda_line l = {
			.is = LINE_CHANGE, .case_uid = c->case_uid, .risk = -2
		};

		l.when = clock_short(c->at, app_now(v), when, sizeof(when));
		l.what = c->n == 1
			     ? arena_printf(arena, "%s: %s", c->by, act)
			     : arena_printf(arena, _("%s: %s, and %d more"),
				   c->by, act, c->n - 1);
		snprintf(l.code, sizeof(l.code), "%s", c->code);
		agenda_rows_add(&s->rows, &l);
	}
	s->changes = changes.n + changes.n_lifted;
	return 0;
}

int
today_read(struct view *v, struct err *err)
{
	struct today_state *s = v->state;
	size_t n = s->rows.n < PAGE   ? PAGE
		   : s->rows.n > MOST ? MOST
				      : s->rows.n;
	int64_t now = app_now(v);

	agenda_rows_reset(&s->rows);
	s->last = (struct agenda_mark){ .set = false };
	s->week_end = now + 7 * CLOCK_DAY;
	s->part = 0;
	s->alone = (struct alone_count){ .n = 0 };
	if (agenda_sums(app_session(v), &s->sums, err) != 0 ||
	    (session_may(app_session(v), PERM_CASE_READ) &&
		alone_waiting(app_session(v), &s->alone, err) != 0) ||
	    add_part(v, AGENDA_DECIDE, INT64_MAX, _("Waiting for you"), err) !=
		0 ||
	    add_part(v, AGENDA_PROMISED, s->week_end, _("Promised"), err) !=
		0 ||
	    add_notes(v, err) != 0 || add_changes(v, err) != 0 ||
	    read_tasks(v, n, err) < 0) {
		agenda_rows_reset(&s->rows);
		list_reload(&s->rows.list);
		return -1;
	}
	return agenda_rows_settle(&s->rows, err);
}
