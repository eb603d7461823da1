/* SPDX-License-Identifier: ISC */
/*
 * A terminal for tests: a program in a real pty, read through libvterm as a
 * person would see it.  Nothing here sleeps: waiting is poll() on the pty
 * until the screen says what is wanted, or the time is up.
 *
 * Several can be open at once; while one is waited for, the others are read
 * too, so that no program hangs on a full pty.  Works with libvterm 0.1 to 0.3.
 */
#ifndef AMPARO_TESTS_VT_H
#define AMPARO_TESTS_VT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <vterm.h>

#include "base/buf.h"

struct vt;

/* How long a wait may take before a test has failed: long, because the
 * machine is shared and sanitized programs are slow; it is never slept. */
#define VT_WAIT_MS 15000

struct vt_options {
	int rows, cols; /* 0: 24 x 80 */
	const char *const *argv; /* ended by NULL; argv[0] is the path */
	/* "NAME=value" ended by NULL, added to an environment that holds only
	 * PATH, TERM=xterm-256color, LANG=C.UTF-8 and the sanitizers' options;
	 * "NAME=" with nothing unsets.  May be NULL. */
	const char *const *env;
	bool ignore_hup; /* start with SIGHUP ignored, as nohup does */
};

/* NULL when the program cannot be started (its exec failing shows as exit
 * status 127). */
struct vt *vt_open(const struct vt_options *);
/* Ends the program (HUP, then KILL) and frees all; NULL is allowed. */
void vt_close(struct vt *);
pid_t vt_pid(const struct vt *);

/* --- waiting: true when it came, false when the time was up --------------- */
bool vt_wait_text(struct vt *, const char *text, int ms);
bool vt_wait_gone(struct vt *, const char *text, int ms);
/* Text in one row (from 0). */
bool vt_wait_row(struct vt *, int row, const char *text, int ms);
/* Whatever a test wants to see. */
bool vt_wait_for(struct vt *, bool (*)(struct vt *, void *), void *, int ms);
/* The program ended; *status is waitpid()'s. */
bool vt_wait_exit(struct vt *, int ms, int *status);
/* Nothing came for quiet_ms (poll, at most ms); for counting bytes. */
bool vt_wait_quiet(struct vt *, int quiet_ms, int ms);
/* Read what is there now. */
void vt_pump(struct vt *);

/* Fails the cmocka test, and prints the screen, when it does not come. */
#define vt_expect(vt, text) vt_expect_at(vt, text, __FILE__, __LINE__)
void vt_expect_at(struct vt *, const char *text, const char *file, int line);
#define vt_expect_gone(vt, text) vt_expect_gone_at(vt, text, __FILE__, __LINE__)
void vt_expect_gone_at(
    struct vt *, const char *text, const char *file, int line);

/* --- doing ------------------------------------------------------------- */
void vt_send(struct vt *, const char *bytes); /* as they are */
void vt_send_bytes(struct vt *, const void *, size_t);
/* A key as this terminal sends it now (cursor key mode is followed). */
void vt_key(struct vt *, VTermKey, VTermModifier);
/* By the names of ui/key.h, separated by spaces: "Down Down Enter C-s". */
void vt_keys(struct vt *, const char *names);
/* In paste brackets if the program asked for them. */
void vt_paste(struct vt *, const char *text);
void vt_resize(struct vt *, int rows, int cols);
bool vt_kill(struct vt *, int signal);
/* Close our side of the line, as a lost connection does. */
void vt_hangup(struct vt *);

/* --- looking ----------------------------------------------------------- */
/* All rows, trailing spaces removed, each ended by "\n"; good until the next
 * call that reads or draws. */
const char *vt_screen_text(struct vt *);
/* The same into the report of a failure, row by row: cmocka cuts each message
 * at a thousand bytes. */
void vt_report(struct vt *);
/* One row without trailing spaces, the same way. */
const char *vt_row(struct vt *, int row);
bool vt_has(struct vt *, const char *text);
/* The same text once the picture is whole: for more than one look at it. */
const char *vt_whole_text(struct vt *);
/* Is it nowhere once the picture is whole?  What was there before may still
 * stand in the part of it that has not come. */
bool vt_absent(struct vt *, const char *text);
/* Was it ever sent to the terminal? */
bool vt_ever(struct vt *, const char *text);
void vt_cursor(const struct vt *, int *row, int *col);
bool vt_cursor_visible(const struct vt *);
bool vt_alt_screen(const struct vt *);
/* Attributes of a cell, for themes. */
bool vt_cell(const struct vt *, int row, int col, VTermScreenCell *);
/* Every byte the program ever wrote; for leak tests and counting. */
size_t vt_bytes(const struct vt *);
const struct buf *vt_stream(const struct vt *);

/*
 * Compare the screen with tests/fixtures/golden/NAME.screen (under
 * $AMPARO_SOURCE or the current directory).  With GENERATE=1 in the
 * environment the file is written instead.  Fails the cmocka test and prints
 * both when they differ.
 */
void vt_golden(struct vt *, const char *name);

#endif
