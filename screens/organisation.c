/* SPDX-License-Identifier: ISC */
/* One organisation: whom it helps and what it asks in return, before anybody
 * is sent there; and what was learned of it since. */
#include <string.h>

#include "listing_words.h"
#include "screens.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "ui/text.h"

#define PAST 30
#define PARTS_MAX (30 + PAST)

struct state {
	struct text_part *parts;
	size_t n;
	struct text_view text;
};

static void
put(struct state *s, enum element style, const char *label, const char *text)
{
	if (text[0] == '\0')
		return;
	s->parts[s->n++] = (struct text_part){ .style = style,
		.label = label,
		.label_width = label == NULL ? 0 : 16,
		.text = text };
}

/* Whoever cannot be named aloud is known by its area alone. */
static void
put_warnings(struct view *v, struct state *s, const struct listing *l)
{
	enum element style;
	const char *age = listing_age(v, l, &style);

	if (l->harmed_at != 0)
		put(s, EL_URGENT, NULL,
		    arena_printf(&v->arena, "%s %s",
			listing_harm(v, l->harmed_at, l->harm_by),
			_("Then suspend it, or say that it is safe (a).")));
	if (l->suspended || l->conflict)
		put(s, EL_URGENT, NULL,
		    arena_printf(&v->arena, "%s: %s",
			l->suspended ? _("Suspended: nothing is sent there")
				     : _("Has an interest of its own"),
			l->why));
	if (!recipient_private(l->org) && l->fresh == STALE)
		put(s, EL_URGENT, NULL,
		    l->wrong
			? _("The number was wrong when somebody called: "
			    "nothing is sent there until somebody reaches them "
			    "and records it (a).")
			: _("Nobody verified this for half a year: nothing is "
			    "sent there until somebody calls and records it "
			    "(a)."));
	put(s, EL_WARNING, NULL, l->heed);
	if (!l->org->safe_to_name)
		put(s, EL_WARNING, NULL,
		    _("Never name it aloud or on paper a person carries."));
	if (listing_passes_on(l->org) != NULL)
		put(s, EL_WARNING, NULL, listing_passes_on(l->org));
	put(s, style, _("Number"),
	    arena_printf(&v->arena, "%s  (%s %s)",
		l->phone[0] == '\0' ? _("none known") : l->phone, _("checked:"),
		age));
}

static void
put_about(struct view *v, struct state *s, const struct listing *l)
{
	const struct recipient *r = l->org;
	enum element style;
	const char *state = listing_state(l, &style);

	put(s, EL_VALUE, _("Offers"), listing_services(v, r));
	put(s, EL_VALUE, _("For whom"), r->eligible);
	put(s, EL_VALUE, _("Asks in return"), r->conditions);
	put(s, style, _("Places"),
	    /* What stands before it has its own day above. */
	    l->capacity[0] == '\0' || l->suspended || l->conflict ||
		    l->harmed_at != 0
		? state
		: arena_printf(&v->arena, "%s (%s)", state,
		      listing_day(v, clock_day_of(l->capacity_at))));
	put(s, EL_VALUE, _("Languages"), listing_languages(v, r));
	put(s, EL_VALUE, _("Hours"), r->hours);
	put(s, EL_VALUE, _("Answers"), r->response);
	put(s, EL_VALUE, _("How to refer"), r->method);
	put(s, EL_VALUE, _("Ask for"), r->focal);
	put(s, EL_VALUE, _("Access"), r->access);
	put(s, EL_VALUE, _("Where"), r->area);
	put(s, EL_VALUE, _("Serves"), listing_serves(v, r));
	put(s, EL_DIM, _("Vetted"),
	    r->vetted_on == 0 ? _("not yet")
			      : arena_printf(&v->arena, "%s, %s %s",
				    listing_day(v, r->vetted_on), r->vetted_by,
				    r->agreement));
}

static const char *
learned(const struct directory_past *d)
{
	static const struct {
		const char *topic, *value, *words;
	} table[] = {
		{ "call", "answered", N_("called: answered") },
		{ "call", "wrong_number", N_("called: WRONG NUMBER") },
		{ "tried", "no_answer", N_("asked: no answer") },
		{ "capacity", "free", N_("has places") },
		{ "capacity", "few", N_("has few places") },
		{ "capacity", "full", N_("is full") },
		{ "status", "suspended", N_("suspended") },
		{ "status", "active", N_("no longer suspended") },
		{ "harm", "told", N_("HARM or fear was told of") },
		{ "conflict", "yes", N_("marked: interest of its own") },
		{ "conflict", "no", N_("mark taken away") },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].topic, d->topic) == 0 &&
		    strcmp(table[i].value, d->value) == 0)
			return _(table[i].words);
	return d->value;
}

static int
put_past(
    struct view *v, struct state *s, const struct recipient *r, struct err *e)
{
	struct directory_history past;

	if (directory_history(
		app_session(v), r->id, PAST, &v->arena, &past, e) == -1)
		return -1;
	put(s, EL_HEADING, NULL, _("What was learned"));
	if (past.n == 0)
		put(s, EL_DIM, NULL,
		    _("Nobody recorded a call yet. The day above is the "
		      "configuration's."));
	for (size_t i = 0; i < past.n; i++) {
		const struct directory_past *d = &past.list[i];
		char day[24];

		put(s, EL_TEXT,
		    arena_str(&v->arena,
			clock_short(d->at, app_now(v), day, sizeof(day))),
		    arena_printf(&v->arena, "%s, %s%s%s", learned(d), d->by,
			d->words[0] == '\0' ? "" : ": ", d->words));
	}
	return 0;
}

static int
refresh(struct view *v, struct err *e)
{
	struct state *s = v->state;
	struct listings all;
	const struct listing *l;

	if (directory_list(app_session(v), &v->arena, &all, e) == -1)
		return -1;
	if (v->route.arg < 0 || (size_t)v->route.arg >= all.n)
		return err_set(e, ERR_NOT_FOUND,
		    _("This organisation is not in the directory any more."));
	l = &all.list[v->route.arg];
	s->n = 0;
	s->parts = arena_alloc(&v->arena, PARTS_MAX, sizeof(*s->parts));
	put(s, EL_HEADING, NULL, l->org->name);
	put_warnings(v, s, l);
	put_about(v, s, l);
	if (put_past(v, s, l->org, e) == -1)
		return -1;
	text_replace(&s->text, s->parts, s->n);
	return 0;
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	struct state *s = v->state;

	(void)r;
	text_init(&s->text, NULL, 0);
	return refresh(v, e);
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;

	text_draw(&s->text, c);
}

static enum next
act(struct view *v, enum action a, struct err *e)
{
	(void)e;
	if (a != ACT_LOG_CALL)
		return NEXT_PASS;
	v->go = (struct route){ .screen = &screen_organisation_add,
		.arg = v->route.arg };
	return NEXT_GO;
}

static enum next
key(struct view *v, const struct key *k, struct err *e)
{
	struct state *s = v->state;

	(void)e;
	return text_key(&s->text, k) ? NEXT_STAY : NEXT_PASS;
}

static const enum action actions[] = { ACT_LOG_CALL, ACT_BACK, ACT_NONE };

const struct screen screen_organisation = {
	.name = "organisation",
	.title = N_("Organisation"),
	.needs = PERM_DIRECTORY,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open,
	.draw = draw,
	.act = act,
	.key = key,
	.refresh = refresh,
};
