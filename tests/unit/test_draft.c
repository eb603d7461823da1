/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "store/draft.h"
#include "store/session_inside.h"
#include "../lib/vault_kit.h"

static struct vault_kit kit;
static struct session *amina, *bilal;

static int
setup(void **state)
{
	(void)state;
	vault_kit_open(&kit);
	amina = vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	bilal = vault_kit_user(&kit, "bilal", ROLE_CASEWORKER, "branch-1");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	vault_kit_close(&kit);
	return 0;
}

static size_t
how_many(struct session *s)
{
	struct drafts list;
	struct arena a;
	struct err err;
	size_t n;

	arena_init(&a);
	assert_int_equal(draft_list(s, &a, &list, &err), 0);
	n = list.n;
	arena_done(&a);
	return n;
}

static int64_t
ask(const char *sql)
{
	struct err err;
	int64_t n = -1;

	assert_int_not_equal(
	    db_int(&kit.admin->cases, sql, NO_VALS, &n, &err), -1);
	return n;
}

static void
kept_and_given_back(void **state)
{
	static const char typed[] = "\xe0\xb6\x85 typed\0with a NUL";
	struct draft d = {
		.uid = uid_new(), .screen = "intake", .case_uid = uid_new()
	};
	int64_t events = ask("SELECT count(*) FROM audit");
	struct drafts list;
	struct buf out;
	struct arena a;
	struct err err;

	(void)state;
	(void)snprintf(d.code, sizeof(d.code), "7KQ-M4X-T");
	assert_int_equal(draft_save(amina, &d, "first", 5, &err), 0);
	assert_int_equal(draft_save(amina, &d, typed, sizeof(typed), &err), 0);
	arena_init(&a);
	assert_int_equal(draft_list(amina, &a, &list, &err), 0);
	assert_int_equal(list.n, 1);
	assert_string_equal(list.list[0].screen, "intake");
	assert_string_equal(list.list[0].code, "7KQ-M4X-T");
	assert_memory_equal(&list.list[0].uid, &d.uid, 16);
	assert_memory_equal(&list.list[0].case_uid, &d.case_uid, 16);
	assert_true(list.list[0].changed_at > 0);
	arena_done(&a);
	buf_init(&out);
	buf_add_str(&out, "left from before");
	assert_int_equal(draft_load(amina, d.uid, &out, &err), 0);
	assert_int_equal(out.len, sizeof(typed));
	assert_memory_equal(out.data, typed, sizeof(typed));
	buf_done(&out);
	/* Typing is nobody's record yet. */
	assert_int_equal(ask("SELECT count(*) FROM audit"), events);
	assert_int_equal(draft_drop(amina, d.uid, &err), 0);
	assert_int_equal(how_many(amina), 0);
}

static void
nobody_elses(void **state)
{
	struct draft d = { .uid = uid_new(), .screen = "note" };
	struct buf out;
	struct err err;

	(void)state;
	assert_int_equal(draft_save(amina, &d, "private", 7, &err), 0);
	assert_int_equal(how_many(bilal), 0);
	buf_init(&out);
	assert_int_equal(draft_load(bilal, d.uid, &out, &err), -1);
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	/* Whoever moves it to themselves still cannot open it. */
	assert_int_equal(
	    db_exec(&bilal->cases, "UPDATE draft SET owner = ?1 WHERE uid = ?2",
		VALS(v_uid0(&session_user(bilal)->uid), v_uid0(&d.uid)), NULL,
		&err),
	    0);
	assert_int_equal(draft_load(bilal, d.uid, &out, &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	assert_int_equal(draft_drop(bilal, d.uid, &err), 0);
	buf_done(&out);
	assert_int_equal(ask("SELECT count(*) FROM draft"), 0);
}

/* Each sees their own, the newest first, and throws away no other. */
static void
each_their_own(void **state)
{
	struct draft old = { .uid = uid_new(), .screen = "note" };
	struct draft mine = { .uid = uid_new(), .screen = "intake" };
	struct draft theirs = { .uid = uid_new(), .screen = "note" };
	struct drafts list;
	struct arena a;
	struct err err;

	(void)state;
	assert_int_equal(draft_save(amina, &mine, "first", 5, &err), 0);
	assert_int_equal(draft_save(amina, &old, "second", 6, &err), 0);
	assert_int_equal(draft_save(bilal, &theirs, "third", 5, &err), 0);
	assert_int_equal(
	    db_exec(&amina->cases,
		"UPDATE draft SET changed_at = changed_at - 1000 WHERE uid = "
		"?1",
		VALS(v_uid0(&old.uid)), NULL, &err),
	    0);
	arena_init(&a);
	assert_int_equal(draft_list(bilal, &a, &list, &err), 0);
	assert_int_equal(list.n, 1);
	assert_true(uid_eq(&list.list[0].uid, &theirs.uid));
	assert_int_equal(draft_list(amina, &a, &list, &err), 0);
	assert_int_equal(list.n, 2);
	assert_true(uid_eq(&list.list[0].uid, &mine.uid));
	assert_true(uid_eq(&list.list[1].uid, &old.uid));
	arena_done(&a);
	assert_int_equal(draft_drop(bilal, mine.uid, &err), 0);
	assert_int_equal(how_many(amina), 2);
	assert_int_equal(draft_drop(amina, mine.uid, &err), 0);
	assert_int_equal(draft_drop(amina, old.uid, &err), 0);
	assert_int_equal(draft_drop(bilal, theirs.uid, &err), 0);
}

/* Any change of what it is bound to, or of itself, is noticed. */
static void
bound_to_its_place(void **state)
{
	static const char *const tampered[] = {
		"UPDATE draft SET screen = 'other'",
		"UPDATE draft SET case_uid = zeroblob(16)",
		"UPDATE draft SET sealed = substr(sealed, 1, length(sealed) - "
		"1)",
		"UPDATE draft SET sealed = x''",
		"UPDATE draft SET sealed = zeroblob(60)",
	};
	struct draft d = {
		.uid = uid_new(), .screen = "note", .case_uid = uid_new()
	};
	struct buf out;
	struct err err;

	(void)state;
	buf_init(&out);
	for (size_t i = 0; i < sizeof(tampered) / sizeof(tampered[0]); i++) {
		assert_int_equal(draft_save(amina, &d, "words", 5, &err), 0);
		assert_int_equal(draft_load(amina, d.uid, &out, &err), 0);
		assert_int_equal(
		    db_exec(&amina->cases, tampered[i], NO_VALS, NULL, &err),
		    0);
		assert_int_equal(draft_load(amina, d.uid, &out, &err), -1);
		assert_int_equal(err.kind, ERR_DAMAGED);
	}
	buf_done(&out);
	assert_int_equal(draft_drop(amina, d.uid, &err), 0);
}

/* What was saved is not offered to be saved a second time, though a full disk
 * kept its draft; it goes as soon as it can. */
static void
harm_13_a_saved_draft_is_not_offered_again(void **state)
{
	struct draft saved = { .uid = uid_new(), .screen = "note" };
	struct draft next = { .uid = uid_new(), .screen = "risk" };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(draft_save(amina, &saved, "words", 5, &err), 0);
	amina->fault = SQLITE_FULL;
	assert_int_equal(draft_drop(amina, saved.uid, &err), -1);
	assert_int_equal(err.kind, ERR_FULL);
	assert_int_equal(ask("SELECT count(*) FROM draft"), 1);
	assert_int_equal(how_many(amina), 0);
	assert_int_equal(draft_settle(amina, &err), 0);
	assert_int_equal(ask("SELECT count(*) FROM draft"), 0);
	/* With the next one that is written. */
	assert_int_equal(draft_save(amina, &saved, "words", 5, &err), 0);
	amina->fault = SQLITE_FULL;
	assert_int_equal(draft_drop(amina, saved.uid, &err), -1);
	assert_int_equal(draft_save(amina, &next, "more", 4, &err), 0);
	assert_int_equal(ask("SELECT count(*) FROM draft"), 1);
	/* Written anew it is a draft again. */
	amina->fault = SQLITE_FULL;
	assert_int_equal(draft_drop(amina, next.uid, &err), -1);
	assert_int_equal(draft_save(amina, &next, "again", 5, &err), 0);
	assert_int_equal(how_many(amina), 1);
	assert_int_equal(draft_settle(amina, &err), 0);
	assert_int_equal(how_many(amina), 1);
	assert_int_equal(draft_drop(amina, next.uid, &err), 0);
}

static void
as_long_as_it_may_be(void **state)
{
	struct draft d = { .uid = uid_new(), .screen = "note" };
	char *big = calloc(1, DRAFT_MAX + 1);
	struct buf out;
	struct err err;

	(void)state;
	assert_non_null(big);
	memset(big, 'x', DRAFT_MAX + 1);
	assert_int_equal(draft_save(amina, &d, big, DRAFT_MAX + 1, &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(draft_save(amina, &d, big, DRAFT_MAX, &err), 0);
	assert_int_equal(draft_save(amina, &d, "", 0, &err), 0);
	buf_init(&out);
	assert_int_equal(draft_load(amina, d.uid, &out, &err), 0);
	assert_int_equal(out.len, 0);
	assert_int_equal(draft_save(amina, &d, big, DRAFT_MAX, &err), 0);
	assert_int_equal(draft_load(amina, d.uid, &out, &err), 0);
	assert_int_equal(out.len, DRAFT_MAX);
	assert_memory_equal(out.data, big, DRAFT_MAX);
	buf_done(&out);
	free(big);
	assert_int_equal(draft_drop(amina, d.uid, &err), 0);
}

/* The next morning, and after a new passphrase, it is still theirs. */
static void
there_the_next_morning(void **state)
{
	struct secret *old = vault_kit_secret(VAULT_KIT_PASSPHRASE);
	struct secret *new_one = vault_kit_secret("nine kites over the shore");
	struct session *s =
	    vault_kit_user(&kit, "chitra", ROLE_CASEWORKER, "branch-1");
	struct draft d = { .uid = uid_new(), .screen = "note" };
	struct session *later = NULL;
	struct buf out;
	struct err err;

	(void)state;
	assert_int_equal(draft_save(s, &d, "words", 5, &err), 0);
	assert_int_equal(session_change_passphrase(s, old, new_one, &err), 0);
	vault_kit_end(&kit, &s);
	assert_int_equal(
	    session_start(&(const struct sign_in){ .vault = kit.dir,
			      .society = kit.society,
			      .login = "chitra",
			      .passphrase = new_one },
		&later, &err),
	    0);
	buf_init(&out);
	assert_int_equal(draft_load(later, d.uid, &out, &err), 0);
	assert_string_equal(out.data, "words");
	buf_done(&out);
	session_end(later, SESSION_SIGNED_OUT);
	secret_free(old);
	secret_free(new_one);
}

static void
failures_are_told(void **state)
{
	struct draft d = { .uid = uid_new(), .screen = "note" };
	struct err err;

	(void)state;
	amina->fault = SQLITE_FULL;
	assert_int_equal(draft_save(amina, &d, "words", 5, &err), -1);
	assert_int_equal(err.kind, ERR_FULL);
	assert_int_equal(how_many(amina), 0);
	assert_int_equal(draft_save(amina, &d, "words", 5, &err), 0);
	assert_int_equal(how_many(amina), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kept_and_given_back),
		cmocka_unit_test(nobody_elses),
		cmocka_unit_test(each_their_own),
		cmocka_unit_test(bound_to_its_place),
		cmocka_unit_test(harm_13_a_saved_draft_is_not_offered_again),
		cmocka_unit_test(as_long_as_it_may_be),
		cmocka_unit_test(there_the_next_morning),
		cmocka_unit_test(failures_are_told),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
