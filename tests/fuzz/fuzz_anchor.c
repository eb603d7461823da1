/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer on an anchor record, on the recovery key and on one-time codes as
 * typed.  A record's MAC is made right, so that what stands behind it is
 * tried; whatever is accepted is written back the same.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "vault/anchor.h"
#include "vault/passphrase.h"
#include "vault/recovery.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Of today: what is sealed is opened the same.  Of version 1: its MAC is made
 * right, so that what stands behind it is tried. */
static void
check_record(const uint8_t *data)
{
	static const uint8_t zero[KEY_BYTES];
	struct secret *key = secret_of(zero, sizeof(zero));
	uint8_t raw[ANCHOR_RECORD];
	struct anchor a = { .seq = 0 }, b;
	struct uid vault;

	memcpy(raw, data, sizeof(raw));
	memcpy(vault.b, raw, sizeof(vault.b));
	hash_keyed(key, raw, ANCHOR_RECORD - HASH_BYTES,
	    raw + ANCHOR_RECORD - HASH_BYTES);
	for (int chain = 0; chain < 2; chain++) {
		if (anchor_decode(
			data, key, &vault, (enum vault_db)chain, &b) == 0)
			die("noise is no record");
		if (anchor_decode_1(
			raw, key, &vault, (enum vault_db)chain, &a) != 0)
			continue;
		anchor_encode(&a, key, raw);
		if (anchor_decode(raw, key, &vault, (enum vault_db)chain, &b) !=
			0 ||
		    a.seq != b.seq || a.generation != b.generation ||
		    a.time != b.time || memcmp(a.head, b.head, HASH_BYTES) != 0)
			die("not read back as it was written");
	}
	secret_free(key);
}

static void
check_typed(const uint8_t *data, size_t len)
{
	struct secret *text = secret_new(len + 1), *key, *out, *code;
	struct err e = { .kind = ERR_NONE };

	if (!secret_append(text, data, len))
		die("no room");
	if (recovery_parse(text, &key, &e) == 0) {
		out = recovery_text(key);
		for (int g = 0; g < recovery_groups(out); g++) {
			const uint8_t *p = secret_open(out);

			if (!recovery_answer(
				out, g, (const char *)p + (size_t)g * 6, 5))
				die("a key that does not answer for itself");
			secret_close(out);
		}
		secret_free(out);
	} else if (key != NULL || e.kind != ERR_INPUT) {
		die("refused in a wrong way");
	}
	secret_free(key);
	code = enrol_code_normal(text);
	out = enrol_code_normal(code);
	if (!secret_eq(code, out))
		die("the canonical form is not canonical");
	secret_free(out);
	secret_free(code);
	if (passphrase_check(text, NULL, 0, &e) != 0 && e.kind != ERR_INPUT)
		die("refused in a wrong way");
	secret_free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct err e;

	if (vault_init(&e) != 0)
		return -1;
	if (len >= ANCHOR_RECORD)
		check_record(data);
	check_typed(data, len > 1024 ? 1024 : len);
	return 0;
}
