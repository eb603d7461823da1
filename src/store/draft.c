/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "store/draft.h"
#include "store/session_inside.h"
#include "store/tx.h"
#include "vault/crypto.h"

/* A draft is nobody's record yet, so saving one is not an event; nor does it
 * wait for anything but the writers' lock. */
static const struct tx_what quiet = { .perm = PERM_NONE };

/* Sealed under a key that comes from this person's own secret key, so that
 * nobody else who holds the roots can open it, and bound to its place. */
static struct secret *
own_key(const struct session *s)
{
	return kdf_derive(s->keys.box_key, SUBKEY_DRAFT);
}

static void
bound_to(struct buf *aad, const struct session *s, const struct uid *uid,
    const char *screen, const struct uid *case_uid)
{
	buf_init(aad);
	buf_add_str(aad, "amparo-draft-1");
	buf_add(aad, s->user.uid.b, sizeof(s->user.uid.b));
	buf_add(aad, uid->b, sizeof(uid->b));
	buf_add(aad, case_uid->b, sizeof(case_uid->b));
	buf_add_bytes(aad, screen, strlen(screen));
}

static uint8_t *
sealed(const struct session *s, const struct draft *d, const void *p, size_t n)
{
	struct secret *key = own_key(s);
	uint8_t *out = xmalloc(n + SEAL_EXTRA);
	struct buf aad;

	bound_to(&aad, s, &d->uid, d->screen, &d->case_uid);
	seal(key, aad.data, aad.len, p, n, out);
	buf_done(&aad);
	secret_free(key);
	return out;
}

/* --- what could not be dropped yet ------------------------------------------ */

static bool
undropped(const struct session *s, const struct uid *uid)
{
	for (size_t i = 0; i < s->n_undropped; i++)
		if (uid_eq(&s->undropped[i], uid))
			return true;
	return false;
}

static void
remember(struct session *s, const struct uid *uid)
{
	if (undropped(s, uid))
		return;
	if (s->n_undropped == UNDROPPED_MAX)
		memmove(s->undropped, s->undropped + 1,
		    --s->n_undropped * sizeof(*s->undropped));
	s->undropped[s->n_undropped++] = *uid;
}

/* It is one again. */
static void
take_back(struct session *s, const struct uid *uid)
{
	for (size_t i = 0; i < s->n_undropped; i++)
		if (uid_eq(&s->undropped[i], uid))
			s->undropped[i] = s->undropped[--s->n_undropped];
}

static int
drop_in(struct tx *tx, const struct uid *uid)
{
	return tx_exec(tx, "DELETE FROM draft WHERE owner = ?1 AND uid = ?2",
	    VALS(v_uid0(&tx->s->user.uid), v_uid0(uid)));
}

/* All of them, in a transaction that is being written anyway. */
static int
drop_all(struct tx *tx)
{
	for (size_t i = 0; i < tx->s->n_undropped; i++)
		if (drop_in(tx, &tx->s->undropped[i]) == -1)
			return -1;
	return 0;
}

/* --- drafts ------------------------------------------------------------------ */

int
draft_save(struct session *s, const struct draft *d, const void *p, size_t n,
    struct err *err)
{
	uint8_t *box;
	struct tx tx;
	int rc = -1;

	if (n > DRAFT_MAX)
		return err_set(err, ERR_INPUT,
		    _("This form is too long to be kept as a draft (1 MiB at "
		      "most). Save it, or shorten it."));
	box = sealed(s, d, p, n);
	take_back(s, &d->uid);
	if (tx_begin(&tx, s, &quiet, err) == 0 &&
	    tx_exec(&tx,
		"INSERT INTO draft (owner, uid, screen, case_uid, code, "
		"changed_at, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
		"ON CONFLICT (owner, uid) DO UPDATE SET "
		"screen = excluded.screen, case_uid = excluded.case_uid, "
		"code = excluded.code, changed_at = excluded.changed_at, "
		"sealed = excluded.sealed",
		VALS(v_uid0(&s->user.uid), v_uid0(&d->uid), v_str(d->screen),
		    v_uid0(&d->case_uid), v_str(d->code), v_int(tx.now),
		    v_blob(box, n + SEAL_EXTRA))) == 0 &&
	    drop_all(&tx) == 0)
		rc = tx_commit(&tx);
	if (rc == 0)
		s->n_undropped = 0;
	tx_abort(&tx);
	free(box);
	return rc;
}

int
draft_list(
    struct session *s, struct arena *a, struct drafts *out, struct err *err)
{
	struct drafts list = { .n = 0 };
	sqlite3_stmt *st;
	struct draft *d;
	int64_t n = 0;
	int rc;

	if (db_int(&s->cases, "SELECT count(*) FROM draft WHERE owner = ?1",
		VALS(v_uid0(&s->user.uid)), &n, err) == -1)
		return -1;
	list.list = arena_alloc(a, (size_t)n + 1, sizeof(*list.list));
	st = db_query(&s->cases,
	    "SELECT uid, screen, case_uid, code, changed_at FROM draft "
	    "WHERE owner = ?1 ORDER BY changed_at DESC, uid LIMIT ?2",
	    VALS(v_uid0(&s->user.uid), v_int(n)), err);
	if (st == NULL)
		return -1;
	while ((rc = db_row(&s->cases, st, err)) == 1) {
		struct uid uid = col_uid(st, 0);

		if (undropped(s, &uid))
			continue;
		d = &list.list[list.n++];
		d->uid = uid;
		d->screen = col_str(st, 1, a);
		d->case_uid = col_uid(st, 2);
		col_copy(st, 3, d->code, sizeof(d->code));
		d->changed_at = col_int(st, 4);
	}
	if (rc == 0)
		*out = list;
	return rc;
}

static int
unseal(struct session *s, const struct uid *uid, sqlite3_stmt *st,
    struct buf *out, struct err *err)
{
	struct uid case_uid = col_uid(st, 1);
	struct secret *key;
	struct buf aad;
	const void *box;
	uint8_t *plain;
	size_t n;
	int rc;

	box = col_blob(st, 2, &n);
	if (n < SEAL_EXTRA || n > DRAFT_MAX + SEAL_EXTRA)
		return -1;
	key = own_key(s);
	plain = xmalloc(n);
	bound_to(&aad, s, uid, col_text(st, 0), &case_uid);
	rc = seal_open(key, aad.data, aad.len, box, n, plain, err);
	if (rc == 0) {
		buf_clear(out);
		buf_add(out, plain, n - SEAL_EXTRA);
	}
	wipe(plain, n);
	free(plain);
	buf_done(&aad);
	secret_free(key);
	return rc;
}

int
draft_load(struct session *s, struct uid uid, struct buf *out, struct err *err)
{
	sqlite3_stmt *st = db_query(&s->cases,
	    "SELECT screen, case_uid, sealed FROM draft "
	    "WHERE owner = ?1 AND uid = ?2",
	    VALS(v_uid0(&s->user.uid), v_uid0(&uid)), err);
	int rc;

	if (st == NULL)
		return -1;
	rc = db_row(&s->cases, st, err);
	if (rc == 0)
		return err_set(
		    err, ERR_NOT_FOUND, _("This draft is not there any more."));
	if (rc == -1)
		return -1;
	rc = unseal(s, &uid, st, out, err);
	stmt_done(st);
	if (rc == 0)
		return 0;
	return err_set(err, ERR_DAMAGED,
	    _("This draft does not open with your key: it was made before your "
	      "passphrase was reset, or it is damaged."));
}

int
draft_settle(struct session *s, struct err *err)
{
	struct tx tx;
	int rc = -1;

	if (s->n_undropped == 0)
		return 0;
	if (tx_begin(&tx, s, &quiet, err) == 0 && drop_all(&tx) == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	if (rc == 0)
		s->n_undropped = 0;
	return rc;
}

int
draft_drop(struct session *s, struct uid uid, struct err *err)
{
	remember(s, &uid);
	return draft_settle(s, err);
}
