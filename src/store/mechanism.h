/* SPDX-License-Identifier: ISC */
/*
 * The national referral mechanism and what law asks to be told, as they touch
 * one case: append-only events and the dates that follow.  Nothing here sends
 * anything (rules/disclosure.h does the asking), and nothing that helps
 * depends on it.
 */
#ifndef AMPARO_STORE_MECHANISM_H
#define AMPARO_STORE_MECHANISM_H

#include "rules/mechanism.h"
#include "store/case.h"

struct mechanism_entry {
	struct uid uid, case_uid;
	const char *mechanism; /* id of the configuration */
	const char *kind; /* rules/mechanism.h name */
	const char *code; /* of a decision, a referral, a stage; "" else */
	struct fdate on, until;
	const char *words;
	/* filled in when read */
	const char *by;
	int64_t at;
};
struct mechanism_file {
	struct mechanism_entry *list; /* newest first */
	size_t n;
	struct mechanism_state state;
	struct reflection_task waits[REFLECTION_WHAT_COUNT];
	size_t n_waits;
	bool child; /* is, or may be, one */
	bool closed; /* the case: only what settles a date can be added */
};
/* One mechanism of a case. */
int mechanism_open(struct session *, struct uid case_uid, const char *mechanism,
    struct arena *, struct mechanism_file *, struct err *) MUST_USE;

/* Add one; a reflection period without an end gets the configured days.
 * ERR_INPUT says what comes before it: of a referral by us, that something left
 * to whoever runs it.  To a closed case what settles a date
 * that still runs (mechanism_settles()), for nobody loses a right by a closing;
 * anything else is ERR_DENIED there. */
int mechanism_add(
    struct session *, const struct mechanism_entry *, struct err *) MUST_USE;

/* --- duties to tell ---------------------------------------------------------- */

struct duty_entry {
	struct uid uid, case_uid;
	const char *duty; /* id of the configuration */
	struct uid of; /* the trigger that this ends; null: this is one */
	const char *code; /* with of: "told", "not_told", "does_not_apply" */
	struct uid disclosure; /* with "told": what left by it */
	int64_t at; /* when it was learned, or done; UTC ms */
	const char *words; /* facts, never names */
	/* filled in when read */
	int64_t due; /* of a trigger: when it has to be told */
	bool done;
	const char *by;
	int64_t made_at;
	const char *recipient; /* of the disclosure; "" none */
	int64_t told_at; /* and when that was */
};
struct duty_file {
	struct duty_entry *list; /* newest first */
	size_t n;
	bool closed; /* the case: only an end can be added */
};
/* PERM_CASE_READ. */
int duty_open(struct session *, struct uid case_uid, struct arena *,
    struct duty_file *, struct err *) MUST_USE;

/*
 * Record that a duty's trigger is there (its time starts at "at"), or how it
 * ended.  A duty that does not apply to this society starts no time
 * (ERR_INPUT); one that is unclear does, and waits for those who
 * decide (PERM_APPROVE).  Any ends untold by their word alone (ERR_DENIED), not
 * by who recorded it where anybody else may (ERR_SECOND).  "told" names what left by
 * it: a disclosure of this case to such an organisation, of the day it was
 * learned or later (ERR_INPUT).  A duty that is not told says
 * why.  Of a closed case the end can be recorded, and no trigger (ERR_DENIED).
 */
int duty_add(
    struct session *, const struct duty_entry *, struct err *) MUST_USE;
/* From when on something that left can be what a duty was told by, where it was
 * learned at (UTC ms): that day, for a call is remembered by its day. */
int64_t duty_counts_from(int64_t learned);
/* Is it not clear whether this society has that duty?  Also where the
 * configuration does not have it any more. */
bool duty_unclear(const struct society *, const char *id);

#endif
