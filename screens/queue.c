/* SPDX-License-Identifier: ISC */
/*
 * The queue: cases by code, what is next and when.  No name and no word of
 * anybody's story stands here: whoever looks over a shoulder learns nothing.
 */
#include <stdio.h>

#include "parts.h"
#include "queue_state.h"
#include "screens.h"

#include "base/i18n.h"

/* --- keys ----------------------------------------------------------------- */

/* What Enter opens: the case, and for whom no case is, who looked at it. */
static enum action
opens(const struct view *v)
{
	return !app_offers(v, ACT_CASE) && app_offers(v, ACT_ACCESS_LOG)
		   ? ACT_ACCESS_LOG
		   : ACT_CASE;
}

static enum next
queue_key(struct view *v, const struct key *key, struct err *err)
{
	struct queue_state *s = v->state;

	if (s->filter.typing) {
		switch (filter_key(&s->filter, key)) {
		case FILTER_CHANGED:
			queue_view_narrow(s, err);
			return NEXT_STAY;
		case FILTER_GONE:
			queue_view_widen(s, err);
			return NEXT_STAY;
		case FILTER_STAY:
		case FILTER_KEPT:
			return NEXT_STAY;
		case FILTER_PASS:
			break;
		}
	}
	switch (list_key(&s->list, key, err)) {
	case LIST_OPEN:
		return part_go(v, opens(v), &queue_view_current(s)->uid,
		    queue_view_current(s)->code);
	case LIST_STAY:
		return NEXT_STAY;
	case LIST_PASS:
		break;
	}
	return NEXT_PASS;
}

static enum next
turn(struct view *v, int step, struct err *err)
{
	struct queue_state *s = v->state;
	size_t at = 0;

	while (queue_tabs[at].view != s->view)
		at++;
	do
		at = (at + (size_t)(QUEUE_VIEWS + step)) % QUEUE_VIEWS;
	while (s->counts[queue_tabs[at].view] < 0 &&
	       queue_tabs[at].view != s->view);
	/* A view that cannot be read leaves this one; err says why. */
	(void)(queue_view_read(v, queue_tabs[at].view,
		   QUEUE_USUAL_SORT(queue_tabs[at].view), err) == 0);
	return NEXT_STAY;
}

static enum next
sort(struct view *v, struct err *err)
{
	struct queue_state *s = v->state;
	enum queue_sort next = queue_next_sort(s->view, s->sort);

	if (next == s->sort)
		app_say(v, _("This view has one order: %s."),
		    queue_sort_name(next));
	else if (queue_view_read(v, s->view, next, err) == 0)
		app_say(v, _("Sorted %s."), queue_sort_name(next));
	return NEXT_STAY;
}

static enum next
queue_act(struct view *v, enum action action, struct err *err)
{
	struct queue_state *s = v->state;
	const struct queue_row *row = queue_view_current(s);
	bool narrowed = filter_active(&s->filter) || s->filter.typing;

	switch (action) {
	case ACT_NEXT_TAB:
		return turn(v, 1, err);
	case ACT_PREVIOUS_TAB:
		return turn(v, -1, err);
	case ACT_SORT:
		return sort(v, err);
	case ACT_REFRESH:
		(void)queue_view_refresh(v, err);
		return NEXT_STAY;
	case ACT_FILTER:
		if (!narrowed)
			list_remember(&s->list);
		filter_start(&s->filter);
		return NEXT_STAY;
	case ACT_BACK:
	case ACT_CANCEL:
		if (!narrowed)
			return NEXT_PASS;
		queue_view_widen(s, err);
		return NEXT_STAY;
	case ACT_TODAY:
		return NEXT_PASS;
	case ACT_NEW_CONTACT:
		v->go = (struct route){ .screen = &screen_intake };
		return NEXT_GO;
	case ACT_OPEN:
		action = opens(v);
		break;
	default:
		break;
	}
	return row == NULL ? NEXT_STAY
			   : part_go(v, action, &row->uid, row->code);
}

static bool
queue_typing(const struct view *v)
{
	const struct queue_state *s = v->state;

	return s->filter.typing;
}

static bool
queue_offers(const struct view *v, enum action action)
{
	const struct queue_state *s = v->state;
	bool about_case =
	    action == ACT_OPEN || (action_info(action)->flags & ACTF_CASE) != 0;

	if (!about_case)
		return true;
	if (queue_view_current(s) == NULL)
		return false;
	return action != ACT_REOPEN || s->view == QUEUE_CLOSED;
}

static const char *
queue_why_not(const struct view *v, enum action action)
{
	if (queue_view_current(v->state) == NULL)
		return _("There is no case under the cursor.");
	return action == ACT_REOPEN
		   ? _("O opens a closed case again: Tab turns to those.")
		   : NULL;
}

static void
queue_draw(const struct view *v, struct canvas *c)
{
	struct queue_state *s = v->state;
	const struct queue_rows *rows = queue_rows_of(s);
	bool narrowed = filter_active(&s->filter);
	struct canvas below = canvas_view(c, 1, 0, c->rows - 1, c->cols);
	int widths[8];

	if (narrowed && rows->cut) {
		canvas_text(c, c->rows - 1, 1, -1, EL_WARNING,
		    _("Only the first 2,000 were looked at; g goes to any "
		      "code."));
		below = canvas_view(c, 1, 0, c->rows - 2, c->cols);
	}
	if (s->alone.n > 0) {
		canvas_printf(c, below.rows, 1, -1, EL_URGENT,
		    ngettext("%lld%s urgent contact without a case waits: U",
			"%lld%s urgent contacts without a case wait: U",
			(unsigned long)s->alone.n),
		    (long long)s->alone.n, s->alone.more ? "+" : "");
		below.rows--;
	}
	list_widths(queue_columns, s->list.n_columns, c->cols - 2, widths);
	s->risk_cells = widths[0];
	list_draw(&s->list, &below);
	if (narrowed && queue_rows_more(rows)) {
		/* More match than are in memory: how many is not known. */
		filter_draw(&s->filter, c, 0, (long)queue_rows_count(rows), -1);
		(void)canvas_text(c, 0, c->cols - 1, 1, EL_DIM, "+");
	} else if (narrowed || s->filter.typing) {
		filter_draw(&s->filter, c, 0,
		    narrowed ? (long)queue_rows_count(rows)
			     : (long)s->counts[s->view],
		    (long)s->counts[s->view]);
	} else {
		queue_draw_tabs(c, s->counts, s->view, s->sort);
	}
}
static const enum action queue_actions[] = { ACT_OPEN, ACT_NEW_CONTACT,
	ACT_FOLLOW_UP, ACT_TODAY, ACT_NEXT_TAB, ACT_FILTER, ACT_CONSENT,
	ACT_INDICATORS, ACT_SORT, ACT_NOTE, ACT_TIMELINE, ACT_ASSIGN,
	ACT_REOPEN, ACT_ACCESS_LOG, ACT_DISCLOSURES, ACT_PREVIOUS_TAB,
	ACT_REFRESH, ACT_BACK, ACT_CANCEL, ACT_NONE };

const struct screen screen_queue = {
	.name = "queue",
	.title = N_("Cases"),
	.needs = PERM_QUEUE,
	.state_size = sizeof(struct queue_state),
	.actions = queue_actions,
	.open = queue_view_open,
	.draw = queue_draw,
	.act = queue_act,
	.key = queue_key,
	.typing = queue_typing,
	.offers = queue_offers,
	.why_not = queue_why_not,
	.refresh = queue_view_refresh,
	.close = queue_view_close,
};
