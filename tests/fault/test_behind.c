/* SPDX-License-Identifier: ISC */
/*
 * A vault whose last entries are missing is read, with the alarm and with
 * every look on the record, and nothing else is written before somebody
 * decides.
 */
#include "doubt_kit.h"

static int64_t
kamala_was_opened(struct session *s)
{
	return ask_cases(s, "SELECT count(*) FROM audit WHERE action = "
			    "'case.open' AND outcome = 'done'");
}

/* Whatever writes anything but an event; nothing of it is there after. */
static void
only_read(struct session *s)
{
	static const char marks[] =
	    "SELECT (SELECT count(*) FROM case_file) + "
	    "(SELECT count(*) FROM note) + (SELECT count(*) FROM draft) + "
	    "(SELECT count(*) FROM op) + (SELECT sum(last_sign_in) FROM "
	    "colleague)";
	struct note note = { .uid = uid_new(),
		.case_uid = kamala,
		.kind = "fact",
		.text = "typed into it" };
	struct draft draft = { .uid = uid_new(), .screen = "note" };
	int64_t before = ask_cases(s, marks);
	struct err err;

	assert_int_equal(note_add(s, &note, &err), -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	assert_int_equal(draft_save(s, &draft, "words", 5, &err), -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	/* Nor does what only claims to read. */
	assert_int_equal(
	    db_exec(&s->cases, "DELETE FROM draft", NO_VALS, NULL, &err), -1);
	assert_int_equal(db_exec(&s->cases,
			     "INSERT INTO draft (owner, uid, "
			     "screen, case_uid, code, "
			     "changed_at, sealed) VALUES "
			     "(x'00', x'00', '', x'00', '', 0, "
			     "x'00')",
			     NO_VALS, NULL, &err),
	    -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	assert_int_equal(ask_cases(s, marks), before);
}

/* This person comes in, is told what is missing, and reads; every look is on
 * the record, and nothing else is. */
static struct alarm
reads(const char *login)
{
	struct session *s = come_in(login);
	int64_t looks = kamala_was_opened(s);
	struct case_file file;
	struct alarm alarm;
	struct arena a;
	struct err err;

	assert_true(session_alarm(s, &alarm));
	assert_true(alarm.cases);
	arena_init(&a);
	if (session_may(s, PERM_CASE_READ)) {
		OK(case_open(s, kamala, "covering", &a, &file, &err));
		assert_int_equal(kamala_was_opened(s), looks + 1);
	}
	only_read(s);
	arena_done(&a);
	assert_true(session_idle(s));
	session_end(s, SESSION_SIGNED_OUT);
	return alarm;
}

/*
 * Nobody is shut out from what is there: it is read, with the alarm, by
 * whoever may; events are all that is written.  What is missing is said the
 * same however many they are, and the decision takes them along.
 */
static void
harm_14_what_is_left_of_a_vault_is_read_and_not_written(void **state)
{
	struct alarm first, again;
	struct accepted done;
	struct session *s, *open_before;
	char code[ENROL_CODE_SIZE];
	bool changed;
	struct err err;

	(void)state;
	work_on();
	copy_over("cases.db");
	first = reads("amina");
	assert_true(first.had > first.ends && first.until > 0);
	assert_false(first.changed);
	/* More events than were lost: the number is the anchor's by now. */
	for (size_t i = 0; i < 4; i++)
		again = reads(i % 2 == 0 ? "sunil" : "amina");
	assert_int_equal(again.had, first.had);
	assert_int_equal(again.ends, first.ends);
	assert_int_equal(again.until, first.until);
	s = come_in("sunil");
	assert_true(
	    ask_cases(s, "SELECT max(seq) FROM audit") > (int64_t)first.had);
	assert_int_equal(user_add(s, "later", "Later", ROLE_CASEWORKER,
			     "branch-1", code, &err),
	    -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	assert_int_equal(
	    vault_backup(s, "/nowhere", BACKUP_EVERYBODY, &err), -1);
	assert_non_null(strstr(err.text, "look like the newest backup"));
	session_end(s, SESSION_SIGNED_OUT);
	/* A caseworker's decision is refused, and that is on the record. */
	open_before = come_in("amina");
	assert_int_equal(vault_accept(open_before, WHY, &done, &err), -1);
	assert_int_equal(err.kind, ERR_DENIED);
	/* Who decides goes on at once; who came in before signs in again. */
	s = come_in("sunil");
	OK(vault_accept(s, WHY, &done, &err));
	assert_true(done.cases > first.had && done.identity == 0);
	assert_false(session_alarm(s, &again));
	(void)case_of(s, "Asha Lanternfield");
	session_end(s, SESSION_SIGNED_OUT);
	OK(session_look(open_before, &changed, &err));
	assert_true(session_alarm(open_before, &again) && again.decided);
	only_read(open_before);
	session_end(open_before, SESSION_SIGNED_OUT);
	assert_int_equal(decisions("SELECT count(*) FROM audit WHERE "
				   "action = 'vault.behind' AND reason LIKE "
				   "'only to be read (the anchor knew event "
				   "%'"),
	    8);
	assert_int_equal(decisions("SELECT count(*) FROM audit WHERE action "
				   "= 'vault.accept' AND outcome = 'denied'"),
	    1);
	all_is_well();
}

/* The same when nothing is lost by number: somebody worked on in an older copy
 * that knew no anchor. */
static void
another_history_is_read_and_not_written(void **state)
{
	struct alarm alarm;
	char kept[600], path[600];
	struct session *s;

	(void)state;
	vault_kit_copy(now.dir, old);
	work_on_here(1);
	path_of(path, now.dir, "anchor");
	path_of(kept, now.root, "anchor-kept");
	assert_int_equal(rename(path, kept), 0);
	copy_over("cases.db");
	copy_over("anchor");
	work_on_here(3);
	assert_int_equal(rename(kept, path), 0);
	for (size_t i = 0; i < 3; i++) {
		alarm = reads("amina");
		assert_true(alarm.changed && alarm.had <= alarm.ends);
	}
	s = come_in("sunil");
	session_end(s, SESSION_SIGNED_OUT);
	(void)decide("sunil");
	s = come_in("amina");
	assert_false(session_alarm(s, &alarm));
	session_end(s, SESSION_SIGNED_OUT);
}

/* Under somebody who works: what they save next finds the anchor ahead, and is
 * the last thing they save; the alarm is not written over later. */
static void
a_copy_put_back_under_somebody_stops_them(void **state)
{
	struct alarm alarm;
	struct session *s;
	struct anchor ahead, after;
	struct note note = {
		.case_uid = kamala, .kind = "fact", .text = "typed into it"
	};
	struct err err;

	(void)state;
	s = come_in("amina");
	assert_int_equal(anchor_read(&s->anchor[DB_CASES], &ahead, &err), 0);
	ahead.seq += 2; /* as if two events were taken from under it */
	memset(ahead.head, 7, sizeof(ahead.head));
	assert_int_equal(anchor_reset(&s->anchor[DB_CASES], &ahead, &err), 0);
	for (size_t i = 0; i < 4; i++) {
		note.uid = uid_new();
		assert_int_equal(note_add(s, &note, &err), -1);
		assert_int_equal(err.kind, ERR_TAMPERED);
	}
	assert_true(session_alarm(s, &alarm) && alarm.had == ahead.seq);
	only_read(s);
	assert_int_equal(anchor_read(&s->anchor[DB_CASES], &after, &err), 0);
	assert_int_equal(after.seq, ahead.seq);
	assert_memory_equal(after.head, ahead.head, sizeof(after.head));
	session_end(s, SESSION_SIGNED_OUT);
}

/* Bit rot at the end of a log is lost commits to the engine, without a word.
 * The log is evidence: nobody's look copies what is left of it back. */
static void
log_before(const char *path, struct buf *out)
{
	struct err err;

	buf_init(out);
	assert_int_equal(file_read(path, 1 << 24, true, out, &err), 0);
	assert_true(out->len > 4200);
}

static void
a_cut_log_stays_until_it_is_decided(void **state)
{
	static const char *const logs[] = { "cases.db-wal", "identity.db-wal" };
	struct buf kept, again;
	struct alarm alarm;
	uint8_t before[HASH_BYTES], after[HASH_BYTES];
	struct accepted done;
	struct session *s;
	struct stat st;
	char path[600];
	struct err err;

	(void)state;
	s = vault_kit_sign_in(&now, "amina", &err);
	assert_non_null(s);
	(void)case_of(s, "Ruth Lanternfield");
	session_drop(s);
	for (size_t i = 0; i < 2; i++) {
		path_of(path, now.dir, logs[i]);
		assert_int_equal(stat(path, &st), 0);
		assert_true(st.st_size > 4200);
		assert_int_equal(truncate(path, st.st_size - 4200), 0);
	}
	hash_vault(before);
	assert_true(verify("sunil", nothing) >= 2);
	assert_true(verify("adele", nothing) >= 1);
	hash_vault(after);
	assert_memory_equal(before, after, sizeof(before));
	/* Whoever reads writes events over it: a copy is kept. */
	path_of(path, now.dir, logs[0]);
	log_before(path, &kept);
	alarm = reads("amina");
	(void)reads("amina");
	(void)snprintf(path, sizeof(path), "%s/cases.db-wal.%llu", now.dir,
	    (unsigned long long)alarm.had);
	log_before(path, &again);
	assert_int_equal(kept.len, again.len);
	assert_memory_equal(kept.data, again.data, kept.len);
	buf_done(&kept);
	buf_done(&again);
	done = decide("sunil");
	assert_true(done.cases > 0 && done.identity > 0);
	s = vault_kit_sign_in(&now, "sunil", &err);
	assert_non_null(s);
	session_end(s, SESSION_SIGNED_OUT);
}

static void
a_lost_tail_of_identity_is_decided_on(void **state)
{
	static const char *const says[] = { "identity.db: The vault's last",
		"cases.db: goes on from its anchor", NULL };
	struct accepted done;
	struct safe_contact safe;
	struct person person;
	struct sample sample;
	struct alarm alarm;
	char got[CODE_SIZE];
	struct session *s;
	struct note note;
	struct arena a;
	struct err err;

	(void)state;
	arena_init(&a);
	work_on();
	copy_over("identity.db");
	/* Who does not need it comes in; whoever opens it is told. */
	s = come_in("amina");
	assert_false(session_alarm(s, &alarm));
	OK(person_open(s, kamala, "a call", &a, &person, &safe, &err));
	assert_true(session_alarm(s, &alarm) && !alarm.cases);
	assert_true(alarm.had > alarm.ends && alarm.until > 0);
	assert_int_equal(ask_identity(s, "SELECT count(*) FROM audit WHERE "
					 "action = 'vault.behind'"),
	    1);
	sample_make(&sample, "Nobody Lanternfield", "");
	assert_int_equal(intake_save(s, &sample.in, got, &err), -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	/* What cases.db alone has is written. */
	note = (struct note){ .uid = uid_new(),
		.case_uid = kamala,
		.kind = "fact",
		.text = "came by" };
	OK(note_add(s, &note, &err));
	session_identity_close(s);
	session_end(s, SESSION_SIGNED_OUT);
	arena_done(&a);
	assert_true(verify("sunil", says) >= 1);
	/* The administrator cannot see it, so cannot decide it. */
	s = examine("adele", &err);
	assert_non_null(s);
	assert_int_equal(vault_accept(s, WHY, &done, &err), -1);
	assert_int_equal(err.kind, ERR_CONFLICT);
	session_end(s, SESSION_SIGNED_OUT);
	done = decide("sunil");
	assert_int_equal(done.cases, 0);
	assert_true(done.identity > 0);
	s = vault_kit_sign_in(&now, "sunil", &err);
	assert_non_null(s);
	assert_int_equal(ask_identity(s, "SELECT count(*) FROM audit WHERE "
					 "action = 'vault.accept'"),
	    1);
	session_end(s, SESSION_SIGNED_OUT);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, each, after_each)
	const struct CMUnitTest tests[] = {
		CASE(harm_14_what_is_left_of_a_vault_is_read_and_not_written),
		CASE(another_history_is_read_and_not_written),
		CASE(a_copy_put_back_under_somebody_stops_them),
		CASE(a_cut_log_stays_until_it_is_decided),
		CASE(a_lost_tail_of_identity_is_decided_on),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
