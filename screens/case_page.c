/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "case_page_inside.h"
#include "parts.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/closing.h"
#include "rules/consent.h"
#include "rules/timers.h"

#define LATELY 8 /* entries below the overview */

void
page_add(
    struct page *p, enum element style, const char *label, const char *text)
{
	if (p->out->n == CASE_PARTS_MAX)
		return;
	p->out->parts[p->out->n++] = (struct text_part){ .style = style,
		.label = label,
		.label_width = CASE_LABEL,
		.indent = 1,
		.text = text };
}

const char *
page_time(struct page *p, int64_t ms)
{
	char when[24];

	return arena_str(p->arena, clock_short(ms, p->now, when, sizeof(when)));
}

static void
add_since(struct page *p, const struct case_reading *r)
{
	const char *when;

	if (r->seen == 0) {
		page_add(p, EL_DIM, _("Since"),
		    _("You have not looked at this case before."));
		return;
	}
	when = page_time(p, r->seen);
	if (r->changes == 0)
		page_add(p, EL_DIM, _("Since"),
		    arena_printf(p->arena,
			_("Nothing changed since you looked (%s)."), when));
	else
		page_add(p, EL_WARNING, _("Since"),
		    arena_printf(p->arena,
			ngettext("You looked %s; %d change by others since.",
			    "You looked %s; %d changes by others since.",
			    (unsigned long)r->changes),
			when, r->changes));
}

static void
add_agreed(struct page *p)
{
	const struct case_file *f = p->f;
	const char *d = f->work_together;
	bool yes = consent_is_yes(d);
	bool over = timer_day_over(f->work_together_until, p->now);
	const char *text;

	if (d[0] == '\0')
		text = _("not asked yet: c records it");
	else if (!yes)
		text = arena_printf(p->arena,
		    _("%s, %s; help goes on all the same"), words_decision(d),
		    page_time(p, f->work_together_at));
	else if (f->work_together_until == 0)
		text = arena_printf(p->arena, _("%s, %s"), words_decision(d),
		    page_time(p, f->work_together_at));
	else
		text = arena_printf(p->arena,
		    over ? _("%s, %s; ended %s: ask again")
			 : _("%s, %s until %s"),
		    words_decision(d), page_time(p, f->work_together_at),
		    page_time(p, f->work_together_until));
	page_add(p, yes && !over ? EL_OK : EL_WARNING, _("Together"), text);
	page_add(p, EL_TEXT, _("May tell"),
	    f->releases_given + f->releases_refused + f->releases_ended +
			f->releases_anew ==
		    0
		? _("nobody: nothing was asked yet")
		: arena_printf(p->arena,
		      _("%d agreed, %d not agreed, %d ended (c shows whom)"),
		      f->releases_given, f->releases_refused,
		      f->releases_ended));
	if (f->releases_anew > 0)
		page_add(p, EL_WARNING, _("Ask anew"),
		    arena_printf(p->arena,
			ngettext("%d agreed under %s: tells nobody anything "
				 "before it is asked again",
			    "%d agreed under %s: they tell nobody anything "
			    "before they are asked again",
			    (unsigned long)f->releases_anew),
			f->releases_anew, f->joined_code));
	if (f->to_recall > 0)
		page_add(p, EL_WARNING, _("Taken back"),
		    arena_printf(p->arena,
			ngettext("%d was told before and is to be asked back: "
				 "K shows whom",
			    "%d were told before and are to be asked back: "
			    "K shows whom",
			    (unsigned long)f->to_recall),
			f->to_recall));
}

static void
add_flags(struct page *p)
{
	const char *label = _("Flags");

	for (size_t i = 0; i < p->f->n_flags; i++) {
		const struct flag *flag = &p->f->flags[i];
		char until[16], day[40] = "";

		if (flag->until.precision != DATE_UNKNOWN)
			snprintf(day, sizeof(day), _(", until %s"),
			    date_show(&flag->until, until, sizeof(until)));
		page_add(p, EL_WARNING, label,
		    arena_printf(
			p->arena, "%s (%s%s)", flag->text, flag->by, day));
		label = "";
	}
}

/* What was noticed, and always what that does not mean. */
static void
add_indicators(struct page *p)
{
	const struct case_file *f = p->f;

	if (f->screenings == 0) {
		page_add(p, EL_DIM, _("Indicators"),
		    _("none recorded; help does not depend on them"));
		return;
	}
	page_add(p, EL_TEXT, _("Indicators"),
	    arena_printf(p->arena, "%s: %s", page_time(p, f->screened_at),
		label_of(&app_society(p->v)->outcomes, f->screening_outcome)));
	page_add(p, EL_DIM, "", app_society(p->v)->absence);
}

/* Codes that say how to work, none that says who it is. */
static void
add_person(struct page *p)
{
	const struct case_file *f = p->f;
	const struct society *society = app_society(p->v);
	const char *parts[3] = {
		f->sex[0] ? label_of(&society->sexes, f->sex) : "",
		f->age_band[0] ? label_of(&society->age_groups, f->age_band)
			       : "",
		f->language[0] ? part_language(society, f->language) : "",
	};
	struct buf line;

	buf_init(&line);
	for (size_t i = 0; i < 3; i++) {
		if (parts[i][0] == '\0')
			continue;
		if (line.len > 0)
			buf_add_str(&line, ", ");
		buf_add_str(&line, parts[i]);
	}
	if (line.len > 0)
		page_add(
		    p, EL_TEXT, _("Person"), arena_str(p->arena, line.data));
	buf_done(&line);
	if (f->may_be_one)
		page_add(p, EL_WARNING, "",
		    arena_printf(p->arena,
			_("May be under %d: work as with a child until that "
			  "is decided (b)"),
			society->child_age));
}

static const char *
page_day(struct page *p, int64_t day)
{
	char words[32];

	return arena_str(p->arena, part_day(day, words, sizeof(words)));
}

/* Before anybody calls or plans: also where ten rows are all there is. */
static void
add_closed(struct page *p)
{
	const struct case_file *f = p->f;

	page_add(p, EL_WARNING, _("Case"),
	    arena_printf(p->arena,
		!uid_null(&f->joined) && !f->joined_stays
		    ? _("Closed %s (%s)")
		    : _("Closed %s (%s); O opens it again, with the same "
			"code"),
		page_time(p, f->closed_at),
		label_of(
		    &app_society(p->v)->reasons_closed, f->closed_reason)));
}

/* Until when a closed case is kept. */
static void
add_kept(struct page *p)
{
	const struct case_file *f = p->f;
	const struct society *society = app_society(p->v);
	int64_t identity, file;

	retention_days(
	    society, f->closed_at, f->may_be_one, NULL, &identity, &file);
	if (identity == 0)
		page_add(p, EL_DIM, "",
		    arena_printf(p->arena,
			_("Kept until the person is %d: a child's case"),
			retention_child_age(society)));
	else
		page_add(p, EL_DIM, "",
		    arena_printf(p->arena,
			_("Kept: who they are until %s, the file until %s"),
			page_day(p, identity), page_day(p, file)));
}

static void
add_case(struct page *p)
{
	const struct case_file *f = p->f;

	page_add(p, EL_DIM, _("Case"),
	    arena_printf(p->arena, _("%s, %s, %s, opened %s"),
		words_stage(f->stage),
		f->owner_login[0] ? f->owner_login : _("no worker yet"),
		label_of(&app_society(p->v)->branches, f->branch),
		page_time(p, f->opened_at)));
	/* The closed code of a person whose case goes on is kept with that. */
	if (f->closed && (uid_null(&f->joined) || f->joined_stays))
		add_kept(p);
}

static void
add_lately(struct page *p, const struct events *events)
{
	if (events->n == 0)
		return;
	p->out->parts[p->out->n++] =
	    (struct text_part){ .style = EL_HEADING, .text = _("Lately") };
	for (size_t i = 0; i < events->n && i < LATELY; i++)
		page_add(p, EL_TEXT, page_time(p, events->list[i].at),
		    events->list[i].by[0] == '\0'
			? events->list[i].title
			: arena_printf(p->arena, "%s (%s)",
			      events->list[i].title, events->list[i].by));
}

void
case_page_make(struct case_page *out, const struct view *v, struct arena *arena,
    const struct case_reading *r)
{
	struct page p = { .out = out,
		.v = v,
		.arena = arena,
		.f = r->file,
		.now = app_now(v) };

	out->parts =
	    arena_alloc(arena, CASE_PARTS_MAX + 1, sizeof(*out->parts));
	out->n = 0;
	if (r->file->closed)
		add_closed(&p);
	page_add_contact(&p, r->plans);
	page_add_risk(&p);
	page_add_next(&p, r->plans);
	if (r->file->wants[0] != '\0')
		page_add(&p, EL_TEXT, _("Wants first"), r->file->wants);
	page_add_goals(&p);
	page_add_strengths(&p);
	page_add_services(&p);
	page_add_risk_reason(&p);
	add_agreed(&p);
	page_add_asked(&p);
	add_flags(&p);
	add_indicators(&p);
	add_person(&p);
	add_since(&p, r);
	add_case(&p);
	out->n_main = out->n;
	add_lately(&p, r->lately);
}
