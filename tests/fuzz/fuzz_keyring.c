/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer on the keyring's parser, with the plain hash made right so that
 * it gets past the first door: whatever is accepted is written back the same.
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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	uint8_t *copy;
	struct err e;

	if (vault_init(&e) != 0)
		return -1;
	check(data, len);
	if (len < HEADER_SIZE + TRAILER_SIZE)
		return 0;
	copy = xmalloc(len);
	memcpy(copy, data, len);
	memcpy(copy, KEYRING_MAGIC, 8);
	hash_bytes(copy, len - TRAILER_SIZE, copy + len - TRAILER_SIZE);
	check(copy, len);
	free(copy);
	return 0;
}
