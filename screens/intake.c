/* SPDX-License-Identifier: ISC */
/*
 * Meeting a person: the ten-minute path.  Safety first and complete by itself
 * at every step: what is typed is a draft at once, and "nothing kept but this
 * contact" ends it after the information given.
 */
#include <stdio.h>
#include <string.h>

#include "intake_fields.h"
#include "intake_known.h"
#include "intake_record.h"
#include "rules/workflow.h"
#include "parts.h"
#include "screens.h"
#include "store/alone.h"
#include "base/clock.h"

struct state {
	struct formview form; /* first: formview_state() */
	struct formview_use *use;
	const char *searched; /* the words that were searched for */
	const char *carried; /* the number that was carried over; NULL: none */
	bool not_reached; /* told that how to reach them is not kept */
};
enum { ASK_LOST = 1 };

static bool
urgent_shown(const struct view *v)
{
	const struct state *s = v->state;

	return intake_urgent(&s->form);
}

/* A case is wanted; without one the path ends at the information given. */
static bool
case_wanted(const struct view *v)
{
	const struct state *s = v->state;

	return formview_is(&s->form, "keep", "case") ||
	       formview_is(&s->form, "keep", "anonymous");
}

static bool
name_wanted(const struct view *v)
{
	const struct state *s = v->state;

	return formview_is(&s->form, "keep", "case");
}

/* Who came back is asked anew about working together only where that was
 * chosen. */
static bool
consent_shown(const struct view *v)
{
	const struct state *s = v->state;
	struct uid known;

	if (intake_known(&s->form, &known))
		return formview_is(&s->form, "joins_asks", "yes");
	return case_wanted(v);
}

/* After a no to working together nothing about the person is written: the
 * contact stands, and help with it. */
static bool
next_shown(const struct view *v)
{
	const struct state *s = v->state;
	struct uid known;

	return case_wanted(v) && intake_may_write(&s->form) &&
	       !intake_known(&s->form, &known);
}

/* The number of their own telephone, typed as how to reach them, is not asked
 * for again: it stands where they are searched for until something else is
 * typed there.  Somebody else's number would find somebody else. */
static void
carry_number(struct view *v, struct state *s)
{
	static const char *const own[] = { "phone", "text" };
	const char *now = formview_get(&s->form, "phone");
	const char *number = formview_get(&s->form, "contact_number");
	bool theirs = false;

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		theirs =
		    theirs || formview_is(&s->form, "contact_channel", own[i]);
	if (!theirs)
		number = "";
	if (strcmp(now, s->carried == NULL ? "" : s->carried) != 0 ||
	    strcmp(now, number) == 0)
		return;
	s->carried = arena_str(&v->arena, number);
	formview_set(&s->form, "phone", number);
}

static int
leave(struct view *v, size_t step, struct err *e)
{
	struct state *s = v->state;

	if (step == PAGE_INFORM && name_wanted(v))
		carry_number(v, s);
	if (step == PAGE_PERSON)
		return intake_search(v, &s->form, &s->searched, e);
	return 0;
}

/* --- a contact alone ------------------------------------------------------- */

/* They said how to reach them, and nothing will be kept to reach them with. */
static bool
would_be_lost(const struct view *v)
{
	const struct state *s = v->state;
	struct uid known;

	return (formview_is(&s->form, "may_contact", "yes") ||
		   formview_is(&s->form, "may_contact", "only_if")) &&
	       !(case_wanted(v) && intake_may_write(&s->form)) &&
	       !intake_known(&s->form, &known);
}

static void
ask_lost(struct view *v)
{
	static const struct ask_choice choices[] = {
		{ "anonymous", N_("A case without a name"),
		    N_("Ask them: we can then reach them under a code") },
		{ "keep", N_("Keep the contact alone"),
		    N_("Nobody can reach them; they can come back any time") },
	};

	app_ask(
	    v, &(struct ask){ .kind = ASK_CHOICE,
		   .id = ASK_LOST,
		   .title = N_("How to reach them is not kept"),
		   .text = N_("A contact without a case keeps no number and no "
			      "way to reach somebody. Is that what they want?"),
		   .choices = choices,
		   .n_choices = sizeof(choices) / sizeof(choices[0]) });
}

static enum next
answer(struct view *v, int id, const char *value, struct err *e)
{
	struct state *s = v->state;

	if (id != ASK_LOST)
		return intake_known_answer(v, &s->form, id, value, e);
	if (strcmp(value, "keep") == 0) {
		s->not_reached = true;
		return formview_save(v, e);
	}
	if (strcmp(value, "anonymous") == 0) {
		formview_set(&s->form, "keep", "anonymous");
		formview_goto(v, PAGE_CONSENT);
	}
	return NEXT_STAY;
}

/* --- the form ---------------------------------------------------------------- */

static int
save(struct view *v, struct err *e)
{
	struct state *s = v->state;
	struct uid case_uid, known;
	char code[CODE_SIZE];

	if (!s->not_reached && would_be_lost(v)) {
		ask_lost(v);
		return 1;
	}
	if (intake_record(v, &s->form, &case_uid, code, e) == -1)
		return -1;
	if (intake_known(&s->form, &known) && intake_offer_changes(v, &s->form))
		s->use->saved =
		    N_("Saved in their case. What you typed of who they are "
		       "and how to reach them waits as changes (D).");
	if (code[0] != '\0') {
		s->form.then = NEXT_REPLACE;
		v->go = (struct route){ .screen = &screen_case,
			.case_uid = case_uid };
		memcpy(v->go.code, code, sizeof(code));
	} else {
		/* Also where a case was wanted and they did not say yes. */
		s->use->saved =
		    intake_urgent(&s->form)
			? N_("Saved: the contact alone, no name and no case. "
			     "It is urgent: U shows it.")
			: N_("Saved: the contact alone, no name and no case. "
			     "They can come back any time.");
	}
	return 0;
}

/* A contact without a case goes along: said once, where it may be seen. */
static int
earlier(struct view *v, struct formview *fv, struct err *e)
{
	struct alone one;
	char when[24];

	(void)fv;
	if (alone_open(app_session(v), v->route.record, &v->arena, &one, e) ==
	    -1)
		return -1;
	app_say(v, _("The contact of %s goes with this one into a case."),
	    clock_full(one.at, when, sizeof(when)));
	return 0;
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	static bool (*const shown_if[INTAKE_PAGES])(
	    const struct view *) = { [PAGE_URGENT] = urgent_shown,
		[PAGE_PERSON] = name_wanted,
		[PAGE_CONSENT] = consent_shown,
		[PAGE_NEXT] = next_shown };
	struct state *s = v->state;

	(void)r;
	s->use = arena_alloc(&v->arena, 1, sizeof(*s->use));
	*s->use = (struct formview_use){ .steps = intake_pages(v, shown_if),
		.n_steps = INTAKE_PAGES,
		.leave = leave,
		.save = save };
	formview_init(v, s->use, v);
	return part_about_resume(v, earlier, e);
}

static const enum action actions[] = { ACT_NEXT_STEP, ACT_PREVIOUS_STEP,
	ACT_SAVE, ACT_UNDO, ACT_NUMBERS, ACT_NONE };

const struct screen screen_intake = {
	.name = "intake",
	.title = N_("New contact"),
	.needs = PERM_CONTACT,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open,
	.key = part_uid_key,
	.answer = answer,
	.form = formview_state,
};
