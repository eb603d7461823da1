/* SPDX-License-Identifier: ISC */
/* What the records of a person share: for the store alone. */
#ifndef AMPARO_STORE_PERSON_INSIDE_H
#define AMPARO_STORE_PERSON_INSIDE_H

#include "rules/contact_rule.h"
#include "rules/match.h"
#include "store/case_inside.h"
#include "store/contact_now.h"
#include "store/person.h"

/*
 * Keys of name_key.kind beside those of rules/match.h: two words of a name,
 * as they sound, in no order.  One word of a name is shared by thousands in
 * any country; two together are rare, so this is what finds somebody among a
 * million within milliseconds, whichever word is said first.
 */
#define KEY_PAIR 8
/*
 * A sound and a year of birth: "first name, about nineteen" is often all that
 * is known, and a first name alone is as good as nothing.
 */
#define KEY_BORN 9
#define KEY_WORDS 6 /* words of one name that are paired */
#define KEYS_MAX (2 * MATCH_KEYS_MAX + 64)

struct name_key {
	int kind;
	char text[2 * MATCH_KEY_SIZE + 1]; /* two sounds and a space */
};
/* Keys of one name (tokens, pairs, sounds, trigrams), at most max; returns
 * how many. */
size_t name_keys(const char *name, struct name_key *, size_t max);

/* Of the sounds among n keys and a year of birth; none when it is not known. */
size_t born_keys(const struct name_key *, size_t n, const struct fdate *birth,
    struct name_key *out, size_t max);

/* All keys of somebody, names and telephone numbers; number is the one of the
 * safe-contact record.  out has room for KEYS_MAX; returns how many, some of
 * them perhaps twice. */
size_t person_keys(
    const struct person *, const char *number, struct name_key *out);

/* One of them; that it is there already is fine. */
int person_key_add(
    struct tx *, int kind, const char *text, const struct uid *person) MUST_USE;

/* Write the keys of a person anew, from the names and telephone numbers that
 * are in the row and in the newest safe-contact record.  In a transaction of
 * identity.db. */
int person_index(struct tx *, const struct uid *person) MUST_USE;

/* Clean and check; ERR_INPUT. */
int person_take(struct arena *, struct person *, struct err *) MUST_USE;
int safe_contact_take(
    struct arena *, struct safe_contact *, struct err *) MUST_USE;

/*
 * As record_insert_once(); in a transaction of identity.db.  The subject of a
 * safe-contact record is the person, or the case where nobody is recorded.
 * unfinished: nothing in cases.db names the row yet, so that what an earlier
 * try left there with other words gives way: the person is changed, a newer
 * safe-contact record added.
 */
int person_insert(struct tx *, const struct person *, bool unfinished) MUST_USE;
int safe_contact_insert(struct tx *, const struct uid *subject,
    const struct uid *case_uid, const struct safe_contact *,
    bool unfinished) MUST_USE;

/* Whom a case is about: its person, or the case itself where it is anonymous;
 * read from cases.db.  *stop: its summary says stop; *urgent: its risk is
 * urgent or high. */
struct case_subject {
	struct uid person; /* null: anonymous */
	struct uid subject;
	int64_t rev; /* of the case */
	bool stop, urgent_or_high;
	struct contact_now now; /* what came of calling */
};
int case_subject(
    struct tx *, const struct uid *case_uid, struct case_subject *) MUST_USE;

/* The newest safe-contact record: 1 there, 0 none, -1. */
int safe_contact_read(struct tx *, const struct uid *subject, struct arena *,
    struct safe_contact *) MUST_USE;
/* How it stands now: is it stale, does the case's summary say stop, does
 * somebody have to look first, how often was it tried? */
void safe_contact_now(
    const struct tx *, const struct case_subject *, struct safe_contact *);
/* May its number be shown now, in this session, by rules/contact_rule.h? */
enum contact_verdict contact_may_show(struct tx *, const struct uid *case_uid,
    const struct case_subject *, const struct safe_contact *);
/* ERR_NOT_FOUND. */
int person_read(struct tx *, const struct uid *person, struct arena *,
    struct person *) MUST_USE;

/* The summary in cases.db: may they be contacted, stop, verified when, until
 * when, is there a word, how often at most. */
int safe_contact_summary(struct tx *, const struct uid *case_uid,
    const struct safe_contact *) MUST_USE;
/* Which words are agreed, as bits of rules/contact_rule.h: never which. */
int64_t safe_contact_words(const struct safe_contact *);

#endif
