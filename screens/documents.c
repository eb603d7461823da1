/* SPDX-License-Identifier: ISC */
/*
 * The documents about a person: their titles are identity, so the list opens
 * with a reason and hides itself.  Words are shown here; nothing else is ever
 * started to show a picture.
 */
#include "documents_inside.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"

static void
hide(struct documents_state *s)
{
	documents_stop_reading(s);
	arena_reset(&s->arena);
	s->docs = (struct documents){ .n = 0 };
	list_reload(&s->list);
	s->reveal.shown = s->again = false;
}

static int
open_documents(struct view *v, const struct route *r, struct err *err)
{
	(void)r;
	(void)err;
	documents_init(v);
	reveal_ask(v, ASK_REASON, N_("The documents of this person"));
	return 0;
}

static void
close_documents(struct view *v)
{
	struct documents_state *s = v->state;

	arena_done(&s->arena);
	arena_done(&s->words);
}

static int
refresh(struct view *v, struct err *err)
{
	struct documents_state *s = v->state;

	if (!s->reveal.shown)
		return 0;
	if (reveal_over(v, &s->reveal)) {
		hide(s);
		return 0;
	}
	return s->again && !s->reading ? documents_load(v, err) : 0;
}

static int64_t
wake(const struct view *v)
{
	const struct documents_state *s = v->state;

	return reveal_wake(v, &s->reveal);
}

static enum next
answer(struct view *v, int id, const char *value, struct err *err)
{
	struct documents_state *s = v->state;
	const struct document *d = documents_current(v);

	if (value[0] == '\0')
		return NEXT_STAY;
	switch (id) {
	case ASK_REASON:
		reveal_reason(&s->reveal, value);
		if (documents_load(v, err) == 0)
			reveal_start(v, &s->reveal);
		break;
	case ASK_WHY:
		if (d != NULL &&
		    document_remove(app_session(v), v->route.case_uid, d->uid,
			value, err) == 0) {
			app_say(v, _("Removed; who and why stay."));
			(void)documents_load(v, err);
		}
		break;
	case ASK_CONSENT_ROW:
		if (uid_from_hex(value, &s->consent) == 0)
			app_ask(v, &(const struct ask){ .kind = ASK_LINE,
				       .id = ASK_PATH,
				       .title = N_("Where to?"),
				       .text = N_("The whole path of a new "
						  "file on this machine, from "
						  "the first /."),
				       .required = true });
		break;
	case ASK_PATH:
		documents_hand_out(v, value, err);
		break;
	default:
		break;
	}
	return NEXT_STAY;
}

/* --- keys ------------------------------------------------------------------- */

static bool
offers(const struct view *v, enum action action)
{
	const struct documents_state *s = v->state;
	const struct document *d = documents_current(v);

	switch (action) {
	case ACT_OPEN:
		return !s->reveal.shown || (d != NULL && !s->reading);
	case ACT_HIDE:
		return s->reveal.shown;
	case ACT_ADD:
		return !s->reading;
	case ACT_CORRECT:
	case ACT_REMOVE:
		return d != NULL && !d->removed && !s->reading;
	case ACT_HAND_OUT:
		return d != NULL && !d->removed && !s->reading &&
		       app_society(v)->device.document_paths;
	default:
		return true;
	}
}

static enum next
go_add(struct view *v, bool correct)
{
	struct documents_state *s = v->state;
	const struct document *d = documents_current(v);

	s->again = true;
	return part_go_to(
	    v, &screen_document_add, correct && d != NULL ? &d->uid : NULL);
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	struct documents_state *s = v->state;

	switch (action) {
	case ACT_OPEN:
		if (!s->reveal.shown)
			reveal_ask(
			    v, ASK_REASON, N_("The documents of this person"));
		else if (!s->reading)
			documents_read(v, err);
		return NEXT_STAY;
	case ACT_BACK:
		if (!s->reading)
			return NEXT_PASS;
		documents_stop_reading(s);
		return NEXT_STAY;
	case ACT_HIDE:
		hide(s);
		reveal_close(v);
		return NEXT_STAY;
	case ACT_ADD:
		return go_add(v, false);
	case ACT_CORRECT:
		return go_add(v, true);
	case ACT_REMOVE:
		app_ask(v, &(const struct ask){ .kind = ASK_LINE,
			       .id = ASK_WHY,
			       .title = N_("Remove this document"),
			       .text = N_("It cannot be brought back; that it "
					  "was here, who removed it and why "
					  "stay. Why?"),
			       .required = true,
			       .keeps = true,
			       .about = documents_current(v)->uid });
		return NEXT_STAY;
	case ACT_HAND_OUT:
		documents_ask_consent(v, err);
		return NEXT_STAY;
	default:
		return NEXT_PASS;
	}
}

/* Whoever moves is reading: the time begins anew. */
static enum next
key(struct view *v, const struct key *k, struct err *err)
{
	struct documents_state *s = v->state;
	bool mine;

	if (!s->reveal.shown)
		return NEXT_PASS;
	if (s->reading)
		mine = text_key(&s->text, k);
	else
		mine = list_key(&s->list, k, err) != LIST_PASS;
	if (mine)
		reveal_start(v, &s->reveal);
	return mine ? NEXT_STAY : NEXT_PASS;
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct documents_state *s = v->state;
	struct canvas below;

	if (!reveal_draw(v, &s->reveal, c, &below))
		return;
	if (s->reading)
		text_draw(&s->text, &below);
	else
		list_draw(&s->list, &below);
}

static const enum action actions[] = { ACT_OPEN, ACT_ADD, ACT_HIDE, ACT_CORRECT,
	ACT_REMOVE, ACT_HAND_OUT, ACT_BACK, ACT_NONE };

const struct screen screen_documents = {
	.name = "documents",
	.title = N_("Documents"),
	.needs = PERM_IDENTITY_READ,
	.state_size = sizeof(struct documents_state),
	.actions = actions,
	.open = open_documents,
	.draw = draw,
	.act = act,
	.key = key,
	.offers = offers,
	.refresh = refresh,
	.wake = wake,
	.answer = answer,
	.close = close_documents,
};
