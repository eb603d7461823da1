/* SPDX-License-Identifier: ISC */
/* The recovery key lets an administrator and a supervisor in again. */
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/log.h"
#include "store/audit_write.h"
#include "store/record.h"
#include "store/session_inside.h"
#include "store/tx.h"
#include "store/user_write.h"
#include "store/vaultcare.h"
#include "vault/throttle.h"

struct recovering {
	const struct vault_recover *in;
	struct session *s;
	struct keyring *kr;
	struct unlocked roots; /* both, for as long as it takes */
	struct user admin, supervisor; /* uid null: new here */
	struct recovered *out;
};

int
vault_recovery_check(const char *dir, const struct secret *key, struct err *err)
{
	struct keyring *kr = NULL;
	struct unlocked roots;
	int rc;

	if (keyring_load(dir, &kr, err) == -1)
		return -1;
	rc = keyring_unlock_recovery(kr, key, &roots, err);
	unlocked_done(&roots);
	keyring_free(kr);
	return rc;
}

/* The recovery key is the way on where the keyring is an old one, or the
 * database behind its anchor: from here on both are what they are now. */
static int
go_on(struct recovering *r, struct err *err)
{
	struct session *s = r->s;
	int rc;

	r->out->old_keyring = s->doubt[DB_CASES].why == DOUBT_KEYRING;
	r->out->behind = !r->out->old_keyring;
	log_line("a recovery goes on with %s",
	    r->out->old_keyring ? "an old keyring"
				: "a database behind its anchor");
	s->doubt[DB_CASES].why = DOUBT_NONE;
	s->deciding = true;
	if (session_anchor_again(s, DB_CASES, err) == -1 ||
	    lock_acquire(&s->writers, LOCK_WAIT_MS, err) == -1)
		return -1;
	rc = session_settle(s, err);
	lock_release(&s->writers);
	return rc;
}

/* The databases are opened and compared as in any session. */
static int
open_vault(struct recovering *r, struct err *err)
{
	struct session *s = r->s;
	struct keyring *kr = NULL;
	int rc;

	if (keyring_load(r->in->dir, &kr, err) == -1)
		return -1;
	s->vault_uid = keyring_vault(kr);
	rc = keyring_unlock_recovery(kr, r->in->key, &r->roots, err);
	keyring_free(kr);
	if (rc == -1)
		return -1;
	s->keys.case_root = secret_copy(r->roots.case_root);
	s->examine = true;
	rc = session_open_cases(s, false, err);
	if (rc == -1 && err->kind == ERR_TAMPERED && s->cases.h != NULL &&
	    s->doubt[DB_CASES].why != DOUBT_NONE)
		rc = go_on(r, err);
	return rc;
}

/* --- an old keyring -------------------------------------------------------------- */
/* The newest generation that anything of this vault has seen. */
static int
newest_known(struct recovering *r, uint64_t *known, struct err *err)
{
	const struct secret *roots[] = { r->roots.case_root,
		r->roots.identity_root };
	struct anchor_file f;
	struct err none;
	struct anchor a;

	if (session_known_generation(r->s, known, err) == -1)
		return -1;
	for (int i = 0; i < 2; i++) {
		if (anchor_open(r->s->dirfd, (enum vault_db)i, &r->s->vault_uid,
			roots[i], false, &f, &none) == -1)
			continue;
		if (anchor_read(&f, &a, &none) == 0 && a.generation > *known)
			*known = a.generation;
		anchor_close(&f);
	}
	return 0;
}

/* Is somebody's place in the old keyring no longer theirs: 1, 0, -1.  Each
 * change of a passphrase is a generation, so of those only the newest `since`
 * can be later than the keyring. */
static int
outdated(struct session *s, const struct slot_info *slot, int64_t since,
    struct err *err)
{
	static const char sql[] =
	    "SELECT NOT EXISTS (SELECT 1 FROM colleague WHERE uid = ?1 AND "
	    "disabled = 0 AND deleted_hlc = 0) "
	    "OR EXISTS (SELECT 1 FROM (SELECT pk FROM sign_key WHERE "
	    "user_uid = ?1 ORDER BY from_seq DESC LIMIT 1) WHERE pk <> ?2) "
	    "OR ?1 IN (SELECT actor FROM (SELECT actor FROM audit WHERE "
	    "action = 'user.passphrase' AND outcome = 'done' "
	    "ORDER BY seq DESC LIMIT ?3))";
	int64_t yes = 0;

	if (db_int(&s->cases, sql,
		VALS(v_uid0(&slot->user), v_blob(slot->sign_pk, SIGN_PK_BYTES),
		    v_int(since)),
		&yes, err) == -1)
		return -1;
	return yes != 0;
}

/* The role is the database's to say: 1 it may hold the identity root. */
static int
may_hold(struct session *s, const struct uid *user, struct err *err)
{
	sqlite3_stmt *st =
	    db_query(&s->cases, "SELECT role FROM colleague WHERE uid = ?1",
		VALS(v_uid0(user)), err);
	int rc, role;

	if (st == NULL)
		return -1;
	rc = db_row(&s->cases, st, err);
	if (rc != 1)
		return rc;
	role = role_from_name(col_text(st, 0));
	stmt_done(st);
	return role != -1 && role_may_hold_identity((enum role)role);
}

static int
check_place(struct recovering *r, const struct slot_info *slot, int64_t since,
    struct err *err)
{
	int rc;

	if (slot->type == SLOT_RECOVERY || slot->disabled)
		return 0;
	rc = outdated(r->s, slot, since, err);
	if (rc == 1) {
		r->out->shut_out++;
		return keyring_disable(r->kr, &slot->user, err);
	}
	if (rc == -1 || !slot->identity)
		return rc;
	rc = may_hold(r->s, &slot->user, err);
	return rc == 0	 ? keyring_revoke_identity(r->kr, &slot->user, err)
	       : rc == 1 ? 0
			 : -1;
}

static int
renew_old_keyring(struct recovering *r, struct err *err)
{
	uint64_t known, gen = keyring_generation(r->kr);
	struct slot_info slot;
	int64_t since;

	if (newest_known(r, &known, err) == -1)
		return -1;
	if (gen >= known && !r->out->old_keyring)
		return 0;
	r->out->old_keyring = true;
	/* The same number and not the same file: one of two that are. */
	since =
	    known > gen && known - gen < INT64_MAX ? (int64_t)(known - gen) : 1;
	for (size_t i = 0; i < keyring_count(r->kr); i++) {
		keyring_slot(r->kr, i, &slot);
		if (check_place(r, &slot, since, err) == -1)
			return -1;
	}
	keyring_pass(r->kr, known);
	return 0;
}

/* --- two people ------------------------------------------------------------------- */

/* Somebody who was here comes back as who they were; a login of another role
 * is somebody else. */
static int
who_is(struct recovering *r, const char *login, enum role role, struct user *u,
    struct err *err)
{
	int rc = user_find(&r->s->cases, login, u, &r->s->arena, err);

	if (rc == -1 || (rc == 1 && u->role == role))
		return rc == -1 ? -1 : 0;
	if (rc == 1)
		return err_set(err, ERR_CONFLICT,
		    _("\"%s\" is here as %s. Give another login for the %s."),
		    login, role_name(u->role), role_name(role));
	*u = (struct user){ .uid = { { 0 } } };
	return 0;
}

static int
fill_keyring(struct recovering *r, char code[ENROL_CODE_SIZE], struct err *err)
{
	const struct vault_recover *in = r->in;
	struct slot_info slot;
	struct uid admin = r->admin.uid, boss = r->supervisor.uid;
	int64_t expires;

	r->out->alone = keyring_count(r->kr) == 1;
	if (uid_null(&admin))
		admin = uid_new();
	if (uid_null(&boss))
		boss = uid_new();
	if (keyring_find(r->kr, &admin, &slot, NULL) == 0 &&
	    keyring_remove(r->kr, &admin, err) == -1)
		return -1;
	if (keyring_find(r->kr, &boss, &slot, NULL) == 0 &&
	    keyring_remove(r->kr, &boss, err) == -1)
		return -1;
	if (keyring_add(r->kr, &r->roots, in->admin_login, &admin, false,
		in->admin_passphrase, err) == -1 ||
	    keyring_enrol(r->kr, &r->roots, in->supervisor_login, &boss, true,
		clock_now(), code, &expires, err) == -1)
		return -1;
	r->s->user.uid = admin;
	r->s->keys.user = admin;
	if (uid_null(&r->supervisor.uid))
		r->supervisor.uid = boss;
	return keyring_renew_recovery(r->kr, &r->roots, in->new_key, err);
}

/* A new row, or the old one enabled again. */
static int
put_row(struct tx *tx, const struct user *was, const struct uid *uid,
    const char *login, const char *name, enum role role, const char *branch)
{
	if (was->login[0] == '\0')
		return user_insert(tx, uid, login, name, role, branch);
	return was->disabled ? record_set(tx, REC_USER, NULL, uid,
				   COLS({ "disabled", v_int(0) }))
			     : 0;
}

/* Before anybody is there to ask for a right, as when a vault is made; what
 * was done is in the event that follows. */
static int
put_rows(struct recovering *r, struct err *err)
{
	const struct vault_recover *in = r->in;
	struct session *s = r->s;
	struct tx tx = { .s = s, .db = &s->cases, .err = err };
	uint8_t head[HASH_BYTES];
	uint64_t seq, last;
	int rc = -1;

	tx.now = clock_now();
	if (audit_head(tx.db, &seq, head, &last, err) == -1 ||
	    lock_acquire(&s->writers, LOCK_WAIT_MS, err) == -1)
		return -1;
	tx.hlc = hlc_next(last, tx.now);
	buf_init(&tx.fields);
	if (db_exec(tx.db, "BEGIN IMMEDIATE", NO_VALS, NULL, err) == 0) {
		if (put_row(&tx, &r->admin, &s->user.uid, in->admin_login,
			in->admin_name, ROLE_ADMINISTRATOR, in->branch) == 0 &&
		    put_row(&tx, &r->supervisor, &r->supervisor.uid,
			in->supervisor_login, in->supervisor_name,
			ROLE_SUPERVISOR, in->branch) == 0)
			rc = db_exec(tx.db, "COMMIT", NO_VALS, NULL, err);
		if (rc == -1)
			(void)!db_exec(tx.db, "ROLLBACK", NO_VALS, NULL, NULL);
	}
	buf_done(&tx.fields);
	lock_release(&s->writers);
	return rc;
}

/* The alarm, where everybody who looks at the record sees it. */
static int
say_what_was_found(struct recovering *r, struct buf *b, struct err *err)
{
	const char *why = r->out->old_keyring ? _("with an old keyring")
					      : _("with the recovery key");

	if (!r->out->old_keyring && !r->out->behind)
		return 0;
	return session_doubt_reason(r->s, &r->s->cases, why, b, err);
}

/* From here on the administrator acts, with keys of their own. */
static int
record(struct recovering *r, struct err *err)
{
	const struct vault_recover *in = r->in;
	const char *logins[] = { in->admin_login, in->supervisor_login };
	struct throttle_key key;
	struct buf reason;
	int rc;

	unlocked_done(&r->s->keys);
	if (keyring_unlock(r->kr, in->admin_login, in->admin_passphrase,
		clock_now(), &r->s->keys, err) == -1)
		return -1;
	buf_init(&reason);
	rc = say_what_was_found(r, &reason, err);
	if (rc == 0)
		rc = session_record_start(r->s,
		    &(const struct tx_what){ .perm = PERM_NONE,
			.action = "vault.recover",
			.reason = reason.data },
		    r->kr, err);
	buf_done(&reason);
	r->s->deciding = false;
	if (rc == -1)
		return -1;
	for (size_t i = 0; i < 2; i++) {
		throttle_key(&key, &r->s->vault_uid, logins[i], "");
		if (throttle_reset(r->s->dirfd, &key, err) == -1)
			return -1;
	}
	return 0;
}

static int
recover(struct recovering *r, char code[ENROL_CODE_SIZE], struct err *err)
{
	const struct vault_recover *in = r->in;
	int rc = -1;

	if (user_check_new(
		r->s, in->admin_login, in->admin_name, in->branch, err) == -1 ||
	    user_check_new(r->s, in->supervisor_login, in->supervisor_name,
		in->branch, err) == -1 ||
	    open_vault(r, err) == -1 ||
	    who_is(r, in->admin_login, ROLE_ADMINISTRATOR, &r->admin, err) ==
		-1 ||
	    who_is(r, in->supervisor_login, ROLE_SUPERVISOR, &r->supervisor,
		err) == -1 ||
	    session_keyring_begin(r->s, &r->kr, err) == -1)
		return -1;
	/* The rows first: people without a place in the keyring are in
	 * nobody's way, should it end in between. */
	if (renew_old_keyring(r, err) == 0 && fill_keyring(r, code, err) == 0 &&
	    put_rows(r, err) == 0 &&
	    keyring_save(r->kr, r->roots.case_root, err) == 0) {
		r->out->renewed = true;
		rc = record(r, err);
	}
	session_keyring_end(r->s, r->kr);
	return rc;
}

int
vault_recover(const struct vault_recover *in, char code[ENROL_CODE_SIZE],
    struct recovered *out, struct err *err)
{
	struct recovering r = { .in = in, .out = out };
	int rc = -1;

	*out = (struct recovered){ .renewed = false };

	r.s = session_new(in->dir, in->society, "recover", err);
	if (r.s != NULL)
		rc = recover(&r, code, err);
	unlocked_done(&r.roots);
	if (rc == 0) {
		session_end(r.s, SESSION_SIGNED_OUT);
		return 0;
	}
	session_drop(r.s);
	wipe(code, ENROL_CODE_SIZE);
	return -1;
}
