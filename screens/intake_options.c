/* SPDX-License-Identifier: ISC */
#include "duty_words.h"
#include "intake_options.h"

#include "asks.h"
#include "child_words.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "consent_words.h"
#include "numbers.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static const struct choice_option six[] = {
	{ "not_raised", N_("not raised"), N_("Not spoken of; never a no") },
	{ "not_seen", N_("no sign"), N_("Looked or listened for, no sign") },
	{ "some_sign", N_("some sign"), NULL },
	{ "clear_sign", N_("clear sign"), N_("Opens what to do at once") },
	{ "prefers_not_say", N_("prefers not to say"), NULL },
	{ "unclear", N_("unclear"), NULL },
};
static const struct choice_option contact_options[] = {
	{ "yes", N_("yes"), NULL },
	{ "only_if", N_("only as agreed below"), NULL },
	{ "no", N_("no: they come to us"), NULL },
};
static const struct choice_option keep_options[] = {
	{ "contact", N_("nothing kept but this contact"),
	    N_("Complete as it is; no case, no name") },
	{ "anonymous", N_("a case without a name"),
	    N_("We can help and follow up under the code alone") },
	{ "case", N_("a case with their name"),
	    N_("The name goes into the second, separate database") },
};

/* --- the National Society's ------------------------------------------------ */

static const struct choice_option *
number_options(struct view *v, size_t *n)
{
	const struct society *s = app_society(v);
	struct choice_option *o =
	    arena_alloc(&v->arena, s->n_numbers + 1, sizeof(*o));

	for (size_t i = 0; i < s->n_numbers; i++) {
		const struct number *one = &s->numbers[i];
		bool ok;
		const char *when = number_checked(
		    &v->arena, one, clock_day_of(app_now(v)), &ok);

		o[i] = (struct choice_option){ one->id,
			arena_printf(&v->arena, "%s  %s%s", one->number,
			    one->label, ok ? "" : _(" (may be out of date)")),
			one->police_run ? arena_printf(&v->arena, "%s; %s",
					      _("Answered by police"), when)
					: when };
	}
	*n = s->n_numbers;
	return o;
}

/* Care that must not wait: hours matter more than the form does. */
static const char *
windows_text(struct view *v)
{
	const struct society *s = app_society(v);
	const char *text = _("Hours matter; offer it now:");

	for (size_t i = 0; i < s->n_health_windows; i++)
		text = arena_printf(&v->arena, "%s\n  %d h  %s", text,
		    s->health_windows[i].hours, s->health_windows[i].label);
	return text;
}

static const struct {
	const struct choice_option *list;
	size_t n;
} ours[] = {
	[WITH_SIX] = { six, N(six) },
	[WITH_MAY_CONTACT] = { contact_options, N(contact_options) },
	[WITH_KEEP] = { keep_options, N(keep_options) },
	[WITH_GUARDIAN] = { child_guardians, N(child_guardians) },
};

void
intake_fill(struct view *v, enum intake_with with, struct form_field *f)
{
	const struct society *s = app_society(v);

	switch (with) {
	case WITH_LANGUAGES:
		f->options = asks_languages(v, &f->n_options);
		break;
	case WITH_CHANNELS:
		f->options = asks_labels(v, &s->channels, &f->n_options);
		break;
	case WITH_WAYS:
		f->options = asks_labels(v, society_ways(s), &f->n_options);
		break;
	case WITH_INFORMATION:
		f->options = asks_labels(v, &s->information, &f->n_options);
		break;
	case WITH_NUMBERS:
		f->options = number_options(v, &f->n_options);
		break;
	case WITH_RISKS:
		f->options = asks_risks(v, &f->n_options);
		break;
	case WITH_SEXES:
		f->options = asks_labels(v, &s->sexes, &f->n_options);
		break;
	case WITH_AGES:
		f->options = asks_labels(v, &s->age_groups, &f->n_options);
		break;
	case WITH_WINDOWS:
		f->text = windows_text(v);
		break;
	case WITH_DUTIES:
		f->text = duty_words_all(s, &v->arena);
		if (f->text[0] == '\0')
			f->text = N_("Nothing beyond the words above is "
				     "known here.");
		break;
	case WITH_ALONE:
		f->options = consent_words(WORDS_ALONE, &f->n_options);
		break;
	case WITH_INTERPRETER:
		f->options = consent_words(WORDS_INTERPRETER, &f->n_options);
		break;
	case WITH_DECISION:
		f->options = consent_words(WORDS_DECISION, &f->n_options);
		break;
	case WITH_GIVEN_BY:
		f->options = consent_words(WORDS_GIVEN_BY, &f->n_options);
		break;
	case WITH_FORM:
		f->options = consent_words(WORDS_FORM, &f->n_options);
		break;
	case WITH_CHILD:
		f->options = consent_words(WORDS_CHILD, &f->n_options);
		break;
	default:
		if (with < N(ours)) {
			f->options = ours[with].list;
			f->n_options = ours[with].n;
		}
	}
}
