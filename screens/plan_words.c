/* SPDX-License-Identifier: ISC */
#include "plan_words.h"

#include <stddef.h>

#include "base/i18n.h"

const struct choice_option plan_needs[PLAN_NEEDS] = {
	{ "none", N_("Fine for now"), N_("You talked about it.") },
	{ "some", N_("Needs help"), NULL },
	{ "urgent", N_("Urgent"), N_("Harm if it waits.") },
	{ "not_now", N_("Does not want help with it now"),
	    N_("Their choice; it can be asked again later.") },
};

const struct choice_option plan_strengths[PLAN_STRENGTHS] = {
	{ "own", N_("What they can and know"),
	    N_("What they have come through, what they are good at.") },
	{ "people", N_("People they trust"),
	    N_("How close, not who: no names here.") },
	{ "means", N_("What they have"),
	    N_("Money, papers, a phone, a place, work.") },
	{ "community", N_("Where they belong"),
	    N_("Faith, neighbours, a group, people from home.") },
};

const struct choice_option plan_risk_views[PLAN_RISK_VIEWS] = {
	{ "person", N_("What they fear themselves"),
	    N_("In their words: they know best.") },
	{ "worker", N_("What I see"),
	    N_("\"Appeared\", \"said\"; no guesses and no labels.") },
	{ "family", N_("For children and family"), N_("Here and at home.") },
};

const struct choice_option plan_goal_states[PLAN_GOAL_STATES] = {
	{ "new", N_("new"), NULL },
	{ "in_progress", N_("in progress"), NULL },
	{ "met", N_("met"), N_("The person says so, too.") },
	{ "set_aside", N_("set aside by the person"),
	    N_("They do not want it now. It can be taken up again.") },
};

const struct choice_option plan_whos[PLAN_WHOS] = {
	{ "worker", N_("we"), N_("A worker of ours.") },
	{ "person", N_("the person"), NULL },
	{ "organisation", N_("an organisation"), NULL },
};

const struct choice_option plan_action_states[PLAN_ACTION_STATES] = {
	{ "open", N_("to do"), NULL },
	{ "done", N_("done"), NULL },
	{ "dropped", N_("dropped"), N_("Not wanted or not needed any more.") },
};

const struct choice_option plan_agreements[PLAN_AGREEMENTS] = {
	{ "yes", N_("yes"), NULL },
	{ "part", N_("in part"), NULL },
	{ "not_now", N_("not now, wants time"), NULL },
	{ "no", N_("no"), N_("Help goes on all the same.") },
};

const struct choice_option plan_service_states[PLAN_SERVICE_STATES] = {
	{ "given", N_("given"), NULL },
	{ "planned", N_("planned"), NULL },
	{ "declined", N_("not wanted now"),
	    N_("The person's choice; it can be offered again.") },
	{ "unavailable", N_("not to be had"),
	    N_("A gap: say why, so that we can speak up about it.") },
};

const struct choice_option plan_holders[PLAN_HOLDERS] = {
	{ "person", N_("The person alone"), NULL },
	{ "other", N_("Somebody else, or together"),
	    N_("It may be taken from them: think of other help.") },
	{ "unknown", N_("Not known"), NULL },
};

const struct choice_option plan_tris[PLAN_TRIS] = {
	{ "yes", N_("yes, they say so"), NULL },
	{ "no", N_("no"), NULL },
	{ "unsure", N_("not sure"), N_("Then it is not given.") },
};
