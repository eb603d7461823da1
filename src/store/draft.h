/* SPDX-License-Identifier: ISC */
/*
 * What somebody was typing, sealed to them alone inside cases.db, so that no
 * lock, dropped line or crash loses more than the last five seconds.
 */
#ifndef AMPARO_STORE_DRAFT_H
#define AMPARO_STORE_DRAFT_H

#include "base/buf.h"
#include "store/session.h"

struct draft {
	struct uid uid; /* made when the form opens */
	const char *screen; /* its name: where the draft goes on */
	struct uid case_uid; /* null: none yet */
	char code[CODE_SIZE]; /* for the list; "" */
	int64_t changed_at;
};
struct drafts {
	struct draft *list; /* newest first; this person's alone */
	size_t n;
};
#define DRAFT_MAX 1048576 /* bytes */

/* Seal what was typed in the place of what this draft held; not an event of the
 * record.  ERR_INPUT: it is longer than DRAFT_MAX. */
int draft_save(struct session *, const struct draft *, const void *, size_t,
    struct err *) MUST_USE;
int draft_list(
    struct session *, struct arena *, struct drafts *, struct err *) MUST_USE;
/* What was typed, into a buffer that is emptied first.  ERR_NOT_FOUND;
 * ERR_DAMAGED when it does not open with this person's key. */
int draft_load(
    struct session *, struct uid, struct buf *, struct err *) MUST_USE;
/* One that is not there is fine.  One that cannot be dropped now (a full disk)
 * is in no list of this session any more, and goes with the next draft that is
 * written, at draft_settle() or when the session ends: what was saved is not
 * offered to be saved again. */
int draft_drop(struct session *, struct uid, struct err *) MUST_USE;
/* Try that now; nothing where there is none. */
int draft_settle(struct session *, struct err *) MUST_USE;

#endif
