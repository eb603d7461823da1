/* SPDX-License-Identifier: ISC */
/*
 * What no key shows by itself.  Values that were not readable are "" or 0
 * here and were reported; they are passed over.
 */
#include <string.h>

#include "base/i18n.h"
#include "config/society_inside.h"
#include "config/telling.h"

/* A stale number is the commonest reason why a referral fails: practice is to
 * look every 90 days. */
#define NUMBER_DAYS 90

#define WRONG(at, ...) \
	problem_add(c->problems, c->file, conf_line(c, (at)), __VA_ARGS__)

static bool
has(const struct labels *labels, const char *id)
{
	for (size_t i = 0; i < labels->n; i++) {
		if (strcmp(labels->list[i].id, id) == 0)
			return true;
	}
	return false;
}

/* --- words for codes the program knows -------------------------------------- */

/* A society may word these as it likes, but a code of its own would be a code
 * nothing acts upon (rules/workflow.h, rules/consent.h, store/followup.h,
 * store/intake.h). */
static const struct vocabulary {
	const char *name;
	size_t offset; /* of the struct labels */
	const char *ids[10];
} vocabularies[] = {
	{ "outcomes", offsetof(struct society, outcomes),
	    { "no_concern_now", "keep_talking", "concern_offer_link",
		"urgent_safety", "person_says_no_for_now",
		"not_able_to_assess" } },
	{ "contact_outcomes", offsetof(struct society, contact_outcomes),
	    { "reached_safe", "reached_could_not_talk", "other_answered",
		"no_answer", "do_not_try_again", "came", "did_not_come" } },
	{ "data_scopes", offsetof(struct society, data_scopes),
	    { "name", "contact", "location", "needs", "health", "account",
		"children", "documents" } },
	{ "channels", offsetof(struct society, channels),
	    { "walk_in", "phone", "outreach", "hotline", "referred",
		"other" } },
	{ "interpreters", offsetof(struct society, interpreters),
	    { "none", "independent", "not_independent" } },
	{ "sexes", offsetof(struct society, sexes), { "f", "m", "x", "u" } },
};

static void
check_vocabulary(
    struct conf *c, const struct society *s, const struct vocabulary *v)
{
	const struct labels *labels =
	    (const void *)((const char *)s + v->offset);
	size_t n = 0;

	if (labels->n == 0)
		return;
	for (; n < sizeof(v->ids) / sizeof(v->ids[0]) && v->ids[n]; n++) {
		if (!has(labels, v->ids[n]))
			WRONG(&labels->list,
			    _("\"%s\" has no words for \"%s\""), v->name,
			    v->ids[n]);
	}
	for (size_t i = 0; i < labels->n; i++) {
		const struct labelled *l = &labels->list[i];
		bool known = l->id[0] == '\0';

		for (size_t j = 0; j < n; j++)
			known = known || strcmp(l->id, v->ids[j]) == 0;
		if (!known)
			WRONG(l,
			    _("\"%s\": the program knows no \"%s\"; only "
			      "the words can be changed, not the codes"),
			    v->name, l->id);
	}
}

/* --- people and time -------------------------------------------------------- */

static void
check_risk(struct conf *c, const struct society *s, size_t i)
{
	const struct risk_level *r = &s->risks[i];
	const struct span *spans[] = { &r->first_response, &r->assessment,
		&r->follow_up, &r->review };

	for (size_t j = 0; j < i; j++) {
		if (strcmp(s->risks[j].mark, r->mark) == 0)
			WRONG(r,
			    _("levels \"%s\" and \"%s\" have the same "
			      "mark; without colour they look alike"),
			    s->risks[j].id, r->id);
	}
	if (i > 0 && r->urgent_or_high && !s->risks[i - 1].urgent_or_high)
		WRONG(r,
		    _("\"%s\" is urgent or high and stands below a level "
		      "that is not; most urgent first"),
		    r->id);
	for (size_t j = 0; j < sizeof(spans) / sizeof(spans[0]); j++) {
		if (r->urgent_or_high && spans[j]->unit == SPAN_WORKING_DAYS)
			WRONG(spans[j],
			    _("working days for \"%s\": danger "
			      "does not wait for office hours; "
			      "write hours or days"),
			    r->id);
	}
}

static void
check_ages(struct conf *c, const struct society *s)
{
	const struct society_age_band *b = s->age_bands;
	size_t n = s->n_age_bands;

	if (n == 0)
		return;
	if (b[0].from != 0)
		WRONG(&b[0],
		    _("the first age band begins at %d; it must "
		      "begin at 0"),
		    b[0].from);
	for (size_t i = 1; i < n; i++) {
		if (b[i].from <= b[i - 1].from)
			WRONG(&b[i],
			    _("age bands must ascend: %d comes after "
			      "%d"),
			    b[i].from, b[i - 1].from);
	}
	if (b[n - 1].rule != AGE_OWN ||
	    (s->child_age != 0 && b[n - 1].from != s->child_age))
		WRONG(&b[n - 1],
		    _("the last age band must be rule \"own\" "
		      "from child_age (%d)"),
		    s->child_age);
}

static void
check_calendar(struct conf *c, const struct society *s)
{
	if (s->weekend == 0x7f)
		WRONG(&s->weekend, _("every day is weekend; no task would ever "
				     "be due"));
	for (size_t i = 1; i < s->n_holidays; i++) {
		for (size_t j = 0; j < i; j++) {
			if (s->holidays[i].day == 0 ||
			    s->holidays[i].day != s->holidays[j].day)
				continue;
			WRONG(&s->holidays[i],
			    _("\"%s\" is on the same day "
			      "as \"%s\"; write one entry "
			      "for both"),
			    s->holidays[i].name, s->holidays[j].name);
			break;
		}
	}
}

/* --- who and what may be told ------------------------------------------------ */

static void
check_number(struct conf *c, const struct number *n)
{
	if (strspn(n->number, "0123456789+- ") != strlen(n->number))
		WRONG(&n->number,
		    _("\"%s\" is no number to dial; digits, "
		      "spaces, + and - are expected"),
		    n->number);
	if (n->verified_on == 0 || n->recheck_by == 0)
		return;
	if (n->recheck_by <= n->verified_on ||
	    n->recheck_by > n->verified_on + NUMBER_DAYS)
		WRONG(&n->recheck_by,
		    _("recheck_by of \"%s\" must be 1 to %d "
		      "days after verified_on"),
		    n->id, NUMBER_DAYS);
}

/* Nobody tells the authorities on a duty that no counsel has looked at. */
static void
check_duty(struct conf *c, const struct duty *d)
{
	if (strcmp(d->applies, "yes") != 0)
		return;
	if (d->reviewed_by[0] == '\0' || d->reviewed_on == 0)
		WRONG(&d->applies,
		    _("duty \"%s\" applies, but nobody is named who looked at "
		      "it: reviewed_by and reviewed_on are expected, or "
		      "applies = \"unclear\""),
		    d->id);
	if (d->to == RECIPIENT_MEDIA || d->to == RECIPIENT_STATISTICS)
		WRONG(&d->to,
		    _("duty \"%s\": no law asks to tell the media or a "
		      "statistics office about a person"),
		    d->id);
}

static void
check_consents(struct conf *c, const struct society *s)
{
	static const char *const needed[] = { "work_together", "release",
		"statistics" };

	if (s->n_consents == 0)
		return;
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		if (society_consent(s, needed[i]) == NULL)
			WRONG(&s->consents,
			    _("\"consents\" has no kind \"%s\"; the program "
			      "asks for it"),
			    needed[i]);
	}
	for (size_t i = 0; i < s->n_consents; i++) {
		const struct consent_kind *k = &s->consents[i];

		if (strcmp(k->id, "release") == 0 && !k->needs_recipient)
			WRONG(k, _("\"release\" must have needs_recipient = "
				   "true: a release names whom it is for"));
	}
}

static bool
speaks(const struct society *s, const char *id)
{
	for (size_t i = 0; i < s->n_languages; i++) {
		if (strcmp(s->languages[i].id, id) == 0)
			return true;
	}
	return false;
}

/* Harm register 18: a wrong translation is a consent that was not given. */
static void
check_script(struct conf *c, const struct society *s, size_t at)
{
	const struct script *sc = &s->scripts[at];

	if (sc->kind[0] != '\0' && strcmp(sc->kind, "limits") != 0 &&
	    society_consent(s, sc->kind) == NULL)
		WRONG(&sc->kind,
		    _("kind \"%s\" is no consent kind and not "
		      "\"limits\""),
		    sc->kind);
	if (sc->language[0] != '\0' && !speaks(s, sc->language))
		WRONG(&sc->language,
		    _("there is no language \"%s\" under "
		      "\"languages\""),
		    sc->language);
	if (sc->approved &&
	    (sc->approved_by[0] == '\0' || sc->approved_on == 0))
		WRONG(&sc->approved,
		    _("\"%s\" is approved, but not by whom "
		      "and when: approved_by and approved_on "
		      "are expected"),
		    sc->id);
	if (sc->approved && sc->text[0] == '\0')
		WRONG(&sc->approved, _("\"%s\" is approved and has no text"),
		    sc->id);
	for (size_t i = 0; i < at; i++) {
		if (strcmp(s->scripts[i].id, sc->id) == 0 &&
		    strcmp(s->scripts[i].version, sc->version) == 0)
			WRONG(sc,
			    _("script \"%s\" version \"%s\" is there "
			      "twice; a changed text needs a new "
			      "version"),
			    sc->id, sc->version);
	}
}

/* --- places ------------------------------------------------------------------ */

/* What it lies in is a place that does not lie in it. */
static void
check_place(struct conf *c, const struct society *s, const struct locality *p)
{
	const struct locality *up = p;

	if (strcmp(p->id, PLACE_COUNTRY) == 0)
		WRONG(&p->id, _("\"country\" is the whole country; another "
				"id is expected"));
	for (size_t i = 0; i <= s->n_places && up->within[0] != '\0'; i++) {
		const struct locality *next = society_place(s, up->within);

		if (next == NULL) {
			if (up == p)
				WRONG(&p->within,
				    _("there is no place \"%s\" under "
				      "\"places\""),
				    p->within);
			return;
		}
		if (next == p) {
			WRONG(&p->within, _("\"%s\" lies in itself"), p->id);
			return;
		}
		up = next;
	}
}

/* --- help -------------------------------------------------------------------- */

/* Harm register 1 and 22: what a stranger can read tells nothing. */
static void
check_offer(struct conf *c, const struct society *s, size_t at)
{
	const struct offer *o = &s->offers[at];

	if (o->service[0] != '\0' && !has(&s->services, o->service))
		WRONG(&o->service,
		    _("there is no service \"%s\" under \"services\""),
		    o->service);
	if (telling_word(s, o->paper) != NULL)
		WRONG(&o->paper,
		    _("\"%s\" tells a stranger why somebody was helped; "
		      "choose neutral words"),
		    o->paper);
	for (size_t i = 0; i < at; i++) {
		if (strcmp(s->offers[i].service, o->service) == 0)
			WRONG(o, _("\"%s\" is under \"offers\" twice"),
			    o->service);
	}
}

static void
check_sheet(struct conf *c, const struct society *s, const struct sheet *sheet)
{
	if (sheet->topic[0] != '\0' && !has(&s->information, sheet->topic))
		WRONG(&sheet->topic,
		    _("there is no topic \"%s\" under \"information\""),
		    sheet->topic);
	if (sheet->language[0] != '\0' && !speaks(s, sheet->language))
		WRONG(&sheet->language,
		    _("there is no language \"%s\" under "
		      "\"languages\""),
		    sheet->language);
}

/* --- indicators -------------------------------------------------------------- */

static struct indicator *
find_indicator(const struct society *s, const char *id)
{
	const struct indicator *item;

	for (size_t i = 0; i < s->n_catalogues; i++) {
		item = catalogue_item(s->catalogues[i], id);
		/* Still being built: nobody else has seen it yet. */
		if (item != NULL)
			return (struct indicator *)(uintptr_t)item;
	}
	return NULL;
}

static void
switch_indicators(struct conf *c, const struct society *s,
    const char *const *ids, size_t n, bool off)
{
	struct indicator *item;

	for (size_t i = 0; i < n; i++) {
		if (ids[i][0] == '\0')
			continue;
		item = find_indicator(s, ids[i]);
		if (item != NULL)
			item->off = off;
		else
			WRONG(&ids[i],
			    _("there is no indicator \"%s\" in the "
			      "catalogues in use"),
			    ids[i]);
	}
}

/* An item may point into a catalogue that is not in use, but not at an item
 * that a catalogue in use does not have. */
static void
check_maps(
    struct conf *c, const struct society *s, const struct indicator *item)
{
	char id[CONF_ID_MAX + 1];
	const struct catalogue *cat;
	size_t len;

	for (size_t i = 0; i < item->n_maps; i++) {
		len = strcspn(item->maps[i], ".");
		memcpy(id, item->maps[i], len);
		id[len] = '\0';
		cat = society_catalogue(s, id);
		if (cat != NULL && catalogue_item(cat, item->maps[i]) == NULL)
			WRONG(&s->catalogues,
			    _("\"%s\" points at \"%s\", which is not there"),
			    item->id, item->maps[i]);
	}
}

static void
check_catalogues(struct conf *c, struct society_file *f, bool complete)
{
	const struct society *s = &f->society;

	for (size_t i = 0; i < s->n_catalogues; i++) {
		for (size_t j = 0; j < s->catalogues[i]->n_items; j++)
			check_maps(c, s, &s->catalogues[i]->items[j]);
	}
	/* A catalogue that could not be read may have the ones missed. */
	if (!complete)
		return;
	switch_indicators(c, s, f->indicators_on, f->n_indicators_on, false);
	switch_indicators(c, s, f->indicators_off, f->n_indicators_off, true);
}

void
society_check(struct conf *c, struct society_file *f)
{
	struct society *s = &f->society;

	if (strspn(s->time_zone,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrs"
		"tuvwxyz0123456789_+-/") != strlen(s->time_zone))
		WRONG(&s->time_zone,
		    _("\"%s\" is no time zone; expected is a "
		      "name like Asia/Colombo"),
		    s->time_zone);
	for (size_t i = 0; i < sizeof(vocabularies) / sizeof(vocabularies[0]);
	     i++)
		check_vocabulary(c, s, &vocabularies[i]);
	for (size_t i = 0; i < s->n_risks; i++)
		check_risk(c, s, i);
	for (size_t i = 0; i < s->n_start_cases; i++)
		if (role_from_name(s->start_cases[i]) == -1)
			WRONG(&s->start_cases[i], _("\"%s\" is no role"),
			    s->start_cases[i]);
	check_ages(c, s);
	check_calendar(c, s);
	check_consents(c, s);
	for (size_t i = 0; i < s->n_places; i++)
		check_place(c, s, &s->places[i]);
	for (size_t i = 0; i < s->n_scripts; i++)
		check_script(c, s, i);
	for (size_t i = 0; i < s->n_duties; i++)
		check_duty(c, &s->duties[i]);
	for (size_t i = 0; i < s->n_offers; i++)
		check_offer(c, s, i);
	for (size_t i = 0; i < s->n_sheets; i++)
		check_sheet(c, s, &s->sheets[i]);
	if (telling_word(s, s->cover_name) != NULL)
		WRONG(&s->cover_name,
		    _("\"%s\" tells a stranger why somebody was helped; "
		      "choose neutral words"),
		    s->cover_name);
	for (size_t i = 0; i < s->n_numbers; i++)
		check_number(c, &s->numbers[i]);
	check_catalogues(c, f, s->n_catalogues == f->n_catalogues);
}
