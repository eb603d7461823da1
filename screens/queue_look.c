/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "parts.h"
#include "queue_look.h"
#include "words.h"

#include "base/i18n.h"
#include "base/utf8.h"

const struct queue_tab queue_tabs[QUEUE_VIEWS] = {
	{ QUEUE_MINE, N_("Mine"),
	    N_("No open case is yours. Press n when you meet a person, or "
	       "Tab for the next view."),
	    N_("No open case is yours. Tab shows the next view.") },
	{ QUEUE_OVERDUE, N_("Overdue"),
	    N_("Nothing is overdue. Tab shows what is due this week."), NULL },
	{ QUEUE_DUE_WEEK, N_("Due this week"),
	    N_("Nothing is due in the next seven days. Tab shows the next "
	       "view."),
	    NULL },
	{ QUEUE_UNASSIGNED, N_("Unassigned"),
	    N_("Every open case has a worker. Tab shows the next view."),
	    NULL },
	{ QUEUE_BRANCH, N_("Branch"),
	    N_("There is no open case. Press n when you meet a person."),
	    N_("There is no open case. Tab shows the next view.") },
	{ QUEUE_CLOSED, N_("Closed"),
	    N_("No case is closed. Tab shows the next view."), NULL },
};

enum column {
	COL_RISK,
	COL_CODE,
	COL_NEXT,
	COL_DUE,
	COL_STATE,
	COL_FLAGS,
	COL_WORKER
};
/* "!!! Urgent" takes ten cells, "!!! urg" seven. */
const struct list_column queue_columns[] = {
	{ N_("Risk"), 7, 10, 8, LIST_LEFT, false, false },
	{ N_("Code"), 9, 9, 0, LIST_LEFT, false, true },
	{ N_("Next"), 9, 16, 7, LIST_LEFT, true, false },
	{ N_("Due"), 10, 10, 9, LIST_LEFT, false, false },
	{ N_("State"), 9, 12, 5, LIST_LEFT, false, false },
	{ N_("Flags"), 5, 5, 4, LIST_RIGHT, false, false },
	{ N_("Worker"), 6, 12, 3, LIST_LEFT, false, false },
};

size_t
queue_columns_of(enum queue_view view)
{
	return view == QUEUE_MINE || view == QUEUE_UNASSIGNED ? COL_WORKER
							      : COL_WORKER + 1;
}

void
queue_cell(const struct view *v, const struct queue_row *row, size_t column,
    int risk_cells, char *out, struct list_cell *cell)
{
	cell->text = out;
	cell->style = EL_TEXT;
	switch ((enum column)column) {
	case COL_RISK:
		part_risk(
		    app_society(v), row->risk, risk_cells, out, QUEUE_CELL);
		cell->style = part_risk_style(app_society(v), row->risk);
		break;
	case COL_CODE:
		cell->text = row->code;
		cell->style = EL_CODE;
		break;
	case COL_NEXT:
		cell->text = words_next(row->next);
		break;
	case COL_DUE:
		part_due(row->due, app_now(v), out, QUEUE_CELL, &cell->style);
		break;
	case COL_STATE:
		cell->text = words_stage(row->stage);
		break;
	case COL_FLAGS:
		/* Nothing where there is none: seven bytes a row. */
		out[0] = '\0';
		if (row->flags > 0)
			snprintf(out, QUEUE_CELL, "%d", row->flags);
		break;
	case COL_WORKER:
		cell->text = row->worker[0] != '\0' ? row->worker : "-";
		break;
	}
}

const char *
queue_sort_name(enum queue_sort sort)
{
	static const char *const names[QUEUE_SORTS] = {
		[QUEUE_BY_RISK] = N_("by risk"),
		[QUEUE_BY_DUE] = N_("by due date"),
		[QUEUE_BY_CHANGED] = N_("by latest change"),
	};

	return _(names[sort]);
}

/* "Mine 23" and its width. */
static int
tab_words(size_t i, const int64_t *counts, char *out, size_t size)
{
	snprintf(out, size, "%s %lld", _(queue_tabs[i].label),
	    (long long)counts[queue_tabs[i].view]);
	return utf8_width(out, strlen(out));
}

/* The first tab to draw so that the open one is seen whole. */
static size_t
first_tab(const int64_t *counts, enum queue_view open, int cols)
{
	char words[64];
	int used = 0;
	size_t i, at = 0;

	while (at + 1 < QUEUE_VIEWS && queue_tabs[at].view != open)
		at++;
	for (i = at + 1; i-- > 0;) {
		if (counts[queue_tabs[i].view] < 0)
			continue;
		used += 3 + tab_words(i, counts, words, sizeof(words));
		if (used > cols)
			return i == at ? at : i + 1;
	}
	return 0;
}

void
queue_draw_tabs(struct canvas *c, const int64_t counts[QUEUE_VIEWS],
    enum queue_view open, enum queue_sort sort)
{
	char words[64];
	int col = 1, width;

	for (size_t i = first_tab(counts, open, c->cols); i < QUEUE_VIEWS;
	     i++) {
		bool here = queue_tabs[i].view == open;

		if (counts[queue_tabs[i].view] < 0)
			continue;
		width = tab_words(i, counts, words, sizeof(words));
		if (col + width > c->cols && !here)
			break;
		if (here)
			canvas_text(c, 0, col - 1, 1, EL_MARKER,
			    canvas_mark(c, MARK_SELECTED));
		canvas_text(c, 0, col, -1, here ? EL_SELECTED : EL_TEXT, words);
		col += width + 3;
	}
	snprintf(words, sizeof(words), _("%s  / filter  : go"),
	    queue_sort_name(sort));
	width = utf8_width(words, strlen(words));
	if (col + width < c->cols)
		canvas_text_right(c, 0, 0, c->cols - 1, EL_DIM, words);
}
