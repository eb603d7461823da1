/* SPDX-License-Identifier: ISC */
/* One slot: key pairs behind a passphrase, roots sealed to them. */
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "vault/keyring_impl.h"

#define SEED_AT KEY_BYTES /* in the bundle, behind the X25519 secret */

struct slot *
slot_of_user(const struct keyring *kr, const struct uid *user)
{
	if (uid_null(user))
		return NULL;
	for (size_t i = 0; i < kr->n; i++) {
		if (!kr->slots[i].closed && uid_eq(&kr->slots[i].user, user))
			return &kr->slots[i];
	}
	return NULL;
}

struct slot *
slot_of_login(const struct keyring *kr, const char *login)
{
	uint8_t h[HASH_BYTES];

	keyring_login_hash(kr, login, h);
	for (size_t i = 0; i < kr->n; i++) {
		if (i > 0 && memcmp(kr->slots[i].login, h, HASH_BYTES) == 0)
			return &kr->slots[i];
	}
	return NULL;
}

/* A hash of the wrapping key that tells nothing of its other uses. */
static void
commit(const struct secret *wrap, uint8_t out[HASH_BYTES])
{
	static const char use[] = "amparo keyring commitment";

	hash_keyed(wrap, use, sizeof(use), out);
}

static struct secret *
bundle_key(const struct secret *wrap)
{
	static const char use[] = "amparo keyring bundle";
	struct secret *key = secret_new(KEY_BYTES);

	hash_keyed(wrap, use, sizeof(use), secret_fill(key, KEY_BYTES));
	secret_close(key);
	return key;
}

void
root_check(const struct keyring *kr, enum vault_db which,
    const struct secret *root, uint8_t out[HASH_BYTES])
{
	static const char use[] = "amparo root check";
	uint8_t number = (uint8_t)which;
	struct hash h;

	hash_init_keyed(&h, root);
	hash_add(&h, use, sizeof(use));
	hash_add(&h, &number, 1);
	hash_add(&h, kr->vault.b, sizeof(kr->vault.b));
	hash_end(&h, out);
}

/*
 * A sealed box has no associated data, so what a root is and whom it is for
 * goes inside it: another person's box, or the other root's, is refused.
 */
static void
box_context(const struct keyring *kr, const struct slot *s, enum vault_db which,
    uint8_t out[HASH_BYTES])
{
	struct buf b;

	buf_init(&b);
	buf_add_bytes(&b, "amparo sealed root", 18);
	buf_add_u32(&b, (uint32_t)which);
	buf_add(&b, kr->vault.b, 16);
	buf_add_u64(&b, kr->root_generation);
	buf_add(&b, s->user.b, 16);
	buf_add(&b, s->id.b, 16);
	buf_add(&b, s->box_pk, BOX_PK_BYTES);
	hash_bytes(b.data, b.len, out);
	buf_done(&b);
}

int
slot_seal_root(const struct keyring *kr, struct slot *s, enum vault_db which,
    const struct secret *root, struct err *e)
{
	struct secret *box = secret_new(ROOT_BOX);
	uint8_t *p = secret_fill(box, ROOT_BOX);
	int rc;

	if (secret_len(root) != KEY_BYTES)
		die("a root key has the wrong length");
	memcpy(p, secret_open(root), KEY_BYTES);
	secret_close(root);
	box_context(kr, s, which, p + KEY_BYTES);
	rc = box_seal(s->box_pk, p, ROOT_BOX, s->root[which], e);
	if (rc == 0 && which == DB_IDENTITY)
		s->flags |= FLAG_IDENTITY;
	secret_close(box);
	secret_free(box);
	return rc;
}

int
slot_open_root(const struct keyring *kr, const struct slot *s,
    enum vault_db which, const struct secret *box_key, struct secret **root,
    struct err *e)
{
	struct secret *box = secret_new(ROOT_BOX);
	uint8_t context[HASH_BYTES], check[HASH_BYTES];
	uint8_t *p = secret_fill(box, ROOT_BOX);
	int rc;

	*root = NULL;
	rc = box_open(box_key, s->root[which], SEALED_ROOT, p, e);
	if (rc != 0)
		goto out;
	*root = secret_of(p, KEY_BYTES);
	box_context(kr, s, which, context);
	root_check(kr, which, *root, check);
	if (!bytes_eq(context, p + KEY_BYTES, HASH_BYTES) ||
	    !bytes_eq(check, kr->root_check[which], HASH_BYTES)) {
		secret_free(*root);
		*root = NULL;
		rc = err_set(e, ERR_TAMPERED,
		    _("The keyring holds a key that is not yours or not this "
		      "vault's. Do not go on; tell whoever looks after it."));
	}
out:
	secret_close(box);
	secret_free(box);
	return rc;
}

int
slot_wrap_key(const struct keyring *kr, const struct slot *s,
    const struct secret *key, struct secret **out, struct err *e)
{
	if (s->type != SLOT_RECOVERY)
		return kdf_argon2id(kr->dirfd, s->cost, s->salt, key, out, e);
	/* 256 random bits need no stretching. */
	*out = secret_new(KEY_BYTES);
	hash_keyed(key, s->salt, sizeof(s->salt), secret_fill(*out, KEY_BYTES));
	secret_close(*out);
	return 0;
}

bool
slot_matches(const struct slot *s, const struct secret *wrap)
{
	uint8_t h[HASH_BYTES];

	commit(wrap, h);
	return bytes_eq(h, s->commitment, HASH_BYTES) &&
	       (s->flags & FLAG_DISABLED) == 0;
}

void
slot_wrap(const struct keyring *kr, struct slot *s, const struct secret *wrap,
    const struct unlocked *me)
{
	struct secret *bundle = secret_new(BUNDLE), *key = bundle_key(wrap);
	uint8_t *p = secret_fill(bundle, BUNDLE);
	struct buf aad;

	buf_init(&aad);
	memset(p, 0, BUNDLE);
	memcpy(p, secret_open(me->box_key), KEY_BYTES);
	secret_close(me->box_key);
	/* An Ed25519 secret key is its seed, then its public key. */
	memcpy(p + SEED_AT, secret_open(me->sign_key), KEY_BYTES);
	secret_close(me->sign_key);
	commit(wrap, s->commitment);
	slot_aad(kr, s, &aad);
	seal(key, aad.data, aad.len, p, BUNDLE, s->bundle);
	secret_close(bundle);
	secret_free(bundle);
	secret_free(key);
	buf_done(&aad);
}

int
slot_make(const struct keyring *kr, struct slot *s, const struct secret *key,
    const struct secret *case_root, const struct secret *identity,
    struct secret **wrap_out, struct err *e)
{
	struct unlocked me = { .case_root = NULL };
	struct secret *wrap = NULL;
	int rc = -1;

	random_bytes(s->salt, sizeof(s->salt));
	s->flags = 0;
	memset(s->root, 0, sizeof(s->root));
	if (s->type != SLOT_RECOVERY)
		s->cost = kr->cost;
	if (slot_wrap_key(kr, s, key, &wrap, e) != 0)
		goto out;
	box_pair(s->box_pk, &me.box_key);
	sign_pair(s->sign_pk, &me.sign_key);
	slot_wrap(kr, s, wrap, &me);
	if (slot_seal_root(kr, s, DB_CASES, case_root, e) != 0)
		goto out;
	if (identity != NULL &&
	    slot_seal_root(kr, s, DB_IDENTITY, identity, e) != 0)
		goto out;
	rc = 0;
	if (wrap_out != NULL) {
		*wrap_out = wrap;
		wrap = NULL;
	}
out:
	secret_free(wrap);
	unlocked_done(&me);
	return rc;
}

int
slot_open(const struct keyring *kr, const struct slot *s,
    const struct secret *wrap, struct unlocked *out, struct err *e)
{
	struct secret *bundle = secret_new(BUNDLE), *key = bundle_key(wrap);
	struct secret *seed = NULL;
	uint8_t *p = secret_fill(bundle, BUNDLE);
	struct buf aad;
	int rc = -1;

	*out = (struct unlocked){ .user = s->user };
	buf_init(&aad);
	slot_aad(kr, s, &aad);
	if (seal_open(key, aad.data, aad.len, s->bundle, SEALED_BUNDLE, p, e) !=
	    0)
		goto out;
	out->box_key = secret_of(p, KEY_BYTES);
	seed = secret_of(p + SEED_AT, KEY_BYTES);
	sign_seeded(seed, out->sign_pk, &out->sign_key);
	box_public(out->box_key, out->box_pk);
	out->must_set_passphrase = s->type == SLOT_PENDING;
	if (slot_open_root(kr, s, DB_CASES, out->box_key, &out->case_root, e) !=
	    0)
		goto out;
	if ((s->flags & FLAG_IDENTITY) != 0 &&
	    slot_open_root(
		kr, s, DB_IDENTITY, out->box_key, &out->identity_root, e) != 0)
		goto out;
	rc = 0;
out:
	if (rc != 0)
		unlocked_done(out);
	secret_close(bundle);
	secret_free(bundle);
	secret_free(seed);
	secret_free(key);
	buf_done(&aad);
	return rc;
}
