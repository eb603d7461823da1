/* SPDX-License-Identifier: ISC */
/* Words for the codes of rules/plan.h, as options of forms; words_label() has
 * the word of one. */
#ifndef AMPARO_PLAN_WORDS_H
#define AMPARO_PLAN_WORDS_H

#include "ui/choice.h"

#define PLAN_NEEDS 4
#define PLAN_STRENGTHS 4
#define PLAN_RISK_VIEWS 3
#define PLAN_GOAL_STATES 4
#define PLAN_WHOS 3
#define PLAN_ACTION_STATES 3
#define PLAN_AGREEMENTS 4
#define PLAN_SERVICE_STATES 4
#define PLAN_HOLDERS 3
#define PLAN_TRIS 3
extern const struct choice_option plan_needs[PLAN_NEEDS];
extern const struct choice_option plan_strengths[PLAN_STRENGTHS];
extern const struct choice_option plan_risk_views[PLAN_RISK_VIEWS];
/* "new" is the first and never chosen: a form offers those after it. */
extern const struct choice_option plan_goal_states[PLAN_GOAL_STATES];
extern const struct choice_option plan_whos[PLAN_WHOS];
extern const struct choice_option plan_action_states[PLAN_ACTION_STATES];
extern const struct choice_option plan_agreements[PLAN_AGREEMENTS];
extern const struct choice_option plan_service_states[PLAN_SERVICE_STATES];
/* Who controls a phone, a card, an account. */
extern const struct choice_option plan_holders[PLAN_HOLDERS];
/* Yes, no, unsure; of a copy that may be kept. */
extern const struct choice_option plan_tris[PLAN_TRIS];

#endif
