/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "rules/closing.h"
#include "rules/workflow.h"
#include "store/directory.h"
#include "store/session_inside.h"

#include "case_kit.h"

void
office_open(struct office *o)
{
	struct vault_kit *k = &o->kit;

	vault_kit_open(k);
	k->society->closing.approval = false;
	o->sunil = k->supervisor;
	o->adele = k->admin;
	o->amina = vault_kit_user(k, "amina", ROLE_CASEWORKER, "branch-1");
	o->zoya = vault_kit_user(k, "zoya", ROLE_CASEWORKER, "branch-1");
	o->bilal = vault_kit_user(k, "bilal", ROLE_CASEWORKER, "branch-2");
	o->cora = vault_kit_user(k, "cora", ROLE_COORDINATOR, "headquarters");
	o->audra = vault_kit_user(k, "audra", ROLE_AUDITOR, "headquarters");
	o->stan = vault_kit_user(k, "stan", ROLE_STATISTICS, "headquarters");
}

void
office_close(struct office *o)
{
	vault_kit_close(&o->kit);
}

void
sample_renew(struct sample *s)
{
	s->in.contact_uid = uid_new();
	s->in.case_uid = uid_new();
	s->in.person_uid = uid_new();
	s->in.consent_uid = uid_new();
	s->in.limits_uid = uid_new();
	s->in.followup_uid = uid_new();
	s->in.safe_contact_uid = uid_new();
	s->in.note_uid = uid_new();
}

static void
make_parts(struct sample *s, const char *name, const char *phone)
{
	s->person = (struct person){ .name = name,
		.other_names = "",
		.birth = { 1994, 5, 17, DATE_DAY },
		.birth_basis = "stated",
		.sex = "f",
		.languages = "en",
		.country = "",
		.phone = phone,
		.address = "near the lagoon",
		.document = "" };
	s->safe = (struct safe_contact){ .may_contact = "only_if",
		.channel = "phone",
		.number = phone,
		.whose = "own",
		.who_else = "a cousin",
		.safe_times = "weekdays 9 to 11",
		.unsafe_times = "evenings",
		.say_red_cross = false,
		.cover_phrase = "the library calls about a book",
		.their_word = "heron",
		.our_word = "lagoon",
		.language = "en",
		.caller = "",
		.if_other_answers = "ask for the book back",
		.max_attempts = 3,
		.verified_at = clock_now(),
		.stop_reason = "" };
	s->consent = (struct consent){ .kind = "work_together",
		.recipient = "",
		.purpose = "",
		.withheld = "",
		.withheld_why = "",
		.decision = "yes",
		.ask_again = "",
		.given_by = "person",
		.given_by_why = "",
		.form = "verbal_witnessed",
		.evidence = "",
		.language = "en",
		.script = "work-together-en:1",
		.interpreter = "none",
		.interpreter_code = "",
		.witness_code = "",
		.seen_alone = "yes",
		.understood = true,
		.given_at = clock_now(),
		.withdrawn_how = "" };
	s->next = plan_in(3);
}

void
sample_make(struct sample *s, const char *name, const char *phone)
{
	static const char *const ids[] = { "tri.01", "tri.02", "tri.03",
		"tri.04", "tri.05", "tri.06", "tri.07", "tri.08", "tri.09",
		"tri.10" };

	*s = (struct sample){ .in = { .channel = "walk_in",
				  .place = "",
				  .at = clock_now(),
				  .n_triage = 10,
				  .wants = "a safe place tonight",
				  .information_given = "rights",
				  .number_given = "",
				  .language = "en",
				  .interpreter = "none",
				  .seen_alone = "yes",
				  .limits_script = "limits-en:1",
				  .open_case = true,
				  .sex = "f",
				  .age_band = "25-39",
				  .may_be_child = "no",
				  .risk = 1,
				  .risk_reason = "threats by telephone",
				  .next_none = "",
				  .note = "",
				  .assign_to_me = true } };
	sample_renew(s);
	for (size_t i = 0; i < 10; i++)
		s->triage[i] =
		    (struct triage_answer){ ids[i], "not_raised", "" };
	make_parts(s, name, phone);
	s->in.triage = s->triage;
	s->in.person = &s->person;
	s->in.safe_contact = &s->safe;
	s->in.work_together = &s->consent;
	s->in.next = &s->next;
}

struct uid
case_of(struct session *s, const char *name)
{
	struct err err = { .kind = ERR_NONE };
	char code[CODE_SIZE];
	struct sample one;

	sample_make(&one, name, "+94 77 123 4567");
	OK(intake_save(s, &one.in, code, &err));
	return one.in.case_uid;
}

struct consent
release_of(struct uid case_uid)
{
	struct sample one;

	sample_make(&one, "", "");
	one.consent.uid = uid_new();
	one.consent.case_uid = case_uid;
	one.consent.kind = "release";
	one.consent.recipient = "legal-partner";
	one.consent.purpose = "legal_advice";
	one.consent.script = "release-en:1";
	one.consent.scope =
	    data_scope_bit(DATA_NAME) | data_scope_bit(DATA_NEEDS);
	return one.consent;
}

struct child_record
child_record_of(struct uid case_uid)
{
	return (struct child_record){ .uid = uid_new(),
		.case_uid = case_uid,
		.may_be_child = "yes",
		.age_basis = "stated",
		.safety_asked = true,
		.guardian = "concern",
		.informed = "no",
		.informed_why = "the child says he took her to the agent",
		.route = "best_interests",
		.route_why = "the guardian may be part of it",
		.trusted = "child-protection officer of the district",
		.assent = "yes",
		.child_words = "wants her aunt to know" };
}

void
organisation_called(struct session *s, const char *recipient)
{
	const struct directory_entry call = { .uid = uid_new(),
		.recipient = recipient,
		.topic = "call",
		.value = "answered",
		.phone = "",
		.words = "" };
	struct err err;

	OK(directory_add(s, &call, &err));
}

struct followup_plan
plan_in(int days)
{
	return (struct followup_plan){ .uid = uid_new(),
		.what = next_action_name(NEXT_FOLLOW_UP),
		.words = "call as agreed",
		.due = clock_now() + days * CLOCK_DAY };
}

static int64_t
ask(struct db *db, const char *sql, const struct val *v, size_t n)
{
	struct err err = { .kind = ERR_NONE };
	int64_t out = 0;

	if (db_int(db, sql, v, n, &out, &err) == -1)
		fail_msg("%s: %s", sql, err.text);
	return out;
}

int64_t
ask_cases(struct session *s, const char *sql)
{
	return ask(&s->cases, sql, NO_VALS);
}

int64_t
ask_identity(struct session *s, const char *sql)
{
	struct err err = { .kind = ERR_NONE };
	struct db *db = NULL;

	OK(session_identity(s, &db, &err));
	return ask(db, sql, NO_VALS);
}

int64_t
ask_of(struct session *s, const char *sql, struct uid uid)
{
	return ask(&s->cases, sql, VALS(v_uid(&uid)));
}

int64_t
tasks_of(struct session *s, struct uid case_uid, const char *kind)
{
	return ask(&s->cases,
	    "SELECT count(*) FROM agenda WHERE case_uid = ?1 AND kind = ?2",
	    VALS(v_uid(&case_uid), v_str(kind)));
}

/* What a form of this record would be filled from. */
static struct uid
base_of(struct db *db, const char *table, struct uid case_uid, struct uid own)
{
	struct err err = { .kind = ERR_NONE };
	struct uid base = { { 0 } };
	sqlite3_stmt *st;
	struct buf sql;

	buf_init(&sql);
	buf_addf(&sql,
	    "SELECT uid FROM %s WHERE case_uid = ?1 AND hlc < ifnull((SELECT"
	    " hlc FROM %s WHERE uid = ?2), 9e18) ORDER BY hlc DESC LIMIT 1",
	    table, table);
	st = db_query(db, sql.data, VALS(v_uid(&case_uid), v_uid(&own)), &err);
	assert_non_null(st);
	if (db_row(db, st, &err) == 1) {
		base = col_uid(st, 0);
		stmt_done(st);
	}
	buf_done(&sql);
	return base;
}

static int64_t
rev_of(struct session *s, struct uid case_uid)
{
	return ask_of(s,
	    "SELECT ifnull(max(rev), 0) FROM case_file WHERE uid = ?1",
	    case_uid);
}

struct basis
contact_basis(struct session *s, struct uid case_uid, struct uid own)
{
	struct basis basis = { .rev = rev_of(s, case_uid) };
	struct err err = { .kind = ERR_NONE };
	struct db *db = NULL;

	/* Who may not open it is refused when they save. */
	if (session_identity(s, &db, &err) == 0)
		basis.base = base_of(db, "safe_contact", case_uid, own);
	return basis;
}

int
contact_put(struct session *s, struct uid case_uid,
    const struct safe_contact *c, struct err *err)
{
	const struct basis basis = contact_basis(s, case_uid, c->uid);
	struct conflicts conflicts;
	struct arena a;
	int rc;

	arena_init(&a);
	rc = safe_contact_set(s, case_uid, &basis, c, &a, &conflicts, err);
	arena_done(&a);
	return rc;
}

int
child_put(struct session *s, const struct child_record *r, struct err *err)
{
	const struct basis basis = { .rev = rev_of(s, r->case_uid),
		.base =
		    base_of(&s->cases, "child_record", r->case_uid, r->uid) };
	struct conflicts conflicts;
	struct arena a;
	int rc;

	arena_init(&a);
	rc = child_set(s, &basis, r, &a, &conflicts, err);
	arena_done(&a);
	return rc;
}

int
assessment_put(struct session *s, struct uid case_uid,
    const struct assessment *in, struct err *err)
{
	struct assessment one = *in;
	struct conflicts conflicts;
	struct arena a;
	int rc;

	one.base = base_of(&s->cases, "assessment", case_uid, one.uid);
	arena_init(&a);
	rc = assessment_add(s, case_uid, &one, &a, &conflicts, err);
	arena_done(&a);
	return rc;
}

void
closing_make(struct closing_sample *c, struct uid uid, const char *reason,
    const char *words)
{
	*c = (struct closing_sample){ .r = { .uid = uid_new(),
					  .case_uid = uid,
					  .reason = reason,
					  .words = words } };
	for (int l = 0; l < CLOSING_LINE_COUNT; l++)
		if (l < CLOSING_ALWAYS || closing_is_lost(reason))
			c->lines[c->r.n_lines++] = (struct request_line){
				closing_line_name((enum closing_line)l),
				/* No sample has one. */
				l == CLOSING_SAFETY ? CLOSING_NONE_NEEDED
						    : "yes",
				"thought of"
			};
	c->r.lines = c->lines;
}

void
closing_plan_is(struct closing_sample *c, const char *answer)
{
	for (size_t i = 0; i < c->r.n_lines; i++)
		if (strcmp(c->lines[i].item, closing_line_name(CLOSING_PLAN)) ==
		    0)
			c->lines[i].answer = answer;
}

int
close_case(struct session *s, struct uid uid, int64_t *rev, const char *reason,
    const char *words, struct err *err)
{
	struct closing_sample c;
	bool closed = false;

	closing_make(&c, uid, reason, words);
	if (case_close(s, rev, &c.r, &closed, err) != 0)
		return -1;
	assert_true(closed);
	return 0;
}

int
request_agree(
    struct session *s, struct uid case_uid, struct uid request, struct err *err)
{
	struct request r;
	struct arena a;
	int rc;

	arena_init(&a);
	rc = request_open(s, case_uid, request, &a, &r, err);
	if (rc == 0)
		rc = request_answer(s, case_uid, request, ANSWER_ACCEPT, "",
		    r.rev, r.seen, err);
	arena_done(&a);
	return rc;
}

bool
release_asks_anew(struct session *s, struct uid uid)
{
	struct consents all;
	struct arena a;
	struct err e;
	bool anew;
	size_t i = 0;

	arena_init(&a);
	assert_int_equal(consent_list(s, uid, false, &a, &all, &e), 0);
	while (i < all.n && strcmp(all.list[i].kind, "release") != 0)
		i++;
	assert_true(i < all.n);
	assert_string_equal(all.list[i].state, "given");
	anew = all.list[i].ask_anew;
	arena_done(&a);
	return anew;
}
