/* SPDX-License-Identifier: ISC */
/*
 * What was told already, outside, with nobody asked before: a call in the
 * night, a word at a police post.  Nothing leaves by this, and no gate opens:
 * it puts on the record what cannot be taken back, with an override that whoever
 * supervises looks at within 24 hours (rules/disclosure.h).
 */
#ifndef AMPARO_STORE_TOLD_H
#define AMPARO_STORE_TOLD_H

#include "store/act.h"

/*
 * Record it (PERM_REFER; also of a closed case): the override and what left in
 * one transaction; the same uid again is a retry.  Of the act: reason is one of
 * told_reason(), legal_ref never blank with a reason by rule, at when it was
 * told (UTC ms, not after now), told whether the person knows.  ERR_INPUT says what is
 * missing.  Who recorded it does not look at it again (act_review()).
 */
int told_add(struct session *, const struct act *, struct err *) MUST_USE;

#endif
