/* SPDX-License-Identifier: ISC */
/*
 * What people and machines do to somebody who is writing, in the real program:
 * a disk that fills up, bytes that are no text, too much of it, a window of
 * next to nothing, a line that drops.  Each is said, and no word is lost.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "store/draft.h"
#include "../lib/case_kit.h"
#include "../lib/day_kit.h"
#include "../lib/leak_kit.h"

#define ROOM "size=24m,mode=0700"

static struct day day;
static struct vt *vt;
static char code[CODE_SIZE], room[] = "/tmp/amparo-room-XXXXXX";
static bool small; /* the vault is in a file system of its own */
static char filler[300]; /* the file that fills it */
static struct session *other; /* somebody else's, who writes there, too */

/* --- writing ------------------------------------------------------------------- */
static int64_t
ask_vault(const char *sql)
{
	struct err err;
	struct session *s = vault_kit_sign_in(&day.kit, "sunila", &err);
	int64_t n;

	assert_non_null(s);
	n = ask_cases(s, sql);
	session_end(s, SESSION_SIGNED_OUT);
	return n;
}

static void
at_a_case(void)
{
	vt = day_terminal(&day, day_fast(), "amina");
	day_jump(vt, code);
}

/* A note whose text is asked for next. */
static void
begin_note(void)
{
	static const struct day_answer about[] = {
		{ DAY_TYPE, "What it is", "1" },
		{ DAY_TYPE, "Is it somebody's account", "n" },
		{ .how = DAY_END },
	};

	vt_send(vt, "a");
	vt_expect(vt, "What it is");
	day_fill(vt, about);
	day_expect_focus(vt, "Note");
}

static void
save_note(void)
{
	vt_keys(vt, "C-s");
	vt_expect_gone(vt, "What it is");
	vt_expect(vt, "note is saved");
}

/* --- a full disk ----------------------------------------------------------------- */
static void
fill_up(void)
{
	static const char block[4096];
	int fd;

	(void)snprintf(filler, sizeof(filler), "%s/filler", room);
	fd = open(filler, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	while (write(fd, block, sizeof(block)) > 0)
		;
	while (write(fd, block, 1) > 0)
		;
	assert_int_equal(errno, ENOSPC);
	(void)close(fd);
}

/* What is left inside the vault's own files, which were larger before. */
static void
use_up(void)
{
	static const size_t sizes[] = { 65536, 4096, 1 };
	static char bytes[65536];
	struct err err;

	for (size_t i = 0; i < 3;) {
		struct draft d = { .uid = uid_new(), .screen = "note" };

		if (draft_save(other, &d, bytes, sizes[i], &err) == -1 &&
		    err.kind == ERR_FULL)
			i++;
	}
}

/* Type where there is no room for it. */
static void
type_with_no_room(const char *words)
{
	struct err err;

	other = vault_kit_sign_in(&day.kit, "sunila", &err);
	assert_non_null(other);
	fill_up();
	use_up();
	vt_send(vt, words);
	/* Less than the smallest of those may still go in. */
	for (int i = 0; i < 3 && !vt_wait_text(vt, "NOT kept", 6000); i++)
		vt_send(vt, ".");
	vt_expect(vt, "NOT kept");
}

static void
make_room(void)
{
	assert_int_equal(unlink(filler), 0);
	session_end(other, SESSION_SIGNED_OUT);
	other = NULL;
}

static void
harm_14_a_full_disk_loses_no_word(void **state)
{
	(void)state;
	if (!small) {
		print_message("may not mount here: left out\n");
		skip();
	}
	at_a_case();
	begin_note();
	vt_send(vt, "Kept before it was full.");
	day_wait_draft_of(&day, vt, "amina", "Kept before it was full.");
	type_with_no_room(" Typed when it was.");
	vt_keys(vt, "C-s");
	vt_expect(vt, "disk is full");
	vt_expect(vt, "is not kept as a draft yet");
	vt_expect(vt, "NOT kept");
	day_absent(vt, "is kept as a draft");
	vt_expect(vt, "Typed when it was.");
	/* Leaving says the same, and does not leave. */
	vt_keys(vt, "C-c");
	vt_expect(vt, "is not kept as a draft yet");
	day_absent(vt, "is kept as a draft");
	/* Once more, as people do; the word after it is taken once the save is
	 * over, and takes what was said of the first away. */
	vt_keys(vt, "C-s");
	vt_send(vt, " Still.");
	vt_expect(vt, "when it was. Still.");
	make_room();
	save_note();
	day_absent(vt, "NOT kept");
	assert_int_equal(
	    ask_vault("SELECT count(*) FROM note WHERE text LIKE "
		      "'%Kept before it was full. Typed when it was.%'"),
	    1);
	day_leave(vt);
	vt = NULL;
	day_verify(&day);
}

/* The session is killed while nothing can be written: what was kept before is
 * there again, and nobody is told otherwise. */
static void
harm_14_killed_on_a_full_disk(void **state)
{
	(void)state;
	if (!small)
		skip();
	at_a_case();
	begin_note();
	vt_send(vt, "This far it was kept.");
	day_wait_draft_of(&day, vt, "amina", "This far it was kept.");
	type_with_no_room(" And no further.");
	day_kill_session(vt);
	vt_expect(vt, "could not be kept");
	/* The door has none of it to speak of. */
	vt_send(vt, VAULT_KIT_PASSPHRASE "\r");
	vt_expect(vt, "disk is full");
	day_absent(vt, "is kept as a draft");
	make_room();
	day_come_back(vt);
	vt_expect(vt, "You were writing");
	vt_keys(vt, "Enter");
	vt_expect(vt, "This far it was kept.");
	save_note();
	day_leave(vt);
	vt = NULL;
	day_verify(&day);
}

/* Locked while nothing can be kept: the words wait behind the lock, and once
 * there is room the passphrase leads back to them. */
static void
harm_14_locked_on_a_full_disk(void **state)
{
	(void)state;
	if (!small)
		skip();
	at_a_case();
	begin_note();
	vt_send(vt, "Before the lock.");
	day_wait_draft_of(&day, vt, "amina", "Before the lock.");
	type_with_no_room(" At the lock.");
	vt_keys(vt, "C-l");
	vt_expect(vt, "could not be kept as a draft yet");
	day_absent(vt, "At the lock.");
	make_room();
	vt_expect(vt, "What was typed is kept.");
	day_come_back(vt);
	vt_expect(vt, "At the lock.");
	day_absent(vt, "Locked by");
	save_note();
	assert_int_equal(ask_vault("SELECT count(*) FROM note WHERE text LIKE "
				   "'Before the lock. At the lock.%'"),
	    1);
	day_leave(vt);
	vt = NULL;
	day_verify(&day);
}

/* Ended from outside, with a terminal that is still there to say it on. */
static void
harm_14_ended_on_a_full_disk(void **state)
{
	int status = 0;

	(void)state;
	if (!small)
		skip();
	at_a_case();
	begin_note();
	type_with_no_room("Only in memory.");
	assert_int_equal(kill(vt_pid(vt), SIGTERM), 0);
	assert_true(vt_wait_exit(vt, VT_WAIT_MS, &status));
	assert_int_not_equal(status, 0);
	vt_expect(vt, "words typed last are lost");
	day_absent(vt, "Only in memory.");
	make_room();
	vt_close(vt);
	vt = NULL;
	day_verify(&day);
}

/* --- what is no text ---------------------------------------------------------------- */
static void
harm_01_pasted_bytes_do_nothing_but_stand_there(void **state)
{
	(void)state;
	at_a_case();
	begin_note();
	vt_paste(vt, "plain \xff\xc3( \033]0;title\a\033[2J\x9b"
		     "31m \xe2\x80\xae"
		     "turned \b\b\x7f over");
	vt_expect(vt, "plain");
	vt_expect(vt, "over");
	save_note();
	assert_int_equal(
	    leak_strings(vt_stream(vt)->data, vt_stream(vt)->len), 0);
	assert_int_equal(
	    ask_vault("SELECT count(*) FROM note WHERE text LIKE 'plain%'"), 1);
	/* Escape, 8-bit CSI, the turn of direction, delete. */
	assert_int_equal(
	    ask_vault("SELECT count(*) FROM note WHERE instr(text, char(27)) "
		      "OR instr(text, char(155)) OR instr(text, char(8238)) "
		      "OR instr(text, char(127)) OR instr(text, char(8))"),
	    0);
	vt_close(vt);
	vt = NULL;
}

/* --- much text ---------------------------------------------------------------------- */
static char *
much(size_t n)
{
	static const char words[] = "ten letters and more, ";
	char *s = xcalloc(n + 1, 1);

	for (size_t i = 0; i < n; i++)
		s[i] = words[i % (sizeof(words) - 1)];
	return s;
}

static void
ten_thousand_bytes_are_one_note(void **state)
{
	char *text = much(10240);

	(void)state;
	at_a_case();
	begin_note();
	vt_paste(vt, text);
	vt_expect(vt, "letters");
	vt_send(vt, "The end.");
	vt_expect(vt, "The end.");
	save_note();
	assert_int_equal(
	    ask_vault("SELECT count(*) FROM note WHERE text LIKE '%The end.' "
		      "AND length(text) >= 10240"),
	    1);
	vt_close(vt);
	vt = NULL;
	free(text);
}

static void
a_million_bytes_are_refused_and_nothing_else(void **state)
{
	char *text = much(1 << 20);

	(void)state;
	at_a_case();
	begin_note();
	vt_send(vt, "Typed before.");
	vt_paste(vt, text);
	vt_expect(vt, "64");
	vt_expect(vt, "Typed before.");
	vt_send(vt, " Typed after.");
	vt_expect(vt, "Typed before. Typed after.");
	save_note();
	assert_int_equal(ask_vault("SELECT count(*) FROM note WHERE text LIKE "
				   "'%Typed before. Typed after.%'"),
	    1);
	vt_close(vt);
	vt = NULL;
	free(text);
}

/* In pieces that each fit: the limit of the field is said. */
static void
more_than_a_note_holds_is_said(void **state)
{
	char *text = much(40000);

	(void)state;
	at_a_case();
	begin_note();
	vt_paste(vt, text);
	vt_expect(vt, "letters");
	vt_paste(vt, text);
	vt_expect(vt, "65536");
	save_note();
	assert_int_equal(
	    ask_vault("SELECT count(*) FROM note WHERE length(text) > 65536"),
	    0);
	assert_int_equal(
	    ask_vault("SELECT count(*) FROM note WHERE length(text) >= 40000"),
	    1);
	vt_close(vt);
	vt = NULL;
	free(text);
}

/* --- windows and lines ----------------------------------------------------------------- */
static void
a_window_of_nothing_keeps_the_form(void **state)
{
	static const int sizes[][2] = { { 5, 20 }, { 1, 1 }, { 2, 200 },
		{ 200, 2 } };

	(void)state;
	at_a_case();
	begin_note();
	vt_send(vt, "Words in a form.");
	vt_expect(vt, "Words in a form.");
	for (size_t i = 0; i < 4; i++) {
		vt_resize(vt, sizes[i][0], sizes[i][1]);
		if (i == 0)
			vt_expect(vt, "too small");
		day_absent(vt, "Words in a form.");
		vt_resize(vt, 24, 80);
		vt_expect(vt, "Words in a form.");
	}
	vt_resize(vt, 10, 40);
	vt_expect(vt, "Words in a form.");
	vt_send(vt, " Still.");
	vt_expect(vt, "Still.");
	save_note();
	vt_close(vt);
	vt = NULL;
}

/* What nobody sees opens, types, saves nothing; the screen can be hidden. */
static void
a_window_of_nothing_takes_no_key(void **state)
{
	(void)state;
	at_a_case();
	vt_resize(vt, 5, 20);
	vt_expect(vt, "too small");
	vt_send(vt, "a"); /* a note */
	vt_send(vt, "f"); /* a flag */
	vt_keys(vt, "C-s");
	vt_paste(vt, "words");
	assert_true(vt_wait_quiet(vt, 300, VT_WAIT_MS)); /* taken */
	vt_resize(vt, 24, 80);
	vt_expect(vt, "Wants first");
	begin_note();
	vt_send(vt, "Words in a form.");
	vt_expect(vt, "Words in a form.");
	vt_resize(vt, 5, 20);
	vt_expect(vt, "too small");
	vt_send(vt, " Unseen.");
	vt_paste(vt, " Unseen.");
	vt_keys(vt, "C-s");
	vt_keys(vt, "Esc");
	assert_true(vt_wait_quiet(vt, 300, VT_WAIT_MS)); /* taken */
	vt_resize(vt, 24, 80);
	vt_expect(vt, "Words in a form.");
	assert_true(vt_absent(vt, "Unseen."));
	vt_resize(vt, 5, 20);
	vt_expect(vt, "too small");
	vt_keys(vt, "F12");
	assert_true(vt_wait_quiet(vt, 300, VT_WAIT_MS)); /* taken */
	vt_resize(vt, 24, 80);
	vt_expect(vt, "Display idle.");
	vt_keys(vt, "F5");
	vt_expect(vt, "Words in a form.");
	save_note();
	vt_resize(vt, 5, 20);
	vt_expect(vt, "too small");
	vt_keys(vt, "C-l");
	assert_true(vt_wait_quiet(vt, 300, VT_WAIT_MS)); /* taken */
	vt_resize(vt, 24, 80);
	vt_expect(vt, "Locked");
	vt_close(vt);
	vt = NULL;
}

static void
harm_14_a_line_that_drops_keeps_the_form(void **state)
{
	int status;

	(void)state;
	at_a_case();
	begin_note();
	/* At once, before any five seconds are over. */
	vt_send(vt, "The last words on this line.");
	vt_expect(vt, "The last words on this line.");
	vt_hangup(vt);
	assert_true(vt_wait_exit(vt, VT_WAIT_MS, &status));
	vt_close(vt);
	vt = day_start(&day, day_fast(), 24, 80, NULL);
	vt_expect(vt, "Login");
	vt_send(vt, "amina\r" VAULT_KIT_PASSPHRASE "\r");
	vt_expect(vt, "You were writing");
	vt_keys(vt, "Enter");
	vt_expect(vt, "The last words on this line.");
	save_note();
	day_leave(vt);
	vt = NULL;
}

/* --- the door ---------------------------------------------------------------------------- */
/* A vault that does not open says so at the door, in words, and stays shut. */
static void
a_broken_keyring_is_said_at_the_door(void **state)
{
	char path[400], aside[420];
	FILE *f;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/keyring", day.kit.dir);
	(void)snprintf(aside, sizeof(aside), "%s.aside", path);
	assert_int_equal(rename(path, aside), 0);
	f = fopen(path, "w");
	assert_non_null(f);
	(void)fprintf(f, "not a keyring");
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(path, 0600), 0);
	vt = day_start(&day, day_fast(), 24, 80, NULL);
	if (vt_wait_text(vt, "Login", 5000))
		vt_send(vt, "amina\r" VAULT_KIT_PASSPHRASE "\r");
	vt_expect(vt, "keyring is damaged");
	day_absent(vt, "Cases");
	vt_close(vt);
	assert_int_equal(rename(aside, path), 0);
	vt = day_terminal(&day, day_fast(), "amina");
	day_leave(vt);
	vt = NULL;
}

/* --- */
static int
setup(void **state)
{
	struct session *amina;
	struct sample one;
	struct err err;

	(void)state;
	assert_non_null(mkdtemp(room));
	small = mount("none", room, "tmpfs", 0, ROOM) == 0;
	day_open_at(&day, room);
	amina = vault_kit_sign_in(&day.kit, "amina", &err);
	assert_non_null(amina);
	sample_make(&one, "Kamala Lanternfield", "+00 000 5550177");
	OK(intake_save(amina, &one.in, code, &err));
	session_end(amina, SESSION_SIGNED_OUT);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	vt_close(vt);
	session_end(other, SESSION_SIGNED_OUT);
	day_close(&day);
	if (small)
		(void)umount(room);
	(void)rmdir(room);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_14_a_full_disk_loses_no_word),
		cmocka_unit_test(harm_14_killed_on_a_full_disk),
		cmocka_unit_test(harm_14_locked_on_a_full_disk),
		cmocka_unit_test(harm_14_ended_on_a_full_disk),
		cmocka_unit_test(
		    harm_01_pasted_bytes_do_nothing_but_stand_there),
		cmocka_unit_test(ten_thousand_bytes_are_one_note),
		cmocka_unit_test(a_million_bytes_are_refused_and_nothing_else),
		cmocka_unit_test(more_than_a_note_holds_is_said),
		cmocka_unit_test(a_window_of_nothing_keeps_the_form),
		cmocka_unit_test(a_window_of_nothing_takes_no_key),
		cmocka_unit_test(harm_14_a_line_that_drops_keeps_the_form),
		cmocka_unit_test(a_broken_keyring_is_said_at_the_door),
	};

	day_clock();
	/* A mount of our own is seen by nobody else and gone with us. */
	if (unshare(CLONE_NEWNS) == 0 &&
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == -1)
		(void)fprintf(stderr, "mounts stay shared\n");
	return cmocka_run_group_tests(tests, setup, teardown);
}
