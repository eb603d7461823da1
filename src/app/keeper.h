/* SPDX-License-Identifier: ISC */
/*
 * The process around a session.  The keeper holds no secret, opens no vault
 * and reads no key: it saves the terminal's settings, forks the session and
 * waits.  Whatever ends the session, SIGKILL included, the keeper puts the
 * terminal back and wipes it, and starts a fresh session where one is wanted.
 * So a lock, a change of person and a hang-up end the process that knew
 * something, and all it knew goes with it.
 *
 * After a normal end and after kill -9 of a program the record stays on a
 * terminal without an alternate screen; only a second process can erase it
 * then.
 */
#ifndef AMPARO_APP_KEEPER_H
#define AMPARO_APP_KEEPER_H

#include <stdbool.h>

#include "base/err.h"
#include "base/id.h"
#include "store/session.h"

enum ended {
	ENDED_CRASHED, /* said nothing: a crash, a signal */
	ENDED_LEFT, /* the person left: the program ends */
	ENDED_SIGNED_OUT, /* the next person may sign in */
	ENDED_LOCKED, /* by key: ask the same person again */
	ENDED_IDLE, /* the same, by itself */
	ENDED_SWITCHED, /* somebody else signs in */
	ENDED_DISABLED, /* this person may no longer sign in */
	ENDED_HUNG_UP, /* the terminal is gone: so is the program */
	ENDED_FAILED /* could not start; text says why */
};

/*
 * What one session leaves for the next, in memory both share.  A login, a
 * screen's name and ids alone: never a name, a key or a typed word.
 */
struct handover {
	enum ended ended;
	bool ready; /* has waited for a key: it is able to start */
	bool unkept; /* typed words that could not be kept as a draft */
	char login[LOGIN_SIZE]; /* who was signed in; "" nobody */
	/* Where they were, to go on there after a lock. */
	char screen[32]; /* its name; "" the first one */
	char code[CODE_SIZE];
	struct uid case_uid, record, draft;
	int arg;
	char text[1024]; /* for people: why it failed */
};

struct keeper {
	/*
	 * The session: runs in the child, fills in *now (zeroed but for what
	 * it shall say) and returns; before is what the last one left, NULL
	 * for the first.
	 */
	void (*session)(
	    void *arg, const struct handover *before, struct handover *now);
	void *arg;
	const char *wipe; /* bytes that wipe this terminal (ui/term.h) */
};

/*
 * Keep sessions until one leaves, fails or is hung up.  HUP and TERM are
 * passed on.  A child that ends three times in a row before it waited for a
 * key fails with ERR_IO; one that says ENDED_FAILED gives its text.  One that
 * is ended from outside with typed words unkept is ERR_FULL: they are lost.
 */
int keeper_run(const struct keeper *, struct err *) MUST_USE;

#endif
