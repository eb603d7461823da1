/* SPDX-License-Identifier: ISC */
/* A form that was opened before a colleague saved writes nothing over. */
#include <string.h>

#include "stale_kit.h"

#include "base/clock.h"
#include "store/followup.h"

/* --- how to reach somebody -------------------------------------------------------- */

/* A form on what stands now, and its basis. */
static struct safe_contact
form_of(struct uid uid, struct basis *basis)
{
	struct safe_contact c;

	OK(contact_instruction(o.amina, uid, &arena, &c, &err));
	c.uid = uid_new();
	c.number = NULL;
	*basis = contact_basis(o.amina, uid, c.uid);
	return c;
}

static int
put(struct session *s, struct uid uid, const struct basis *basis,
    const struct safe_contact *c)
{
	return safe_contact_set(s, uid, basis, c, &arena, &seen, &err);
}

static struct safe_contact
stands(struct uid uid)
{
	struct safe_contact c;

	OK(contact_instruction(o.amina, uid, &arena, &c, &err));
	return c;
}

static bool
case_says_stop(struct uid uid)
{
	struct case_file f;

	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	return f.stop_contact;
}

static int64_t
records(struct uid uid)
{
	struct db *db;
	int64_t n = 0;

	OK(session_identity(o.amina, &db, &err));
	assert_int_equal(db_int(db,
			     "SELECT count(*) FROM safe_contact"
			     " WHERE case_uid = ?1",
			     VALS(v_uid(&uid)), &n, &err),
	    1);
	return n;
}

static void
harm_02_a_stop_said_meanwhile_stands(void **state)
{
	struct uid uid = case_of(o.amina, "Malini Example");
	struct basis first, second;
	struct safe_contact mine = form_of(uid, &first);
	struct safe_contact theirs = form_of(uid, &second);

	(void)state;
	theirs.stop = true;
	theirs.stop_reason = "he has her phone now";
	OK(put(o.sunil, uid, &second, &theirs));
	assert_int_equal(seen.n, 0);
	/* Her form, opened before, changes something else. */
	mine.safe_times = "sundays";
	OK(put(o.amina, uid, &first, &mine));
	told("stop");
	assert_true(stands(uid).stop);
	assert_string_equal(stands(uid).stop_reason, "he has her phone now");
	assert_string_equal(stands(uid).safe_times, "sundays");
	assert_true(case_says_stop(uid));
	/* Once more, after a torn line: the same record. */
	OK(put(o.amina, uid, &first, &mine));
	assert_int_equal(records(uid), 3);
	assert_true(case_says_stop(uid));
}

static void
harm_02_a_stop_gives_way_to_a_decision_alone(void **state)
{
	struct uid uid = case_of(o.amina, "Shanthi Example");
	struct basis first, second;
	struct safe_contact c = form_of(uid, &first), theirs;

	(void)state;
	c.stop = true;
	c.stop_reason = "danger";
	OK(put(o.amina, uid, &first, &c));
	/* Both see the stop; he writes why once more, she lifts it. */
	c = form_of(uid, &first);
	theirs = form_of(uid, &second);
	theirs.stop_reason = "he came again";
	OK(put(o.sunil, uid, &second, &theirs));
	c.stop = false;
	c.stop_reason = "";
	REFUSED(ERR_CONFLICT, put(o.amina, uid, &first, &c));
	asked("stop", "0", "1");
	asked("stop_reason", "", "he came again");
	assert_int_equal(records(uid), 3);
	assert_true(stands(uid).stop);
	/* She saw it, and decides. */
	first = (struct basis){ .base = seen.base, .rev = seen.rev };
	OK(put(o.amina, uid, &first, &c));
	assert_false(stands(uid).stop);
	assert_false(case_says_stop(uid));
	/* The other way round: his lifting does not take away the stop that
	 * she has before her and writes on. */
	c = form_of(uid, &first);
	c.stop = true;
	c.stop_reason = "danger";
	OK(put(o.amina, uid, &first, &c));
	c = form_of(uid, &first);
	theirs = form_of(uid, &second);
	theirs.stop = false;
	OK(put(o.sunil, uid, &second, &theirs));
	c.stop_reason = "he waits outside";
	REFUSED(ERR_CONFLICT, put(o.amina, uid, &first, &c));
	asked("stop", "1", "0");
}

/* At a follow-up no record is written: the case says it. */
static void
harm_02_a_stop_at_a_follow_up_counts(void **state)
{
	struct uid uid = case_of(o.amina, "Kamala Example");
	struct basis basis;
	struct safe_contact c = form_of(uid, &basis);
	const struct attempt t = { .uid = uid_new(),
		.case_uid = uid,
		.channel = "phone",
		.outcome = "do_not_try_again",
		.safe = "yes",
		.words = "asked us not to call",
		.risk = -1 };

	(void)state;
	OK(followup_attempt(o.sunil, &t, &err));
	c.safe_times = "sundays";
	OK(put(o.amina, uid, &basis, &c));
	told("stop");
	assert_true(stands(uid).stop);
	assert_true(case_says_stop(uid));
	/* Lifted by who read it. */
	c = form_of(uid, &basis);
	assert_true(c.stop);
	c.stop = false;
	OK(put(o.amina, uid, &basis, &c));
	assert_int_equal(seen.n, 0);
	assert_false(case_says_stop(uid));
}

static void
harm_02_a_no_said_meanwhile_stands(void **state)
{
	struct uid uid = case_of(o.amina, "Chandra Example");
	struct basis first, second;
	struct safe_contact mine = form_of(uid, &first);
	struct safe_contact theirs = form_of(uid, &second);

	(void)state;
	theirs.may_contact = "no";
	OK(put(o.sunil, uid, &second, &theirs));
	mine.may_contact = "yes";
	REFUSED(ERR_CONFLICT, put(o.amina, uid, &first, &mine));
	asked("may_contact", "yes", "no");
	assert_string_equal(stands(uid).may_contact, "no");
}

/* What both changed alike, or one alone, is nobody's question; no number is
 * shown to choose by. */
static void
only_what_both_changed_is_asked(void **state)
{
	struct uid uid = case_of(o.amina, "Indrani Example");
	struct basis first, second;
	struct safe_contact mine = form_of(uid, &first);
	struct safe_contact theirs = form_of(uid, &second);
	const char *n;

	(void)state;
	theirs.number = "+00 000 5550111";
	theirs.safe_times = "mondays";
	theirs.who_else = "her aunt";
	theirs.caller = "a woman";
	OK(put(o.sunil, uid, &second, &theirs));
	mine.number = "+00 000 5550112";
	mine.safe_times = "sundays";
	mine.caller = "a woman";
	mine.our_word = "lantern";
	REFUSED(ERR_CONFLICT, put(o.amina, uid, &first, &mine));
	asked("safe_times", "sundays", "mondays");
	asked("same_number", "no", "yes");
	assert_null(listed("number"));
	assert_null(listed("caller"));
	assert_null(listed("our_word"));
	told("who_else");
	/* What is asked stands before what is only told. */
	assert_false(seen.list[0].settled);
	assert_true(seen.list[seen.n - 1].settled);
	/* Theirs is taken of all but the times. */
	mine.number = NULL;
	mine.who_else = "her aunt";
	first = (struct basis){ .base = seen.base, .rev = seen.rev };
	OK(put(o.amina, uid, &first, &mine));
	assert_string_equal(stands(uid).safe_times, "sundays");
	assert_string_equal(stands(uid).our_word, "lantern");
	OK(contact_number(o.amina, uid, &arena, &n, &err));
	assert_string_equal(n, "+00 000 5550111");
}

/* None yet is a basis, too. */
static void
harm_02_two_first_records_meet(void **state)
{
	const struct basis none = { .rev = 1 };
	char code[CODE_SIZE];
	struct sample s, t;

	(void)state;
	sample_make(&s, "Nobody Asked", "+00 000 5550113");
	t = s;
	s.in.safe_contact = NULL;
	OK(intake_save(o.amina, &s.in, code, &err));
	t.safe.uid = uid_new();
	t.safe.may_contact = "no";
	OK(put(o.sunil, s.in.case_uid, &none, &t.safe));
	t.safe.uid = uid_new();
	t.safe.may_contact = "yes";
	REFUSED(ERR_CONFLICT, put(o.amina, s.in.case_uid, &none, &t.safe));
	asked("may_contact", "yes", "no");
}

/* --- children ------------------------------------------------------------------------- */

static int
put_child(
    struct session *s, const struct basis *basis, const struct child_record *r)
{
	return child_set(s, basis, r, &arena, &seen, &err);
}

/* What a form that is opened now is filled from. */
static struct basis
child_basis(struct uid uid)
{
	struct child_file f;

	OK(child_open(o.amina, uid, &arena, &f, &err));
	return (struct basis){ .rev = f.rev,
		.base = f.recorded ? f.record.uid : (struct uid){ { 0 } } };
}

static struct child_record
child_stands(struct uid uid)
{
	struct child_file f;

	OK(child_open(o.amina, uid, &arena, &f, &err));
	assert_string_equal(f.may_be_child, f.record.may_be_child);
	return f.record;
}

static struct child_record
adult(struct uid uid)
{
	return (struct child_record){ .uid = uid_new(),
		.case_uid = uid,
		.may_be_child = "no",
		.age_basis = "document" };
}

/* Neither was recorded before: she writes an adult, he a child. */
static void
harm_11_a_child_said_meanwhile_stays_a_child(void **state)
{
	struct uid uid = case_of(o.amina, "Sumi Example");
	const struct basis before = child_basis(uid);
	struct child_record theirs = child_record_of(uid), mine = adult(uid);
	struct basis seen_it;

	(void)state;
	OK(put_child(o.sunil, &before, &theirs));
	REFUSED(ERR_CONFLICT, put_child(o.amina, &before, &mine));
	asked("may_be_child", "no", "yes");
	assert_string_equal(child_stands(uid).may_be_child, "yes");
	/* She knows, and chooses. */
	seen_it = (struct basis){ .base = seen.base, .rev = seen.rev };
	OK(put_child(o.amina, &seen_it, &mine));
	assert_int_equal(seen.n, 0);
	assert_string_equal(child_stands(uid).may_be_child, "no");
	/* A retry is quiet. */
	OK(put_child(o.amina, &seen_it, &mine));
}

/* The case alone says it, changed since the form was opened. */
static void
harm_11_what_the_case_says_meanwhile_counts(void **state)
{
	struct uid uid = case_of(o.amina, "Amal Example");
	const struct basis before = child_basis(uid);
	const struct change child = { "may_be_child", "unsure" };
	struct child_record mine = adult(uid);
	int64_t rev = before.rev;

	(void)state;
	OK(case_change(o.sunil, uid, &rev,
	    &(const struct change){ "may_be_child", "no" }, 1, &arena, NULL,
	    &err));
	OK(case_change(o.sunil, uid, &rev, &child, 1, &arena, NULL, &err));
	REFUSED(ERR_CONFLICT, put_child(o.amina, &before, &mine));
	asked("may_be_child", "no", "unsure");
}

static void
harm_07_an_unsafe_guardian_said_meanwhile_stands(void **state)
{
	struct uid uid = case_of(o.amina, "Huda Example");
	struct child_record first = child_record_of(uid), theirs, mine;
	struct basis before = child_basis(uid);

	(void)state;
	first.guardian = "safe";
	first.route = "caregiver";
	first.route_why = first.trusted = "";
	OK(put_child(o.amina, &before, &first));
	before = child_basis(uid);
	theirs = child_record_of(uid);
	theirs.guardian = "unsafe_to_tell";
	OK(put_child(o.sunil, &before, &theirs));
	/* Hers says "safe" as it did, and something else. */
	mine = first;
	mine.uid = uid_new();
	mine.child_words = "wants to go to school";
	OK(put_child(o.amina, &before, &mine));
	told("guardian");
	told("route");
	assert_string_equal(child_stands(uid).guardian, "unsafe_to_tell");
	assert_string_equal(child_stands(uid).route, "best_interests");
	assert_string_equal(
	    child_stands(uid).child_words, "wants to go to school");
	OK(put_child(o.amina, &before, &mine)); /* a retry */
	/* And of two who both saw him unsafe, one does not make him safe. */
	before = child_basis(uid);
	theirs.uid = uid_new();
	theirs.child_words = "asks for her aunt";
	OK(put_child(o.sunil, &before, &theirs));
	mine.uid = uid_new();
	REFUSED(ERR_CONFLICT, put_child(o.amina, &before, &mine));
	asked("guardian", "safe", "unsafe_to_tell");
}

/* --- one field of a case ----------------------------------------------------------------- */

static void
harm_14_a_risk_is_saved_after_a_colleagues(void **state)
{
	struct uid uid = case_of(o.amina, "Nayana Example");
	struct case_file f;
	int64_t mine, theirs;

	(void)state;
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	mine = theirs = f.rev;
	OK(case_set_risk(
	    o.sunil, uid, &theirs, 3, "she moved away", &arena, &seen, &err));
	REFUSED(ERR_CONFLICT, case_set_risk(o.amina, uid, &mine, 0,
				  "he came back", &arena, &seen, &err));
	asked("risk", "urgent", "low");
	asked("risk_reason", "he came back", "she moved away");
	mine = seen.rev;
	OK(case_set_risk(
	    o.amina, uid, &mine, 0, "he came back", &arena, &seen, &err));
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	assert_int_equal(f.risk, 0);
	assert_string_equal(f.risk_reason, "he came back");
}

static void
two_who_assign_meet(void **state)
{
	struct uid uid = case_of(o.amina, "Ishara Example");
	const struct uid nobody = { { 0 } };
	struct case_file f;
	int64_t one, other;

	(void)state;
	OK(case_open(o.sunil, uid, "to look in", &arena, &f, &err));
	one = other = f.rev;
	OK(case_assign(o.sunil, uid, &one, nobody, &arena, &seen, &err));
	REFUSED(
	    ERR_CONFLICT, case_assign(o.sunil, uid, &other,
			      session_user(o.sunil)->uid, &arena, &seen, &err));
	assert_non_null(listed("owner"));
	other = seen.rev;
	OK(case_assign(o.sunil, uid, &other, session_user(o.sunil)->uid, &arena,
	    &seen, &err));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		T(harm_02_a_stop_said_meanwhile_stands),
		T(harm_02_a_stop_gives_way_to_a_decision_alone),
		T(harm_02_a_stop_at_a_follow_up_counts),
		T(harm_02_a_no_said_meanwhile_stands),
		T(only_what_both_changed_is_asked),
		T(harm_02_two_first_records_meet),
		T(harm_11_a_child_said_meanwhile_stays_a_child),
		T(harm_11_what_the_case_says_meanwhile_counts),
		T(harm_07_an_unsafe_guardian_said_meanwhile_stands),
		T(harm_14_a_risk_is_saved_after_a_colleagues),
		T(two_who_assign_meet),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
