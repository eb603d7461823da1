/* SPDX-License-Identifier: ISC */
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/id.h"
#include "vault/keyring_impl.h"
#include "vault/lock.h"

#define GATES_MIN 2
#define GATES_MAX 64
/* 500 people at nine o'clock, two at a time, 0.1 s each: 25 s. */
#define GATE_WAIT_MS (60 * INT64_C(1000))

/* As many as this machine computes at once, so that memory has a bound. */
static unsigned
gates(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	if (n < GATES_MIN)
		return GATES_MIN;
	return n > GATES_MAX ? GATES_MAX : (unsigned)n;
}

/*
 * A free gate if there is one, else the queue of a random one: each queue is
 * fair in itself, and together they stay about equally long.
 */
static int
gate_enter(int dirfd, struct vault_lock *l, struct err *e)
{
	unsigned n = gates();
	char name[16];
	uint32_t r;

	random_bytes(&r, sizeof(r));
	for (unsigned i = 0; i <= n; i++) {
		(void)snprintf(name, sizeof(name), "kdf-%u", (r + i) % n);
		if (lock_open(dirfd, name, l, e) != 0)
			return -1;
		if (lock_acquire(l, i < n ? 0 : GATE_WAIT_MS, e) == 0)
			return 0;
		lock_close(l);
		if (e->kind != ERR_BUSY)
			return -1;
		err_clear(e);
	}
	return err_set(e, ERR_BUSY,
	    _("Many people are signing in just now. Wait a minute and try "
	      "again."));
}

int
kdf_argon2id(int dirfd, struct kdf_cost cost, const uint8_t salt[16],
    const struct secret *pass, struct secret **out, struct err *e)
{
	struct vault_lock gate = { .fd = -1 };
	struct err own = { .kind = ERR_NONE };
	struct secret *key;
	int rc;

	_Static_assert(crypto_pwhash_argon2id_SALTBYTES == 16, "salt");
	*out = NULL;
	if (e == NULL)
		e = &own;
	if (dirfd >= 0 && gate_enter(dirfd, &gate, e) != 0)
		return -1;
	key = secret_new(KEY_BYTES);
	rc = crypto_pwhash_argon2id(secret_fill(key, KEY_BYTES), KEY_BYTES,
	    (const char *)secret_open(pass), secret_len(pass), salt,
	    cost.passes, (size_t)cost.mib << 20,
	    crypto_pwhash_argon2id_ALG_ARGON2ID13);
	secret_close(pass);
	secret_close(key);
	lock_close(&gate);
	if (rc != 0) {
		secret_free(key);
		return err_set(e, ERR_NOMEM,
		    _("This machine has too little free memory to sign in "
		      "(%u MiB are needed). Try again in a moment."),
		    (unsigned)cost.mib);
	}
	*out = key;
	return 0;
}

#define SIGN_IN_MS 1000

struct kdf_cost
kdf_choose(int64_t ms, uint64_t ram)
{
	struct kdf_cost c = { .passes = KDF_PASSES, .mib = 256 };

	while (c.mib > KDF_MIB &&
	       (ms * c.mib / KDF_MIB > SIGN_IN_MS || (uint64_t)c.mib * 8 > ram))
		c.mib /= 2;
	return c;
}

struct kdf_cost
kdf_calibrate(void)
{
	const struct kdf_cost least = { .passes = KDF_PASSES, .mib = KDF_MIB };
	static const uint8_t salt[16];
	struct secret *pass = secret_random(KEY_BYTES), *key = NULL;
	long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
	int64_t from = clock_boot(), ms;
	int rc = kdf_argon2id(-1, least, salt, pass, &key, NULL);

	ms = clock_boot() - from;
	secret_free(pass);
	secret_free(key);
	if (rc == -1 || pages <= 0 || size <= 0)
		return least;
	return kdf_choose(ms, ((uint64_t)pages * (uint64_t)size) >> 20);
}
