/* SPDX-License-Identifier: ISC */
/* Files as older vaults have them: version 1 of the keyring. */
#ifndef AMPARO_TESTS_KEYRING_1_H
#define AMPARO_TESTS_KEYRING_1_H

#include "vault/keyring_impl.h"

static inline void
keyring_1_zero(struct buf *b, size_t n)
{
	while (n-- > 0)
		buf_add_u8(b, 0);
}

static inline void
keyring_1_slot(const struct slot *s, struct buf *b)
{
	size_t end = b->len + SLOT_SIZE;

	buf_add(b, s->id.b, 16);
	buf_add(b, s->user.b, 16);
	buf_add(b, s->login, HASH_BYTES);
	buf_add_u32(b, s->type);
	buf_add_u32(b, s->flags);
	buf_add_u32(b, s->cost.passes);
	buf_add_u32(b, s->cost.mib);
	buf_add(b, s->salt, 16);
	buf_add_u64(b, (uint64_t)s->expires);
	buf_add(b, s->commitment, HASH_BYTES);
	buf_add(b, s->sign_pk, SIGN_PK_BYTES);
	buf_add(b, s->box_pk, BOX_PK_BYTES);
	buf_add(b, s->bundle, SEALED_BUNDLE);
	buf_add(b, s->root[DB_CASES], SEALED_ROOT);
	buf_add(b, s->root[DB_IDENTITY], SEALED_ROOT);
	keyring_1_zero(b, end - b->len);
}

/* Header and slots, without the trailer. */
static inline void
keyring_1_body(const struct keyring *kr, struct buf *b)
{
	buf_clear(b);
	buf_add(b, KEYRING_MAGIC, 8);
	buf_add_u32(b, 1);
	buf_add_u32(b, (uint32_t)kr->n);
	buf_add(b, kr->vault.b, 16);
	buf_add_u64(b, kr->generation);
	buf_add_u64(b, kr->root_generation);
	buf_add(b, kr->db_id[DB_CASES].b, 16);
	buf_add(b, kr->db_id[DB_IDENTITY].b, 16);
	buf_add(b, kr->db_salt[DB_CASES], 16);
	buf_add(b, kr->db_salt[DB_IDENTITY], 16);
	buf_add(b, kr->root_check[DB_CASES], HASH_BYTES);
	buf_add(b, kr->root_check[DB_IDENTITY], HASH_BYTES);
	keyring_1_zero(b, HEADER_SIZE - b->len);
	for (size_t i = 0; i < kr->n; i++)
		keyring_1_slot(&kr->slots[i], b);
}

/* The whole file. */
static inline void
keyring_1_file(
    const struct keyring *kr, const struct secret *case_root, struct buf *b)
{
	struct secret *key = kdf_derive(case_root, SUBKEY_KEYRING);
	uint8_t hash[HASH_BYTES], mac[HASH_BYTES];

	keyring_1_body(kr, b);
	hash_bytes(b->data, b->len, hash);
	hash_keyed(key, b->data, b->len, mac);
	buf_add(b, hash, sizeof(hash));
	buf_add(b, mac, sizeof(mac));
	secret_free(key);
}

#endif
