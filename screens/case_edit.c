/* SPDX-License-Identifier: ISC */
/*
 * What a case says about its person without saying who it is: what they want
 * first, language, age band, whether they may be a child, urgent or not.
 */
#include "asks.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"

struct edit_state {
	struct formview form;
	const struct choice_option *languages, *sexes, *ages;
	size_t n_languages, n_sexes, n_ages;
};

static size_t
languages(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct edit_state *s = ((const struct view *)ctx)->state;

	(void)values;
	*out = s->languages;
	return s->n_languages;
}

static size_t
sexes(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct edit_state *s = ((const struct view *)ctx)->state;

	(void)values;
	*out = s->sexes;
	return s->n_sexes;
}

static size_t
ages(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct edit_state *s = ((const struct view *)ctx)->state;

	(void)values;
	*out = s->ages;
	return s->n_ages;
}

static const struct choice_option children[] = {
	{ "yes", N_("Yes"), NULL },
	{ "no", N_("No"), NULL },
	{ "unsure", N_("Not sure: work as with a child"), NULL },
};

/* As the record keeps it. */
static const struct choice_option still_urgent[] = {
	{ "1", N_("Yes"), NULL },
	{ "0", N_("No: everything was done or declined"), NULL },
};

static const struct form_field fields[] = {
	{ .id = "wants",
	    .type = FORM_LONG_TEXT,
	    .label = N_("What the person wants first"),
	    .help = N_("In their words."),
	    .max = PART_WANTS_MAX,
	    .rows = 2 },
	{ .id = "urgent",
	    .type = FORM_CHOICE,
	    .label = N_("Is anything urgent still open?"),
	    .help = N_("Danger now, health, a place for tonight, a child."),
	    .options = still_urgent,
	    .n_options = sizeof(still_urgent) / sizeof(still_urgent[0]) },
	{ .id = "language",
	    .type = FORM_CHOICE,
	    .label = N_("Language to talk in"),
	    .options_from = languages },
	{ .id = "sex",
	    .type = FORM_CHOICE,
	    .label = N_("Sex"),
	    .options_from = sexes },
	{ .id = "age_band",
	    .type = FORM_CHOICE,
	    .label = N_("Age band"),
	    .options_from = ages },
	{ .id = "may_be_child",
	    .type = FORM_CHOICE,
	    .label = N_("May they be a child?"),
	    .help = N_("In doubt: not sure. Nobody here decides an age."),
	    .options = children,
	    .n_options = sizeof(children) / sizeof(children[0]) },
};

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	const struct change *changes;
	size_t n = formview_changes(v, &changes);

	if (n == 0)
		return err_set(err, ERR_INPUT,
		    _("Nothing was changed. Change an answer, or go back "
		      "(Esc)."));
	return case_change(app_session(v), v->route.case_uid, &fv->rev, changes,
	    n, &v->arena, &fv->conflicts, err);
}

static const struct formview_step step = { N_("The case, without names"),
	fields, sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step, .n_steps = 1, .save = save
};

static int
open_edit(struct view *v, const struct route *r, struct err *err)
{
	const struct society *society = app_society(v);
	struct edit_state *s = v->state;
	struct case_file file;
	struct formview *fv;

	if (case_open(app_session(v), r->case_uid, "", &v->arena, &file, err) !=
	    0)
		return -1;
	app_case(v, &r->case_uid, file.code);
	s->languages = asks_languages(v, &s->n_languages);
	s->sexes = asks_labels(v, &society->sexes, &s->n_sexes);
	s->ages = asks_labels(v, &society->age_groups, &s->n_ages);
	fv = formview_init(v, &use, v);
	fv->rev = file.rev;
	formview_load(fv, "wants", file.wants);
	formview_load(fv, "urgent", file.urgent ? "1" : "0");
	formview_load(fv, "language", file.language);
	formview_load(fv, "sex", file.sex);
	formview_load(fv, "age_band", file.age_band);
	formview_load(fv, "may_be_child", file.may_be_child);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_case_edit = {
	.name = "case-edit",
	.title = N_("Edit"),
	.needs = PERM_CASE_WRITE,
	.state_size = sizeof(struct edit_state),
	.actions = actions,
	.open = open_edit,
	.form = formview_state,
};
