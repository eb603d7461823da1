/* SPDX-License-Identifier: ISC */
/*
 * How the person can be reached, or must not be.  A new record each time; what
 * is kept opens with a reason, as the card does, and the number does not show
 * here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asks.h"
#include "contact_fields.h"
#include "parts.h"
#include "screens.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/timers.h"
#include "store/person.h"

/* A moment as the form's day. */
static const char *
day(struct view *v, const char *at)
{
	int64_t ms = strtoll(at, NULL, 10);
	struct fdate d = date_of_day(clock_day_of(ms));
	char iso[12];

	return ms == 0 ? ""
		       : arena_str(&v->arena, date_iso(&d, iso, sizeof(iso)));
}

/* What a colleague recorded meanwhile is what this form goes on from: whether
 * there is a number, and when it was checked with the person. */
static int
meet(struct view *v, struct err *err)
{
	struct contact_state *s = v->state;
	struct formview *fv = formview_state(v);
	struct safe_contact now;
	struct err read = { .kind = ERR_NONE };

	if (err->kind != ERR_CONFLICT || fv->conflicts.n == 0)
		return -1;
	for (size_t i = 0; i < fv->conflicts.n; i++) {
		struct conflict *c = &fv->conflicts.list[i];

		if (strcmp(c->field, "expires_at") != 0)
			continue;
		c->field = "expires";
		c->mine = day(v, c->mine);
		c->theirs = day(v, c->theirs);
	}
	if (contact_instruction(app_session(v), v->route.case_uid, &v->arena,
		&now, &read) != 0) {
		if (read.kind == ERR_NOT_FOUND)
			return -1; /* a stop said on a case without a record */
		*err = read;
		return -1;
	}
	if (s->old.may_contact == NULL)
		formview_set(fv, "same_number",
		    formview_get(fv, "number")[0] == '\0' ? "yes" : "no");
	s->old = now;
	return -1;
}

static int
save(struct view *v, struct err *err)
{
	const struct contact_state *s = v->state;
	struct formview *fv = formview_state(v);
	const struct basis basis = formview_basis(fv);
	bool keeps =
	    s->old.may_contact != NULL && !formview_shown(fv, "number");
	bool now = formview_is(fv, "verified", "yes");
	const struct safe_contact contact = { .uid = part_uid(v),
		.person = s->person,
		.may_contact = formview_get(fv, "may_contact"),
		.channel = formview_get(fv, "channel"),
		.number = keeps ? NULL : formview_get(fv, "number"),
		.whose = formview_get(fv, "whose"),
		.who_else = formview_get(fv, "who_else"),
		.safe_times = formview_get(fv, "safe_times"),
		.unsafe_times = formview_get(fv, "unsafe_times"),
		.voicemail_ok = formview_is(fv, "voicemail_ok", "yes"),
		.text_ok = formview_is(fv, "text_ok", "yes"),
		.say_red_cross = formview_is(fv, "say_red_cross", "yes"),
		.cover_phrase = formview_get(fv, "cover_phrase"),
		.proof_word = formview_get(fv, "proof_word"),
		.their_word = formview_get(fv, "their_word"),
		.our_word = formview_get(fv, "our_word"),
		.language = formview_get(fv, "language"),
		.caller = formview_get(fv, "caller"),
		.if_other_answers = formview_get(fv, "if_other_answers"),
		.max_attempts =
		    (int)strtol(formview_get(fv, "max_attempts"), NULL, 10),
		.verified_at = now ? part_began(v) : s->old.verified_at,
		.expires_at = now ? asks_due(formview_get(fv, "expires"), "")
				  : s->old.expires_at,
		.stop = formview_is(fv, "stop", "yes"),
		.stop_reason = formview_get(fv, "stop_reason") };

	return safe_contact_set(app_session(v), v->route.case_uid, &basis,
		   &contact, &v->arena, &fv->conflicts, err) == 0
		   ? 0
		   : meet(v, err);
}

static const struct formview_use use = {
	.steps = &contact_step, .n_steps = 1, .save = save
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

	if (expires == 0 || timer_day_over(expires, app_now(v)))
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
	/* Where nothing was recorded yet there is nothing to open. */
	if (file.may_contact[0] != '\0' &&
	    contact_open(session, r->case_uid, &v->arena, &s->old, err) != 0) {
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
	fv->rev = file.rev;
	fv->whole = true;
	fv->base = s->old.uid;
	if (s->old.may_contact != NULL)
		load(v, fv, &s->old);
	cover_start(v, part_uid_key);
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
	COVERED_FORM,
};
