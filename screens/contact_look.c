/* SPDX-License-Identifier: ISC */
/*
 * Whoever approves looks before anybody calls again: the safe word was wrong
 * twice, or the one for danger was said.  Two answers, and both are good ones.
 */
#include <string.h>

#include "asks.h"
#include "parts.h"
#include "screens.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/followup.h"

struct look_state {
	struct formview form; /* first: formview_state() */
	struct followups plans;
};

static const struct choice_option answers[] = {
	{ "call", N_("call again, as agreed"),
	    N_("Words are counted anew from now on") },
	{ "stop", N_("nobody calls: they come to us"),
	    N_("Until something new is agreed with them") },
};

enum { AT_ANSWER };
static const struct form_field table[] = {
	[AT_ANSWER] = ASK("answer", CHOICE, FORM_REQUIRED,
	    N_("May they be called again?"), NULL, .options = answers,
	    .n_options = sizeof(answers) / sizeof(answers[0])),
	ASK("reason", LONG_TEXT, FORM_REQUIRED,
	    N_("What was looked at, and with whom"),
	    N_("No names, no words that were agreed; a new word is agreed "
	       "when they come"),
	    .max = 1000, .rows = 3),
};

static int
save(struct view *v, struct err *err)
{
	const struct look_state *s = v->state;
	const struct formview *fv = formview_state(v);

	return contact_looked(app_session(v), s->plans.held_case,
	    s->plans.held_flag, formview_is(fv, "answer", "stop"),
	    formview_get(fv, "reason"), err);
}

/* Why they are asked stands beside the first question. */
static void
make_form(struct view *v)
{
	struct look_state *s = v->state;
	struct form_field *f = arena_alloc(&v->arena, 1, sizeof(table));
	struct formview_step *step = arena_alloc(&v->arena, 1, sizeof(*step));
	struct formview_use *use = arena_alloc(&v->arena, 1, sizeof(*use));
	char when[24];

	memcpy(f, table, sizeof(table));
	f[AT_ANSWER].help =
	    arena_printf(&v->arena, "%s (%s)", words_held(s->plans.held),
		clock_short(s->plans.held_at, app_now(v), when, sizeof(when)));
	*step = (struct formview_step){ .title = N_("Before anybody calls"),
		.fields = f,
		.n = sizeof(table) / sizeof(table[0]) };
	*use =
	    (struct formview_use){ .steps = step, .n_steps = 1, .save = save };
	formview_init(v, use, v);
}

static int
open_look(struct view *v, const struct route *r, struct err *err)
{
	struct look_state *s = v->state;

	if (followup_list(
		app_session(v), r->case_uid, &v->arena, &s->plans, err) == -1)
		return -1;
	if (s->plans.held[0] == '\0')
		return err_set(err, ERR_NOT_FOUND,
		    _("Nothing holds contact back in this case."));
	make_form(v);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_contact_look = {
	.name = "contact_look",
	.title = N_("Before anybody calls"),
	.needs = PERM_APPROVE,
	.state_size = sizeof(struct look_state),
	.actions = actions,
	.open = open_look,
	.form = formview_state,
};
