/* SPDX-License-Identifier: ISC */
/*
 * A document: read once from a path, or pasted.  What cannot be kept says why
 * and everything typed stays.
 */
#include <string.h>

#include "asks.h"
#include "document_words.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"
#include "rules/document.h"
#include "store/document.h"

struct state {
	struct formview form;
};

static const struct choice_option ways[] = {
	{ "pasted", N_("I paste or type the words"), NULL },
	{ "path", N_("A file on this machine"),
	    N_("It is read once and stays where it is: delete it there "
	       "yourself.") },
};

/* A path only where the configuration allows it. */
static size_t
offered(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct view *v = ctx;

	(void)values;
	*out = ways;
	return app_society(v)->device.document_paths ? 2 : 1;
}

static const struct form_field fields[] = {
	PART_UID_FIELD,
	ASK("limits", INFO, 0, "", NULL,
	    .text = N_("Keep only what is needed to help, and only with the "
		       "person's yes. Text, PDF, JPEG, PNG, TIFF or office "
		       "documents, 20 MB each unless your Society set "
		       "another size; pasted words 64 kB. It is kept "
		       "encrypted with the person's card, never in a file.")),
	ASK("kind", CHOICE, FORM_REQUIRED, N_("What it is"), NULL,
	    .options = document_kinds, .n_options = DOCUMENT_KINDS),
	ASK("title", TEXT, FORM_REQUIRED | FORM_PII, N_("Title"),
	    N_("So that you know it again; it shows only with the person's "
	       "documents."),
	    .max = 200),
	ASK("on", DATE, FORM_PII, N_("Date on it"),
	    N_("As precise as it is; empty where there is none.")),
	ASK("how", CHOICE, FORM_REQUIRED, N_("Where from"), NULL,
	    .options_from = offered),
	ASK("words", LONG_TEXT, FORM_REQUIRED | FORM_PII, N_("Its words"), NULL,
	    .max = DOCUMENT_PASTE_MAX, .rows = 6, .show_field = "how",
	    .show_value = "pasted"),
	ASK("path", TEXT, FORM_REQUIRED | FORM_PII, N_("Path"),
	    N_("The whole path of one file, from the first /. Not a link."),
	    .max = 1000, .show_field = "how", .show_value = "path"),
};

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	const struct document d = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.corrects = v->route.record,
		.kind = formview_get(fv, "kind"),
		.title = formview_get(fv, "title"),
		.on = asks_date(fv, "on") };

	if (formview_is(fv, "how", "path"))
		return document_add_path(
		    app_session(v), &d, formview_get(fv, "path"), err);
	return document_add_text(
	    app_session(v), &d, formview_get(fv, "words"), err);
}

static const struct formview_step step = { N_("A document"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step,
	.n_steps = 1,
	.save = save,
	.saved = N_("The document is kept, encrypted. What is left of it "
		    "outside is yours to delete."),
};

static int
open_add(struct view *v, const struct route *r, struct err *err)
{
	(void)r;
	(void)formview_init(v, &use, v);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_document_add = {
	.name = "document-add",
	.title = N_("A document"),
	.needs = PERM_IDENTITY_WRITE,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_add,
	.key = part_uid_key,
	.form = formview_state,
};
