/* SPDX-License-Identifier: ISC */
/*
 * What several casework screens show in the same way: risk and due dates; and
 * the way from a case to the screens about it.
 */
#ifndef AMPARO_PARTS_H
#define AMPARO_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "app/formview.h"
#include "app/screen.h"
#include "config/society.h"
#include "ui/theme.h"

/* --- risk ------------------------------------------------------------------ */
/* Marks and word, "!!! Urgent"; where that does not fit the short word, then
 * the marks alone.  -1 is "not set". */
char *part_risk(
    const struct society *, int risk, int cells, char *out, size_t size);
/* Colour repeats what the marks say. */
enum element part_risk_style(const struct society *, int risk);
/* Is it one of the levels with the short times (rules/timers.h)? */
bool part_risk_pressing(const struct society *, int risk);

/* The words for a language's id; the id where it is not configured. */
const char *part_language(const struct society *, const char *id);

/* That a case has ended, when, why, or as what it goes on; in the arena.  "": it
 * is open. */
const char *part_ended(
    const struct view *, struct arena *, const struct case_end *);

/* --- time ------------------------------------------------------------------ */
/*
 * When something is due, in at most ten cells: "14:00" or "today", "overdue",
 * "overdue 3" (days), "overdue 4m" (months), "Thu" within a week, "12 Dec", "12 Dec 27"; "" for 0.
 * size >= 24.  *style (may be NULL) says how pressing it is.
 */
char *part_due(
    int64_t due, int64_t now, char *out, size_t size, enum element *style);

/* The same of what was agreed with somebody, the hour with the day where one
 * was: "Thu 15:00", "12 Dec 15:00"; at most fifteen cells. */
char *part_agreed(
    int64_t at, int64_t now, char *out, size_t size, enum element *style);

/* "Mon", from 0 for Sunday. */
const char *part_weekday(int);
/* "Mon 30 Nov 2026" of a local day number; size >= 32. */
char *part_day(int64_t day, char *out, size_t size);

/* --- forms ------------------------------------------------------------------ */
/* Configured ids and words as options of a form field; in the arena. */
const struct choice_option *part_options(struct arena *, const struct labels *);
/*
 * A record's uid is made when typing begins and kept in a hidden field "uid",
 * so that the draft holds it: saving again after a crash finds what is there
 * already instead of writing it twice.  part_uid_key() is the screen's key().
 */
#define PART_UID_FIELD                                                  \
	{                                                               \
		.id = "uid", .type = FORM_TEXT, .label = "", .max = 32, \
		.flags = FORM_HIDDEN                                    \
	}
/*
 * What a form is about (its route's record and arg) is kept in a hidden field
 * "about", so that a draft finds it again.  part_about_resume() stands for
 * formview_resume(): load() loads the stored values of v->route.record, and is
 * not called where there is none.
 */
#define PART_ABOUT_FIELD                                                  \
	{                                                                 \
		.id = "about", .type = FORM_TEXT, .label = "", .max = 48, \
		.flags = FORM_HIDDEN                                      \
	}
int part_about_resume(struct view *,
    int (*load)(struct view *, struct formview *, struct err *),
    struct err *) MUST_USE;
enum next part_uid_key(struct view *, const struct key *, struct err *);
struct uid part_uid(struct view *);
/* In open(), before a draft is taken up: made with the form itself, where what
 * colleagues write from then on counts. */
void part_uid_at_once(struct view *);
/* When that was, UTC ms: a form that was torn off and taken up the next morning
 * still says when it was begun, and says the same each time it is saved. */
int64_t part_began(struct view *);

/* Bytes of what a person wants first, wherever it is asked. */
#define PART_WANTS_MAX 1000

/* --- ways ------------------------------------------------------------------ */
/* Fill in view->go for an action about a case (ACT_CASE, ACT_CONSENT, ...).
 * NEXT_PASS when the action leads to no screen. */
enum next part_go(
    struct view *, enum action, const struct uid *case_uid, const char *code);
/* Open a screen about this view's case, and about one of its records (NULL:
 * none). */
enum next part_go_to(
    struct view *, const struct screen *, const struct uid *record);
/* The same for the case this view is about. */
enum next part_go_on(struct view *, enum action);

#endif
