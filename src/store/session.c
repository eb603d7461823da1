/* SPDX-License-Identifier: ISC */
/* Signing in and out. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "store/audit_write.h"
#include "store/draft.h"
#include "store/session_inside.h"
#include "store/tx.h"
#include "vault/passphrase.h"
#include "vault/throttle.h"

struct session *
session_new(const char *vault, const struct society *society,
    const char *terminal, struct err *err)
{
	struct session *s;
	struct stat st;

	if (file_check_dir(vault, true, err) == -1)
		return NULL;
	s = xcalloc(1, sizeof(*s));
	s->writers.fd = s->keyring.fd = -1;
	s->anchor[DB_CASES].fd = s->anchor[DB_IDENTITY].fd = -1;
	s->identity.which = DB_IDENTITY;
	arena_init(&s->arena);
	s->society = society;
	s->uid = uid_new();
	s->vault = xstrdup(vault);
	(void)snprintf(s->terminal, sizeof(s->terminal), "%s",
	    terminal == NULL ? "" : terminal);
	(void)snprintf(s->ns, sizeof(s->ns), "%s", society->id);
	s->dirfd = open(vault, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->dirfd == -1 || fstat(s->dirfd, &st) == -1) {
		(void)err_set(err, ERR_IO,
		    _("The vault cannot be reached. Ask whoever looks after "
		      "this machine."));
		session_drop(s);
		return NULL;
	}
	s->dev = st.st_dev;
	s->ino = st.st_ino;
	if (lock_open(s->dirfd, LOCK_WRITERS, &s->writers, err) == -1 ||
	    lock_open(s->dirfd, LOCK_KEYRING, &s->keyring, err) == -1) {
		session_drop(s);
		return NULL;
	}
	return s;
}

void
session_drop(struct session *s)
{
	if (s == NULL)
		return;
	db_close(&s->cases);
	db_close(&s->identity);
	anchor_close(&s->anchor[DB_CASES]);
	anchor_close(&s->anchor[DB_IDENTITY]);
	lock_close(&s->writers);
	lock_close(&s->keyring);
	unlocked_done(&s->keys);
	arena_done(&s->arena);
	if (s->dirfd >= 0)
		(void)close(s->dirfd);
	free(s->vault);
	wipe(s, sizeof(*s));
	free(s);
}

/* Count the attempt before the key is derived; a right answer clears it. */
static int
unlock(struct session *s, struct keyring *kr, const char *login,
    const struct secret *passphrase, struct unlocked *out, struct err *err)
{
	struct uid vault = keyring_vault(kr);
	struct throttle_key key;
	struct throttle_time now;
	int64_t wait;

	throttle_key(&key, &vault, login, s->source);
	if (throttle_now(&now, err) == -1 ||
	    throttle_charge(s->dirfd, &key, &now, &wait, err) == -1 ||
	    keyring_unlock(kr, login, passphrase, clock_now(), out, err) == -1)
		return -1;
	if (throttle_clear(s->dirfd, &key, err) == 0)
		return 0;
	unlocked_done(out);
	return -1;
}

/* A first passphrase in place of the one-time code.  The database hears of
 * the new generation with the sign-in; an older one there is normal. */
static int
activate(struct session *s, const struct sign_in *in, struct err *err)
{
	struct keyring *kr;
	int rc = -1;

	if (session_doubt(s, DB_CASES) != NULL)
		return err_set(err, ERR_TAMPERED,
		    _("Entries of this vault are missing, so it is only read "
		      "until a supervisor decides. Your one-time code waits: "
		      "use it then."));
	if (in->new_passphrase == NULL)
		return err_set(err, ERR_REASON,
		    _("Choose your own passphrase to go on; the one-time code "
		      "is used up by it."));
	if (session_keyring_begin(s, &kr, err) == -1)
		return -1;
	if (keyring_activate(
		kr, &s->keys, in->login, in->new_passphrase, err) == 0 &&
	    keyring_save(kr, s->keys.case_root, err) == 0)
		rc = 0;
	session_keyring_end(s, kr);
	return rc;
}

/*
 * A key is the second thing a person has beside what they know (OWASP ASVS
 * 5.0, 6.3.3).  Asked after the passphrase, so that nobody learns whose a key
 * is by trying logins.
 */
static int
check_ssh_key(struct session *s, const struct sign_in *in, struct err *err)
{
	int64_t other = 0;

	if (in->ssh_key == NULL)
		return 0;
	s->user.uid = s->keys.user;
	if (session_refresh(s, err) == -1)
		return -1;
	if (s->user.ssh_key[0] == '\0' && in->ssh_key[0] != '\0' &&
	    db_int(&s->cases,
		"SELECT 1 FROM colleague WHERE ssh_key = ?1 AND "
		"deleted_hlc = 0",
		VALS(v_str(in->ssh_key)), &other, err) == -1)
		return -1;
	if (other == 0 && (s->user.ssh_key[0] == '\0' ||
			      strcmp(s->user.ssh_key, in->ssh_key) == 0))
		return 0;
	log_line("a sign-in over SSH with a key that is not that person's");
	return err_set(err, ERR_AUTH,
	    _("The SSH key you came in with is not the one on record for this "
	      "login. Use your own; whoever manages people can change it."));
}

/* Whoever looks after the vault hears of the other database, too, before
 * anything is written to either. */
static int
look_at_identity(struct session *s, struct err *err)
{
	struct db *identity;
	struct err none;

	if (!s->examine || !session_holds_identity(s) ||
	    s->keys.must_set_passphrase ||
	    session_identity(s, &identity, &none) == -1 ||
	    s->doubt[DB_IDENTITY].why == DOUBT_NONE)
		return 0;
	return err_set(err, ERR_TAMPERED, "%s", s->doubt[DB_IDENTITY].err.text);
}

static int
open_and_record(struct session *s, const struct sign_in *in, struct err *err)
{
	struct keyring *kr;
	bool changed;
	int rc;

	/* From db_changed() on session_look() sees what others save; after the
	 * sign-in is recorded nothing may fail. */
	if (session_open_cases(s, false, err) == -1 ||
	    db_changed(&s->cases, &changed, err) == -1 ||
	    check_ssh_key(s, in, err) == -1 || look_at_identity(s, err) == -1 ||
	    (s->keys.must_set_passphrase && activate(s, in, err) == -1) ||
	    session_keyring_begin(s, &kr, err) == -1)
		return -1;
	rc = session_record_start(s,
	    &(const struct tx_what){
		.perm = PERM_NONE, .action = "session.start" },
	    kr, err);
	session_keyring_end(s, kr);
	if (rc == -1 && err->kind == ERR_DENIED &&
	    session_doubt(s, DB_CASES) != NULL)
		return err_set(err, ERR_TAMPERED,
		    _("Entries of this vault are missing, and with them your "
		      "place among its people. Tell your supervisor and "
		      "whoever looks after it to run amparo verify."));
	return rc;
}

/* Is it about the vault, and not about who wants to come in? */
static bool
about_the_vault(enum err_kind kind)
{
	return kind == ERR_TAMPERED || kind == ERR_DAMAGED ||
	       kind == ERR_NOT_FOUND || kind == ERR_IO;
}

/*
 * Something is wrong with a database; may this person look into it?  Where not
 * even that can be read there is the key they hold, and nothing to see but
 * numbers of pages and events.
 */
static int
come_in_to_examine(struct session *s, const struct sign_in *in, struct err *err)
{
	struct doubtful *d = &s->doubt[DB_CASES];
	struct err own = { .kind = ERR_NONE };

	s->looks = true;
	if (s->doubt[DB_IDENTITY].why == DOUBT_NONE) {
		d->err = *err;
		if (d->why == DOUBT_NONE)
			d->why = DOUBT_DATABASE;
	}
	s->user.uid = s->keys.user;
	if (s->cases.h == NULL) {
		s->unknown = true;
		return 0;
	}
	db_fence(&s->cases);
	if (session_refresh(s, &own) == -1) {
		s->unknown = own.kind != ERR_DENIED;
		*err = own;
		return s->unknown ? 0 : -1;
	}
	if (s->user.disabled || !session_may(s, PERM_VAULT_CARE))
		return access_err(DENY, err);
	return check_ssh_key(s, in, err);
}

int
session_start(const struct sign_in *in, struct session **out, struct err *err)
{
	struct keyring *kr = NULL;
	struct session *s;
	int rc = -1;

	*out = NULL;
	s = session_new(in->vault, in->society, in->terminal, err);
	if (s == NULL)
		return -1;
	(void)snprintf(s->source, sizeof(s->source), "%s",
	    in->source == NULL ? "" : in->source);
	if (keyring_load(in->vault, &kr, err) == -1)
		goto out;
	s->vault_uid = keyring_vault(kr);
	s->keyring_gen = keyring_generation(kr);
	if (unlock(s, kr, in->login, in->passphrase, &s->keys, err) == -1) {
		if (in->login_known && err->kind == ERR_AUTH)
			(void)err_set(err, ERR_AUTH,
			    _("That is not the passphrase of %s. Check the "
			      "Caps Lock key and try again; if it stays so, "
			      "ask your supervisor for a new one-time code."),
			    in->login);
		goto out;
	}
	s->auth_until = clock_boot() + AUTH_FOR;
	s->examine = in->to_verify;
	s->reads_on = !in->to_verify;
	rc = open_and_record(s, in, err);
	if (rc == -1 && about_the_vault(err->kind)) {
		log_line("a sign-in found the vault not as it should be: "
			 "kind %d; see amparo verify",
		    (int)err->kind);
		if (in->to_verify)
			rc = come_in_to_examine(s, in, err);
	}
out:
	keyring_free(kr);
	if (rc == 0)
		*out = s;
	else
		session_drop(s);
	return rc;
}

void
session_end(struct session *s, enum session_ended how)
{
	static const char *const words[] = {
		[SESSION_SIGNED_OUT] = "signed-out",
		[SESSION_LOCKED] = "locked",
		[SESSION_HUNG_UP] = "hung-up",
	};
	const struct tx_what what = {
		.perm = PERM_NONE,
		.action = "session.end",
		.reason = words[how],
	};
	struct err err;
	struct tx tx;

	if (s == NULL)
		return;
	/* Nothing is written: not its end, not what a checkpoint would. */
	if (s->looks) {
		session_drop(s);
		return;
	}
	if (draft_settle(s, &err) == -1)
		log_line("a saved draft could not be dropped");
	/* Nobody is left to tell; the operator's log is. */
	if (tx_begin(&tx, s, &what, &err) == -1 || tx_commit(&tx) == -1)
		log_line("the end of a session could not be recorded");
	tx_abort(&tx);
	session_identity_close(s);
	if (session_doubt(s, DB_CASES) == NULL &&
	    lock_acquire(&s->writers, LOCK_WAIT_MS, NULL) == 0) {
		db_leave(&s->cases);
		lock_release(&s->writers);
	}
	session_drop(s);
}

/* --- the own passphrase -------------------------------------------------------- */
int
session_reauth(struct session *s, const struct secret *p, struct err *err)
{
	struct unlocked again = { .case_root = NULL };
	struct keyring *kr;
	int rc;

	if (keyring_load(s->vault, &kr, err) == -1)
		return -1;
	rc = unlock(s, kr, s->user.login, p, &again, err);
	/* No login was typed: only one thing can be wrong. */
	if (rc == -1 && err->kind == ERR_AUTH)
		(void)err_set(err, ERR_AUTH,
		    _("That is not your passphrase. Check the Caps Lock key "
		      "and try again; nothing was changed."));
	unlocked_done(&again);
	keyring_free(kr);
	if (rc == 0)
		s->auth_until = clock_boot() + AUTH_FOR;
	return rc;
}

int
session_change_passphrase(struct session *s, const struct secret *old,
    const struct secret *new_one, struct err *err)
{
	const char *known[] = { s->user.login, s->user.name, s->user.branch,
		s->society->name, s->society->short_name };
	struct keyring *kr;
	struct tx tx;
	int rc = -1;

	/* Also charges the throttle, so an open terminal is no place to
	 * guess. */
	if (passphrase_check(
		new_one, known, sizeof(known) / sizeof(known[0]), err) == -1 ||
	    session_reauth(s, old, err) == -1 ||
	    session_keyring_begin(s, &kr, err) == -1)
		return -1;
	if (keyring_change_passphrase(
		kr, &s->keys, s->user.login, old, new_one, err) == -1)
		goto out;
	if (tx_begin(&tx, s,
		&(const struct tx_what){ .perm = PERM_NONE,
		    .object = &s->user.uid,
		    .action = "user.passphrase",
		    .wrote = true },
		err) == 0 &&
	    session_keyring_save(&tx, kr) == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
out:
	session_keyring_end(s, kr);
	return rc;
}
