/* SPDX-License-Identifier: ISC */
/* The goals of a case's plan, for what serves them. */
#ifndef AMPARO_PLAN_GOALS_H
#define AMPARO_PLAN_GOALS_H

#include "app/screen.h"
#include "ui/choice.h"

/* As options, open ones first, in the view's arena; how many.  None where the
 * plan cannot be read: help waits for no plan. */
size_t plan_goal_options(struct view *, const struct choice_option **);
/* The words of one; NULL: none, or not in the plan. */
const char *plan_goal_words(struct view *, const struct uid *goal);

#endif
