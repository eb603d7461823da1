/* SPDX-License-Identifier: ISC */
#include "consent_words.h"

#include <string.h>

#include "base/i18n.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

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
static const struct choice_option withheld_options[] = {
	{ "fear_of_harm", N_("fear of harm"), NULL },
	{ "tell_themselves", N_("wants to tell them themselves"), NULL },
	{ "other", N_("another reason"), NULL },
};
static const struct choice_option again_options[] = {
	{ "yes", N_("yes, another time"), NULL },
	{ "no", N_("no, please do not ask again"), NULL },
};

static const struct {
	const struct choice_option *list;
	size_t n;
} all[WORDS_VOCABULARIES] = {
	[WORDS_DECISION] = { decision_options, N(decision_options) },
	[WORDS_GIVEN_BY] = { given_options, N(given_options) },
	[WORDS_FORM] = { form_options, N(form_options) },
	[WORDS_INTERPRETER] = { interpreter_options, N(interpreter_options) },
	[WORDS_ALONE] = { alone_options, N(alone_options) },
	[WORDS_CHILD] = { child_options, N(child_options) },
	[WORDS_WITHHELD_WHY] = { withheld_options, N(withheld_options) },
	[WORDS_ASK_AGAIN] = { again_options, N(again_options) },
};

const struct choice_option *
consent_words(enum consent_vocabulary which, size_t *n)
{
	*n = all[which].n;
	return all[which].list;
}

const char *
consent_words_label(enum consent_vocabulary which, const char *code)
{
	for (size_t i = 0; i < all[which].n; i++)
		if (strcmp(all[which].list[i].value, code) == 0)
			return _(all[which].list[i].label);
	return code;
}
