/* SPDX-License-Identifier: ISC */
/* What law asks to be told was learned, or what came of it. */
#include <string.h>

#include "asks.h"
#include "duty_words.h"
#include "parts.h"
#include "referral_words.h"
#include "screens.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/mechanism.h"

struct state {
	struct formview form;
	struct duty_file file;
	struct disclosed_list left;
	const struct duty_entry *told_of; /* the trigger `told` is of */
	struct choice_option *told;
	size_t n_told;
	struct choice_option *duties;
	struct choice_option *open; /* triggers without an end */
	size_t n_open;
};

static const struct choice_option whats[] = {
	{ "trigger", N_("Something was learned; the time starts"), NULL },
	{ "done", N_("What came of it"), NULL },
};

static size_t
what_there_is(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct state *s = ((const struct view *)ctx)->state;

	(void)values;
	/* Of a closed case what came of it alone. */
	*out = s->file.closed ? whats + 1 : whats;
	return (size_t)!s->file.closed + (s->n_open > 0);
}

static size_t
duties(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	struct view *v = ctx;
	struct state *s = v->state;
	const struct society *society = app_society(v);
	struct choice_option *list = s->duties;

	(void)values;
	if (list == NULL)
		list = s->duties = arena_alloc(
		    &v->arena, society->n_duties + 1, sizeof(*list));
	for (size_t i = 0; i < society->n_duties; i++)
		list[i] = (struct choice_option){
			.value = society->duties[i].id,
			.label = society->duties[i].trigger,
			.help = society->duties[i].legal_ref,
		};
	*out = list;
	return society->n_duties;
}

static size_t
open_ones(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct state *s = ((const struct view *)ctx)->state;

	(void)values;
	*out = s->open;
	return s->n_open;
}

/* The trigger of that id, as a form holds it; NULL none. */
static const struct duty_entry *
trigger(const struct state *s, const char *hex)
{
	struct uid of;

	if (uid_from_hex(hex, &of) == -1)
		return NULL;
	for (size_t i = 0; i < s->file.n; i++)
		if (uid_eq(&s->file.list[i].uid, &of))
			return &s->file.list[i];
	return NULL;
}

/* What left since then to whom that duty is told. */
static size_t
what_left(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	struct view *v = ctx;
	struct state *s = v->state;
	const struct society *society = app_society(v);
	const struct duty_entry *t = trigger(s, form_value(values, "of"));
	const struct duty *duty =
	    t == NULL ? NULL : society_duty(society, t->duty);
	struct choice_option *list = s->told;
	char hex[33], when[24];
	size_t n = 0;

	/* Asked at every key. */
	*out = s->told;
	if (t == NULL || t == s->told_of)
		return t == NULL ? 0 : s->n_told;
	if (list == NULL)
		list = arena_alloc(&v->arena, s->left.n + 1, sizeof(*list));
	for (size_t i = 0; i < s->left.n; i++) {
		const struct disclosed *d = &s->left.list[i];
		const struct recipient *r =
		    society_recipient(society, d->recipient);

		if (d->at < duty_counts_from(t->at) ||
		    (duty != NULL && (r == NULL || r->kind != duty->to)))
			continue;
		uid_hex(&d->uid, hex);
		list[n++] = (struct choice_option){
			.value = arena_str(&v->arena, hex),
			.label = arena_printf(&v->arena, "%s, %s: %s",
			    clock_short(d->at, app_now(v), when, sizeof(when)),
			    referral_to_words(v, d->recipient),
			    referral_scope_words(v, d->scope)),
			.help = referral_how_words(v, d),
		};
	}
	s->told_of = t;
	*out = s->told = list;
	return s->n_told = n;
}

static bool
was_told(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return form_value_is(values, "what", "done") &&
	       form_value_is(values, "code", "told");
}

/* There is nothing to choose: where it comes from. */
static bool
nothing_left(void *ctx, const struct form_values *values)
{
	const struct choice_option *list;

	return was_told(ctx, values) && what_left(ctx, values, &list) == 0;
}

static bool
something_left(void *ctx, const struct form_values *values)
{
	return was_told(ctx, values) && !nothing_left(ctx, values);
}

static const struct form_field fields[] = {
	PART_UID_FIELD,
	ASK("what", CHOICE, FORM_REQUIRED, N_("What is there to record?"), NULL,
	    .options_from = what_there_is),
	ASK("duty", CHOICE, FORM_REQUIRED, N_("Which duty"),
	    N_("Where you are not sure that it applies, record it and ask "
	       "your supervisor: the time runs."),
	    .options_from = duties, .show_field = "what",
	    .show_value = "trigger"),
	ASK("of", CHOICE, FORM_REQUIRED, N_("Which one"), NULL,
	    .options_from = open_ones, .show_field = "what",
	    .show_value = "done"),
	ASK("code", CHOICE, FORM_REQUIRED, N_("What came of it"), NULL,
	    .options = duty_ends, .n_options = 3, .show_field = "what",
	    .show_value = "done"),
	ASK("nothing", INFO, 0, N_("What was told"), NULL,
	    .text = N_("Nothing that left to them stands in K. R sends it; "
		       "what was told already, outside, is recorded in K (a). "
		       "Then come back here: what you typed stays."),
	    .show_if = nothing_left),
	ASK("disclosure", CHOICE, FORM_REQUIRED, N_("What was told"),
	    N_("Of what left (K), the one that this duty asked for"),
	    .options_from = what_left, .show_if = something_left),
	ASK("on", DATE, 0, N_("When was it learned?"),
	    N_("The time runs from then. Empty: now"), .show_field = "what",
	    .show_value = "trigger"),
	ASKS_TIME("on_time", "on"),
	ASK("words", LONG_TEXT, FORM_REQUIRED, N_("Words"),
	    N_("Facts, no names; at the end who decided and why."), .max = 4000,
	    .rows = 3),
};

/* A day without a time: from its beginning, so that no hour of what is left to
 * tell it in is lost. */
static int64_t
learned_at(const struct formview *fv, int64_t now)
{
	const char *day = formview_get(fv, "on");
	const char *time = formview_get(fv, "on_time");
	int64_t at = asks_due(day, time);

	if (at == 0)
		return now;
	return time[0] == '\0' ? clock_day_start(clock_day_of(at)) : at;
}

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	struct state *s = v->state;
	struct duty_entry d = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.duty = formview_get(fv, "duty"),
		.code = "",
		.at = part_began(v),
		.words = formview_get(fv, "words") };

	(void)uid_from_hex(formview_get(fv, "disclosure"), &d.disclosure);
	if (formview_is(fv, "what", "trigger"))
		d.at = learned_at(fv, d.at);
	if (formview_is(fv, "what", "done")) {
		const struct duty_entry *t = trigger(s, formview_get(fv, "of"));

		if (t == NULL)
			return err_set(
			    err, ERR_INPUT, _("Choose which one it is."));
		d.of = t->uid;
		d.duty = t->duty;
		d.code = formview_get(fv, "code");
	}
	return duty_add(app_session(v), &d, err);
}

static const struct formview_step step = { N_("A duty to tell"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step,
	.n_steps = 1,
	.save = save,
};

static int
open_form(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;
	char hex[33], when[24];

	if (duty_open(app_session(v), r->case_uid, &v->arena, &s->file, err) !=
	    0)
		return -1;
	if (session_may(app_session(v), PERM_DISCLOSURES) &&
	    disclosure_list(
		app_session(v), r->case_uid, &v->arena, &s->left, err) == -1)
		return -1;
	s->open = arena_alloc(&v->arena, s->file.n + 1, sizeof(*s->open));
	for (size_t i = 0; i < s->file.n; i++) {
		const struct duty_entry *d = &s->file.list[i];
		const struct duty *duty = society_duty(app_society(v), d->duty);

		if (!uid_null(&d->of) || d->done)
			continue;
		uid_hex(&d->uid, hex);
		s->open[s->n_open++] = (struct choice_option){
			.value = arena_str(&v->arena, hex),
			.label = arena_printf(&v->arena, "%s, %s",
			    clock_short(d->at, app_now(v), when, sizeof(when)),
			    duty != NULL ? duty->trigger : d->duty),
		};
	}
	if (s->file.closed && s->n_open == 0)
		return err_set(err, ERR_DENIED,
		    _("This case is closed, and no duty of it is open. O "
		      "opens it again."));
	(void)formview_init(v, &use, v);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_duty_add = {
	.name = "duty-add",
	.title = N_("Record"),
	.needs = PERM_CASE_WRITE,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_form,
	.key = part_uid_key,
	.form = formview_state,
};
