/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "store/audit_write.h"
#include "store/record.h"
#include "store/session_inside.h"
#include "../lib/vault_kit.h"

static struct vault_kit kit;
static struct session *amina, *bilal, *other_branch, *auditor;
static struct uid mine, his, nobodys;

static int
setup(void **state)
{
	(void)state;
	vault_kit_open(&kit);
	amina = vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	bilal = vault_kit_user(&kit, "bilal", ROLE_CASEWORKER, "branch-1");
	other_branch =
	    vault_kit_user(&kit, "chitra", ROLE_CASEWORKER, "branch-2");
	auditor = vault_kit_user(&kit, "dora", ROLE_AUDITOR, "headquarters");
	mine = vault_kit_case(amina, &session_user(amina)->uid, "branch-1");
	his = vault_kit_case(bilal, &session_user(bilal)->uid, "branch-1");
	nobodys = vault_kit_case(amina, NULL, "branch-1");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	vault_kit_close(&kit);
	return 0;
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

static int64_t
events(void)
{
	return ask("SELECT count(*) FROM audit");
}

/* A whole transaction that does nothing but be allowed. */
static int
act(struct session *s, const struct tx_what *what, struct err *err)
{
	struct tx tx;
	int rc = tx_begin(&tx, s, what, err);

	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	assert_true(session_idle(s));
	assert_false(s->writers.held);
	return rc;
}

static void
who_may_what(void **state)
{
	const struct {
		struct session *s;
		const struct uid *about;
		enum permission perm;
		const char *reason;
		enum err_kind want;
	} cases[] = {
		{ amina, &mine, PERM_CASE_READ, NULL, ERR_NONE },
		{ amina, &mine, PERM_CASE_WRITE, NULL, ERR_NONE },
		{ amina, &nobodys, PERM_CASE_READ, NULL, ERR_NONE },
		{ amina, &his, PERM_CASE_READ, NULL, ERR_REASON },
		{ amina, &his, PERM_CASE_READ, "  ", ERR_REASON },
		{ amina, &his, PERM_CASE_READ, "covering for Bilal", ERR_NONE },
		{ amina, &his, PERM_CASE_WRITE, "covering", ERR_DENIED },
		{ other_branch, &mine, PERM_CASE_READ, "why", ERR_DENIED },
		{ kit.admin, &mine, PERM_CASE_READ, "why", ERR_DENIED },
		{ auditor, &mine, PERM_CASE_READ, "why", ERR_DENIED },
		{ auditor, &mine, PERM_ACCESS_LOG, NULL, ERR_NONE },
		{ kit.supervisor, &mine, PERM_CASE_READ, "review", ERR_NONE },
		{ amina, NULL, PERM_USER_MANAGE, NULL, ERR_DENIED },
		{ kit.admin, NULL, PERM_VAULT_CARE, NULL, ERR_NONE },
		{ amina, NULL, PERM_NONE, NULL, ERR_NONE },
	};
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t denied =
		    ask("SELECT count(*) FROM audit WHERE outcome = 'denied'");
		int rc;

		err.kind = ERR_NONE;
		rc = act(cases[i].s,
		    &(const struct tx_what){ .perm = cases[i].perm,
			.case_uid = cases[i].about,
			.action = "test.act",
			.reason = cases[i].reason },
		    &err);
		if ((rc == 0) != (cases[i].want == ERR_NONE) ||
		    (rc == -1 && err.kind != cases[i].want))
			fail_msg("row %zu: %d, kind %d", i, rc, err.kind);
		/* A refused attempt is on the record, a missing reason not. */
		assert_int_equal(ask("SELECT count(*) FROM audit "
				     "WHERE outcome = 'denied'"),
		    denied + (cases[i].want == ERR_DENIED));
	}
}

static void
a_reason_stands_for_the_case_and_database(void **state)
{
	const struct tx_what cold = { .perm = PERM_CASE_READ,
		.case_uid = &his,
		.action = "case.timeline" };
	struct tx_what warm = cold;
	struct err err;
	struct session *s = vault_kit_sign_in(&kit, "amina", &err);

	(void)state;
	assert_non_null(s);
	warm.reason = "covering";
	assert_int_equal(act(s, &cold, &err), -1);
	assert_int_equal(err.kind, ERR_REASON);
	assert_int_equal(act(s, &warm, &err), 0);
	assert_int_equal(act(s, &cold, &err), 0);
	/* Said for the case; who the person is needs its own. */
	assert_int_equal(act(s,
			     &(const struct tx_what){ .db = DB_IDENTITY,
				 .perm = PERM_IDENTITY_READ,
				 .case_uid = &mine,
				 .action = "person.open" },
			     &err),
	    -1);
	assert_int_equal(err.kind, ERR_REASON);
	s->reasons[0].at -= REASON_FOR; /* an hour later */
	assert_int_equal(act(s, &cold, &err), -1);
	session_end(s, SESSION_SIGNED_OUT);
}

static void
reads_are_recorded_once_in_five_minutes(void **state)
{
	const struct tx_what read = { .perm = PERM_CASE_READ,
		.case_uid = &mine,
		.action = "case.part",
		.again_ok = true };
	const struct tx_what wrote = { .perm = PERM_CASE_READ,
		.case_uid = &mine,
		.action = "case.part-written",
		.reason = "covering",
		.wrote = true };
	struct tx_what other = read;
	int64_t n = events();
	struct err err;

	(void)state;
	assert_int_equal(act(amina, &read, &err), 0);
	assert_int_equal(events(), n + 1);
	assert_int_equal(act(amina, &read, &err), 0);
	assert_int_equal(events(), n + 1);
	other.case_uid = &nobodys; /* another case is another event */
	assert_int_equal(act(amina, &other, &err), 0);
	assert_int_equal(events(), n + 2);
	other = read;
	other.action = "case.other-part";
	assert_int_equal(act(amina, &other, &err), 0);
	assert_int_equal(events(), n + 3);
	for (size_t i = 0; i < SEEN_MAX; i++)
		amina->seen[i].at -= SEEN_FOR; /* five minutes on */
	assert_int_equal(act(amina, &read, &err), 0);
	assert_int_equal(events(), n + 4);
	/* What she wrote herself is not new to her; what another wrote is. */
	assert_int_equal(act(amina, &wrote, &err), 0);
	assert_int_equal(act(amina, &read, &err), 0);
	assert_int_equal(events(), n + 5);
	assert_int_equal(act(kit.supervisor, &wrote, &err), 0);
	assert_int_equal(act(amina, &read, &err), 0);
	assert_int_equal(events(), n + 7);
	assert_int_equal(act(amina, &read, &err), 0);
	assert_int_equal(events(), n + 7);
	/* A right that went meanwhile is asked for again all the same. */
	other = read;
	other.case_uid = &his;
	other.reason = "covering";
	assert_int_equal(act(amina, &other, &err), 0);
	amina->user.branch[0] = '\0'; /* what the session thinks */
	assert_int_equal(act(amina, &other, &err), 0); /* the row decides */
}

/* What cannot be recorded is not shown and not kept. */
static void
no_event_no_data(void **state)
{
	static const struct {
		int code;
		enum err_kind kind;
	} faults[] = {
		{ SQLITE_FULL, ERR_FULL },
		{ SQLITE_BUSY, ERR_BUSY },
		{ SQLITE_IOERR_FSYNC, ERR_IO },
		{ SQLITE_NOMEM, ERR_NOMEM },
		{ SQLITE_CORRUPT, ERR_DAMAGED },
	};
	struct uid note;
	struct err err;
	struct tx tx;

	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		int64_t n = events();

		note = uid_new();
		assert_int_equal(
		    tx_begin(&tx, amina,
			&(const struct tx_what){ .perm = PERM_CASE_WRITE,
			    .case_uid = &mine,
			    .action = "note.add",
			    .wrote = true },
			&err),
		    0);
		assert_int_equal(record_insert(&tx, REC_NOTE, &mine, &note,
				     COLS({ "kind", v_str("fact") },
					 { "text", v_str("x") })),
		    0);
		amina->fault = faults[i].code;
		assert_int_equal(tx_commit(&tx), -1);
		assert_int_equal(err.kind, faults[i].kind);
		tx_abort(&tx);
		assert_int_equal(events(), n);
		assert_int_equal(ask("SELECT count(*) FROM note"), 0);
		assert_false(amina->writers.held);
		/* And nothing is in the way of trying again. */
		assert_int_equal(
		    act(amina,
			&(const struct tx_what){ .perm = PERM_CASE_READ,
			    .case_uid = &mine,
			    .action = "case.open" },
			&err),
		    0);
	}
}

static void
aborted_is_nothing(void **state)
{
	int64_t n = events();
	struct err err;
	struct tx tx;

	(void)state;
	assert_int_equal(tx_begin(&tx, amina,
			     &(const struct tx_what){ .perm = PERM_CASE_WRITE,
				 .case_uid = &mine,
				 .action = "case.change",
				 .wrote = true },
			     &err),
	    0);
	assert_true(amina->writers.held);
	assert_int_equal(
	    tx_exec(&tx, "UPDATE case_file SET wants = 'x'", NO_VALS), 0);
	tx_abort(&tx);
	tx_abort(&tx);
	assert_int_equal(events(), n);
	assert_int_equal(
	    ask("SELECT count(*) FROM case_file WHERE wants = 'x'"), 0);
}

static void
no_such_case(void **state)
{
	struct uid stranger = uid_new();
	struct err err;

	(void)state;
	assert_int_equal(act(amina,
			     &(const struct tx_what){ .perm = PERM_CASE_READ,
				 .case_uid = &stranger,
				 .action = "case.open" },
			     &err),
	    -1);
	assert_int_equal(err.kind, ERR_NOT_FOUND);
}

static void
the_event_says_what(void **state)
{
	const struct uid object = uid_new();
	sqlite3_stmt *st;
	struct err err;
	struct tx tx;

	(void)state;
	assert_int_equal(tx_begin(&tx, amina,
			     &(const struct tx_what){ .perm = PERM_CASE_WRITE,
				 .case_uid = &mine,
				 .object = &object,
				 .action = "case.change",
				 .reason = "because",
				 .wrote = true },
			     &err),
	    0);
	tx_field(&tx, "risk");
	tx_field(&tx, "risk_reason");
	tx_field(&tx, "risk");
	tx_field(&tx, "reason"); /* the end of another name is another */
	tx_detail(&tx, "abc", 3);
	assert_int_equal(tx_commit(&tx), 0);
	st = db_query(&amina->cases,
	    "SELECT actor, role, terminal, action, outcome, wrote, case_uid, "
	    "object, fields, reason, detail FROM audit WHERE seq = ?1",
	    VALS(v_int(tx.seq)), &err);
	assert_int_equal(db_row(&amina->cases, st, &err), 1);
	assert_memory_equal(col_uid(st, 0).b, session_user(amina)->uid.b, 16);
	assert_string_equal(col_text(st, 1), "caseworker");
	assert_string_equal(col_text(st, 2), "test");
	assert_string_equal(col_text(st, 3), "case.change");
	assert_string_equal(col_text(st, 4), "done");
	assert_int_equal(col_int(st, 5), 1);
	assert_memory_equal(col_uid(st, 6).b, mine.b, 16);
	assert_memory_equal(col_uid(st, 7).b, object.b, 16);
	assert_string_equal(col_text(st, 8), "risk,risk_reason,reason");
	assert_string_equal(col_text(st, 9), "because");
	assert_memory_equal(col_bytes(st, 10, 3), "abc", 3);
	stmt_done(st);
	tx_abort(&tx);
}

/* The anchor follows each commit of either database. */
static void
the_anchor_follows(void **state)
{
	const struct tx_what both[] = {
		{ .perm = PERM_CASE_READ,
		    .case_uid = &mine,
		    .action = "case.open" },
		{ .db = DB_IDENTITY,
		    .perm = PERM_IDENTITY_READ,
		    .case_uid = &mine,
		    .reason = "to call back",
		    .action = "person.open" },
	};
	uint8_t head[HASH_BYTES];
	uint64_t seq, hlc;
	struct anchor a;
	struct err err;
	struct db *db;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(act(amina, &both[i], &err), 0);
		db = both[i].db == DB_CASES ? &amina->cases : &amina->identity;
		assert_int_equal(audit_head(db, &seq, head, &hlc, &err), 0);
		assert_int_equal(
		    anchor_read(&amina->anchor[both[i].db], &a, &err), 0);
		assert_int_equal(a.seq, seq);
		assert_memory_equal(a.head, head, HASH_BYTES);
	}
	session_identity_close(amina);
}

/* Logical time never stands still, whoever writes and whatever the clock. */
static void
logical_time_goes_on(void **state)
{
	struct session *const who[] = { amina, bilal, amina, kit.supervisor };
	uint64_t last = 0;
	struct err err;
	struct tx tx;

	(void)state;
	for (size_t i = 0; i < sizeof(who) / sizeof(who[0]); i++) {
		assert_int_equal(tx_begin(&tx, who[i],
				     &(const struct tx_what){ .perm = PERM_NONE,
					 .action = "test.time",
					 .wrote = true },
				     &err),
		    0);
		assert_true(tx.hlc > last);
		last = tx.hlc;
		assert_int_equal(tx_commit(&tx), 0);
		tx_abort(&tx);
	}
	assert_int_equal(ask("SELECT count(*) FROM audit a JOIN audit b "
			     "ON b.seq = a.seq + 1 WHERE b.hlc <= a.hlc"),
	    0);
}

/* Another process holds the writers' lock for good. */
static void
busy_is_said(void **state)
{
	struct vault_lock lock;
	int go[2], ready[2];
	struct err err;
	pid_t pid;
	char c;

	(void)state;
	assert_int_equal(pipe(go), 0);
	assert_int_equal(pipe(ready), 0);
	pid = fork();
	assert_int_not_equal(pid, -1);
	if (pid == 0) {
		if (lock_open(amina->dirfd, LOCK_WRITERS, &lock, &err) == -1 ||
		    lock_acquire(&lock, 1000, &err) == -1)
			_exit(1);
		(void)!write(ready[1], "x", 1);
		(void)!read(go[0], &c, 1);
		_exit(0);
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	assert_int_equal(act(amina,
			     &(const struct tx_what){ .perm = PERM_CASE_READ,
				 .case_uid = &mine,
				 .action = "case.open" },
			     &err),
	    -1);
	assert_int_equal(err.kind, ERR_BUSY);
	assert_int_equal(write(go[1], "x", 1), 1);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_int_equal(act(amina,
			     &(const struct tx_what){ .perm = PERM_CASE_READ,
				 .case_uid = &mine,
				 .action = "case.open" },
			     &err),
	    0);
}

/* A long log is copied back by whoever commits. */
static void
the_log_stays_short(void **state)
{
	struct err err;

	(void)state;
	for (int i = 0; i < 120; i++)
		assert_int_equal(act(amina,
				     &(const struct tx_what){ .perm = PERM_NONE,
					 .action = "test.log",
					 .wrote = true },
				     &err),
		    0);
	assert_true(db_wal_pages(&amina->cases) <= 300);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_may_what),
		cmocka_unit_test(a_reason_stands_for_the_case_and_database),
		cmocka_unit_test(reads_are_recorded_once_in_five_minutes),
		cmocka_unit_test(no_event_no_data),
		cmocka_unit_test(aborted_is_nothing),
		cmocka_unit_test(no_such_case),
		cmocka_unit_test(the_event_says_what),
		cmocka_unit_test(the_anchor_follows),
		cmocka_unit_test(logical_time_goes_on),
		cmocka_unit_test(busy_is_said),
		cmocka_unit_test(the_log_stays_short),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
