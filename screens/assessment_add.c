/* SPDX-License-Identifier: ISC */
/*
 * A new picture of needs, strengths and risks.  It begins with what the last
 * one said, so that only what is different has to be typed; nothing that was
 * not talked about is filled in.
 */
#include <string.h>

#include "asks.h"
#include "parts.h"
#include "plan_words.h"
#include "screens.h"

#include "base/i18n.h"
#include "store/assessment.h"

#define STEPS 3
#define N(a) (sizeof(a) / sizeof((a)[0]))

struct add_state {
	struct formview form;
	/* Ids of the fields of each domain: "need.safety", "words.safety". */
	const char **need, **words;
};

static const struct form_field first[] = {
	PART_UID_FIELD,
	ASK("wants", LONG_TEXT, FORM_REQUIRED, N_("What they want"),
	    N_("In their own words, as they put it first."), .max = 4000,
	    .rows = 3),
};

static const struct choice_option alone_options[] = {
	{ "yes", N_("yes"), NULL },
	{ "no", N_("no"), N_("Then hear risks another time, alone.") },
	{ "unsure", N_("not sure"), NULL },
};

/* How it was talked about; the options of the first two are configured. */
enum { AT_LANGUAGE, AT_INTERPRETER };
static const struct form_field last[] = {
	[AT_LANGUAGE] = ASK("language", CHOICE, 0, N_("Language"), NULL),
	[AT_INTERPRETER] =
	    ASK("interpreter", CHOICE, 0, N_("Interpreter"), NULL),
	ASK("seen_alone", CHOICE, 0, N_("Were they alone with you?"), NULL,
	    .options = alone_options, .n_options = N(alone_options)),
};

/* --- fields ----------------------------------------------------------------- */

/* One long text for each topic of a list. */
static size_t
topic_fields(struct view *v, struct form_field *f, const char *kind,
    const struct choice_option *topics, size_t n)
{
	for (size_t i = 0; i < n; i++)
		f[i] = (struct form_field){ .id = arena_printf(&v->arena,
						"%s.%s", kind, topics[i].value),
			.type = FORM_LONG_TEXT,
			.label = topics[i].label,
			.help = topics[i].help,
			.max = 4000,
			.rows = 2 };
	return n;
}

static void
want_step(struct view *v, struct formview_step *step)
{
	struct form_field *f =
	    arena_alloc(&v->arena, N(first) + PLAN_STRENGTHS, sizeof(*f));

	memcpy(f, first, sizeof(first));
	step->title = N_("What they want and have");
	step->fields = f;
	step->n = N(first) + topic_fields(v, f + N(first), "strength",
				 plan_strengths, PLAN_STRENGTHS);
}

static void
need_step(struct view *v, struct formview_step *step)
{
	const struct labels *domains = &app_society(v)->domains;
	struct form_field *f =
	    arena_alloc(&v->arena, 2 * domains->n + 1, sizeof(*f));
	struct add_state *s = v->state;

	s->need = arena_alloc(&v->arena, domains->n + 1, sizeof(char *));
	s->words = arena_alloc(&v->arena, domains->n + 1, sizeof(char *));
	step->title = N_("Needs: only what you talked about");
	step->fields = f;
	for (size_t i = 0; i < domains->n; i++) {
		const struct labelled *d = &domains->list[i];

		s->need[i] = arena_printf(&v->arena, "need.%s", d->id);
		s->words[i] = arena_printf(&v->arena, "words.%s", d->id);
		f[step->n++] = (struct form_field){ .id = s->need[i],
			.type = FORM_CHOICE,
			.label = d->label,
			.help = d->help[0] != '\0'
				    ? d->help
				    : N_("Empty: not talked about. That is "
					 "never counted as \"none\"."),
			.options = plan_needs,
			.n_options = PLAN_NEEDS };
		f[step->n++] = (struct form_field){ .id = s->words[i],
			.type = FORM_TEXT,
			/* Also where it is read without the line above. */
			.label = arena_printf(
			    &v->arena, _("  %s: in a few words"), d->label),
			.max = 2000,
			.show_field = s->need[i] };
	}
}

static void
risk_step(struct view *v, struct formview_step *step)
{
	const struct society *society = app_society(v);
	struct form_field *f =
	    arena_alloc(&v->arena, PLAN_RISK_VIEWS + N(last), sizeof(*f));
	struct form_field *how = f + PLAN_RISK_VIEWS;

	step->title = N_("Risks, as they see them first");
	step->fields = f;
	step->n = topic_fields(v, f, "risk", plan_risk_views, PLAN_RISK_VIEWS) +
		  N(last);
	memcpy(how, last, sizeof(last));
	how[AT_LANGUAGE].options =
	    asks_languages(v, &how[AT_LANGUAGE].n_options);
	how[AT_INTERPRETER].options = asks_labels(
	    v, &society->interpreters, &how[AT_INTERPRETER].n_options);
}

/* --- saving ----------------------------------------------------------------- */

/* The topics of a list that were written about. */
static size_t
take_topics(const struct formview *fv, struct arena *arena,
    struct assessment_item *items, const char *kind,
    const struct choice_option *topics, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		const char *words = formview_get(
		    fv, arena_printf(arena, "%s.%s", kind, topics[i].value));

		if (words[0] != '\0')
			items[k++] = (struct assessment_item){ .kind = kind,
				.topic = topics[i].value,
				.state = "",
				.words = words };
	}
	return k;
}

static int
save(struct view *v, struct err *err)
{
	const struct labels *domains = &app_society(v)->domains;
	struct add_state *s = v->state;
	struct formview *fv = &s->form;
	struct assessment a = { .uid = part_uid(v),
		.base = formview_basis(fv).base,
		.wants = formview_get(fv, "wants"),
		.language = formview_get(fv, "language"),
		.interpreter = formview_get(fv, "interpreter"),
		.seen_alone = formview_get(fv, "seen_alone") };

	a.items = arena_alloc(&v->arena,
	    domains->n + PLAN_STRENGTHS + PLAN_RISK_VIEWS, sizeof(*a.items));
	a.n_items = take_topics(
	    fv, &v->arena, a.items, "strength", plan_strengths, PLAN_STRENGTHS);
	a.n_items += take_topics(fv, &v->arena, a.items + a.n_items, "risk",
	    plan_risk_views, PLAN_RISK_VIEWS);
	for (size_t i = 0; i < domains->n; i++) {
		const char *state = formview_get(fv, s->need[i]);

		if (state[0] == '\0')
			continue;
		a.items[a.n_items++] = (struct assessment_item){ .kind = "need",
			.topic = domains->list[i].id,
			.state = state,
			.words = formview_get(fv, s->words[i]) };
	}
	return assessment_add(app_session(v), v->route.case_uid, &a, &v->arena,
	    &fv->conflicts, err);
}

/* --- opening ---------------------------------------------------------------- */

static void
load(struct view *v, struct formview *fv, const struct assessment *before)
{
	formview_load(fv, "wants", before->wants);
	formview_load(fv, "language", before->language);
	for (size_t i = 0; i < before->n_items; i++) {
		const struct assessment_item *item = &before->items[i];
		bool need = strcmp(item->kind, "need") == 0;

		formview_load(fv,
		    arena_printf(&v->arena, "%s.%s", item->kind, item->topic),
		    need ? item->state : item->words);
		if (need)
			formview_load(fv,
			    arena_printf(&v->arena, "words.%s", item->topic),
			    item->words);
	}
}

static int
open_add(struct view *v, const struct route *r, struct err *err)
{
	struct formview_step *steps =
	    arena_alloc(&v->arena, STEPS, sizeof(*steps));
	struct formview_use *use = arena_alloc(&v->arena, 1, sizeof(*use));
	struct assessments all;
	struct formview *fv;

	if (assessment_list(
		app_session(v), r->case_uid, &v->arena, &all, err) != 0)
		return -1;
	want_step(v, &steps[0]);
	need_step(v, &steps[1]);
	risk_step(v, &steps[2]);
	*use = (struct formview_use){ .steps = steps,
		.n_steps = STEPS,
		.save = save,
		.saved = N_("Saved, with today's date; earlier ones stay.") };
	fv = formview_init(v, use, v);
	fv->whole = true;
	if (all.n > 0) {
		fv->base = all.list[0].uid;
		load(v, fv, &all.list[0]);
	}
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_NEXT_STEP,
	ACT_PREVIOUS_STEP, ACT_UNDO, ACT_NONE };

const struct screen screen_assessment_add = {
	.name = "assessment-add",
	.title = N_("Needs and strengths"),
	.needs = PERM_PLAN,
	.state_size = sizeof(struct add_state),
	.actions = actions,
	.open = open_add,
	.key = part_uid_key,
	.form = formview_state,
};
