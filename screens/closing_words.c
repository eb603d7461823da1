/* SPDX-License-Identifier: ISC */
#include "closing_words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/referral.h"

const char *
closing_words_ends(
    const struct view *v, struct arena *a, const struct open_ends *e)
{
	const char *open, *plan, *contact;
	char day[24];

	open = e->goals + e->referrals + e->follow_ups == 0
		   ? _("Nothing is open in the plan.")
		   : arena_printf(a,
			 _("Open: goals %d, referrals %d, planned follow-ups "
			   "%d."),
			 e->goals, e->referrals, e->follow_ups);
	(void)clock_short(e->safety_plan_at, app_now(v), day, sizeof(day));
	plan = e->safety_plan_at == 0
		   ? _("No safety plan was ever written.")
		   : arena_printf(a, _("Safety plan: %s."), day);
	(void)clock_short(e->last_contact, app_now(v), day, sizeof(day));
	contact = e->attempts_failed == 0
		      ? arena_printf(a, _("Last contact: %s."), day)
		      : arena_printf(a,
			    _("Last contact: %s; safe attempts that failed "
			      "since: %d of %d."),
			    day, e->attempts_failed,
			    closing_lost_attempts(app_society(v)));
	return arena_printf(a, "%s %s %s", open, plan, contact);
}

int
closing_words_taken_on(struct view *v, const struct case_file *file,
    const char **by, struct err *err)
{
	const struct recipient *to =
	    society_recipient(app_society(v), file->custody);
	struct referrals all;

	*by = to == NULL ? file->custody : to->name;
	if ((*by)[0] != '\0')
		return 0;
	if (referral_list(
		app_session(v), v->route.case_uid, &v->arena, &all, err) != 0)
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		const struct referral *r = &all.list[i];
		int mode = referral_mode_from_name(r->mode);

		if (mode < 0 ||
		    !referral_taken_on((enum referral_mode)mode, r->state))
			continue;
		to = society_recipient(app_society(v), r->recipient);
		*by = to == NULL ? r->recipient : to->name;
	}
	return 0;
}
