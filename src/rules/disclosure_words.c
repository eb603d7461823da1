/* SPDX-License-Identifier: ISC */
/* Why something may not leave, and what can be done instead. */
#include "base/clock.h"
#include "base/i18n.h"
#include "rules/disclosure.h"

static const char *const names[EGRESS_WHY_COUNT] = {
#define EGRESS_NAME(id) [EGRESS_##id] = #id,
	EGRESS_WHYS(EGRESS_NAME)
};

static const struct {
	const char *why, *instead;
} words[EGRESS_WHY_COUNT] = {
	[EGRESS_NOT_ASKED_FOR] = { N_("It is not part of this."), "" },
	[EGRESS_ALLOWED] = { N_("It may go."), "" },
	[EGRESS_NO_RECIPIENT] = { N_("No organisation of the directory is "
				     "named, or no purpose."),
	    N_("Choose both: one recipient, one purpose.") },
	[EGRESS_JOINED] = { N_("This case goes on under another code of the "
			       "same person."),
	    N_("Send it from there: what the person said here counts there, "
	       "too.") },
	[EGRESS_COUNTS_ONLY] = { N_("Statistics are counts; nothing about a "
				    "person goes there."),
	    N_("Whether the person may be counted is its own consent.") },
	[EGRESS_AWAY] = { N_("Another National Society has this case now."),
	    N_("They send what is needed; or take the case back first (O).") },
	[EGRESS_EMPTY] = { N_("Nothing is ticked: they would know of nobody."),
	    N_("Tick what they need, or choose a call, going along or "
	       "information only.") },
	[EGRESS_SUSPENDED] = { N_("This organisation is marked as not safe or "
				  "not running."),
	    N_("Choose another of the directory.") },
	[EGRESS_CONFLICT] = { N_("This organisation is marked as having an "
				 "interest of its own."),
	    N_("Choose another of the directory, or ask your supervisor about "
	       "the mark.") },
	[EGRESS_WRONG_NUMBER] = { N_("Somebody called this organisation and "
				     "the "
				     "number was wrong."),
	    N_("Find its number, call it, record the call in the directory, "
	       "then send.") },
	[EGRESS_UNCHECKED] = { N_("Nobody has verified this organisation for "
				  "half a year."),
	    N_("Call it, record the call in the directory, then send.") },
	[EGRESS_COUNTRY] = { N_("A rule of this country does not let it go "
				"there by consent."),
	    N_("Give the person what they need to go themselves, or choose "
	       "another organisation.") },
	[EGRESS_NOT_ASKED] = { N_("The person was not asked about this "
				  "recipient and purpose."),
	    N_("Ask and record it, or give information only.") },
	[EGRESS_REFUSED] = { N_("The person said no."),
	    N_("Respect it: give information only; our help goes on.") },
	[EGRESS_NOT_NOW] = { N_("The person said not now."),
	    N_("Give information only; ask again when they said we may.") },
	[EGRESS_WITHDRAWN] = { N_("The person took the consent back."),
	    N_("Nothing goes; tell those who were told before.") },
	[EGRESS_ENDED] = { N_("The consent has ended."),
	    N_("Ask again and record it, or give information only.") },
	[EGRESS_USED] = { N_("The consent was for one time and has been "
			     "used."),
	    N_("Ask again and record it, or give information only.") },
	[EGRESS_NOT_IN_IT] = { N_("The person agreed, but not to this kind of "
				  "data."),
	    N_("Leave it out, or ask about it.") },
	[EGRESS_AGE] = { N_("At this age somebody else must agree too, or the "
			    "person for themselves."),
	    N_("Record the consent anew: who agreed, or why best interests "
	       "decide.") },
	[EGRESS_STOP] = { N_("Nothing goes there on a yes alone."),
	    N_("Ask for a second person: what goes, by which consent, by "
	       "which law.") },
	[EGRESS_STOP_ASKING] = { N_("The question alone tells them that "
				    "somebody is here."),
	    N_("Ask another organisation of the directory; or choose a call "
	       "with the person present, which a second person can agree "
	       "to.") },
	[EGRESS_ACT_OPEN] = { N_("A second person has been asked and has not "
				 "decided."),
	    N_("Ask your supervisor to look at it now.") },
	[EGRESS_ACT_DECLINED] = { N_("A second person looked and said no."),
	    N_("Talk to them; choose another way to help.") },
	[EGRESS_ACT_SELF] = { N_("Whoever asks cannot be the second person."),
	    N_("Ask somebody else who supervises.") },
	[EGRESS_ACT_OLD] = { N_("What was agreed to is more than a day old."),
	    N_("Ask for it anew: things may have changed.") },
	[EGRESS_ACT_USED] = { N_("What was agreed to was for one sending, "
				 "which is done."),
	    N_("Ask for it anew.") },
	[EGRESS_ACT_OTHER_ROW] = { N_("What was agreed to was an earlier "
				      "decision of the person."),
	    N_("Ask for a second person anew, on the decision that stands.") },
	[EGRESS_ACT_NO_WORDS] = { N_("The act gives no reason in words."),
	    N_("Ask for it anew, with the facts it rests on.") },
	[EGRESS_ACT_NO_LAW] = { N_("No duty of this country, order or policy "
				   "carries it."),
	    N_("Name the duty of the configuration, the order or, for a "
	       "life, the policy; ask your legal adviser.") },
	[EGRESS_ACT_NOT_TOLD] = { N_("It says neither that the person was told "
				     "nor why not."),
	    N_("Tell the person, or write why that is not safe.") },
	[EGRESS_ACT_NOT_THEM] = { N_("This reason never reaches this kind of "
				     "recipient."),
	    N_("Nothing goes; ask your legal adviser.") },
	[EGRESS_ACT_TOO_MUCH] = { N_("It is more than this reason needs."),
	    N_("Leave it out: only the least goes without consent.") },
};

const char *
egress_why_words(enum egress_why w)
{
	return (unsigned)w < EGRESS_WHY_COUNT ? _(words[w].why) : "";
}

const char *
egress_instead_words(enum egress_why w)
{
	if ((unsigned)w >= EGRESS_WHY_COUNT || words[w].instead[0] == '\0')
		return "";
	return _(words[w].instead);
}

/* With since when nobody could rely on it. */
const char *
egress_cause(const struct egress *e, enum egress_why w, struct arena *a)
{
	char when[24];

	if (e == NULL || e->checked_at > e->now ||
	    (w != EGRESS_UNCHECKED && w != EGRESS_WRONG_NUMBER))
		return egress_why_words(w);
	if (e->checked_at == 0)
		return w == EGRESS_UNCHECKED
			   ? _("Nobody has ever verified this organisation.")
			   : egress_why_words(w);
	(void)clock_short(e->checked_at, e->now, when, sizeof(when));
	if (w == EGRESS_UNCHECKED)
		return arena_printf(a,
		    _("Nobody has verified this organisation since %s, %lld "
		      "days ago."),
		    when, (long long)((e->now - e->checked_at) / CLOCK_DAY));
	return arena_printf(a,
	    _("Somebody called this organisation (%s) and the number was "
	      "wrong."),
	    when);
}

const char *
egress_says(const struct egress *e, enum egress_why w, struct arena *a)
{
	const char *instead = egress_instead_words(w);

	return arena_printf(a, "%s%s%s", egress_cause(e, w, a),
	    instead[0] == '\0' ? "" : " ", instead);
}

const char *
egress_why_name(enum egress_why w)
{
	return (unsigned)w < EGRESS_WHY_COUNT ? names[w] : "";
}
