/* SPDX-License-Identifier: ISC */
/*
 * The tables of the intake form: what is asked in which step.  Built in the
 * view's arena because their options are the National Society's.
 */
#ifndef AMPARO_SCREENS_INTAKE_FIELDS_H
#define AMPARO_SCREENS_INTAKE_FIELDS_H

#include "app/formview.h"

enum intake_page {
	PAGE_SAFE, /* the ten prompts, always first */
	PAGE_URGENT, /* what is done at once; only after a clear sign */
	PAGE_WANTS, /* what the person wants first, how to reach them */
	PAGE_INFORM, /* information given; whether a case is wanted */
	PAGE_PERSON, /* search before create */
	PAGE_CONSENT, /* limits read, working together */
	PAGE_NEXT, /* risk, words, what is next */
	INTAKE_PAGES
};

/* Steps for formview_use; everything lives in the view's arena.  shown are
 * the callbacks that leave a page out. */
const struct formview_step *intake_pages(
    struct view *, bool (*const shown[INTAKE_PAGES])(const struct view *));

/* In which language, and with whose help, the talk is held: as answered with
 * what they want, or else before the consent; "": not said. */
const char *intake_language(const struct formview *);
const char *intake_interpreter(const struct formview *);
/* Is anything of the first six answers of the triage a clear sign? */
bool intake_urgent(const struct formview *);
/* "yes" or "part" to working together, or an anonymous contact: only then do
 * fields for words about the person open. */
bool intake_may_write(const struct formview *);

#endif
