/* SPDX-License-Identifier: ISC */
/*
 * The directory: organisations as the configuration describes them, with what
 * was learned since.  A stale number is the commonest reason why a referral
 * fails, so a call that was answered makes an entry fresh again, and one that
 * reached somebody else makes it stale at once.
 */
#ifndef AMPARO_STORE_DIRECTORY_H
#define AMPARO_STORE_DIRECTORY_H

#include "rules/timers.h"
#include "store/session.h"

struct listing {
	const struct recipient *org;
	/* The newer of the configuration's day and the last answered call; 0
	 * where the number turned out to be wrong since. */
	int64_t verified_on;
	bool wrong; /* the newest call reached somebody else */
	enum freshness fresh; /* FRESH for private recipients */
	const char *phone; /* "" none known */
	const char *capacity; /* "free", "few", "full", "" not known */
	int64_t capacity_at;
	const char *heed; /* what to say before anybody goes (rules/listing.h);
			     "" nothing */
	bool suspended, conflict;
	const char *why; /* words of the newest mark; "" */
	/* Somebody who was referred there was harmed or afraid, and nobody
	 * suspended it or said that it is safe since; 0: no. */
	int64_t harmed_at;
	const char *harm_by; /* login: who knows more */
	const char *called_by; /* login, of the newest call; "" */
	const char *call; /* "answered", "wrong_number", "" */
	const char *call_words;
	int64_t called_at, tried_at; /* UTC ms; 0 never; tried: no answer */
};
struct listings {
	struct listing *list; /* in the order of the configuration */
	size_t n;
};
/* PERM_DIRECTORY. */
int directory_list(
    struct session *, struct arena *, struct listings *, struct err *) MUST_USE;

/* One fact. */
struct directory_entry {
	struct uid uid; /* made by the caller */
	const char *recipient;
	const char *topic; /* "call", "tried", "capacity", "status",
			      "conflict" */
	const char *value; /* as in the schema */
	const char *phone; /* with a call: what was dialled; "" as before */
	const char *words; /* needed for "status" and "conflict": a mark, and
			      taking it away */
};
/* PERM_DIRECTORY.  A mark that stops sendings ("suspended", a conflict of
 * interest) is taken away by who put it or with PERM_AGREE, and what a person
 * told of harm there ("active" after it) with PERM_AGREE alone: ERR_DENIED.
 * ERR_INPUT: no such organisation, a value that is none, a mark or its end
 * without a reason, a phone that cannot be dialled. */
int directory_add(
    struct session *, const struct directory_entry *, struct err *) MUST_USE;

/* Everything recorded about one, newest first, at most n. */
struct directory_past {
	const char *topic, *value, *phone, *words, *by;
	int64_t at;
};
struct directory_history {
	struct directory_past *list;
	size_t n;
};
int directory_history(struct session *, const char *recipient, size_t n,
    struct arena *, struct directory_history *, struct err *) MUST_USE;

#endif
