/* SPDX-License-Identifier: ISC */
/* What somebody has to build on, what they want to reach, what was done. */
#include <string.h>

#include "case_page_inside.h"
#include "plan_words.h"
#include "words.h"

#include "base/i18n.h"

#define GOALS_SHOWN 6

void
page_add_strengths(struct page *p)
{
	const struct case_file *f = p->f;
	const char *label = _("Strengths");

	for (size_t i = 0; i < f->n_strengths; i++) {
		page_add(p, EL_TEXT, label, f->strengths[i]);
		label = "";
	}
	if (f->assessed_at == 0)
		page_add(p, EL_DIM, label,
		    _("not talked about yet: n begins with them"));
}

void
page_add_goals(struct page *p)
{
	const struct case_file *f = p->f;
	const char *label = _("Goals");
	size_t more = f->n_goals > GOALS_SHOWN ? f->n_goals - GOALS_SHOWN : 0;

	for (size_t i = 0; i < f->n_goals - more; i++) {
		bool new = strcmp(f->goals[i].state, "new") == 0;

		page_add(p, EL_TEXT, label,
		    arena_printf(p->arena, "%s%s%s%s", f->goals[i].words,
			new ? "" : " (",
			new ? ""
			    : words_label(plan_goal_states, PLAN_GOAL_STATES,
				  f->goals[i].state),
			new ? "" : ")"));
		label = "";
	}
	if (more > 0)
		page_add(p, EL_DIM, "",
		    arena_printf(
			p->arena, _("and %zu more: P shows all"), more));
}

void
page_add_services(struct page *p)
{
	const struct case_file *f = p->f;

	if (f->safety_plan_at != 0)
		page_add(p, EL_TEXT, _("Safety plan"),
		    arena_printf(p->arena, _("of %s: Y opens it"),
			page_time(p, f->safety_plan_at)));
	if (f->services_given + f->services_planned > 0)
		page_add(p, EL_TEXT, _("Help"),
		    arena_printf(p->arena,
			_("%d given, %d planned (s shows which)"),
			f->services_given, f->services_planned));
}
