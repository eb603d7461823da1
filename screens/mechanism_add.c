/* SPDX-License-Identifier: ISC */
/* One thing about the referral mechanism; never changed afterwards. */
#include <string.h>

#include "asks.h"
#include "mechanism_words.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"

struct state {
	struct formview form;
	bool closed; /* the case */
	const struct choice_option *stages;
	struct choice_option kinds[MECHANISM_KIND_COUNT];
};

static const struct mechanism *
mechanism_of(const struct view *v)
{
	const struct society *society = app_society(v);
	size_t which = (size_t)v->route.arg;

	return &society->mechanisms[which < society->n_mechanisms ? which : 0];
}

static size_t
stages(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	struct view *v = ctx;
	struct state *s = v->state;
	const struct mechanism *m = mechanism_of(v);
	const struct labels labels = { m->stages, m->n_stages };

	(void)values;
	/* Asked at every key. */
	if (s->stages == NULL)
		s->stages = part_options(&v->arena, &labels);
	*out = s->stages;
	return m->n_stages;
}

/* Of a closed case what settles a date that runs on. */
static size_t
kinds(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	struct state *s = ((const struct view *)ctx)->state;
	size_t n = 0;

	(void)values;
	for (int i = 0; i < MECHANISM_KIND_COUNT; i++) {
		int kind = mechanism_kind_from_name(mechanism_kinds[i].value);

		if (!s->closed || mechanism_settles((enum mechanism_kind)kind))
			s->kinds[n++] = mechanism_kinds[i];
	}
	*out = s->kinds;
	return n;
}

static const struct choice_option referrers[] = {
	{ "we", N_("We did"), NULL },
	{ "other", N_("Somebody else did"),
	    N_("Say below which organisation, never who.") },
};

/* What runs until a day. */
static bool
has_end(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return form_value_is(values, "kind", "reflection") ||
	       form_value_is(values, "kind", "extended") ||
	       form_value_is(values, "kind", "permit") ||
	       form_value_is(values, "kind", "appeal");
}

static const struct form_field fields[] = {
	PART_UID_FIELD,
	ASK("kind", CHOICE, FORM_REQUIRED, N_("What is there to record?"),
	    N_("Neutral words, no push: every answer is all right."),
	    .options_from = kinds),
	ASK("decision", CHOICE, FORM_REQUIRED, N_("The person"), NULL,
	    .options = mechanism_decisions, .n_options = 4,
	    .show_field = "kind", .show_value = "decision"),
	ASK("by", CHOICE, FORM_REQUIRED, N_("Who referred"), NULL,
	    .options = referrers, .n_options = 2, .show_field = "kind",
	    .show_value = "referred"),
	ASK("stage", CHOICE, FORM_REQUIRED, N_("Which decision"), NULL,
	    .options_from = stages, .show_field = "kind",
	    .show_value = "stage"),
	ASK("on", DATE, FORM_REQUIRED, N_("On which day"), NULL),
	ASK("until", DATE, 0, N_("Until"),
	    N_("A reflection period without an end gets the days of the "
	       "law."),
	    .show_if = has_end),
	ASK("words", LONG_TEXT, 0, N_("Words"),
	    N_("Facts that help; no names, no story."), .max = 4000, .rows = 3),
};

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	struct mechanism_entry e = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.mechanism = mechanism_of(v)->id,
		.kind = formview_get(fv, "kind"),
		.code = "",
		.on = asks_date(fv, "on"),
		.words = formview_get(fv, "words") };
	static const char *const codes[] = { "decision", "by", "stage" };
	const char *code = "code";
	int rc;

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (formview_shown(fv, codes[i]))
			e.code = formview_get(fv, code = codes[i]);
	if (formview_shown(fv, "until"))
		e.until = asks_date(fv, "until");
	rc = mechanism_add(app_session(v), &e, err);
	if (rc == -1)
		err_field_as(err, "code", code);
	return rc;
}

static const struct formview_step step = { N_("The mechanism"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step,
	.n_steps = 1,
	.save = save,
};

static int
open_form(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;
	struct mechanism_file file;

	if (app_society(v)->n_mechanisms == 0)
		return err_set(err, ERR_NOT_FOUND,
		    _("No mechanism is configured for this country."));
	if (mechanism_open(app_session(v), r->case_uid, mechanism_of(v)->id,
		&v->arena, &file, err) != 0)
		return -1;
	s->closed = file.closed;
	(void)formview_init(v, &use, v);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_mechanism_add = {
	.name = "mechanism-add",
	.title = N_("Record"),
	.needs = PERM_CASE_WRITE,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_form,
	.key = part_uid_key,
	.form = formview_state,
};
