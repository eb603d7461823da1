/* SPDX-License-Identifier: ISC */
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "vault/anchor.h"

struct fixture {
	char dir[32];
	int fd;
	struct uid vault;
	struct secret *root[2];
	struct anchor_file file[2];
};

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct err e;

	(void)snprintf(f->dir, sizeof(f->dir), "/tmp/amparo-anc-XXXXXX");
	if (mkdtemp(f->dir) == NULL)
		return -1;
	f->fd = open(f->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	f->vault = uid_new();
	for (int i = 0; i < 2; i++) {
		f->root[i] = secret_random(KEY_BYTES);
		if (anchor_open(f->fd, (enum vault_db)i, &f->vault, f->root[i],
			true, &f->file[i], &e) != 0)
			return -1;
	}
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < 2; i++) {
		anchor_close(&f->file[i]);
		secret_free(f->root[i]);
	}
	(void)unlinkat(f->fd, ANCHOR_FILE, 0);
	(void)close(f->fd);
	(void)rmdir(f->dir);
	free(f);
	return 0;
}

static struct anchor
event(uint64_t seq)
{
	struct anchor a = { .generation = 3, .seq = seq, .time = 1000 };

	memset(a.head, (int)seq, sizeof(a.head));
	return a;
}

static void
put(struct fixture *f, enum vault_db chain, uint64_t seq)
{
	struct anchor a = event(seq);
	struct err e;

	assert_int_equal(
	    anchor_write(&f->file[chain], &a, seq % 2 == 0, &e), 0);
}

/* The seq that is read; -1 with the kind when none is. */
static int64_t
get(struct fixture *f, enum vault_db chain, enum err_kind *kind)
{
	struct anchor a, want;
	struct err e = { .kind = ERR_NONE };
	int rc = anchor_read(&f->file[chain], &a, &e);

	*kind = e.kind;
	if (rc != 0)
		return -1;
	want = event(a.seq);
	assert_memory_equal(a.head, want.head, HASH_BYTES);
	assert_int_equal(a.generation, 3);
	assert_int_equal(a.time, 1000);
	assert_int_equal(a.chain, chain);
	assert_true(uid_eq(&a.vault, &f->vault));
	return (int64_t)a.seq;
}

/* Change one byte of the file. */
static void
flip(struct fixture *f, off_t at)
{
	int fd = f->file[0].fd;
	uint8_t b;

	assert_int_equal(pread(fd, &b, 1, at), 1);
	b ^= 0x10;
	assert_int_equal(pwrite(fd, &b, 1, at), 1);
}

static void
a_new_one_is_empty(void **state)
{
	struct fixture *f = *state;
	enum err_kind kind;

	assert_int_equal(get(f, DB_CASES, &kind), -1);
	assert_int_equal(kind, ERR_NOT_FOUND);
}

static void
the_newest_is_read(void **state)
{
	struct fixture *f = *state;
	enum err_kind kind;

	for (uint64_t seq = 0; seq < 40; seq += 1 + seq % 3) {
		put(f, DB_CASES, seq);
		assert_int_equal(get(f, DB_CASES, &kind), seq);
	}
	/* The same event again is not a step back: a new generation. */
	put(f, DB_CASES, (uint64_t)get(f, DB_CASES, &kind));
	assert_int_equal(get(f, DB_IDENTITY, &kind), -1);
	assert_int_equal(kind, ERR_NOT_FOUND);
	put(f, DB_IDENTITY, 7);
	assert_int_equal(get(f, DB_IDENTITY, &kind), 7);
}

static void
a_torn_write_leaves_the_one_before(void **state)
{
	struct fixture *f = *state;
	enum err_kind kind;

	put(f, DB_CASES, 10);
	put(f, DB_CASES, 11);
	/* Each of the two in turn, every byte: never a wrong answer. */
	for (off_t i = 0; i < 2 * ANCHOR_RECORD; i++) {
		flip(f, i);
		assert_int_equal(
		    get(f, DB_CASES, &kind), i < ANCHOR_RECORD ? 11 : 10);
		flip(f, i);
	}
	flip(f, ANCHOR_RECORD + 40);
	/* The next write goes over the broken one. */
	put(f, DB_CASES, 12);
	assert_int_equal(get(f, DB_CASES, &kind), 12);
	flip(f, ANCHOR_RECORD + 40);
	assert_int_equal(get(f, DB_CASES, &kind), 10);
}

static void
a_damaged_file_is_said(void **state)
{
	struct fixture *f = *state;
	static const uint8_t blank[ANCHOR_RECORD];
	struct anchor a = event(12);
	enum err_kind kind;
	struct err e;

	put(f, DB_CASES, 10);
	put(f, DB_CASES, 11);
	put(f, DB_IDENTITY, 5);
	flip(f, 3);
	flip(f, ANCHOR_RECORD + 3);
	assert_int_equal(get(f, DB_CASES, &kind), -1);
	assert_int_equal(kind, ERR_TAMPERED);
	/* Writing on would hide it. */
	assert_int_equal(anchor_write(&f->file[0], &a, false, &e), -1);
	assert_int_equal(e.kind, ERR_TAMPERED);
	assert_int_equal(get(f, DB_IDENTITY, &kind), 5);
	flip(f, 3);
	flip(f, ANCHOR_RECORD + 3);
	for (off_t size = 0; size <= 600; size++) {
		if (size == 512)
			continue;
		assert_int_equal(ftruncate(f->file[0].fd, size), 0);
		assert_int_equal(get(f, DB_CASES, &kind), -1);
		assert_int_equal(kind, ERR_TAMPERED);
	}
	/* One record and one blank one: the write that would be second. */
	assert_int_equal(ftruncate(f->file[0].fd, 0), 0);
	assert_int_equal(ftruncate(f->file[0].fd, 512), 0);
	put(f, DB_CASES, 1);
	assert_int_equal(get(f, DB_CASES, &kind), 1);
	assert_int_equal(
	    pwrite(f->file[0].fd, blank, ANCHOR_RECORD, ANCHOR_RECORD),
	    ANCHOR_RECORD);
	assert_int_equal(get(f, DB_CASES, &kind), 1);
	flip(f, 3);
	assert_int_equal(get(f, DB_CASES, &kind), -1);
	assert_int_equal(kind, ERR_TAMPERED);
}

/* A record as older vaults have it, in the clear with a MAC. */
static void
put_1(struct fixture *f, enum vault_db chain, int i, uint64_t seq)
{
	struct secret *key = kdf_derive(f->root[chain], SUBKEY_ANCHOR_1);
	uint8_t raw[ANCHOR_RECORD] = { 0 };
	struct anchor a = event(seq);

	memcpy(raw, f->vault.b, 16);
	raw[16] = (uint8_t)a.generation;
	raw[24] = 1;
	raw[28] = (uint8_t)chain;
	raw[32] = (uint8_t)seq;
	raw[40] = (uint8_t)a.time;
	raw[41] = (uint8_t)(a.time >> 8);
	memcpy(raw + 48, a.head, HASH_BYTES);
	hash_keyed(key, raw, ANCHOR_RECORD - HASH_BYTES,
	    raw + ANCHOR_RECORD - HASH_BYTES);
	assert_int_equal(pwrite(f->file[0].fd, raw, ANCHOR_RECORD,
			     (off_t)ANCHOR_RECORD * (2 * (int)chain + i)),
	    ANCHOR_RECORD);
	secret_free(key);
}

static void
an_old_file_is_read_and_goes_on(void **state)
{
	struct fixture *f = *state;
	struct anchor a = event(10);
	enum err_kind kind;
	struct err e;

	for (int chain = 0; chain < 2; chain++) {
		put_1(f, (enum vault_db)chain, 0, 10);
		put_1(f, (enum vault_db)chain, 1, 11);
		assert_int_equal(get(f, (enum vault_db)chain, &kind), 11);
		assert_int_equal(
		    anchor_write(&f->file[chain], &a, false, &e), -1);
		assert_int_equal(e.kind, ERR_TAMPERED);
		put(f, (enum vault_db)chain, 12);
		assert_int_equal(get(f, (enum vault_db)chain, &kind), 12);
		/* Another event of the same number: the one there was is
		 * lost. */
		a = event(12);
		memset(a.head, 7, sizeof(a.head));
		assert_int_equal(
		    anchor_write(&f->file[chain], &a, false, &e), -1);
		assert_int_equal(e.kind, ERR_TAMPERED);
		a = event(10);
		put(f, (enum vault_db)chain, 13);
		assert_int_equal(get(f, (enum vault_db)chain, &kind), 13);
	}
	/* Every byte of one counts. */
	for (off_t i = 0; i < ANCHOR_RECORD; i++) {
		put_1(f, DB_CASES, 0, 20);
		put_1(f, DB_CASES, 1, 21);
		flip(f, ANCHOR_RECORD + i);
		assert_int_equal(get(f, DB_CASES, &kind), 20);
	}
}

/* Nothing in it can be read, and nothing stays blank. */
static void
harm_13_a_stolen_file_is_noise(void **state)
{
	struct fixture *f = *state;
	uint8_t raw[4 * ANCHOR_RECORD], packed[8 * ANCHOR_RECORD];

	put(f, DB_CASES, 1);
	put(f, DB_IDENTITY, 1);
	for (uint64_t seq = 1; seq < 30; seq++) {
		uLongf n = sizeof(packed);

		put(f, DB_CASES, seq);
		assert_int_equal(
		    pread(f->file[0].fd, raw, sizeof(raw), 0), sizeof(raw));
		assert_int_equal(
		    compress2(packed, &n, raw, sizeof(raw), 9), Z_OK);
		assert_true(n * 100 >= sizeof(raw) * 99);
		assert_null(memmem(raw, sizeof(raw), f->vault.b, 16));
	}
}

static void
going_back_is_refused(void **state)
{
	struct fixture *f = *state;
	struct anchor a = event(10);
	enum err_kind kind;
	struct err e;

	put(f, DB_CASES, 11);
	assert_int_equal(anchor_write(&f->file[0], &a, true, &e), -1);
	assert_int_equal(e.kind, ERR_TAMPERED);
	assert_int_equal(get(f, DB_CASES, &kind), 11);
}

static void
a_record_belongs_to_one_vault_chain_and_key(void **state)
{
	struct fixture *f = *state;
	struct secret *k1 = secret_random(KEY_BYTES);
	struct secret *k2 = secret_random(KEY_BYTES);
	struct anchor a = event(9), out;
	uint8_t raw[ANCHOR_RECORD];
	struct uid other = uid_new();
	enum err_kind kind;

	a.vault = f->vault;
	a.chain = DB_CASES;
	anchor_encode(&a, k1, raw);
	assert_int_equal(anchor_decode(raw, k1, &f->vault, DB_CASES, &out), 0);
	assert_int_equal(out.seq, 9);
	assert_int_equal(anchor_decode(raw, k2, &f->vault, DB_CASES, &out), -1);
	assert_int_equal(anchor_decode(raw, k1, &other, DB_CASES, &out), -1);
	assert_int_equal(
	    anchor_decode(raw, k1, &f->vault, DB_IDENTITY, &out), -1);
	for (size_t i = 0; i < sizeof(raw); i++) {
		raw[i] ^= 1;
		assert_int_equal(
		    anchor_decode(raw, k1, &f->vault, DB_CASES, &out), -1);
		raw[i] ^= 1;
	}
	/* Records of one chain copied over the other's: refused. */
	put(f, DB_CASES, 4);
	assert_int_equal(pread(f->file[0].fd, raw, sizeof(raw), 0), 128);
	assert_int_equal(pwrite(f->file[0].fd, raw, sizeof(raw), 256), 128);
	assert_int_equal(get(f, DB_IDENTITY, &kind), -1);
	assert_int_equal(kind, ERR_TAMPERED);
	secret_free(k1);
	secret_free(k2);
}

/* Who holds the case root alone can neither read nor forge the other chain. */
static void
harm_12_the_identity_chain_has_its_own_key(void **state)
{
	struct fixture *f = *state;
	struct anchor_file forged;
	struct anchor a = event(900);
	enum err_kind kind;
	struct err e;

	put(f, DB_IDENTITY, 5);
	put(f, DB_IDENTITY, 6);
	assert_int_equal(anchor_open(f->fd, DB_IDENTITY, &f->vault, f->root[0],
			     false, &forged, &e),
	    0);
	assert_int_equal(anchor_read(&forged, &a, &e), -1);
	assert_int_equal(e.kind, ERR_TAMPERED);
	assert_int_equal(anchor_write(&forged, &a, false, &e), -1);
	assert_int_equal(get(f, DB_IDENTITY, &kind), 6);
	anchor_close(&forged);
}

static void
databases_are_compared(void **state)
{
	static const uint8_t same[HASH_BYTES] = { 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
		8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
		8 };
	static const uint8_t other[HASH_BYTES] = { 8 };
	static const struct {
		uint64_t anchor, seq;
		const uint8_t *there;
		uint64_t generation;
		bool ok;
		const char *part;
	} cases[] = {
		{ 8, 8, same, 3, true, NULL },
		{ 8, 9, same, 3, true, NULL }, /* a crash before the anchor */
		{ 8, 5000, same, 4, true, NULL },
		{ 0, 0, NULL, 3, true, NULL }, /* a new vault */
		{ 0, 12, NULL, 3, true, NULL },
		{ 8, 7, NULL, 3, false, "missing" }, /* lost tail */
		{ 8, 7, same, 3, false, "missing" },
		{ 8, 0, NULL, 3, false, "missing" },
		{ 8, 9, NULL, 3, false, "missing" },
		{ 8, 8, other, 3, false, "was changed" },
		{ 8, 9, other, 3, false, "was changed" },
		{ 8, 8, same, 2, false, "older keyring" },
	};
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct anchor a = event(cases[i].anchor);
		int rc;

		err_clear(&e);
		rc = anchor_check(
		    &a, cases[i].seq, cases[i].there, cases[i].generation, &e);
		if ((rc == 0) != cases[i].ok)
			fail_msg("case %zu: %s", i, e.text);
		if (cases[i].ok)
			continue;
		assert_int_equal(e.kind, ERR_TAMPERED);
		assert_non_null(strstr(e.text, cases[i].part));
	}
}

static void
a_missing_or_open_file_is_refused(void **state)
{
	struct fixture *f = *state;
	struct anchor_file a;
	struct err e;

	assert_int_equal(fchmodat(f->fd, ANCHOR_FILE, 0640, 0), 0);
	assert_int_equal(
	    anchor_open(f->fd, DB_CASES, &f->vault, f->root[0], false, &a, &e),
	    -1);
	assert_int_equal(e.kind, ERR_UNSAFE);
	assert_int_equal(a.fd, -1);
	assert_int_equal(unlinkat(f->fd, ANCHOR_FILE, 0), 0);
	assert_int_equal(
	    anchor_open(f->fd, DB_CASES, &f->vault, f->root[0], false, &a, &e),
	    -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_int_equal(symlinkat("/etc/passwd", f->fd, ANCHOR_FILE), 0);
	assert_int_equal(
	    anchor_open(f->fd, DB_CASES, &f->vault, f->root[0], true, &a, &e),
	    -1);
	anchor_close(&a);
}

static void
a_full_disk_is_said(void **state)
{
	struct fixture *f = *state;
	struct anchor_file a;
	struct err e;
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		struct rlimit none = { 0 };
		struct anchor ev = event(1);

		(void)signal(SIGXFSZ, SIG_IGN);
		(void)unlinkat(f->fd, ANCHOR_FILE, 0);
		if (setrlimit(RLIMIT_FSIZE, &none) != 0)
			_exit(2);
		if (anchor_write(&f->file[0], &ev, true, &e) == 0 ||
		    e.kind != ERR_FULL)
			_exit(3);
		if (anchor_open(f->fd, DB_CASES, &f->vault, f->root[0], true,
			&a, &e) == 0 ||
		    e.kind != ERR_FULL)
			_exit(4);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_new_one_is_empty),
		CASE(the_newest_is_read),
		CASE(a_torn_write_leaves_the_one_before),
		CASE(a_damaged_file_is_said),
		CASE(an_old_file_is_read_and_goes_on),
		CASE(harm_13_a_stolen_file_is_noise),
		CASE(going_back_is_refused),
		CASE(a_record_belongs_to_one_vault_chain_and_key),
		CASE(harm_12_the_identity_chain_has_its_own_key),
		CASE(databases_are_compared),
		CASE(a_missing_or_open_file_is_refused),
		CASE(a_full_disk_is_said),
	};
	struct err e;

	if (vault_init(&e) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
