/* SPDX-License-Identifier: ISC */
/* What documents.c and documents_state.c share; for them alone. */
#ifndef AMPARO_SCREENS_DOCUMENTS_INSIDE_H
#define AMPARO_SCREENS_DOCUMENTS_INSIDE_H

#include "reveal.h"

#include "store/document.h"
#include "ui/list.h"
#include "ui/text.h"

struct documents_state {
	struct reveal reveal;
	/* A form above may have added one, now or when its draft is taken up:
	 * the list is read again until it is hidden. */
	bool again;
	struct arena arena; /* the list, and below it the words of one */
	struct documents docs;
	struct list list;
	char cell[64];
	struct arena words;
	struct text_view text;
	struct text_part part[2];
	bool reading;
	struct uid consent; /* what is handed out goes by this */
};
/* Questions that come back with an answer. */
enum documents_ask { ASK_REASON = 1, ASK_WHY, ASK_CONSENT_ROW, ASK_PATH };

void documents_init(struct view *);
/* The one under the cursor; NULL: none, or hidden. */
const struct document *documents_current(const struct view *);
/* Read the list anew with the reason that was given. */
int documents_load(struct view *, struct err *);
void documents_read(struct view *, struct err *);
void documents_stop_reading(struct documents_state *);
/* To whom; then where; then out. */
void documents_ask_consent(struct view *, struct err *);
void documents_hand_out(struct view *, const char *path, struct err *);

#endif
