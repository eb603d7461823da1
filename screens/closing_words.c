/* SPDX-License-Identifier: ISC */
#include "closing_words.h"

#include "base/clock.h"
#include "base/i18n.h"

const char *
closing_words_ends(
    const struct view *v, struct arena *a, const struct open_ends *e)
{
	const char *open, *contact;
	char day[24];

	open = e->goals + e->referrals + e->follow_ups == 0
		   ? _("Nothing is open in the plan.")
		   : arena_printf(a,
			 _("Open: goals %d, referrals %d, planned follow-ups "
			   "%d."),
			 e->goals, e->referrals, e->follow_ups);
	(void)clock_short(e->last_contact, app_now(v), day, sizeof(day));
	contact = e->attempts_failed == 0
		      ? arena_printf(a, _("Last contact: %s."), day)
		      : arena_printf(a,
			    _("Last contact: %s; safe attempts that failed "
			      "since: %d of %d."),
			    day, e->attempts_failed,
			    closing_lost_attempts(app_society(v)));
	return arena_printf(a, "%s %s", open, contact);
}
