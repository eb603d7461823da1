/* SPDX-License-Identifier: ISC */
/*
 * What law asks to be told here: each rule with who must, to whom, until when
 * and whether it is ours at all; and, for this case, what was learned and what
 * came of it.  Nothing is told from here: that goes through consent and the
 * gate.
 */
#include <string.h>

#include "duty_words.h"
#include "parts.h"
#include "screens.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/mechanism.h"
#include "ui/text.h"

#define LABEL 14
#define DUTY_PARTS 10

struct state {
	struct arena arena;
	struct duty_file file;
	struct text_part *parts;
	size_t n;
	struct text_view text;
};

static void
add(struct state *s, enum element style, const char *label, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return;
	s->parts[s->n++] = (struct text_part){ .style = style,
		.indent = 1,
		/* What is not there has the whole line. */
		.label = style == EL_DIM && label[0] == '\0' ? NULL : label,
		.label_width = LABEL,
		.text = text };
}

static void
heading(struct state *s, const char *text)
{
	s->parts[s->n++] =
	    (struct text_part){ .style = EL_HEADING, .text = text };
}

static void
add_entry(const struct view *v, struct state *s, const struct duty_entry *d)
{
	const struct duty *duty = society_duty(app_society(v), d->duty);
	char when[24], due[24];
	enum element style = EL_TEXT;

	clock_full(d->at, when, sizeof(when));
	if (!uid_null(&d->of)) {
		add(s, EL_TEXT, duty_words_end(d->code),
		    arena_printf(
			&s->arena, "%s (%s): %s", when, d->by, d->words));
		return;
	}
	part_due(d->due, app_now(v), due, sizeof(due), &style);
	add(s, d->done ? EL_DIM : style, d->done ? _("Settled") : due,
	    arena_printf(&s->arena, "%s (%s, %s): %s",
		duty != NULL ? duty->trigger : d->duty, when, d->by, d->words));
}

static void
add_duty(struct state *s, const struct duty *d)
{
	char span[64];
	bool ours = strcmp(d->applies, "yes") == 0;

	heading(s, d->trigger);
	add(s, ours ? EL_WARNING : EL_TEXT, _("Ours?"),
	    duty_words_applies(d->applies));
	add(s, EL_TEXT, _("Who must"), d->who_must);
	add(s, EL_TEXT, _("Tell"), duty_words_to(d->to));
	add(s, EL_TEXT, _("Within"),
	    arena_str(
		&s->arena, duty_words_span(&d->deadline, span, sizeof(span))));
	add(s, EL_TEXT, _("Consent"),
	    d->consent_needed ? _("only where the person agrees")
			      : _("not needed; tell the person first, unless "
				  "that puts them in danger"));
	add(s, EL_TEXT, _("Law"), d->legal_ref);
	add(s, d->reviewed_by[0] == '\0' ? EL_WARNING : EL_DIM, _("Reviewed"),
	    d->reviewed_by[0] == '\0' ? _("by nobody yet: ask before relying "
					  "on it")
				      : d->reviewed_by);
}

static int
refresh(struct view *v, struct err *err)
{
	const struct society *society = app_society(v);
	struct state *s = v->state;

	text_replace(&s->text, NULL, 0);
	arena_reset(&s->arena);
	s->n = 0;
	if (duty_open(app_session(v), v->route.case_uid, &s->arena, &s->file,
		err) != 0)
		return -1;
	s->parts = arena_alloc(&s->arena,
	    4 + s->file.n + DUTY_PARTS * society->n_duties, sizeof(*s->parts));
	heading(s, _("In this case"));
	for (size_t i = 0; i < s->file.n; i++)
		add_entry(v, s, &s->file.list[i]);
	if (s->file.n == 0)
		add(s, EL_DIM, "",
		    _("Nothing that law asks to be told was recorded. a "
		      "records it and starts the time."));
	for (size_t i = 0; i < society->n_duties; i++)
		add_duty(s, &society->duties[i]);
	text_replace(&s->text, s->parts, s->n);
	return 0;
}

static int
open_duties(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;

	(void)r;
	arena_init(&s->arena);
	text_init(&s->text, NULL, 0);
	return refresh(v, err);
}

static void
close_duties(struct view *v)
{
	struct state *s = v->state;

	arena_done(&s->arena);
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	(void)err;
	if (action != ACT_ADD)
		return part_go_on(v, action);
	v->go = (struct route){ .screen = &screen_duty_add,
		.case_uid = v->route.case_uid };
	memcpy(v->go.code, v->route.code, sizeof(v->go.code));
	return NEXT_GO;
}

static bool
offers(const struct view *v, enum action action)
{
	return action != ACT_ADD || app_society(v)->n_duties > 0;
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

static const enum action actions[] = { ACT_ADD, ACT_CONSENT, ACT_NONE };

const struct screen screen_duties = {
	.name = "duties",
	.title = N_("Duties to tell"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_duties,
	.draw = draw,
	.act = act,
	.key = key,
	.offers = offers,
	.refresh = refresh,
	.close = close_duties,
};
