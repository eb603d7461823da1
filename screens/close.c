/* SPDX-License-Identifier: ISC */
/*
 * Close a case.  A checklist asks what has to be thought of; losing touch is no
 * tidy end: it asks what may have happened before it closes anything.
 */
#include <string.h>

#include "asks.h"
#include "closing_words.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"
#include "rules/closing.h"
#include "store/request.h"

struct close_state {
	struct formview form;
	struct case_file file;
	const struct choice_option *reasons;
	const char *head; /* what is said above the form */
	const char *ends; /* what is not finished */
	int64_t seen, /* of what others wrote since the form was begun */
	    shown; /* with the question whether to go on */
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

static bool
check_fits(void *ctx, const struct form_values *values)
{
	const char *reason = form_value(values, "reason");
	const struct view *v = ctx;
	const struct close_state *s = v->state;

	return reason[0] != '\0' && closing_check_fits(reason, &s->file.ends);
}

static const char *
ends(void *ctx, const struct form_values *values)
{
	const struct view *v = ctx;
	const struct close_state *s = v->state;

	(void)values;
	return s->ends;
}

static const struct choice_option needs[] = {
	{ "yes", N_("Yes, as far as possible"), NULL },
	{ "no_contact", N_("There was no contact for a long time"), NULL },
	{ "no", N_("No (say below)"), NULL },
};
static const struct choice_option answers[] = {
	{ "yes", N_("Yes"), NULL },
	{ "no", N_("No, or not yet (say below)"), NULL },
	{ "not_possible", N_("Not possible in a safe way (say below)"), NULL },
};
static const struct choice_option safety[] = {
	{ "yes", N_("Yes"), NULL },
	{ "no", N_("No, or not yet (say below)"), NULL },
	{ "not_possible", N_("Not possible in a safe way (say below)"), NULL },
	{ CLOSING_NONE_NEEDED, N_("None was needed (say below why)"), NULL },
};
static const struct choice_option missing[] = {
	{ "yes", N_("Read, and done as they asked"), NULL },
	{ "no", N_("They left no such wish (say below)"), NULL },
	{ "not_possible", N_("Read, but it cannot be done (say below)"), NULL },
};

/* A line of the checklist: an answer and, where it is not yes, an explanation. */
#define LINE(i, list, l, h)                                                  \
	ASK(i, CHOICE, FORM_REQUIRED, l, h, .options = list,                 \
	    .n_options = sizeof(list) / sizeof((list)[0])),                  \
	    ASK(i "_words", LONG_TEXT, FORM_REQUIRED, N_("How it is"), NULL, \
		.max = 500, .rows = 2, .show_field = i, .show_value = "!yes")
#define LOST_FIELD(i, t, l, h, ...)                            \
	ASK(i, t, FORM_REQUIRED, l, h, .show_field = "reason", \
	    .show_value = CLOSING_LOST, ##__VA_ARGS__)

static const struct form_field fields[] = {
	PART_UID_FIELD,
	ASK("reason", CHOICE, FORM_REQUIRED, N_("Why the case closes"), NULL,
	    .options_from = reasons),
	LOST_FIELD("lost-harm", LONG_TEXT,
	    N_("What may have happened to them?"),
	    N_("Harm, being moved, exploited again, missing. Losing touch is "
	       "a danger sign, not an end. Only safe attempts count."),
	    .max = 1500, .rows = 3),
	LOST_FIELD("lost-missing", CHOICE,
	    N_("What they asked us to do if they go missing"),
	    N_("It stands in their safety plan. Read it before you answer."),
	    .options = missing,
	    .n_options = sizeof(missing) / sizeof(*missing)),
	ASK("lost-missing_words", LONG_TEXT, FORM_REQUIRED, N_("How it is"),
	    NULL, .max = 500, .rows = 2, .show_field = "lost-missing",
	    .show_value = "!yes"),
	LOST_FIELD("lost-told", LONG_TEXT, N_("Who was told, and when?"),
	    N_("Your supervisor at least; others only as the person agreed "
	       "or the law demands."),
	    .max = 500, .rows = 2),
	ASK("ends", INFO, 0, N_("What the record says"), NULL,
	    .text_from = ends),
	LINE("needs", needs, N_("Needs met?"), N_("As the person sees it.")),
	LINE("safety-plan", safety, N_("Safety plan reviewed?"),
	    N_("With the person, for the time after.")),
	LINE("plan", answers, N_("Plan complete?"),
	    N_("Actions done or let go, follow-up finished, no date running.")),
	LINE("agreed", answers, N_("Do both agree to close?"),
	    N_("The person and you.")),
	LINE("told", answers, N_("Told they can come back?"),
	    N_("Any time, for any reason, without explaining.")),
	LINE("feedback", answers, N_("Feedback offered?"),
	    N_("Voluntary and without a name, asked by somebody other than "
	       "you.")),
	ASK(CLOSING_CHECK_LINE, YES_NO, 0, N_("Ask after them once?"),
	    N_("Only where the person wants it and it is safe; months after "
	       "the closing, in the agreed way."),
	    .show_if = check_fits),
	ASK("words", LONG_TEXT, FORM_REQUIRED, N_("In a few words"),
	    N_("What was reached, what the person thinks of it, what is "
	       "still open."),
	    .max = 2000, .rows = 4),
};

#define ALL_THE_SAME 1 /* question */

static int
refused(struct view *v, struct request *r, struct err *err)
{
	struct close_state *s = v->state;
	int rc = closing_words_changed(v, ALL_THE_SAME, &s->file, r, err);

	s->shown = r->seen;
	if (rc == 1)
		s->ends = closing_words_ends(v, &v->arena, &s->file.ends);
	return rc;
}

static int
save(struct view *v, struct err *err)
{
	const struct close_state *s = v->state;
	struct formview *fv = formview_state(v);
	struct request_line lines[CLOSING_LINE_COUNT + 1];
	struct request r = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.reason = formview_get(fv, "reason"),
		.words = formview_get(fv, "words"),
		.lines = lines,
		.seen = s->seen };
	bool closed;

	for (int l = 0; l < CLOSING_LINE_COUNT; l++)
		if (l < CLOSING_ALWAYS || closing_is_lost(r.reason))
			closing_words_line(
			    fv, (enum closing_line)l, &lines[r.n_lines++]);
	if (formview_is(fv, CLOSING_CHECK_LINE, "yes"))
		lines[r.n_lines++] =
		    (struct request_line){ CLOSING_CHECK_LINE, "yes", "" };
	if (case_close(app_session(v), &fv->rev, &r, &closed, err) != 0)
		return refused(v, &r, err);
	fv->said = closed ? _("Closed. O opens it again.")
			  : _("Asked: it closes when a colleague who may "
			      "approve agrees. Help goes on until then.");
	return 0;
}

static enum next
answer(struct view *v, int id, const char *value, struct err *err)
{
	struct close_state *s = v->state;
	struct formview *fv = formview_state(v);

	if (id != ALL_THE_SAME || strcmp(value, "yes") != 0)
		return NEXT_STAY;
	fv->rev = s->file.rev;
	s->seen = s->shown;
	return formview_save(v, err);
}

static const struct formview_step step = { N_("Closing"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step, .n_steps = 1, .save = save
};

static int
make_head(struct view *v, struct formview *fv, struct err *err)
{
	struct close_state *s = v->state;
	const char *by;

	s->head = app_society(v)->come_back;
	if (closing_words_taken_on(v, &s->file, &by, err) != 0)
		return -1;
	if (by[0] == '\0')
		return 0;
	s->head = arena_printf(
	    &v->arena, _("%s has taken this case on. %s"), by, s->head);
	formview_load(fv, "reason", CLOSING_TRANSFERRED);
	return 0;
}

static int
open_close(struct view *v, const struct route *r, struct err *err)
{
	struct close_state *s = v->state;
	struct formview *fv;

	if (case_open(
		app_session(v), r->case_uid, "", &v->arena, &s->file, err) != 0)
		return -1;
	if (s->file.closed)
		return err_set(err, ERR_CONFLICT,
		    _("This case is closed already; O opens it again."));
	if (s->file.asked[0] != '\0')
		return err_set(err, ERR_CONFLICT,
		    _("%s has asked something about this case that waits for "
		      "an answer: u shows it."),
		    s->file.asked_by);
	app_case(v, &r->case_uid, s->file.code);
	s->reasons = part_options(&v->arena, &app_society(v)->reasons_closed);
	s->ends = closing_words_ends(v, &v->arena, &s->file.ends);
	fv = formview_init(v, &use, v);
	fv->rev = s->file.rev;
	part_uid_at_once(v);
	if (make_head(v, fv, err) != 0)
		return -1;
	return formview_resume(v, err);
}

static void
draw(const struct view *v, struct canvas *c)
{
	const struct close_state *s = v->state;
	int rows = canvas_wrap(c, 0, 1, c->cols - 2, 3, EL_DIM, s->head);
	struct canvas below = canvas_view(c, rows, 0, c->rows - rows, c->cols);

	formview_draw(v, &below);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_close = {
	.name = "close",
	.title = N_("Close"),
	.needs = PERM_CLOSE,
	.state_size = sizeof(struct close_state),
	.actions = actions,
	.open = open_close,
	.draw = draw,
	.key = part_uid_key,
	.form = formview_state,
	.answer = answer,
};
