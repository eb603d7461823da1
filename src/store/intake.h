/* SPDX-License-Identifier: ISC */
/*
 * The ten-minute path: a contact, and, where the person wants it, a person
 * and a case.  Everything is written by one call that can be repeated: the
 * uids are made by the caller when the form opens, so a retry after a crash
 * or a full disk finds what is already there and goes on.
 */
#ifndef AMPARO_STORE_INTAKE_H
#define AMPARO_STORE_INTAKE_H

#include "store/consent.h"
#include "store/followup.h"
#include "store/person.h"

/* One prompt of the safety triage and what was heard. */
struct triage_answer {
	const char *id; /* "tri.01" .. "tri.10" */
	const char *state; /* answer code (rules/workflow.h) */
	const char *action; /* what was done at once; "" */
};

struct intake {
	struct uid contact_uid, case_uid, person_uid, consent_uid;
	struct uid limits_uid, followup_uid, safe_contact_uid, note_uid;
	const char *channel; /* "walk_in", "phone", "outreach", "hotline",
				"referred", "other" */
	const char *place; /* branch area, not an address; "" */
	int64_t at; /* when the contact began */
	const struct triage_answer *triage;
	size_t n_triage;
	bool urgent; /* by rules/workflow.h */
	const char *wants; /* what the person wants first, their words */
	const char *information_given; /* topic codes, comma separated */
	const char *number_given; /* id of the emergency number; "" */
	const char *language, *interpreter; /* "", "none", "independent",
					       "not_independent" */
	const char *seen_alone; /* "yes", "no", "unsure" */
	const char *limits_script; /* id:version that was read aloud; "" not */
	bool open_case;
	bool anonymous; /* a case or contact without a person */
	const struct person *person; /* NULL when anonymous */
	const struct safe_contact *safe_contact; /* NULL not asked */
	const struct consent *work_together; /* required with open_case */
	const char *sex, *age_band, *may_be_child;
	const char *risk_reason;
	int risk; /* index; -1 not set */
	const struct followup_plan *next; /* NULL with a reason in next_none */
	const char *next_none;
	const char *note; /* opens only after consent; "" */
	bool assign_to_me;
	/*
	 * Somebody who is known came back: the contact, its answers and what
	 * they said about working together go into this case (open_case and
	 * person are not given then), because join_reason says how it is known
	 * that they are the same person.  Null: not.
	 */
	struct uid joins;
	const char *join_reason;
	/* A contact that was kept alone (store/alone.h) goes into the case
	 * with this one.  Null: none; without a case it stays as it is. */
	struct uid earlier;
};

/*
 * Checks the order the field demands (triage first; consent before any
 * narrative; limits read where a case opens) and refuses with ERR_INPUT what
 * breaks it.  identity.db is written first, then one transaction of cases.db.
 * code gets the case code ("" for a contact alone).  Into a case that is there
 * it is one transaction of that case, as PERM_CONTACT reaches it.
 */
int intake_save(struct session *, const struct intake *, char code[CODE_SIZE],
    struct err *) MUST_USE;

#endif
