/* SPDX-License-Identifier: ISC */
/*
 * Tasks that people note down, beside those that are worked out; and notes
 * from one shift to the next.
 */
#ifndef AMPARO_STORE_TASK_H
#define AMPARO_STORE_TASK_H

#include "store/session.h"

/* Most bytes of a hand-over note and of a task. */
#define HANDOVER_MAX 2000
#define TASK_MAX 1000

struct task_note {
	struct uid uid; /* made by the caller, so that a retry is no copy */
	struct uid case_uid;
	const char *text;
	int64_t due; /* UTC ms */
	struct uid for_user; /* null: whoever has the case */
};
/* PERM_CASE_WRITE.  ERR_INPUT: no text, no day. */
int task_add(struct session *, const struct task_note *, struct err *) MUST_USE;

/* What waits in one case, the earliest first; of what somebody put in words
 * (a free task, a step of the plan, an agreed follow-up) those words. */
struct task_line {
	const char *kind; /* code (rules/tasks.h) */
	struct uid object; /* null: the case itself */
	int64_t due;
	const char *text; /* "": the kind says it all */
	/* Of a consent that is talked about again its kind (configuration), and
	 * no recipient; else "". */
	const char *consent;
	const char *to; /* login of a free one's colleague, "" the worker */
	const char *by; /* login of who noted it down; "" worked out */
};
struct task_lines {
	struct task_line *list;
	size_t n;
};
int task_list(struct session *, struct uid case_uid, struct arena *,
    struct task_lines *, struct err *) MUST_USE;

/*
 * A free task is done (words may be "").  The case's own worker, or whom it
 * was given to.  ERR_CONFLICT: somebody did it already; the text says who.
 */
int task_done(struct session *, struct uid case_uid, struct uid task_uid,
    const char *words, struct err *) MUST_USE;

/* --- hand-over --------------------------------------------------------------- */
struct handover {
	struct uid uid;
	struct uid case_uid; /* null: about no case */
	char code[CODE_SIZE]; /* of it, "" */
	const char *text; /* codes, never names */
	const char *by; /* login */
	int64_t at;
	bool read; /* by me */
	int readers; /* how many colleagues have read it */
};
struct handovers {
	struct handover *list;
	size_t n;
	bool more;
};
/* A note for my branch; case_uid null: about no case.  Never changed after.
 * PERM_CASE_WRITE for a case; about none PERM_CASE_READ, as for reading: who
 * may open no case has no shift to hand over. */
int handover_add(struct session *, struct uid uid, struct uid case_uid,
    const char *text, struct err *) MUST_USE;
/*
 * Notes of my branch, the newest first, at most n: unread ones only, or all.
 * A note about a case that I may not open is not among them.  Who wrote one
 * has read it.
 */
int handover_list(struct session *, bool unread_only, size_t n, struct arena *,
    struct handovers *, struct err *) MUST_USE;
/* I have read these. */
int handover_mark(
    struct session *, const struct uid *list, size_t n, struct err *) MUST_USE;

#endif
