/* SPDX-License-Identifier: ISC */
/*
 * What a slot says of its person, sealed twice: for whoever comes in under
 * the login they type, and for those who are in under the case root.  The
 * login is no secret; but a thief has to guess it to learn that it is here.
 */
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "vault/keyring_impl.h"

static const char use_login[] = "amparo keyring lid";
static const char use_tag[] = "amparo keyring lid of a tag";
static const char use_inner[] = "amparo keyring inner lid";

static void
key_of(const struct keyring *kr, const char *use, size_t use_len,
    const void *what, size_t n, uint8_t out[KEY_BYTES])
{
	struct buf b;

	buf_init(&b);
	buf_add(&b, use, use_len);
	buf_add(&b, what, n);
	hash_salted(kr->vault.b, sizeof(kr->vault.b), b.data, b.len, out);
	buf_done(&b);
}

/* Capital letters are the same login. */
static void
login_key(const struct keyring *kr, const char *login, uint8_t out[KEY_BYTES])
{
	char small[LOGIN_MAX + 1];
	size_t n = 0;

	for (; login[n] != '\0' && n < sizeof(small); n++)
		small[n] = login[n] >= 'A' && login[n] <= 'Z'
			       ? (char)(login[n] - 'A' + 'a')
			       : login[n];
	key_of(kr, use_login, sizeof(use_login), small, n, out);
}

void
slot_set_login(const struct keyring *kr, struct slot *s, const char *login)
{
	keyring_login_hash(kr, login, s->login);
	login_key(kr, login, s->lid_key);
}

void
slot_set_tag_key(const struct keyring *kr, struct slot *s)
{
	if (s->type == SLOT_RECOVERY)
		login_key(kr, "", s->lid_key);
	else
		key_of(kr, use_tag, sizeof(use_tag), s->login, HASH_BYTES,
		    s->lid_key);
}

struct secret *
keyring_inner_key(const struct secret *case_root)
{
	struct secret *mac = kdf_derive(case_root, SUBKEY_KEYRING);
	struct secret *key = secret_new(KEY_BYTES);

	hash_keyed(
	    mac, use_inner, sizeof(use_inner), secret_fill(key, KEY_BYTES));
	secret_close(key);
	secret_free(mac);
	return key;
}

static void
lid_aad(const struct keyring *kr, int which, struct buf *b)
{
	buf_init(b);
	buf_add(b, KEYRING_MAGIC, 8);
	buf_add_u32(b, KEYRING_VERSION);
	buf_add(b, kr->vault.b, 16);
	buf_add_u8(b, (uint8_t)which);
}

static void
seal_lid(const struct keyring *kr, int which, const struct secret *key,
    const struct buf *plain, struct buf *out)
{
	uint8_t sealed[SEALED_LID];
	struct buf aad;

	lid_aad(kr, which, &aad);
	seal(key, aad.data, aad.len, plain->data, plain->len, sealed);
	buf_done(&aad);
	buf_add(out, sealed, sizeof(sealed));
}

static void
add_noise(struct buf *b, size_t n)
{
	uint8_t noise[SLOT_SIZE];

	random_bytes(noise, n);
	buf_add(b, noise, n);
}

void
slot_encode(const struct keyring *kr, const struct slot *s,
    const struct secret *inner, struct buf *b)
{
	struct secret *outer = secret_of(s->lid_key, KEY_BYTES);
	size_t end = b->len + SLOT_SIZE;
	struct buf lid;

	if (s->closed)
		die("a slot is written that nobody looked into");
	buf_init(&lid);
	buf_add(&lid, s->id.b, 16);
	buf_add(&lid, s->user.b, 16);
	buf_add_u32(&lid, s->type);
	buf_add_u32(&lid, s->flags);
	buf_add_u32(&lid, s->cost.passes);
	buf_add_u32(&lid, s->cost.mib);
	buf_add_u64(&lid, (uint64_t)s->expires);
	buf_add(&lid, s->lid_key, KEY_BYTES);
	if (s->type == SLOT_RECOVERY)
		add_noise(b, HASH_BYTES);
	else
		buf_add(b, s->login, HASH_BYTES);
	seal_lid(kr, LID_OUTER, outer, &lid, b);
	seal_lid(kr, LID_INNER, inner, &lid, b);
	buf_add(b, s->salt, 16);
	buf_add(b, s->commitment, HASH_BYTES);
	buf_add(b, s->sign_pk, SIGN_PK_BYTES);
	buf_add(b, s->box_pk, BOX_PK_BYTES);
	buf_add(b, s->bundle, SEALED_BUNDLE);
	buf_add(b, s->root[DB_CASES], SEALED_ROOT);
	if ((s->flags & FLAG_IDENTITY) != 0)
		buf_add(b, s->root[DB_IDENTITY], SEALED_ROOT);
	else
		add_noise(b, SEALED_ROOT);
	add_noise(b, end - b->len);
	buf_done(&lid);
	secret_free(outer);
}

static void
take(struct reader *r, void *out, size_t n)
{
	uint8_t *p = out;

	for (size_t i = 0; i < n; i++)
		(void)reader_u8(r, &p[i]);
}

static void
read_lid(const uint8_t plain[LID], struct slot *s)
{
	struct reader r;
	uint64_t expires = 0;

	reader_init(&r, plain, LID);
	take(&r, s->id.b, 16);
	take(&r, s->user.b, 16);
	(void)reader_u32(&r, &s->type);
	(void)reader_u32(&r, &s->flags);
	(void)reader_u32(&r, &s->cost.passes);
	(void)reader_u32(&r, &s->cost.mib);
	(void)reader_u64(&r, &expires);
	s->expires = (int64_t)expires;
	take(&r, s->lid_key, KEY_BYTES);
	/* Noise stood for what is not there. */
	if ((s->flags & FLAG_IDENTITY) == 0)
		memset(s->root[DB_IDENTITY], 0, SEALED_ROOT);
	if (s->type == SLOT_RECOVERY)
		memset(s->login, 0, sizeof(s->login));
	s->closed = false;
}

/* False: not under this key. */
static bool
lift(const struct keyring *kr, struct slot *s, int which,
    const struct secret *key)
{
	uint8_t plain[LID];
	struct err none;
	struct buf aad;
	int rc;

	lid_aad(kr, which, &aad);
	rc = seal_open(
	    key, aad.data, aad.len, s->lid[which], SEALED_LID, plain, &none);
	buf_done(&aad);
	if (rc == 0)
		read_lid(plain, s);
	return rc == 0;
}

int
slot_lift(
    const struct keyring *kr, struct slot *s, const char *login, struct err *e)
{
	uint8_t by_login[KEY_BYTES], by_tag[KEY_BYTES];
	const uint8_t *keys[] = { by_login, by_tag };
	struct secret *key;
	bool done = false;

	if (!s->closed)
		return 0;
	login_key(kr, login, by_login);
	key_of(kr, use_tag, sizeof(use_tag), s->login, HASH_BYTES, by_tag);
	for (size_t i = 0; i < 2 && !done; i++) {
		key = secret_of(keys[i], KEY_BYTES);
		done = lift(kr, s, LID_OUTER, key);
		secret_free(key);
	}
	if (done && slot_sane(s, login[0] == '\0'))
		return 0;
	return err_set(e, ERR_TAMPERED,
	    _("Your place in the vault's keyring was changed by somebody who "
	      "had no right to. Do not go on; tell whoever looks after this "
	      "vault."));
}

int
keyring_lift(struct keyring *kr, const struct secret *case_root, struct err *e)
{
	struct secret *inner = keyring_inner_key(case_root);
	size_t n = 0;
	bool sane = true;

	for (size_t i = 0; i < kr->n; i++) {
		struct slot *s = &kr->slots[i];

		if (s->closed && !lift(kr, s, LID_INNER, inner)) {
			sane = sane && i > 0;
			continue;
		}
		sane = sane && slot_sane(s, i == 0);
		if (n != i)
			kr->slots[n] = *s;
		n++;
	}
	secret_free(inner);
	if (!sane) {
		(void)keyring_damaged(e, _("what it holds makes no sense"));
		return kr->dir == NULL ? -1 : keyring_advise(kr->dir, e);
	}
	kr->n = n;
	return 0;
}
