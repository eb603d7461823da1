/* SPDX-License-Identifier: ISC */
/*
 * A vault that somebody has to decide on: its last entries are missing, its
 * anchor is broken or gone, a database does not open.  Whoever looks after it
 * sees what there is, nothing is written by that, and the decision is on the
 * record.
 */
#include "doubt_kit.h"

/* --- the last entries are missing --------------------------------------------------- */
static void
nothing_can_be_written(const char *login)
{
	char code[ENROL_CODE_SIZE];
	struct session *s;
	struct err err;
	size_t n;

	s = examine(login, &err);
	assert_non_null(s);
	assert_int_equal(user_add(s, "later", "Later", ROLE_CASEWORKER,
			     "branch-1", code, &err),
	    -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	assert_int_equal(vault_remove_orphans(s, &n, &err), -1);
	assert_int_equal(
	    vault_backup(s, "/nowhere", BACKUP_EVERYBODY, &err), -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	session_end(s, SESSION_SIGNED_OUT);
}

static void
harm_14_a_lost_tail_is_decided_on(void **state)
{
	static const char *const says[] = { "cases.db: The vault's last",
		"cases.db: the seal of every page finds nothing wrong",
		"each signed and linked",
		"identity.db: goes on from its anchor", "keyring: generation",
		NULL };
	uint8_t before[HASH_BYTES], after[HASH_BYTES];
	struct accepted done;
	struct session *s;
	char why[502];
	struct err err;

	(void)state;
	work_on();
	copy_over("cases.db");
	hash_vault(before);
	/* A look does not need a decision; a caseworker has no look. */
	assert_null(examine("amina", &err));
	assert_int_equal(err.kind, ERR_DENIED);
	assert_int_equal(verify("sunil", says), 1);
	assert_int_equal(verify("adele", nothing), 1);
	nothing_can_be_written("sunil");
	s = examine("sunil", &err);
	assert_int_equal(vault_accept(s, "  ", &done, &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	memset(why, 'x', sizeof(why) - 1);
	why[sizeof(why) - 1] = '\0';
	assert_int_equal(vault_accept(s, why, &done, &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(vault_accept(s, "red \033[31m", &done, &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(vault_accept(s, "no \xff text", &done, &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	session_end(s, SESSION_SIGNED_OUT);
	hash_vault(after);
	assert_memory_equal(before, after, sizeof(before));
	s = examine("sunil", &err);
	assert_true(vault_waits_for_decision(s));
	session_end(s, SESSION_SIGNED_OUT);
	done = decide("sunil");
	assert_true(done.cases > 0);
	assert_int_equal(done.identity, 0);
	assert_int_equal(decisions("SELECT count(*) FROM audit a JOIN "
				   "colleague c ON c.uid = a.actor WHERE "
				   "a.action = 'vault.accept' AND c.login = "
				   "'sunil' AND a.reason LIKE '" WHY
				   " (the anchor knew event %'"),
	    1);
	all_is_well();
}

/* --- the anchor ------------------------------------------------------------------------ */
static void
harm_anchor(int how)
{
	uint8_t bytes[512];
	char path[600];
	int fd;

	path_of(path, now.dir, "anchor");
	fd = open(path, O_RDWR);
	assert_true(fd >= 0);
	memset(bytes, how == 0 ? 0 : 0x5a, sizeof(bytes));
	if (how < 2)
		assert_int_equal(pwrite(fd, bytes, 512, 0), 512);
	else
		assert_int_equal(ftruncate(fd, how == 2 ? 0 : 300), 0);
	(void)close(fd);
	if (how == 4)
		assert_int_equal(unlink(path), 0);
}

static void
harm_14_a_broken_anchor_is_decided_on(void **state)
{
	static const char *const says[] = { "cases.db: The vault's anchor",
		"identity.db: The vault's anchor", NULL };
	struct accepted done;

	(void)state;
	for (int how = 0; how <= 4; how++) {
		harm_anchor(how);
		refused("amina", ERR_TAMPERED, "amparo verify");
		assert_int_equal(verify("sunil", says), 2);
		nothing_can_be_written("sunil");
		done = decide("sunil");
		assert_true(done.cases > 0 && done.identity > 0);
		all_is_well();
	}
}

/* Each chain is for who holds its key. */
static void
an_administrator_decides_on_cases_alone(void **state)
{
	struct accepted done;
	struct session *s;
	struct err err;
	struct db *db;

	(void)state;
	harm_anchor(4);
	done = decide("adele");
	assert_true(done.cases > 0);
	assert_int_equal(done.identity, 0);
	s = vault_kit_sign_in(&now, "sunil", &err);
	assert_non_null(s);
	assert_int_equal(session_identity(s, &db, &err), -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	session_end(s, SESSION_SIGNED_OUT);
	done = decide("sunil");
	assert_int_equal(done.cases, 0);
	assert_true(done.identity > 0);
	all_is_well();
}

static void
an_old_keyring_is_not_decided_on_here(void **state)
{
	char code[ENROL_CODE_SIZE];
	struct accepted done;
	struct session *s;
	struct err err;

	(void)state;
	vault_kit_copy(now.dir, old);
	s = vault_kit_sign_in(&now, "adele", &err);
	assert_non_null(s);
	OK(user_add(
	    s, "later", "Later", ROLE_CASEWORKER, "branch-1", code, &err));
	session_end(s, SESSION_SIGNED_OUT);
	copy_over("keyring");
	refused("sunil", ERR_TAMPERED, "amparo recover");
	assert_true(
	    verify("sunil", (const char *const[]){
				"keyring: The vault's keyring", NULL }) >= 1);
	s = examine("sunil", &err);
	assert_non_null(s);
	assert_false(vault_waits_for_decision(s));
	assert_int_equal(vault_accept(s, WHY, &done, &err), -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	assert_non_null(strstr(err.text, "amparo recover"));
	session_end(s, SESSION_SIGNED_OUT);
}

/* --- a damaged database ------------------------------------------------------------------ */
static void
overwrite(const char *name, off_t at, size_t n)
{
	char path[600];
	int fd;

	path_of(path, now.dir, name);
	fd = open(path, O_RDWR);
	assert_true(fd >= 0);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(pwrite(fd, "\x5a", 1, at + (off_t)i), 1);
	(void)close(fd);
}

static void
harm_14_a_damaged_database_stops_no_check(void **state)
{
	static const char *const first[] = { "cases.db: A database of this",
		"cases.db: the seal of every page finds 1 faults (page 1)",
		"cases.db: its anchor knows it up to event", "keyring: gen",
		"identity.db: the seal of every page finds nothing wrong",
		"identity.db: the structure finds nothing wrong",
		"each linked; who signed", "identity.db: goes on from its",
		"identity.db: what was recorded as written is there", NULL };
	static const char *const middle[] = {
		"cases.db: the seal of every page finds 2 faults (page 4, 6)",
		"identity.db: the seal of every page finds nothing wrong", NULL
	};
	static const char *const gone[] = { "cases.db: A database of this",
		"identity.db: the seal of every page finds nothing wrong",
		NULL };
	uint8_t before[HASH_BYTES], after[HASH_BYTES];
	struct accepted done;
	struct session *s;
	char path[600];
	struct err err;

	(void)state;
	overwrite("cases.db", 4096 * 3 + 90, 40);
	overwrite("cases.db", 4096 * 5 + 90, 40);
	assert_true(verify("sunil", middle) >= 1);
	overwrite("cases.db", 30, 4000);
	hash_vault(before);
	refused("sunil", ERR_DAMAGED, "restore the newest backup");
	assert_true(verify("sunil", (const char *const[]){
					"faults (page 1, 4, 6)", NULL }) >= 2);
	s = examine("sunil", &err);
	assert_non_null(s);
	assert_int_equal(vault_accept(s, WHY, &done, &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	session_end(s, SESSION_SIGNED_OUT);
	hash_vault(after);
	assert_memory_equal(before, after, sizeof(before));
	/* The first page alone. */
	vault_kit_remove(now.dir);
	vault_kit_copy(kit.dir, now.dir);
	overwrite("cases.db", 30, 4000);
	assert_true(verify("sunil", first) >= 2);
	path_of(path, now.dir, "cases.db");
	assert_int_equal(truncate(path, 0), 0);
	assert_true(verify("sunil", gone) >= 1);
	assert_int_equal(unlink(path), 0);
	assert_true(verify("sunil", gone) >= 1);
	/* The keys are not in it: a passphrase is still asked for. */
	refused("nobody", ERR_AUTH, "do not go together");
}

static void
a_damaged_identity_stops_no_check(void **state)
{
	static const char *const says[] = { "cases.db: goes on from its anchor",
		"identity.db: A database of this",
		"identity.db: the seal of every page finds 1 faults (page 1)",
		"identity.db: its anchor knows it up to event", NULL };

	(void)state;
	overwrite("identity.db", 30, 4000);
	assert_int_equal(verify("sunil", says), 2);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, each, after_each)
	const struct CMUnitTest tests[] = {
		CASE(harm_14_a_lost_tail_is_decided_on),
		CASE(harm_14_a_broken_anchor_is_decided_on),
		CASE(an_administrator_decides_on_cases_alone),
		CASE(an_old_keyring_is_not_decided_on_here),
		CASE(harm_14_a_damaged_database_stops_no_check),
		CASE(a_damaged_identity_stops_no_check),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
