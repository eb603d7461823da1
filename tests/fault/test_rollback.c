/* SPDX-License-Identifier: ISC */
/*
 * Old bytes in the place of new ones, by somebody without any key: the engine
 * takes an older file and an older page without a word.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "store/session_inside.h"
#include "store/tx.h"
#include "store/user.h"
#include "../lib/case_kit.h"

#define PAGE 4096

static struct vault_kit kit; /* nobody is signed in to it */

static void
path_of(char out[600], const char *dir, const char *name)
{
	(void)snprintf(out, 600, "%s/%s", dir, name);
}

static void
copy_over(const char *from, const char *to, const char *name)
{
	static char block[1 << 20];
	char a[600], b[600];
	ssize_t n;
	int in, out;

	path_of(a, from, name);
	path_of(b, to, name);
	in = open(a, O_RDONLY);
	if (in == -1) {
		(void)unlink(b);
		return;
	}
	out = open(b, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(out >= 0);
	while ((n = read(in, block, sizeof(block))) > 0)
		assert_int_equal(write(out, block, (size_t)n), n);
	(void)close(in);
	assert_int_equal(close(out), 0);
}

/* A copy of the vault, then an hour's work in the vault. */
static void
work_on(struct vault_kit *k, const char *old, bool people_too)
{
	char code[ENROL_CODE_SIZE];
	struct session *s;
	struct err err;

	vault_kit_copy(k->dir, old);
	s = vault_kit_sign_in(k, "amina", &err);
	assert_non_null(s);
	(void)case_of(s, "Ruth Lanternfield");
	session_end(s, SESSION_SIGNED_OUT);
	if (!people_too)
		return;
	s = vault_kit_sign_in(k, "adele", &err);
	assert_non_null(s);
	OK(user_add(
	    s, "later", "Later", ROLE_CASEWORKER, "branch-1", code, &err));
	session_end(s, SESSION_SIGNED_OUT);
}

/* --- what verify still says ------------------------------------------------------- */
static void
hash_files(const char *dir, uint8_t out[HASH_BYTES])
{
	static const char *const files[] = { "cases.db", "cases.db-wal",
		"identity.db", "identity.db-wal", "keyring", "anchor" };
	static char block[1 << 20];
	char path[600];
	struct hash h;
	ssize_t n;
	int fd;

	hash_init(&h);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		path_of(path, dir, files[i]);
		fd = open(path, O_RDONLY);
		while (fd != -1 && (n = read(fd, block, sizeof(block))) > 0)
			hash_add(&h, block, (size_t)n);
		hash_add(&h, files[i], strlen(files[i]));
		if (fd != -1)
			(void)close(fd);
	}
	hash_end(&h, out);
}

static bool
says(const struct findings *f, bool bad, const char *file, const char *words)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].bad == bad &&
		    strstr(f->list[i].what, file) == f->list[i].what &&
		    strstr(f->list[i].what, words) != NULL)
			return true;
	return false;
}

static struct session *
sign_in_to_verify(struct vault_kit *k, const char *login, struct err *err)
{
	struct secret *p = vault_kit_secret(VAULT_KIT_PASSPHRASE);
	struct session *s = NULL;

	if (session_start(&(const struct sign_in){ .vault = k->dir,
			      .society = k->society,
			      .login = login,
			      .passphrase = p,
			      .terminal = "test",
			      .source = "test",
			      .to_verify = true },
		&s, err) == -1)
		s = NULL;
	secret_free(p);
	return s;
}

/* Nobody signs in; verify looks at all there is and leaves it as it is. */
static void
verify_looks(struct vault_kit *k, const char *file, const char *words)
{
	uint8_t before[HASH_BYTES], after[HASH_BYTES];
	struct findings found;
	struct session *s;
	struct arena a;
	struct err err;
	struct tx tx;

	hash_files(k->dir, before);
	s = sign_in_to_verify(k, "sunil", &err);
	if (s == NULL)
		fail_msg("%s: verify cannot run: %s", file, err.text);
	assert_true(session_only_looks(s));
	arena_init(&a);
	OK(vault_verify(s, &a, &found, &err));
	if (!says(&found, true, file, words))
		fail_msg("%s: verify does not say \"%s\"", file, words);
	assert_true(says(&found, false, "cases.db", "signed and linked"));
	assert_true(says(&found, false, "identity.db", "signed and linked"));
	arena_done(&a);
	assert_int_equal(
	    tx_begin(&tx, s,
		&(const struct tx_what){
		    .perm = PERM_NONE, .action = "x", .wrote = true },
		&err),
	    -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	session_end(s, SESSION_SIGNED_OUT);
	/* Amina may not, and that leaves nothing either. */
	s = sign_in_to_verify(k, "amina", &err);
	if (s != NULL) {
		arena_init(&a);
		assert_int_equal(vault_verify(s, &a, &found, &err), -1);
		assert_int_equal(err.kind, ERR_DENIED);
		arena_done(&a);
		session_end(s, SESSION_SIGNED_OUT);
	}
	hash_files(k->dir, after);
	assert_memory_equal(before, after, sizeof(before));
}

static void
verify_runs_without_an_anchor(void **state)
{
	struct vault_kit now = kit;
	unsigned char junk[512];
	struct session *s;
	char path[600];
	struct err err;
	int fd;

	(void)state;
	(void)snprintf(now.dir, sizeof(now.dir), "%.200s/now", kit.root);
	vault_kit_copy(kit.dir, now.dir);
	/* In a whole vault it signs in as anybody does. */
	s = sign_in_to_verify(&now, "sunil", &err);
	assert_non_null(s);
	assert_false(session_only_looks(s));
	session_end(s, SESSION_SIGNED_OUT);
	path_of(path, now.dir, "anchor");
	memset(junk, 0x5a, sizeof(junk));
	fd = open(path, O_WRONLY);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, junk, sizeof(junk), 0), sizeof(junk));
	(void)close(fd);
	assert_null(vault_kit_sign_in(&now, "sunil", &err));
	verify_looks(&now, "cases.db", "damaged or changed");
	assert_int_equal(unlink(path), 0);
	assert_null(vault_kit_sign_in(&now, "sunil", &err));
	verify_looks(&now, "identity.db", "missing");
	vault_kit_remove(now.dir);
}

static void
old_files_are_noticed(void **state)
{
	static const struct {
		const char *files[8];
		bool people_too;
		const char *at, *found; /* by verify */
	} cases[] = {
		{ { "cases.db", "cases.db-wal", "cases.db-shm" }, false,
		    "cases.db", "entries are missing: it had" },
		{ { "identity.db", "identity.db-wal", "identity.db-shm" },
		    false, "identity.db", "entries are missing: it had" },
		{ { "keyring" }, true, "keyring", "older than" },
		{ { "cases.db", "cases.db-wal", "cases.db-shm", "keyring" },
		    true, "cases.db", "entries are missing, and its keyring" },
	};
	struct vault_kit now = kit;
	struct alarm alarm;
	struct session *s;
	struct err err;
	struct db *db;
	char old[300];

	(void)state;
	(void)snprintf(now.dir, sizeof(now.dir), "%.200s/now", kit.root);
	(void)snprintf(old, sizeof(old), "%.200s/old", kit.root);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		vault_kit_copy(kit.dir, now.dir);
		work_on(&now, old, cases[i].people_too);
		/* As it is it opens. */
		s = vault_kit_sign_in(&now, "sunil", &err);
		assert_non_null(s);
		OK(session_identity(s, &db, &err));
		session_end(s, SESSION_SIGNED_OUT);
		for (size_t f = 0; cases[i].files[f] != NULL; f++)
			copy_over(old, now.dir, cases[i].files[f]);
		err_clear(&err);
		s = vault_kit_sign_in(&now, "sunil", &err);
		/* A database alone is read, with the alarm; an old keyring
		 * lets nobody in. */
		if (i < 2) {
			assert_non_null(s);
			OK(session_identity(s, &db, &err));
			assert_true(session_alarm(s, &alarm));
			assert_int_equal(alarm.cases, i == 0);
			session_drop(s);
		} else if (s != NULL || err.kind != ERR_TAMPERED)
			fail_msg("old %s: \"%s\" (%d)", cases[i].files[0],
			    err.text, (int)err.kind);
		verify_looks(&now, cases[i].at, cases[i].found);
		vault_kit_remove(now.dir);
		vault_kit_remove(old);
	}
}

/*
 * Everything put back at once, with the anchor, is a vault as it once was:
 * nothing in it can tell.  What can is what each person is shown when they
 * come in: the number and the words of the newest event.
 */
static void
a_whole_old_vault_shows_an_older_event(void **state)
{
	struct vault_kit now = kit;
	char old[300], words[64], words_old[64];
	int64_t at, event, event_old;
	struct session *s;
	struct err err;

	(void)state;
	(void)snprintf(now.dir, sizeof(now.dir), "%.200s/now", kit.root);
	(void)snprintf(old, sizeof(old), "%.200s/old", kit.root);
	vault_kit_copy(kit.dir, now.dir);
	work_on(&now, old, false);
	s = vault_kit_sign_in(&now, "amina", &err);
	assert_non_null(s);
	session_last(s, &at, &event, words);
	session_end(s, SESSION_SIGNED_OUT);
	(void)snprintf(now.dir, sizeof(now.dir), "%.200s/old", kit.root);
	s = vault_kit_sign_in(&now, "amina", &err);
	assert_non_null(s);
	session_last(s, &at, &event_old, words_old);
	session_end(s, SESSION_SIGNED_OUT);
	assert_true(event_old < event);
	assert_string_not_equal(words, words_old);
	(void)snprintf(now.dir, sizeof(now.dir), "%.200s/now", kit.root);
	vault_kit_remove(now.dir);
	vault_kit_remove(old);
}

/* --- pages ------------------------------------------------------------------------ */
/* One file without a log beside it. */
static void
settle(struct vault_kit *k)
{
	struct session *s;
	struct err err;
	struct db *db;

	s = vault_kit_sign_in(k, "sunil", &err);
	assert_non_null(s);
	OK(session_identity(s, &db, &err));
	OK(lock_acquire(&s->writers, LOCK_WAIT_MS, &err));
	OK(db_checkpoint(&s->cases, true, &err));
	OK(db_checkpoint(db, true, &err));
	lock_release(&s->writers);
	session_drop(s);
}

static bool
noticed(struct vault_kit *k)
{
	struct findings found;
	struct session *s;
	struct arena a;
	struct err err;
	bool bad;

	s = vault_kit_sign_in(k, "sunil", &err);
	if (s == NULL)
		return true;
	arena_init(&a);
	bad = vault_verify(s, &a, &found, &err) == -1 || found.bad > 0;
	arena_done(&a);
	session_drop(s);
	return bad;
}

/* What a page is the root of; in a small vault most tables are one page. */
static void
say_missed(struct vault_kit *k, const char *file, off_t page)
{
	struct session *s;
	sqlite3_stmt *st;
	struct err err;
	struct db *db;

	s = vault_kit_sign_in(k, "sunil", &err);
	assert_non_null(s);
	OK(session_identity(s, &db, &err));
	if (strcmp(file, "cases.db") == 0)
		db = &s->cases;
	st = db_query(db, "SELECT name FROM sqlite_master WHERE rootpage = ?1",
	    VALS(v_int(page + 1)), &err);
	assert_non_null(st);
	print_error("%s: page %lld (%s) was not noticed\n", file,
	    (long long)page + 1,
	    db_row(db, st, &err) == 1 ? col_text(st, 0) : "inside");
	stmt_done(st);
	session_drop(s);
}

static void
an_old_page(const char *file)
{
	struct vault_kit now = kit, one = kit;
	unsigned char a[PAGE], b[PAGE];
	char old[300], from[600], into[600];
	int fd_old, fd_new, fd, tried = 0, missed = 0;

	(void)snprintf(now.dir, sizeof(now.dir), "%.200s/now", kit.root);
	(void)snprintf(one.dir, sizeof(one.dir), "%.200s/one", kit.root);
	(void)snprintf(old, sizeof(old), "%.200s/old", kit.root);
	vault_kit_copy(kit.dir, now.dir);
	settle(&now);
	work_on(&now, old, false);
	settle(&now);
	path_of(from, old, file);
	path_of(into, now.dir, file);
	fd_old = open(from, O_RDONLY);
	fd_new = open(into, O_RDONLY);
	assert_true(fd_old >= 0 && fd_new >= 0);
	for (off_t page = 0;; page++) {
		if (pread(fd_old, a, PAGE, page * PAGE) != PAGE ||
		    pread(fd_new, b, PAGE, page * PAGE) != PAGE)
			break;
		if (memcmp(a, b, PAGE) == 0)
			continue;
		vault_kit_copy(now.dir, one.dir);
		path_of(into, one.dir, file);
		fd = open(into, O_RDWR);
		assert_true(fd >= 0);
		assert_int_equal(pwrite(fd, a, PAGE, page * PAGE), PAGE);
		(void)close(fd);
		tried++;
		if (!noticed(&one)) {
			missed++;
			say_missed(&one, file, page);
		}
		vault_kit_remove(one.dir);
	}
	print_message("%s: %d pages put back one by one\n", file, tried);
	(void)close(fd_old);
	(void)close(fd_new);
	assert_true(tried > 5);
	assert_int_equal(missed, 0);
	vault_kit_remove(now.dir);
	vault_kit_remove(old);
}

static void
an_old_page_of_cases(void **state)
{
	(void)state;
	an_old_page("cases.db");
}

static void
an_old_page_of_identity(void **state)
{
	(void)state;
	an_old_page("identity.db");
}

/* --- the vault --------------------------------------------------------------- */
static int
setup(void **state)
{
	struct session *amina;

	(void)state;
	vault_kit_open(&kit);
	kit.society->grants.scope[ROLE_SUPERVISOR][PERM_VAULT_CARE] = SCOPE_ALL;
	amina = vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	(void)case_of(amina, "Kamala Lanternfield");
	vault_kit_end(&kit, &amina);
	vault_kit_end(&kit, &(struct session *){ kit.admin });
	vault_kit_end(&kit, &(struct session *){ kit.supervisor });
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	vault_kit_close(&kit);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(old_files_are_noticed),
		cmocka_unit_test(verify_runs_without_an_anchor),
		cmocka_unit_test(a_whole_old_vault_shows_an_older_event),
		cmocka_unit_test(an_old_page_of_cases),
		cmocka_unit_test(an_old_page_of_identity),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
