/* SPDX-License-Identifier: ISC */
/* What somebody just learned of an organisation: a call, its places, a mark. */
#include <string.h>

#include "asks.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"
#include "store/directory.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

/* Each is one topic and its value. */
static const struct choice_option facts[] = {
	{ "call:answered", N_("Called, and it is right"),
	    N_("Hours, conditions and places as they say them now") },
	{ "tried:no_answer", N_("Called, nobody answered"), NULL },
	{ "call:wrong_number", N_("Called, the number is WRONG"),
	    N_("Nothing is sent there until it is put right") },
	{ "capacity:free", N_("Has places"), NULL },
	{ "capacity:few", N_("Has few places"), NULL },
	{ "capacity:full", N_("Is full"), NULL },
	{ "status:suspended", N_("Not safe or not running: suspend"),
	    N_("Nothing is sent there; say why") },
	{ "status:active", N_("Safe and running again"), NULL },
	{ "conflict:yes", N_("Has an interest of its own: mark"),
	    N_("Nothing is sent there; say why, without naming anybody") },
	{ "conflict:no", N_("No such interest: take the mark away"), NULL },
};

static bool
was_called(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return form_value_is(values, "fact", "call:answered");
}

static const struct form_field table[] = {
	ASK("fact", CHOICE, FORM_REQUIRED, N_("What was learned"), NULL,
	    .options = facts, .n_options = N(facts)),
	ASK("phone", PHONE, 0, N_("Number, where it is another one"),
	    N_("The organisation's, as you dialled it; empty: as before"),
	    .max = 24, .show_if = was_called),
	ASK("words", TEXT, 0, N_("In a few words"),
	    N_("No name, nothing about any person we help"), .max = 1000),
	/* A draft comes back without the way it was begun. */
	ASK("org", TEXT, FORM_HIDDEN, "", NULL, .max = 40),
	PART_UID_FIELD,
};

static const struct recipient *
org_of(struct view *v)
{
	const struct society *so = app_society(v);
	const char *id = formview_get(formview_state(v), "org");
	int at = v->route.arg;

	if (id[0] != '\0')
		return society_recipient(so, id);
	return at >= 0 && (size_t)at < so->n_recipients ? &so->recipients[at]
							: NULL;
}

static enum next
key(struct view *v, const struct key *k, struct err *e)
{
	struct formview *fv = formview_state(v);
	const struct recipient *r = org_of(v);

	if (formview_get(fv, "org")[0] == '\0' && r != NULL)
		formview_set(fv, "org", r->id);
	return part_uid_key(v, k, e);
}

static int
save(struct view *v, struct err *e)
{
	const struct formview *fv = formview_state(v);
	const char *fact = formview_get(fv, "fact");
	const char *colon = strchr(fact, ':');
	const struct recipient *r = org_of(v);
	struct directory_entry d = { .uid = part_uid(v),
		.recipient = r == NULL ? "" : r->id,
		.topic = "",
		.value = "",
		.phone = formview_get(fv, "phone"),
		.words = formview_get(fv, "words") };

	if (colon != NULL) {
		d.topic = arena_strn(&v->arena, fact, (size_t)(colon - fact));
		d.value = colon + 1;
	}
	return directory_add(app_session(v), &d, e);
}

static const struct formview_step step = { N_("What was learned"), table,
	N(table), NULL };
static const struct formview_use use = {
	.steps = &step, .n_steps = 1, .save = save
};

static int
open(struct view *v, const struct route *r, struct err *e)
{
	(void)r;
	formview_init(v, &use, v);
	if (formview_resume(v, e) == -1)
		return -1;
	if (org_of(v) == NULL)
		return err_set(e, ERR_NOT_FOUND,
		    _("This organisation is not in the directory any more."));
	return 0;
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct canvas below = canvas_view(c, 1, 0, c->rows - 1, c->cols);
	struct view *mine = (struct view *)(uintptr_t)v; /* only read */
	const struct recipient *org = org_of(mine);

	if (org != NULL)
		canvas_text(c, 0, 1, -1, EL_HEADING, org->name);
	formview_draw(v, &below);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_organisation_add = {
	.name = "organisation_add",
	.title = N_("What was learned"),
	.needs = PERM_DIRECTORY,
	.state_size = sizeof(struct formview),
	.actions = actions,
	.open = open,
	.draw = draw,
	.key = key,
	.form = formview_state,
};
