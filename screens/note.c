/* SPDX-License-Identifier: ISC */
/* A short factual note.  Appended, never edited. */
#include <string.h>

#include "parts.h"
#include "screens.h"

#include "base/i18n.h"
#include "rules/workflow.h"

struct note_state {
	struct formview form;
	bool account_open; /* the person agreed to work together */
};

static const struct choice_option kinds[] = {
	{ "fact", N_("A fact"), N_("What happened, when, by whom known.") },
	{ "said", N_("Something the person said"),
	    N_("In their words, short; \"said\", never \"claimed\".") },
	{ "observed", N_("Something I saw"),
	    N_("What was seen or heard, not what it may mean.") },
	{ "plan", N_("A plan"), N_("What we will do, or they will.") },
	{ "other", N_("Something else"), NULL },
};

static int
check_account(void *ctx, const struct form_values *values, const char *value,
    struct err *err)
{
	const struct note_state *s = ((const struct view *)ctx)->state;

	(void)values;
	if (strcmp(value, "yes") == 0 && !s->account_open)
		return err_set(err, ERR_INPUT,
		    _("An account can be written once the person agreed to "
		      "work together (c); until then facts only."));
	return 0;
}

static const struct form_field fields[] = {
	PART_UID_FIELD,
	{ .id = "kind",
	    .type = FORM_CHOICE,
	    .flags = FORM_REQUIRED,
	    .label = N_("What it is"),
	    .options = kinds,
	    .n_options = sizeof(kinds) / sizeof(kinds[0]) },
	{ .id = "account",
	    .type = FORM_YES_NO,
	    .flags = FORM_REQUIRED,
	    .label = N_("Is it somebody's account of what happened?"),
	    .help = N_("A warning then comes before it is read. Write as "
		       "little as helps; what is written can be asked for by "
		       "a court."),
	    .check = check_account },
	{ .id = "text",
	    .type = FORM_LONG_TEXT,
	    .flags = FORM_REQUIRED,
	    .label = N_("Note"),
	    .help = N_("Facts: who saw or said what, when. No guesses, no "
		       "names, no labels. At most 64 kB, some 20 pages."),
	    .max = NOTE_MAX,
	    .rows = 8 },
};

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	const struct note note = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.kind = formview_get(fv, "kind"),
		.text = formview_get(fv, "text"),
		.account = formview_is(fv, "account", "yes") };

	return note_add(app_session(v), &note, err);
}

static const struct formview_step step = { N_("A note"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step,
	.n_steps = 1,
	.save = save,
	.saved = N_("The note is saved."),
};

static int
open_note(struct view *v, const struct route *r, struct err *err)
{
	struct note_state *s = v->state;
	struct case_file file;
	int decision;

	if (case_open(app_session(v), r->case_uid, "", &v->arena, &file, err) !=
	    0)
		return -1;
	decision = consent_decision_from_name(file.work_together);
	s->account_open = decision >= 0 &&
			  workflow_narrative_open(
			      (enum consent_decision)decision, file.anonymous);
	app_case(v, &r->case_uid, file.code);
	(void)formview_init(v, &use, v);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_note = {
	.name = "note",
	.title = N_("Note"),
	.needs = PERM_CASE_WRITE,
	.state_size = sizeof(struct note_state),
	.actions = actions,
	.open = open_note,
	.key = part_uid_key,
	.form = formview_state,
};
