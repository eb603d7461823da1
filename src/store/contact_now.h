/* SPDX-License-Identifier: ISC */
/*
 * How calling somebody stands, by what came of it so far: for the store alone.
 * What is agreed in words is in identity.db; this is read from cases.db, in a
 * transaction of either.
 */
#ifndef AMPARO_STORE_CONTACT_NOW_H
#define AMPARO_STORE_CONTACT_NOW_H

#include "rules/contact_rule.h"
#include "store/tx.h"

struct contact_now {
	unsigned words; /* CONTACT_WORD_... that are agreed */
	int most; /* attempts that were agreed; 0 not said */
	struct contact_tries tries;
	bool spent;
	/* The flag that stands, in this case or in another code of the same
	 * person; CONTACT_HOLD_NOT: none, whatever was tried. */
	enum contact_hold held;
	struct uid flag, flag_case;
	int64_t held_at;
};
/* ERR_NOT_FOUND: no such case. */
int contact_now_read(
    struct tx *, const struct uid *case_uid, struct contact_now *) MUST_USE;

#endif
