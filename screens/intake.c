/* SPDX-License-Identifier: ISC */
/*
 * Meeting a person: the ten-minute path.  Safety first and complete by itself
 * at every step: what is typed is a draft at once, and "nothing kept but this
 * contact" ends it after the information given.
 */
#include <stdio.h>
#include <string.h>

#include "intake_fields.h"
#include "intake_record.h"
#include "rules/workflow.h"
#include "parts.h"
#include "screens.h"
#include "store/intake.h"
#include "store/queue.h"
#include "base/clock.h"
#include "base/date.h"

struct state {
	struct formview form; /* first: formview_state() */
	struct formview_use *use;
	const char *searched; /* the words that were searched for */
	bool known_ones_shown;
};
enum { ASK_KNOWN = 1 };

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

/* After a no to working together nothing about the person is written: the
 * contact stands, and help with it. */
static bool
next_shown(const struct view *v)
{
	const struct state *s = v->state;

	return case_wanted(v) && intake_may_write(&s->form);
}

/* --- search before create --------------------------------------------------- */

static const char *
why_words(struct view *v, const struct person_card *c)
{
	return arena_printf(&v->arena, "%s%s%s%s%s", c->branch,
	    c->worker[0] != '\0' ? " · " : "", c->worker,
	    c->age_band[0] != '\0' ? " · " : "", c->age_band);
}

static void
ask_known(struct view *v, const struct person_cards *cards)
{
	struct ask_choice *c = arena_alloc(&v->arena, cards->n + 1, sizeof(*c));

	/* Last: Enter at once must not make a second code of one person. */
	c[cards->n] =
	    (struct ask_choice){ "new", _("none of these: go on"), NULL };
	for (size_t i = 0; i < cards->n; i++) {
		const struct person_card *p = &cards->list[i];

		c[i] = (struct ask_choice){ arena_str(&v->arena, p->code),
			arena_printf(&v->arena, "%s  %s%s", p->code,
			    why_words(v, p), p->closed ? _(" · closed") : ""),
			p->may_open ? _("Open this case")
				    : _("Not yours: ask the worker named") };
	}
	app_ask(v,
	    &(struct ask){ .kind = ASK_CHOICE,
		.id = ASK_KNOWN,
		.title = _("Perhaps known here already"),
		.text = _("Only codes are shown. What was typed stays a draft "
			  "if you open a case."),
		.choices = c,
		.n_choices = cards->n + 1 });
}

static int
search_first(struct view *v, struct err *e)
{
	struct state *s = v->state;
	struct person_query q = { .name = formview_get(&s->form, "name"),
		.phone = formview_get(&s->form, "phone") };
	struct person_cards cards = { 0 };
	const char *words;

	(void)date_from_iso(formview_get(&s->form, "birth"), &q.birth);
	words = arena_printf(&v->arena, "%s|%s|%s", q.name, q.phone,
	    formview_get(&s->form, "birth"));
	if (s->searched != NULL && strcmp(s->searched, words) == 0)
		return 0;
	if (person_search(app_session(v), &q, 8, &v->arena, &cards, e) == -1)
		return -1;
	s->searched = words;
	if (cards.n == 0) {
		app_say(v, _("Nobody like that is known here."));
		return 0;
	}
	ask_known(v, &cards);
	return 1;
}

static int
leave(struct view *v, size_t step, struct err *e)
{
	if (step == PAGE_PERSON)
		return search_first(v, e);
	return 0;
}

static enum next
answer(struct view *v, int id, const char *value, struct err *e)
{
	struct uid found;

	if (id != ASK_KNOWN || value[0] == '\0')
		return NEXT_STAY;
	if (strcmp(value, "new") == 0) {
		formview_go_on(v);
		return NEXT_STAY;
	}
	if (queue_jump(app_session(v), value, &found, e) == -1)
		return NEXT_STAY;
	v->go = (struct route){ .screen = &screen_case, .case_uid = found };
	(void)code_parse(value, v->go.code);
	return NEXT_GO;
}

/* --- the form ---------------------------------------------------------------- */

static int
save(struct view *v, struct err *e)
{
	struct state *s = v->state;
	struct uid case_uid;
	char code[CODE_SIZE];

	if (intake_record(v, &s->form, &case_uid, code, e) == -1)
		return -1;
	if (code[0] != '\0') {
		s->form.then = NEXT_REPLACE;
		v->go = (struct route){ .screen = &screen_case,
			.case_uid = case_uid };
		memcpy(v->go.code, code, sizeof(code));
	} else {
		/* Also where a case was wanted and they did not say yes. */
		s->use->saved = N_("Saved: the contact alone, no name and no "
				   "case. They can come back any time.");
	}
	return 0;
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	static bool (*const shown_if[INTAKE_PAGES])(
	    const struct view *) = { [PAGE_URGENT] = urgent_shown,
		[PAGE_PERSON] = name_wanted,
		[PAGE_CONSENT] = case_wanted,
		[PAGE_NEXT] = next_shown };
	struct state *s = v->state;

	(void)r;
	s->use = arena_alloc(&v->arena, 1, sizeof(*s->use));
	*s->use = (struct formview_use){ .steps = intake_pages(v, shown_if),
		.n_steps = INTAKE_PAGES,
		.leave = leave,
		.save = save };
	formview_init(v, s->use, v);
	return formview_resume(v, e);
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
