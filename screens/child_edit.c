/* SPDX-License-Identifier: ISC */
/*
 * Age, guardian, assent: the child is asked about the guardian first, alone.
 * A new record replaces the one before, which stays in the timeline.
 */
#include <string.h>

#include "asks.h"
#include "child_words.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"
#include "rules/child.h"
#include "store/child.h"

struct state {
	struct formview form;
	struct child_file file;
};

static bool
is_child(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return form_value_is(values, "may_be_child", "yes") ||
	       form_value_is(values, "may_be_child", "unsure");
}

/* Nothing about a guardian before the child was asked. */
static bool
safety_said(void *ctx, const struct form_values *values)
{
	return is_child(ctx, values) &&
	       form_value(values, "safety_asked")[0] != '\0';
}

static bool
best_interests(void *ctx, const struct form_values *values)
{
	return safety_said(ctx, values) &&
	       form_value_is(values, "route", "best_interests");
}

/* Only once the birthday can have been. */
static bool
may_be_of_age(void *ctx, const struct form_values *values)
{
	const struct view *v = ctx;
	const struct state *s = v->state;

	return form_value_is(values, "may_be_child", "no") &&
	       child_birthday_near(s->file.of_age_from, app_now(v));
}

static const struct form_field fields[] = {
	PART_UID_FIELD,
	ASK("may_be_child", CHOICE, FORM_REQUIRED, N_("Is or may be a child?"),
	    N_("When in doubt, not sure: then we work as with a child. We "
	       "assess no age ourselves."),
	    .options = child_tris, .n_options = 3),
	ASK("age_basis", CHOICE, 0, N_("Known from"), NULL,
	    .options = child_bases, .n_options = 4),
	ASK("age_decided_by", TEXT, 0, N_("Decided by whom, when"),
	    N_("The competent authority, where it was disputed or "
	       "estimated."),
	    .max = 200),
	ASK("of_age_reviewed", YES_NO, FORM_REQUIRED,
	    N_("They came of age: did you go through every consent with "
	       "them?"),
	    NULL, .show_if = may_be_of_age),
	ASK("first", INFO, 0, "", NULL, .text = CHILD_ASK_FIRST,
	    .show_if = is_child),
	ASK("safety_asked", YES_NO, FORM_REQUIRED,
	    N_("Was the child asked alone?"), NULL, .show_if = is_child),
	ASK("guardian", CHOICE, FORM_REQUIRED, N_("The guardian is"), NULL,
	    .options = child_guardians, .n_options = 4, .show_if = safety_said),
	ASK("informed", YES_NO, FORM_REQUIRED, N_("Was the guardian told?"),
	    NULL, .show_if = safety_said),
	ASK("informed_why", LONG_TEXT, 0, N_("Why, or why not"),
	    N_("Needed where they were not told, or told though not safe: "
	       "what keeps the child safe now?"),
	    .max = 4000, .rows = 2, .show_if = safety_said),
	ASK("route", CHOICE, FORM_REQUIRED, N_("Who agrees for the child?"),
	    NULL, .options = child_routes, .n_options = 2,
	    .show_if = safety_said),
	ASK("route_why", LONG_TEXT, FORM_REQUIRED, N_("Why this way"), NULL,
	    .max = 4000, .rows = 2, .show_if = best_interests),
	ASK("trusted", TEXT, FORM_REQUIRED, N_("Trusted adult or service"),
	    N_("What they are, never a name."), .max = 200,
	    .show_if = best_interests),
	ASK("assent", CHOICE, FORM_REQUIRED, N_("The child"), NULL,
	    .options = child_assents, .n_options = 5, .show_if = safety_said),
	ASK("child_words", LONG_TEXT, 0, N_("In the child's words"), NULL,
	    .max = 4000, .rows = 2, .show_if = safety_said),
	ASK("review_on", DATE, 0, N_("Look again on"), NULL,
	    .show_if = is_child),
};

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	const struct basis basis = formview_basis(fv);
	bool child = !formview_is(fv, "may_be_child", "no");
	struct child_record r = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.may_be_child = formview_get(fv, "may_be_child"),
		.age_basis = formview_get(fv, "age_basis"),
		.age_decided_by = formview_get(fv, "age_decided_by"),
		.review_on = asks_date(fv, "review_on"),
		.of_age_reviewed = formview_is(fv, "of_age_reviewed", "yes") };

	if (child) {
		r.safety_asked = formview_is(fv, "safety_asked", "yes");
		r.guardian = formview_get(fv, "guardian");
		r.informed = formview_get(fv, "informed");
		r.informed_why = formview_get(fv, "informed_why");
		r.route = formview_get(fv, "route");
		r.route_why = formview_get(fv, "route_why");
		r.trusted = formview_get(fv, "trusted");
		r.assent = formview_get(fv, "assent");
		r.child_words = formview_get(fv, "child_words");
	}
	return child_set(
	    app_session(v), &basis, &r, &v->arena, &fv->conflicts, err);
}

static const struct formview_step step = { N_("Age and guardian"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step,
	.n_steps = 1,
	.save = save,
	.saved = N_("Saved; the earlier record stays in the timeline."),
};

static void
load(struct formview *fv, const struct child_record *r)
{
	formview_load(fv, "age_basis", r->age_basis);
	formview_load(fv, "age_decided_by", r->age_decided_by);
	formview_load(fv, "safety_asked", r->safety_asked ? "yes" : "no");
	formview_load(fv, "guardian", r->guardian);
	formview_load(fv, "informed", r->informed);
	formview_load(fv, "informed_why", r->informed_why);
	formview_load(fv, "route", r->route);
	formview_load(fv, "route_why", r->route_why);
	formview_load(fv, "trusted", r->trusted);
	formview_load(fv, "assent", r->assent);
	formview_load(fv, "child_words", r->child_words);
}

static int
open_edit(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;
	struct formview *fv;

	if (child_open(app_session(v), r->case_uid, &v->arena, &s->file, err) !=
	    0)
		return -1;
	fv = formview_init(v, &use, v);
	fv->rev = s->file.rev;
	fv->whole = true;
	formview_load(fv, "may_be_child", s->file.may_be_child);
	if (s->file.recorded) {
		fv->base = s->file.record.uid;
		load(fv, &s->file.record);
	}
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_child_edit = {
	.name = "child-edit",
	.title = N_("Age and guardian"),
	.needs = PERM_CASE_WRITE,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_edit,
	.key = part_uid_key,
	.form = formview_state,
};
