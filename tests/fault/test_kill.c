/* SPDX-License-Identifier: ISC */
/*
 * kill -9 of people in the middle of saving.  Oracle: each notes in shared
 * memory what was acknowledged; after every kill the vault opens for the next
 * one at once, and at the end everything acknowledged is there, nothing is
 * half there, and the vault verifies.
 */
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/clock.h"
#include "store/queue_write.h"
#include "store/record.h"
#include "store/session_inside.h"
#include "../lib/case_kit.h"

#define WRITERS 3
#define KILLS 45
#define WORKED_SAVES 2 /* before two kills in three */
#define LONGEST_MS 60000 /* a hung storm is a failure, not a wait */

struct shared {
	_Atomic int64_t acked[WRITERS]; /* notes whose commit returned */
	_Atomic int64_t entered[WRITERS]; /* sign-ins that came through */
};

#define MEETINGS_MAX 4000
struct meeting {
	_Atomic int64_t n, entered;
	char codes[MEETINGS_MAX][CODE_SIZE];
};

static struct vault_kit kit;
static struct uid cases[WRITERS];
static struct shared *shared;
static const char *const logins[WRITERS] = { "amina", "bilal", "chitra" };

/* A note and a change of its case, in one transaction. */
static int
save(struct session *s, const struct uid *uid, int64_t n)
{
	struct uid note = uid_new();
	char words[32];
	struct err err;
	struct tx tx;
	int rc = -1;

	(void)snprintf(words, sizeof(words), "%lld", (long long)n);
	if (tx_begin(&tx, s,
		&(const struct tx_what){ .perm = PERM_CASE_WRITE,
		    .case_uid = uid,
		    .object = &note,
		    .action = "note.add",
		    .wrote = true },
		&err) == 0 &&
	    record_insert(&tx, REC_NOTE, uid, &note,
		COLS({ "kind", v_str("fact") }, { "text", v_str(words) })) ==
		0 &&
	    record_set(&tx, REC_CASE, NULL, uid,
		COLS({ "wants", v_str(words) })) == 0 &&
	    queue_refresh(&tx, uid) == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	return rc;
}

static void
work(int who)
{
	struct err err;
	struct session *s = vault_kit_sign_in(&kit, logins[who], &err);
	int64_t n = shared->acked[who];

	if (s == NULL) {
		(void)fprintf(stderr, "%s: %s\n", logins[who], err.text);
		_exit(2);
	}
	shared->entered[who]++;
	for (;;) {
		/* One that was committed but not noted is done once more. */
		if (save(s, &cases[who], n + 1) == -1)
			_exit(3);
		shared->acked[who] = ++n;
	}
}

static pid_t
start(int who)
{
	pid_t pid = fork();

	assert_int_not_equal(pid, -1);
	if (pid == 0)
		work(who);
	return pid;
}

/* worked: two saves came through first, however slow the machine; else it may be
 * the first that is cut. */
static void
kill_one(pid_t *pid, int who, bool worked, int64_t deadline)
{
	int64_t entered = shared->entered[who];
	int64_t acked = shared->acked[who];
	int status;

	/* In the middle of work, not of guessing a passphrase. */
	while (entered == 0 || shared->entered[who] == 0) {
		assert_true(clock_boot() < deadline);
		(void)poll(NULL, 0, 1);
		entered = shared->entered[who];
	}
	while (worked && shared->acked[who] < acked + WORKED_SAVES) {
		assert_true(clock_boot() < deadline);
		(void)poll(NULL, 0, 1);
	}
	(void)poll(NULL, 0, (int)(random() % 25));
	assert_int_equal(kill(*pid, SIGKILL), 0);
	assert_int_equal(waitpid(*pid, &status, 0), *pid);
	if (!WIFSIGNALED(status))
		fail_msg("%s stopped by itself with %d", logins[who],
		    WEXITSTATUS(status));
	shared->entered[who] = 0;
	*pid = start(who);
}

static int64_t
ask(struct session *s, const char *sql, const struct uid *uid)
{
	struct err err;
	int64_t n = -1;

	assert_int_not_equal(
	    db_int(&s->cases, sql, VALS(v_uid0(uid)), &n, &err), -1);
	return n;
}

static void
check(void)
{
	struct findings found;
	struct session *s;
	struct arena a;
	struct err err;

	s = vault_kit_sign_in(&kit, "adele", &err);
	assert_non_null(s);
	for (int i = 0; i < WRITERS; i++) {
		int64_t notes = ask(s,
		    "SELECT count(DISTINCT text) FROM note WHERE case_uid = ?1",
		    &cases[i]);
		int64_t said = ask(s,
		    "SELECT CAST(wants AS INTEGER) FROM case_file WHERE "
		    "uid = ?1",
		    &cases[i]);
		int64_t recorded = ask(s,
		    "SELECT count(*) FROM audit WHERE case_uid = ?1 AND "
		    "action = 'note.add'",
		    &cases[i]);
		int64_t all = ask(s,
		    "SELECT count(*) FROM note WHERE case_uid = ?1", &cases[i]);

		print_message("%s: %lld acknowledged, %lld there\n", logins[i],
		    (long long)shared->acked[i], (long long)notes);
		assert_true(notes >= shared->acked[i]);
		assert_true(notes <= shared->acked[i] + 1);
		/* Note, case and event come together or not at all. */
		assert_int_equal(said, notes);
		assert_int_equal(recorded, all);
	}
	arena_init(&a);
	assert_int_equal(vault_verify(s, &a, &found, &err), 0);
	for (size_t i = 0; i < found.n; i++)
		if (found.list[i].bad)
			fail_msg("%s", found.list[i].what);
	arena_done(&a);
	session_end(s, SESSION_SIGNED_OUT);
}

static void
killed_in_the_middle(void **state)
{
	int64_t deadline = clock_boot() + LONGEST_MS;
	pid_t pid[WRITERS];
	int64_t all = 0;

	(void)state;
	for (int i = 0; i < WRITERS; i++)
		pid[i] = start(i);
	for (int i = 0; i < KILLS; i++)
		kill_one(&pid[i % WRITERS], i % WRITERS, i / WRITERS % 3 != 0,
		    deadline);
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(kill(pid[i], SIGKILL), 0);
		assert_int_equal(waitpid(pid[i], NULL, 0), pid[i]);
		all += shared->acked[i];
	}
	print_message("%d kills, %lld acknowledged commits\n", KILLS + WRITERS,
	    (long long)all);
	assert_true(all > KILLS);
	check();
}

/* --- between the two databases -------------------------------------------------- */
/* Intakes one after the other; each code is noted once its save returned. */
static void
meet(struct meeting *m)
{
	struct err err;
	struct session *s = vault_kit_sign_in(&kit, logins[0], &err);
	struct sample one;

	if (s == NULL)
		_exit(2);
	sample_make(&one, "Kamala Lanternfield", "+00 000 5550177");
	m->entered++;
	while (m->n < MEETINGS_MAX) {
		sample_renew(&one);
		if (intake_save(s, &one.in, m->codes[m->n], &err) == -1)
			_exit(3);
		m->n++;
	}
	_exit(0);
}

static void
kill_meetings(struct meeting *m)
{
	int64_t deadline = clock_boot() + LONGEST_MS, entered, n;
	int status;
	pid_t pid;

	for (int i = 0; i < 25; i++) {
		entered = m->entered;
		n = m->n;
		pid = fork();
		assert_int_not_equal(pid, -1);
		if (pid == 0)
			meet(m);
		/* After at least one, in the middle of another. */
		while (m->entered == entered || m->n == n) {
			assert_true(clock_boot() < deadline);
			(void)poll(NULL, 0, 1);
		}
		(void)poll(NULL, 0, (int)(random() % 8));
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
	}
}

/* Everything in one of the databases alone is a person without a case, and
 * old enough it is found, offered for removal, and gone. */
static void
only_orphans(struct session *s, int64_t acknowledged)
{
	int64_t cases_there, people, orphans;
	struct findings found;
	struct arena a;
	struct err err;
	size_t removed;

	cases_there = ask_cases(s,
	    "SELECT count(*) FROM case_file c WHERE person IS NOT NULL AND "
	    "EXISTS (SELECT 1 FROM contact WHERE case_uid = c.uid) AND "
	    "EXISTS (SELECT 1 FROM consent WHERE case_uid = c.uid) AND "
	    "EXISTS (SELECT 1 FROM followup_plan WHERE case_uid = c.uid) AND "
	    "EXISTS (SELECT 1 FROM queue q WHERE q.uid = c.uid)");
	assert_int_equal(cases_there,
	    ask_cases(
		s, "SELECT count(*) FROM case_file WHERE person IS NOT NULL"));
	assert_true(cases_there >= acknowledged);
	people = ask_identity(s, "SELECT count(*) FROM person");
	assert_int_equal(people,
	    ask_identity(s, "SELECT count(DISTINCT person) FROM safe_contact"));
	orphans = people - cases_there;
	print_message("%lld intakes acknowledged, %lld there, %lld people "
		      "without a case\n",
	    (long long)acknowledged, (long long)cases_there,
	    (long long)orphans);
	assert_true(orphans >= 0);
	arena_init(&a);
	OK(vault_verify(s, &a, &found, &err));
	for (size_t i = 0; i < found.n; i++)
		if (found.list[i].bad)
			fail_msg("%s", found.list[i].what);
	/* An hour on they are not under way any more. */
	OK(db_exec(&s->identity,
	    "UPDATE person SET made_at = made_at - 3600000", NO_VALS, NULL,
	    &err));
	OK(vault_verify(s, &a, &found, &err));
	assert_int_equal(found.bad, orphans > 0);
	OK(vault_remove_orphans(s, &removed, &err));
	assert_int_equal(removed, orphans);
	OK(vault_verify(s, &a, &found, &err));
	assert_int_equal(found.bad, 0);
	arena_done(&a);
}

static void
killed_between_the_two_databases(void **state)
{
	struct meeting *m = mmap(NULL, sizeof(*m), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char sql[160];
	struct session *s;
	struct err err;

	(void)state;
	assert_ptr_not_equal(m, MAP_FAILED);
	kill_meetings(m);
	kit.society->grants.scope[ROLE_SUPERVISOR][PERM_VAULT_CARE] = SCOPE_ALL;
	s = vault_kit_sign_in(&kit, "sunil", &err);
	assert_non_null(s);
	for (int64_t i = 0; i < m->n; i++) {
		(void)snprintf(sql, sizeof(sql),
		    "SELECT count(*) FROM case_file WHERE code = '%s'",
		    m->codes[i]);
		assert_int_equal(ask_cases(s, sql), 1);
	}
	only_orphans(s, m->n);
	session_end(s, SESSION_SIGNED_OUT);
	(void)munmap(m, sizeof(*m));
}

static int
setup(void **state)
{
	(void)state;
	vault_kit_open(&kit);
	for (int i = 0; i < WRITERS; i++) {
		struct session *s = vault_kit_user(
		    &kit, logins[i], ROLE_CASEWORKER, "branch-1");

		cases[i] = vault_kit_case(s, &session_user(s)->uid, "branch-1");
	}
	/* No connection may be open across a fork. */
	for (size_t i = 0; i < WRITERS; i++)
		vault_kit_end(&kit, &(struct session *){ kit.users[i] });
	vault_kit_end(&kit, &(struct session *){ kit.admin });
	vault_kit_end(&kit, &(struct session *){ kit.supervisor });
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(shared, MAP_FAILED);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	(void)munmap(shared, sizeof(*shared));
	vault_kit_close(&kit);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(killed_in_the_middle),
		cmocka_unit_test(killed_between_the_two_databases),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
