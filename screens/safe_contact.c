/* SPDX-License-Identifier: ISC */
/*
 * How the person can be reached, or must not be.  A new record each time; the
 * number that is kept does not show here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asks.h"
#include "parts.h"
#include "screens.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/person.h"

struct contact_state {
	struct formview form;
	struct uid person;
	struct safe_contact old; /* zeroed: none yet */
	const struct choice_option *channels, *languages;
	size_t n_channels, n_languages;
};

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
	    N_("+14, 24 Dec 2026; empty: until verified anew"),
	    .show_if = asks_end),
};

/* What is hidden was not said; what was typed there is not stored. */
static const char *
said(const struct formview *fv, const char *id)
{
	return formview_shown(fv, id) ? formview_get(fv, id) : "";
}

static bool
yes(const struct formview *fv, const char *id)
{
	return strcmp(said(fv, id), "yes") == 0;
}

static int
save(struct view *v, struct err *err)
{
	const struct contact_state *s = v->state;
	struct formview *fv = formview_state(v);
	bool keeps =
	    s->old.may_contact != NULL && !formview_shown(fv, "number");
	bool now = yes(fv, "verified");
	const struct safe_contact contact = { .uid = part_uid(v),
		.person = s->person,
		.may_contact = formview_get(fv, "may_contact"),
		.channel = said(fv, "channel"),
		.number = keeps ? NULL : said(fv, "number"),
		.whose = said(fv, "whose"),
		.who_else = said(fv, "who_else"),
		.safe_times = said(fv, "safe_times"),
		.unsafe_times = said(fv, "unsafe_times"),
		.voicemail_ok = yes(fv, "voicemail_ok"),
		.text_ok = yes(fv, "text_ok"),
		.say_red_cross = yes(fv, "say_red_cross"),
		.cover_phrase = said(fv, "cover_phrase"),
		.proof_word = said(fv, "proof_word"),
		.their_word = said(fv, "their_word"),
		.our_word = said(fv, "our_word"),
		.language = said(fv, "language"),
		.caller = said(fv, "caller"),
		.if_other_answers = said(fv, "if_other_answers"),
		.max_attempts = (int)strtol(said(fv, "max_attempts"), NULL, 10),
		.verified_at = now ? part_began(v) : s->old.verified_at,
		.expires_at =
		    now ? asks_due(said(fv, "expires"), "") : s->old.expires_at,
		.stop = yes(fv, "stop"),
		.stop_reason = said(fv, "stop_reason") };

	return safe_contact_set(
	    app_session(v), v->route.case_uid, &contact, err);
}

static const struct formview_step step = { N_("Safe contact"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step, .n_steps = 1, .save = save
};

static const char *
yes_no(bool yes)
{
	return yes ? "yes" : "no";
}

/* An end that is over is not offered again. */
static void
load_end(const struct view *v, struct formview *fv, int64_t expires)
{
	struct fdate d = date_of_day(clock_day_of(expires));
	char iso[12];

	if (expires <= app_now(v))
		return;
	formview_load(fv, "expires", date_iso(&d, iso, sizeof(iso)));
}

/* As it was agreed last time; whether that still holds is asked anew. */
static void
load(const struct view *v, struct formview *fv, const struct safe_contact *old)
{
	char attempts[16] = "";

	if (old->max_attempts > 0)
		snprintf(attempts, sizeof(attempts), "%d", old->max_attempts);
	formview_load(fv, "may_contact", old->may_contact);
	formview_load(fv, "stop", yes_no(old->stop));
	formview_load(fv, "stop_reason", old->stop_reason);
	formview_load(fv, "channel", old->channel);
	formview_load(fv, "whose", old->whose);
	formview_load(fv, "who_else", old->who_else);
	formview_load(fv, "safe_times", old->safe_times);
	formview_load(fv, "unsafe_times", old->unsafe_times);
	formview_load(fv, "voicemail_ok", yes_no(old->voicemail_ok));
	formview_load(fv, "text_ok", yes_no(old->text_ok));
	formview_load(fv, "say_red_cross", yes_no(old->say_red_cross));
	formview_load(fv, "cover_phrase", old->cover_phrase);
	formview_load(fv, "proof_word", old->proof_word);
	formview_load(fv, "their_word", old->their_word);
	formview_load(fv, "our_word", old->our_word);
	formview_load(fv, "language", old->language);
	formview_load(fv, "caller", old->caller);
	formview_load(fv, "if_other_answers", old->if_other_answers);
	formview_load(fv, "max_attempts", attempts);
	load_end(v, fv, old->expires_at);
}

static int
open_contact(struct view *v, const struct route *r, struct err *err)
{
	const struct society *society = app_society(v);
	struct contact_state *s = v->state;
	struct session *session = app_session(v);
	struct case_file file;
	struct formview *fv;

	if (case_open(session, r->case_uid, "", &v->arena, &file, err) != 0)
		return -1;
	if (contact_instruction(
		session, r->case_uid, &v->arena, &s->old, err) != 0) {
		if (err->kind != ERR_NOT_FOUND)
			return -1;
		err_clear(err);
		s->old = (struct safe_contact){ 0 };
	}
	app_case(v, &r->case_uid, file.code);
	s->person = file.person;
	s->channels = asks_labels(v, society_ways(society), &s->n_channels);
	s->languages = asks_languages(v, &s->n_languages);
	fv = formview_init(v, &use, v);
	if (s->old.may_contact != NULL)
		load(v, fv, &s->old);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_safe_contact = {
	.name = "safe-contact",
	.title = N_("Safe contact"),
	.needs = PERM_IDENTITY_WRITE,
	.state_size = sizeof(struct contact_state),
	.actions = actions,
	.open = open_contact,
	.key = part_uid_key,
	.form = formview_state,
};
