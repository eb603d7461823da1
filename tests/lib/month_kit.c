/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "store/session_inside.h"

#include "month_kit.h"

/* What a second program finds in the store: a number, about a case. */
int64_t
month_found(struct month *m, bool identity, const char *sql, struct uid uid)
{
	struct err err = { .kind = ERR_NONE };
	struct session *s = vault_kit_sign_in(&m->day.kit, "amina", &err);
	struct db *db;
	int64_t n = 0;

	if (s == NULL)
		fail_msg("%s", err.text);
	db = &s->cases;
	if (identity)
		OK(session_identity(s, &db, &err));
	if (db_int(db, sql, VALS(v_uid(&uid)), &n, &err) == -1)
		fail_msg("%s: %s", sql, err.text);
	session_end(s, SESSION_SIGNED_OUT);
	return n;
}

/* The next time amina sits down, with a case open. */
void
month_sit_down(struct month *m, int days, const char *code)
{
	if (m->amina != NULL)
		day_leave(m->amina);
	m->amina = NULL;
	day_later(&m->day, 24 * days);
	m->amina = day_terminal(&m->day, day_fast(), "amina");
	day_jump(m->amina, code);
}

/* A form is filled in and saved; what shows then is given. */
void
month_save(struct vt *vt, const struct day_answer *answers, const char *then)
{
	day_fill(vt, answers);
	vt_keys(vt, "C-s");
	vt_expect(vt, then);
}

/* --- beginning and end ------------------------------------------------------------ */

static void
meet(struct month *m, struct session *s, const char *name, bool child)
{
	struct err err = { .kind = ERR_NONE };
	struct sample one;

	sample_make(&one, name, "+00 000 5550199");
	one.in.may_be_child = child ? "yes" : "no";
	if (child) {
		one.in.age_band = "12-14";
		one.person.birth = (struct fdate){ 2013, 0, 0, DATE_YEAR };
		one.consent.given_by = "best_interests";
		one.consent.given_by_why = "the guardian may be part of it";
	}
	OK(intake_save(s, &one.in, child ? m->child_code : m->code, &err));
	*(child ? &m->child : &m->uid) = one.in.case_uid;
}

int
month_open(void **state)
{
	struct month *m = xcalloc(1, sizeof(*m));
	struct err err = { .kind = ERR_NONE };
	struct session *s;

	day_open(&m->day);
	*state = m;
	s = vault_kit_sign_in(&m->day.kit, "amina", &err);
	assert_non_null(s);
	meet(m, s, MONTH_NAME, false);
	meet(m, s, MONTH_CHILD, true);
	session_end(s, SESSION_SIGNED_OUT);
	return 0;
}

int
month_close(void **state)
{
	struct month *m = *state;

	vt_close(m->amina);
	day_close(&m->day);
	free(m);
	return 0;
}

/* --- forms that are not saved -------------------------------------------------- */

void
month_refused(struct vt *vt, const char *why, const char *words)
{
	vt_keys(vt, "C-s");
	vt_expect(vt, why);
	vt_expect(vt, words);
}

void
month_keeps(struct month *m, struct vt *vt, const char *login, const char *form,
    const char *words)
{
	/* Esc asks, and staying changes nothing. */
	vt_keys(vt, "Esc");
	vt_expect(vt, "Not saved yet");
	vt_keys(vt, "Esc");
	vt_expect_gone(vt, "Not saved yet");
	vt_expect(vt, words);
	vt_keys(vt, "Esc");
	vt_expect(vt, "Keep as a draft");
	vt_keys(vt, "Enter");
	vt_expect_gone(vt, form);
	day_wait_draft_of(&m->day, vt, login, words);
	vt_send(vt, "D");
	vt_expect(vt, "You were writing");
	vt_keys(vt, "Enter");
	vt_expect(vt, form);
	vt_expect(vt, words);
	vt_keys(vt, "C-c");
	vt_expect(vt, "kept as a draft (D)");
	vt_send(vt, "D");
	vt_expect(vt, "You were writing");
	vt_keys(vt, "Enter");
	vt_expect(vt, words);
}
