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
#include "referral_words.h"
#include "screens.h"
#include "text_page.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/mechanism.h"

struct state {
	struct text_page page;
	struct duty_file file;
};

/* What left by it. */
static void
add_told(const struct view *v, struct state *s, const struct duty_entry *d)
{
	char when[24];

	text_page_add(&s->page, EL_TEXT, _("To"),
	    arena_printf(&s->page.arena, "%s, %s",
		referral_to_words(v, d->recipient),
		clock_full(d->told_at, when, sizeof(when))));
}

static void
add_entry(const struct view *v, struct state *s, const struct duty_entry *d)
{
	const struct duty *duty = society_duty(app_society(v), d->duty);
	char when[24], due[24];
	enum element style = EL_TEXT;

	clock_full(d->at, when, sizeof(when));
	if (!uid_null(&d->of)) {
		text_page_add(&s->page, EL_TEXT, duty_words_end(d->code),
		    arena_printf(
			&s->page.arena, "%s (%s): %s", when, d->by, d->words));
		if (d->recipient[0] != '\0')
			add_told(v, s, d);
		return;
	}
	part_due(d->due, app_now(v), due, sizeof(due), &style);
	text_page_add(&s->page, d->done ? EL_DIM : style,
	    d->done ? _("Settled") : due,
	    arena_printf(&s->page.arena, "%s (%s, %s): %s",
		duty != NULL ? duty->trigger : d->duty, when, d->by, d->words));
}

static void
add_duty(struct state *s, const struct duty *d)
{
	char span[64];
	bool ours = strcmp(d->applies, "yes") == 0;

	text_page_heading(&s->page, d->trigger);
	text_page_add(&s->page, ours ? EL_WARNING : EL_TEXT, _("Ours?"),
	    duty_words_applies(d->applies));
	text_page_add(&s->page, EL_TEXT, _("Who must"), d->who_must);
	text_page_add(&s->page, EL_TEXT, _("Tell"), duty_words_to(d->to));
	text_page_add(&s->page, EL_TEXT, _("Within"),
	    arena_str(&s->page.arena,
		duty_words_span(&d->deadline, span, sizeof(span))));
	text_page_add(&s->page, EL_TEXT, _("Consent"),
	    d->consent_needed ? _("only where the person agrees")
			      : _("not needed; tell the person first, unless "
				  "that puts them in danger"));
	text_page_add(&s->page, EL_TEXT, _("Law"), d->legal_ref);
	text_page_add(&s->page, d->reviewed_by[0] == '\0' ? EL_WARNING : EL_DIM,
	    _("Reviewed"),
	    d->reviewed_by[0] == '\0' ? _("by nobody yet: ask before relying "
					  "on it")
				      : d->reviewed_by);
}

static int
refresh(struct view *v, struct err *err)
{
	const struct society *society = app_society(v);
	struct state *s = v->state;

	text_page_clear(&s->page);
	if (duty_open(app_session(v), v->route.case_uid, &s->page.arena,
		&s->file, err) != 0)
		return -1;
	text_page_heading(&s->page, _("In this case"));
	for (size_t i = 0; i < s->file.n; i++)
		add_entry(v, s, &s->file.list[i]);
	if (s->file.n == 0)
		text_page_add(&s->page, EL_DIM, "",
		    _("Nothing that law asks to be told was recorded. a "
		      "records it and starts the time."));
	for (size_t i = 0; i < society->n_duties; i++)
		add_duty(s, &society->duties[i]);
	text_page_show(&s->page);
	return 0;
}

static int
open_duties(struct view *v, const struct route *r, struct err *err)
{
	(void)r;
	text_page_init(v);
	return refresh(v, err);
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	(void)err;
	return action == ACT_ADD ? part_go_to(v, &screen_duty_add, NULL)
				 : part_go_on(v, action);
}

static bool
offers(const struct view *v, enum action action)
{
	return action != ACT_ADD || app_society(v)->n_duties > 0;
}

static const enum action actions[] = { ACT_ADD, ACT_CONSENT, ACT_NONE };

const struct screen screen_duties = {
	.name = "duties",
	.title = N_("Duties to tell"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_duties,
	.draw = text_page_draw,
	.act = act,
	.key = text_page_key,
	.offers = offers,
	.refresh = refresh,
	.close = text_page_close,
};
