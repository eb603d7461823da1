/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

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
