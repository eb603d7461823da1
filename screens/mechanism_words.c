/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "mechanism_words.h"
#include "words.h"

#include "base/i18n.h"

const struct choice_option mechanism_decisions[4] = {
	{ "undecided", N_("Has not decided; wants time"), NULL },
	{ "wants", N_("Wants it"), NULL },
	{ "declines", N_("Does not want it, for now"),
	    N_("Respected. Nothing else changes; they can say yes later.") },
	{ "withdrawn", N_("Took their yes back"), NULL },
};

const struct choice_option mechanism_kinds[MECHANISM_KIND_COUNT] = {
	{ "informed", N_("We explained what it is"), NULL },
	{ "consequences", N_("We explained what follows from yes and no"),
	    NULL },
	{ "decision", N_("What the person decided"), NULL },
	{ "advice", N_("They had legal advice"), NULL },
	{ "referred", N_("They were referred"), NULL },
	{ "stage", N_("A decision of the mechanism"), NULL },
	{ "reflection", N_("Reflection period began"), NULL },
	{ "extended", N_("Reflection period extended"), NULL },
	{ "ended", N_("Reflection period is over"), NULL },
	{ "permit", N_("Residence permit"), NULL },
	{ "permit_settled", N_("Renewal asked for, or not wanted"), NULL },
	{ "appeal", N_("A date to appeal by"), NULL },
	{ "appealed", N_("Appealed, or decided not to"), NULL },
};

#define LABEL(table, code) \
	words_label(table, sizeof(table) / sizeof((table)[0]), code)

const char *
mechanism_words_decision(enum mechanism_decision d)
{
	/* In the order of the enum. */
	return (unsigned)d < MECHANISM_DECISION_COUNT
		   ? _(mechanism_decisions[d].label)
		   : "";
}

const char *
mechanism_words_wait(enum reflection_what what)
{
	static const char *const words[REFLECTION_WHAT_COUNT] = {
		[REFLECTION_FIRST] = N_("legal advice, two weeks before the "
					"end"),
		[REFLECTION_SECOND] = N_("legal advice, a week before the "
					 "end"),
		[REFLECTION_END] = N_("reflection ends: what do they want "
				      "now?"),
		[REFLECTION_APPEAL] = N_("last day to appeal"),
		[REFLECTION_PERMIT] = N_("residence permit ends"),
	};

	return (unsigned)what < REFLECTION_WHAT_COUNT && words[what] != NULL
		   ? _(words[what])
		   : "";
}

const char *
mechanism_words_verified(const char *code)
{
	static const struct choice_option words[] = {
		{ "seen", N_("read in the source"), NULL },
		{ "restated", N_("from a source that restates it"), NULL },
		{ "known", N_("from knowledge, not read again"), NULL },
		{ "to_check", N_("to be checked before it is relied on"),
		    NULL },
	};

	return LABEL(words, code);
}

static const char *
answer(const struct mechanism *m, const struct mechanism_entry *e)
{
	const struct labels stages = { m->stages, m->n_stages };

	if (strcmp(e->kind, "decision") == 0)
		return LABEL(mechanism_decisions, e->code);
	if (strcmp(e->kind, "stage") == 0)
		return label_of(&stages, e->code);
	if (strcmp(e->kind, "referred") == 0)
		return strcmp(e->code, "we") == 0 ? _("by us")
						  : _("by somebody else");
	return "";
}

const char *
mechanism_words_entry(struct arena *arena, const struct mechanism *m,
    const struct mechanism_entry *e)
{
	const char *said = answer(m, e);
	char until[16];

	return arena_printf(arena, "%s%s%s%s%s",
	    LABEL(mechanism_kinds, e->kind), said[0] != '\0' ? ": " : "", said,
	    e->until.precision != DATE_UNKNOWN ? _(", until ") : "",
	    e->until.precision != DATE_UNKNOWN
		? date_show(&e->until, until, sizeof(until))
		: "");
}
