/* SPDX-License-Identifier: ISC */
/* The day, with others: saving at once, changing places, the next morning. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "store/case.h"
#include "store/queue.h"

#include "day_story.h"

/* The code in the cursor's row. */
static void
go_to(struct vt *vt, const char *code)
{
	int row, col;

	vt_expect(vt, code);
	vt_keys(vt, "Home");
	for (int i = 0; i < 24; i++) {
		(void)vt_wait_quiet(vt, 50, VT_WAIT_MS);
		vt_cursor(vt, &row, &col);
		if (strstr(vt_row(vt, row), code) != NULL)
			return;
		vt_keys(vt, "Down");
	}
	fail_msg(
	    "the cursor does not come to %s:\n%s", code, vt_screen_text(vt));
}

/* Somebody else's case, with a reason. */
static void
look_at(struct vt *vt, const char *code)
{
	day_answer_line(vt, "Open a case", NULL);
	vt_send(vt, code);
	vt_keys(vt, "Enter");
	day_answer_line(vt, "why do you open it?", "to hand it over");
	vt_expect(vt, "Contact");
}

/* The supervisor gives a case to somebody else: it leaves one list and comes
 * into the other, by itself, and nobody's cursor moves to another case. */
void
sees_a_colleagues_save_without_losing_the_place(void **state)
{
	struct story *s = *state;

	vt_expect(s->amina, "Mine 6");
	go_to(s->amina, s->tamil);
	s->ruwan = day_terminal(&s->day, day_fast(), "ruwan");
	vt_expect(s->ruwan, "Mine 0");
	s->sunila = day_terminal(&s->day, day_fast(), "sunila");
	look_at(s->sunila, s->latin);
	vt_send(s->sunila, "A");
	vt_expect(s->sunila, "Who works on this case");
	vt_send(s->sunila, "ruwan");
	vt_keys(s->sunila, "Enter C-s");
	vt_expect(s->sunila, "Saved.");
	vt_expect(s->amina, "Mine 5");
	vt_expect_gone(s->amina, s->latin);
	day_expect_focus(s->amina, s->tamil);
	vt_expect(s->ruwan, "Mine 1");
	vt_expect(s->ruwan, s->latin);
}

static void
change_wants(struct vt *vt, const char *words)
{
	vt_send(vt, "e");
	day_expect_focus(vt, "What the person wants");
	vt_keys(vt, "C-u");
	vt_send(vt, words);
	vt_expect(vt, words);
}

/* What each of two people typed is on the screen of who saves second; what
 * only one of them changed stays as that one left it. */
void
two_people_change_one_field(void **state)
{
	struct story *s = *state;
	struct err err = { .kind = ERR_NONE };
	struct session *reader;
	struct case_file file;
	struct arena arena;
	struct uid uid;

	day_jump(s->amina, s->arabic);
	look_at(s->sunila, s->arabic);
	change_wants(s->amina, "أمي أولا");
	change_wants(s->sunila, "A lawyer for her mother");
	vt_keys(s->sunila, "Tab Tab Tab");
	day_expect_focus(s->sunila, "Sex");
	vt_send(s->sunila, "2");
	vt_keys(s->sunila, "C-s");
	vt_expect(s->sunila, "Saved.");
	vt_keys(s->amina, "C-s");
	vt_expect(s->amina, "Changed by sunila");
	vt_expect(s->amina, "A lawyer for her mother");
	vt_expect(s->amina, "أمي أولا");
	vt_send(s->amina, "m");
	vt_keys(s->amina, "C-s");
	vt_expect(s->amina, "Wants first  أمي أولا");
	reader = vault_kit_sign_in(&s->day.kit, "amina", &err);
	assert_non_null(reader);
	arena_init(&arena);
	if (queue_jump(reader, s->arabic, &uid, &err) == -1 ||
	    case_open(reader, uid, "", &arena, &file, &err) == -1)
		fail_msg("%s", err.text);
	assert_string_equal(file.wants, "أمي أولا");
	assert_string_equal(file.sex, s->day.kit.society->sexes.list[1].id);
	arena_done(&arena);
	session_end(reader, SESSION_SIGNED_OUT);
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Mine 5");
	day_leave(s->sunila);
	day_leave(s->ruwan);
	s->sunila = s->ruwan = NULL;
}

/* A note is half written when somebody else needs the terminal: the note waits
 * for who wrote it, and nobody else sees a word of it. */
void
harm_01_locks_and_another_takes_the_terminal(void **state)
{
	struct story *s = *state;
	static const char words[] = "සිංහල: the uncle waits outside";

	day_jump(s->amina, s->tamil);
	vt_send(s->amina, "a");
	vt_expect(s->amina, "What it is");
	vt_send(s->amina, "1");
	vt_keys(s->amina, "Tab");
	vt_send(s->amina, "n");
	vt_keys(s->amina, "Tab");
	vt_send(s->amina, words);
	vt_expect(s->amina, words);
	vt_keys(s->amina, "C-l");
	vt_expect(s->amina, "Locked by amina");
	vt_expect_gone(s->amina, "uncle");
	vt_expect_gone(s->amina, s->tamil);
	vt_keys(s->amina, "Tab");
	day_sign_in(s->amina, "ruwan");
	vt_expect(s->amina, "Mine 1");
	vt_send(s->amina, "D");
	vt_expect(s->amina, "Nothing is waiting");
	day_absent(s->amina, "uncle");
	vt_keys(s->amina, "F9");
	vt_expect(s->amina, "Somebody else can sign in");
	vt_send(s->amina, "amina");
	vt_keys(s->amina, "Enter");
	day_come_back(s->amina);
	vt_expect(s->amina, "You were writing");
	vt_expect(s->amina, s->tamil);
	vt_keys(s->amina, "Enter");
	vt_expect(s->amina, words);
	vt_keys(s->amina, "C-s");
	vt_expect(s->amina, "The note is saved.");
	assert_int_equal(day_drafts(&s->day, "amina"), 0);
	day_leave(s->amina);
	s->amina = NULL;
}

struct in_row {
	const char *code, *words;
};

static bool
row_has(struct vt *vt, void *arg)
{
	const struct in_row *want = arg;

	for (int row = 0; row < 24; row++)
		if (strstr(vt_row(vt, row), want->code) != NULL &&
		    strstr(vt_row(vt, row), want->words) != NULL)
			return true;
	return false;
}

/* A code's row has these words. */
static void
expect_row(struct vt *vt, const char *code, const char *words)
{
	struct in_row want = { code, words };

	if (!vt_wait_for(vt, row_has, &want, VT_WAIT_MS))
		fail_msg(
		    "%s is not \"%s\":\n%s", code, words, vt_screen_text(vt));
}

static void
a_supervisors_morning(struct story *s)
{
	s->sunila = day_terminal(&s->day, day_fast(), "sunila");
	/* No case is hers, so that she sees her branch's first. */
	vt_expect(s->sunila, "▌Branch 7");
	expect_row(s->sunila, s->remote, "ruwan");
	expect_row(s->sunila, s->halved, "amina");
	vt_keys(s->sunila, "S-Tab S-Tab");
	vt_expect(s->sunila, "▌Due this week 0");
	vt_expect(s->sunila, "Nothing is due in the next seven days.");
	vt_keys(s->sunila, "S-Tab");
	vt_expect(s->sunila, "▌Overdue 7");
	expect_row(s->sunila, s->sinhala, "overdue 1");
	expect_row(s->sunila, s->tamil, "amina");
	day_leave(s->sunila);
	s->sunila = NULL;
}

/* Everything is there; what is late and what was promised for today stands
 * where nobody can miss it, and no name does. */
void
the_next_mornings_queue(void **state)
{
	struct story *s = *state;

	s->day.now = DAY_MORNING;
	s->amina = day_terminal(&s->day, day_sanitized(), "amina");
	vt_expect(s->amina, "Your last session: 24 Nov 2026");
	vt_expect(s->amina, "Mine 5");
	day_expect_focus(s->amina, s->sinhala);
	expect_row(s->amina, s->sinhala, "overdue 1");
	expect_row(s->amina, s->tamil, "overdue 1");
	expect_row(s->amina, s->arabic, "overdue 1");
	expect_row(s->amina, s->torn, "overdue 1");
	expect_row(s->amina, s->halved, "overdue 1");
	day_absent(s->amina, s->latin);
	day_absent(s->amina, "Lanternfield");
	/* What was promised for today is on the shift's own screen. */
	vt_send(s->amina, "T");
	vt_expect(s->amina, "Promised");
	expect_row(s->amina, s->tamil, "14:30");
	vt_keys(s->amina, "Esc");
	vt_expect(s->amina, "Mine 5");
	day_jump(s->amina, s->tamil);
	vt_expect(s->amina, day_tamil.wants);
	/* The first assessment is late; the promise stands below it. */
	vt_expect(s->amina, "14:30      Follow-up (promised)");
	vt_expect(s->amina, day_tamil.agreed);
	vt_send(s->amina, "t");
	vt_expect(s->amina, "Note: fact");
	day_absent(s->amina, "uncle");
	vt_send(s->amina, "/fact");
	vt_keys(s->amina, "Enter Enter");
	vt_expect(s->amina, "the uncle waits outside");
	vt_keys(s->amina, "Esc");
	vt_expect_gone(s->amina, "the uncle waits outside");
	vt_keys(s->amina, "Esc Esc");
	vt_expect(s->amina, "Wants first");
	day_leave(s->amina);
	s->amina = NULL;
	a_supervisors_morning(s);
	day_expect_kept(&s->day, "amina", s->tamil, &day_tamil);
	day_verify(&s->day);
}
