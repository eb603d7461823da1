/* SPDX-License-Identifier: ISC */
/*
 * Indicators: what was noticed or heard, one key an answer.  No total, no
 * verdict; the required sentence about absence stands below.
 */
#include "screening_look.h"
#include "screens.h"

enum { ASK_SOURCE = 1, ASK_NOTE, ASK_OUTCOME, ASK_WANTS };

static const struct ask_choice sources[] = {
	{ "person", N_("the person said it"), NULL },
	{ "worker_saw", N_("seen by the worker"), NULL },
	{ "third_party", N_("somebody else said it"),
	    N_("Third parties may be part of the harm") },
	{ "document", N_("in a document"), NULL },
};

static int
open(struct view *v, const struct route *r, struct err *e)
{
	struct screening_state *s = v->state;
	struct list_source source = { .ctx = s,
		.count = screening_count,
		.cell = screening_cell,
		.key = screening_key,
		.heading = screening_heading };

	filter_init(&s->filter);
	if (screening_state_open(v, s, r, e) == -1)
		return -1;
	screening_state_narrow(s);
	list_init(&s->list, NULL, 0, &source);
	screening_set_columns(s);
	s->list.empty = N_("Nothing like that in this catalogue.");
	return 0;
}

static void
close_view(struct view *v)
{
	struct screening_state *s = v->state;

	filter_done(&s->filter);
}

/* --- acting --------------------------------------------------------------- */

/* A sign has a source, on the screen from the start: seen where it can only be
 * noticed, said otherwise, until o says better. */
static const char *
source_of(const struct screening_item *it)
{
	bool sign =
	    it->state == ANSWER_SOME_SIGN || it->state == ANSWER_CLEAR_SIGN;

	if (it->state == ANSWER_NOT_RAISED)
		return "";
	if (!sign || it->source[0] != '\0')
		return it->source;
	return it->indicator->elicit == ELICIT_OBSERVE ? "worker_saw"
						       : "person";
}

static void
answer_item(struct view *v, enum answer_state state)
{
	struct screening_state *s = v->state;
	struct screening_item *it = screening_state_current(s);
	struct key down = { .code = K_DOWN };
	struct err ignored = { 0 };

	if (it == NULL || s->read_only)
		return;
	if (state == ANSWER_NOT_RAISED && it->note[0] != '\0') {
		app_say(v, _("There are words beside this line; take them away "
			     "first (Enter)."));
		return;
	}
	it->state = state;
	it->source = source_of(it);
	v->dirty = true;
	(void)list_key(&s->list, &down, &ignored);
}

/* What a line of this snapshot is about: one indicator, or all (it NULL). */
static struct uid
about(const struct screening_state *s, const struct screening_item *it)
{
	struct uid uid = s->uid;
	size_t at = it == NULL ? s->n : (size_t)(it - s->items);

	uid.b[14] = (uint8_t)(at >> 8);
	uid.b[15] = (uint8_t)at;
	return uid;
}

static void
ask_line(struct view *v, int id, const char *title, const char *text,
    const struct screening_item *it)
{
	app_ask(v, &(struct ask){ .kind = ASK_LINE,
		       .id = id,
		       .title = title,
		       .text = text,
		       .initial = it == NULL ? "" : it->note,
		       .required = it == NULL,
		       .keeps = true,
		       .about = about(v->state, it) });
}

static void
finish(struct view *v)
{
	const struct labels *l = &app_society(v)->outcomes;
	struct ask_choice *c = arena_alloc(&v->arena, l->n + 1, sizeof(*c));

	for (size_t i = 0; i < l->n; i++)
		c[i] = (struct ask_choice){ l->list[i].id, l->list[i].label,
			l->list[i].help };
	app_ask(v, &(struct ask){ .kind = ASK_CHOICE,
		       .id = ASK_OUTCOME,
		       .title = _("How the conversation ended"),
		       .text = app_society(v)->absence,
		       .choices = c,
		       .n_choices = l->n });
}

/* Words and sources belong to an answer. */
static struct screening_item *
answered(struct view *v)
{
	struct screening_item *it = screening_state_current(v->state);

	if (it == NULL || it->state != ANSWER_NOT_RAISED)
		return it;
	app_say(v, _("Not raised so far: answer first, 1 to 5."));
	return NULL;
}

static enum next
widen(struct screening_state *s)
{
	if (!s->filter.typing && !filter_active(&s->filter))
		return NEXT_PASS;
	filter_clear(&s->filter);
	screening_state_narrow(s);
	list_return(&s->list);
	return NEXT_STAY;
}

static enum next
act(struct view *v, enum action a, struct err *e)
{
	struct screening_state *s = v->state;
	struct screening_item *it;

	(void)e;
	if (a >= ACT_ANSWER_NOT_RAISED && a <= ACT_ANSWER_UNCLEAR) {
		answer_item(v, (enum answer_state)(a - ACT_ANSWER_NOT_RAISED));
		return NEXT_STAY;
	}
	switch (a) {
	case ACT_BACK:
	case ACT_CANCEL:
		return widen(s);
	case ACT_SOURCE:
		if ((it = answered(v)) != NULL)
			app_ask(v, &(struct ask){ .kind = ASK_CHOICE,
				       .id = ASK_SOURCE,
				       .title = _("Where it comes from"),
				       .text = it->indicator->text,
				       .choices = sources,
				       .n_choices = 4 });
		return NEXT_STAY;
	case ACT_ITEM_NOTE:
		if ((it = answered(v)) != NULL)
			ask_line(v, ASK_NOTE, _("A few factual words"),
			    it->indicator->text, it);
		return NEXT_STAY;
	case ACT_COMPARE:
		if (!s->has_before)
			app_say(v, _("There is no snapshot before this one."));
		else
			s->compare = !s->compare;
		screening_set_columns(s);
		return NEXT_STAY;
	case ACT_FILTER:
		if (!filter_active(&s->filter))
			list_remember(&s->list);
		filter_start(&s->filter);
		return NEXT_STAY;
	case ACT_FINISH:
		finish(v);
		return NEXT_STAY;
	default:
		return NEXT_PASS;
	}
}

static enum next
answer(struct view *v, int id, const char *value, struct err *e)
{
	struct screening_state *s = v->state;
	struct screening_item *it = screening_state_current(s);

	switch (id) {
	case ASK_SOURCE:
		if (it != NULL)
			it->source = arena_str(&v->arena, value);
		v->dirty = true;
		return NEXT_STAY;
	case ASK_NOTE:
		if (it != NULL)
			it->note = arena_str(&v->arena, value);
		v->dirty = true;
		return NEXT_STAY;
	case ASK_OUTCOME:
		s->outcome = arena_str(&v->arena, value);
		ask_line(v, ASK_WANTS, _("What does the person want?"),
		    _("Their words, one line. Saves the snapshot."), NULL);
		return NEXT_STAY;
	default:
		break;
	}
	if (screening_state_save(v, s, value, e) == -1)
		return NEXT_STAY;
	app_saved(v);
	app_say(v, _("Saved."));
	return NEXT_BACK;
}

static enum next
key(struct view *v, const struct key *k, struct err *e)
{
	struct screening_state *s = v->state;

	if (s->filter.typing) {
		switch (filter_key(&s->filter, k)) {
		case FILTER_CHANGED:
			screening_state_narrow(s);
			list_reload(&s->list);
			return NEXT_STAY;
		case FILTER_GONE:
			screening_state_narrow(s);
			list_return(&s->list);
			return NEXT_STAY;
		case FILTER_STAY:
		case FILTER_KEPT:
			return NEXT_STAY;
		case FILTER_PASS:
			break;
		}
	}
	return list_key(&s->list, k, e) == LIST_PASS ? NEXT_PASS : NEXT_STAY;
}

static bool
typing(const struct view *v)
{
	const struct screening_state *s = v->state;

	return s->filter.typing;
}

static bool
offers(const struct view *v, enum action a)
{
	const struct screening_state *s = v->state;

	return !s->read_only || a == ACT_COMPARE || a == ACT_FILTER ||
	       a == ACT_BACK || a == ACT_CANCEL;
}

static const enum action actions[] = { ACT_FINISH, ACT_SOURCE, ACT_ITEM_NOTE,
	ACT_COMPARE, ACT_FILTER, ACT_ANSWER_NOT_RAISED, ACT_ANSWER_NOT_SEEN,
	ACT_ANSWER_SOME, ACT_ANSWER_CLEAR, ACT_ANSWER_PREFERS_NOT,
	ACT_ANSWER_UNCLEAR, ACT_BACK, ACT_CANCEL, ACT_NONE };

const struct screen screen_screening = {
	.name = "screening",
	.title = N_("Snapshot"),
	.needs = PERM_SCREEN,
	.state_size = sizeof(struct screening_state),
	.actions = actions,
	.open = open,
	.draw = screening_draw,
	.act = act,
	.key = key,
	.typing = typing,
	.offers = offers,
	.answer = answer,
	.draft = screening_state_draft,
	.goes_on = screening_state_goes_on,
	.close = close_view,
};
