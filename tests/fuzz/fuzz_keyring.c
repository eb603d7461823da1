/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer on the keyring's parser, raw and behind a head, a size and a plain
 * hash that are right, so that it gets past the first door: whatever is
 * accepted is written back the same.  Give -max_len=2500 or more.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "vault/keyring_impl.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check(const uint8_t *data, size_t len)
{
	struct keyring *kr;
	struct slot_info info;
	struct buf b;
	struct err e = { .kind = ERR_NONE };

	if (keyring_parse(data, len, &kr, &e) != 0) {
		if (kr != NULL ||
		    (e.kind != ERR_DAMAGED && e.kind != ERR_VERSION))
			die("refused in a wrong way");
		return;
	}
	buf_init(&b);
	keyring_encode(kr, &b);
	if (b.len != len - TRAILER_SIZE || memcmp(b.data, data, b.len) != 0)
		die("not written back as it was read");
	for (size_t i = 0; i < keyring_count(kr); i++) {
		keyring_slot(kr, i, &info);
		if (i > 0 && (info.cost.mib > KDF_MIB_MAX ||
				 info.cost.passes > KDF_PASSES_MAX))
			die("a slot past the caps");
	}
	(void)keyring_has_login(kr, "amina");
	buf_done(&b);
	keyring_free(kr);
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
	return 0;
}
