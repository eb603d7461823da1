/* SPDX-License-Identifier: ISC */
/* Preparing a referral, or changing it: to whom, what for, how, and the least
 * that has to be told.  Nothing is sent here; the next screen shows what would. */
#include <string.h>

#include "asks.h"
#include "listing_words.h"
#include "parts.h"
#include "referral_words.h"
#include "screens.h"

#include "base/i18n.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

struct state {
	struct formview form; /* first: formview_state() */
	struct listings all;
};

static bool
tells(void *ctx, const struct form_values *values)
{
	int mode = referral_mode_from_name(form_value(values, "mode"));

	(void)ctx;
	return mode >= 0 && !referral_mode_silent((enum referral_mode)mode);
}

static bool
is_new(void *ctx, const struct form_values *values)
{
	(void)values;
	return ((const struct view *)ctx)->route.arg != REFERRAL_EDIT;
}

/* What has to be known of whoever was chosen. */
static const char *
heed(void *ctx, const struct form_values *values)
{
	const struct view *v = ctx;
	const struct state *s = v->state;
	const char *to = form_value(values, "recipient");

	for (size_t i = 0; i < s->all.n; i++)
		if (strcmp(s->all.list[i].org->id, to) == 0)
			return s->all.list[i].heed;
	return "";
}

static bool
has_heed(void *ctx, const struct form_values *values)
{
	return heed(ctx, values)[0] != '\0';
}

/* Fields whose options come from elsewhere. */
enum {
	AT_TO,
	AT_HEED,
	AT_FIRST,
	AT_FOR,
	AT_MODE,
	AT_PRIORITY,
	AT_FIELDS,
	AT_COPY
};
static const struct form_field table[] = {
	[AT_TO] = ASK("recipient", CHOICE, FORM_REQUIRED, N_("To whom"), NULL,
	    .show_if = is_new),
	[AT_HEED] = ASK("heed", INFO, 0, N_("Before you send anybody"), NULL,
	    .text_from = heed, .show_if = has_heed),
	[AT_FIRST] = ASK("first", INFO, 0, N_("Say this first"), NULL,
	    .text_from = asks_say_first, .show_if = asks_has_first),
	[AT_FOR] = ASK("purpose", CHOICE, FORM_REQUIRED, N_("What for"),
	    N_("The purpose the person was asked about")),
	[AT_MODE] = ASK("mode", CHOICE, FORM_REQUIRED, N_("How"), NULL),
	[AT_PRIORITY] =
	    ASK("priority", CHOICE, FORM_REQUIRED, N_("How soon"), NULL),
	[AT_FIELDS] = ASK("fields", MULTI, 0, N_("What they would see"),
	    N_("As little as helps; what they told only where it must be"),
	    .show_if = tells),
	[AT_COPY] = ASK("copy_safe", CHOICE, 0, N_("A card for the person?"),
	    N_("Ask first whether holding paper is safe"), .show_if = tells),
	ASK("reason", TEXT, FORM_REQUIRED, N_("Why: what the person wants"),
	    N_("Facts; they may read it"), .max = 2000),
	ASK("asked", TEXT, 0, N_("What they are asked for"), NULL, .max = 2000,
	    .show_if = tells),
	ASK("given", TEXT, 0, N_("What was done already"), NULL, .max = 2000,
	    .show_if = tells),
	ASK("coming", INFO, 0, N_("How one comes there"), NULL,
	    .text_from = asks_coming, .show_if = asks_has_coming),
	ASK("access", TEXT, 0, N_("What they need to come"),
	    N_("Interpreter, access, transport, a woman or a man to talk to"),
	    .max = 2000, .show_if = tells),
	ASK("restrictions", TEXT, 0, N_("Restrictions on contact"),
	    N_("Who must not know, when not to call"), .max = 2000,
	    .show_if = tells),
	ASK("risks", TEXT, 0, N_("What they must know to be safe"),
	    N_("Danger to the person or to their staff; the person is told"),
	    .max = 2000, .show_if = tells),
	ASK("tell_back", TEXT, 0, N_("What they tell us back, and how"),
	    N_("That the service happened, never what was said there"),
	    .max = 2000, .show_if = tells),
	PART_UID_FIELD,
	PART_ABOUT_FIELD,
};

static unsigned
ticked(const struct formview *fv)
{
	const char *list = formview_get(fv, "fields");
	struct referral_field f;
	unsigned set = 0;

	for (int i = 0; referral_field(i, &f); i++)
		if (choice_has(list, f.id))
			set |= 1u << i;
	return set;
}

/* What was changed; and nothing is left in fields that fell away. */
static int
change(struct view *v, struct err *e)
{
	static const char *const told[] = { "fields", "copy_safe", "asked",
		"given", "access", "restrictions", "risks", "tell_back" };
	struct formview *fv = formview_state(v);
	const struct change *typed;
	size_t n = formview_changes(v, &typed);
	struct change *all = arena_alloc(&v->arena, n + N(told), sizeof(*all));

	for (size_t i = 0; i < n; i++)
		all[i] = typed[i];
	for (size_t i = 0; i < N(told); i++)
		if (!formview_shown(fv, told[i]) &&
		    formview_get(fv, told[i])[0] != '\0')
			all[n++] = (struct change){ told[i], "" };
	return referral_change(app_session(v), v->route.case_uid,
	    v->route.record, &fv->rev, all, n, &v->arena, &fv->conflicts, e);
}

static int
save(struct view *v, struct err *e)
{
	struct formview *fv = formview_state(v);
	const struct referral r = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.replaces = v->route.record,
		.recipient = formview_get(fv, "recipient"),
		.purpose = formview_get(fv, "purpose"),
		.mode = formview_get(fv, "mode"),
		.priority = formview_get(fv, "priority"),
		.reason = formview_get(fv, "reason"),
		.asked = formview_get(fv, "asked"),
		.given = formview_get(fv, "given"),
		.access = formview_get(fv, "access"),
		.restrictions = formview_get(fv, "restrictions"),
		.risks = formview_get(fv, "risks"),
		.tell_back = formview_get(fv, "tell_back"),
		.copy_safe = formview_get(fv, "copy_safe"),
		.fields = ticked(fv) };

	if (v->route.arg == REFERRAL_EDIT)
		return change(v, e);
	if (referral_add(app_session(v), &r, e) == -1)
		return -1;
	(void)part_go_to(v, &screen_referral_state, &r.uid);
	fv->then = NEXT_REPLACE;
	return 0;
}

static const char *
fill_fields(struct view *v, struct form_field *f)
{
	struct referral_field one;
	struct choice_option *o;
	const char *usual = "";
	size_t n = 0;

	while (referral_field((int)n, &one))
		n++;
	o = arena_alloc(&v->arena, n + 1, sizeof(*o));
	for (size_t i = 0; referral_field((int)i, &one); i++) {
		o[i] = (struct choice_option){ one.id, one.label, NULL };
		if (one.usual)
			usual = arena_printf(&v->arena, "%s%s%s", usual,
			    usual[0] == '\0' ? "" : ",", one.id);
	}
	f->options = o;
	f->n_options = n;
	return usual;
}

static const char *
names_of(struct view *v, unsigned set)
{
	struct referral_field one;
	const char *names = "";

	for (int i = 0; referral_field(i, &one); i++)
		if ((set >> i & 1) != 0)
			names = arena_printf(&v->arena, "%s%s%s", names,
			    names[0] == '\0' ? "" : ",", one.id);
	return names;
}

/* What was prepared, as it is now. */
static int
load(struct view *v, struct formview *fv, struct err *e)
{
	struct referrals all;
	const struct referral *r = NULL;

	if (v->route.arg != REFERRAL_EDIT)
		return 0; /* the record is the one that came to nothing */
	if (referral_list(
		app_session(v), v->route.case_uid, &v->arena, &all, e) == -1)
		return -1;
	for (size_t i = 0; i < all.n; i++)
		if (uid_eq(&all.list[i].uid, &v->route.record))
			r = &all.list[i];
	if (r == NULL || r->state != REFERRAL_IS_PREPARED)
		return err_set(e, ERR_CONFLICT,
		    _("It is not a prepared one any more: look at it again."));
	fv->rev = r->rev;
	formview_load(fv, "recipient", r->recipient);
	formview_load(fv, "purpose", r->purpose);
	formview_load(fv, "mode", r->mode);
	formview_load(fv, "priority", r->priority);
	formview_load(fv, "reason", r->reason);
	formview_load(fv, "asked", r->asked);
	formview_load(fv, "given", r->given);
	formview_load(fv, "access", r->access);
	formview_load(fv, "restrictions", r->restrictions);
	formview_load(fv, "risks", r->risks);
	formview_load(fv, "tell_back", r->tell_back);
	formview_load(fv, "copy_safe", r->copy_safe);
	formview_load(fv, "fields", names_of(v, r->fields));
	return 0;
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	struct form_field *f = arena_alloc(&v->arena, 1, sizeof(table));
	struct formview_step *step = arena_alloc(&v->arena, 1, sizeof(*step));
	struct formview_use *use = arena_alloc(&v->arena, 1, sizeof(*use));
	struct listings *all = &((struct state *)v->state)->all;
	struct formview *fv;
	const char *usual;

	memcpy(f, table, sizeof(table));
	if (directory_list(app_session(v), &v->arena, all, e) == -1)
		return -1;
	f[AT_TO].options = listing_options(v, all);
	f[AT_TO].n_options = all->n;
	usual = fill_fields(v, &f[AT_FIELDS]);
	f[AT_FOR].options =
	    asks_labels(v, &app_society(v)->purposes, &f[AT_FOR].n_options);
	f[AT_MODE].options = referral_words(WORDS_MODE, &f[AT_MODE].n_options);
	f[AT_PRIORITY].options =
	    referral_words(WORDS_PRIORITY, &f[AT_PRIORITY].n_options);
	f[AT_COPY].options = referral_words(WORDS_COPY, &f[AT_COPY].n_options);
	*step = (struct formview_step){ .title =
					    r->arg == REFERRAL_EDIT
						? N_("Change what was prepared")
						: N_("Prepare"),
		.fields = f,
		.n = N(table) };
	*use = (struct formview_use){
		.steps = step,
		.n_steps = 1,
		.save = save,
		.saved = N_("Prepared. Nothing was sent: look first."),
	};
	fv = formview_init(v, use, v);
	formview_load(fv, "fields", usual);
	return part_about_resume(v, load, e);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_DIRECTORY,
	ACT_NONE };

const struct screen screen_referral = {
	.name = "referral",
	.title = N_("Prepare a referral"),
	.needs = PERM_REFER,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open,
	.key = part_uid_key,
	.form = formview_state,
};
