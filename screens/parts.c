/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parts.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "rules/timers.h"
#include "screens.h"

/* --- risk ----------------------------------------------------------------- */

char *
part_risk(
    const struct society *society, int risk, int cells, char *out, size_t size)
{
	const struct risk_level *level;
	int mark, word;

	if (risk < 0 || (size_t)risk >= society->n_risks) {
		snprintf(out, size, "%s", _("not set"));
		return out;
	}
	level = &society->risks[risk];
	/* Marks stand below each other, the words after them too. */
	mark =
	    utf8_width(society->risks[0].mark, strlen(society->risks[0].mark));
	word = utf8_width(level->label, strlen(level->label));
	if (cells >= mark + 1 + word)
		snprintf(out, size, "%-*s %s", mark, level->mark, level->label);
	else if (cells >= mark + 1 + 3)
		snprintf(
		    out, size, "%-*s %s", mark, level->mark, level->shorter);
	else
		snprintf(out, size, "%s", level->mark);
	return out;
}

enum element
part_risk_style(const struct society *society, int risk)
{
	static const enum element styles[] = { EL_URGENT, EL_HIGH, EL_MEDIUM,
		EL_LOW };

	if (risk < 0 || (size_t)risk >= society->n_risks)
		return EL_WARNING;
	/* Levels stand from high to low; a fifth looks as the fourth. */
	return styles[risk < 4 ? risk : 3];
}

bool
part_risk_pressing(const struct society *society, int risk)
{
	return risk >= 0 && (size_t)risk < society->n_risks &&
	       society->risks[risk].urgent_or_high;
}

/* --- words ---------------------------------------------------------------- */

const char *
part_language(const struct society *society, const char *id)
{
	for (size_t i = 0; i < society->n_languages; i++)
		if (strcmp(society->languages[i].id, id) == 0)
			return society->languages[i].label;
	return id;
}

const char *
part_ended(const struct view *v, struct arena *a, const struct case_end *end)
{
	char when[24];

	if (end->at == 0)
		return "";
	clock_short(end->at, app_now(v), when, sizeof(when));
	return end->goes_on[0] != '\0'
		   ? arena_printf(a,
			 _("This code ended %s: the person's case goes on as "
			   "%s."),
			 when, end->goes_on)
		   : arena_printf(a, _("This case was closed %s (%s)."), when,
			 label_of(
			     &app_society(v)->reasons_closed, end->reason));
}

/* --- time ----------------------------------------------------------------- */

const char *
part_weekday(int weekday)
{
	static const char *const days[] = { N_("Sun"), N_("Mon"), N_("Tue"),
		N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat") };

	return _(days[weekday]);
}

char *
part_day(int64_t day, char *out, size_t size)
{
	struct fdate date = { .precision = DATE_DAY };
	struct civil c;
	char words[16];

	clock_from_days(day, &c);
	date.year = (int16_t)c.year;
	date.month = (int8_t)c.month;
	date.day = (int8_t)c.day;
	snprintf(out, size, "%s %s", part_weekday(c.weekday),
	    date_show(&date, words, sizeof(words)));
	return out;
}

/* A day to come: "Thu" within a week, "12 Dec", "12 Dec 27". */
static void
day_words(int64_t due, int64_t now, char *out, size_t size)
{
	static const char *const months[] = { N_("Jan"), N_("Feb"), N_("Mar"),
		N_("Apr"), N_("May"), N_("Jun"), N_("Jul"), N_("Aug"),
		N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec") };
	struct civil c, today;

	clock_civil(due, &c);
	clock_civil(now, &today);
	if (timer_days(due, now) < 7)
		snprintf(out, size, "%s", part_weekday(c.weekday));
	else if (c.year == today.year || timer_days(due, now) < 180)
		snprintf(out, size, "%d %s", c.day, _(months[c.month - 1]));
	else
		snprintf(out, size, "%d %s %02d", c.day, _(months[c.month - 1]),
		    c.year % 100);
}

char *
part_due(int64_t due, int64_t now, char *out, size_t size, enum element *style)
{
	enum element e = EL_TEXT;
	int days = due == 0 ? 0 : timer_days(due, now);
	struct civil c;

	if (due == 0) {
		out[0] = '\0';
	} else if (timer_overdue(due, now)) {
		e = EL_LATE;
		if (days <= -100)
			snprintf(out, size, _("overdue %dm"), -days / 30);
		else if (days < 0)
			snprintf(out, size, _("overdue %d"), -days);
		else
			snprintf(out, size, "%s", _("overdue"));
	} else if (days == 0) {
		e = EL_WARNING;
		clock_civil(due, &c);
		/* A day without an hour is kept as its last minute. */
		if (c.hour == 23 && c.minute == 59)
			snprintf(out, size, "%s", _("today"));
		else
			snprintf(out, size, "%02d:%02d", c.hour, c.minute);
	} else {
		day_words(due, now, out, size);
	}
	if (style != NULL)
		*style = e;
	return out;
}

char *
part_agreed(
    int64_t at, int64_t now, char *out, size_t size, enum element *style)
{
	struct civil c;
	size_t len;

	part_due(at, now, out, size, style);
	if (at == 0 || timer_overdue(at, now) || timer_days(at, now) == 0)
		return out;
	clock_civil(at, &c);
	len = strlen(out);
	if (c.hour != 23 || c.minute != 59)
		snprintf(out + len, size - len, " %02d:%02d", c.hour, c.minute);
	return out;
}

/* --- forms ---------------------------------------------------------------- */

const struct choice_option *
part_options(struct arena *arena, const struct labels *labels)
{
	struct choice_option *options =
	    arena_alloc(arena, labels->n + 1, sizeof(*options));

	for (size_t i = 0; i < labels->n; i++)
		options[i] =
		    (struct choice_option){ .value = labels->list[i].id,
			    .label = labels->list[i].label,
			    .help = labels->list[i].help[0] == '\0'
					? NULL
					: labels->list[i].help };
	return options;
}

/* The uid in the hidden field; made now where there is none. */
struct uid
part_uid(struct view *v)
{
	struct formview *fv = v->screen->form(v);
	struct uid uid;
	char hex[33];

	if (uid_from_hex(formview_get(fv, "uid"), &uid) == 0)
		return uid;
	uid = uid_new();
	uid_hex(&uid, hex);
	formview_set(fv, "uid", hex);
	return uid;
}

void
part_uid_at_once(struct view *v)
{
	const struct uid uid = uid_new();
	char hex[33];

	uid_hex(&uid, hex);
	formview_load(v->screen->form(v), "uid", hex);
}

int64_t
part_began(struct view *v)
{
	const struct uid uid = part_uid(v);

	return uid_time(&uid);
}

static void
note_about(struct view *v)
{
	struct formview *fv = v->screen->form(v);
	char text[48], hex[33];

	if (uid_null(&v->route.record) || formview_get(fv, "about")[0] != '\0')
		return;
	uid_hex(&v->route.record, hex);
	snprintf(text, sizeof(text), "%s %d", hex, v->route.arg);
	formview_set(fv, "about", text);
}

int
part_about_resume(struct view *v,
    int (*load)(struct view *, struct formview *, struct err *),
    struct err *err)
{
	struct formview *fv = v->screen->form(v);
	const char *about;
	char hex[33];

	if (formview_resume(v, err) != 0)
		return -1;
	about = formview_get(fv, "about");
	if (strlen(about) > 33) {
		snprintf(hex, sizeof(hex), "%.32s", about);
		if (uid_from_hex(hex, &v->route.record) == 0)
			v->route.arg = (int)strtol(about + 33, NULL, 10);
	}
	if (uid_null(&v->route.record))
		return 0;
	if (load(v, fv, err) != 0)
		return -1;
	/* What was typed goes over what is stored. */
	return formview_resume(v, err);
}

enum next
part_uid_key(struct view *v, const struct key *key, struct err *err)
{
	enum next next = formview_key(v, key, err);

	if (next == NEXT_STAY && v->dirty) {
		(void)part_uid(v);
		note_about(v);
	}
	return next;
}

/* --- ways ----------------------------------------------------------------- */

enum next
part_go(struct view *v, enum action action, const struct uid *case_uid,
    const char *code)
{
	static const struct {
		enum action action;
		const struct screen *screen;
		int arg;
	} ways[] = {
		{ ACT_CASE, &screen_case, 0 },
		{ ACT_PARTS, &screen_case_parts, 0 },
#define WAY(action, screen, arg) { ACT_##action, &screen_##screen, arg },
#include "case_ways.def"
#undef WAY
	};

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		if (ways[i].action != action)
			continue;
		v->go = (struct route){ .screen = ways[i].screen,
			.case_uid = *case_uid,
			.arg = ways[i].arg };
		snprintf(v->go.code, sizeof(v->go.code), "%s", code);
		return NEXT_GO;
	}
	return NEXT_PASS;
}

enum next
part_go_on(struct view *v, enum action action)
{
	return part_go(v, action, &v->route.case_uid, v->route.code);
}

enum next
part_go_to(
    struct view *v, const struct screen *screen, const struct uid *record)
{
	v->go =
	    (struct route){ .screen = screen, .case_uid = v->route.case_uid };
	memcpy(v->go.code, v->route.code, sizeof(v->go.code));
	if (record != NULL)
		v->go.record = *record;
	return NEXT_GO;
}
