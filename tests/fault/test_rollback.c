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

static void
old_files_are_noticed(void **state)
{
	static const struct {
		const char *files[8];
		bool people_too;
	} cases[] = {
		{ { "cases.db", "cases.db-wal", "cases.db-shm" }, false },
		{ { "identity.db", "identity.db-wal", "identity.db-shm" },
		    false },
		{ { "keyring" }, true },
		{ { "cases.db", "cases.db-wal", "cases.db-shm", "keyring" },
		    true },
	};
	struct vault_kit now = kit;
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
		if (i == 1) {
			assert_non_null(s);
			assert_int_equal(session_identity(s, &db, &err), -1);
			session_drop(s);
			s = NULL;
		}
		if (s != NULL || err.kind != ERR_TAMPERED)
			fail_msg("old %s: \"%s\" (%d)", cases[i].files[0],
			    err.text, (int)err.kind);
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
		cmocka_unit_test(a_whole_old_vault_shows_an_older_event),
		cmocka_unit_test(an_old_page_of_cases),
		cmocka_unit_test(an_old_page_of_identity),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
