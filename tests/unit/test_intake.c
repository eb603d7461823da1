/* SPDX-License-Identifier: ISC */
/* The ten-minute path: what is written, in which order, what is refused. */
#include "intake_kit.h"

static void
a_contact_alone_is_complete(void **state)
{
	int64_t before = contacts(), who = people();
	struct sample s;

	(void)state;
	sample_make(&s, "", "");
	s.in.open_case = false;
	s.in.anonymous = true;
	s.in.person = NULL;
	s.in.safe_contact = NULL;
	s.in.work_together = NULL;
	s.in.next = NULL;
	s.in.limits_script = "";
	memset(code, 'x', sizeof(code));
	OK(intake_save(o.amina, &s.in, code, &err));
	assert_string_equal(code, "");
	assert_int_equal(contacts(), before + 1);
	assert_int_equal(people(), who);
	assert_int_equal(ask_of(o.amina,
			     "SELECT count(*) FROM contact WHERE uid = ?1 "
			     "AND case_uid = zeroblob(16)",
			     s.in.contact_uid),
	    1);
	assert_int_equal(
	    ask_of(o.amina, "SELECT count(*) FROM triage WHERE contact = ?1",
		s.in.contact_uid),
	    10);
}

static void
writes_case_person_and_all_that_belongs(void **state)
{
	struct uid uid;
	struct safe_contact c;
	struct person p;
	struct sample s;

	(void)state;
	sample_make(&s, "Kamala Wickramasinghe", "+94 71 222 3344");
	s.in.note = "said: the agent keeps the papers";
	OK(intake_save(o.amina, &s.in, code, &err));
	uid = s.in.case_uid;
	assert_int_equal(strlen(code), CODE_SIZE - 1);
	assert_int_equal(
	    ask_of(
		o.amina, "SELECT count(*) FROM note WHERE case_uid = ?1", uid),
	    1);
	assert_int_equal(ask_of(o.amina,
			     "SELECT count(*) FROM consent WHERE case_uid = ?1 "
			     "AND kind = 'limits' AND script = 'limits-en:1'",
			     uid),
	    1);
	assert_int_equal(
	    ask_of(o.amina,
		"SELECT count(*) FROM queue WHERE uid = ?1 AND open = 1", uid),
	    1);
	assert_int_equal(
	    ask_of(o.amina,
		"SELECT count(*) FROM followup_plan WHERE case_uid = ?1", uid),
	    1);
	OK(person_open(o.amina, uid, "to check", &arena, &p, &c, &err));
	assert_string_equal(p.name, "Kamala Wickramasinghe");
	assert_int_equal(p.birth.year, 1994);
	assert_string_equal(c.cover_phrase, "the library calls about a book");
}

static void
an_anonymous_case_can_be_reached(void **state)
{
	int64_t who = people();
	struct safe_contact c;
	struct case_file f;
	struct person p;
	struct sample s;

	(void)state;
	sample_make(&s, "", "");
	s.in.anonymous = true;
	s.in.person = NULL;
	s.consent.decision = "not_now";
	s.in.note = "said: no names today";
	OK(intake_save(o.amina, &s.in, code, &err));
	assert_int_equal(people(), who);
	OK(case_open(o.amina, s.in.case_uid, NULL, &arena, &f, &err));
	assert_true(f.anonymous);
	assert_string_equal(f.may_contact, "only_if");
	OK(contact_instruction(o.amina, s.in.case_uid, &arena, &c, &err));
	assert_string_equal(c.their_word, "heron");
	REFUSED(ERR_NOT_FOUND, person_open(o.amina, s.in.case_uid, "to call",
				   &arena, &p, &c, &err));
}

static const struct event *
contact_of(const struct events *events)
{
	for (size_t i = 0; i < events->n; i++)
		if (strcmp(events->list[i].kind, "contact") == 0)
			return &events->list[i];
	fail_msg("no contact in the timeline");
	return NULL;
}

static void
urgent_is_what_the_triage_says(void **state)
{
	struct case_file f;
	struct events events;
	struct sample s;

	(void)state;
	sample_make(&s, "Amara Nanayakkara", "");
	s.triage[7] = (struct triage_answer){ "tri.08", "unclear", "" };
	s.triage[3] = (struct triage_answer){ "tri.04", "clear_sign",
		"went along to the clinic" };
	OK(intake_save(o.amina, &s.in, code, &err));
	OK(case_open(o.amina, s.in.case_uid, NULL, &arena, &f, &err));
	assert_true(f.urgent);
	assert_string_equal(f.next, "urgent");
	/* Whoever takes over finds which danger it is and what was done. */
	assert_string_equal(f.urgent_signs,
	    "Sexual violence, recent: clear sign. went along to the clinic");
	OK(case_timeline(o.amina, s.in.case_uid, 0, 50, &arena, &events, &err));
	assert_string_equal(contact_of(&events)->text,
	    "Wants first: a safe place tonight\n"
	    "Sexual violence, recent: clear sign. went along to the clinic\n"
	    "A deadline: unclear\n"
	    "Information given: Rights of workers, of children, of people who "
	    "moved");
	/* A sign among the last four is urgent to nobody. */
	sample_make(&s, "Amara Nanayakkara", "");
	s.in.urgent = true;
	s.triage[7] = (struct triage_answer){ "tri.08", "clear_sign", "" };
	OK(intake_save(o.amina, &s.in, code, &err));
	OK(case_open(o.amina, s.in.case_uid, NULL, &arena, &f, &err));
	assert_false(f.urgent);
}

static void
refused_consent_keeps_the_contact(void **state)
{
	struct sample s;

	(void)state;
	sample_make(&s, "", "");
	s.in.open_case = false;
	s.in.anonymous = true;
	s.in.person = NULL;
	s.in.safe_contact = NULL;
	s.in.next = NULL;
	s.consent.decision = "no";
	s.consent.ask_again = "no";
	s.consent.given_by = s.consent.form = "";
	OK(intake_save(o.amina, &s.in, code, &err));
	assert_int_equal(ask_of(o.amina,
			     "SELECT count(*) FROM consent WHERE uid = ?1 "
			     "AND decision = 'no' AND ask_again = 'no'",
			     s.in.consent_uid),
	    1);
}

/* --- what is refused ------------------------------------------------------------------------ */

/* A child is a child until somebody who may decide that says otherwise; the
 * day of the eighteenth birthday, and not the day before, makes an adult. */
static void
harm_11_child_until_decided(void **state)
{
	static const struct {
		const char *name, *child, *band, *given_by, *why, *guardian;
		int years, days; /* born so long ago; 0: not known */
		bool fine;
	} ages[] = {
		{ "18 today", "no", "", "person", "", "", 18, 0, true },
		{ "18 tomorrow", "no", "", "person", "", "", 18, -1, false },
		{ "18 today but unsure", "unsure", "", "person", "", "", 18, 0,
		    false },
		{ "unknown, sure no child", "no", "", "person", "", "", 0, 0,
		    true },
		{ "unknown, unsure", "unsure", "", "person", "", "", 0, 0,
		    false },
		{ "unknown, not asked", "", "", "person", "", "", 0, 0, false },
		{ "unknown, best interests", "unsure", "", "best_interests",
		    "with the child's own say; aunt decides", "unavailable", 0,
		    0, true },
		{ "best interests without a reason", "unsure", "",
		    "best_interests", " ", "", 0, 0, false },
		{ "band of a child, said no", "no", "15-17", "person", "", "",
		    0, 0, false },
		{ "band of an adult", "no", "60-over", "person", "", "", 0, 0,
		    true },
		{ "16, both, guardian safe", "yes", "", "both", "", "safe", 16,
		    0, true },
		{ "13, assent, guardian safe", "yes", "", "assent", "", "safe",
		    13, 0, true },
		{ "13, guardian alone", "yes", "", "guardian", "", "safe", 13,
		    0, false },
		{ "4, guardian safe", "yes", "", "guardian", "", "safe", 4, 0,
		    true },
	};
	struct civil c;

	(void)state;
	for (size_t i = 0; i < sizeof(ages) / sizeof(ages[0]); i++) {
		struct sample s;
		int rc;

		sample_make(&s, "Tharindu Lakmal", "");
		clock_from_days(clock_day_of(clock_now()) - ages[i].days, &c);
		s.person.birth = (struct fdate){ 0 };
		if (ages[i].years != 0)
			s.person.birth =
			    (struct fdate){ (int16_t)(c.year - ages[i].years),
				    (int8_t)c.month, (int8_t)c.day, DATE_DAY };
		s.in.may_be_child = ages[i].child;
		s.in.age_band = ages[i].band;
		s.consent.given_by = ages[i].given_by;
		s.consent.given_by_why = ages[i].why;
		s.consent.guardian = ages[i].guardian;
		err_clear(&err);
		rc = intake_save(o.amina, &s.in, code, &err);
		if ((rc == 0) != ages[i].fine)
			fail_msg("%s: %d %s", ages[i].name, rc, err.text);
	}
}

/* --- a second try ----------------------------------------------------------------------------- */

/* Never "saved" for what was not, and never without the way to it. */
static void
already(const struct sample *s, const char *as)
{
	REFUSED(ERR_CONFLICT, intake_save(o.amina, &s->in, code, &err));
	assert_non_null(strstr(err.text, as));
}

static void
a_second_try_finds_the_first(void **state)
{
	const char *reason, *words, *action, *band;
	char first[CODE_SIZE];
	int64_t before, events;
	struct sample s;

	(void)state;
	sample_make(&s, "Udaya Kumari", "+94 70 555 0000");
	s.in.note = "said: call on friday";
	reason = s.in.risk_reason;
	words = s.next.words;
	action = s.triage[0].action;
	band = s.in.age_band;
	OK(intake_save(o.amina, &s.in, first, &err));
	before = contacts();
	events = ask_cases(o.amina, "SELECT count(*) FROM audit");
	OK(intake_save(o.amina, &s.in, code, &err));
	assert_string_equal(code, first);
	assert_int_equal(contacts(), before);
	assert_int_equal(
	    ask_cases(o.amina, "SELECT count(*) FROM audit"), events);
	/* The same keys, other words. */
	s.in.wants = "something else";
	already(&s, first);
	s.in.wants = "a safe place tonight";
	s.person.name = "Somebody Else";
	already(&s, first);
	s.person.name = "Udaya Kumari";
	s.in.risk_reason = "said: they know where I sleep";
	already(&s, first);
	s.in.risk_reason = reason;
	s.in.note = "said: call on sunday";
	already(&s, first);
	s.in.note = "said: call on friday";
	s.next.words = "bring the papers";
	already(&s, first);
	s.next.words = words;
	s.triage[0].action = "walked there together";
	already(&s, first);
	s.triage[0].action = action;
	s.in.age_band = "18-24";
	already(&s, first);
	s.in.age_band = band;
	/* Of all that, nothing was written or lost. */
	OK(intake_save(o.amina, &s.in, code, &err));
	assert_int_equal(contacts(), before);
}

static void
a_full_disk_loses_nothing(void **state)
{
	int64_t before = contacts(), who = people();
	struct sample s;

	(void)state;
	sample_make(&s, "Sanduni Herath", "");
	/* The first commit is identity.db's. */
	o.amina->fault = SQLITE_FULL;
	REFUSED(ERR_FULL, intake_save(o.amina, &s.in, code, &err));
	assert_int_equal(people(), who);
	assert_int_equal(contacts(), before);
	OK(intake_save(o.amina, &s.in, code, &err));
	assert_int_equal(people(), who + 1);
	assert_int_equal(contacts(), before + 1);
}

/* --- killed between the two databases ---------------------------------------------------------- */

/* The identity part as intake_save() writes it, and then nothing. */
static void
die_between(const struct sample *one)
{
	struct intake_work w;
	struct session *s;
	struct arena a;
	struct tx tx;

	s = vault_kit_sign_in(&o.kit, "amina", &err);
	if (s == NULL)
		_exit(1);
	arena_init(&a);
	if (intake_take(o.kit.society, &a, clock_now(), &one->in, &w, &err) ==
		-1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_IDENTITY_WRITE,
		    .about = &w.in.case_uid,
		    .action = "intake.person",
		    .reason = "intake",
		    .wrote = true },
		&err) == -1 ||
	    intake_identity(&tx, &w) != 0 || tx_commit(&tx) == -1)
		_exit(2);
	(void)raise(SIGKILL);
	_exit(3);
}

static size_t
orphans(struct session *s)
{
	struct findings f;

	OK(vault_verify(s, &arena, &f, &err));
	for (size_t i = 0; i < f.n; i++) {
		if (f.list[i].bad &&
		    strstr(f.list[i].what, "without a case") != NULL)
			return 1;
	}
	return 0;
}

static void
killed_between_leaves_an_orphan_to_find(void **state)
{
	int64_t who = people();
	struct sample lost, kept;
	struct safe_contact rule;
	const char *number;
	struct db *db;
	int status;
	pid_t pid;

	(void)state;
	sample_make(&lost, "Lost Between", "+94 70 999 8877");
	sample_make(&kept, "Kept After All", "+94 70 999 8866");
	for (int i = 0; i < 2; i++) {
		pid = fork();
		assert_true(pid >= 0);
		if (pid == 0)
			die_between(i == 0 ? &lost : &kept);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), SIGKILL);
	}
	/* Whoever looks after the vault and holds the identity root. */
	o.kit.society->grants.scope[ROLE_SUPERVISOR][PERM_VAULT_CARE] =
	    SCOPE_ALL;
	assert_int_equal(people(), who + 2);
	/* The draft is offered again: its second try goes on from there, with
	 * what was put right meanwhile. */
	kept.person.name = "Kept Put Right";
	kept.safe.number = "+94 70 999 8855";
	OK(intake_save(o.amina, &kept.in, code, &err));
	assert_int_equal(people(), who + 2);
	assert_int_equal(
	    ask_identity(o.amina, "SELECT count(*) FROM person"
				  " WHERE name = 'Kept Put Right'"),
	    1);
	assert_int_equal(
	    ask_of(o.amina, "SELECT count(*) FROM case_file WHERE uid = ?1",
		kept.in.case_uid),
	    1);
	OK(contact_instruction(o.amina, kept.in.case_uid, &arena, &rule, &err));
	OK(contact_number(o.amina, kept.in.case_uid, &arena, &number, &err));
	assert_string_equal(number, kept.safe.number);
	/* Nothing newer than some minutes is an orphan: somebody may be just
	 * saving it. */
	assert_int_equal(orphans(o.sunil), 0);
	OK(session_identity(o.amina, &db, &err));
	OK(db_exec(db,
	    "UPDATE person SET made_at = made_at - 3600000 "
	    "WHERE name LIKE 'Lost%' OR name LIKE 'Kept%'",
	    NO_VALS, NULL, &err));
	assert_int_equal(orphans(o.sunil), 1);
}

static void
harm_19_audit_has_no_values(void **state)
{
	static const char marker[] = "Zebrafinch";
	char sql[400];
	struct sample s;

	(void)state;
	sample_make(&s, "Zebrafinch Perera", "+94 77 Zebrafinch");
	s.in.wants = s.in.note = s.in.place = "Zebrafinch";
	s.in.risk_reason = "Zebrafinch";
	s.safe.safe_times = s.person.address = "Zebrafinch";
	s.next.words = "Zebrafinch";
	OK(intake_save(o.amina, &s.in, code, &err));
	for (int i = 0; i < 2; i++) {
		(void)snprintf(sql, sizeof(sql),
		    "SELECT count(*) FROM audit WHERE instr(fields, '%s') "
		    "OR instr(reason, '%s') OR instr(action, '%s') "
		    "OR instr(detail, '%s') OR instr(terminal, '%s')",
		    marker, marker, marker, marker, marker);
		assert_int_equal(i == 0 ? ask_cases(o.amina, sql)
					: ask_identity(o.amina, sql),
		    0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_contact_alone_is_complete),
		T(writes_case_person_and_all_that_belongs),
		T(an_anonymous_case_can_be_reached),
		T(urgent_is_what_the_triage_says),
		T(refused_consent_keeps_the_contact),
		T(harm_11_child_until_decided),
		T(a_second_try_finds_the_first),
		T(a_full_disk_loses_nothing),
		T(killed_between_leaves_an_orphan_to_find),
		T(harm_19_audit_has_no_values),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
