/* SPDX-License-Identifier: ISC */
/* What is asked about reaching somebody. */
#include "contact_fields.h"
#include "asks.h"
#include "parts.h"
#include "words.h"

#include "base/i18n.h"

static size_t
channels(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct contact_state *s = ((const struct view *)ctx)->state;

	(void)values;
	*out = s->channels;
	return s->n_channels;
}

static size_t
languages(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct contact_state *s = ((const struct view *)ctx)->state;

	(void)values;
	*out = s->languages;
	return s->n_languages;
}

static bool
asks_same(void *ctx, const struct form_values *values)
{
	const struct contact_state *s = ((const struct view *)ctx)->state;

	return s->old.may_contact != NULL &&
	       !form_value_is(values, "may_contact", "no");
}

/* A new end is agreed with the person, as the rest is. */
static bool
asks_end(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return form_value_is(values, "verified", "yes") &&
	       !form_value_is(values, "may_contact", "no");
}

/* Asked for where there is none yet, or another one was said. */
static bool
asks_number(void *ctx, const struct form_values *values)
{
	const struct contact_state *s = ((const struct view *)ctx)->state;

	return !form_value_is(values, "may_contact", "no") &&
	       (s->old.may_contact == NULL ||
		   form_value_is(values, "same_number", "no"));
}

#define REACHED .show_field = "may_contact", .show_value = "!no"
static const struct form_field fields[] = {
	PART_UID_FIELD,
	ASK("may_contact", CHOICE, FORM_REQUIRED,
	    N_("May we contact the person?"),
	    N_("Their answer, not ours. No is a good answer."),
	    .options = words_may_contacts, .n_options = 3),
	ASK("stop", YES_NO, FORM_REQUIRED,
	    N_("Stop all contact, by anybody, for now?"),
	    N_("Yes when reaching them could bring harm.")),
	ASK("stop_reason", LONG_TEXT, FORM_PII | FORM_REQUIRED,
	    N_("Why contact stops"), NULL, .max = 1000, .rows = 2,
	    .show_field = "stop", .show_value = "yes"),
	ASK("channel", CHOICE, FORM_PII, N_("How"), NULL,
	    .options_from = channels, REACHED),
	ASK("same_number", YES_NO, FORM_REQUIRED,
	    N_("Still the number that is kept?"), N_("It is not shown here."),
	    .show_if = asks_same),
	ASK("number", PHONE, FORM_PII, N_("Number or name there"), NULL,
	    .max = 120, .show_if = asks_number),
	ASK("whose", TEXT, FORM_PII, N_("Whose phone is it"), NULL, .max = 200,
	    REACHED),
	ASK("who_else", TEXT, FORM_PII, N_("Who else may see or answer"), NULL,
	    .max = 300, REACHED),
	ASK("safe_times", TEXT, FORM_PII, N_("Safe days and times"), NULL,
	    .max = 300, REACHED),
	ASK("unsafe_times", TEXT, FORM_PII, N_("Never at"), NULL, .max = 300,
	    REACHED),
	ASK("voicemail_ok", YES_NO, FORM_PII, N_("May voicemail be left?"),
	    NULL, REACHED),
	ASK("text_ok", YES_NO, FORM_PII, N_("May a text message be sent?"),
	    NULL, REACHED),
	ASK("say_red_cross", YES_NO, FORM_PII, N_("May we say who we are?"),
	    N_("The name of the Red Cross or Red Crescent."), REACHED),
	ASK("cover_phrase", TEXT, FORM_PII, N_("What to say instead"), NULL,
	    .max = 300, REACHED),
	ASK("proof_word", TEXT, FORM_PII, N_("Their safe word"),
	    N_("What they say to show it is them and they can talk."),
	    .max = 100, REACHED),
	ASK("their_word", TEXT, FORM_PII, N_("Their word for danger"),
	    N_("What they say when they cannot talk."), .max = 100, REACHED),
	ASK("our_word", TEXT, FORM_PII, N_("Our safe word"),
	    N_("What proves that it is us."), .max = 100, REACHED),
	ASK("language", CHOICE, FORM_PII, N_("Language"), NULL,
	    .options_from = languages, REACHED),
	ASK("caller", TEXT, FORM_PII, N_("Who should call"),
	    N_("A woman, a man, one worker only."), .max = 200, REACHED),
	ASK("if_other_answers", LONG_TEXT, FORM_PII,
	    N_("If somebody else answers"), NULL, .max = 500, .rows = 2,
	    REACHED),
	ASK("max_attempts", NUMBER, FORM_PII, N_("Try at most so many times"),
	    N_("After that no number is shown: they come to us."), .least = 1,
	    .most = 20, REACHED),
	ASK("verified", YES_NO, FORM_REQUIRED,
	    N_("Was this checked with the person now?"),
	    N_("Old agreements are dangerous: a phone changes hands.")),
	ASK("expires", DATE, FORM_PII, N_("Until when does this hold?"),
	    N_("+14 or a date; empty: until verified anew"),
	    .show_if = asks_end),
};

const struct formview_step contact_step = { N_("Safe contact"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
