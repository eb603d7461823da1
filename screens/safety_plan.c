/* SPDX-License-Identifier: ISC */
/*
 * The safety plan, in the person's words: opened on purpose with a reason,
 * hidden again by itself.  It is never printed and never leaves.
 */
#include <string.h>

#include "parts.h"
#include "plan_words.h"
#include "reveal.h"
#include "safety_words.h"
#include "screens.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/safety.h"
#include "ui/text.h"

#define LABEL 26 /* cells of the left column */

struct state {
	struct reveal reveal;
	bool again; /* a form above may have written a new one */
	int64_t written; /* when the newest was, before that */
	int before; /* versions before the newest */
	struct arena arena; /* all that it says */
	struct safety_plan plan;
	struct text_view text;
};
enum { ASK_REASON = 1 };

static void
hide(struct state *s)
{
	text_replace(&s->text, NULL, 0);
	arena_reset(&s->arena);
	s->plan = (struct safety_plan){ 0 };
	s->reveal.shown = s->again = false;
}

static const char *
head(const struct view *v, struct state *s)
{
	const struct safety_plan *p = &s->plan;
	char when[24];

	return arena_printf(&s->arena, _("%s, %s; version %d of %d%s"),
	    clock_short(p->at, app_now(v), when, sizeof(when)), p->by,
	    p->version, p->versions,
	    strcmp(p->complete, "yes") == 0 ? "" : _("; not finished yet"));
}

static void
make_page(struct view *v)
{
	struct state *s = v->state;
	struct text_part *parts = arena_alloc(
	    &s->arena, SAFETY_PART_COUNT + SAFETY_STEPS + 3, sizeof(*parts));
	size_t n = 0;
	int step = -1;

	parts[n++] = (struct text_part){ .style = EL_DIM, .text = head(v, s) };
	parts[n++] = (struct text_part){ .style = EL_WARNING,
		.label = _("Safe to keep a copy"),
		.label_width = LABEL,
		.text = s->plan.copy_safe[0] == '\0'
			    ? _("not asked: none is given")
			    : words_label(
				  plan_tris, PLAN_TRIS, s->plan.copy_safe) };
	for (int i = 0; i < SAFETY_PART_COUNT; i++) {
		const char *words =
		    safety_plan_words(&s->plan, safety_words[i].value);

		if (words[0] == '\0')
			continue;
		if (safety_part_step((enum safety_part_id)i) != step) {
			step = safety_part_step((enum safety_part_id)i);
			parts[n++] = (struct text_part){ .style = EL_HEADING,
				.text = _(safety_steps[step]) };
		}
		parts[n++] = (struct text_part){ .style = EL_VALUE,
			.indent = 1,
			.label = _(safety_words[i].label),
			.label_width = LABEL,
			.text = words };
	}
	text_replace(&s->text, parts, n);
}

static int
show(struct view *v, struct err *err)
{
	struct state *s = v->state;

	hide(s);
	if (safety_plan_open(app_session(v), v->route.case_uid,
		s->reveal.reason, s->before, &s->arena, &s->plan, err) != 0) {
		hide(s);
		if (err->kind == ERR_NOT_FOUND)
			s->reveal.instead =
			    N_("No safety plan is written yet. a writes it, "
			       "together with the person; Esc goes back.");
		return -1;
	}
	s->reveal.instead = NULL;
	s->reveal.shown = true;
	make_page(v);
	return 0;
}

static int
open_safety(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;

	(void)r;
	(void)err;
	arena_init(&s->arena);
	text_init(&s->text, NULL, 0);
	reveal_ask(v, ASK_REASON, N_("The safety plan"));
	return 0;
}

static void
close_safety(struct view *v)
{
	struct state *s = v->state;

	arena_done(&s->arena);
}

/* When the newest plan was written; 0: there is none, or it is not known. */
static int64_t
written(struct view *v)
{
	struct case_file file;
	struct err err;

	return case_open(app_session(v), v->route.case_uid, NULL, &v->arena,
		   &file, &err) == 0
		   ? file.safety_plan_at
		   : 0;
}

/* Back from the form.  Who gave a reason and wrote a plan just now is not
 * asked for another one to see what they wrote. */
static int
came_back(struct view *v, struct err *err)
{
	struct state *s = v->state;
	bool new_one = written(v) > s->written;

	s->again = false;
	if (!new_one || s->reveal.reason[0] == '\0')
		return 0;
	s->before = 0;
	if (show(v, err) == -1)
		return -1;
	reveal_start(v, &s->reveal);
	return 0;
}

static int
refresh(struct view *v, struct err *err)
{
	struct state *s = v->state;

	if (s->again && came_back(v, err) == -1)
		return -1;
	if (s->reveal.shown && reveal_over(v, &s->reveal))
		hide(s);
	return 0;
}

static int64_t
wake(const struct view *v)
{
	const struct state *s = v->state;

	return reveal_wake(v, &s->reveal);
}

static enum next
answer(struct view *v, int id, const char *value, struct err *err)
{
	struct state *s = v->state;

	if (id != ASK_REASON)
		return NEXT_STAY;
	reveal_reason(&s->reveal, value);
	if (show(v, err) == 0)
		reveal_start(v, &s->reveal);
	return NEXT_STAY;
}

static bool
offers(const struct view *v, enum action action)
{
	const struct state *s = v->state;

	switch (action) {
	case ACT_OPEN:
		return !s->reveal.shown && s->reveal.instead == NULL;
	case ACT_HIDE:
		return s->reveal.shown;
	case ACT_NEXT_TAB:
		return s->reveal.shown && s->plan.versions > 1;
	default:
		return true;
	}
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	struct state *s = v->state;

	switch (action) {
	case ACT_OPEN:
		reveal_ask(v, ASK_REASON, N_("The safety plan"));
		return NEXT_STAY;
	case ACT_HIDE:
		hide(s);
		reveal_close(v);
		return NEXT_STAY;
	case ACT_NEXT_TAB:
		s->before = (s->before + 1) % s->plan.versions;
		if (show(v, err) == 0)
			reveal_start(v, &s->reveal);
		return NEXT_STAY;
	case ACT_ADD:
		s->written = written(v);
		s->again = true;
		s->reveal.instead = NULL;
		return part_go_to(v, &screen_safety_add, NULL);
	default:
		return part_go_on(v, action);
	}
}

/* Who reads on sees on: every key counts the seconds anew. */
static enum next
key(struct view *v, const struct key *k, struct err *err)
{
	struct state *s = v->state;

	(void)err;
	if (!s->reveal.shown || !text_key(&s->text, k))
		return NEXT_PASS;
	reveal_start(v, &s->reveal);
	return NEXT_STAY;
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;
	struct canvas below;

	if (reveal_draw(v, &s->reveal, c, &below))
		text_draw(&s->text, &below);
}

static const enum action actions[] = { ACT_OPEN, ACT_HIDE, ACT_ADD,
	ACT_NEXT_TAB, ACT_SAFE_CONTACT, ACT_NONE };

const struct screen screen_safety_plan = {
	.name = "safety-plan",
	.title = N_("Safety plan"),
	.needs = PERM_SAFETY_READ,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_safety,
	.draw = draw,
	.act = act,
	.key = key,
	.offers = offers,
	.refresh = refresh,
	.wake = wake,
	.answer = answer,
	.close = close_safety,
};
