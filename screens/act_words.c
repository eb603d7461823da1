/* SPDX-License-Identifier: ISC */
#include "act_words.h"

#include <string.h>

#include "parts.h"
#include "referral_words.h"

#include "base/clock.h"
#include "base/i18n.h"

/* What the person said of it, which comes before all we say. */
const char *
act_person_words(const struct act *a)
{
	static const struct choice_option states[] = {
		{ "given", N_("The person said yes."), NULL },
		{ "refused", N_("The person said NO."), NULL },
		{ "not_now", N_("The person said not now."), NULL },
		{ "expired", N_("The person said yes; that has ended."), NULL },
		{ "used", N_("The person said yes, for one time: used."),
		    NULL },
		{ "withdrawn", N_("The person TOOK THEIR YES BACK."), NULL },
	};

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (strcmp(states[i].value, a->person) == 0)
			return _(states[i].label);
	return _("The person was NOT ASKED.");
}

const char *
act_told_words(const struct act *a)
{
	return strcmp(a->told, "yes") == 0  ? _("The person was told.")
	       : strcmp(a->told, "no") == 0 ? _("The person was not told:")
					    : "";
}

const char *
act_reason_words(const struct act *a)
{
	return referral_words_label(
	    a->already ? WORDS_TOLD_REASON : WORDS_ACT_REASON, a->reason);
}

/* One line of what is decided about; nothing where there is nothing. */
static const char *
line(struct view *v, const char *label, const char *text)
{
	return text[0] == '\0'
		   ? ""
		   : arena_printf(&v->arena, "\n%s: %s", label, text);
}

/* To whom, what the person says and by what stand first: three lines are read
 * on the smallest screen. */
const char *
act_about(struct view *v, const struct act *a)
{
	char day[24], due[24] = "";
	enum element style;

	if (a->review_due != 0)
		part_due(a->review_due, app_now(v), due, sizeof(due), &style);
	return arena_printf(&v->arena, "%s\n%s\n%s%s%s%s%s%s%s %s%s",
	    referral_to_words(v, a->recipient), act_person_words(a),
	    act_reason_words(a),
	    line(v, a->already ? _("What was told") : _("What goes"),
		referral_scope_words(v, a->scope)),
	    line(v, _("For"), label_of(&app_society(v)->purposes, a->purpose)),
	    line(v, _("Facts"), a->words), line(v, _("By"), a->legal_ref),
	    a->told[0] == '\0' ? "" : "\n", act_told_words(a), a->told_why,
	    line(v, _("Asked by"),
		arena_printf(&v->arena, "%s, %s%s%s", a->by,
		    clock_short(a->at, app_now(v), day, sizeof(day)),
		    due[0] == '\0' ? "" : _("; review due "), due)));
}
