/* SPDX-License-Identifier: ISC */
/* What case_page.c and its parts share; for them alone. */
#ifndef AMPARO_CASE_PAGE_INSIDE_H
#define AMPARO_CASE_PAGE_INSIDE_H

#include "case_page.h"

#define CASE_LABEL 12 /* cells of the left column */
#define CASE_PARTS_MAX 96

struct page {
	struct case_page *out;
	const struct view *v;
	struct arena *arena;
	const struct case_file *f;
	int64_t now;
};

/* One more line; after CASE_PARTS_MAX nothing is added. */
void page_add(struct page *, enum element, const char *label, const char *text);
/* An instant as people say it, in the page's arena. */
const char *page_time(struct page *, int64_t ms);

/* What keeps somebody safe, first. */
void page_add_contact(struct page *, const struct followups *);
void page_add_risk(struct page *);
void page_add_risk_reason(struct page *);
void page_add_next(struct page *, const struct followups *);
/* What there is to build on, before what was hard: case_goals.c. */
void page_add_strengths(struct page *);
void page_add_goals(struct page *);
void page_add_services(struct page *);
/* What others are asked and have not decided: case_asked.c. */
void page_add_asked(struct page *);

#endif
