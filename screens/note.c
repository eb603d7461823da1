/* SPDX-License-Identifier: ISC */
/*
 * A short factual note, with whose each fact is.  Appended, never edited; one
 * that is wrong is put right by another (route.record names it).
 */
#include <string.h>

#include "asks.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"
#include "rules/workflow.h"

struct note_state {
	struct formview form;
	bool account_open; /* the person agreed to work together */
	bool corrects;
};

static const struct choice_option kinds[] = {
	{ "fact", N_("A fact"), N_("What happened, when, by whom known.") },
	{ "said", N_("Something the person said"),
	    N_("In their words, short; \"said\", never \"claimed\".") },
	{ "observed", N_("Something I saw"),
	    N_("What was seen or heard, not what it may mean.") },
	{ "view", N_("My own view"),
	    N_("What you make of it, kept apart from what happened.") },
	{ "plan", N_("A plan"), N_("What we will do, or they will.") },
	{ "other", N_("Something else"), NULL },
};

static const struct choice_option present[] = {
	{ "person", N_("The person"), NULL },
	{ "interpreter", N_("An interpreter"), NULL },
	{ "guardian", N_("A parent or guardian"), NULL },
	{ "companion", N_("Somebody who came along"), NULL },
	{ "colleague", N_("A colleague"), NULL },
	{ "other", N_("Others"), NULL },
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

static int
check_ready(void *ctx, const struct form_values *values, const char *value,
    struct err *err)
{
	(void)ctx;
	(void)values;
	if (strcmp(value, "no") == 0)
		return err_set(err, ERR_INPUT,
		    _("Then leave it for now: Esc goes back and what is typed "
		      "stays a draft. Or answer no above and note facts "
		      "only."));
	return 0;
}

/* Nobody meets the field of an account without choosing to. */
static bool
text_open(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return !form_value_is(values, "account", "yes") ||
	       form_value_is(values, "ready", "yes");
}

#define FACT(i, l, h) \
	ASK(i, LONG_TEXT, 0, l, h, .max = 4000, .rows = 2, .show_if = text_open)
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
	{ .id = "careful",
	    .type = FORM_INFO,
	    .label = "",
	    .text = N_("An account is hard to write down, too. Take your "
		       "time; you may leave it (Esc keeps what is typed) or "
		       "ask a colleague to be there."),
	    .show_field = "account",
	    .show_value = "yes" },
	{ .id = "ready",
	    .type = FORM_YES_NO,
	    .flags = FORM_REQUIRED,
	    .label = N_("Write it down now?"),
	    .show_field = "account",
	    .show_value = "yes",
	    .check = check_ready },
	{ .id = "text",
	    .type = FORM_LONG_TEXT,
	    .flags = FORM_REQUIRED,
	    .label = N_("Note"),
	    .help = N_("Facts: who saw or said what, when. No guesses, no "
		       "names, no labels. At most 64 kB, some 20 pages."),
	    .max = NOTE_MAX,
	    .rows = 8,
	    .show_if = text_open },
	ASK("present", MULTI, 0, N_("Who was there?"),
	    N_("Never by name. Somebody who came along may be the one to "
	       "fear."),
	    .options = present,
	    .n_options = sizeof(present) / sizeof(*present)),
	FACT("said", N_("The person said"),
	    N_("Their words, short. They may be read by a court.")),
	FACT("saw", N_("I saw or heard"), N_("Not what it may mean.")),
	FACT("other_said", N_("Somebody else said"),
	    N_("Say who by what they are, not by name. It may be the one "
	       "who controls them speaking.")),
	FACT("view", N_("My own view"),
	    N_("Your own, dated and named yours; no diagnosis and no legal "
	       "conclusion.")),
};

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	const struct note note = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.corrects = v->route.record,
		.kind = formview_get(fv, "kind"),
		.text = formview_get(fv, "text"),
		.account = formview_is(fv, "account", "yes"),
		.present = formview_get(fv, "present"),
		.fact = { [NOTE_SAID] = formview_get(fv, "said"),
		    [NOTE_SAW] = formview_get(fv, "saw"),
		    [NOTE_OTHER_SAID] = formview_get(fv, "other_said"),
		    [NOTE_VIEW] = formview_get(fv, "view") } };

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
	s->corrects = !uid_null(&r->record);
	(void)formview_init(v, &use, v);
	return formview_resume(v, err);
}

static void
draw(const struct view *v, struct canvas *c)
{
	const struct note_state *s = v->state;
	struct canvas below = canvas_view(c, 1, 0, c->rows - 1, c->cols);

	if (!s->corrects) {
		formview_draw(v, c);
		return;
	}
	(void)canvas_text(c, 0, 1, -1, EL_WARNING,
	    _("Puts an earlier note right; both stay and are read together."));
	formview_draw(v, &below);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_note = {
	.name = "note",
	.title = N_("Note"),
	.needs = PERM_CASE_WRITE,
	.state_size = sizeof(struct note_state),
	.actions = actions,
	.open = open_note,
	.draw = draw,
	.key = part_uid_key,
	.form = formview_state,
};
