/* SPDX-License-Identifier: ISC */
/*
 * The national referral mechanism: what the person decided, what was
 * explained, the dates that run.  Help depends on none of it, and the screen
 * says so first.
 */
#include <string.h>

#include "mechanism_words.h"
#include "parts.h"
#include "screens.h"
#include "text_page.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/mechanism.h"

struct state {
	struct text_page page;
	size_t which; /* of society->mechanisms */
	struct mechanism_file file;
};

static const char *
day(struct state *s, int64_t n)
{
	struct fdate d = date_of_day(n);
	char text[16];

	return arena_str(&s->page.arena, date_show(&d, text, sizeof(text)));
}

static void
add_person(struct state *s, const struct mechanism *m)
{
	const struct mechanism_state *st = &s->file.state;

	text_page_add(&s->page, EL_OK, _("Help"),
	    _("goes on as it is, whatever they decide here."));
	/* That they want time is something they said. */
	text_page_add(&s->page, EL_TEXT, _("They"),
	    st->decided ? mechanism_words_decision(st->decision)
			: _("not talked about yet"));
	text_page_add(&s->page, EL_TEXT, _("Explained"),
	    st->informed && st->consequences
		? _("what it is, and what follows from a yes and a no")
	    : st->informed ? _("what it is; not yet what follows")
			   : _("nothing yet"));
	text_page_add(&s->page, st->advice_on == 0 ? EL_WARNING : EL_TEXT,
	    _("Legal advice"),
	    st->advice_on == 0 ? _("none yet") : day(s, st->advice_on));
	if (st->referred_on != 0)
		text_page_add(&s->page, EL_TEXT, _("Referred"),
		    arena_printf(&s->page.arena, "%s, %s",
			day(s, st->referred_on),
			st->referred_by_us ? _("by us")
					   : _("by somebody else")));
	if (st->stage[0] != '\0') {
		const struct labels stages = { m->stages, m->n_stages };

		text_page_add(&s->page, EL_TEXT, _("Stage"),
		    arena_printf(&s->page.arena, "%s, %s",
			label_of(&stages, st->stage), day(s, st->stage_on)));
	}
}

static void
add_dates(const struct view *v, struct state *s)
{
	const struct mechanism_state *st = &s->file.state;
	int left = (int)(st->reflection_until - clock_day_of(app_now(v)));

	if (st->reflection_until != 0)
		text_page_add(&s->page, st->ended ? EL_DIM : EL_TEXT,
		    _("Reflection"),
		    st->ended
			? arena_printf(&s->page.arena, _("ended; began %s"),
			      day(s, st->reflection_from))
			: arena_printf(&s->page.arena,
			      st->extended
				  ? _("%s to %s, extended: %d days left")
				  : _("%s to %s: %d days left"),
			      day(s, st->reflection_from),
			      day(s, st->reflection_until),
			      left < 0 ? 0 : left));
	if (st->permit_until != 0)
		text_page_add(&s->page, EL_TEXT, _("Permit"),
		    arena_printf(&s->page.arena, _("until %s"),
			day(s, st->permit_until)));
	for (size_t i = 0; i < s->file.n_waits; i++) {
		const struct reflection_task *t = &s->file.waits[i];
		enum element style;
		char when[24];

		part_due(t->due, app_now(v), when, sizeof(when), &style);
		text_page_add(&s->page, style, i == 0 ? _("Waiting") : "",
		    arena_printf(&s->page.arena, "%s: %s (%s)",
			day(s, clock_day_of(t->due)),
			mechanism_words_wait(t->what), when));
	}
}

static void
add_country(struct state *s, const struct mechanism *m)
{
	text_page_heading(&s->page, m->label);
	text_page_add(&s->page, EL_TEXT, _("What it is"), m->words);
	text_page_add(&s->page, EL_TEXT, _("Who refers"),
	    arena_printf(&s->page.arena, "%s%s", m->who_may_refer,
		m->we_may_refer ? _(" (we may)") : _(" (not we)")));
	text_page_add(&s->page, EL_TEXT, _("Consent"),
	    (s->file.child ? m->consent_child : m->consent_adult)
		? _("only with the person's yes")
		: _("the law asks for none for a child; tell the child "
		    "all the same"));
	text_page_add(&s->page, EL_TEXT, _("Appeal"), m->appeal);
	text_page_add(&s->page,
	    strcmp(m->verified, "seen") == 0 ? EL_DIM : EL_WARNING,
	    _("Checked"),
	    arena_printf(&s->page.arena, "%s, %s: %s", day(s, m->verified_on),
		mechanism_words_verified(m->verified), m->source));
}

static void
add_history(struct state *s, const struct mechanism *m)
{
	text_page_heading(&s->page, _("Recorded"));
	if (s->file.n == 0)
		text_page_add(&s->page, EL_DIM, "", _("Nothing yet: a adds."));
	for (size_t i = 0; i < s->file.n; i++) {
		const struct mechanism_entry *e = &s->file.list[i];
		char on[16];

		text_page_add(&s->page, EL_TEXT,
		    arena_str(
			&s->page.arena, date_show(&e->on, on, sizeof(on))),
		    arena_printf(&s->page.arena, "%s (%s)%s%s",
			mechanism_words_entry(&s->page.arena, m, e), e->by,
			e->words[0] != '\0' ? ": " : "", e->words));
	}
}

static int
refresh(struct view *v, struct err *err)
{
	const struct society *society = app_society(v);
	struct state *s = v->state;
	const struct mechanism *m;

	if (society->n_mechanisms == 0)
		return err_set(err, ERR_NOT_FOUND,
		    _("No mechanism is configured for this country."));
	m = &society->mechanisms[s->which];
	text_page_clear(&s->page);
	if (mechanism_open(app_session(v), v->route.case_uid, m->id,
		&s->page.arena, &s->file, err) != 0)
		return -1;
	add_person(s, m);
	add_dates(v, s);
	add_country(s, m);
	add_history(s, m);
	text_page_show(&s->page);
	return 0;
}

static int
open_mechanism(struct view *v, const struct route *r, struct err *err)
{
	(void)r;
	text_page_init(v);
	return refresh(v, err);
}

static bool
offers(const struct view *v, enum action action)
{
	return action != ACT_NEXT_TAB || app_society(v)->n_mechanisms > 1;
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	struct state *s = v->state;

	switch (action) {
	case ACT_NEXT_TAB:
		s->which = (s->which + 1) % app_society(v)->n_mechanisms;
		(void)refresh(v, err);
		return NEXT_STAY;
	case ACT_ADD:
		(void)part_go_to(v, &screen_mechanism_add, NULL);
		v->go.arg = (int)s->which;
		return NEXT_GO;
	default:
		return part_go_on(v, action);
	}
}

static const enum action actions[] = { ACT_ADD, ACT_NEXT_TAB, ACT_CONSENT,
	ACT_NONE };

const struct screen screen_mechanism = {
	.name = "mechanism",
	.title = N_("Mechanism"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_mechanism,
	.draw = text_page_draw,
	.act = act,
	.key = text_page_key,
	.offers = offers,
	.refresh = refresh,
	.close = text_page_close,
};
