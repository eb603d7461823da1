/* SPDX-License-Identifier: ISC */
/*
 * The risk level: a worker's judgement with its reason, asked of the person
 * first.  Nothing here is worked out from answers.
 */
#include <stdio.h>
#include <string.h>

#include "parts.h"
#include "screens.h"

#include "base/clock.h"
#include "base/i18n.h"

struct risk_state {
	struct formview form;
	struct case_file file;
	struct choice_option *levels;
	char now[96]; /* "!!! Urgent since 14 Nov, amina" */
};

static size_t
levels(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct view *v = ctx;
	const struct risk_state *s = v->state;

	(void)values;
	*out = s->levels;
	return app_society(v)->n_risks;
}

static const struct form_field fields[] = {
	{ .id = "risk",
	    .type = FORM_CHOICE,
	    .flags = FORM_REQUIRED,
	    .label = N_("Risk: what harm, if nothing is done?"),
	    .help = N_("Ask the person how they see it: they know best. Your "
		       "judgement; no answer and no count decides it."),
	    .options_from = levels },
	{ .id = "reason",
	    .type = FORM_LONG_TEXT,
	    .flags = FORM_REQUIRED,
	    .label = N_("Why"),
	    .help = N_("Facts in a sentence or two, and what the person "
		       "says."),
	    .max = 2000,
	    .rows = 4 },
};

/* The level that stands, by whom, since when. */
static int
read_now(struct view *v, struct err *err)
{
	struct risk_state *s = v->state;
	char words[64], when[24];

	if (case_open(app_session(v), v->route.case_uid, "", &v->arena,
		&s->file, err) != 0)
		return -1;
	part_risk(app_society(v), s->file.risk, 60, words, sizeof(words));
	if (s->file.risk >= 0)
		snprintf(s->now, sizeof(s->now), _("Now: %s since %s, %s"),
		    words,
		    clock_short(
			s->file.risk_at, app_now(v), when, sizeof(when)),
		    s->file.risk_by);
	return 0;
}

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	struct err unread = { .kind = ERR_NONE };

	if (case_set_risk(app_session(v), v->route.case_uid, &fv->rev,
		society_risk(app_society(v), formview_get(fv, "risk")),
		formview_get(fv, "reason"), &v->arena, &fv->conflicts,
		err) == 0)
		return 0;
	for (size_t i = 0; i < fv->conflicts.n; i++)
		if (strcmp(fv->conflicts.list[i].field, "risk_reason") == 0)
			fv->conflicts.list[i].field = "reason";
	/* What is said above the form stays as it was where it cannot be
	 * read. */
	if (fv->conflicts.n > 0)
		(void)read_now(v, &unread);
	return -1;
}

static const struct formview_step step = { N_("Risk"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step,
	.n_steps = 1,
	.save = save,
	.saved = N_("The risk is saved, with its reason; earlier levels stay "
		    "in the history."),
};

static void
make_levels(struct view *v)
{
	const struct society *society = app_society(v);
	struct risk_state *s = v->state;

	s->levels =
	    arena_alloc(&v->arena, society->n_risks + 1, sizeof(*s->levels));
	for (size_t i = 0; i < society->n_risks; i++) {
		char words[96];

		part_risk(society, (int)i, 80, words, sizeof(words));
		s->levels[i] =
		    (struct choice_option){ .value = society->risks[i].id,
			    .label = arena_str(&v->arena, words),
			    .help = society->risks[i].meaning };
	}
}

static int
open_risk(struct view *v, const struct route *r, struct err *err)
{
	struct risk_state *s = v->state;
	struct formview *fv;

	if (read_now(v, err) != 0)
		return -1;
	app_case(v, &r->case_uid, s->file.code);
	make_levels(v);
	fv = formview_init(v, &use, v);
	fv->rev = s->file.rev;
	return formview_resume(v, err);
}

static void
draw(const struct view *v, struct canvas *c)
{
	const struct risk_state *s = v->state;
	struct canvas below = canvas_view(c, 1, 0, c->rows - 1, c->cols);

	if (s->now[0] == '\0') {
		formview_draw(v, c);
		return;
	}
	(void)canvas_text(
	    c, 0, 1, -1, part_risk_style(app_society(v), s->file.risk), s->now);
	formview_draw(v, &below);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_risk = {
	.name = "risk",
	.title = N_("Risk"),
	.needs = PERM_RISK,
	.state_size = sizeof(struct risk_state),
	.actions = actions,
	.open = open_risk,
	.draw = draw,
	.form = formview_state,
};
