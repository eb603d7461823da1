/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "duty_words.h"
#include "words.h"

#include "base/i18n.h"

const struct choice_option duty_ends[3] = {
	{ "told", N_("It was told"), NULL },
	{ "not_told", N_("It was not told"),
	    N_("Say who decided that and why; counsel, best.") },
	{ "does_not_apply", N_("It does not apply after all"), NULL },
};

const char *
duty_words_end(const char *code)
{
	return words_label(
	    duty_ends, sizeof(duty_ends) / sizeof(duty_ends[0]), code);
}

const char *
duty_words_applies(const char *code)
{
	if (strcmp(code, "yes") == 0)
		return _("yes, this is a duty of ours");
	if (strcmp(code, "no") == 0)
		return _("no, not a duty of ours");
	return _("not settled whether we must: ask your supervisor now, the "
		 "time runs");
}

const char *
duty_words_to(enum recipient_kind kind)
{
	static const char *const words[] = {
		[RECIPIENT_MOVEMENT] = N_("the Movement"),
		[RECIPIENT_HEALTH] = N_("a health service"),
		[RECIPIENT_LEGAL] = N_("a legal service"),
		[RECIPIENT_SHELTER] = N_("a shelter"),
		[RECIPIENT_PROTECTION] = N_("a protection service"),
		[RECIPIENT_LABOUR] = N_("a labour authority"),
		[RECIPIENT_NRM] = N_("the referral mechanism"),
		[RECIPIENT_POLICE] = N_("the police"),
		[RECIPIENT_IMMIGRATION] = N_("the immigration authority"),
		[RECIPIENT_EMBASSY] = N_("an embassy"),
		[RECIPIENT_EMPLOYER] = N_("the employer"),
		[RECIPIENT_FAMILY] = N_("the family"),
		[RECIPIENT_MEDIA] = N_("the media"),
		[RECIPIENT_STATISTICS] = N_("statistics"),
	};

	return (size_t)kind < sizeof(words) / sizeof(words[0]) ? _(words[kind])
							       : "";
}

char *
duty_words_span(const struct span *span, char *out, size_t size)
{
	unsigned long n = (unsigned long)span->amount;

	switch (span->unit) {
	case SPAN_HOURS:
		snprintf(out, size, ngettext("%lu hour", "%lu hours", n), n);
		break;
	case SPAN_DAYS:
		snprintf(out, size, ngettext("%lu day", "%lu days", n), n);
		break;
	case SPAN_WORKING_DAYS:
		snprintf(out, size,
		    ngettext("%lu working day", "%lu working days", n), n);
		break;
	}
	return out;
}

const char *
duty_words_all(const struct society *society, struct arena *arena)
{
	const char *out = "";
	char span[64];

	for (size_t i = 0; i < society->n_duties; i++) {
		const struct duty *d = &society->duties[i];

		if (strcmp(d->applies, "no") == 0)
			continue;
		out = arena_printf(arena, _("%s%s%s: to %s within %s (%s)"),
		    out, out[0] != '\0' ? "\n" : "", d->trigger,
		    duty_words_to(d->to),
		    duty_words_span(&d->deadline, span, sizeof(span)),
		    duty_words_applies(d->applies));
	}
	return out;
}
