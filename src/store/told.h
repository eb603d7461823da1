/* SPDX-License-Identifier: ISC */
/*
 * What was told already, outside, with nobody asked before: a call in the
 * night, a word at a police post.  Nothing leaves by this, and no gate opens:
 * it puts on the record what cannot be taken back, with an override that whoever
 * supervises looks at within 24 hours (rules/disclosure.h).
 */
#ifndef AMPARO_STORE_TOLD_H
#define AMPARO_STORE_TOLD_H

#include "store/session.h"

struct told {
	struct uid uid; /* made by the caller: of the override */
	struct uid case_uid;
	const char *recipient, *purpose; /* ids of the configuration */
	unsigned scope; /* what was told: set of enum data_scope */
	int64_t at; /* when, UTC ms: not after now */
	const char *reason; /* told_reason() of rules/disclosure.h */
	const char *words; /* the facts: who told whom, and why */
	const char *legal_ref; /* with a reason by rule: never blank */
	const char *told; /* "yes", "no": does the person know? */
	const char *told_why; /* why not */
};

/*
 * Record it (PERM_REFER; also of a closed case): the override and what left in
 * one transaction; the same uid again is a retry.  ERR_INPUT says what is
 * missing.  Who recorded it does not look at it again (act_review()).
 */
int told_add(struct session *, const struct told *, struct err *) MUST_USE;

#endif
