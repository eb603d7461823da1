/* SPDX-License-Identifier: ISC */
/*
 * Asking for a consent and recording the decision, whatever it is: one
 * recipient, one purpose, one set of data at a time.
 */
#include <string.h>

#include "asks.h"
#include "base/clock.h"
#include "consent_rows.h"
#include "consent_words.h"
#include "parts.h"
#include "rules/consent.h"
#include "screens.h"
#include "store/consent.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static bool
is_release(void *ctx, const struct form_values *values)
{
	const struct view *v = ctx;
	const struct consent_kind *k =
	    society_consent(app_society(v), form_value(values, "kind"));

	return k != NULL && k->needs_recipient;
}

static bool
agreed(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return form_value_is(values, "decision", "yes") ||
	       form_value_is(values, "decision", "part");
}

static bool
refused(void *ctx, const struct form_values *values)
{
	return form_value(values, "decision")[0] != '\0' &&
	       !agreed(ctx, values);
}

static bool
not_own(void *ctx, const struct form_values *values)
{
	return agreed(ctx, values) &&
	       (form_value_is(values, "given_by", "best_interests") ||
		   form_value_is(values, "given_by", "other"));
}

/* The text belongs to what is asked and to the language it is asked in. */
static bool
kind_chosen(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return form_value(values, "kind")[0] != '\0';
}

static const char *
aloud(void *ctx, const struct form_values *values)
{
	return asks_script_words(
	    ctx, form_value(values, "kind"), form_value(values, "language"));
}

static bool
foreign(void *ctx, const struct form_values *values)
{
	return asks_script_foreign(
	    ctx, form_value(values, "kind"), form_value(values, "language"));
}

/* Purposes a recipient is known for come from the directory; all others may
 * be chosen as well. */
enum { AT_CHANGED, AT_KIND, AT_TO, AT_FOR, AT_WHAT, AT_LANGUAGE };
static const struct form_field table[] = {
	/* Of a renewal: where the talk begins. */
	[AT_CHANGED] = ASK("changed", INFO, 0, N_("Since you talked"), NULL,
	    .show_if = part_never),
	[AT_KIND] = ASK("kind", CHOICE, FORM_REQUIRED, N_("Consent to"), NULL),
	[AT_TO] = ASK("recipient", CHOICE, FORM_REQUIRED, N_("To whom"),
	    N_("One recipient at a time"), .show_if = is_release),
	[AT_FOR] = ASK("purpose", CHOICE, FORM_REQUIRED, N_("What for"), NULL,
	    .show_if = is_release),
	[AT_WHAT] = ASK("scope", MULTI, 0, N_("Which data"),
	    N_("As little as helps"), .show_if = is_release),
	[AT_LANGUAGE] = ASK("language", CHOICE, FORM_REQUIRED,
	    N_("Language it was explained in"), NULL),
	ASK("foreign", INFO, 0, N_("In another language"), NULL,
	    .text = ASKS_FOREIGN, .show_if = foreign),
	ASK("text", INFO, 0, N_("Read aloud"), NULL, .text_from = aloud,
	    .show_if = kind_chosen),
	ASK("decision", CHOICE, FORM_REQUIRED, N_("What did they say?"),
	    N_("\"No\" and \"not now\" cost no help")),
	ASK("ask_again", CHOICE, 0, N_("May we ask again?"), NULL,
	    .show_if = refused),
	ASK("withheld", TEXT, 0, N_("What must not be told, in words"), NULL,
	    .max = 1000, .show_if = is_release),
	ASK("withheld_why", CHOICE, 0, N_("Why it is held back"), NULL,
	    .show_field = "withheld"),
	ASK("understood", YES_NO, 0, N_("Told back in their own words?"), NULL,
	    .show_if = agreed),
	ASK("given_by", CHOICE, FORM_REQUIRED, N_("Who gave it"), NULL,
	    .show_if = agreed),
	ASK("given_by_why", TEXT, FORM_REQUIRED, N_("Who decided, and why"),
	    NULL, .max = 1000, .show_if = not_own),
	ASK("form", CHOICE, FORM_REQUIRED, N_("How it was given"), NULL,
	    .show_if = agreed),
	ASK("evidence", TEXT, 0, N_("Paper file number"),
	    N_("A number, never a name"), .max = 100, .show_if = agreed),
	ASK("interpreter", CHOICE, FORM_REQUIRED, N_("Interpreter"), NULL),
	ASK("interpreter_code", TEXT, 0, N_("Interpreter's code"), NULL,
	    .max = 40, .show_field = "interpreter",
	    .show_value = "independent"),
	ASK("witness", TEXT, 0, N_("Witness's code"), NULL, .max = 40,
	    .show_field = "form", .show_value = "verbal_witnessed"),
	ASK("seen_alone", CHOICE, 0, N_("Seen alone?"), NULL),
	ASK("until", DATE, 0, N_("Holds until"),
	    N_("Empty: as configured; never longer than that"),
	    .show_if = agreed),
	PART_UID_FIELD,
};

/* Fields whose options are the program's own vocabularies. */
static const struct {
	const char *id;
	enum consent_vocabulary words;
} vocabularies[] = { { "decision", WORDS_DECISION },
	{ "ask_again", WORDS_ASK_AGAIN },
	{ "withheld_why", WORDS_WITHHELD_WHY }, { "given_by", WORDS_GIVEN_BY },
	{ "form", WORDS_FORM }, { "interpreter", WORDS_INTERPRETER },
	{ "seen_alone", WORDS_ALONE } };

static const char *
shown(const struct formview *fv, const char *id)
{
	return formview_shown(fv, id) ? formview_get(fv, id) : "";
}

static unsigned
scope_of(const struct formview *fv)
{
	const char *list = shown(fv, "scope");
	unsigned scope = 0;

	for (int i = 0; i < DATA_COUNT; i++)
		if (choice_has(list, data_scope_name((enum data_scope)i)))
			scope |= data_scope_bit((enum data_scope)i);
	return scope;
}

static int
save(struct view *v, struct err *e)
{
	const struct formview *fv = formview_state(v);
	struct consent c = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.supersedes = v->route.record,
		.kind = formview_get(fv, "kind"),
		.recipient = shown(fv, "recipient"),
		.purpose = shown(fv, "purpose"),
		.scope = scope_of(fv),
		.withheld = shown(fv, "withheld"),
		.withheld_why = shown(fv, "withheld_why"),
		.decision = formview_get(fv, "decision"),
		.ask_again = shown(fv, "ask_again"),
		.given_by = shown(fv, "given_by"),
		.given_by_why = shown(fv, "given_by_why"),
		.form = shown(fv, "form"),
		.evidence = shown(fv, "evidence"),
		.language = formview_get(fv, "language"),
		.script = asks_script_record(
		    v, formview_get(fv, "kind"), formview_get(fv, "language")),
		.interpreter = formview_get(fv, "interpreter"),
		.interpreter_code = shown(fv, "interpreter_code"),
		.witness_code = shown(fv, "witness"),
		.seen_alone = formview_get(fv, "seen_alone"),
		.understood = formview_is(fv, "understood", "yes"),
		.given_at = part_began(v),
		.until = asks_due(shown(fv, "until"), ""),
		.withdrawn_how = "" };

	return consent_add(app_session(v), &c, e);
}

/* A renewal starts from what was agreed; the decision is asked anew. */
static void
load(struct view *v, struct formview *fv, const struct consents *all)
{
	const char *scope = "";

	for (size_t i = 0; i < all->n; i++) {
		const struct consent *c = &all->list[i];

		if (!uid_eq(&c->uid, &v->route.record))
			continue;
		for (int d = 0; d < DATA_COUNT; d++)
			if ((c->scope & data_scope_bit((enum data_scope)d)) !=
			    0)
				scope = arena_printf(&v->arena, "%s%s%s", scope,
				    scope[0] == '\0' ? "" : ",",
				    data_scope_name((enum data_scope)d));
		formview_load(fv, "kind", c->kind);
		formview_load(fv, "recipient", c->recipient);
		formview_load(fv, "purpose", c->purpose);
		formview_load(fv, "scope", scope);
		formview_load(fv, "withheld", c->withheld);
		formview_load(fv, "withheld_why", c->withheld_why);
		formview_load(fv, "language", c->language);
	}
}

/* What has to be said first, because it is new. */
static void
fill_changed(struct view *v, struct form_field *f, const struct consents *all)
{
	const char *words = consent_rows_again(v, all);

	for (size_t i = 0; i < all->n && words[0] != '\0'; i++)
		if (uid_eq(&all->list[i].uid, &v->route.record) &&
		    strcmp(all->list[i].kind, "work_together") == 0) {
			f->text = words;
			f->show_if = NULL;
		}
}

static void
fill_options(struct view *v, struct form_field *f)
{
	const struct society *so = app_society(v);
	struct choice_option *kinds =
	    arena_alloc(&v->arena, so->n_consents + 1, sizeof(*kinds));
	struct choice_option *to =
	    arena_alloc(&v->arena, so->n_recipients + 1, sizeof(*to));

	for (size_t i = 0; i < so->n_consents; i++)
		kinds[i] = (struct choice_option){ so->consents[i].id,
			so->consents[i].label, NULL };
	for (size_t i = 0; i < so->n_recipients; i++)
		to[i] = (struct choice_option){ so->recipients[i].id,
			so->recipients[i].name,
			so->recipients[i].conditions[0] == '\0'
			    ? NULL
			    : so->recipients[i].conditions };
	f[AT_KIND].options = kinds;
	f[AT_KIND].n_options = so->n_consents;
	f[AT_TO].options = to;
	f[AT_TO].n_options = so->n_recipients;
	f[AT_FOR].options = asks_labels(v, &so->purposes, &f[AT_FOR].n_options);
	f[AT_WHAT].options =
	    asks_labels(v, &so->data_scopes, &f[AT_WHAT].n_options);
	f[AT_LANGUAGE].options = asks_languages(v, &f[AT_LANGUAGE].n_options);
	for (size_t i = 0; i < N(table); i++)
		for (size_t j = 0; j < N(vocabularies); j++)
			if (strcmp(f[i].id, vocabularies[j].id) == 0)
				f[i].options = consent_words(
				    vocabularies[j].words, &f[i].n_options);
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	struct form_field *f = arena_alloc(&v->arena, 1, sizeof(table));
	struct formview_step *step = arena_alloc(&v->arena, 1, sizeof(*step));
	struct formview_use *use = arena_alloc(&v->arena, 1, sizeof(*use));

	struct consents all = { .n = 0 };

	(void)r;
	memcpy(f, table, sizeof(table));
	fill_options(v, f);
	if (!uid_null(&v->route.record) &&
	    consent_list(app_session(v), v->route.case_uid, true, &v->arena,
		&all, e) == -1)
		return -1;
	fill_changed(v, &f[AT_CHANGED], &all);
	*step = (struct formview_step){
		.title = N_("Ask, and record"), .fields = f, .n = N(table)
	};
	*use =
	    (struct formview_use){ .steps = step, .n_steps = 1, .save = save };
	load(v, formview_init(v, use, v), &all);
	return formview_resume(v, e);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_consent_add = {
	.name = "consent_add",
	.title = N_("Ask for consent"),
	.needs = PERM_CONSENT,
	.state_size = sizeof(struct formview),
	.actions = actions,
	.open = open,
	.key = part_uid_key,
	.form = formview_state,
};
