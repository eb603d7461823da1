/* SPDX-License-Identifier: ISC */
/* An intake in its steps, so that one and many are written the same way. */
#ifndef AMPARO_STORE_INTAKE_INSIDE_H
#define AMPARO_STORE_INTAKE_INSIDE_H

#include "store/intake.h"
#include "store/person_inside.h"

/* Clean copies of everything, in an arena; checked. */
struct intake_work {
	struct intake in;
	struct triage_answer *triage;
	struct person person;
	struct safe_contact safe;
	struct consent consent;
	struct followup_plan next;
	struct note note;
	bool identity; /* there is something for identity.db */
	bool urgent; /* by the triage, not by what was said of it */
};

/* The case it belongs to; the null uid for a contact alone. */
const struct uid *intake_parent(const struct intake *);

/* Clean and check; touches nothing.  ERR_INPUT says what breaks the order. */
int intake_take(const struct society *, struct arena *, int64_t now,
    const struct intake *, struct intake_work *, struct err *) MUST_USE;

/* The part of identity.db, in a transaction of it; what is there already from
 * an earlier try stays.  1: all of it was there. */
int intake_identity(struct tx *, const struct intake_work *) MUST_USE;
/* The same without the keys to find the person by.  *fresh: the person was
 * not there before, so that their keys follow from the intake alone. */
int intake_identity_rows(
    struct tx *, const struct intake_work *, bool *fresh) MUST_USE;
/* The part of cases.db.  0 written, 1 it was there already (a retry), -1;
 * code as intake_save().  The queue is refreshed. */
int intake_case(
    struct tx *, const struct intake_work *, char code[CODE_SIZE]) MUST_USE;
/* The same; the caller refreshes the queue where it returns 0 and a case was
 * opened. */
int intake_case_rows(
    struct tx *, const struct intake_work *, char code[CODE_SIZE]) MUST_USE;

/* What they said about working together.  As consent_insert(); 1 too where
 * it was not asked. */
int intake_consent(struct tx *, const struct intake_work *) MUST_USE;

/*
 * A second try of what is saved already (the draft outlived the session that
 * saved it).  1 with the code where it says nothing that the first did not
 * write, else -1 with ERR_CONFLICT: it must not pass for saved.  What it
 * writes to find out is the caller's to undo.
 */
int intake_again(
    struct tx *, const struct intake_work *, char code[CODE_SIZE]) MUST_USE;
/* The code a first try drew; "" for a contact alone.  1, or -1. */
int intake_code(
    struct tx *, const struct intake_work *, char code[CODE_SIZE]) MUST_USE;
/* -1 with ERR_CONFLICT: where it is, and what to do with what is here. */
int intake_other(struct tx *, const struct intake_work *, const char *code);

#endif
