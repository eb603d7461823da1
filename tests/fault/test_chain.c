/* SPDX-License-Identifier: ISC */
/*
 * The record of who did what, broken in every way somebody could who holds the
 * keys of the databases: each is noticed, and where.  Whoever has no key can
 * only put back old bytes: test_rollback.c.
 */
#include "chain_kit.h"
#include "store/user.h"

/* Each answers the event that must be named. */
static uint64_t
edit_reason(struct copy *c)
{
	uint64_t at = last_of(c, &amina_uid);

	run(c->db, "UPDATE audit SET reason = 'something else' WHERE seq = ?1",
	    VALS(v_int((int64_t)at)));
	return at;
}

static uint64_t
edit_actor(struct copy *c)
{
	uint64_t at = last_of(c, &amina_uid);

	run(c->db, "UPDATE audit SET actor = ?2 WHERE seq = ?1",
	    VALS(v_int((int64_t)at), v_uid0(&bilal_uid)));
	return at;
}

static uint64_t
edit_time(struct copy *c)
{
	uint64_t at = last_of(c, &bilal_uid);

	run(c->db, "UPDATE audit SET at = at - 60000 WHERE seq = ?1",
	    VALS(v_int((int64_t)at)));
	return at;
}

static uint64_t
take_one_out(struct copy *c)
{
	uint64_t at = last_of(c, &amina_uid);

	run(c->db, "DELETE FROM audit WHERE seq = ?1",
	    VALS(v_int((int64_t)at)));
	return at;
}

static uint64_t
take_one_out_and_close_up(struct copy *c)
{
	uint64_t at = take_one_out(c);

	shift(c, at + 1, -1);
	return at;
}

static uint64_t
take_the_first_out(struct copy *c)
{
	run(c->db, "DELETE FROM audit WHERE seq = 1", NO_VALS);
	return 1;
}

static uint64_t
change_places(struct copy *c)
{
	uint64_t at = last_of(c, &amina_uid) - 1;
	struct audit_event a = event_at(c, at), b = event_at(c, at + 1);

	a.seq = at + 1;
	b.seq = at;
	put(c, &a);
	put(c, &b);
	return at;
}

static uint64_t
slip_one_in(struct copy *c)
{
	uint64_t at = last_of(c, &amina_uid);
	struct audit_event e = event_at(c, at);

	shift(c, at, 1);
	put(c, &e); /* the same once more */
	return at + 1;
}

static uint64_t
edit_link(struct copy *c)
{
	uint64_t at = last_of(c, &bilal_uid);
	struct audit_event e = event_at(c, at);

	e.prev[7] ^= 1;
	put(c, &e);
	return at;
}

static uint64_t
edit_hash(struct copy *c)
{
	uint64_t at = last_of(c, &bilal_uid);
	struct audit_event e = event_at(c, at);

	e.hash[31] ^= 0x80;
	put(c, &e);
	return at;
}

static uint64_t
edit_signature(struct copy *c)
{
	uint64_t at = last_of(c, &amina_uid);
	struct audit_event e = event_at(c, at);

	e.sig[0] ^= 1;
	put(c, &e);
	return at;
}

/* Everything fits but the name under it: sunil signed for amina. */
static uint64_t
sign_for_another(struct copy *c)
{
	uint64_t at = last_of(c, &amina_uid);
	struct audit_event e = event_at(c, at);

	e.action = "case.read-nothing";
	put(c, &e);
	relink(c, at);
	return at;
}

/* The same with one's own key named. */
static uint64_t
another_with_my_key(struct copy *c)
{
	uint64_t at = last_of(c, &amina_uid);
	struct audit_event e = event_at(c, at);

	e.sign_key = c->s->sign_key;
	put(c, &e);
	relink(c, at);
	return at;
}

/* A key that nobody was ever given. */
static uint64_t
unknown_key(struct copy *c)
{
	uint64_t at = last_of(c, &amina_uid);
	struct audit_event e = event_at(c, at);

	e.sign_key = uid_new();
	put(c, &e);
	relink(c, at);
	return at;
}

/* A key of one's own making, put in as amina's from the next event on. */
static uint64_t
new_key_for_another(struct copy *c)
{
	uint64_t at = last_of(c, &amina_uid);
	struct uid key = uid_new();
	struct audit_event e = event_at(c, at);

	run(&c->s->cases, "INSERT INTO sign_key VALUES (?1, ?2, ?3, ?4, 0)",
	    VALS(v_uid0(&key), v_uid0(&amina_uid),
		v_blob(c->s->keys.sign_pk, SIGN_PK_BYTES), v_int((int64_t)at)));
	e.sign_key = key;
	put(c, &e);
	relink(c, at);
	return at;
}

/* An event of the other database under a number of this one: number and link
 * fit; the rest was signed for another chain. */
static uint64_t
from_the_other_database(struct copy *c)
{
	uint64_t at = last_of(c, &amina_uid), head = c->head;
	struct audit_event e, was = event_at(c, at);
	struct db *here = c->db;

	c->db = here == &c->s->cases ? &c->s->identity : &c->s->cases;
	c->head = INT64_MAX;
	e = event_at(c, last_of(c, &amina_uid));
	e.seq = at;
	memcpy(e.prev, was.prev, HASH_BYTES);
	audit_hash(c->db->which, &e, e.hash);
	c->db = here;
	c->head = head;
	put(c, &e);
	return at;
}

struct way {
	const char *name;
	uint64_t (*harm)(struct copy *);
	enum audit_fault fault;
	bool cases_alone; /* keys have times in the chain of cases.db */
};
static const struct way ways[] = {
	{ "a reason is edited", edit_reason, AUDIT_HASH, false },
	{ "another person is named", edit_actor, AUDIT_HASH, false },
	{ "a time is edited", edit_time, AUDIT_HASH, false },
	{ "one is taken out", take_one_out, AUDIT_GAP, false },
	{ "and the gap closed", take_one_out_and_close_up, AUDIT_PREV, false },
	{ "the first is taken out", take_the_first_out, AUDIT_GAP, false },
	{ "two change places", change_places, AUDIT_PREV, false },
	{ "one is slipped in", slip_one_in, AUDIT_PREV, false },
	{ "a link is edited", edit_link, AUDIT_PREV, false },
	{ "a hash is edited", edit_hash, AUDIT_HASH, false },
	{ "a signature is edited", edit_signature, AUDIT_SIGNATURE, false },
	{ "signed for another", sign_for_another, AUDIT_SIGNATURE, false },
	{ "another with my key", another_with_my_key, AUDIT_KEY, false },
	{ "an unknown key", unknown_key, AUDIT_KEY, false },
	{ "a new key for another", new_key_for_another, AUDIT_KEY_TIME, true },
	{ "from the other database", from_the_other_database, AUDIT_HASH,
	    false },
};

/* As somebody would who can write the file: without the triggers, which are
 * back when it is done. */
static uint64_t
harm(struct copy *c, const struct way *w)
{
	static const char *const tables[] = { "audit", "sign_key" };
	struct buf drop, again;
	struct err err;
	sqlite3_stmt *st;
	uint64_t at;

	buf_init(&drop);
	buf_init(&again);
	for (size_t i = 0; i < 2; i++) {
		st = db_query(c->db,
		    "SELECT name, sql FROM sqlite_master WHERE type = "
		    "'trigger' AND tbl_name = ?1",
		    VALS(v_str(tables[i])), &err);
		while (db_row(c->db, st, &err) == 1) {
			buf_addf(&drop, "DROP TRIGGER %s;", col_text(st, 0));
			buf_addf(&again, "%s;", col_text(st, 1));
		}
	}
	db_unfence(c->db);
	OK(db_script(c->db, drop.data, &err));
	at = w->harm(c);
	OK(db_script(c->db, again.data, &err));
	db_fence(c->db);
	buf_done(&drop);
	buf_done(&again);
	return at;
}

/* The line of `amparo verify` that names the event. */
static void
expect_line(struct session *s, const char *file, uint64_t at)
{
	struct findings found;
	char want[64];
	struct arena a;
	struct err err;
	bool said = false;

	(void)snprintf(want, sizeof(want),
	    "%s: the record breaks at event %llu:", file,
	    (unsigned long long)at);
	arena_init(&a);
	OK(vault_verify(s, &a, &found, &err));
	for (size_t i = 0; i < found.n; i++)
		said = said || (found.list[i].bad &&
				   strstr(found.list[i].what, want) != NULL);
	if (!said)
		for (size_t i = 0; i < found.n; i++)
			print_error("%s\n", found.list[i].what);
	assert_true(said);
	arena_done(&a);
}

static void
break_chain(enum vault_db which)
{
	struct audit_finding f;
	struct err err;
	struct copy c;
	uint64_t at;

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		if (which == DB_IDENTITY && ways[i].cases_alone)
			continue;
		copy_open(&c, which);
		OK(audit_verify(c.db, &c.s->cases, &f, &err));
		assert_int_equal(f.fault, AUDIT_GOOD);
		at = harm(&c, &ways[i]);
		OK(audit_verify(c.db, &c.s->cases, &f, &err));
		if (f.fault != ways[i].fault || f.seq != at ||
		    f.checked != at - 1)
			fail_msg("%s: fault %d at %llu, wanted %d at %llu",
			    ways[i].name, (int)f.fault,
			    (unsigned long long)f.seq, (int)ways[i].fault,
			    (unsigned long long)at);
		expect_line(c.s, db_file(which), at);
		copy_done(&c);
	}
}

static void
broken_in_cases(void **state)
{
	(void)state;
	break_chain(DB_CASES);
}

static void
broken_in_identity(void **state)
{
	(void)state;
	break_chain(DB_IDENTITY);
}

/* --- what only the anchor can tell -------------------------------------------------- */
/* The tail is cut: what is left is a whole chain, but not the whole one. */
static void
cut(struct copy *c, enum vault_db which)
{
	struct audit_finding f;
	struct err err;

	copy_open(c, which);
	db_unfence(c->db);
	OK(db_script(c->db,
	    "DROP TRIGGER audit_no_delete;"
	    "DELETE FROM audit WHERE seq > (SELECT max(seq) - 1 FROM audit)",
	    &err));
	db_fence(c->db);
	OK(audit_verify(c->db, &c->s->cases, &f, &err));
	assert_int_equal(f.fault, AUDIT_GOOD);
	assert_int_equal(f.checked, c->head - 1);
	session_drop(c->s);
	c->s = vault_kit_sign_in(&c->kit, "sunil", &err);
	assert_non_null(c->s);
}

/* Who came in reads, is told, and writes nothing. */
static void
only_reads(struct copy *c, bool cases)
{
	char code[ENROL_CODE_SIZE];
	struct alarm alarm;
	struct err err;
	struct db *db;

	OK(session_identity(c->s, &db, &err));
	assert_true(session_alarm(c->s, &alarm));
	assert_int_equal(alarm.cases, cases);
	assert_int_equal(user_add(c->s, "later", "Later", ROLE_CASEWORKER,
			     "branch-1", code, &err) == -1 &&
			     err.kind == ERR_TAMPERED,
	    cases);
	assert_int_equal(
	    vault_backup(c->s, "/nowhere", BACKUP_EVERYBODY, &err), -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
}

static void
a_cut_tail_is_read_and_not_written(void **state)
{
	struct copy c;

	(void)state;
	cut(&c, DB_CASES);
	only_reads(&c, true);
	copy_done(&c);
	cut(&c, DB_IDENTITY);
	only_reads(&c, false);
	copy_done(&c);
}

/* A head that is another: also a signed one. */
static void
another_head_is_read_and_not_written(void **state)
{
	struct audit_event e;
	struct alarm alarm;
	struct err err;
	struct copy c;

	(void)state;
	copy_open(&c, DB_CASES);
	db_unfence(c.db);
	OK(db_script(c.db,
	    "DROP TRIGGER audit_no_delete; DROP TRIGGER audit_no_update",
	    &err));
	e = event_at(&c, c.head);
	assert_memory_equal(
	    e.actor.b, session_user(c.s)->uid.b, sizeof(e.actor.b));
	e.reason = "another one";
	put(&c, &e);
	relink(&c, c.head);
	db_fence(c.db);
	session_drop(c.s);
	c.s = NULL;
	c.s = vault_kit_sign_in(&c.kit, "sunil", &err);
	assert_non_null(c.s);
	only_reads(&c, true);
	assert_true(session_alarm(c.s, &alarm) && alarm.changed);
	copy_done(&c);
}

/* --- the vault ------------------------------------------------------------------------ */
static int
setup(void **state)
{
	struct session *amina, *bilal;
	struct person p;
	struct safe_contact c;
	struct err err;
	struct arena a;

	(void)state;
	vault_kit_open(&kit);
	kit.society->grants.scope[ROLE_SUPERVISOR][PERM_VAULT_CARE] = SCOPE_ALL;
	amina = vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	bilal = vault_kit_user(&kit, "bilal", ROLE_CASEWORKER, "branch-1");
	amina_uid = session_user(amina)->uid;
	bilal_uid = session_user(bilal)->uid;
	arena_init(&a);
	for (int i = 0; i < 4; i++) {
		case_uid = case_of(amina, "Kamala Lanternfield");
		OK(person_open(amina, case_uid, "to call", &a, &p, &c, &err));
		case_uid = case_of(bilal, "Tariq Lanternfield");
		OK(person_open(bilal, case_uid, "to call", &a, &p, &c, &err));
	}
	arena_done(&a);
	vault_kit_end(&kit, &amina);
	vault_kit_end(&kit, &bilal);
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
		cmocka_unit_test(broken_in_cases),
		cmocka_unit_test(broken_in_identity),
		cmocka_unit_test(a_cut_tail_is_read_and_not_written),
		cmocka_unit_test(another_head_is_read_and_not_written),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
