/* SPDX-License-Identifier: ISC */
/*
 * Who is asking.  A session is one person at one terminal, signed in; every
 * function of this room takes it, asks rules/access with it inside its own
 * transaction, and signs what it records with that person's key.
 *
 * Where nothing else is said such a function returns 0, or -1 and nothing is
 * changed: ERR_NOT_FOUND, no such case; ERR_DENIED, ERR_REASON, ERR_SECOND,
 * ERR_AUTH as access_err() (a refusal is on the record); ERR_BUSY, somebody
 * else is saving; ERR_FULL, ERR_IO, ERR_DAMAGED.  What it reads lives in the
 * arena it was handed.  Times are UTC milliseconds.
 */
#ifndef AMPARO_STORE_SESSION_H
#define AMPARO_STORE_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/id.h"
#include "config/permission.h"
#include "config/society.h"
#include "vault/crypto.h"
#include "vault/secret.h"

#define LOGIN_SIZE 33
#define BRANCH_SIZE 33

struct session;

/* A colleague; strings live as long as the arena or session they came from. */
struct user {
	struct uid uid;
	int64_t rev;
	char login[LOGIN_SIZE];
	const char *name; /* as colleagues call them */
	const char *worker_code; /* what outside papers say instead */
	enum role role;
	char branch[BRANCH_SIZE];
	bool disabled;
	bool pending; /* has a one-time code, no passphrase of their own yet */
	bool has_identity; /* holds the identity root */
	char ssh_key[SSH_FINGERPRINT_SIZE]; /* on record; "" none */
	char language[8]; /* of the interface; "" the society's */
	char theme[16]; /* the same */
	char start[8]; /* "today", "cases": begins with; "" the society's */
	int64_t made_at, last_sign_in;
};

struct sign_in {
	const char *vault; /* directory */
	const struct society *society;
	const char *login;
	/* Nobody typed it, as at a lock: it cannot be what is wrong. */
	bool login_known;
	const struct secret *passphrase; /* or the one-time code */
	const struct secret *new_passphrase; /* with a one-time code only */
	const char *terminal; /* "tty1", "ssh": for the record, never a name */
	/* Fingerprint of the SSH key this person came in with ("" when sshd
	 * did not say); NULL when not over SSH. */
	const char *ssh_key;
	const char *source; /* what the throttle counts by: key, tty, host */
	/* For vault_verify() and vault_accept(): where keyring, anchor or a
	 * damaged database would refuse everybody, come in to look; see
	 * session_only_looks(). */
	bool to_verify;
};

/*
 * Sign in: the throttle is charged, the keyring asked, cases.db opened by the
 * connection ritual, migrations run, generation and anchor compared, the
 * event recorded.  identity.db stays closed.  Fails with ERR_AUTH (also for
 * unknown logins, after the same time), ERR_WAIT (the text says how long),
 * ERR_TAMPERED (an old keyring, or an anchor that is broken or gone: nobody
 * can say what is missing; the text says whom to ask, and vault_accept() is the
 * way on.  A database that is behind its anchor is read: session_alarm()),
 * ERR_VERSION, ERR_DAMAGED, ERR_UNSAFE, ERR_FULL.  Over SSH a login with a key
 * on record takes that key alone, and a key on record signs in nobody else:
 * ERR_AUTH, after the passphrase was right.  A one-time code without
 * new_passphrase fails with ERR_REASON: ask for a new passphrase, call again.
 */
int session_start(
    const struct sign_in *, struct session **, struct err *) MUST_USE;

/*
 * This person came in though one of the databases is not as it should be
 * (to_verify): nothing is migrated and nothing recorded, not even that
 * somebody looked, and every function that would write refuses.
 */
bool session_only_looks(const struct session *);

enum session_ended { SESSION_SIGNED_OUT, SESSION_LOCKED, SESSION_HUNG_UP };
/* Record how it ended, checkpoint if due, close, wipe.  Accepts NULL. */
void session_end(struct session *, enum session_ended);

const struct user *session_user(const struct session *);
const struct society *session_society(const struct session *);
/* "Your last session": when this person last signed in (0: first time), the
 * number of the newest audit event and its three-word fingerprint. */
void session_last(
    const struct session *, int64_t *at, int64_t *event, char fingerprint[64]);
/* True where the configured roles and the fence in rules/access allow it for
 * at least one case: for greying things out.  The store asks again itself. */
bool session_may(const struct session *, enum permission);

/*
 * A database is behind its anchor: an older copy was put back, or the disk
 * lost the end.  This person came in all the same, to read: every look is on
 * the record, and whatever would write anything else fails with ERR_TAMPERED,
 * until vault_accept() or a newer copy.  What is read may not be true any
 * more, so this is to be shown for as long as it is so.
 */
struct alarm {
	/* cases.db; else identity.db alone, which is known once that was
	 * opened. */
	bool cases;
	uint64_t had, ends; /* the anchor's event, and the last one here */
	int64_t until; /* when that one was, UTC ms; 0: none */
	bool changed; /* had <= ends: the same number, another event */
	bool decided; /* meanwhile: whoever signs in again can write */
};
/* False: nothing of the kind. */
bool session_alarm(const struct session *, struct alarm *);

/*
 * Cheap look at the database between keys: true in *changed when another
 * session committed since the last look (PRAGMA data_version).  ERR_DENIED
 * when this person was disabled meanwhile: the session must end.  Also closes
 * identity.db when its time is over.
 */
int session_look(struct session *, bool *changed, struct err *) MUST_USE;

/*
 * After a change of the configuration every case's place in the lists is
 * counted anew.  Signing in does that for a second; session_behind() says that
 * more is left, and each call of session_catch_up() does most_ms of it (at
 * least a few hundred cases).  Whoever is signed in shares the work.
 */
bool session_behind(const struct session *);
int session_catch_up(struct session *, int64_t most_ms, struct err *) MUST_USE;

/* True while identity.db is open, with the seconds left in *left. */
bool session_identity_open(const struct session *, int *left);
void session_identity_close(struct session *);
/* Bytes of a reason that is kept, with its end: no line that is typed is cut. */
#define REASON_SIZE 1024
/*
 * Why identity.db is opened for this case, in the person's words.  What is
 * opened from there on goes by it, with no reason of its own, until identity.db
 * closes (by itself, by a key) or another case's is opened: whoever acts in an
 * emergency says it once.  What finds none fails with ERR_PURPOSE.
 */
void session_set_purpose(
    struct session *, const struct uid *case_uid, const char *reason);

/* Holds no statement and no transaction open: asserted before every wait for
 * a key (one idle reader makes every commit of all others slower). */
bool session_idle(const struct session *);

/* One's own passphrase again, for what authz() wants it for (ERR_AUTH): it
 * counts as fresh for five minutes, as a sign-in does.  ERR_AUTH, ERR_WAIT. */
int session_reauth(
    struct session *, const struct secret *, struct err *) MUST_USE;

/* Change one's own passphrase; policy as vault/passphrase.h. */
int session_change_passphrase(struct session *, const struct secret *old,
    const struct secret *new_one, struct err *) MUST_USE;

#endif
