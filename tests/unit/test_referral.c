/* SPDX-License-Identifier: ISC */
/* Referrals: prepared, sent through the gate, followed, ended. */
#include "referral_kit.h"
#include "base/clock.h"
#include "store/agenda.h"
#include "store/case.h"
#include "store/directory.h"
#include "store/followup.h"
#include "store/referral.h"
#include "words.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static const char *
value_of(const struct preview *p, const char *value)
{
	for (size_t i = 0; i < p->n; i++) {
		if (p->list[i].released &&
		    strstr(p->list[i].value, value) != NULL)
			return p->list[i].label;
	}
	return NULL;
}

static int64_t
disclosures(struct uid case_uid)
{
	return ask_of(o.adele,
	    "SELECT count(*) FROM disclosure WHERE case_uid = ?1", case_uid);
}

static void
what_goes_is_what_was_shown(void **state)
{
	struct preview before, sent;
	struct disclosed_list left;
	struct consent c;
	struct referral r;
	struct uid uid = ready("Nadeesha Silva", &c, &r), event = uid_new();

	(void)state;
	/* Written twice by a retry, it is there once. */
	OK(referral_add(o.amina, &r, &err));
	assert_int_equal(look(uid, r.uid).state, REFERRAL_IS_PREPARED);
	assert_int_equal(look(uid, r.uid).blocked, EGRESS_ALLOWED);
	OK(referral_preview(o.amina, uid, r.uid, &arena, &before, &err));
	assert_string_equal(before.why, "");
	/* Whoever begins a shift sees that it waits, and then for what. */
	assert_int_equal(tasks_of(o.adele, uid, "referral-send"), 1);
	OK(referral_send(
	    o.amina, uid, r.uid, event, "by hand", NULL, &arena, &sent, &err));
	assert_int_equal(before.n, sent.n);
	for (size_t i = 0; i < sent.n; i++) {
		assert_string_equal(before.list[i].value, sent.list[i].value);
		assert_int_equal(
		    before.list[i].released, sent.list[i].released);
	}
	assert_non_null(value_of(&sent, "Nadeesha Silva"));
	assert_non_null(value_of(&sent, "only on Tuesdays"));
	/* Agreed to, but not ticked: it stays here. */
	assert_null(value_of(&sent, "Sinhala"));
	assert_int_equal(look(uid, r.uid).state, REFERRAL_IS_SENT);
	assert_int_equal(tasks_of(o.adele, uid, "referral-send"), 0);
	assert_int_equal(tasks_of(o.adele, uid, "referral-answer"), 1);
	OK(disclosure_list(o.sunil, uid, &arena, &left, &err));
	assert_int_equal(left.n, 1);
	assert_string_equal(left.list[0].recipient, "legal-partner");
	assert_string_equal(left.list[0].by, "amina");
	assert_true(left.list[0].consent);
	assert_int_equal(left.list[0].scope,
	    data_scope_bit(DATA_NAME) | data_scope_bit(DATA_NEEDS));
	/* It went once, whoever presses again. */
	REFUSED(ERR_CONFLICT, referral_send(o.sunil, uid, r.uid, uid_new(), "",
				  NULL, &arena, &sent, &err));
	assert_int_equal(disclosures(uid), 1);
	/* No value of identity.db was copied. */
	assert_int_equal(
	    ask_cases(o.adele,
		"SELECT count(*) FROM referral WHERE reason || asked || given "
		"|| risks || tell_back LIKE '%Nadeesha%'"),
	    0);
}

static void
harm_03_withdrawal_stops_what_was_prepared(void **state)
{
	struct disclosures told;
	struct preview p;
	struct consent c;
	struct referral r, again;
	struct uid uid = ready("Ishara Fernando", &c, &r);

	(void)state;
	OK(consent_withdraw(o.sunil, uid, c.uid, uid_new(), "by telephone",
	    &arena, &told, &err));
	assert_int_equal(look(uid, r.uid).state, REFERRAL_IS_WITHDRAWN);
	REFUSED(ERR_CONFLICT, referral_send(o.amina, uid, r.uid, uid_new(), "",
				  NULL, &arena, &p, &err));
	/* One that is prepared after it says which condition failed. */
	again = referral_of(uid);
	OK(referral_add(o.amina, &again, &err));
	assert_int_equal(look(uid, again.uid).blocked, EGRESS_WITHDRAWN);
	OK(referral_preview(o.amina, uid, again.uid, &arena, &p, &err));
	assert_non_null(strstr(p.why, "took the consent back"));
	for (size_t i = 0; i < p.n; i++)
		assert_false(p.list[i].released);
	REFUSED(ERR_INPUT, referral_send(o.amina, uid, again.uid, uid_new(), "",
			       NULL, &arena, &p, &err));
	assert_non_null(strstr(err.text, "Nothing was sent"));
	assert_int_equal(disclosures(uid), 0);
	assert_int_equal(look(uid, again.uid).state, REFERRAL_IS_PREPARED);
}

/* All that was ticked or nothing: half of a referral helps nobody. */
static void
harm_03_one_refused_field_stops_all(void **state)
{
	struct preview p;
	struct consent c;
	struct referral r;
	struct uid uid = ready("Kumari Perera", &c, &r);

	(void)state;
	r = referral_of(uid);
	r.fields |= fields("health", "number");
	OK(referral_add(o.amina, &r, &err));
	REFUSED(ERR_INPUT, referral_send(o.amina, uid, r.uid, uid_new(), "",
			       NULL, &arena, &p, &err));
	assert_non_null(strstr(err.text, "not to this kind of data"));
	assert_int_equal(disclosures(uid), 0);
}

/* Offences and what somebody was made to do, answers, risk: there is no
 * field that could carry them; what they told is never ticked for anybody. */
static void
harm_16_nothing_that_could_be_turned_against_them(void **state)
{
	static const char *const never[] = { "risk", "screening", "answer",
		"flag", "offence", "safety", "score", "note" };
	struct referral_field f;
	struct consent c;
	struct referral r;
	struct preview p;
	struct uid uid = ready("Dilini Silva", &c, &r);
	struct note n = { .uid = uid_new(),
		.case_uid = uid,
		.kind = "fact",
		.text = "crossed the border with false papers" };

	(void)state;
	for (int i = 0; referral_field(i, &f); i++) {
		for (size_t j = 0; j < N(never); j++)
			assert_string_not_equal(f.id, never[j]);
		if (f.scope == DATA_ACCOUNT || f.scope == DATA_NAME ||
		    f.scope == DATA_CONTACT || f.scope == DATA_HEALTH ||
		    f.scope == DATA_DOCUMENTS || f.scope == DATA_LOCATION)
			assert_false(f.usual);
	}
	OK(note_add(o.amina, &n, &err));
	OK(referral_preview(o.amina, uid, r.uid, &arena, &p, &err));
	assert_null(value_of(&p, "false papers"));
	OK(referral_send(
	    o.amina, uid, r.uid, uid_new(), "", NULL, &arena, &p, &err));
	assert_null(value_of(&p, "false papers"));
}

/* Every release refused: the person is still told where to go, is still
 * accompanied, and everything of ours goes on. */
static void
harm_04_help_does_not_hang_on_consent(void **state)
{
	static const char *const modes[] = { "info", "along", "warm",
		"advice" };
	const struct society *so = session_society(o.amina);
	struct uid uid = case_of(o.amina, "Hasini Bandara");
	struct followup_plan plan = plan_in(2);
	struct preview p;

	(void)state;
	for (size_t i = 0; i < so->n_recipients; i++) {
		struct consent c = release_of(uid);

		c.recipient = so->recipients[i].id;
		c.purpose = so->recipients[i].purposes[0];
		c.decision = "no";
		c.ask_again = "no";
		OK(consent_add(o.amina, &c, &err));
	}
	for (size_t i = 0; i < N(modes); i++) {
		struct referral r = referral_of(uid);

		r.mode = modes[i];
		r.fields = 0;
		OK(referral_add(o.amina, &r, &err));
		OK(referral_send(o.amina, uid, r.uid, uid_new(), "", NULL,
		    &arena, &p, &err));
		for (size_t j = 0; j < p.n; j++)
			assert_false(p.list[j].released);
		OK(referral_note(o.amina, uid, r.uid, REFERRAL_IS_SENT,
		    uid_new(), "attended", "", &err));
	}
	OK(followup_plan_add(o.amina, uid, &plan, &err));
	/* Who was called, gone to or asked knows of somebody; nobody was told
	 * anything of the record. */
	assert_int_equal(disclosures(uid), 3);
	assert_int_equal(
	    ask_of(o.adele,
		"SELECT sum(scope) FROM disclosure WHERE case_uid = ?1", uid),
	    0);
}

static void
the_hard_stop(void **state)
{
	static const struct {
		const char *mode;
		enum egress_why why;
		const char *says;
	} rows[] = {
		{ "full", EGRESS_STOP, "Ask for a second person" },
		/* No act carries a question: other ways are named. */
		{ "advice", EGRESS_STOP_ASKING, "Ask another organisation" },
	};
	struct uid uid = case_of(o.amina, "Nimali Perera");
	struct consent c = release_of(uid);
	struct preview p;

	(void)state;
	c.recipient = "police";
	c.purpose = "protection";
	OK(consent_add(o.amina, &c, &err));
	for (size_t i = 0; i < N(rows); i++) {
		struct referral r = referral_of(uid);

		r.recipient = "police";
		r.purpose = "protection";
		r.mode = rows[i].mode;
		r.fields = i == 0 ? fields("name", "words") : 0;
		OK(referral_add(o.amina, &r, &err));
		assert_int_equal(look(uid, r.uid).blocked, rows[i].why);
		/* Not even by who supervises: no role carries it. */
		REFUSED(ERR_INPUT, referral_send(o.sunil, uid, r.uid, uid_new(),
				       "", NULL, &arena, &p, &err));
		assert_non_null(strstr(err.text, rows[i].says));
	}
	assert_int_equal(disclosures(uid), 0);
}

static void
harm_10_nobody_is_sent_to_a_dead_number(void **state)
{
	struct directory_entry d = { .uid = uid_new(),
		.recipient = "health-partner",
		.topic = "call",
		.value = "wrong_number",
		.phone = "",
		.words = "" };
	struct uid uid = case_of(o.amina, "Sanduni Fernando");
	struct referral r = referral_of(uid);
	struct preview p;

	(void)state;
	r.recipient = "health-partner";
	r.purpose = "health";
	r.mode = "info";
	r.fields = 0;
	OK(directory_add(o.amina, &d, &err));
	OK(referral_add(o.amina, &r, &err));
	REFUSED(ERR_INPUT, referral_send(o.amina, uid, r.uid, uid_new(), "",
			       NULL, &arena, &p, &err));
	assert_non_null(strstr(err.text, "number was wrong"));
	d.uid = uid_new();
	d.value = "answered";
	OK(directory_add(o.amina, &d, &err));
	OK(referral_send(
	    o.amina, uid, r.uid, uid_new(), "", NULL, &arena, &p, &err));
}

static const char *
next_of(struct uid uid)
{
	struct case_file f;

	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	return f.next;
}

static void
a_refusal_finds_another(void **state)
{
	struct preview p;
	struct consent c;
	struct referral r, other;
	struct uid uid = ready("Tharushi Silva", &c, &r), event = uid_new();

	(void)state;
	OK(referral_send(
	    o.amina, uid, r.uid, uid_new(), "", NULL, &arena, &p, &err));
	REFUSED(ERR_INPUT, referral_note(o.amina, uid, r.uid, REFERRAL_IS_SENT,
			       uid_new(), "refused", " ", &err));
	REFUSED(ERR_INPUT, referral_note(o.amina, uid, r.uid, REFERRAL_IS_SENT,
			       uid_new(), "sent", "", &err));
	REFUSED(ERR_INPUT, referral_note(o.amina, uid, r.uid, REFERRAL_IS_SENT,
			       uid_new(), "feedback", "", &err));
	OK(referral_note(o.amina, uid, r.uid, REFERRAL_IS_SENT, event,
	    "refused", "no interpreter", &err));
	/* A retry is one event; somebody late sees what happened. */
	OK(referral_note(o.amina, uid, r.uid, REFERRAL_IS_SENT, event,
	    "refused", "no interpreter", &err));
	REFUSED(
	    ERR_CONFLICT, referral_note(o.sunil, uid, r.uid, REFERRAL_IS_SENT,
			      uid_new(), "acknowledged", "", &err));
	assert_int_equal(look(uid, r.uid).wait.ask, REFERRAL_ASK_OTHER);
	assert_string_equal(next_of(uid), "referral-other");
	other = referral_of(uid);
	other.replaces = r.uid;
	OK(referral_add(o.amina, &other, &err));
	assert_int_equal(look(uid, r.uid).wait.ask, REFERRAL_ASK_NOTHING);
	assert_true(look(uid, r.uid).settled);
}

static void
an_unanswered_one_is_chased_and_then_given_up(void **state)
{
	struct referral_history past;
	struct preview p;
	struct consent c;
	struct referral r;
	struct uid uid = ready("Chathuri Perera", &c, &r);
	struct agenda_page page;
	struct case_file f;
	int seen = 0;

	(void)state;
	assert_int_equal(look(uid, r.uid).wait.ask, REFERRAL_ASK_SEND);
	OK(referral_send(
	    o.amina, uid, r.uid, uid_new(), "", NULL, &arena, &p, &err));
	for (int i = 0; i < REFERRAL_CHASES; i++) {
		assert_int_equal(
		    look(uid, r.uid).wait.ask, REFERRAL_ASK_ANSWER);
		assert_int_equal(tasks_of(o.amina, uid, "referral-stuck"), 0);
		OK(referral_note(o.amina, uid, r.uid, REFERRAL_IS_SENT,
		    uid_new(), "chased", "", &err));
	}
	assert_int_equal(look(uid, r.uid).wait.ask, REFERRAL_ASK_OTHER);
	/* Not left with the worker alone: who decides in the branch sees it. */
	OK(agenda_page(o.sunil, AGENDA_DECIDE, 0, clock_now() + 90 * CLOCK_DAY,
	    NULL, 200, &arena, &page, &err));
	for (size_t i = 0; i < page.n; i++)
		seen += strcmp(page.rows[i].kind, "referral-stuck") == 0 &&
			uid_eq(&page.rows[i].object, &r.uid);
	assert_int_equal(seen, 1);
	assert_int_equal(tasks_of(o.amina, uid, "referral-other"), 1);
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_true(f.to_find_way);
	OK(referral_note(o.amina, uid, r.uid, REFERRAL_IS_SENT, uid_new(),
	    "accepted", "", &err));
	assert_int_equal(tasks_of(o.amina, uid, "referral-stuck"), 0);
	assert_int_equal(look(uid, r.uid).wait.ask, REFERRAL_ASK_ATTENDED);
	OK(referral_note(o.amina, uid, r.uid, REFERRAL_IS_ACCEPTED, uid_new(),
	    "attended", "", &err));
	OK(referral_note(o.amina, uid, r.uid, REFERRAL_IS_ATTENDED, uid_new(),
	    "completed", "", &err));
	assert_int_equal(look(uid, r.uid).wait.ask, REFERRAL_ASK_NOTHING);
	OK(referral_history(o.amina, uid, r.uid, &arena, &past, &err));
	assert_int_equal(past.n, 7);
	assert_string_equal(past.list[0].kind, "prepared");
	assert_string_equal(past.list[6].kind, "completed");
}

static void
what_cannot_be_prepared(void **state)
{
	struct uid uid = case_of(o.amina, "Madhavi Silva");
	struct referral good = referral_of(uid), r;

	(void)state;
	r = good;
	r.recipient = "somebody";
	REFUSED(ERR_INPUT, referral_add(o.amina, &r, &err));
	r = good;
	r.purpose = "curiosity";
	REFUSED(ERR_INPUT, referral_add(o.amina, &r, &err));
	r = good;
	r.mode = "post";
	REFUSED(ERR_INPUT, referral_add(o.amina, &r, &err));
	r = good;
	r.reason = "  ";
	REFUSED(ERR_INPUT, referral_add(o.amina, &r, &err));
	r = good;
	r.mode = "advice";
	REFUSED(ERR_INPUT, referral_add(o.amina, &r, &err));
	r = good;
	r.mode = "transfer";
	REFUSED(ERR_INPUT, referral_add(o.amina, &r, &err));
	/* By the words of the list it is chosen from. */
	assert_non_null(strstr(err.text, "\"Taking the case over\""));
	/* By whom it may be prepared: who works on the case. */
	REFUSED(ERR_DENIED, referral_add(o.zoya, &good, &err));
	REFUSED(ERR_DENIED, referral_add(o.cora, &good, &err));
	REFUSED(ERR_DENIED, referral_add(o.audra, &good, &err));
	OK(referral_add(o.sunil, &good, &err));
}

static const char *
told(const struct events *all, const char *title)
{
	for (size_t i = 0; i < all->n; i++) {
		if (strcmp(all->list[i].title, title) == 0)
			return all->list[i].kind;
	}
	return "";
}

/* A colleague who takes over reads there who was asked and what they said. */
static void
the_timeline_tells_of_them(void **state)
{
	struct preview sent;
	struct events all;
	struct consent c;
	struct referral r;
	struct uid uid = ready("Ishara Perera", &c, &r);

	(void)state;
	OK(referral_send(
	    o.amina, uid, r.uid, uid_new(), "", NULL, &arena, &sent, &err));
	OK(referral_note(o.amina, uid, r.uid, REFERRAL_IS_SENT, uid_new(),
	    "refused", "no room before May", &err));
	OK(case_timeline(o.amina, uid, 0, 100, &arena, &all, &err));
	assert_string_equal(told(&all, "Referral prepared: Legal aid service "
				       "(example: put yours here)"),
	    "referral");
	assert_string_equal(
	    told(&all,
		"Referral sent: Legal aid service (example: put yours here)"),
	    "referral");
	assert_string_equal(
	    told(&all,
		"They said no: Legal aid service (example: put yours here)"),
	    "referral");
}

/* Who looked reads words, not the program's own names of what was done. */
static void
the_record_of_who_looked_is_in_words(void **state)
{
	struct preview sent;
	struct access_log log;
	struct consent c;
	struct referral r;
	struct uid uid = ready("Tharindu Perera", &c, &r);

	(void)state;
	OK(referral_preview(o.amina, uid, r.uid, &arena, &sent, &err));
	OK(referral_send(
	    o.amina, uid, r.uid, uid_new(), "", NULL, &arena, &sent, &err));
	OK(referral_note(o.amina, uid, r.uid, REFERRAL_IS_SENT, uid_new(),
	    "accepted", "", &err));
	(void)look(uid, r.uid);
	OK(case_access_log(o.audra, uid, 100, &arena, &log, &err));
	assert_true(log.n > 6);
	for (size_t i = 0; i < log.n; i++) {
		const char *did = log.list[i].action;

		if (strcmp(words_action(&arena, did), did) == 0)
			fail_msg("no words for %s", did);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(what_goes_is_what_was_shown),
		EACH(harm_03_withdrawal_stops_what_was_prepared),
		EACH(harm_03_one_refused_field_stops_all),
		EACH(harm_16_nothing_that_could_be_turned_against_them),
		EACH(harm_04_help_does_not_hang_on_consent),
		EACH(the_hard_stop),
		EACH(harm_10_nobody_is_sent_to_a_dead_number),
		EACH(a_refusal_finds_another),
		EACH(an_unanswered_one_is_chased_and_then_given_up),
		EACH(what_cannot_be_prepared),
		EACH(the_timeline_tells_of_them),
		EACH(the_record_of_who_looked_is_in_words),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
