/* SPDX-License-Identifier: ISC */
/* What stands on the page of one referral. */
#ifndef AMPARO_SCREENS_REFERRAL_PAGE_H
#define AMPARO_SCREENS_REFERRAL_PAGE_H

#include "referral_words.h"
#include "ui/text.h"

struct referral_page {
	struct referral r;
	struct referral_history past;
	struct preview preview;
	bool looked; /* the preview is on the screen */
	bool sent; /* and is what was sent, to be handed over */
	struct text_part *parts;
	size_t n;
	struct text_view text;
	char outcome[32]; /* chosen, its words being asked for */
};
/* Make the page anew from what was read; in the view's arena. */
void referral_page_make(struct view *, struct referral_page *);

#endif
