/* SPDX-License-Identifier: ISC */
#include "intake_options.h"

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
static const struct choice_option alone_options[] = {
	{ "yes", N_("yes, alone"), NULL },
	{ "no", N_("no, somebody was there"), NULL },
	{ "unsure", N_("not sure"), NULL },
};
static const struct choice_option interpreter_options[] = {
	{ "none", N_("none needed"), NULL },
	{ "independent", N_("independent interpreter"), NULL },
	{ "not_independent", N_("a companion helped"),
	    N_("Never for consent or for indicators") },
};
static const struct choice_option keep_options[] = {
	{ "contact", N_("nothing kept but this contact"),
	    N_("Complete as it is; no case, no name") },
	{ "anonymous", N_("a case without a name"),
	    N_("We can help and follow up under the code alone") },
	{ "case", N_("a case with their name"),
	    N_("The name goes into the second, separate database") },
};
static const struct choice_option decision_options[] = {
	{ "yes", N_("yes"), NULL },
	{ "part", N_("yes, to part of it"), NULL },
	{ "not_now", N_("not now"), N_("Help goes on all the same") },
	{ "no", N_("no"), N_("Help goes on all the same") },
};
static const struct choice_option given_options[] = {
	{ "person", N_("the person"), NULL },
	{ "both", N_("the person and a guardian"), NULL },
	{ "guardian", N_("a guardian"), NULL },
	{ "assent", N_("child assents, guardian consents"), NULL },
	{ "best_interests", N_("best interests, guardian not safe or absent"),
	    N_("Say who decided, and why no guardian was asked") },
	{ "other", N_("somebody else"), NULL },
};
static const struct choice_option form_options[] = {
	{ "verbal_witnessed", N_("spoken, with a witness"), NULL },
	{ "written", N_("written"), NULL },
	{ "mark", N_("thumbprint or mark"), NULL },
	{ "sign_language", N_("sign language"), NULL },
	{ "remote_voice", N_("by phone"), NULL },
};
static const struct choice_option child_options[] = {
	{ "no", N_("an adult"), NULL },
	{ "yes", N_("a child"), NULL },
	{ "unsure", N_("may be a child"),
	    N_("Treated as a child until decided") },
};

/* --- the National Society's ------------------------------------------------ */

static const struct choice_option *
from_labels(struct view *v, const struct labels *l, size_t *n)
{
	struct choice_option *o = arena_alloc(&v->arena, l->n + 1, sizeof(*o));

	for (size_t i = 0; i < l->n; i++)
		o[i] = (struct choice_option){ l->list[i].id, l->list[i].label,
			l->list[i].help };
	*n = l->n;
	return o;
}

static const struct choice_option *
language_options(struct view *v, size_t *n)
{
	const struct society *s = app_society(v);
	struct choice_option *o =
	    arena_alloc(&v->arena, s->n_languages + 1, sizeof(*o));

	for (size_t i = 0; i < s->n_languages; i++)
		o[i] = (struct choice_option){ s->languages[i].id,
			s->languages[i].label, NULL };
	*n = s->n_languages;
	return o;
}

static const struct choice_option *
risk_options(struct view *v, size_t *n)
{
	const struct society *s = app_society(v);
	struct choice_option *o =
	    arena_alloc(&v->arena, s->n_risks + 1, sizeof(*o));

	for (size_t i = 0; i < s->n_risks; i++)
		o[i] = (struct choice_option){ s->risks[i].id,
			s->risks[i].label, s->risks[i].meaning };
	*n = s->n_risks;
	return o;
}

static const struct choice_option *
number_options(struct view *v, size_t *n)
{
	const struct society *s = app_society(v);
	struct choice_option *o =
	    arena_alloc(&v->arena, s->n_numbers + 1, sizeof(*o));

	for (size_t i = 0; i < s->n_numbers; i++)
		o[i] = (struct choice_option){ s->numbers[i].id,
			arena_printf(&v->arena, "%s  %s", s->numbers[i].number,
			    s->numbers[i].label),
			s->numbers[i].police_run ? N_("Answered by police")
						 : NULL };
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

const struct script *
intake_script(const struct view *v, const char *kind)
{
	const struct society *s = app_society(v);
	const struct script *sc = NULL;

	for (size_t i = 0; i < s->n_languages && sc == NULL; i++)
		sc = society_script(s, kind, s->languages[i].id);
	return sc;
}

static const char *
script_text(struct view *v, const char *kind)
{
	const struct script *sc = intake_script(v, kind);

	if (sc == NULL || sc->text[0] == '\0')
		return _("No approved text on screen: use the printed sheet "
			 "of this branch.");
	return arena_printf(
	    &v->arena, "%s\n(%s, %s)", sc->text, sc->id, sc->version);
}

static const struct {
	const struct choice_option *list;
	size_t n;
} ours[] = {
	[WITH_SIX] = { six, N(six) },
	[WITH_MAY_CONTACT] = { contact_options, N(contact_options) },
	[WITH_ALONE] = { alone_options, N(alone_options) },
	[WITH_INTERPRETER] = { interpreter_options, N(interpreter_options) },
	[WITH_KEEP] = { keep_options, N(keep_options) },
	[WITH_DECISION] = { decision_options, N(decision_options) },
	[WITH_GIVEN_BY] = { given_options, N(given_options) },
	[WITH_FORM] = { form_options, N(form_options) },
	[WITH_CHILD] = { child_options, N(child_options) },
};

void
intake_fill(struct view *v, enum intake_with with, struct form_field *f)
{
	const struct society *s = app_society(v);

	switch (with) {
	case WITH_LANGUAGES:
		f->options = language_options(v, &f->n_options);
		break;
	case WITH_CHANNELS:
		f->options = from_labels(v, &s->channels, &f->n_options);
		break;
	case WITH_INFORMATION:
		f->options = from_labels(v, &s->information, &f->n_options);
		break;
	case WITH_NUMBERS:
		f->options = number_options(v, &f->n_options);
		break;
	case WITH_RISKS:
		f->options = risk_options(v, &f->n_options);
		break;
	case WITH_SEXES:
		f->options = from_labels(v, &s->sexes, &f->n_options);
		break;
	case WITH_AGES:
		f->options = from_labels(v, &s->age_groups, &f->n_options);
		break;
	case WITH_WINDOWS:
		f->text = windows_text(v);
		break;
	case WITH_LIMITS:
		f->text = script_text(v, "limits");
		break;
	case WITH_WORK_TOGETHER:
		f->text = script_text(v, "work_together");
		break;
	default:
		if (with < N(ours)) {
			f->options = ours[with].list;
			f->n_options = ours[with].n;
		}
	}
}
