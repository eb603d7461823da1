/* SPDX-License-Identifier: ISC */
/*
 * A throw-away vault directory with a saved keyring: the recovery slot, an
 * administrator without the identity root, nobody else.  Slots are made at
 * the lowest cost the caps allow (1 pass, 46 MiB, about 45 ms).
 */
#ifndef AMPARO_TESTS_KEYRING_KIT_H
#define AMPARO_TESTS_KEYRING_KIT_H

#include <fcntl.h>
#include <stdarg.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "vault/keyring_impl.h"

#define NOW INT64_C(1790000000000)
#define PHRASE "boots under the stairs"
#define PHRASE2 "tea at half past nine"

struct fixture {
	char dir[32];
	char path[64]; /* of the keyring */
	int fd;
	struct keyring *kr;
	struct secret *recovery;
	struct unlocked founder;
	struct uid admin;
};

static inline struct kdf_cost
kit_cheap(void)
{
	return (struct kdf_cost){ .passes = 1, .mib = 46 };
}

static inline struct secret *
secret_str(const char *s)
{
	struct secret *p = secret_new(PASSPHRASE_MAX);

	assert_true(secret_append(p, s, strlen(s)));
	return p;
}

static inline void
save(struct fixture *f)
{
	struct err e;

	if (keyring_save(f->kr, f->founder.case_root, &e) != 0)
		fail_msg("%s", e.text);
}

static inline void
add(struct fixture *f, const char *login, struct uid *user, bool identity)
{
	struct secret *p = secret_str(PHRASE);
	struct err e;

	*user = uid_new();
	if (keyring_add(f->kr, &f->founder, login, user, identity, p, &e) != 0)
		fail_msg("%s", e.text);
	secret_free(p);
}

static inline int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct err e;

	(void)snprintf(f->dir, sizeof(f->dir), "/tmp/amparo-key-XXXXXX");
	if (mkdtemp(f->dir) == NULL)
		return -1;
	(void)snprintf(f->path, sizeof(f->path), "%s/keyring", f->dir);
	f->fd = open(f->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (keyring_create(f->dir, &f->kr, &f->recovery, &f->founder, &e) != 0)
		fail_msg("%s", e.text);
	assert_int_equal(keyring_set_cost(f->kr, kit_cheap(), &e), 0);
	add(f, "admin", &f->admin, false);
	save(f);
	*state = f;
	return 0;
}

static inline int
teardown(void **state)
{
	static const char *const names[] = { "keyring", "keyring.prev",
		"keyring.new", "lock/keyring", "real" };
	struct fixture *f = *state;
	char name[32];

	(void)chmod(f->dir, 0700);
	keyring_free(f->kr);
	secret_free(f->recovery);
	unlocked_done(&f->founder);
	for (size_t i = 0; i < 5; i++)
		(void)unlinkat(f->fd, names[i], 0);
	for (int i = 0; i < 64; i++) {
		(void)snprintf(name, sizeof(name), "lock/kdf-%d", i);
		(void)unlinkat(f->fd, name, 0);
	}
	(void)unlinkat(f->fd, "lock", AT_REMOVEDIR);
	(void)close(f->fd);
	(void)rmdir(f->dir);
	free(f);
	return 0;
}

static inline enum err_kind
unlock(struct keyring *kr, const char *login, const char *pass, int64_t now,
    struct unlocked *out)
{
	struct secret *p = secret_str(pass);
	struct err e = { .kind = ERR_NONE };
	int rc = keyring_unlock(kr, login, p, now, out, &e);

	assert_int_equal(rc == 0, e.kind == ERR_NONE);
	if (rc != 0) {
		assert_null(out->case_root);
		assert_null(out->identity_root);
		assert_null(out->sign_key);
		assert_null(out->box_key);
	}
	secret_free(p);
	return e.kind;
}

/* Unlocks and lets go again. */
static inline enum err_kind
try_it(struct keyring *kr, const char *login, const char *pass)
{
	struct unlocked u;
	enum err_kind kind = unlock(kr, login, pass, NOW, &u);

	unlocked_done(&u);
	return kind;
}

static inline void
reload(struct fixture *f)
{
	struct err e;

	keyring_free(f->kr);
	if (keyring_load(f->dir, &f->kr, &e) != 0)
		fail_msg("%s", e.text);
	assert_int_equal(keyring_verify(f->kr, f->founder.case_root, &e), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
