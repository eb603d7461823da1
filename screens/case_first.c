/* SPDX-License-Identifier: ISC */
/* The first lines of a case: how to reach somebody, how bad it is, what is
 * due. */
#include <string.h>

#include "case_page_inside.h"
#include "parts.h"
#include "reach.h"
#include "where.h"
#include "words.h"

#include "app/keymap.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "rules/contact_rule.h"
#include "rules/timers.h"

/* What was agreed about calling and what came of it: "; a safe word is agreed;
 * try at most 3 times". */
static const char *
tries_words(struct page *p, const struct followups *plans)
{
	const char *word = (plans->words & CONTACT_WORD_PROOF) != 0
			       ? _("; a safe word is agreed")
			   : plans->words != 0
			       ? _("; a word for danger is agreed")
			       : "";
	const char *tries =
	    reach_tries(p->arena, plans->unanswered, plans->most);

	if (strcmp(p->f->may_contact, "no") == 0)
		return "";
	if (tries[0] == '\0')
		return word;
	return arena_printf(p->arena, _("%s; try at most %s"), word, tries);
}

/* When it was agreed and how it goes on; red once it was tried often enough. */
static void
add_verified(struct page *p, const struct followups *plans, bool stale)
{
	const struct case_file *f = p->f;
	const char *when =
	    f->contact_verified_at == 0
		? _("Never verified: verify before use")
		: arena_printf(p->arena, _("Verified %s"),
		      reach_verified(p->v, p->arena, f->contact_verified_at,
			  f->contact_expires_at, stale));

	page_add(p,
	    plans->spent ? EL_URGENT
	    : stale	 ? EL_WARNING
			 : EL_DIM,
	    "", arena_printf(p->arena, "%s%s", when, tries_words(p, plans)));
}

/* Others took it over: nothing below is looked after by us. */
static void
add_elsewhere(struct page *p)
{
	const struct case_file *f = p->f;
	const struct recipient *to =
	    society_recipient(app_society(p->v), f->custody);

	if (f->custody[0] != '\0')
		page_add(p, EL_WARNING, _("Not ours now"),
		    arena_printf(p->arena, _("O takes it back from %s"),
			to == NULL ? f->custody : to->name));
}

void
page_add_contact(struct page *p, const struct followups *plans)
{
	const struct case_file *f = p->f;
	enum element style = EL_WARNING;
	struct contact_age age = { .verified_at = f->contact_verified_at,
		.expires_at = f->contact_expires_at,
		.urgent_or_high =
		    part_risk_pressing(app_society(p->v), f->risk) };
	bool stale = contact_stale(&age, p->now);
	const char *label = _("Contact");

	if (plans->held[0] != '\0') {
		page_add(p, EL_URGENT, label,
		    arena_printf(p->arena,
			_("HOLD: nobody calls until a supervisor has looked "
			  "(W): %s"),
			words_held(plans->held)));
		label = "";
	}
	add_elsewhere(p);
	if (f->anonymous && f->may_contact[0] == '\0') {
		page_add(p, EL_TEXT, label,
		    _("Anonymous: nobody is recorded who could be reached."));
		return;
	}
	if (f->stop_contact || strcmp(f->may_contact, "no") == 0)
		style = EL_URGENT;
	else if (strcmp(f->may_contact, "yes") == 0 && label[0] != '\0')
		style = EL_OK;
	page_add(p, style, label,
	    f->stop_contact ? _("STOP: no contact, by no way and for nothing")
			    : words_may_contact(f->may_contact));
	if (f->stop_contact || f->may_contact[0] == '\0')
		return;
	add_verified(p, plans, stale);
}

void
page_add_risk(struct page *p)
{
	const struct case_file *f = p->f;
	const struct society *society = app_society(p->v);
	const char *first = "";
	char now[64];

	if (f->urgent) {
		page_add(p, EL_URGENT, _("Urgent"),
		    _("Safety and health come before everything else here. "
		      "When all is done or declined: e."));
		if (f->urgent_signs[0] != '\0')
			page_add(p, EL_TEXT, "", f->urgent_signs);
	}
	if (f->risk < 0) {
		page_add(p, EL_WARNING, _("Risk"), _("Not set yet: r sets it"));
		return;
	}
	part_risk(society, f->risk, 60, now, sizeof(now));
	if (f->risk_first >= 0 && f->risk_first != f->risk)
		first = society->risks[f->risk_first].label;
	page_add(p, part_risk_style(society, f->risk), _("Risk"),
	    arena_printf(p->arena,
		first[0] != '\0' ? _("%s  since %s, %s (at first %s)")
				 : _("%s  since %s, %s"),
		now, page_time(p, f->risk_at), f->risk_by, first));
}

/* Below what there is to build on: a reason for a level is often hard to
 * read. */
void
page_add_risk_reason(struct page *p)
{
	if (p->f->risk >= 0 && p->f->risk_reason[0] != '\0')
		page_add(p, EL_TEXT, _("Risk: why"), p->f->risk_reason);
}

/* " (P opens it)": behind which letter it is done.  That of a follow-up stands
 * among the hints of every size. */
static const char *
letter_of(struct page *p, const char *what)
{
	enum action way = where_done(what, false);
	char letter[16];

	if (way == ACT_NONE || way == ACT_FOLLOW_UP)
		return "";
	return arena_printf(p->arena, _(" (%s opens it)"),
	    keymap_show(way, false, letter, sizeof(letter)));
}

static void
add_next_line(struct page *p, const char *label, const char *what, int64_t due,
    bool promised, const char *words)
{
	char when[24];
	enum element style;

	(promised ? part_agreed : part_due)(
	    due, p->now, when, sizeof(when), &style);
	page_add(p, style, label,
	    arena_printf(p->arena, "%-10s %s%s%s%s%s", when, words_next(what),
		letter_of(p, what), promised ? _(" (promised)") : "",
		words[0] != '\0' ? ": " : "", words));
}

/* The first of the dates that no worker sets. */
static void
add_deadline(struct page *p)
{
	const struct case_file *f = p->f;
	enum element style;
	const char *day;
	char when[24];

	if (f->deadline_at == 0)
		return;
	part_due(f->deadline_at, p->now, when, sizeof(when), &style);
	day = page_time(p, f->deadline_at);
	/* How near it is, where that is another word than the day. */
	page_add(p, style, _("Deadline"),
	    arena_printf(p->arena, "%s: %s%s", day,
		words_deadline(f->deadline_what),
		strcmp(day, when) == 0
		    ? ""
		    : arena_printf(p->arena, " (%s)", when)));
	if (f->deadlines > 1)
		page_add(p, EL_TEXT, "",
		    arena_printf(p->arena,
			ngettext("and %d more (y)", "and %d more (y)",
			    (unsigned long)f->deadlines - 1),
			f->deadlines - 1));
}

/* When a plan is due, by what was agreed or by the level of risk. */
static int64_t
due_of(const struct followup *plan)
{
	return plan->sooner != 0 ? plan->sooner : plan->due;
}

static const char *
words_of(struct page *p, const struct followup *plan)
{
	char when[24];

	if (plan->sooner == 0)
		return plan->words;
	clock_short(plan->due, p->now, when, sizeof(when));
	return arena_printf(p->arena,
	    _("sooner, by the level of risk; planned %s%s%s"), when,
	    plan->words[0] != '\0' ? ": " : "", plan->words);
}

/* What is due first as the queue says it, then every other open plan. */
void
page_add_next(struct page *p, const struct followups *plans)
{
	const struct case_file *f = p->f;
	const char *label = _("Next");
	bool first = f->next[0] != '\0';

	for (size_t i = 0; i < plans->n; i++)
		if (strcmp(plans->list[i].state, "open") == 0 &&
		    due_of(&plans->list[i]) == f->next_due)
			first = false;
	if (first) {
		add_next_line(p, label, f->next, f->next_due,
		    f->promised[0] != '\0' && strcmp(f->next, "promised") != 0,
		    plans->by_level != 0 && plans->by_level == f->next_due
			? _("the level of risk asks for it")
			: "");
		label = "";
	}
	for (size_t i = 0; i < plans->n; i++) {
		const struct followup *plan = &plans->list[i];

		/* Of a closed case only what was promised still counts. */
		if (strcmp(plan->state, "open") != 0 ||
		    (f->closed && !plan->promised))
			continue;
		add_next_line(p, label, plan->what, due_of(plan),
		    plan->promised && strcmp(plan->what, "promised") != 0,
		    words_of(p, plan));
		label = "";
	}
	if (label[0] != '\0')
		page_add(
		    p, EL_DIM, label, _("Nothing is planned: f agrees on it"));
	add_deadline(p);
}
