/* SPDX-License-Identifier: ISC */
/* What the page of a case says of what others are asked about it. */
#include <string.h>

#include "case_page_inside.h"
#include "request_page.h"

#include "base/i18n.h"

/* What a colleague waits for, and another code of the same person. */
static void
add_asked(struct page *p)
{
	const struct case_file *f = p->f;
	const char *what =
	    strcmp(f->asked, "transfer") == 0
		? arena_printf(p->arena, _("offered this case to %s"),
		      request_to_words(
			  p->v, f->asked_ns, f->asked_branch, f->asked_login))
	    : strcmp(f->asked, "closure") == 0
		? _("asked to close this case")
		: _("asked to join it with another");

	if (f->asked[0] != '\0')
		page_add(p, EL_WARNING, _("Asked"),
		    arena_printf(p->arena, _("%s %s, %s: no answer yet (u)"),
			f->asked_by, what, page_time(p, f->asked_at)));
	if (!uid_null(&f->joined))
		page_add(p, EL_WARNING, _("One person"),
		    arena_printf(p->arena,
			f->joined_stays
			    ? _("Also %s, closed: what was said there counts "
				"here (= shows what, and takes them apart)")
			    : _("Goes on as %s: nothing is sent from here; = "
				"takes them apart"),
			f->joined_code));
}

/* What somebody has to decide is not hidden by what comes next. */
static void
add_decisions(struct page *p)
{
	const struct case_file *f = p->f;
	const struct {
		bool waits;
		const char *next, *words;
	} decisions[] = {
		{ f->to_agree, "act-agree",
		    N_("A second person is asked to agree to a sending (2)") },
		{ f->to_review, "act-review",
		    N_("An override is to be looked at again (2)") },
		{ f->to_find_way, "referral-other",
		    N_("A referral was chased and not answered: find another "
		       "way (R)") },
	};
	const char *label = _("To decide");

	for (size_t i = 0; i < sizeof(decisions) / sizeof(decisions[0]); i++) {
		if (!decisions[i].waits ||
		    strcmp(f->next, decisions[i].next) == 0)
			continue;
		page_add(p, EL_WARNING, label, _(decisions[i].words));
		label = "";
	}
}

void
page_add_asked(struct page *p)
{
	add_asked(p);
	add_decisions(p);
}
