/* SPDX-License-Identifier: ISC */
#include "consent_fields.h"

#include <string.h>

#include "asks.h"
#include "consent_since.h"
#include "consent_words.h"
#include "parts.h"

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
has_first(void *ctx, const struct form_values *values)
{
	return is_release(ctx, values) && asks_has_first(ctx, values);
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

/* What is another thing than when it was asked before. */
static const struct consent *
was(const void *ctx)
{
	return (
	    (const struct consent_asking *)((const struct view *)ctx)->state)
	    ->was;
}

static bool
another_text(void *ctx, const struct form_values *values)
{
	return was(ctx) != NULL &&
	       consent_since_text(ctx, was(ctx), form_value(values, "kind"),
		   form_value(values, "language"));
}

static bool
another_key(void *ctx, const struct form_values *values)
{
	return was(ctx) != NULL && is_release(ctx, values) &&
	       consent_since_key(was(ctx), values);
}

static bool
another_interpreter(void *ctx, const struct form_values *values)
{
	return was(ctx) != NULL && consent_since_interpreter(was(ctx), values);
}

/* Purposes a recipient is known for come from the directory; all others may
 * be chosen as well. */
enum {
	AT_KIND = CONSENT_FIELD_CHANGED + 1,
	AT_TO,
	AT_FIRST,
	AT_FOR,
	AT_WHAT,
	AT_NEW_KEY,
	AT_LANGUAGE
};
static const struct form_field table[] = {
	/* Of a renewal: where the talk begins. */
	[CONSENT_FIELD_CHANGED] =
	    ASK("changed", INFO, FORM_HIDDEN, N_("Since you talked"), NULL),
	[AT_KIND] = ASK("kind", CHOICE, FORM_REQUIRED, N_("Consent to"), NULL),
	[AT_TO] = ASK("recipient", CHOICE, FORM_REQUIRED, N_("To whom"),
	    N_("One recipient at a time"), .show_if = is_release),
	[AT_FIRST] = ASK("first", INFO, 0, N_("Say this first"), NULL,
	    .text_from = asks_say_first, .show_if = has_first),
	[AT_FOR] = ASK("purpose", CHOICE, FORM_REQUIRED, N_("What for"), NULL,
	    .show_if = is_release),
	[AT_WHAT] = ASK("scope", MULTI, 0, N_("Which data"),
	    N_("As little as helps"), .show_if = is_release),
	[AT_NEW_KEY] = ASK("new_key", INFO, 0, N_("Not as before"), NULL,
	    .text = N_("They were not asked about this before: their yes does "
		       "not reach to it. Say what is new."),
	    .show_if = another_key),
	[AT_LANGUAGE] = ASK("language", CHOICE, FORM_REQUIRED,
	    N_("Language it was explained in"), NULL),
	ASK("foreign", INFO, 0, N_("In another language"), NULL,
	    .text = ASKS_FOREIGN, .show_if = foreign),
	ASK("new_text", INFO, 0, N_("Not as before"), NULL,
	    .text = N_("This is another text than was read to them then: read "
		       "all of it."),
	    .show_if = another_text),
	ASK("text", INFO, 0, N_("Read aloud"), NULL, .text_from = aloud,
	    .show_if = kind_chosen),
	ASK("decision", CHOICE, FORM_REQUIRED, N_("What did they say?"),
	    N_("\"No\" and \"not now\" cost no help")),
	ASK("ask_again", CHOICE, 0, N_("May we ask again?"), NULL,
	    .show_if = asks_refused),
	ASK("withheld", TEXT, 0, N_("What must not be told, in words"), NULL,
	    .max = 1000, .show_if = is_release),
	ASK("withheld_why", CHOICE, FORM_REQUIRED, N_("Why it is held back"),
	    NULL, .show_field = "withheld"),
	ASK("understood", YES_NO, 0, N_("Told back in their own words?"), NULL,
	    .show_if = asks_agreed),
	ASK("given_by", CHOICE, FORM_REQUIRED, N_("Who gave it"), NULL,
	    .show_if = asks_agreed),
	ASK("given_by_why", TEXT, FORM_REQUIRED, N_("Who decided, and why"),
	    NULL, .max = 1000, .show_if = asks_not_own),
	ASK("form", CHOICE, FORM_REQUIRED, N_("How it was given"), NULL,
	    .show_if = asks_agreed),
	ASK("evidence", TEXT, 0, N_("Paper file number"),
	    N_("A number, never a name"), .max = 100, .show_if = asks_agreed),
	ASK("interpreter", CHOICE, FORM_REQUIRED, N_("Interpreter"), NULL),
	ASK("interpreter_code", TEXT, 0, N_("Interpreter's code"), NULL,
	    .max = 40, .show_field = "interpreter",
	    .show_value = "independent"),
	ASK("new_interpreter", INFO, 0, N_("Not as before"), NULL,
	    .text = N_("Not the interpreter of then: ask whether the person is "
		       "at ease with them, and say again that they keep "
		       "silent about it."),
	    .show_if = another_interpreter),
	ASK("witness", TEXT, 0, N_("Witness's code"), NULL, .max = 40,
	    .show_field = "form", .show_value = "verbal_witnessed"),
	ASK("seen_alone", CHOICE, 0, N_("Seen alone?"), NULL),
	ASK("until", DATE, 0, N_("Holds until"),
	    N_("Empty: as configured; never longer than that"),
	    .show_if = asks_agreed),
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

static void
fill_options(struct view *v, struct form_field *f)
{
	const struct society *so = app_society(v);
	struct choice_option *kinds =
	    arena_alloc(&v->arena, so->n_consents + 1, sizeof(*kinds));

	for (size_t i = 0; i < so->n_consents; i++)
		kinds[i] = (struct choice_option){ so->consents[i].id,
			so->consents[i].label, NULL };
	f[AT_KIND].options = kinds;
	f[AT_KIND].n_options = so->n_consents;
	f[AT_TO].options = asks_recipients(v, &f[AT_TO].n_options);
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

struct form_field *
consent_asking_fields(struct view *v, size_t *n)
{
	struct form_field *f = arena_alloc(&v->arena, 1, sizeof(table));

	memcpy(f, table, sizeof(table));
	fill_options(v, f);
	*n = N(table);
	return f;
}
