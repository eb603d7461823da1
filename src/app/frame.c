/* SPDX-License-Identifier: ISC */
/* What stands around a view: the top line, messages; hints.c has the hints. */
#include <stdio.h>
#include <string.h>

#include "app/router_inside.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "ui/header.h"
#include "ui/wrap.h"

#define MESSAGE_ROWS 4 /* a sentence of 255 bytes in 40 columns, and cut */

static const char *
state_words(const struct router *r)
{
	int left;

	if (draft_refused(r))
		return _("typed words are NOT kept");
	if (r->app->session != NULL &&
	    session_identity_open(r->app->session, &left))
		return _("identity open");
	return NULL;
}

size_t
router_crumbs(const struct router *r, const char *out[CRUMBS_MAX])
{
	const char *code = "";
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct view *v = &r->slots[i]->view;

		if (view_held(v))
			n = 0; /* what a lock hides, it hides here, too */
		/* Today and the cases are two first screens of one shift. */
		if (i == 1 && (strcmp(v->screen->name, "queue") == 0 ||
				  strcmp(v->screen->name, "today") == 0))
			n = 0;
		/* A list opened from a case is not in it: whoever reads that
		 * code there may act on the wrong one. */
		if (v->route.code[0] == '\0' && code[0] != '\0') {
			code = "";
			n = 0;
		}
		if (v->route.code[0] != '\0' &&
		    strcmp(v->route.code, code) != 0) {
			code = v->route.code;
			out[n++] = code;
			if (strcmp(v->screen->name, "case") == 0)
				continue;
		}
		if (v->screen->title == NULL || v->screen->title[0] == '\0')
			continue;
		/* A form over the list of the same name is one place. */
		if (n == 0 || strcmp(out[n - 1], _(v->screen->title)) != 0)
			out[n++] = _(v->screen->title);
	}
	return n;
}

static void
draw_top(const struct router *r, struct canvas *all)
{
	const char *list[CRUMBS_MAX];
	struct header h = { .crumbs = list, .state = state_words(r) };

	h.n_crumbs = router_crumbs(r, list);
	if (r->n > 0)
		h.code = r->slots[r->n - 1]->view.route.code;
	if (r->app->session != NULL && !router_held(r)) {
		const struct user *u = session_user(r->app->session);

		h.user = u->login;
		h.role = _(role_name(u->role));
		h.branch = label_of(&r->app->society->branches, u->branch);
	}
	header_draw(all, 0, &h);
}

/* One row above the hints; a long sentence takes more of the view for as long
 * as it shows. */
static void
draw_message(const struct router *r, struct canvas *all)
{
	const char *text = r->message;
	size_t lines = wrap_count(text, strlen(text), all->cols);
	int rows = lines > MESSAGE_ROWS ? MESSAGE_ROWS : (int)lines;
	int row = all->rows - 1 - rows;

	if (text[0] == '\0' || row < 1)
		return;
	canvas_fill(all, row, 0, rows, all->cols, EL_TEXT);
	canvas_wrap(all, row, 0, all->cols, rows, EL_MESSAGE, text);
}

/* Of people's names alone, or of everything. */
static void
say_until(const struct alarm *a, bool wide, char out[ALARM_SIZE])
{
	char when[24];

	(void)clock_full(a->until, when, sizeof(when));
	if (wide && a->cases)
		snprintf(out, ALARM_SIZE,
		    _("READ ONLY: entries after %s are missing. F7: what to "
		      "do"),
		    when);
	else if (wide)
		snprintf(out, ALARM_SIZE,
		    _("WHO PEOPLE ARE: entries after %s are missing. F7: what "
		      "to do"),
		    when);
	else if (a->cases)
		snprintf(out, ALARM_SIZE, _("F7 READ ONLY, up to %s"), when);
	else
		snprintf(out, ALARM_SIZE, _("F7 NAMES only up to %s"), when);
}

bool
router_alarm(const struct router *r, int cols, char out[ALARM_SIZE])
{
	struct alarm a;

	if (r->app->session == NULL || router_held(r) ||
	    !session_alarm(r->app->session, &a))
		return false;
	if (a.decided)
		snprintf(out, ALARM_SIZE, "%s",
		    _("Decided: sign in again (F9) to save"));
	else if (a.changed)
		snprintf(out, ALARM_SIZE, "%s",
		    _("F7 READ ONLY: the record was changed"));
	else
		say_until(&a, cols >= 76, out);
	return true;
}

void
router_draw(struct router *r, struct canvas *all)
{
	char alarm[ALARM_SIZE];
	struct slot *s;
	struct canvas body;
	int top = 1;

	canvas_clear(all);
	if (r->n == 0)
		return;
	s = r->slots[r->n - 1];
	if (!s->view.screen->bare) {
		draw_top(r, all);
		top += router_alarm(r, all->cols, alarm);
		if (top > 1)
			canvas_wrap(all, 1, 0, all->cols, 1, EL_WARNING, alarm);
	}
	body = s->view.screen->bare
		   ? canvas_view(all, 0, 0, all->rows, all->cols)
		   : canvas_view(all, top, 0, all->rows - 2 - top, all->cols);
	if (s->view.screen->draw != NULL)
		s->view.screen->draw(&s->view, &body);
	else if (s->view.screen->form != NULL)
		formview_draw(&s->view, &body);
	if (!s->view.screen->bare)
		draw_message(r, all);
	if (!overlay_covered(s, NULL))
		overlay_draw(&s->over, &body, all);
	/* Last: whether a question has more words is known once it is drawn. */
	if (!s->view.screen->bare || s->over.kind != OVER_NONE)
		hints_draw(r, all);
}
