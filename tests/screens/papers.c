/* SPDX-License-Identifier: ISC */
/*
 * Documents in the real program: pasted, from a path, what is not kept, read,
 * put right, removed, and out through the gate alone.  One story.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "rules/consent.h"

#include "../lib/month_kit.h"

#define TITLE "Contract of the farm"
#define WORDS "Twelve hours a day, no rest."

static const struct day_answer pasted[] = {
	{ DAY_TYPE, "What it is", "3" },
	{ DAY_TYPE, "Title", TITLE },
	{ DAY_KEYS, "Date on it", "Tab" },
	{ DAY_TYPE, "Where from", "1" },
	{ DAY_PASTE, "Its words", WORDS "\nSigned by nobody." },
	{ .how = DAY_END },
};

static const char *
path_of(struct month *m, const char *name, char *path, size_t size)
{
	(void)snprintf(path, size, "%s/%s", m->day.kit.root, name);
	return path;
}

static void
file_of(
    struct month *m, const char *name, const char *bytes, size_t n, off_t size)
{
	struct err err = { .kind = ERR_NONE };
	char path[320];
	int fd = open(path_of(m, name, path, sizeof(path)),
	    O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	OK(file_write_all(fd, bytes, n, &err));
	if (size > 0)
		assert_int_equal(ftruncate(fd, size), 0);
	assert_int_equal(close(fd), 0);
}

/* From the case to the list of documents, with a reason. */
static void
open_list(struct vt *vt)
{
	vt_send(vt, "d");
	day_answer_line(vt, "The documents of this person", "for the lawyer");
	vt_expect(vt, "Hides itself");
}

/* Again, for its time may be over. */
static void
open_anew(struct vt *vt)
{
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	open_list(vt);
}

static void
pastes_words(void **state)
{
	struct month *m = *state;
	struct vt *vt;

	month_sit_down(m, 0, m->code);
	vt = m->amina;
	open_list(vt);
	vt_expect(vt, "No document is kept");
	vt_send(vt, "a");
	vt_expect(vt, "Keep only what is needed");
	day_fill(vt, pasted);
	month_keeps(m, vt, "amina", "Its words", TITLE);
	vt_keys(vt, "C-s");
	vt_expect(vt, "The document is kept");
	assert_int_equal(
	    KEPT_APART(m, m->uid, "document WHERE kind = 'contract'"), 1);
	assert_int_equal(
	    KEPT_APART(m, m->uid, "audit WHERE action = 'document.add'"), 1);
}

static void
from_path(struct vt *vt, const char *path)
{
	const struct day_answer form[] = {
		{ DAY_TYPE, "What it is", "2" },
		{ DAY_TYPE, "Title", "A photograph" },
		{ DAY_KEYS, "Date on it", "Tab" },
		{ DAY_TYPE, "Where from", "2" },
		{ DAY_TYPE, "Path", path },
		{ .how = DAY_END },
	};

	vt_send(vt, "a");
	vt_expect(vt, "Keep only what is needed");
	day_fill(vt, form);
}

/* Another path instead of the one that stands there. */
static void
other_path(struct vt *vt, const char *path)
{
	day_expect_focus(vt, "/");
	vt_keys(vt, "C-u");
	vt_send(vt, path);
}

static void
keeps_what_it_can(void **state)
{
	static const char png[] = "\x89PNG\r\n\x1a\n....";
	struct month *m = *state;
	struct vt *vt = m->amina;
	char path[320];

	file_of(m, "program",
	    "\x7f"
	    "ELF\x02\x01\x01",
	    7, 0);
	file_of(m, "film", "words", 5, 21 * 1024 * 1024);
	file_of(m, "picture", png, sizeof(png) - 1, 0);
	from_path(vt, path_of(m, "program", path, sizeof(path)));
	month_refused(vt, "This is none of what is kept here", "program");
	month_keeps(m, vt, "amina", "Path", "program");
	other_path(vt, path_of(m, "film", path, sizeof(path)));
	month_refused(vt, "20480 kB", "film");
	other_path(vt, path_of(m, "nowhere", path, sizeof(path)));
	month_refused(vt, "There is no file", "nowhere");
	assert_int_equal(KEPT_APART(m, m->uid, "document WHERE 1"), 1);
	other_path(vt, path_of(m, "picture", path, sizeof(path)));
	vt_keys(vt, "C-s");
	vt_expect(vt, "The document is kept");
	assert_int_equal(KEPT_APART(m, m->uid, "document WHERE 1"), 2);
}

static void
reads_words_alone(void **state)
{
	struct month *m = *state;
	struct vt *vt = m->amina;

	/* What was saved just now is in the list that is still open. */
	vt_expect(vt, "A photograph");
	open_anew(vt);
	vt_keys(vt, "Home Enter");
	vt_expect(vt, "a terminal shows");
	vt_keys(vt, "Down Enter");
	vt_expect(vt, WORDS);
	vt_expect(vt, "Signed by nobody.");
	vt_keys(vt, "Esc");
	vt_expect(vt, TITLE);
	vt_expect_gone(vt, WORDS);
	vt_send(vt, "x");
	vt_expect(vt, "Hidden.");
	vt_expect_gone(vt, TITLE);
	/* Nothing of it stands in the other vault, or on the case. */
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	vt_expect_gone(vt, TITLE);
}

/* Whose hands a document leaves for, asked of the gate. */
static struct uid
agree(struct month *m)
{
	struct err err = { .kind = ERR_NONE };
	struct session *s = vault_kit_sign_in(&m->day.kit, "amina", &err);
	struct consent c = release_of(m->uid);

	assert_non_null(s);
	c.given_at = m->day.now - CLOCK_HOUR;
	c.scope = data_scope_bit(DATA_DOCUMENTS);
	OK(consent_add(s, &c, &err));
	session_end(s, SESSION_SIGNED_OUT);
	return c.uid;
}

static void
take_back(struct month *m, struct uid consent)
{
	struct err err = { .kind = ERR_NONE };
	struct session *s = vault_kit_sign_in(&m->day.kit, "amina", &err);
	struct disclosures told;
	struct arena arena;

	assert_non_null(s);
	arena_init(&arena);
	OK(consent_withdraw(s, m->uid, consent, uid_new(), "by telephone",
	    &arena, &told, &err));
	assert_int_equal(told.n, 1);
	arena_done(&arena);
	session_end(s, SESSION_SIGNED_OUT);
}

static void
hand_out(struct vt *vt, const char *path)
{
	vt_send(vt, "E");
	vt_expect(vt, "To whom does it go?");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Where to?");
	vt_send(vt, path);
	vt_keys(vt, "Enter");
	vt_expect_gone(vt, "Where to?");
}

static void
harm_03_leaves_through_the_gate_alone(void **state)
{
	struct month *m = *state;
	struct vt *vt = m->amina;
	struct uid consent;
	char path[320];

	open_list(vt);
	vt_keys(vt, "End");
	vt_send(vt, "E");
	vt_expect(vt, "The person agreed to no recipient");
	consent = agree(m);
	open_anew(vt);
	vt_keys(vt, "End");
	hand_out(vt, path_of(m, "picture", path, sizeof(path)));
	vt_expect(vt, "There is a file with this path already");
	hand_out(vt, path_of(m, "out", path, sizeof(path)));
	vt_expect(vt, "Handed out and recorded");
	assert_int_equal(access(path, R_OK), 0);
	assert_int_equal(KEPT(m, m->uid, "disclosure WHERE 1"), 1);
	take_back(m, consent);
	open_anew(vt);
	vt_keys(vt, "End");
	vt_send(vt, "E");
	vt_expect(vt, "The person agreed to no recipient");
	assert_int_equal(KEPT(m, m->uid, "disclosure WHERE 1"), 1);
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	vt_send(vt, "K");
	vt_expect(vt, "Papers");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
}

static const struct day_answer better[] = {
	{ DAY_TYPE, "What it is", "3" },
	{ DAY_TYPE, "Title", "The whole contract" },
	{ DAY_KEYS, "Date on it", "Tab" },
	{ DAY_TYPE, "Where from", "1" },
	{ DAY_PASTE, "Its words", "Both pages." },
	{ .how = DAY_END },
};

/* Torn off in the middle: taken up again, it still puts the old one right. */
static void
harm_13_what_it_puts_right_is_not_forgotten(void **state)
{
	struct month *m = *state;
	struct vt *vt = m->amina;

	open_list(vt);
	vt_keys(vt, "End");
	vt_send(vt, "+");
	vt_expect(vt, "Keep only what is needed");
	day_fill(vt, better);
	day_wait_draft_of(&m->day, vt, "amina", "Both pages.");
	day_kill_session(vt);
	day_come_back(vt);
	vt_expect(vt, "You were writing");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Both pages.");
	vt_keys(vt, "C-s");
	vt_expect(vt, "The document is kept");
	assert_int_equal(
	    KEPT_APART(m, m->uid, "document WHERE corrects IS NOT NULL"), 1);
}

static void
takes_one_away(void **state)
{
	struct month *m = *state;
	struct vt *vt;

	month_sit_down(m, 0, m->code);
	vt = m->amina;
	open_list(vt);
	vt_keys(vt, "End");
	vt_send(vt, "d");
	day_answer_line(vt, "Remove this document", "was another person's");
	vt_expect(vt, "Removed; who and why stay");
	vt_expect(vt, "(removed)");
	vt_keys(vt, "Enter");
	vt_expect(vt, "was another person's");
	assert_int_equal(
	    KEPT_APART(m, m->uid, "audit WHERE action = 'document.remove'"), 1);
	day_verify(&m->day);
}

/* --- a small window ------------------------------------------------------------- */

static void
fits_a_small_window(void **state)
{
	struct month *m = *state;
	struct vt *vt = day_start(&m->day, day_fast(), 10, 40, NULL);

	day_sign_in(vt, "amina");
	day_jump(vt, m->code);
	open_list(vt);
	vt_expect(vt, TITLE);
	vt_keys(vt, "Down Enter");
	vt_expect(vt, WORDS);
	vt_keys(vt, "Esc");
	vt_expect(vt, TITLE);
	vt_send(vt, "a");
	vt_expect(vt, "Keep only what is needed");
	vt_keys(vt, "Tab");
	vt_expect(vt, "What it is");
	vt_keys(vt, "Esc Esc");
	day_leave(vt);
}

#define STEPS(X)                                       \
	X(pastes_words)                                \
	X(keeps_what_it_can)                           \
	X(reads_words_alone)                           \
	X(harm_03_leaves_through_the_gate_alone)       \
	X(harm_13_what_it_puts_right_is_not_forgotten) \
	X(takes_one_away)                              \
	X(fits_a_small_window)
#define DEFINE(name) DAY_STEP(name)
STEPS(DEFINE)

#define TOLD(name) DAY_TOLD(name),
int
main(void)
{
	static const struct CMUnitTest tests[] = { STEPS(TOLD) };

	day_clock();
	return cmocka_run_group_tests(tests, month_open, month_close);
}
