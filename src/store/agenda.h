/* SPDX-License-Identifier: ISC */
/*
 * What waits for the person who asks, by code and kind alone: for the screen
 * a shift starts from and for the month.  Pages by keyset from a covering
 * index, counts from maintained counters: flat from ten thousand to a million
 * cases.  What is due is worked out in rules/tasks.h and written with every
 * change of a case.
 */
#ifndef AMPARO_STORE_AGENDA_H
#define AMPARO_STORE_AGENDA_H

#include "store/session.h"

enum agenda_part {
	AGENDA_DECIDE, /* what I am to decide: a colleague waits for me */
	AGENDA_PROMISED, /* what the person was told we would do */
	AGENDA_TASKS, /* everything else */
	AGENDA_ALL /* promised or not, for one day */
};

struct agenda_row {
	struct uid case_uid, object; /* object null: the case itself */
	char code[CODE_SIZE];
	const char *kind; /* code (rules/tasks.h) */
	int64_t due; /* UTC ms */
	int risk; /* index into society->risks; -1 not set */
	bool nobodys; /* the case has no worker yet */
};
/* Where a page goes on; all zero: from the beginning. */
struct agenda_mark {
	int64_t due;
	struct uid case_uid, object;
	char kind[24];
	bool set;
};
struct agenda_page {
	struct agenda_row *rows;
	size_t n;
	struct agenda_mark last;
	bool more;
};
/*
 * At most n (<= 200) rows that are due at or after from and before until, the
 * earliest first: my own, and those of my branch's cases that are nobody's
 * where I may hand cases out.  ERR_DENIED, ERR_INPUT.
 */
int agenda_page(struct session *, enum agenda_part, int64_t from, int64_t until,
    const struct agenda_mark *, size_t n, struct arena *, struct agenda_page *,
    struct err *) MUST_USE;

/* How many, as of now.  Whole days come from counters; of the part of a day at
 * most a thousand in each lane are counted: where there are more, it says so. */
struct agenda_sums {
	int64_t decide, promised; /* promised: due today or earlier */
	int64_t overdue, today, week; /* of the rest; week: the days after
				today, seven days from now */
	bool overdue_more, today_more, week_more; /* at least so many */
};
int agenda_sums(struct session *, struct agenda_sums *, struct err *) MUST_USE;

/* How many are due on each of n (<= 62) local days from first on; on failure
 * what `counts` holds is not to be used. */
int agenda_days(struct session *, int64_t first, size_t n, int64_t *counts,
    struct err *) MUST_USE;

/* --- what others changed in my cases --------------------------------------- */
struct agenda_change {
	struct uid case_uid;
	char code[CODE_SIZE];
	int64_t at; /* the newest */
	const char *action, *by; /* of the newest: audit action, login */
	int n; /* how many acts; at most 100 are looked at */
};
/* A mark of mine on an organisation that somebody else took away. */
struct agenda_lifted {
	const struct recipient *org;
	int64_t at;
	const char *by; /* login */
};
struct agenda_changes {
	struct agenda_change *list;
	size_t n;
	/* One for an organisation, the newest first. */
	struct agenda_lifted *lifted;
	size_t n_lifted;
};
/*
 * My cases in which somebody else wrote since I last opened them or last said
 * that I have seen everything: at most thirty, the newest first, none older
 * than thirty days.  With them, where I may read the directory, the marks I
 * set there (suspended, an interest of its own, harm that was told of) which
 * somebody else took away in that time, and I have not set again.
 */
int agenda_changes(struct session *, struct arena *, struct agenda_changes *,
    struct err *) MUST_USE;
/* I have seen them: remembered in the vault, for the next shift. */
int agenda_seen(struct session *, struct err *) MUST_USE;

#endif
