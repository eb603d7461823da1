/* SPDX-License-Identifier: ISC */
/*
 * Referrals: prepared, sent through the gate of rules/disclosure.h, and
 * followed until something came of them.  A referral names fields; their
 * values are read at the moment of sending and kept nowhere.
 */
#ifndef AMPARO_STORE_REFERRAL_H
#define AMPARO_STORE_REFERRAL_H

#include "rules/disclosure.h"
#include "rules/referral.h"
#include "store/consent.h"

struct referral {
	struct uid uid; /* made by the caller */
	struct uid case_uid;
	struct uid replaces; /* one that came to nothing; null: none */
	const char *recipient, *purpose; /* ids of the configuration */
	const char *mode, *priority; /* codes of rules/referral.h */
	const char *reason; /* why: for this file and, with the field "words",
			       for them */
	const char *asked, *given, *access, *restrictions, *risks, *tell_back;
	const char *copy_safe; /* "yes", "no", "" not asked */
	unsigned fields; /* set of referral_field() numbers */
	/* filled in when read */
	int64_t rev;
	enum referral_state state;
	int64_t state_at, made_at;
	int chases;
	bool settled;
	bool went; /* it was sent once, whatever came of it */
	const char *by, *last_by; /* who prepared it, who did the last to it */
	struct referral_wait wait;
	/* PREPARED: the refusal there would be now, and what it says; else
	 * EGRESS_ALLOWED and "". */
	enum egress_why blocked;
	const char *blocked_words;
	/* PREPARED: as in struct listing of whom it is for; else 0 and "". */
	int64_t harmed_at;
	const char *harm_by;
	const char *heed;
};
struct referrals {
	struct referral *list; /* open ones first, by what is due */
	size_t n;
	struct case_end end; /* of the case */
	/* Moves on whenever cases.db has anything new of what a referral of
	 * this case could tell. */
	int64_t stamp;
};

/* What can be sent: number, id, words and kind of data; NULL past the last.
 * "words" is what this referral itself says. */
struct referral_field {
	const char *id, *label; /* label translated */
	enum data_scope scope;
	bool usual; /* ticked to begin with: the least that helps */
};
bool referral_field(int number, struct referral_field *);

/* PERM_CASE_READ.  Each with what the gate says of it now. */
int referral_list(struct session *, struct uid case_uid, struct arena *,
    struct referrals *, struct err *) MUST_USE;

/* Prepare.  ERR_INPUT says what is missing.  Sends nothing and needs no
 * consent: preparing is ours (PERM_REFER). */
int referral_add(
    struct session *, const struct referral *, struct err *) MUST_USE;

/*
 * Change what was prepared: columns of the store by name ("mode", "purpose",
 * "priority", "fields", "copy_safe" and the words).  As record_update(): the
 * version, what nobody else changed is merged, ERR_CONFLICT lists the rest.
 * ERR_CONFLICT also: it is not a prepared one any more.  Whoever looked
 * through it before looks again; the gate is asked at sending, as ever.
 */
int referral_change(struct session *, struct uid case_uid, struct uid referral,
    int64_t *rev, const struct change *, size_t n, struct arena *,
    struct conflicts *, struct err *) MUST_USE;

/* Exactly what would be sent now, and why not where it would not.  out->why
 * "" : it can go. */
int referral_preview(struct session *, struct uid case_uid, struct uid referral,
    struct arena *, struct preview *, struct err *) MUST_USE;

/*
 * Send: the gate is asked, what goes is read, the disclosure and the state
 * are recorded, all under the writers' lock; *out (in the arena) is what to
 * hand over, empty where the mode is silent.  All that is ticked goes or
 * nothing does, and just what was shown where shown is not NULL.  ERR_INPUT:
 * the condition that failed and what to do instead; ERR_CONFLICT: somebody
 * else sent or ended it meanwhile, or something else would go than was shown.
 */
int referral_send(struct session *, struct uid case_uid, struct uid referral,
    struct uid event, const char *words, const struct preview *shown,
    struct arena *, struct preview *out, struct err *) MUST_USE;
/* Do they say the same? */
bool preview_same(const struct preview *, const struct preview *);

/*
 * What came of it: the code of a state or of an event (rules/referral.h), with
 * the flag and the mark in the directory that go with it; a mark names nobody
 * but who knows more.  ERR_INPUT: it does not follow from where the referral
 * is, words that are needed are missing, "no_answer" without a chase.
 * ERR_CONFLICT: it is no longer where the caller saw it (seen).
 */
int referral_note(struct session *, struct uid case_uid, struct uid referral,
    enum referral_state seen, struct uid event, const char *kind,
    const char *words, struct err *) MUST_USE;

struct referral_past {
	const char *kind, *words, *by;
	int64_t at;
};
struct referral_history {
	struct referral_past *list; /* oldest first */
	size_t n;
};
/* PERM_CASE_READ.  Empty where there is no such referral. */
int referral_history(struct session *, struct uid case_uid, struct uid referral,
    struct arena *, struct referral_history *, struct err *) MUST_USE;

/* --- what left ----------------------------------------------------------------- */
/* What was taken back since is asked back (rules/recall.h): a recall. */
/* How it left, where it was told before it was recorded (store/told.h): else a
 * mode of rules/referral.h, or how it was extracted. */
#define DISCLOSED_ALREADY "already"
struct disclosed {
	struct uid uid;
	const char *recipient, *purpose, *how, *by;
	unsigned scope;
	int64_t at;
	bool consent; /* under a yes of the person */
	const char *act; /* reason of the act it went under; "" none */
	struct uid recall; /* null: it was not taken back */
	const char *step; /* where that is: rules/recall.h; "" */
	int64_t step_at, step_due; /* 0: nothing is due */
};
struct disclosed_list {
	struct disclosed *list; /* newest first */
	size_t n;
};
/* PERM_DISCLOSURES. */
int disclosure_list(struct session *, struct uid case_uid, struct arena *,
    struct disclosed_list *, struct err *) MUST_USE;
/* What they were asked, or answered (PERM_REFER).  ERR_INPUT: it does not
 * follow, or wants words; ERR_CONFLICT: somebody recorded a step meanwhile
 * (seen: where the caller saw it). */
int recall_note(struct session *, struct uid case_uid, struct uid recall,
    const char *seen, struct uid event, const char *kind, const char *words,
    struct err *) MUST_USE;

#endif
