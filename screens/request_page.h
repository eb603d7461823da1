/* SPDX-License-Identifier: ISC */
/* What is shown of something a colleague asked. */
#ifndef AMPARO_REQUEST_PAGE_H
#define AMPARO_REQUEST_PAGE_H

#include "app/screen.h"
#include "store/request.h"
#include "ui/text.h"

#define REQUEST_PARTS_MAX 100

struct request_state {
	struct arena arena;
	struct request r;
	struct text_part parts[REQUEST_PARTS_MAX];
	size_t n;
	struct text_view text;
};
/* Make the text of what was read; with an answered_at of -1: of nothing. */
void request_page_make(struct view *);

#endif
