/* SPDX-License-Identifier: ISC */
#include "follow_words.h"

#include "base/i18n.h"
#include "rules/contact_rule.h"
#include "words.h"

/* Why nobody is called now, and what to do instead; NULL: they may be. */
static const char *
forbidden(struct arena *a, const struct followups *f)
{
	if (f->no_contact)
		return _("Do not contact this person: they come to us. v shows "
			 "what was agreed.");
	if (contact_hold_from_name(f->held) == CONTACT_HOLD_DANGER)
		return _("Do not call: they said their word for danger. Tell "
			 "your supervisor now, who looks first (W). Safety "
			 "plan: Y.");
	if (f->held[0] != '\0')
		return _("Do not call: the safe word was wrong twice, somebody "
			 "else may answer. Tell your supervisor, who looks "
			 "first (W).");
	if (!f->spent)
		return NULL;
	return arena_printf(a,
	    _("Do not call: %d of %d attempts had no answer. Wait for them; "
	      "if missing: Y. Tell your supervisor."),
	    f->unanswered, f->most);
}

void
follow_words(
    struct arena *a, const struct followups *f, struct follow_words *out)
{
	int left = f->most - f->unanswered;

	*out = (struct follow_words){ .warn = { "", "" } };
	if (f->stale)
		out->warn[out->n_warn++] =
		    _("Old agreement: verify before use.");
	if (f->unanswered > 0 && left > 0)
		out->warn[out->n_warn++] = arena_printf(a,
		    ngettext("%d of %d attempts without an answer; next: %d "
			     "more, then wait for them.",
			"%d of %d attempts without an answer; next: %d more, "
			"then wait for them.",
			(unsigned long)left),
		    f->unanswered, f->most, left);
	out->warn_all = arena_printf(a, "%s %s", out->warn[0], out->warn[1]);
	out->forbidden = forbidden(a, f);
}

const char *
follow_what(struct view *v, const struct followup *f)
{
	const char *way = society_way(app_society(v), f->channel);

	if (f->what[0] == '\0')
		return f->channel[0] == '\0' ? _("not planned") : way;
	if (f->channel[0] == '\0')
		return words_next(f->what);
	return arena_printf(&v->arena, "%s, %s", words_next(f->what), way);
}
