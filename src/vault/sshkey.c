/* SPDX-License-Identifier: ISC */
/* SSH public keys, as far as telling them apart goes. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "vault/crypto.h"

#define PREFIX "SHA256:"
#define KEY_MOST 8192 /* bytes; the largest RSA key has half of it */
#define LETTERS 43 /* 32 bytes in base 64 without padding */

static bool
is_fingerprint(const char *s)
{
	uint8_t hash[crypto_hash_sha256_BYTES];
	size_t n = 0;
	const char *end;

	return strncmp(s, PREFIX, strlen(PREFIX)) == 0 &&
	       sodium_base642bin(hash, sizeof(hash), s + strlen(PREFIX),
		   LETTERS, NULL, &n, &end,
		   sodium_base64_VARIANT_ORIGINAL_NO_PADDING) == 0 &&
	       n == sizeof(hash);
}

/* The blob begins with the length and name of its own type, which must be
 * what stands before it. */
static bool
names_type(const uint8_t *blob, size_t n, const char *type, size_t len)
{
	return n > 4 + len && blob[0] == 0 && blob[1] == 0 && blob[2] == 0 &&
	       blob[3] == len && memcmp(blob + 4, type, len) == 0;
}

bool
ssh_fingerprint(const char *key, char *out, size_t size)
{
	uint8_t blob[KEY_MOST], hash[crypto_hash_sha256_BYTES];
	size_t type = strcspn(key, " \t\n"), n = 0, len;
	const char *letters, *end;

	if (size < SSH_FINGERPRINT_SIZE)
		return false;
	len = strcspn(key, " \t\r\n");
	if (len == strlen(PREFIX) + LETTERS && is_fingerprint(key)) {
		(void)snprintf(out, size, "%.*s", (int)len, key);
		return true;
	}
	letters = key + type + strspn(key + type, " \t");
	len = strcspn(letters, " \t\r\n");
	if (type == 0 || len == 0 ||
	    sodium_base642bin(blob, sizeof(blob), letters, len, NULL, &n, &end,
		sodium_base64_VARIANT_ORIGINAL) != 0 ||
	    end != letters + len || !names_type(blob, n, key, type))
		return false;
	(void)crypto_hash_sha256(hash, blob, n);
	(void)snprintf(out, size, PREFIX);
	(void)sodium_bin2base64(out + strlen(PREFIX), size - strlen(PREFIX),
	    hash, sizeof(hash), sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
	return true;
}
