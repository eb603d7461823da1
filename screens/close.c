/* SPDX-License-Identifier: ISC */
/*
 * Close a case, or open a closed one again with the same code.  Losing touch
 * is no tidy end: it asks what may have happened before it closes anything.
 */
#include <string.h>

#include "parts.h"
#include "screens.h"

#include "base/i18n.h"

#define LOST "lost_contact"

struct close_state {
	struct formview form;
	struct case_file file;
	const struct choice_option *reasons;
};

static size_t
reasons(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct view *v = ctx;
	const struct close_state *s = v->state;

	(void)values;
	*out = s->reasons;
	return app_society(v)->reasons_closed.n;
}

static const struct choice_option told[] = {
	{ "yes", N_("Yes, they know they can come back any time"), NULL },
	{ "not_yet", N_("Not yet: it is told at the next contact"), NULL },
	{ "not_possible", N_("Not possible in a safe way"), NULL },
};

static bool
is_closed(void *ctx, const struct form_values *values)
{
	const struct close_state *s = ((const struct view *)ctx)->state;

	(void)values;
	return s->file.closed;
}

static bool
is_open(void *ctx, const struct form_values *values)
{
	return !is_closed(ctx, values);
}

static const struct form_field fields[] = {
	{ .id = "reason",
	    .type = FORM_CHOICE,
	    .flags = FORM_REQUIRED,
	    .label = N_("Why the case closes"),
	    .options_from = reasons,
	    .show_if = is_open },
	{ .id = "considered",
	    .type = FORM_LONG_TEXT,
	    .flags = FORM_REQUIRED,
	    .label = N_("Lost contact: what may have happened to them?"),
	    .help = N_("Harm, being moved, what they asked us to do if they "
		       "go missing, who was told. Only safe attempts "
		       "count."),
	    .max = 1500,
	    .rows = 3,
	    .show_field = "reason",
	    .show_value = LOST },
	{ .id = "told",
	    .type = FORM_CHOICE,
	    .flags = FORM_REQUIRED,
	    .label = N_("Was the person told they can come back any time?"),
	    .options = told,
	    .n_options = sizeof(told) / sizeof(told[0]),
	    .show_if = is_open },
	{ .id = "words",
	    .type = FORM_LONG_TEXT,
	    .flags = FORM_REQUIRED,
	    .label = N_("In a few words"),
	    .help = N_("What was reached, what the person thinks of it, what "
		       "is still open."),
	    .max = 2000,
	    .rows = 4 },
};

/* Everything that was said belongs to the reason, as one text. */
static int
close_it(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	const char *words = arena_printf(&v->arena, "%s\n%s: %s%s%s",
	    formview_get(fv, "words"), _("Told they can come back"),
	    formview_get(fv, "told"),
	    formview_shown(fv, "considered") ? "\n" : "",
	    formview_shown(fv, "considered") ? formview_get(fv, "considered")
					     : "");

	return case_close(app_session(v), v->route.case_uid, &fv->rev,
	    formview_get(fv, "reason"), words, err);
}

static int
save(struct view *v, struct err *err)
{
	const struct close_state *s = v->state;
	struct formview *fv = formview_state(v);

	if (!s->file.closed)
		return close_it(v, err);
	return case_reopen(app_session(v), v->route.case_uid, &fv->rev,
	    formview_get(fv, "words"), err);
}

static const struct formview_step step = { N_("Closing, or opening again"),
	fields, sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step, .n_steps = 1, .save = save
};

static int
open_close(struct view *v, const struct route *r, struct err *err)
{
	struct close_state *s = v->state;
	struct formview *fv;

	if (case_open(
		app_session(v), r->case_uid, "", &v->arena, &s->file, err) != 0)
		return -1;
	app_case(v, &r->case_uid, s->file.code);
	s->reasons = part_options(&v->arena, &app_society(v)->reasons_closed);
	fv = formview_init(v, &use, v);
	fv->rev = s->file.rev;
	return formview_resume(v, err);
}

static void
draw(const struct view *v, struct canvas *c)
{
	const struct close_state *s = v->state;
	const char *text = s->file.closed ? _("This opens the case again, with "
					      "the same code and everything "
					      "in it.")
					  : app_society(v)->come_back;
	int rows = canvas_wrap(c, 0, 1, c->cols - 2, 3, EL_DIM, text);
	struct canvas below = canvas_view(c, rows, 0, c->rows - rows, c->cols);

	formview_draw(v, &below);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_close = {
	.name = "close",
	.title = N_("Close or reopen"),
	.needs = PERM_CLOSE,
	.state_size = sizeof(struct close_state),
	.actions = actions,
	.open = open_close,
	.draw = draw,
	.form = formview_state,
};
