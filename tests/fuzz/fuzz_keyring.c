/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer on the keyring's parser, raw and behind a head, a size and a plain
 * hash that are right, so that it gets past the first door: whatever is
 * accepted of version 1 is written back the same; and on what lies under the
 * lids of today's, sealed with keys that are right.  Give -max_len=2500 or
 * more.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "vault/keyring_impl.h"
#include "../lib/keyring_1.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check_slots(const struct keyring *kr)
{
	struct slot_info info;

	for (size_t i = 0; i < keyring_count(kr); i++) {
		keyring_slot(kr, i, &info);
		if (i > 0 && (info.cost.mib > KDF_MIB_MAX ||
				 info.cost.passes > KDF_PASSES_MAX))
			die("a slot past the caps");
	}
}

static void
check(const uint8_t *data, size_t len)
{
	struct keyring *kr;
	struct buf b;
	struct err e = { .kind = ERR_NONE };

	if (keyring_parse(data, len, &kr, &e) != 0) {
		if (kr != NULL ||
		    (e.kind != ERR_DAMAGED && e.kind != ERR_VERSION))
			die("refused in a wrong way");
		return;
	}
	(void)keyring_has_login(kr, "amina");
	buf_init(&b);
	if (!kr->slots[0].closed) {
		keyring_1_body(kr, &b);
		if (b.len != len - TRAILER_SIZE ||
		    memcmp(b.data, data, b.len) != 0)
			die("not written back as it was read");
		check_slots(kr);
	}
	buf_done(&b);
	keyring_free(kr);
}

/* The bytes are what lies under the lids of a keyring of today. */
static void
check_lids(const uint8_t *data, size_t len)
{
	static const uint8_t zero[KEY_BYTES];
	struct secret *root = secret_of(zero, sizeof(zero));
	struct keyring *kr = keyring_new(), *again = NULL;
	struct secret *key = kdf_derive(root, SUBKEY_KEYRING);
	uint8_t hash[HASH_BYTES], mac[HASH_BYTES];
	struct err e = { .kind = ERR_NONE };
	struct reader r;
	struct buf b;

	kr->generation = kr->root_generation = 1;
	kr->n = len / LID < 8 ? len / LID : 8;
	kr->slots = xcalloc(kr->n, sizeof(*kr->slots));
	reader_init(&r, data, len);
	for (size_t i = 0; i < kr->n; i++) {
		struct slot *s = &kr->slots[i];
		uint64_t expires = 0;

		for (int k = 0; k < 16; k++) {
			(void)reader_u8(&r, &s->id.b[k]);
			(void)reader_u8(&r, &s->user.b[k]);
		}
		(void)reader_u32(&r, &s->type);
		(void)reader_u32(&r, &s->flags);
		(void)reader_u32(&r, &s->cost.passes);
		(void)reader_u32(&r, &s->cost.mib);
		(void)reader_u64(&r, &expires);
		s->expires = (int64_t)expires;
		s->root[DB_IDENTITY][0] = 1;
	}
	buf_init(&b);
	keyring_encode(kr, root, &b);
	hash_bytes(b.data, b.len, hash);
	hash_keyed(key, b.data, b.len, mac);
	buf_add(&b, hash, sizeof(hash));
	buf_add(&b, mac, sizeof(mac));
	if (keyring_parse(b.data, b.len, &again, &e) != 0)
		die("a keyring of today is not read");
	if (keyring_verify(again, root, &e) == 0)
		check_slots(again);
	else if (e.kind != ERR_DAMAGED)
		die("refused in a wrong way");
	buf_done(&b);
	secret_free(key);
	secret_free(root);
	keyring_free(kr);
	keyring_free(again);
}

/* The same bytes behind a head, a size and a plain hash that are right. */
static void
check_inside(const uint8_t *data, size_t len)
{
	size_t n = (len - HEADER_SIZE - TRAILER_SIZE) / SLOT_SIZE;
	size_t body = HEADER_SIZE + n * SLOT_SIZE;
	uint8_t *copy = xmalloc(body + TRAILER_SIZE);

	memcpy(copy, data, body);
	memcpy(copy, KEYRING_MAGIC "\1\0\0", 12);
	for (int i = 0; i < 4; i++)
		copy[12 + i] = (uint8_t)(n >> (8 * i));
	hash_bytes(copy, body, copy + body);
	memset(copy + body + HASH_BYTES, 0, HASH_BYTES);
	check(copy, body + TRAILER_SIZE);
	free(copy);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct err e;

	if (vault_init(&e) != 0)
		return -1;
	check(data, len);
	if (len >= HEADER_SIZE + SLOT_SIZE + TRAILER_SIZE)
		check_inside(data, len);
	if (len >= LID)
		check_lids(data, len);
	return 0;
}
