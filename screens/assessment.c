/* SPDX-License-Identifier: ISC */
/*
 * What somebody needs, has and fears: the newest picture, strengths first;
 * Tab goes back through the earlier ones.
 */
#include <string.h>

#include "parts.h"
#include "plan_words.h"
#include "screens.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/assessment.h"
#include "ui/text.h"

#define LABEL 22 /* cells of the left column */

struct state {
	struct arena arena; /* what was read */
	struct assessments all;
	size_t at; /* which one is shown */
	struct text_part *parts;
	size_t n;
	struct text_view text;
};

static void
add(struct state *s, enum element style, const char *label, const char *text)
{
	s->parts[s->n++] = (struct text_part){ .style = style,
		.indent = 1,
		.label = label,
		.label_width = LABEL,
		.text = text };
}

static void
heading(struct state *s, const char *text)
{
	s->parts[s->n++] =
	    (struct text_part){ .style = EL_HEADING, .text = text };
}

/* Strengths or risks, in the order of their list. */
static void
add_kind(struct state *s, const struct assessment *a, const char *kind,
    const char *title, const struct choice_option *topics, size_t n)
{
	bool titled = false;

	for (size_t i = 0; i < n; i++) {
		const struct assessment_item *item =
		    assessment_find(a, kind, topics[i].value);

		if (item == NULL)
			continue;
		if (!titled)
			heading(s, title);
		titled = true;
		add(s, EL_TEXT, _(topics[i].label), item->words);
	}
}

/* Urgent needs first; then in the order of the configuration. */
static void
add_needs(struct view *v, const struct assessment *a)
{
	static const enum element styles[] = { EL_DIM, EL_TEXT, EL_URGENT,
		EL_DIM };
	const struct labels *domains = &app_society(v)->domains;
	static const int order[] = { NEED_URGENT, NEED_SOME, NEED_NOT_NOW,
		NEED_NONE };
	struct state *s = v->state;
	size_t before;

	heading(s, _("Needs, as far as they were talked about"));
	before = s->n;
	for (size_t o = 0; o < sizeof(order) / sizeof(order[0]); o++)
		for (size_t i = 0; i < domains->n; i++) {
			const struct assessment_item *item =
			    assessment_find(a, "need", domains->list[i].id);

			if (item == NULL ||
			    need_state_from_name(item->state) != order[o])
				continue;
			add(s, styles[order[o]], domains->list[i].label,
			    arena_printf(&s->arena, "%s%s%s",
				words_label(
				    plan_needs, PLAN_NEEDS, item->state),
				item->words[0] != '\0' ? ": " : "",
				item->words));
		}
	if (s->n == before)
		add(s, EL_DIM, NULL, _("None yet; that does not mean none."));
}

static void
make_page(struct view *v)
{
	struct state *s = v->state;
	const struct assessment *a;
	char when[24];

	s->n = 0;
	if (s->all.n == 0) {
		add(s, EL_TEXT, NULL,
		    _("Nothing is recorded yet. a begins, with what the "
		      "person wants and what they have."));
		text_replace(&s->text, s->parts, s->n);
		return;
	}
	a = &s->all.list[s->at];
	add(s, EL_DIM, _("Talked about"),
	    arena_printf(&s->arena, _("%s, %s (%zu of %zu)"),
		clock_short(a->at, app_now(v), when, sizeof(when)), a->by,
		s->all.n - s->at, s->all.n));
	add(s, EL_TEXT, _("What they want"), a->wants);
	add_kind(
	    s, a, "strength", _("Strengths"), plan_strengths, PLAN_STRENGTHS);
	add_needs(v, a);
	add_kind(s, a, "risk", _("Risks"), plan_risk_views, PLAN_RISK_VIEWS);
	text_replace(&s->text, s->parts, s->n);
}

static int
read_all(struct view *v, struct err *err)
{
	const struct society *society = app_society(v);
	struct state *s = v->state;
	struct assessments all;
	struct arena fresh;

	arena_init(&fresh);
	if (assessment_list(
		app_session(v), v->route.case_uid, &fresh, &all, err) != 0) {
		arena_done(&fresh);
		return -1;
	}
	arena_done(&s->arena);
	s->arena = fresh;
	if (all.n != s->all.n)
		s->at = 0; /* a new one: that is what is looked for */
	s->all = all;
	s->parts = arena_alloc(&s->arena,
	    society->domains.n + PLAN_STRENGTHS + PLAN_RISK_VIEWS + 8,
	    sizeof(*s->parts));
	make_page(v);
	return 0;
}

static int
open_assessment(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;

	(void)r;
	arena_init(&s->arena);
	text_init(&s->text, NULL, 0);
	return read_all(v, err);
}

static void
close_assessment(struct view *v)
{
	struct state *s = v->state;

	arena_done(&s->arena);
}

static int
refresh(struct view *v, struct err *err)
{
	return read_all(v, err);
}

static bool
offers(const struct view *v, enum action action)
{
	const struct state *s = v->state;

	if (action == ACT_NEXT_TAB || action == ACT_PREVIOUS_TAB)
		return s->all.n > 1;
	return true;
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	struct state *s = v->state;

	(void)err;
	switch (action) {
	case ACT_ADD:
		return part_go_to(v, &screen_assessment_add, NULL);
	case ACT_NEXT_TAB:
		s->at = (s->at + 1) % s->all.n;
		break;
	case ACT_PREVIOUS_TAB:
		s->at = (s->at + s->all.n - 1) % s->all.n;
		break;
	default:
		return part_go_on(v, action);
	}
	make_page(v);
	return NEXT_STAY;
}

static enum next
key(struct view *v, const struct key *k, struct err *err)
{
	struct state *s = v->state;

	(void)err;
	return text_key(&s->text, k) ? NEXT_STAY : NEXT_PASS;
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;

	text_draw(&s->text, c);
}

static const enum action actions[] = { ACT_ADD, ACT_PLAN, ACT_NEXT_TAB,
	ACT_PREVIOUS_TAB, ACT_SERVICES, ACT_NONE };

const struct screen screen_assessment = {
	.name = "assessment",
	.title = N_("Needs and strengths"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_assessment,
	.draw = draw,
	.act = act,
	.key = key,
	.offers = offers,
	.refresh = refresh,
	.close = close_assessment,
};
