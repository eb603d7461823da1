/* SPDX-License-Identifier: ISC */
/*
 * Who somebody is and how to reach them safely: identity.db, under its own
 * key, opened on purpose with a reason and closed again by itself.
 */
#ifndef AMPARO_STORE_PERSON_H
#define AMPARO_STORE_PERSON_H

#include "store/case.h"

struct person {
	struct uid uid;
	int64_t rev;
	const char *name, *other_names; /* any script, as the person says */
	struct fdate birth;
	const char *birth_basis; /* "document", "stated", "estimated",
				    "disputed" */
	const char *sex, *languages, *country; /* codes; "" not asked */
	const char *phone, *address; /* address: area only unless needed */
	const char *document; /* kind and number, where needed to help */
};

/* The record practitioners check first.  Append-only: a new one replaces. */
struct safe_contact {
	struct uid uid, person;
	const char *may_contact; /* "yes", "only_if", "no" */
	const char *channel, *number, *whose, *who_else;
	const char *safe_times, *unsafe_times;
	bool voicemail_ok, text_ok, say_red_cross;
	const char *cover_phrase;
	/* What they say to prove that it is them and that they can talk; what
	 * they say when they cannot; what proves that it is us. */
	const char *proof_word, *their_word, *our_word;
	const char *language;
	const char *caller, *if_other_answers;
	int max_attempts; /* 0: not said */
	int64_t verified_at;
	int64_t expires_at; /* until when it holds; 0: until verified anew */
	bool stop;
	const char *stop_reason;
	int64_t at;
	const char *by;
	/* When it was read: */
	bool stale; /* verify before use (rules/timers.h) */
	const char *held; /* why nobody calls before a supervisor looked: code
			     of rules/contact_rule.h, "" */
	int unanswered; /* attempts, since they were in touch */
	bool spent; /* as many as were agreed */
};

/*
 * The identity card of a case's person.  Opens identity.db if it is closed;
 * the event is in identity.db's own chain before anything is returned.
 * reason: short, in words, required; NULL goes on with the one that stands
 * (session_set_purpose()), and sets it.  Telephone numbers are "" until
 * contact_instruction() was read and as long as contact is not wanted;
 * safe_contact->number always is.
 */
int person_open(struct session *, struct uid case_uid, const char *reason,
    struct arena *, struct person *, struct safe_contact *,
    struct err *) MUST_USE;

/*
 * What to know before reaching somebody: everything of the safe-contact
 * record but the number; then, after it was shown, the number.  The second
 * call fails with ERR_DENIED when contact is not wanted (stop, or may_contact
 * "no"), is held, was tried as often as was agreed, and when
 * contact_instruction() was not called for this case in this session before.
 * Harm register 2.
 */
int contact_instruction(struct session *, struct uid case_uid, struct arena *,
    struct safe_contact *, struct err *) MUST_USE;
/*
 * The same for whoever covers for a colleague (access_reach()): ERR_REASON
 * until a reason was given, before identity.db is opened; it stands in both of
 * their events.  Who has an interest in the case is refused.
 */
int contact_instruction_for(struct session *, struct uid case_uid,
    const char *reason, struct arena *, struct safe_contact *,
    struct err *) MUST_USE;
/* The same to change the record: only with the reason that stands
 * (session_set_purpose()), which its event has; else ERR_PURPOSE. */
int contact_open(struct session *, struct uid case_uid, struct arena *,
    struct safe_contact *, struct err *) MUST_USE;
int contact_number(struct session *, struct uid case_uid, struct arena *,
    const char **number, struct err *) MUST_USE;

/* Change fields of the person; field names as in struct person.  As
 * case_change(). */
int person_change(struct session *, struct uid case_uid, int64_t *rev,
    const struct change *, size_t n, struct arena *, struct conflicts *,
    struct err *) MUST_USE;
/*
 * A new safe-contact record; cases.db gets the summary.  number NULL keeps the
 * number of the record it was filled from, so that nobody needs to see it to
 * change the rest.
 *
 * Where a colleague recorded another one since, or a follow-up said stop, what
 * only one of them changed is taken from who changed it, and *conflicts (in
 * the arena) lists what they changed; what both changed is asked: ERR_CONFLICT,
 * and nothing is written.  A stop and a no of theirs never give way unasked.
 * Field names are those of struct safe_contact; in place of the number, which
 * nobody is shown, "same_number" says whether the one that stands now stays.
 */
int safe_contact_set(struct session *, struct uid case_uid,
    const struct basis *, const struct safe_contact *, struct arena *,
    struct conflicts *, struct err *) MUST_USE;

/*
 * Search before create.  Any part may be empty, not all.  Answers limited
 * cards, best first, at most n: enough to see that somebody may be known
 * here, not who they are.  Recorded as an event with the hash of the words.
 */
struct person_query {
	const char *name; /* any script */
	const char *phone;
	struct fdate birth;
};
struct person_card {
	struct uid case_uid;
	char code[CODE_SIZE];
	const char *branch, *worker; /* whom to ask */
	const char *age_band, *sex;
	int score; /* 0..100, for order alone */
	unsigned why; /* bits of rules/match.h */
	bool closed;
	bool may_open; /* by this person, now */
};
struct person_cards {
	struct person_card *list;
	size_t n;
};
int person_search(struct session *, const struct person_query *, size_t n,
    struct arena *, struct person_cards *, struct err *) MUST_USE;

#endif
