/* SPDX-License-Identifier: ISC */
/*
 * Who the person is, to be put right.  The number that is kept does not show
 * here: a new one can be typed, the old one is on the card, after how to use
 * it.
 */
#include <string.h>

#include "asks.h"
#include "cover.h"
#include "screens.h"

#include "base/i18n.h"
#include "store/person.h"

struct edit_state {
	struct covered_form form;
	const struct choice_option *languages, *sexes;
	size_t n_languages, n_sexes;
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

static const struct choice_option bases[] = {
	{ "document", N_("From a document"), NULL },
	{ "stated", N_("As the person says"), NULL },
	{ "estimated", N_("Estimated"), NULL },
	{ "disputed", N_("Disputed"),
	    N_("Work as with a child until it is decided.") },
};

static const struct form_field fields[] = {
	ASK("name", TEXT, FORM_PII, N_("Name"),
	    N_("As the person says it, in any script."), .max = 300),
	ASK("other_names", TEXT, FORM_PII, N_("Other names"), NULL, .max = 500),
	ASK("birth", DATE, FORM_PII, N_("Born"),
	    N_("A year alone is fine; ? when nobody knows.")),
	ASK("birth_basis", CHOICE, FORM_PII, N_("How that is known"), NULL,
	    .options = bases, .n_options = sizeof(bases) / sizeof(bases[0]),
	    .show_field = "birth"),
	ASK("sex", CHOICE, FORM_PII, N_("Sex"), NULL, .options_from = sexes),
	ASK("languages", MULTI, FORM_PII, N_("Languages"), NULL,
	    .options_from = languages),
	ASK("country", TEXT, FORM_PII, N_("Country of origin"),
	    N_("Only where it helps."), .max = 60),
	ASK("phone", PHONE, FORM_PII, N_("New number"),
	    N_("Empty keeps the one that is kept; it is not shown here."),
	    .max = 60),
	ASK("address", LONG_TEXT, FORM_PII, N_("Area"),
	    N_("Never the address of a shelter."), .max = 500, .rows = 2),
	ASK("document", TEXT, FORM_PII, N_("Document"),
	    N_("Kind and number, only where needed to help."), .max = 120),
};

/* A colleague's number is no more shown in a conflict than elsewhere; taking
 * theirs writes nothing. */
static void
mask_number(const struct conflicts *conflicts)
{
	for (size_t i = 0; i < conflicts->n; i++)
		if (strcmp(conflicts->list[i].field, "phone") == 0)
			conflicts->list[i].theirs = _("another number");
}

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	const struct change *changes;
	size_t n = formview_changes(v, &changes);
	int rc;

	if (n == 0)
		return err_set(err, ERR_INPUT,
		    _("Nothing was changed. Change an answer, or go back "
		      "(Esc)."));
	rc = person_change(app_session(v), v->route.case_uid, &fv->rev, changes,
	    n, &v->arena, &fv->conflicts, err);
	if (rc != 0 && err->kind == ERR_CONFLICT)
		mask_number(&fv->conflicts);
	return rc;
}

static const struct formview_step step = { N_("Who the person is"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step, .n_steps = 1, .save = save
};

static int
open_edit(struct view *v, const struct route *r, struct err *err)
{
	struct edit_state *s = v->state;
	struct person person;
	struct safe_contact contact;
	struct formview *fv;
	char birth[12];

	if (person_open(app_session(v), r->case_uid, NULL, &v->arena, &person,
		&contact, err) != 0)
		return -1;
	s->languages = asks_languages(v, &s->n_languages);
	s->sexes = asks_labels(v, &app_society(v)->sexes, &s->n_sexes);
	fv = formview_init(v, &use, v);
	fv->rev = person.rev;
	formview_load(fv, "name", person.name);
	formview_load(fv, "other_names", person.other_names);
	formview_load(
	    fv, "birth", date_iso(&person.birth, birth, sizeof(birth)));
	formview_load(fv, "birth_basis", person.birth_basis);
	formview_load(fv, "sex", person.sex);
	formview_load(fv, "languages", person.languages);
	formview_load(fv, "country", person.country);
	formview_load(fv, "address", person.address);
	formview_load(fv, "document", person.document);
	cover_start(v, formview_key);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_person_edit = {
	.name = "person-edit",
	.title = N_("Edit"),
	.needs = PERM_IDENTITY_WRITE,
	.state_size = sizeof(struct edit_state),
	.actions = actions,
	.open = open_edit,
	COVERED_FORM,
};
