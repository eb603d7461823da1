/* SPDX-License-Identifier: ISC */
/* What a session knows of itself while it runs. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "store/agenda_write.h"
#include "store/audit_write.h"
#include "store/case_inside.h"
#include "store/session_inside.h"
#include "vault/passphrase.h"

const struct user *
session_user(const struct session *s)
{
	return &s->user;
}

const struct society *
session_society(const struct session *s)
{
	return s->society;
}

const struct grants *
session_grants(const struct session *s)
{
	return &s->society->grants;
}

void
session_subject(const struct session *s, struct subject *sub)
{
	*sub = (struct subject){
		.user = s->user.uid,
		.role = s->user.role,
		.disabled = s->user.disabled,
		.reauth_fresh = clock_boot() < s->auth_until,
	};
	(void)snprintf(sub->branch, sizeof(sub->branch), "%s", s->user.branch);
}

bool
session_may(const struct session *s, enum permission perm)
{
	struct subject sub;

	/* What can still be given when it is asked for counts as given. */
	session_subject(s, &sub);
	sub.reauth_fresh = sub.reason_given = sub.second_agreed = true;
	return authz(session_grants(s), &sub, perm, NULL) == ALLOW;
}

void
session_last(
    const struct session *s, int64_t *at, int64_t *event, char fingerprint[64])
{
	*at = s->last_at;
	*event = (int64_t)s->start_seq;
	fingerprint_words(s->start_head, fingerprint);
}

/* --- this person's row ---------------------------------------------------------- */
static void
take_row(struct session *s, sqlite3_stmt *st)
{
	struct user *u = &s->user;
	int role = role_from_name(col_text(st, 2));

	u->rev = col_int(st, 0);
	if (u->login[0] == '\0') {
		col_copy(st, 1, u->login, sizeof(u->login));
		u->name = col_str(st, 5, &s->arena);
		u->worker_code = col_str(st, 6, &s->arena);
		u->made_at = col_int(st, 7);
		u->last_sign_in = col_int(st, 8);
	}
	/* A role this program does not know is no role. */
	u->role = role == -1 ? ROLE_STATISTICS : (enum role)role;
	u->disabled = role == -1 || col_bool(st, 4);
	col_copy(st, 3, u->branch, sizeof(u->branch));
	col_copy(st, 9, u->ssh_key, sizeof(u->ssh_key));
	col_copy(st, 10, u->language, sizeof(u->language));
	col_copy(st, 11, u->theme, sizeof(u->theme));
	col_copy(st, 12, u->start, sizeof(u->start));
	u->has_identity = session_holds_identity(s);
}

int
session_refresh(struct session *s, struct err *err)
{
	sqlite3_stmt *st = db_query(&s->cases,
	    "SELECT rev, login, role, branch, disabled, name, worker_code, "
	    "made_at, last_sign_in, ssh_key, language, theme, start FROM "
	    "colleague "
	    "WHERE uid = ?1 AND deleted_hlc = 0",
	    VALS(v_uid0(&s->user.uid)), err);
	int rc;

	if (st == NULL)
		return -1;
	rc = db_row(&s->cases, st, err);
	if (rc == 1) {
		take_row(s, st);
		stmt_done(st);
		return 0;
	}
	if (rc == 0)
		(void)err_set(err, ERR_DENIED,
		    _("You are not among the people of this vault. Ask your "
		      "supervisor for a new one-time code."));
	return -1;
}

int
session_still_here(struct session *s, struct err *err)
{
	struct stat st;

	if (stat(s->vault, &st) == 0 && st.st_dev == s->dev &&
	    st.st_ino == s->ino)
		return 0;
	return err_set(err, ERR_TAMPERED,
	    _("The vault was put aside or restored while you were signed in. "
	      "Sign in again; what you typed last may have to be typed "
	      "again."));
}

bool
session_behind(const struct session *s)
{
	return s->behind;
}

int
session_catch_up(struct session *s, int64_t most_ms, struct err *err)
{
	return s->behind ? agenda_catch_up(s, most_ms, &s->behind, err) : 0;
}

int
session_look(struct session *s, bool *changed, struct err *err)
{
	*changed = false;
	if (s->identity.h != NULL && clock_boot() >= s->identity_until)
		session_identity_close(s);
	if (session_still_here(s, err) == -1 ||
	    db_changed(&s->cases, changed, err) == -1)
		return -1;
	if (!*changed)
		return 0;
	if (session_refresh(s, err) == -1)
		return -1;
	session_see_decision(s);
	if (s->user.disabled)
		return err_set(err, ERR_DENIED,
		    _("You were signed out by somebody who manages people "
		      "here. Ask your supervisor."));
	return 0;
}

bool
session_idle(const struct session *s)
{
	return db_idle(&s->cases) && db_idle(&s->identity);
}

/* --- identity ---------------------------------------------------------------------- */
bool
session_only_looks(const struct session *s)
{
	return s->looks;
}

bool
session_holds_identity(const struct session *s)
{
	return s->keys.identity_root != NULL;
}

bool
session_identity_open(const struct session *s, int *left)
{
	int64_t ms = s->identity_until - clock_boot();

	*left = 0;
	if (s->identity.h == NULL)
		return false;
	*left = ms <= 0 ? 0 : (int)((ms + CLOCK_SECOND - 1) / CLOCK_SECOND);
	return true;
}

static int64_t
closes_at(const struct session *s)
{
	return clock_boot() +
	       s->society->device.identity_close_seconds * CLOCK_SECOND;
}

void
session_set_purpose(
    struct session *s, const struct uid *case_uid, const char *reason)
{
	/* What stands already may be handed in again. */
	if (reason != s->purpose)
		(void)snprintf(s->purpose, sizeof(s->purpose), "%s", reason);
	s->purpose_case = *case_uid;
	s->purpose_until = closes_at(s);
}

int
session_purpose(struct session *s, const struct uid *case_uid,
    const char **reason, struct err *err)
{
	if (*reason != NULL)
		return said(*reason) ? 0 : access_err(NEED_REASON, err);
	if (clock_boot() >= s->purpose_until ||
	    !uid_eq(&s->purpose_case, case_uid))
		return err_set(err, ERR_PURPOSE,
		    _("Say first why you open what says who the person is."));
	*reason = s->purpose;
	return 0;
}

/* --- what was said and shown in this session -------------------------------------- */
void
session_mark_reason(
    struct session *s, enum vault_db db, const struct uid *case_uid)
{
	s->reasons[s->n_reasons++ % REASON_MAX] = (struct reason_for){
		.case_uid = *case_uid,
		.db = db,
		.at = clock_boot(),
	};
}

bool
session_gave_reason(
    const struct session *s, enum vault_db db, const struct uid *case_uid)
{
	int64_t now = clock_boot();

	for (size_t i = 0; i < REASON_MAX; i++)
		if (s->reasons[i].at != 0 && s->reasons[i].db == db &&
		    now - s->reasons[i].at < REASON_FOR &&
		    uid_eq(&s->reasons[i].case_uid, case_uid))
			return true;
	return false;
}

void
session_mark_instructed(
    struct session *s, const struct uid *case_uid, const struct uid *record)
{
	s->instructed[s->n_instructed++ % INSTRUCTED_MAX] =
	    (struct instructed){ .case_uid = *case_uid, .record = *record };
}

bool
session_was_instructed(const struct session *s, const struct uid *case_uid,
    const struct uid *record)
{
	size_t n =
	    s->n_instructed < INSTRUCTED_MAX ? s->n_instructed : INSTRUCTED_MAX;

	for (size_t i = 0; i < n; i++)
		if (uid_eq(&s->instructed[i].case_uid, case_uid) &&
		    uid_eq(&s->instructed[i].record, record))
			return true;
	return false;
}

int
session_fault(struct session *s, struct db *db, struct err *err)
{
#ifdef AMPARO_TEST
	int rc = s->fault;

	s->fault = 0;
	if (rc != 0)
		return db_fail(db, rc, err);
#endif
	(void)s;
	(void)db;
	(void)err;
	return 0;
}
