/* SPDX-License-Identifier: ISC */
/* Signing in, and who may: enrolment, passphrases, the identity root. */
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "vault/keyring_impl.h"
#include "vault/recovery.h"

static int
wrong(struct err *e)
{
	return err_set(e, ERR_AUTH,
	    _("That login and passphrase do not go together. Check both and "
	      "the Caps Lock key; if it stays so, ask your supervisor for a "
	      "new one-time code."));
}

static int
not_here(struct err *e)
{
	return err_set(
	    e, ERR_NOT_FOUND, _("This person has no place in the keyring."));
}

/*
 * A slot that no passphrase opens but that costs as much to try, so that the
 * time of an answer does not tell which logins there are.
 */
static void
decoy(const struct keyring *kr, const char *login, struct slot *s)
{
	uint8_t h[HASH_BYTES];

	*s = (struct slot){
		.type = SLOT_PASSPHRASE,
		.flags = FLAG_DISABLED,
		.cost = kr->cost,
	};
	keyring_login_hash(kr, login, h);
	memcpy(s->salt, h, sizeof(s->salt));
}

/* A copy of the place of this login, its outer lid lifted; a decoy. */
static int
own_place(const struct keyring *kr, const char *login, struct slot *out,
    struct err *e)
{
	const struct slot *s = slot_of_login(kr, login);

	if (s == NULL) {
		decoy(kr, login, out);
		return 0;
	}
	*out = *s;
	return slot_lift(kr, out, login, e);
}

int
keyring_unlock(struct keyring *kr, const char *login,
    const struct secret *passphrase, int64_t now, struct unlocked *out,
    struct err *e)
{
	struct secret *typed, *key, *wrap = NULL;
	struct slot own, *s = &own;
	int rc = -1;

	*out = (struct unlocked){ .must_set_passphrase = false };
	if (own_place(kr, login, s, e) != 0)
		return -1;
	/* For a code too, so that bad input gets one answer everywhere. */
	if (passphrase_normal(passphrase, &typed, e) != 0)
		return -1;
	key = s->type == SLOT_PENDING ? enrol_code_normal(typed)
				      : secret_copy(typed);
	secret_free(typed);
	if (slot_wrap_key(kr, s, key, &wrap, e) != 0)
		goto out;
	if (!slot_matches(s, wrap)) {
		(void)wrong(e);
		goto out;
	}
	/* Only who had the right code hears that it is too late. */
	if (s->type == SLOT_PENDING && now >= s->expires) {
		(void)err_set(e, ERR_AUTH,
		    _("This one-time code is no longer valid. Ask for a new "
		      "one."));
		goto out;
	}
	if (slot_open(kr, s, wrap, out, e) != 0)
		goto out;
	rc = keyring_verify(kr, out->case_root, e);
	if (rc != 0)
		unlocked_done(out);
out:
	secret_free(wrap);
	secret_free(key);
	return rc;
}

int
keyring_unlock_recovery(struct keyring *kr, const struct secret *key,
    struct unlocked *out, struct err *e)
{
	struct secret *wrap = NULL;
	struct slot s = kr->slots[0];
	int rc = -1;

	*out = (struct unlocked){ .must_set_passphrase = false };
	if (slot_lift(kr, &s, "", e) != 0)
		return -1;
	if (slot_wrap_key(kr, &s, key, &wrap, e) != 0)
		goto out;
	if (!slot_matches(&s, wrap)) {
		(void)err_set(e, ERR_AUTH,
		    _("This is a recovery key, but not of this vault. Look "
		      "for the one printed when the vault was made."));
		goto out;
	}
	if (slot_open(kr, &s, wrap, out, e) != 0)
		goto out;
	rc = keyring_verify(kr, out->case_root, e);
	if (rc != 0)
		unlocked_done(out);
out:
	secret_free(wrap);
	return rc;
}

int
keyring_renew_recovery(struct keyring *kr, const struct unlocked *by,
    const struct secret *key, struct err *e)
{
	struct slot fresh = { .type = SLOT_RECOVERY };

	if (by->identity_root == NULL)
		return err_set(e, ERR_DENIED,
		    _("A recovery key opens everything, so only somebody who "
		      "may see who people are can make a new one."));
	fresh.id = uid_new();
	slot_set_tag_key(kr, &fresh);
	if (slot_make(kr, &fresh, key, by->case_root, by->identity_root, NULL,
		e) != 0)
		return -1;
	kr->slots[0] = fresh;
	return 0;
}

static int
check_new(const struct keyring *kr, const struct unlocked *by,
    const char *login, const struct uid *user, bool give_identity,
    struct err *e)
{
	if (give_identity && by->identity_root == NULL)
		return err_set(e, ERR_DENIED,
		    _("Only somebody who may see who people are can let "
		      "another person see it. Ask a supervisor."));
	if (login == NULL)
		return 0;
	if (!login_valid(login))
		return err_set(e, ERR_INPUT,
		    _("A login has 2 to %d letters (a to z), digits, dots, "
		      "dashes or underscores and begins with a letter."),
		    LOGIN_MAX);
	if (uid_null(user))
		die("a person without an id");
	if (slot_of_login(kr, login) != NULL || slot_of_user(kr, user) != NULL)
		return err_set(e, ERR_CONFLICT,
		    _("This login is taken. Choose another one."));
	if (kr->n >= KEYRING_SLOTS)
		return err_set(e, ERR_FULL,
		    _("The keyring is full: it has room for %d people. "
		      "Remove somebody who has left."),
		    KEYRING_SLOTS - 1);
	return 0;
}

static void
append(struct keyring *kr, const struct slot *s)
{
	kr->slots = xreallocarray(kr->slots, kr->n + 1, sizeof(*kr->slots));
	kr->slots[kr->n++] = *s;
}

int
keyring_add(struct keyring *kr, const struct unlocked *by, const char *login,
    const struct uid *user, bool give_identity, const struct secret *passphrase,
    struct err *e)
{
	const char *words[] = { login };
	struct slot s = { .type = SLOT_PASSPHRASE };
	struct secret *key;
	int rc;

	if (check_new(kr, by, login, user, give_identity, e) != 0 ||
	    passphrase_check(passphrase, words, 1, e) != 0 ||
	    passphrase_normal(passphrase, &key, e) != 0)
		return -1;
	s.id = uid_new();
	s.user = *user;
	slot_set_login(kr, &s, login);
	rc = slot_make(kr, &s, key, by->case_root,
	    give_identity ? by->identity_root : NULL, NULL, e);
	secret_free(key);
	if (rc == 0)
		append(kr, &s);
	return rc;
}

/* A pending slot with a new code, in place of whatever s was. */
static int
make_pending(struct keyring *kr, const struct unlocked *by, struct slot *s,
    bool give_identity, int64_t now, char code_out[ENROL_CODE_SIZE],
    int64_t *expires, struct err *e)
{
	struct secret *key;
	int rc;

	s->id = uid_new();
	s->type = SLOT_PENDING;
	s->expires = now + ENROL_TTL;
	enrol_code_new(code_out);
	key = secret_of(code_out, ENROL_CODE_SIZE - 1);
	rc = slot_make(kr, s, key, by->case_root,
	    give_identity ? by->identity_root : NULL, NULL, e);
	secret_free(key);
	if (rc != 0)
		wipe(code_out, ENROL_CODE_SIZE);
	else
		*expires = s->expires;
	return rc;
}

int
keyring_enrol(struct keyring *kr, const struct unlocked *by, const char *login,
    const struct uid *user, bool give_identity, int64_t now,
    char code_out[ENROL_CODE_SIZE], int64_t *expires, struct err *e)
{
	struct slot s = { .type = SLOT_PENDING };

	if (check_new(kr, by, login, user, give_identity, e) != 0)
		return -1;
	s.user = *user;
	slot_set_login(kr, &s, login);
	if (make_pending(
		kr, by, &s, give_identity, now, code_out, expires, e) != 0)
		return -1;
	append(kr, &s);
	return 0;
}

int
keyring_reset(struct keyring *kr, const struct unlocked *by,
    const struct uid *user, bool give_identity, int64_t now,
    char code_out[ENROL_CODE_SIZE], int64_t *expires, struct err *e)
{
	struct slot *s = slot_of_user(kr, user), fresh;

	if (s == NULL)
		return not_here(e);
	if (check_new(kr, by, NULL, user, give_identity, e) != 0)
		return -1;
	fresh = *s;
	if (make_pending(
		kr, by, &fresh, give_identity, now, code_out, expires, e) != 0)
		return -1;
	*s = fresh;
	return 0;
}

/* The slot these keys came out of, if it is still the same. */
static struct slot *
own_slot(
    const struct keyring *kr, const struct unlocked *me, enum slot_type type)
{
	struct slot *s = slot_of_user(kr, &me->user);

	if (s == NULL || s->type != type || (s->flags & FLAG_DISABLED) != 0 ||
	    !bytes_eq(s->box_pk, me->box_pk, BOX_PK_BYTES))
		return NULL;
	return s;
}

int
keyring_activate(struct keyring *kr, struct unlocked *me, const char *login,
    const struct secret *passphrase, struct err *e)
{
	const char *words[] = { login };
	struct slot *s = own_slot(kr, me, SLOT_PENDING), fresh;
	struct secret *key = NULL, *cases = NULL, *identity = NULL;
	struct secret *wrap = NULL;
	struct unlocked renewed;
	int rc = -1;

	if (s == NULL)
		return err_set(e, ERR_AUTH,
		    _("This one-time code has been used or replaced. Ask for "
		      "a new one."));
	if (passphrase_check(passphrase, words, 1, e) != 0 ||
	    passphrase_normal(passphrase, &key, e) != 0)
		return -1;
	/* From the slot, not from me: it may have been handed the identity
	 * root since the code was typed. */
	if (slot_open_root(kr, s, DB_CASES, me->box_key, &cases, e) != 0)
		goto out;
	if ((s->flags & FLAG_IDENTITY) != 0 &&
	    slot_open_root(kr, s, DB_IDENTITY, me->box_key, &identity, e) != 0)
		goto out;
	fresh = *s;
	fresh.id = uid_new();
	fresh.type = SLOT_PASSPHRASE;
	fresh.expires = 0;
	slot_set_login(kr, &fresh, login);
	if (slot_make(kr, &fresh, key, cases, identity, &wrap, e) != 0 ||
	    slot_open(kr, &fresh, wrap, &renewed, e) != 0)
		goto out;
	*s = fresh;
	unlocked_done(me);
	*me = renewed;
	rc = 0;
out:
	secret_free(wrap);
	secret_free(identity);
	secret_free(cases);
	secret_free(key);
	return rc;
}

static uint32_t
larger(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

int
keyring_change_passphrase(struct keyring *kr, const struct unlocked *me,
    const char *login, const struct secret *old, const struct secret *new_one,
    struct err *e)
{
	const char *words[] = { login };
	struct slot *s = own_slot(kr, me, SLOT_PASSPHRASE), fresh;
	struct secret *key = NULL, *wrap = NULL, *new_key = NULL;
	struct secret *new_wrap = NULL;
	int rc = -1;

	if (s == NULL)
		return err_set(e, ERR_AUTH,
		    _("Your access was changed while you were signed in. "
		      "Sign in again."));
	if (passphrase_normal(old, &key, e) != 0 ||
	    slot_wrap_key(kr, s, key, &wrap, e) != 0)
		goto out;
	if (!slot_matches(s, wrap)) {
		(void)err_set(e, ERR_AUTH,
		    _("That is not your passphrase of today. Nothing was "
		      "changed."));
		goto out;
	}
	if (passphrase_check(new_one, words, 1, e) != 0 ||
	    passphrase_normal(new_one, &new_key, e) != 0)
		goto out;
	fresh = *s;
	fresh.cost.passes = larger(s->cost.passes, kr->cost.passes);
	fresh.cost.mib = larger(s->cost.mib, kr->cost.mib);
	slot_set_login(kr, &fresh, login);
	random_bytes(fresh.salt, sizeof(fresh.salt));
	if (slot_wrap_key(kr, &fresh, new_key, &new_wrap, e) != 0)
		goto out;
	slot_wrap(kr, &fresh, new_wrap, me);
	*s = fresh;
	rc = 0;
out:
	secret_free(new_wrap);
	secret_free(new_key);
	secret_free(wrap);
	secret_free(key);
	return rc;
}

int
keyring_grant_identity(struct keyring *kr, const struct unlocked *by,
    const struct uid *user, struct err *e)
{
	struct slot *s = slot_of_user(kr, user);

	if (s == NULL || (s->flags & FLAG_DISABLED) != 0)
		return not_here(e);
	if (check_new(kr, by, NULL, user, true, e) != 0)
		return -1;
	return slot_seal_root(kr, s, DB_IDENTITY, by->identity_root, e);
}

int
keyring_revoke_identity(
    struct keyring *kr, const struct uid *user, struct err *e)
{
	struct slot *s = slot_of_user(kr, user);

	if (s == NULL)
		return not_here(e);
	s->flags &= ~FLAG_IDENTITY;
	memset(s->root[DB_IDENTITY], 0, SEALED_ROOT);
	return 0;
}

int
keyring_disable(struct keyring *kr, const struct uid *user, struct err *e)
{
	struct slot *s = slot_of_user(kr, user);

	if (keyring_revoke_identity(kr, user, e) != 0)
		return -1;
	s->flags |= FLAG_DISABLED;
	random_bytes(s->bundle, sizeof(s->bundle));
	random_bytes(s->root[DB_CASES], SEALED_ROOT);
	random_bytes(s->commitment, sizeof(s->commitment));
	return 0;
}

int
keyring_remove(struct keyring *kr, const struct uid *user, struct err *e)
{
	struct slot *s = slot_of_user(kr, user);
	size_t at;

	if (s == NULL)
		return not_here(e);
	at = (size_t)(s - kr->slots);
	memmove(s, s + 1, (kr->n - at - 1) * sizeof(*s));
	kr->n--;
	return 0;
}
