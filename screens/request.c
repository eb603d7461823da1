/* SPDX-License-Identifier: ISC */
/*
 * What a colleague asks about a case: to take it, to agree to its closing, to
 * agree that two codes are one person.  Read first, then answered; route.record
 * names it, without one it is the newest of the case.
 */
#include "parts.h"
#include "request_page.h"
#include "screens.h"

#include "base/i18n.h"

enum { ASK_ACCEPT = 1, ASK_REFUSE, ASK_TAKE_BACK };

/* The newest of the case; null: nothing was ever asked. */
static int
newest(struct view *v, struct uid *out, struct arena *a, struct err *err)
{
	struct requests all;

	if (request_list(app_session(v), v->route.case_uid, a, &all, err) != 0)
		return -1;
	if (all.n > 0)
		*out = all.list[0].uid;
	return 0;
}

static int
read_request(struct view *v, struct err *err)
{
	struct request_state *s = v->state;
	struct uid uid = v->route.record;
	struct arena fresh;
	struct request r = { .answered_at = -1 };
	int rc = 0;

	arena_init(&fresh);
	if (uid_null(&uid))
		rc = newest(v, &uid, &fresh, err);
	if (rc == 0 && !uid_null(&uid))
		rc = request_open(
		    app_session(v), v->route.case_uid, uid, &fresh, &r, err);
	if (rc != 0) {
		/* What was read before stays whole. */
		arena_done(&fresh);
		return -1;
	}
	arena_done(&s->arena);
	s->arena = fresh;
	s->r = r;
	request_page_make(v);
	return 0;
}

static int
open_request(struct view *v, const struct route *r, struct err *err)
{
	struct request_state *s = v->state;

	(void)r;
	arena_init(&s->arena);
	text_init(&s->text, NULL, 0);
	return read_request(v, err);
}

static void
close_request(struct view *v)
{
	struct request_state *s = v->state;

	arena_done(&s->arena);
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	struct request_state *s = v->state;
	static const struct ask accept = { .kind = ASK_CONFIRM,
		.id = ASK_ACCEPT,
		.title = N_("Agree"),
		.text = N_("It is done at once, and recorded with your name. "
			   "Agree?") };
	/* What a colleague says is theirs to say; this is not. */
	static const struct ask taken = { .kind = ASK_CONFIRM,
		.id = ASK_ACCEPT,
		.title = N_("They took it on"),
		.text = N_("Only once they said so, and who calls the person: "
			   "from now on the case is with them, and nothing in "
			   "it is due here. Did they say that they take it "
			   "on?") };
	static const struct ask refuse = { .kind = ASK_LINE,
		.id = ASK_REFUSE,
		.title = N_("Not now"),
		.text = N_("In a few words, why not? Your colleague reads "
			   "it."),
		.required = true,
		.keeps = true };
	static const struct ask back = { .kind = ASK_CONFIRM,
		.id = ASK_TAKE_BACK,
		.title = N_("Take back"),
		.text = N_("What was asked is taken back; nothing else "
			   "changes.") };

	switch (action) {
	case ACT_ACCEPT:
		s->rev = s->r.rev;
		s->seen = s->r.seen;
		app_ask(v, s->r.to_ns[0] != '\0' ? &taken : &accept);
		return NEXT_STAY;
	case ACT_REFUSE:
		app_ask(v, &refuse);
		return NEXT_STAY;
	case ACT_TAKE_BACK:
		app_ask(v, &back);
		return NEXT_STAY;
	case ACT_REFRESH:
		(void)(read_request(v, err) == 0);
		return NEXT_STAY;
	default:
		return part_go_on(v, action);
	}
}

static enum next
answer(struct view *v, int id, const char *value, struct err *err)
{
	struct request_state *s = v->state;
	enum request_answer how = id == ASK_ACCEPT   ? ANSWER_ACCEPT
				  : id == ASK_REFUSE ? ANSWER_REFUSE
						     : ANSWER_TAKE_BACK;

	if (value[0] == '\0')
		return NEXT_STAY;
	if (request_answer(app_session(v), s->r.case_uid, s->r.uid, how,
		how == ANSWER_REFUSE ? value : "", s->rev, s->seen, err) != 0) {
		struct err again;

		/* What stands now, with what went wrong said below it. */
		v->route.record = s->r.uid;
		(void)(read_request(v, &again) == 0);
		return NEXT_STAY;
	}
	app_say(v, how == ANSWER_ACCEPT ? _("Agreed, and done.")
		   : how == ANSWER_REFUSE
		       ? _("Your answer is kept; nothing else changed.")
		       : _("Taken back."));
	return NEXT_BACK;
}

static bool
offers(const struct view *v, enum action action)
{
	const struct request_state *s = v->state;

	switch (action) {
	case ACT_ACCEPT:
	case ACT_REFUSE:
		return s->r.may_answer;
	case ACT_TAKE_BACK:
		return s->r.may_take_back;
	default:
		return true;
	}
}

static enum next
key(struct view *v, const struct key *k, struct err *err)
{
	struct request_state *s = v->state;

	(void)err;
	return text_key(&s->text, k) ? NEXT_STAY : NEXT_PASS;
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct request_state *s = v->state;

	text_draw(&s->text, c);
}

static const enum action actions[] = { ACT_ACCEPT, ACT_REFUSE, ACT_TAKE_BACK,
	ACT_CASE, ACT_REFRESH, ACT_NONE };

const struct screen screen_request = {
	.name = "request",
	.title = N_("Asked"),
	.needs = PERM_QUEUE,
	.state_size = sizeof(struct request_state),
	.actions = actions,
	.open = open_request,
	.draw = draw,
	.act = act,
	.key = key,
	.offers = offers,
	.refresh = read_request,
	.answer = answer,
	.close = close_request,
};
