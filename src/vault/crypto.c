/* SPDX-License-Identifier: ISC */
#include <sodium.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "vault/crypto.h"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES

_Static_assert(sizeof(struct hash) == sizeof(crypto_generichash_state),
    "struct hash is the library's state");
_Static_assert(_Alignof(struct hash) >= _Alignof(crypto_generichash_state),
    "struct hash is aligned as the library's state");
_Static_assert(SEAL_EXTRA == NONCE + TAG, "nonce and tag");
_Static_assert(BOX_EXTRA == crypto_box_SEALBYTES, "ephemeral key and tag");
_Static_assert(SIGNATURE_BYTES == crypto_sign_BYTES, "Ed25519");
_Static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == KEY_BYTES &&
		   crypto_box_SECRETKEYBYTES == KEY_BYTES &&
		   crypto_sign_SEEDBYTES == KEY_BYTES &&
		   crypto_kdf_KEYBYTES == KEY_BYTES,
    "every key has 32 bytes");

/* Eight bytes; another use of the same roots would take another one. */
static const char kdf_context[crypto_kdf_CONTEXTBYTES + 1] = "amparo-1";

static void
need(bool ok, const char *what)
{
	if (!ok)
		die("%s", what);
}

static const uint8_t *
open_key(const struct secret *key, size_t n)
{
	need(secret_len(key) == n, "a key has the wrong length");
	return secret_open(key);
}

void
hash_bytes(const void *p, size_t n, uint8_t out[HASH_BYTES])
{
	need(crypto_generichash(out, HASH_BYTES, p, n, NULL, 0) == 0,
	    "hashing failed");
}

void
hash_init(struct hash *h)
{
	need(crypto_generichash_init((crypto_generichash_state *)h->state, NULL,
		 0, HASH_BYTES) == 0,
	    "hashing failed");
}

void
hash_init_keyed(struct hash *h, const struct secret *key)
{
	need(crypto_generichash_init((crypto_generichash_state *)h->state,
		 open_key(key, KEY_BYTES), KEY_BYTES, HASH_BYTES) == 0,
	    "hashing failed");
	secret_close(key);
}

void
hash_add(struct hash *h, const void *p, size_t n)
{
	need(crypto_generichash_update(
		 (crypto_generichash_state *)h->state, p, n) == 0,
	    "hashing failed");
}

void
hash_end(struct hash *h, uint8_t out[HASH_BYTES])
{
	need(crypto_generichash_final(
		 (crypto_generichash_state *)h->state, out, HASH_BYTES) == 0,
	    "hashing failed");
	sodium_memzero(h->state, sizeof(h->state));
}

void
hash_keyed(
    const struct secret *key, const void *p, size_t n, uint8_t out[HASH_BYTES])
{
	hash_salted(open_key(key, KEY_BYTES), KEY_BYTES, p, n, out);
	secret_close(key);
}

void
hash_salted(const void *key, size_t key_len, const void *p, size_t n,
    uint8_t out[HASH_BYTES])
{
	need(crypto_generichash(out, HASH_BYTES, p, n, key, key_len) == 0,
	    "hashing failed");
}

bool
bytes_eq(const void *a, const void *b, size_t n)
{
	return sodium_memcmp(a, b, n) == 0;
}

void
sign_pair(uint8_t pk[SIGN_PK_BYTES], struct secret **key)
{
	struct secret *seed = secret_random(KEY_BYTES);

	sign_seeded(seed, pk, key);
	secret_free(seed);
}

void
sign_seeded(
    const struct secret *seed, uint8_t pk[SIGN_PK_BYTES], struct secret **key)
{
	*key = secret_new(crypto_sign_SECRETKEYBYTES);
	need(crypto_sign_seed_keypair(pk,
		 secret_fill(*key, crypto_sign_SECRETKEYBYTES),
		 open_key(seed, KEY_BYTES)) == 0,
	    "a signing key could not be made");
	secret_close(seed);
	secret_close(*key);
}

void
sign_bytes(const struct secret *key, const void *p, size_t n,
    uint8_t sig[SIGNATURE_BYTES])
{
	need(crypto_sign_detached(sig, NULL, p, n,
		 open_key(key, crypto_sign_SECRETKEYBYTES)) == 0,
	    "signing failed");
	secret_close(key);
}

bool
sign_verify(const uint8_t pk[SIGN_PK_BYTES], const void *p, size_t n,
    const uint8_t sig[SIGNATURE_BYTES])
{
	return crypto_sign_verify_detached(sig, p, n, pk) == 0;
}

void
seal(const struct secret *key, const void *aad, size_t aad_len, const void *p,
    size_t n, uint8_t *out)
{
	randombytes_buf(out, NONCE);
	need(crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, NULL, p, n,
		 aad, aad_len, NULL, out, open_key(key, KEY_BYTES)) == 0,
	    "sealing failed");
	secret_close(key);
}

int
seal_open(const struct secret *key, const void *aad, size_t aad_len,
    const void *p, size_t n, uint8_t *out, struct err *e)
{
	const uint8_t *in = p;
	int rc = -1;

	if (n >= SEAL_EXTRA) {
		rc = crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL,
		    in + NONCE, n - NONCE, aad, aad_len, in,
		    open_key(key, KEY_BYTES));
		secret_close(key);
	}
	if (rc == 0)
		return 0;
	if (n > SEAL_EXTRA)
		sodium_memzero(out, n - SEAL_EXTRA);
	return err_set(e, ERR_TAMPERED,
	    _("Something that was sealed here was changed since, or belongs "
	      "to somebody else."));
}

void
box_pair(uint8_t pk[BOX_PK_BYTES], struct secret **key)
{
	*key = secret_random(KEY_BYTES);
	box_public(*key, pk);
}

void
box_public(const struct secret *key, uint8_t pk[BOX_PK_BYTES])
{
	need(crypto_scalarmult_base(pk, open_key(key, KEY_BYTES)) == 0,
	    "a public key could not be made");
	secret_close(key);
}

int
box_seal(const uint8_t pk[BOX_PK_BYTES], const void *p, size_t n, uint8_t *out,
    struct err *e)
{
	if (crypto_box_seal(out, p, n, pk) != 0)
		return err_set(e, ERR_DAMAGED,
		    _("The keyring holds a public key that is none."));
	return 0;
}

int
box_open(const struct secret *key, const void *p, size_t n, uint8_t *out,
    struct err *e)
{
	uint8_t pk[BOX_PK_BYTES];
	int rc = -1;

	if (n >= BOX_EXTRA) {
		box_public(key, pk);
		rc = crypto_box_seal_open(
		    out, p, n, pk, open_key(key, KEY_BYTES));
		secret_close(key);
	}
	if (rc == 0)
		return 0;
	if (n > BOX_EXTRA)
		sodium_memzero(out, n - BOX_EXTRA);
	return err_set(e, ERR_TAMPERED,
	    _("A key that was handed on here was changed since, or was meant "
	      "for somebody else."));
}

struct secret *
kdf_derive(const struct secret *root, enum subkey id)
{
	struct secret *key = secret_new(KEY_BYTES);

	need(crypto_kdf_derive_from_key(secret_fill(key, KEY_BYTES), KEY_BYTES,
		 (uint64_t)id, kdf_context, open_key(root, KEY_BYTES)) == 0,
	    "a key could not be derived");
	secret_close(root);
	secret_close(key);
	return key;
}

void
vault_hex64(const struct secret *key, struct secret **out)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *k = open_key(key, KEY_BYTES);
	uint8_t *p;

	*out = secret_new(VAULT_HEX64);
	p = secret_fill(*out, VAULT_HEX64);
	*p++ = 'x';
	*p++ = '\'';
	for (size_t i = 0; i < KEY_BYTES; i++) {
		*p++ = (uint8_t)digits[k[i] >> 4];
		*p++ = (uint8_t)digits[k[i] & 15];
	}
	*p = '\'';
	secret_close(*out);
	secret_close(key);
}
