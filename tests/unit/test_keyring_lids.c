/* SPDX-License-Identifier: ISC */
/* What is under the lids of a keyring, that a thief does not see it, and that
 * keyrings from before there were lids go on. */
#include <zlib.h>

#include "keyring_kit.h"
#include "../lib/keyring_1.h"

/* As it is read from a file by who has no key yet. */
static struct keyring *
read_back(const struct buf *raw)
{
	struct keyring *kr;
	struct err e;

	assert_int_equal(keyring_parse(raw->data, raw->len, &kr, &e), 0);
	return kr;
}

/* A lid says what may be asked of the person: whoever can make one (the
 * login is no secret) cannot make it say what the slot's own key does not. */
static void
a_forged_lid_opens_nothing(void **state)
{
	static const struct {
		const char *what;
		uint32_t passes, mib, type, flags;
		enum err_kind kind;
	} cases[] = {
		{ "as it is", 1, 46, SLOT_PASSPHRASE, FLAG_IDENTITY, ERR_NONE },
		{ "no pass", 0, 46, SLOT_PASSPHRASE, FLAG_IDENTITY,
		    ERR_TAMPERED },
		{ "2^32-1 passes", UINT32_MAX, 46, SLOT_PASSPHRASE,
		    FLAG_IDENTITY, ERR_TAMPERED },
		{ "1 GiB and one", 1, 1025, SLOT_PASSPHRASE, FLAG_IDENTITY,
		    ERR_TAMPERED },
		{ "cheaper", 1, 45, SLOT_PASSPHRASE, FLAG_IDENTITY,
		    ERR_TAMPERED },
		{ "dearer", 2, 46, SLOT_PASSPHRASE, FLAG_IDENTITY, ERR_AUTH },
		{ "a recovery key's", 0, 0, SLOT_RECOVERY, FLAG_IDENTITY,
		    ERR_AUTH },
		{ "a code without end", 1, 46, SLOT_PENDING, FLAG_IDENTITY,
		    ERR_TAMPERED },
		{ "flag 4", 1, 46, SLOT_PASSPHRASE, 6, ERR_TAMPERED },
	};
	struct fixture *f = *state;
	struct secret *phrase = secret_str(PHRASE);
	struct uid worker;

	add(f, "amina", &worker, true);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct slot was = f->kr->slots[2];
		struct unlocked u;
		struct keyring *kr;
		struct err e;

		f->kr->slots[2].cost =
		    (struct kdf_cost){ .passes = cases[i].passes,
			    .mib = cases[i].mib };
		f->kr->slots[2].type = cases[i].type;
		f->kr->slots[2].flags = cases[i].flags;
		save(f);
		f->kr->slots[2] = was;
		kr = read_back(&f->kr->raw);
		err_clear(&e);
		(void)!keyring_unlock(kr, "amina", phrase, NOW, &u, &e);
		if (e.kind != cases[i].kind)
			fail_msg("%s: kind %d, %s", cases[i].what, (int)e.kind,
			    e.text);
		unlocked_done(&u);
		keyring_free(kr);
	}
	secret_free(phrase);
}

/* As a file of version 1 has it, so that every field is compared. */
static void
same_keyring(const struct keyring *a, const struct keyring *b)
{
	struct buf x, y;

	buf_init(&x);
	buf_init(&y);
	keyring_1_body(a, &x);
	keyring_1_body(b, &y);
	assert_int_equal(x.len, y.len);
	assert_memory_equal(x.data, y.data, x.len);
	buf_done(&x);
	buf_done(&y);
}

static void
what_is_parsed_is_what_is_written(void **state)
{
	struct fixture *f = *state;
	struct keyring *kr;
	struct uid worker;
	struct err e;

	add(f, "amina", &worker, true);
	save(f);
	kr = read_back(&f->kr->raw);
	assert_int_equal(keyring_count(kr), PLACES);
	assert_int_equal(keyring_verify(kr, f->founder.case_root, &e), 0);
	assert_int_equal(keyring_count(kr), 3);
	same_keyring(f->kr, kr);
	keyring_free(kr);
}

static void
put_file(struct fixture *f, const struct buf *raw)
{
	int fd = openat(f->fd, "keyring", O_WRONLY | O_TRUNC | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, raw->data, raw->len), raw->len);
	assert_int_equal(close(fd), 0);
}

/* An older vault opens, is written anew by whoever changes something, and
 * everybody who was in it still comes in. */
static void
a_file_of_version_1_becomes_one_of_today(void **state)
{
	struct fixture *f = *state;
	struct secret *old = secret_str(PHRASE), *fresh = secret_str(PHRASE2);
	struct unlocked u;
	struct keyring *kr;
	struct uid worker;
	struct buf raw;
	struct err e;

	add(f, "amina", &worker, true);
	save(f);
	buf_init(&raw);
	keyring_1_file(f->kr, f->founder.case_root, &raw);
	put_file(f, &raw);
	assert_int_equal(keyring_load(f->dir, &kr, &e), 0);
	assert_int_equal(try_it(kr, "amina", PHRASE), ERR_NONE);
	same_keyring(f->kr, kr);
	assert_int_equal(keyring_save(kr, f->founder.case_root, &e), 0);
	keyring_free(kr);
	assert_int_equal(keyring_load(f->dir, &kr, &e), 0);
	assert_int_equal(kr->raw.data[8], KEYRING_VERSION);
	assert_true(kr->slots[1].closed);
	assert_int_equal(try_it(kr, "amina", PHRASE2), ERR_AUTH);
	assert_int_equal(try_it(kr, "admin", PHRASE), ERR_NONE);
	assert_int_equal(unlock(kr, "amina", PHRASE, NOW, &u), ERR_NONE);
	assert_int_equal(keyring_set_cost(kr, kit_cheap(), &e), 0);
	/* From the next passphrase on the lid is under the login. */
	assert_int_equal(
	    keyring_change_passphrase(kr, &u, "amina", old, fresh, &e), 0);
	unlocked_done(&u);
	assert_int_equal(keyring_save(kr, f->founder.case_root, &e), 0);
	keyring_free(kr);
	assert_int_equal(keyring_load(f->dir, &kr, &e), 0);
	assert_int_equal(try_it(kr, "Amina", PHRASE2), ERR_NONE);
	keyring_free(kr);
	assert_int_equal(keyring_load(f->dir, &kr, &e), 0);
	assert_int_equal(keyring_unlock_recovery(kr, f->recovery, &u, &e), 0);
	unlocked_done(&u);
	keyring_free(kr);
	secret_free(old);
	secret_free(fresh);
	buf_done(&raw);
}

/* Noise, all of it but the head's few numbers: a thief sees neither how many
 * people there are nor who of them may do what. */
static void
harm_13_a_stolen_file_does_not_say_how_many(void **state)
{
	struct fixture *f = *state;
	uint8_t packed[2 * SLOT_SIZE * PLACES];
	char login[32];
	size_t len = f->kr->raw.len;

	for (int i = 0; i < PLACES - 2; i++) {
		struct slot s = f->kr->slots[1];
		uLongf n = sizeof(packed);

		(void)snprintf(login, sizeof(login), "worker-%d", i);
		s.user = uid_new();
		s.id = uid_new();
		slot_set_login(f->kr, &s, login);
		random_bytes(s.bundle, sizeof(s.bundle));
		random_bytes(s.salt, sizeof(s.salt));
		random_bytes(s.commitment, sizeof(s.commitment));
		random_bytes(s.sign_pk, sizeof(s.sign_pk));
		random_bytes(s.box_pk, sizeof(s.box_pk));
		random_bytes(s.root[DB_CASES], SEALED_ROOT);
		f->kr->slots = realloc(
		    f->kr->slots, (f->kr->n + 1) * sizeof(*f->kr->slots));
		f->kr->slots[f->kr->n++] = s;
		save(f);
		assert_int_equal(f->kr->raw.len, len);
		assert_int_equal(compress2(packed, &n,
				     (const uint8_t *)f->kr->raw.data, len, 9),
		    Z_OK);
		if (n * 100 < len * 99)
			fail_msg("%zu bytes compress to %lu", len, n);
	}
	/* One more needs another round number of places. */
	f->kr->slots =
	    realloc(f->kr->slots, (f->kr->n + 1) * sizeof(*f->kr->slots));
	f->kr->slots[f->kr->n] = f->kr->slots[1];
	f->kr->n++;
	save(f);
	assert_int_equal(f->kr->raw.len, len + PLACES * SLOT_SIZE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_forged_lid_opens_nothing),
		CASE(what_is_parsed_is_what_is_written),
		CASE(a_file_of_version_1_becomes_one_of_today),
		CASE(harm_13_a_stolen_file_does_not_say_how_many),
	};
	struct err e;

	if (vault_init(&e) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
