/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "child_words.h"
#include "words.h"

#include "base/i18n.h"
#include "rules/consent.h"

const struct choice_option child_tris[3] = {
	{ "yes", N_("Yes"), NULL },
	{ "unsure", N_("Not sure"), N_("Then we work as with a child.") },
	{ "no", N_("No, an adult"),
	    N_("Never by our own estimate: a paper, their own word that "
	       "nobody doubts, or the competent authority.") },
};
const struct choice_option child_bases[4] = {
	{ "document", N_("A document"), NULL },
	{ "stated", N_("What they say"), NULL },
	{ "estimated", N_("An estimate"), NULL },
	{ "disputed", N_("It is disputed"), NULL },
};
const struct choice_option child_guardians[4] = {
	{ "safe", N_("Safe: the child says so"), NULL },
	{ "concern", N_("A concern: may be part of the harm"), NULL },
	{ "unavailable", N_("Not there or not known"), NULL },
	{ "unsafe_to_tell", N_("Telling them is not safe"), NULL },
};
const struct choice_option child_routes[2] = {
	{ "caregiver", N_("The guardian, with the child"),
	    N_("Only where the guardian is safe.") },
	{ "best_interests", N_("Best interests"),
	    N_("A trusted adult or the competent authority, with the "
	       "reason.") },
};
const struct choice_option child_assents[5] = {
	{ "yes", N_("Agrees"), NULL },
	{ "no", N_("Does not agree"), NULL },
	{ "not_able", N_("Cannot say (too young, not well)"), NULL },
	{ "not_asked", N_("Was not asked yet"), NULL },
	{ "could_not", N_("Could not be asked (look again below)"),
	    N_("Not reached, not safe to ask, no interpreter: tried, and to be "
	       "tried again.") },
};
const struct choice_option child_accepted[5] = {
	{ "yes", N_("Accepts it"), NULL },
	{ "part", N_("Accepts a part"), NULL },
	{ "no", N_("Does not accept it"), NULL },
	{ "not_able", N_("Cannot say (too young, not well)"), NULL },
	{ "could_not", N_("Could not be asked (say below why)"),
	    N_("Not reached, not safe to ask, no interpreter: tried, and to be "
	       "tried again.") },
};
const struct choice_option child_outcomes[7] = {
	{ "stay", N_("They stay here"), N_("School, language, a life here.") },
	{ "care", N_("Who looks after them: as it is, or another"), NULL },
	{ "family", N_("With their family again"),
	    N_("Where that was looked at from both ends.") },
	{ "return", N_("Home to their country"),
	    N_("Willingly, and after the risk was weighed there, too.") },
	{ "elsewhere", N_("To a third country"), NULL },
	{ "medical", N_("Care for their health"), NULL },
	{ "other", N_("Another way (say which)"), NULL },
};
const struct choice_option child_kinds[2] = {
	{ "bia", N_("Best-interests assessment"),
	    N_("Early, for every child at risk, before anything "
	       "important.") },
	{ "bid", N_("Best-interests determination"),
	    N_("Formal, by a panel: durable solutions, parting from "
	       "parents.") },
};

#define LABEL(table, code) \
	words_label(table, sizeof(table) / sizeof((table)[0]), code)

const char *
child_words_tri(const char *code)
{
	return code[0] == '\0' ? _("not asked yet") : LABEL(child_tris, code);
}

const char *
child_words_basis(const char *code)
{
	return code[0] == '\0' ? _("not known") : LABEL(child_bases, code);
}

const char *
child_words_guardian(const char *code)
{
	return code[0] == '\0' ? _("not asked: counts as not safe")
			       : LABEL(child_guardians, code);
}

const char *
child_words_informed(const char *code)
{
	if (code[0] == '\0')
		return _("not said");
	return strcmp(code, "yes") == 0 ? _("yes") : _("no");
}

const char *
child_words_route(const char *code)
{
	return code[0] == '\0' ? _("not said") : LABEL(child_routes, code);
}

const char *
child_words_assent(const char *code)
{
	return code[0] == '\0' ? _("not said") : LABEL(child_assents, code);
}

const char *
child_words_accepted(const char *code)
{
	return LABEL(child_accepted, code);
}

const char *
child_words_outcome(const char *code)
{
	return LABEL(child_outcomes, code);
}

const char *
child_words_best_interests(const char *kind)
{
	return LABEL(child_kinds, kind);
}

const char *
child_words_must(struct arena *arena, unsigned must)
{
	static const struct {
		unsigned bit;
		const char *words; /* N_() */
	} all[] = {
		{ MUST_OWN | MUST_THEMSELVES, N_("they themselves") },
		{ MUST_ASSENT, N_("the child is willing") },
		{ MUST_CAREGIVER, N_("the guardian") },
		{ MUST_BEST_INTERESTS, N_("best interests in place of a "
					  "guardian, with the reason") },
	};
	const char *out = "";

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (must & all[i].bit)
			out = arena_printf(arena, "%s%s%s", out,
			    out[0] != '\0' ? "; " : "", _(all[i].words));
	}
	return out;
}
