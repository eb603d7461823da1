/* SPDX-License-Identifier: ISC */
/*
 * Entries of the vault are missing: what that means for who reads on, what to
 * do, and the decision of whoever looks after the vault.
 */
#include "base/clock.h"
#include "base/i18n.h"
#include "screens.h"
#include "store/vaultcare.h"
#include "text_page.h"

enum asked { ASKED_WHY = 1, ASKED_SURE };

struct state {
	struct text_page page; /* first: text_page.h */
	const char *why;
};

static void
say(struct text_page *p, enum element style, const char *text)
{
	text_page_put(
	    p, &(const struct text_part){ .style = style, .text = text });
}

static const char *
what_happened(struct arena *mem, const struct alarm *a)
{
	unsigned long long had = a->had, ends = a->ends;
	char when[24];

	(void)clock_full(a->until, when, sizeof(when));
	if (a->cases && a->changed)
		return arena_printf(mem,
		    _("The record of this vault is not the one it was, from "
		      "event %llu or before (it ends at %llu, %s): an older "
		      "copy was put back and worked in, or somebody changed "
		      "it."),
		    had, ends, when);
	if (a->cases)
		return arena_printf(mem,
		    _("Entries of this vault are missing. It had event %llu "
		      "and ends at event %llu, %s: an older copy was put "
		      "back, or the disk lost the end."),
		    had, ends, when);
	if (a->changed)
		return arena_printf(mem,
		    _("The record about who people are (identity.db) is not "
		      "the one it was, from event %llu or before (it ends at "
		      "%llu, %s): an older copy was put back and worked in, "
		      "or somebody changed it."),
		    had, ends, when);
	return arena_printf(mem,
	    _("Entries about who people are (identity.db) are missing. It had "
	      "event %llu and ends at event %llu, %s: an older copy was put "
	      "back, or the disk lost the end."),
	    had, ends, when);
}

static void
say_what_to_do(struct view *v, const struct alarm *a)
{
	struct text_page *p = v->state;

	text_page_heading(p, _("What to do"));
	if (a->decided) {
		say(p, EL_TEXT,
		    _("It was decided to go on from here. Sign in again (F9) "
		      "and everything can be saved again."));
		return;
	}
	say(p, EL_TEXT,
	    _("Tell your supervisor and whoever looks after this machine, now. "
	      "Nobody tidies up or restarts anything first."));
	say(p, EL_TEXT,
	    session_may(app_session(v), PERM_VAULT_CARE)
		? _("If a backup goes further than that, it is restored. If "
		    "none does, you can decide to go on without what is "
		    "missing: d here, or amparo verify --accept.")
		: _("If a backup goes further than that, it is restored. If "
		    "none does, a supervisor decides to go on without what is "
		    "missing; then everybody signs in again."));
}

static int
fill(struct view *v)
{
	struct state *s = v->state;
	struct text_page *p = &s->page;
	struct alarm a;

	text_page_clear(p);
	if (!session_alarm(app_session(v), &a)) {
		say(p, EL_TEXT, _("Nothing is missing any more."));
	} else {
		say(p, EL_WARNING, what_happened(&p->arena, &a));
		text_page_heading(p, _("What that means"));
		say(p, EL_TEXT,
		    _("What is missing may be a number that is not safe any "
		      "more, a stop, a consent taken back, a higher risk. "
		      "Before you call, visit or tell anybody anything, ask "
		      "whoever works with the person."));
		say(p, EL_TEXT,
		    a.cases
			? _("What is here can be read, and each look is on the "
			    "record. Nothing can be saved: keep what you hear "
			    "on paper, locked away, and enter it later.")
			: _("What is here can be read, and each look is on the "
			    "record. Of cases all can be saved, of who people "
			    "are nothing: such words stay as a draft."));
		say_what_to_do(v, &a);
	}
	text_page_show(p);
	return 0;
}

static int
open_alarm(struct view *v, const struct route *r, struct err *e)
{
	(void)r;
	(void)e;
	text_page_init(v);
	return fill(v);
}

static int
refresh(struct view *v, struct err *e)
{
	(void)e;
	return fill(v);
}

static bool
offers(const struct view *v, enum action a)
{
	struct alarm now;

	return a != ACT_DECIDE ||
	       (session_alarm(app_session(v), &now) && !now.decided);
}

static enum next
act(struct view *v, enum action a, struct err *e)
{
	const struct state *s = v->state;

	(void)e;
	if (a != ACT_DECIDE)
		return NEXT_PASS;
	app_ask(v,
	    &(const struct ask){ .kind = ASK_LINE,
		.id = ASKED_WHY,
		.title = N_("Go on without what is missing"),
		.text = N_("Why may it go on as it is? Who looked for a backup "
			   "that goes further, and who was told? Your words "
			   "stay on the record."),
		/* A no, or a refusal, is no reason to type it again. */
		.initial = s->why,
		.required = true });
	return NEXT_STAY;
}

static enum next
decide(struct view *v, struct err *e)
{
	struct state *s = v->state;
	struct accepted done;

	if (vault_accept(app_session(v), s->why, &done, e) == -1)
		return NEXT_STAY;
	app_say(v,
	    _("The vault goes on from here; your decision is event %llu. Run "
	      "amparo verify, and tell everybody what is missing."),
	    (unsigned long long)(done.cases > 0 ? done.cases : done.identity));
	return NEXT_BACK;
}

static enum next
answer(struct view *v, int id, const char *value, struct err *e)
{
	struct state *s = v->state;

	if (id == ASKED_SURE)
		return value[0] == 'y' ? decide(v, e) : NEXT_STAY;
	s->why = arena_str(&v->arena, value);
	app_ask(
	    v, &(const struct ask){ .kind = ASK_CONFIRM,
		   .id = ASKED_SURE,
		   .title = N_("Go on without what is missing?"),
		   .text = N_("Only where no backup goes further: one that is "
			      "restored later takes back what is written from "
			      "now on.") });
	return NEXT_STAY;
}

static const enum action actions[] = { ACT_DECIDE, ACT_NONE };

const struct screen screen_alarm = {
	.name = "alarm",
	.title = N_("Alarm"),
	.needs = PERM_NONE,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_alarm,
	.draw = text_page_draw,
	.act = act,
	.key = text_page_key,
	.offers = offers,
	.refresh = refresh,
	.answer = answer,
	.close = text_page_close,
};
