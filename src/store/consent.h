/* SPDX-License-Identifier: ISC */
/*
 * Consent to work together and releases: one row for each purpose x recipient
 * x scope, append-only; withdrawal is a new row that ends the old at once.
 */
#ifndef AMPARO_STORE_CONSENT_H
#define AMPARO_STORE_CONSENT_H

#include "store/case.h"

struct consent {
	struct uid uid; /* made by the caller */
	struct uid case_uid;
	struct uid supersedes; /* null: none */
	const char *kind; /* id from configuration: "work_together",
			     "release", "statistics", ... */
	const char *recipient; /* id from configuration; "" where none */
	const char *purpose; /* id; "" where none */
	unsigned scope; /* bits 1 << enum data_scope (rules/consent.h) */
	const char *withheld, *withheld_why; /* words; and then why: "",
				"fear_of_harm", "tell_themselves", "other" */
	const char *decision; /* "yes", "no", "not_now", "withdrawn",
				 "part" */
	const char *ask_again; /* "yes", "no", or an ISO date; for refusals */
	const char *given_by; /* "person", "guardian", "both", "assent",
				 "best_interests", "other" */
	const char *given_by_why;
	const char *guardian; /* "safe", "concern", "unavailable",
				 "unsafe_to_tell"; "" not asked, which counts
				 as not safe.  For a child: asked before a
				 guardian's consent (rules/consent.h) */
	const char *form; /* "written", "verbal_witnessed", "mark",
			     "sign_language", "remote_voice" */
	const char *evidence; /* paper file number, never a name */
	const char *language, *script; /* script as id:version */
	const char *interpreter; /* "none", "independent",
				    "not_independent" */
	const char *interpreter_code, *witness_code;
	const char *seen_alone; /* "yes", "no", "unsure" */
	bool understood; /* told back in their own words */
	int64_t given_at, until, review_at; /* UTC ms; 0 none */
	const char *withdrawn_how; /* with decision "withdrawn" */
	/* filled in when read */
	const char *by; /* login */
	int64_t at;
	const char *state; /* as it stands now: "given", "refused",
			      "not_now", "expired", "used", "withdrawn",
			      "replaced" */
	bool single_use;
	/* "given", and yet nothing leaves: at the age there is now somebody
	 * else agrees, too, or the person for themselves. */
	bool ask_anew;
	/* The state (or of a yes, what it lets go) is what the person said under
	 * this other code of theirs; "" it is what they said here.  Where
	 * nothing was said here the whole row is of that code, and case_uid is
	 * its case: a yes of it is to be asked anew. */
	const char *other_code;
};
/* What brings the talk about working together back before its time (field guide
 * 2.5). */
enum consent_change {
	CONSENT_NEW_RISK, /* another level */
	CONSENT_NEW_CHILD, /* another record of the child and their guardian */
	CONSENT_NEW_INTERPRETER,
	CONSENT_NEW_WORKER, /* by a transfer */
	CONSENT_CHANGES
};
struct consents {
	struct consent *list; /* newest first */
	size_t n;
	/* Since the yes to working together that stands: when each was first;
	 * 0: it was not. */
	int64_t changed[CONSENT_CHANGES];
};

/* Every row (history) or only what stands now. */
int consent_list(struct session *, struct uid case_uid, bool history,
    struct arena *, struct consents *, struct err *) MUST_USE;

/*
 * Record a decision (given_at 0: now); rules/consent.h says what is missing
 * (ERR_INPUT).  1: since
 * it was said (given_at) somebody recorded another decision of the same kind,
 * recipient and purpose; the text says who and which, and nothing is written.
 * Said after that, a later given_at takes its place, a withdrawal's too.
 */
int consent_add(
    struct session *, const struct consent *, struct err *) MUST_USE;

/*
 * Withdraw at once.  *told lists every disclosure already made under it
 * (recipient, when, what), so that they can be told; a task to tell them
 * becomes the next action of the case.  ERR_CONFLICT: somebody wrote that down
 * already; the text says who.
 */
struct disclosure {
	const char *recipient, *purpose, *by;
	unsigned scope;
	int64_t at;
};
struct disclosures {
	struct disclosure *list;
	size_t n;
};
int consent_withdraw(struct session *, struct uid case_uid, struct uid consent,
    struct uid new_uid, const char *how, struct arena *,
    struct disclosures *told, struct err *) MUST_USE;

/*
 * Exactly what this recipient would see if something were sent now: field by
 * field from both databases, through rules/consent.h; nothing else passes.
 * Reading identity fields opens identity.db and is recorded.
 */
struct preview_field {
	const char *label, *value;
	int scope; /* enum data_scope */
	bool released; /* false: they would not see it */
};
struct preview {
	struct preview_field *list;
	size_t n;
	const char *why; /* why nothing would be sent, "" otherwise */
	const char *warn; /* a word in it that tells why somebody is helped,
			     and where; "" none */
	/* Of whoever would see it, as in struct referral. */
	int64_t harmed_at;
	const char *harm_by; /* of a consent; NULL: not asked */
	const char *heed; /* "" nothing; NULL: not asked */
	const char *recipient; /* id, of a consent; NULL: not asked */
};
int consent_preview(struct session *, struct uid case_uid, struct uid consent,
    struct arena *, struct preview *, struct err *) MUST_USE;

#endif
