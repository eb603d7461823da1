/* SPDX-License-Identifier: ISC */
/*
 * What was told already, outside, with nobody asked before.  Nothing is sent
 * from here: it goes on the record, and a supervisor looks at it within a day.
 */
#include "act_form.h"
#include "asks.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"
#include "store/told.h"

static const struct form_field table[] = {
	ASK("recipient", CHOICE, FORM_REQUIRED, N_("Who was told"),
	    N_("One record for each; where several heard it, one after the "
	       "other")),
	ASK("purpose", CHOICE, FORM_REQUIRED, N_("What for"),
	    N_("What they were asked for; of a slip, what it was about")),
	ASK("scope", MULTI, FORM_REQUIRED, N_("What was told"),
	    N_("All that they know from us now")),
	ASK("reason", CHOICE, FORM_REQUIRED, N_("Why with nobody asked"), NULL),
	ASK("on", DATE, 0, N_("On which day"),
	    N_("today, yesterday, -2; empty: just now")),
	ASKS_TIME("on_time", "on"),
	ACT_FORM_LAW,
	ASK("words", LONG_TEXT, FORM_REQUIRED, N_("Who told whom, and why"),
	    N_("Facts; and what was done since to keep the person safe"),
	    .max = 2000, .rows = 3),
	ASK("told", YES_NO, FORM_REQUIRED, N_("Does the person know?"),
	    N_("Tell them soon, unless that puts them in danger")),
	ASK("told_why", TEXT, FORM_REQUIRED, N_("Why not"), NULL, .max = 2000,
	    .show_field = "told", .show_value = "no"),
	PART_UID_FIELD,
};

static int
save(struct view *v, struct err *e)
{
	struct act t = act_form_read(v);

	t.at = asks_happened(formview_state(v), "on", "on_time", part_began(v));
	return told_add(app_session(v), &t, e);
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	static const struct formview_use use = { .save = save,
		.saved = N_("Recorded. A supervisor looks at it within 24 "
			    "hours.") };

	(void)r;
	return act_form_open(v, table, sizeof(table) / sizeof(table[0]),
	    WORDS_TOLD_REASON, &use, e);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_told_add = {
	.name = "told-add",
	.title = N_("Told already"),
	.needs = PERM_REFER,
	.state_size = sizeof(struct formview),
	.actions = actions,
	.open = open,
	.key = part_uid_key,
	.form = formview_state,
};
