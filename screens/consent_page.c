/* SPDX-License-Identifier: ISC */
#include "consent_page.h"

#include "base/clock.h"
#include "child_words.h"
#include "consent_words.h"
#include "parts.h"

static void
add(struct buf *b, const char *label, const char *words)
{
	if (words[0] != '\0')
		buf_addf(b, "%s%s: %s", b->len > 0 ? "\n" : "", label, words);
}

/* Words of a list, and what goes with them in brackets. */
static const char *
with(struct view *v, const char *words, const char *more)
{
	return more[0] == '\0'
		   ? words
		   : arena_printf(&v->arena, "%s (%s)", words, more);
}

static const char *
day_of(struct view *v, int64_t at)
{
	char day[24];

	return at == 0 ? ""
		       : arena_str(&v->arena, clock_full(at, day, sizeof(day)));
}

/* Who said it, and why it was not the person alone. */
static void
add_who(struct view *v, const struct consent *c, struct buf *b)
{
	add(b, _("Decision"), consent_words_label(WORDS_DECISION, c->decision));
	add(b, _("Who gave it"),
	    consent_words_label(WORDS_GIVEN_BY, c->given_by));
	add(b, _("Who decided, and why"), c->given_by_why);
	if (c->guardian[0] != '\0')
		add(b, _("Guardian"), child_words_guardian(c->guardian));
	add(b, _("How it was given"), consent_words_label(WORDS_FORM, c->form));
	add(b, _("Paper"), c->evidence);
	add(b, _("Witness"), c->witness_code);
	add(b, _("Given"), day_of(v, c->given_at));
	add(b, _("Until"), day_of(v, c->until));
}

/* How it was asked: what makes it a free and informed one. */
static void
add_how(struct view *v, const struct consent *c, struct buf *b)
{
	add(b, _("Told back in their own words"),
	    c->understood ? _("yes") : _("no, or not asked"));
	add(b, _("Seen alone"),
	    consent_words_label(WORDS_ALONE, c->seen_alone));
	add(b, _("Language"), part_language(app_society(v), c->language));
	add(b, _("Interpreter"),
	    with(v, consent_words_label(WORDS_INTERPRETER, c->interpreter),
		c->interpreter_code));
	add(b, _("Text that was read"), c->script);
}

void
consent_page(struct view *v, const struct consent_row *row, int id)
{
	const struct consent *c = row->consent;
	struct buf b;

	buf_init(&b);
	add_who(v, c, &b);
	if (c->purpose[0] != '\0')
		add(&b, _("For"), row->cell[1]);
	if (c->scope != 0)
		add(&b, _("What"), row->cell[2]);
	add(&b, _("Withheld"), row->withheld);
	add(&b, _("Withdrawn"), c->withdrawn_how);
	add_how(v, c, &b);
	add(&b, _("Recorded"),
	    arena_printf(&v->arena, "%s, %s", day_of(v, c->at), c->by));
	app_ask(v, &(struct ask){ .kind = ASK_TEXT,
		       .id = id,
		       .title = arena_printf(
			   &v->arena, "%s: %s", row->cell[0], row->cell[4]),
		       .text = arena_strn(&v->arena, b.data, b.len) });
	buf_done(&b);
}

const char *
consent_told_words(struct view *v, const struct disclosures *d)
{
	const struct society *so = app_society(v);
	const char *t = _("It is blocked from now on. Told before, and to be "
			  "told about the withdrawal:");

	if (d->n == 0)
		return _("It is blocked from now on. Nobody had been told "
			 "anything under it.");
	for (size_t i = 0; i < d->n; i++) {
		const struct recipient *r =
		    society_recipient(so, d->list[i].recipient);
		char day[24];

		t = arena_printf(&v->arena, "%s\n  %s, %s", t,
		    r != NULL ? r->name : d->list[i].recipient,
		    clock_short(d->list[i].at, app_now(v), day, sizeof(day)));
	}
	return arena_printf(&v->arena, "%s\n%s", t,
	    _("Ask them to delete it or give it back; K keeps what they "
	      "answer."));
}
