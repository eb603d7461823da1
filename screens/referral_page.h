/* SPDX-License-Identifier: ISC */
/* What stands on the page of one referral. */
#ifndef AMPARO_SCREENS_REFERRAL_PAGE_H
#define AMPARO_SCREENS_REFERRAL_PAGE_H

#include "referral_words.h"
#include "ui/text.h"

struct referral_page {
	struct referral r;
	struct case_end end; /* of the case */
	struct referral_history past;
	struct preview preview;
	bool looked; /* the preview is on the screen */
	int64_t stamp; /* of what the case had when it was put together */
	bool sent; /* and is what was sent, to be handed over */
	struct text_part *parts;
	size_t n;
	struct text_view text;
	char outcome[32]; /* chosen, its words being asked for */
};
/* What may stand on a card for the person, and what to ask first. */
const char *referral_page_card(struct view *, const struct referral *);
/* Make the page anew from what was read; in the view's arena. */
void referral_page_make(struct view *, struct referral_page *);

#endif
