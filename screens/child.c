/* SPDX-License-Identifier: ISC */
/*
 * A child, or somebody who may be one: age and where it is known from, whether
 * the guardian is safe, who agrees, what the child says, and best interests.
 */
#include <string.h>

#include "child_words.h"
#include "parts.h"
#include "screens.h"
#include "text_page.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/child.h"

struct state {
	struct text_page page;
	struct child_file file;
};

static const char *
with_words(struct state *s, const char *what, const char *words)
{
	return words[0] == '\0'
		   ? what
		   : arena_printf(&s->page.arena, "%s: %s", what, words);
}

/* The month alone: the day is a date of birth and stands on the card. */
static const char *
month(struct state *s, int64_t ms)
{
	struct civil c;
	struct fdate d;
	char text[16];

	clock_civil(ms, &c);
	d = (struct fdate){ .year = (int16_t)c.year,
		.month = (int8_t)c.month,
		.precision = DATE_MONTH };
	return arena_str(&s->page.arena, date_show(&d, text, sizeof(text)));
}

/* The date of birth is on the card, in the other database: here is only what
 * was worked out from it when it was written there. */
static void
add_of_age(const struct view *v, struct state *s)
{
	const struct child_file *f = &s->file;

	if (f->of_age_from > 0)
		text_page_add(&s->page,
		    app_now(v) >= f->of_age_from ? EL_WARNING : EL_TEXT,
		    _("Comes of age"),
		    arena_printf(&s->page.arena,
			_("when %s begins, or some days before: the day "
			  "stands on the card (p). Go through every consent "
			  "with them then."),
			month(s, f->of_age_from)));
	else if (f->who.as_child)
		text_page_add(&s->page,
		    f->of_age_from == CHILD_OF_AGE ? EL_WARNING : EL_DIM,
		    _("Comes of age"),
		    f->of_age_from == CHILD_OF_AGE
			? _("is of age by the date of birth on the card (p). "
			    "Which holds? Who may decide it says so: e "
			    "records it.")
			: _("no day is noted here. Whether the card has a date "
			    "of birth is seen there (p, with a reason); if "
			    "not, ask again at each review."));
}

static void
add_age(const struct view *v, struct state *s)
{
	const struct child_file *f = &s->file;
	const struct child_record *r = &f->record;

	text_page_heading(&s->page, _("Age"));
	text_page_add(&s->page, f->who.as_child ? EL_WARNING : EL_TEXT,
	    _("Work as with"),
	    f->who.as_child
		? arena_printf(&s->page.arena,
		      _("a child, until somebody who may decide it says "
			"otherwise (under %d here)"),
		      app_society(v)->child_age)
		: _("an adult"));
	text_page_add(&s->page, EL_TEXT, _("May be one"),
	    child_words_tri(f->may_be_child));
	if (child_by_birth(f->of_age_from, app_now(v)) &&
	    strcmp(f->may_be_child, "yes") != 0)
		text_page_add(&s->page, EL_WARNING, "",
		    _("By the date of birth on the card (p) this is a "
		      "child, or may still be one: that holds until the date "
		      "is "
		      "put right there, or whoever may decide it says "
		      "otherwise "
		      "(e)."));
	if (f->recorded)
		text_page_add(&s->page, EL_TEXT, _("Known from"),
		    with_words(
			s, child_words_basis(r->age_basis), r->age_decided_by));
	add_of_age(v, s);
	text_page_add(&s->page, EL_TEXT, _("Who agrees"),
	    child_words_must(&s->page.arena, f->who.must));
}

static void
add_guardian(struct state *s)
{
	const struct child_record *r = &s->file.record;

	text_page_heading(&s->page, _("Guardian"));
	if (!s->file.recorded) {
		text_page_add(&s->page, EL_WARNING, _("Safe?"),
		    _("not asked yet. Ask the child alone first (e); until "
		      "then no guardian is told or asked anything."));
		return;
	}
	text_page_add(&s->page,
	    strcmp(r->guardian, "safe") == 0 ? EL_TEXT : EL_WARNING, _("Safe?"),
	    child_words_guardian(r->guardian));
	text_page_add(&s->page, EL_TEXT, _("Told"),
	    with_words(s, child_words_informed(r->informed), r->informed_why));
	text_page_add(&s->page, EL_TEXT, _("Decides"),
	    with_words(s, child_words_route(r->route), r->route_why));
	text_page_add(&s->page, EL_TEXT, _("Stands by"), r->trusted);
	text_page_add(&s->page, EL_TEXT, _("The child"),
	    with_words(s, child_words_assent(r->assent), r->child_words));
}

static void
add_decision(struct state *s, const struct best_interests *b)
{
	char on[16], review[16], from[16];

	text_page_heading(&s->page,
	    arena_printf(&s->page.arena, "%s, %s%s",
		child_words_best_interests(b->kind),
		date_show(&b->decided_on, on, sizeof(on)),
		uid_null(&b->corrects) ? "" : _(" (corrects an earlier one)")));
	if (b->outcome[0] != '\0')
		text_page_add(&s->page, EL_TEXT, _("Comes to"),
		    child_words_outcome(b->outcome));
	text_page_add(&s->page, EL_TEXT, _("Decision"), b->decision);
	text_page_add(&s->page, EL_TEXT, _("Child's view"), b->child_view);
	text_page_add(&s->page, EL_TEXT, _("Accepts"),
	    with_words(s, child_words_accepted(b->accepted), b->refused_why));
	text_page_add(&s->page, EL_TEXT, _("Why now"), b->reason);
	text_page_add(&s->page, EL_TEXT, _("Options"), b->options);
	text_page_add(&s->page, EL_TEXT, _("Decided by"), b->decided_by);
	if (b->agency[0] != '\0')
		text_page_add(
		    &s->page, EL_TEXT, _("Carried out by"), b->agency);
	if (b->carried_out_on.precision != DATE_UNKNOWN)
		text_page_add(&s->page, EL_TEXT, _("From"),
		    arena_str(&s->page.arena,
			date_show(&b->carried_out_on, from, sizeof(from))));
	if (b->review_on.precision != DATE_UNKNOWN)
		text_page_add(&s->page, EL_TEXT, _("Look again"),
		    arena_str(&s->page.arena,
			date_show(&b->review_on, review, sizeof(review))));
	text_page_add(&s->page, EL_DIM, _("Written by"), b->by);
}

static int
refresh(struct view *v, struct err *err)
{
	struct state *s = v->state;

	text_page_clear(&s->page);
	if (child_open(app_session(v), v->route.case_uid, &s->page.arena,
		&s->file, err) != 0)
		return -1;
	add_age(v, s);
	if (s->file.who.as_child)
		add_guardian(s);
	for (size_t i = 0; i < s->file.n_decisions; i++)
		add_decision(s, &s->file.decisions[i]);
	if (s->file.n_decisions == 0 && s->file.who.as_child) {
		text_page_heading(&s->page, _("Best interests"));
		text_page_add(&s->page, EL_DIM, "",
		    _("No assessment yet: a writes one, early and before "
		      "anything important."));
	}
	text_page_show(&s->page);
	return 0;
}

static int
open_child(struct view *v, const struct route *r, struct err *err)
{
	(void)r;
	text_page_init(v);
	return refresh(v, err);
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	const struct state *s = v->state;

	(void)err;
	if (action != ACT_EDIT && action != ACT_ADD && action != ACT_CORRECT)
		return part_go_on(v, action);
	if (action == ACT_EDIT)
		return part_go_to(v, &screen_child_edit, NULL);
	return part_go_to(v, &screen_best_interests,
	    action == ACT_CORRECT && s->file.n_decisions > 0
		? &s->file.decisions[0].uid
		: NULL);
}

static bool
offers(const struct view *v, enum action action)
{
	const struct state *s = v->state;

	return action != ACT_CORRECT || s->file.n_decisions > 0;
}

static const enum action actions[] = { ACT_EDIT, ACT_ADD, ACT_CORRECT,
	ACT_CONSENT, ACT_IDENTITY, ACT_NONE };

const struct screen screen_child = {
	.name = "child",
	.title = N_("Child"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_child,
	.draw = text_page_draw,
	.act = act,
	.key = text_page_key,
	.offers = offers,
	.refresh = refresh,
	.close = text_page_close,
};
