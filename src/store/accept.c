/* SPDX-License-Identifier: ISC */
/* Somebody decides to go on from a database that is behind its anchor. */
#include <string.h>

#include "base/i18n.h"
#include "base/log.h"
#include "store/audit_write.h"
#include "store/session_inside.h"
#include "store/tx.h"
#include "store/user_write.h"
#include "store/vaultcare.h"

#define WHY_MOST 500

int
session_doubt_reason(struct session *s, struct db *db, const char *why,
    struct buf *b, struct err *err)
{
	uint8_t head[HASH_BYTES];
	const struct doubtful *d = &s->doubt[db->which];
	uint64_t seq, hlc;
	struct anchor a = { .seq = 0 };
	struct err none;

	if (audit_head(db, &seq, head, &hlc, err) == -1)
		return -1;
	/* What was read since is not what was there. */
	if (d->had > 0)
		seq = d->ends;
	if (s->anchor[db->which].fd == -1 ||
	    anchor_read(&s->anchor[db->which], &a, &none) == -1)
		buf_addf(b,
		    _("%s (the anchor could not be read; the database "
		      "ended at event %llu)"),
		    why, (unsigned long long)seq);
	else
		buf_addf(b,
		    _("%s (the anchor knew event %llu; the database "
		      "ended at event %llu)"),
		    why, (unsigned long long)a.seq, (unsigned long long)seq);
	return 0;
}

/* The database as this program wants it, before its first new event. */
static int
settle(struct session *s, enum vault_db which, struct err *err)
{
	int rc;

	if (session_anchor_again(s, which, err) == -1 ||
	    lock_acquire(&s->writers, LOCK_WAIT_MS, err) == -1)
		return -1;
	rc = which == DB_CASES ? session_settle(s, err)
			       : session_bring_up(&s->identity, err);
	lock_release(&s->writers);
	return rc;
}

/* A database that was only read takes what the decision writes. */
static void
deciding(struct session *s, enum vault_db which, bool on)
{
	struct db *db = which == DB_CASES ? &s->cases : &s->identity;

	s->deciding = on;
	if (s->reads_on && db->h != NULL)
		db_events_only(db, !on && s->doubt[which].why == DOUBT_BEHIND);
}

static int
accept_cases(struct session *s, const char *why, struct err *err)
{
	struct keyring *kr;
	struct buf reason;
	int rc = -1;

	buf_init(&reason);
	if (session_doubt_reason(s, &s->cases, why, &reason, err) == -1 ||
	    session_keyring_begin(s, &kr, err) == -1)
		goto out;
	deciding(s, DB_CASES, true);
	if (settle(s, DB_CASES, err) == 0)
		rc = session_record_start(s,
		    &(const struct tx_what){ .perm = PERM_VAULT_CARE,
			.action = "vault.accept",
			.reason = reason.data },
		    kr, err);
	if (rc == 0)
		s->doubt[DB_CASES] = (struct doubtful){ .why = DOUBT_NONE };
	deciding(s, DB_CASES, false);
	session_keyring_end(s, kr);
out:
	buf_done(&reason);
	return rc;
}

/* Where cases.db is as it should be the session begins as any does. */
static int
begin_session(struct session *s, struct err *err)
{
	struct keyring *kr;
	int rc;

	if (session_keyring_begin(s, &kr, err) == -1)
		return -1;
	s->looks = false;
	rc = session_record_start(s,
	    &(const struct tx_what){
		.perm = PERM_VAULT_CARE, .action = "session.start" },
	    kr, err);
	s->looks = rc == -1;
	session_keyring_end(s, kr);
	return rc;
}

static int
accept_identity(struct session *s, const char *why, struct err *err)
{
	struct buf reason;
	struct tx tx;
	int rc = -1;

	buf_init(&reason);
	if (session_doubt_reason(s, &s->identity, why, &reason, err) == -1)
		goto out;
	deciding(s, DB_IDENTITY, true);
	if (settle(s, DB_IDENTITY, err) == 0) {
		rc = tx_begin(&tx, s,
		    &(const struct tx_what){ .db = DB_IDENTITY,
			.perm = PERM_VAULT_CARE,
			.action = "vault.accept",
			.reason = reason.data,
			.wrote = true },
		    err);
		if (rc == 0)
			rc = tx_commit(&tx);
		tx_abort(&tx);
	}
	if (rc == 0)
		s->doubt[DB_IDENTITY] = (struct doubtful){ .why = DOUBT_NONE };
	deciding(s, DB_IDENTITY, false);
out:
	buf_done(&reason);
	return rc;
}

/* On the record, but where nothing can be written before the decision. */
static int
refuse(struct session *s, struct err *err)
{
	struct tx tx = { .open = false };

	if (!s->looks) {
		if (tx_begin(&tx, s,
			&(const struct tx_what){
			    .perm = PERM_VAULT_CARE, .action = "vault.accept" },
			err) == -1)
			return -1;
		tx_abort(&tx);
	}
	return access_err(DENY, err);
}

static int
check(struct session *s, const char *why, struct err *err)
{
	const struct doubtful *d = &s->doubt[DB_CASES];
	struct db *identity;

	if (s->unknown || d->why == DOUBT_KEYRING || d->why == DOUBT_DATABASE)
		return err_set(err, d->err.kind, "%s", d->err.text);
	if (!session_may(s, PERM_VAULT_CARE))
		return refuse(s, err);
	if (why[strspn(why, " \t\n")] == '\0')
		return err_set(err, ERR_INPUT,
		    _("Say why the vault may go on as it is; that stays on "
		      "the record."));
	if (strlen(why) > WHY_MOST || !can_be_shown(why))
		return err_set(err, ERR_INPUT,
		    _("Say why in one line of at most %d bytes, in letters "
		      "that can be shown; that stays on the record."),
		    WHY_MOST);
	if (session_holds_identity(s) &&
	    session_identity(s, &identity, err) == -1)
		return -1;
	if (d->why == DOUBT_NONE && s->doubt[DB_IDENTITY].why == DOUBT_NONE)
		return err_set(err, ERR_CONFLICT,
		    _("There is nothing to decide: the vault is where its "
		      "anchor says. Nothing was changed."));
	return 0;
}

bool
vault_waits_for_decision(const struct session *s)
{
	enum doubt cases = s->doubt[DB_CASES].why;

	if (cases == DOUBT_NONE)
		cases = s->doubt[DB_IDENTITY].why;
	return cases == DOUBT_BEHIND || cases == DOUBT_ANCHOR;
}

/* The newest event of a chain. */
static uint64_t
newest(struct db *db)
{
	uint8_t head[HASH_BYTES];
	uint64_t seq = 0, hlc;

	return audit_head(db, &seq, head, &hlc, NULL) == 0 ? seq : 0;
}

int
vault_accept(
    struct session *s, const char *why, struct accepted *out, struct err *err)
{
	*out = (struct accepted){ .cases = 0 };
	if (check(s, why, err) == -1)
		return -1;
	if (s->doubt[DB_CASES].why != DOUBT_NONE) {
		if (accept_cases(s, why, err) == -1)
			return -1;
		s->looks = false;
		out->cases = newest(&s->cases);
	} else if (s->looks && begin_session(s, err) == -1) {
		return -1;
	}
	if (s->doubt[DB_IDENTITY].why != DOUBT_NONE) {
		if (accept_identity(s, why, err) == -1)
			return -1;
		out->identity = newest(&s->identity);
	}
	log_line("the vault goes on from what was there, by decision: events "
		 "%llu and %llu",
	    (unsigned long long)out->cases, (unsigned long long)out->identity);
	return 0;
}
