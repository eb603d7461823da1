/* SPDX-License-Identifier: ISC */
/*
 * People at terminals for the whole-way tests: a throw-away vault, the real
 * program on it, forms filled in as somebody reads them.  Everybody in it is
 * made up.
 *
 * day_clock() comes first in main(): people sit down on Tuesday 24 November
 * 2026 at 09:00 UTC.  A failure of the kit fails the test at once.
 */
#ifndef AMPARO_TESTS_DAY_KIT_H
#define AMPARO_TESTS_DAY_KIT_H

#include "base/clock.h"
#include "vault_kit.h"
#include "vt.h"

#define DAY_MS INT64_C(1795510800000) /* 2026-11-24 09:00 UTC */
#define DAY_MORNING (DAY_MS + 23 * CLOCK_HOUR + 30 * CLOCK_MINUTE)

struct day {
	struct vault_kit kit;
	char config[1024]; /* generic.cfg */
	int64_t now; /* what the next terminal's clock says */
	bool broken; /* a step of the story failed: the rest is not told */
};

void day_clock(void);
/* So many hours later, for the next terminal and for the test itself. */
void day_later(struct day *, int hours);
/* A vault with amina and ruwan (caseworkers) and sunila (supervisor). */
void day_open(struct day *);
/* The same under parent instead of /tmp (a small file system). */
void day_open_at(struct day *, const char *parent);
void day_close(struct day *);

/* The optimised program where it was built, the sanitized one otherwise. */
const char *day_fast(void);
const char *day_sanitized(void);

/* The program at its sign-in; extra (may be NULL) adds to the environment. */
struct vt *day_start(struct day *, const char *program, int rows, int cols,
    const char *const *extra);
/* Sign in at a sign-in screen; the queue, or what was waiting, is shown. */
void day_sign_in(struct vt *, const char *login);
/* The same where the login of whoever sat here stands already: after a lock, or
 * a session that was killed. */
void day_come_back(struct vt *);
/* Both: somebody at a terminal of 24 x 80 with the queue on it. */
struct vt *day_terminal(struct day *, const char *program, const char *login);
/* Q, and the program ends with status 0 and a wiped screen. */
void day_leave(struct vt *);

/* --- forms ----------------------------------------------------------------- */

enum day_how {
	DAY_END, /* the end of a table */
	DAY_TYPE, /* type the words (a digit or letter picks an option), Tab */
	DAY_PASTE, /* paste them, Tab */
	DAY_KEYS /* keys by name ("Space Space Tab") */
};
struct day_answer {
	enum day_how how;
	const char *label; /* first words of the field's label */
	const char *words;
};
/*
 * Fill in fields in order: before each one the cursor stands on the line with
 * its label, so that no answer lands in another field.
 */
#define day_fill(vt, answers) day_fill_at(vt, answers, __FILE__, __LINE__)
void day_fill_at(
    struct vt *, const struct day_answer *, const char *file, int line);
/* The cursor is on a row with these words. */
#define day_expect_focus(vt, text) \
	day_expect_focus_at(vt, text, __FILE__, __LINE__)
void day_expect_focus_at(
    struct vt *, const char *text, const char *file, int line);
/* What must not be on a screen is not. */
#define day_absent(vt, text) day_absent_at(vt, text, __FILE__, __LINE__)
void day_absent_at(struct vt *, const char *text, const char *file, int line);

/* --- meeting a person -------------------------------------------------------- */

/* What is typed at an intake; NULL leaves a field empty. */
struct day_person {
	const char *wants;
	const char *number, *cover; /* safe contact; "only as agreed" */
	const char *name, *other_names, *birth, *phone;
	const char *agreed; /* what is promised for tomorrow */
	const char *note;
	bool urgent; /* clear signs of danger and of a health need */
	bool paste; /* words come by paste */
	char decision; /* digit of the answer to working together; '1' yes */
};
enum day_page {
	DAY_SAFE,
	DAY_URGENT, /* only where urgent */
	DAY_WANTS,
	DAY_INFORM,
	DAY_PERSON,
	DAY_CONSENT,
	DAY_NEXT,
	DAY_PAGES
};
/* Fill in one page of the intake that is open and go on with Ctrl-N (from the
 * last one no further; what the next step asks is for the caller). */
void day_page(struct vt *, enum day_page, const struct day_person *);
/* From the queue through every page to the open case. */
void day_intake(struct vt *, const struct day_person *, char code[CODE_SIZE]);

/* --- cases ------------------------------------------------------------------ */

/* The first case code on the screen. */
void day_read_code(struct vt *, char code[CODE_SIZE]);
/* g, code, Enter: the case is open. */
void day_jump(struct vt *, const char *code);
/* A dialog of one line: its title, the words, Enter. */
void day_answer_line(struct vt *, const char *title, const char *words);

/* --- faults, and other witnesses --------------------------------------------- */

/* The session behind a terminal: the keeper's only child. */
pid_t day_session(struct vt *);
/* kill -9 of it; the keeper wipes the terminal and asks anew. */
void day_kill_session(struct vt *);

/*
 * A command of the program, with this person's passphrase on descriptor 3:
 * its exit status, -1 when it was killed; what it said (both outputs) is
 * added to said (may be NULL).
 */
int day_command(struct day *, const char *login, const char *const *command,
    struct buf *said);
/* amparo verify, by the supervisor: both databases were checked and nothing is
 * bad, or the test fails. */
void day_verify(struct day *);

/* The drafts of somebody, as a second program sees them. */
size_t day_drafts(struct day *, const char *login);
/* Wait until one of them holds these words. */
void day_wait_draft_of(
    struct day *, struct vt *, const char *login, const char *words);

/* --- stories ------------------------------------------------------------------ */

/*
 * Tests of one group that go on where the one before ended; *state is a struct
 * that begins with a struct day.  A story that broke off is not told on: what
 * follows would only say so many times over.
 */
#define DAY_STEP(name)                        \
	static void name##_step(void **state) \
	{                                     \
		struct day *d = *state;       \
                                              \
		if (d->broken)                \
			skip();               \
		d->broken = true;             \
		name(state);                  \
		d->broken = false;            \
	}
#define DAY_TOLD(name)                               \
	{                                            \
#name, name##_step, NULL, NULL, NULL \
	}

#endif
