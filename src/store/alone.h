/* SPDX-License-Identifier: ISC */
/*
 * Contacts that were kept alone, without a case: whoever comes next finds what
 * was noticed, done and wanted, and which urgent steps nobody did yet.  Of
 * the asker's branch, as far as reading cases reaches.
 */
#ifndef AMPARO_STORE_ALONE_H
#define AMPARO_STORE_ALONE_H

#include "store/session.h"

struct alone {
	struct uid uid;
	int64_t at; /* when they were met */
	const char *channel, *by; /* code; login */
	bool urgent;
	bool waits; /* urgent, and nobody said that the steps are done */
	char code[CODE_SIZE]; /* of the case it is part of now; "" none */
	const char *words; /* of alone_open(): in full, for reading */
};
struct alone_page {
	struct alone *list;
	size_t n;
	bool more;
};

/*
 * At most n (<= 200) of them, the newest first, from the one before *before
 * on (NULL: from the newest); waiting: only those that wait.  ERR_DENIED.
 */
int alone_list(struct session *, bool waiting, const struct uid *before,
    size_t n, struct arena *, struct alone_page *, struct err *) MUST_USE;

/* How many wait; at most a thousand are counted. */
#define ALONE_COUNTED 1000
struct alone_count {
	int64_t n;
	bool more; /* than so many */
};
int alone_waiting(
    struct session *, struct alone_count *, struct err *) MUST_USE;

/* One of them in full.  ERR_NOT_FOUND; ERR_DENIED where it is another
 * branch's. */
int alone_open(struct session *, struct uid contact, struct arena *,
    struct alone *, struct err *) MUST_USE;

/* The urgent steps are done, or were chosen not to: step is the key of this
 * record, so that it can be repeated.  words are required. */
int alone_done(struct session *, struct uid step, struct uid contact,
    const char *words, struct err *) MUST_USE;

#endif
