/* SPDX-License-Identifier: ISC */
/*
 * One session of the program: what the loop, the router and line mode share.
 * For this room; screens know only that it exists.
 */
#ifndef AMPARO_APP_APP_H
#define AMPARO_APP_APP_H

#include "app/keeper.h"
#include "app/router.h"
#include "config/society.h"
#include "ui/term.h"
#include "vault/harden.h"

/* How the program was started; outlives every session. */
struct app_start {
	const char *vault; /* directory */
	const char *config; /* file; NULL: the one the vault names */
	const char *login; /* offered at sign-in; NULL none */
	const struct environment *env;
	bool plain; /* line mode */
	bool ascii; /* borders and marks in ASCII */
	const char *theme; /* NULL: the configuration's */
	const char *language; /* NULL: the person's, society's, machine's */
	int passphrase_fd; /* one line to sign login in with; -1: ask */
	const struct screen *const *screens; /* ended by NULL */
};

struct app {
	const struct app_start *start;
	const struct handover *before; /* NULL: the first session */
	struct handover *now;
	struct society *society; /* NULL until it was read */
	struct session *session; /* NULL: nobody signed in */
	struct router *router;
	struct term *term; /* NULL in line mode */
	struct canvas canvas;
	bool ascii;
	bool repaint; /* send everything again */
	struct uid answer; /* app_answer_uid(), while one is given */
	int64_t turn; /* app_now() of this turn */
	int64_t boot; /* clock_boot() of this turn */
	bool entering; /* somebody signed in: open their first view */
	bool ending; /* leave the loop after this turn */
};

/* The session of keeper_run(); arg is the const struct app_start. */
void app_session_run(
    void *arg, const struct handover *before, struct handover *now);

/* --- app.c ----------------------------------------------------------------- */

/* The instant everything of this turn is measured by. */
void app_turn(struct app *);
/* Read the configuration; the zone is set.  -1: every problem is in the
 * hand-over's text. */
int app_read_society(struct app *, struct err *) MUST_USE;
/* Speak this person's language (NULL: nobody's), else the society's, else the
 * machine's; --language comes before all. */
void app_language(const struct app *, const char *own);
/* Show things as this person wants (NULL, "": nobody's), else the society;
 * --theme comes before both. */
void app_theme(const struct app *, const char *own);
/* End after this turn, for this reason. */
void app_end(struct app *, enum ended);
/*
 * Hide the screen, seal the drafts, end.  When a draft cannot be kept (the
 * disk is full) the session stays, hidden behind the locked screen, until it
 * can: typed words are lost by nothing but the power.
 */
void app_lock(struct app *, enum ended);
/* Paint what the router shows now, in the middle of a turn. */
void app_paint(struct app *);
/* How many drafts of theirs wait; what went wrong is said. */
size_t app_drafts(const struct app *);
/* Open what a person sees first: where a lock took them from, their drafts, or
 * the queue. */
void app_home(struct app *);

/* --- loop.c and line.c ------------------------------------------------------ */

/* Timers of a session, in milliseconds of clock_boot(). */
struct timers {
	int64_t last_key;
	int64_t draft_at; /* 0: nothing typed */
	int64_t look_at;
	int64_t wake_at; /* the top view hides something then; 0 never */
	bool identity_open;
	bool changed; /* others saved while a question was open */
	size_t lost; /* bytes that were no character, not said yet */
};
#define DRAFT_EVERY (4 * INT64_C(1000)) /* typed words are at most 5 s old */
#define LOOK_EVERY (2 * INT64_C(1000))

/* Start or stop timers after a turn; milliseconds to the next one, -1 none. */
int timers_wait(struct app *, struct timers *);
/* Do what is due; true when the screen must be drawn again. */
bool timers_run(struct app *, struct timers *);
/* A descriptor that becomes readable at HUP, TERM, INT and QUIT; TSTP is
 * swallowed.  No handler runs, so no work can happen inside one. */
int signals_open(struct err *) MUST_USE;
/* The next signal, 0 none. */
int signals_next(int fd);

void loop_run(struct app *, int signal_fd);
void line_run(struct app *, int signal_fd);

#endif
