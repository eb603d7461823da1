/* SPDX-License-Identifier: ISC */
/* What is shown of something a colleague asked. */
#ifndef AMPARO_REQUEST_PAGE_H
#define AMPARO_REQUEST_PAGE_H

#include "app/screen.h"
#include "store/request.h"
#include "ui/text.h"

#define REQUEST_PARTS_MAX 100

/* What two codes of one person share beside what is chosen. */
#define JOIN_COUNTS                                                        \
	N_("From both, the more careful one counts, unasked: a no or a "   \
	   "withdrawal, a stop of contact, a mark of an interest, a "      \
	   "guardian found unsafe, the month of coming of age. A yes of "  \
	   "the other is asked anew. The other case sends nothing; "       \
	   "whoever has this one reads it, and a task asks to bring over " \
	   "plan, dates, papers and flags. Its promises and referrals "    \
	   "stay with it until they are done.")

struct request_state {
	struct arena arena;
	struct request r;
	/* What was on the screen when agreeing was chosen: the page goes on
	 * reading under the question. */
	int64_t rev, seen;
	struct text_part parts[REQUEST_PARTS_MAX];
	size_t n;
	struct text_view text;
};
/* Make the text of what was read; with an answered_at of -1: of nothing. */
void request_page_make(struct view *);

/* To whom a case was offered: the name of another National Society, of a
 * branch, or the login; the others are "". */
const char *request_to_words(
    const struct view *, const char *ns, const char *branch, const char *login);

/* A value of a field that two cases can differ in, in words. */
const char *join_value_words(
    const struct view *, const char *field, const char *value);

#endif
