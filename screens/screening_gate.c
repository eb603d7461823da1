/* SPDX-License-Identifier: ISC */
/*
 * Before any catalogue opens: alone, safe, time, an independent interpreter or
 * none, limits explained.  If not, safety and needs only, and the record says
 * that it could not be assessed.
 */
#include <string.h>

#include "asks.h"
#include "parts.h"
#include "screening_state.h"
#include "screens.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

struct gate_state {
	struct formview form; /* first: formview_state() */
	struct formview_use *use;
};

static const struct choice_option interpreters[] = {
	{ "none", N_("none needed"), NULL },
	{ "independent", N_("independent interpreter"), NULL },
	{ "companion", N_("somebody who came along"),
	    N_("Then no catalogue opens") },
};
static const struct choice_option weight_lists[] = {
	{ "AL", N_("adults, labour"), NULL },
	{ "AS", N_("adults, sexual exploitation"), NULL },
	{ "CL", N_("children, labour"), NULL },
	{ "CS", N_("children, sexual exploitation"), NULL },
};

static unsigned
gate_of(const struct form_values *values)
{
	static const struct {
		const char *code;
		enum interpreter is;
	} kinds[] = { { "none", INTERPRETER_NONE },
		{ "independent", INTERPRETER_INDEPENDENT },
		{ "companion", INTERPRETER_COMPANION } };
	static const char *const ids[4] = { "alone", "safe", "time", "limits" };
	enum tri tri[4] = { TRI_UNKNOWN, TRI_UNKNOWN, TRI_UNKNOWN,
		TRI_UNKNOWN };
	struct alone_facts f = { .interpreter = INTERPRETER_UNKNOWN };

	for (size_t i = 0; i < 4; i++)
		tri[i] = form_value_is(values, ids[i], "yes")  ? TRI_YES
			 : form_value_is(values, ids[i], "no") ? TRI_NO
							       : TRI_UNKNOWN;
	f.alone = tri[0];
	f.safe = tri[1];
	f.time = tri[2];
	f.limits_explained = tri[3];
	for (size_t i = 0; i < N(kinds); i++)
		if (form_value_is(values, "interpreter", kinds[i].code))
			f.interpreter = kinds[i].is;
	return screening_gate(&f);
}

static bool
answered(const struct form_values *values)
{
	return form_value(values, "alone")[0] != '\0' &&
	       form_value(values, "safe")[0] != '\0' &&
	       form_value(values, "time")[0] != '\0' &&
	       form_value(values, "limits")[0] != '\0' &&
	       form_value(values, "interpreter")[0] != '\0';
}

static bool
is_open(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return gate_of(values) == 0;
}

static bool
is_closed(void *ctx, const struct form_values *values)
{
	return answered(values) && !is_open(ctx, values);
}

static bool
has_lists(void *ctx, const struct form_values *values)
{
	const struct view *v = ctx;

	return is_open(ctx, values) &&
	       form_value_is(values, "catalogue", "ilo09") &&
	       society_catalogue(app_society(v), "ilo09") != NULL;
}

enum { AT_LANGUAGE = 5, AT_CATALOGUE };
static const struct form_field table[] = {
	ASK("alone", YES_NO, FORM_REQUIRED, N_("Is the person alone with us?"),
	    NULL),
	ASK("interpreter", CHOICE, FORM_REQUIRED, N_("Interpreter"), NULL,
	    .options = interpreters, .n_options = N(interpreters)),
	ASK("safe", YES_NO, FORM_REQUIRED, N_("Safe to talk here and now?"),
	    NULL),
	ASK("time", YES_NO, FORM_REQUIRED, N_("Is there time, unhurried?"),
	    NULL),
	ASK("limits", YES_NO, FORM_REQUIRED,
	    N_("Limits of confidentiality explained?"), NULL),
	[AT_LANGUAGE] = ASK("language", CHOICE, 0, N_("Language spoken"), NULL,
	    .show_if = is_open),
	[AT_CATALOGUE] = ASK("catalogue", CHOICE, FORM_REQUIRED,
	    N_("Catalogue"), N_("To notice and to listen; not to be read out"),
	    .show_if = is_open),
	ASK("list", CHOICE, FORM_REQUIRED, N_("List"),
	    N_("Age not known: a children's list"), .options = weight_lists,
	    .n_options = N(weight_lists), .show_if = has_lists),
	ASK("closed", INFO, 0, N_("Not now"), NULL,
	    .text = N_("Safety and needs only. The record says that it could "
		       "not be assessed; everything else goes on."),
	    .show_if = is_closed),
	ASK("wants", TEXT, FORM_REQUIRED, N_("What does the person want?"),
	    NULL, .max = 1000, .show_if = is_closed),
	PART_UID_FIELD,
};

static int
record_closed(struct view *v, const struct formview *fv, struct err *e)
{
	const char *who = formview_get(fv, "interpreter");
	struct screening sc = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.catalogue = "",
		.list = "",
		.language = "",
		.interpreter =
		    strcmp(who, "companion") == 0 ? "not_independent" : who,
		.seen_alone = formview_get(fv, "alone"),
		.outcome = screening_outcome_name(OUTCOME_NOT_ABLE_TO_ASSESS),
		.wants = formview_get(fv, "wants"),
		.note = "" };

	return screening_add(app_session(v), &sc, e);
}

static int
save(struct view *v, struct err *e)
{
	const struct society *so = app_society(v);
	struct gate_state *s = v->state;
	struct formview *fv = &s->form;
	struct screening_choice c = { .independent = formview_is(
					  fv, "interpreter", "independent") };

	if (!formview_shown(fv, "catalogue")) {
		s->use->saved = N_("Saved: not able to assess. Safety and "
				   "needs go on.");
		return record_closed(v, fv, e);
	}
	s->use->saved = N_("Notice and listen; nothing has to be asked.");
	for (size_t i = 0; i < so->n_catalogues; i++)
		if (formview_is(fv, "catalogue", so->catalogues[i]->id))
			c.catalogue = (unsigned)i;
	for (size_t i = 0; i < so->n_languages; i++)
		if (formview_is(fv, "language", so->languages[i].id))
			c.language = (unsigned)i + 1;
	if (formview_shown(fv, "list"))
		for (size_t i = 0; i < N(weight_lists); i++)
			if (formview_is(fv, "list", weight_lists[i].value))
				c.list = (unsigned)i + 1;
	fv->then = NEXT_REPLACE;
	(void)part_go_to(v, &screen_screening, NULL);
	v->go.arg = screening_pack(&c);
	return 0;
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	const struct society *so = app_society(v);
	struct gate_state *s = v->state;
	struct form_field *f = arena_alloc(&v->arena, 1, sizeof(table));
	struct formview_step *step = arena_alloc(&v->arena, 1, sizeof(*step));
	struct formview_use *use = arena_alloc(&v->arena, 1, sizeof(*use));
	struct choice_option *cats =
	    arena_alloc(&v->arena, so->n_catalogues + 1, sizeof(*cats));

	(void)r;
	memcpy(f, table, sizeof(table));
	for (size_t i = 0; i < so->n_catalogues; i++)
		cats[i] = (struct choice_option){ so->catalogues[i]->id,
			so->catalogues[i]->title, so->catalogues[i]->about };
	f[AT_CATALOGUE].options = cats;
	f[AT_CATALOGUE].n_options = so->n_catalogues;
	f[AT_LANGUAGE].options = asks_languages(v, &f[AT_LANGUAGE].n_options);
	*step = (struct formview_step){
		.title = N_("Before indicators"), .fields = f, .n = N(table)
	};
	*use =
	    (struct formview_use){ .steps = step, .n_steps = 1, .save = save };
	s->use = use;
	formview_init(v, use, v);
	return formview_resume(v, e);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_screening_gate = {
	.name = "screening_gate",
	.title = N_("Indicators: alone and safe?"),
	.needs = PERM_SCREEN,
	.state_size = sizeof(struct gate_state),
	.actions = actions,
	.open = open,
	.key = part_uid_key,
	.form = formview_state,
};
