/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "store/record.h"
#include "store/session_inside.h"
#include "../lib/vault_kit.h"

static struct vault_kit kit;
static struct session *amina, *bilal;
static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	vault_kit_open(&kit);
	amina = vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	bilal = vault_kit_user(&kit, "bilal", ROLE_SUPERVISOR, "branch-1");
	arena_init(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_done(&arena);
	vault_kit_close(&kit);
	return 0;
}

static struct uid
new_case(void)
{
	return vault_kit_case(amina, &session_user(amina)->uid, "branch-1");
}

/* One write through record_update(), committed or not. */
static int
change(struct session *s, struct uid uid, int64_t *rev, const struct change *c,
    size_t n, struct conflicts *clash, struct err *err)
{
	struct tx tx;
	int rc;

	rc = tx_begin(&tx, s,
	    &(const struct tx_what){ .perm = PERM_CASE_WRITE,
		.case_uid = &uid,
		.action = "case.change",
		.wrote = true },
	    err);
	assert_int_equal(rc, 0);
	rc = record_update(&tx, REC_CASE, NULL, &uid, rev, c, n, &arena, clash);
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	return rc;
}

static const char *
text_of(struct uid uid, const char *sql)
{
	struct err err;
	sqlite3_stmt *st =
	    db_query(&amina->cases, sql, VALS(v_uid0(&uid)), &err);
	const char *s;

	assert_non_null(st);
	assert_int_equal(db_row(&amina->cases, st, &err), 1);
	s = col_str(st, 0, &arena);
	stmt_done(st);
	return s;
}

static int64_t
count_ops(struct uid uid)
{
	struct err err;
	int64_t n = 0;

	assert_int_equal(
	    db_int(&amina->cases, "SELECT count(*) FROM op WHERE subject = ?1",
		VALS(v_uid0(&uid)), &n, &err),
	    1);
	return n;
}

static void
only_what_changed_is_written(void **state)
{
	const struct change c[] = { { "language", "si" }, { "sex", "" },
		{ "urgent", "0" }, { "wants", "a doctor" } };
	struct uid uid = new_case();
	struct err err;
	int64_t rev = 1;

	(void)state;
	assert_int_equal(change(amina, uid, &rev, c, 4, NULL, &err), 0);
	assert_int_equal(rev, 2);
	assert_int_equal(count_ops(uid), 2);
	assert_string_equal(
	    text_of(uid, "SELECT language FROM case_file WHERE uid = ?1"),
	    "si");
	assert_string_equal(
	    text_of(uid,
		"SELECT field || ':' || old || '>' || new || ' ' || base_rev "
		"|| ' ' || rev || ' ' || (base_hlc > 0 AND base_hlc < hlc) "
		"FROM op WHERE subject = ?1 AND field = 'wants'"),
	    "wants:>a doctor 1 2 1");
	assert_string_equal(
	    text_of(uid, "SELECT fields FROM audit WHERE case_uid = ?1 "
			 "ORDER BY seq DESC LIMIT 1"),
	    "language,wants");
	/* The same again is no new version. */
	assert_int_equal(change(amina, uid, &rev, c, 4, NULL, &err), 0);
	assert_int_equal(rev, 2);
	assert_int_equal(count_ops(uid), 2);
}

static void
other_fields_are_merged(void **state)
{
	const struct change a = { "language", "ta" }, b = { "sex", "x" };
	struct uid uid = new_case();
	int64_t ra = 1, rb = 1;
	struct conflicts clash = { .n = 0 };
	struct err err;

	(void)state;
	assert_int_equal(change(amina, uid, &ra, &a, 1, &clash, &err), 0);
	assert_int_equal(change(bilal, uid, &rb, &b, 1, &clash, &err), 0);
	assert_int_equal(clash.n, 0);
	assert_int_equal(rb, 3);
	assert_string_equal(
	    text_of(
		uid, "SELECT language || sex FROM case_file WHERE uid = ?1"),
	    "tax");
	/* Based on the first version, which had no op of its own. */
	assert_string_equal(
	    text_of(uid, "SELECT base_rev || ' ' || base_hlc FROM op "
			 "WHERE subject = ?1 AND field = 'sex'"),
	    "1 0");
}

static void
the_same_field_is_a_conflict(void **state)
{
	const struct change a[] = { { "language", "ta" }, { "wants", "rest" } };
	const struct change b[] = { { "language", "si" }, { "sex", "x" },
		{ "wants", "rest" } };
	struct uid uid = new_case();
	int64_t ra = 1, rb = 1;
	struct conflicts clash = { .n = 0 };
	struct err err;

	(void)state;
	assert_int_equal(change(amina, uid, &ra, a, 2, NULL, &err), 0);
	assert_int_equal(change(bilal, uid, &rb, b, 3, &clash, &err), -1);
	assert_int_equal(err.kind, ERR_CONFLICT);
	/* Both wanted "rest": that is no conflict. */
	assert_int_equal(clash.n, 1);
	assert_string_equal(clash.list[0].field, "language");
	assert_string_equal(clash.list[0].mine, "si");
	assert_string_equal(clash.list[0].theirs, "ta");
	assert_string_equal(clash.list[0].by, "amina");
	assert_true(clash.list[0].at > 0);
	assert_int_equal(clash.rev, 2);
	assert_int_equal(rb, 1);
	/* Nothing of it was written, not even the field nobody else had. */
	assert_string_equal(
	    text_of(
		uid, "SELECT language || sex FROM case_file WHERE uid = ?1"),
	    "ta");
	/* Decided, and based on what was shown: it goes through. */
	rb = clash.rev;
	assert_int_equal(change(bilal, uid, &rb, b, 3, &clash, &err), 0);
	assert_string_equal(
	    text_of(
		uid, "SELECT language || sex FROM case_file WHERE uid = ?1"),
	    "six");
}

static void
changed_there_and_back_is_still_seen(void **state)
{
	const struct change there = { "language", "ta" };
	const struct change back = { "language", "" };
	const struct change mine = { "language", "si" };
	struct uid uid = new_case();
	int64_t ra = 1, rb = 1;
	struct conflicts clash = { .n = 0 };
	struct err err;

	(void)state;
	assert_int_equal(change(amina, uid, &ra, &there, 1, NULL, &err), 0);
	assert_int_equal(change(amina, uid, &ra, &back, 1, NULL, &err), 0);
	assert_int_equal(change(bilal, uid, &rb, &mine, 1, &clash, &err), -1);
	assert_int_equal(err.kind, ERR_CONFLICT);
	assert_string_equal(clash.list[0].theirs, "");
}

static void
names_and_values_are_checked(void **state)
{
	static const struct change bad[] = {
		{ "code", "AAA-AAA-A" }, /* not a field people change */
		{ "person", "" },
		{ "rev", "9" },
		{ "no_such_field", "x" },
		{ "wants = 'x' --", "x" },
		{ "", "x" },
		{ "urgent", "2" },
		{ "urgent", "yes" },
		{ "next_due", "soon" },
		{ "next_due", "99999999999999999999" },
		{ "owner", "not a uid" },
		{ "owner", "0123" },
	};
	struct uid uid = new_case();
	struct err err;
	int64_t rev = 1;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (change(amina, uid, &rev, &bad[i], 1, NULL, &err) != -1)
			fail_msg("%s = %s", bad[i].field, bad[i].value);
		assert_int_equal(err.kind, ERR_INPUT);
		assert_int_equal(rev, 1);
	}
	assert_int_equal(count_ops(uid), 0);
}

static void
owners_are_uids(void **state)
{
	struct uid uid = new_case();
	char hex[33];
	struct change c = { "owner", hex };
	int64_t rev = 1;
	struct err err;

	(void)state;
	uid_hex(&session_user(bilal)->uid, hex);
	assert_int_equal(change(amina, uid, &rev, &c, 1, NULL, &err), 0);
	assert_string_equal(
	    text_of(uid, "SELECT login FROM colleague WHERE uid = "
			 "(SELECT owner FROM case_file WHERE uid = ?1)"),
	    "bilal");
	c.value = "";
	assert_int_equal(change(bilal, uid, &rev, &c, 1, NULL, &err), 0);
	assert_string_equal(
	    text_of(uid, "SELECT owner IS NULL FROM case_file WHERE uid = ?1"),
	    "1");
}

static void
a_retry_is_no_copy(void **state)
{
	struct uid uid = new_case(), note = uid_new();
	struct err err;
	struct tx tx;

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(
		    tx_begin(&tx, amina,
			&(const struct tx_what){ .perm = PERM_CASE_WRITE,
			    .case_uid = &uid,
			    .object = &note,
			    .action = "note.add",
			    .wrote = true },
			&err),
		    0);
		assert_int_equal(record_insert(&tx, REC_NOTE, &uid, &note,
				     COLS({ "kind", v_str("fact") },
					 { "text", v_str("one") })),
		    i == 0 ? 0 : 1);
		assert_int_equal(tx_commit(&tx), 0);
		tx_abort(&tx);
	}
	assert_string_equal(
	    text_of(uid, "SELECT count(*) FROM note WHERE case_uid = ?1"), "1");
	assert_string_equal(
	    text_of(uid,
		"SELECT ns || ' ' || rev || ' ' || (schema_version = (SELECT "
		"count(*) FROM meta WHERE name LIKE 'migration:%')) || ' ' || "
		"length(origin_node) || ' ' || (hlc > 0) || ' ' || deleted_hlc "
		"|| ' ' || (made_at > 0) FROM note WHERE case_uid = ?1"),
	    "generic 1 1 16 1 0 1");
}

static void
what_the_program_sets_has_history_too(void **state)
{
	struct uid uid = new_case();
	struct err err;
	struct tx tx;

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(
		    tx_begin(&tx, amina,
			&(const struct tx_what){ .perm = PERM_CASE_WRITE,
			    .case_uid = &uid,
			    .action = "case.summary",
			    .wrote = true },
			&err),
		    0);
		assert_int_equal(
		    record_set(&tx, REC_CASE, NULL, &uid,
			COLS({ "may_contact", v_str("only_if") },
			    { "stop_contact", v_int(1) },
			    { "risk_by", v_uid(&session_user(amina)->uid) })),
		    0);
		assert_int_equal(tx_commit(&tx), 0);
		tx_abort(&tx);
	}
	assert_int_equal(count_ops(uid), 3);
	assert_string_equal(
	    text_of(uid,
		"SELECT may_contact || stop_contact || rev FROM case_file "
		"WHERE uid = ?1"),
	    "only_if12");
}

static void
what_is_gone_is_not_found(void **state)
{
	const struct change c = { "text", "x" };
	struct uid uid = new_case(), nothing = uid_new();
	int64_t rev = 1;
	struct err err;
	struct tx tx;

	(void)state;
	assert_int_equal(tx_begin(&tx, amina,
			     &(const struct tx_what){ .perm = PERM_CASE_WRITE,
				 .case_uid = &uid,
				 .action = "flag.change",
				 .wrote = true },
			     &err),
	    0);
	assert_int_equal(record_update(&tx, REC_FLAG, &uid, &nothing, &rev, &c,
			     1, &arena, NULL),
	    -1);
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	tx_abort(&tx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_changed_is_written),
		cmocka_unit_test(other_fields_are_merged),
		cmocka_unit_test(the_same_field_is_a_conflict),
		cmocka_unit_test(changed_there_and_back_is_still_seen),
		cmocka_unit_test(names_and_values_are_checked),
		cmocka_unit_test(owners_are_uids),
		cmocka_unit_test(a_retry_is_no_copy),
		cmocka_unit_test(what_the_program_sets_has_history_too),
		cmocka_unit_test(what_is_gone_is_not_found),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
