/* SPDX-License-Identifier: ISC */
/* What leaves, in what words; and what is asked back of those who were told. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "rules/recall.h"
#include "store/case.h"
#include "store/case_inside.h"
#include "store/directory.h"
#include "store/mechanism.h"
#include "leaves_kit.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static int
send(struct uid uid, const struct referral *r, struct preview *p)
{
	err_clear(&err);
	return referral_send(
	    o.amina, uid, r->uid, uid_new(), "", NULL, &arena, p, &err);
}

static struct preview
preview(struct uid uid, const struct referral *r)
{
	struct preview p;

	OK(referral_preview(o.amina, uid, r->uid, &arena, &p, &err));
	return p;
}

/* A word that says why somebody is helped is pointed out before it goes; where
 * money is paid it does not go. */
static void
harm_22_no_telling_word_on_a_payment(void **state)
{
	struct uid uid = case_of(o.amina, "Chamari Costa");
	struct consent c = release_of(uid), pay = release_of(uid);
	struct referral r = referral_of(uid, "full"),
			cash = referral_of(uid, "full"),
			plain = referral_of(uid, "full");
	struct preview p;

	(void)state;
	OK(consent_add(o.amina, &c, &err));
	r.reason = "wages; she was a Victim of somebody";
	OK(referral_add(o.amina, &r, &err));
	p = preview(uid, &r);
	assert_string_equal(p.why, "");
	assert_non_null(strstr(p.warn, "\"Why\": \"victim\""));
	OK(send(uid, &r, &p));
	pay.purpose = "cash";
	OK(consent_add(o.amina, &pay, &err));
	cash.purpose = plain.purpose = "cash";
	cash.reason = "rent for a survivor";
	OK(referral_add(o.amina, &cash, &err));
	p = preview(uid, &cash);
	assert_non_null(strstr(p.why, "survivor"));
	assert_non_null(strstr(p.why, "Money is paid here"));
	REFUSED(ERR_INPUT, send(uid, &cash, &p));
	assert_non_null(strstr(err.text, "Nothing was sent"));
	plain.reason = "rent for a month";
	OK(referral_add(o.amina, &plain, &err));
	p = preview(uid, &plain);
	assert_string_equal(p.why, "");
	assert_string_equal(p.warn, "");
	OK(send(uid, &plain, &p));
	assert_int_equal(ask_of(o.adele,
			     "SELECT count(*) FROM disclosure WHERE case_uid = "
			     "?1",
			     uid),
	    2);
}

/* What does not go is not looked through. */
static void
only_what_goes_is_warned_of(void **state)
{
	struct uid uid = case_of(o.amina, "Victimia Costa");
	struct consent c = release_of(uid);
	struct referral r = referral_of(uid, "full");

	(void)state;
	OK(consent_add(o.amina, &c, &err));
	r.fields = fields("words", "words");
	OK(referral_add(o.amina, &r, &err));
	assert_string_equal(preview(uid, &r).warn, "");
}

static struct disclosed
left_at(struct uid uid, size_t i)
{
	struct disclosed_list left;

	OK(disclosure_list(o.amina, uid, &arena, &left, &err));
	assert_true(i < left.n);
	return left.list[i];
}

static int
step(struct uid uid, const char *seen, const char *kind, const char *words)
{
	struct uid recall = left_at(uid, 0).recall;

	err_clear(&err);
	return recall_note(
	    o.amina, uid, recall, seen, uid_new(), kind, words, &err);
}

/* Whoever was told is told, is asked to delete it, and what they answer is on
 * the record; until then it waits, also after the referral was complete. */
static void
harm_03_who_was_told_is_asked_back(void **state)
{
	struct uid uid = case_of(o.amina, "Iresha Costa");
	struct consent c = release_of(uid), anew = release_of(uid);
	struct referral r = referral_of(uid, "full"),
			second = referral_of(uid, "full");
	struct disclosures told;
	struct preview p;
	struct events all;
	int seen = 0;

	(void)state;
	OK(consent_add(o.amina, &c, &err));
	OK(referral_add(o.amina, &r, &err));
	OK(send(uid, &r, &p));
	assert_string_equal(left_at(uid, 0).step, "");
	now_ms += CLOCK_HOUR;
	OK(consent_withdraw(
	    o.amina, uid, c.uid, uid_new(), "", &arena, &told, &err));
	assert_string_equal(left_at(uid, 0).step, "due");
	assert_int_equal(left_at(uid, 0).step_due, now_ms);
	assert_int_equal(tasks_of(o.adele, uid, "tell-recipients"), 1);
	/* They are told before they answer; twice says the same. */
	REFUSED(ERR_INPUT, step(uid, "due", "deleted", "they did"));
	REFUSED(ERR_INPUT, step(uid, "due", "due", ""));
	OK(step(uid, "due", "asked_delete", "by telephone"));
	/* Two of us heard it: they are asked once. */
	REFUSED(ERR_CONFLICT, consent_withdraw(o.amina, uid, c.uid, uid_new(),
				  "", &arena, &told, &err));
	assert_string_equal(left_at(uid, 0).step, "asked_delete");
	REFUSED(ERR_CONFLICT, step(uid, "due", "asked_delete", ""));
	assert_int_equal(
	    left_at(uid, 0).step_due, now_ms + RECALL_ANSWER_DAYS * CLOCK_DAY);
	assert_int_equal(tasks_of(o.adele, uid, "tell-recipients"), 1);
	now_ms += CLOCK_HOUR;
	OK(step(uid, "asked_delete", "no_answer", ""));
	REFUSED(ERR_INPUT, step(uid, "no_answer", "kept", " "));
	OK(step(uid, "no_answer", "kept", "a law about accounts"));
	assert_int_equal(left_at(uid, 0).step_due, 0);
	assert_int_equal(tasks_of(o.adele, uid, "tell-recipients"), 0);
	REFUSED(ERR_INPUT, step(uid, "kept", "deleted", ""));
	/* What goes under a new yes is another matter. */
	now_ms += CLOCK_HOUR;
	anew.given_at = now_ms;
	OK(consent_add(o.amina, &anew, &err));
	OK(referral_add(o.amina, &second, &err));
	OK(send(uid, &second, &p));
	assert_string_equal(left_at(uid, 0).step, "");
	assert_string_equal(left_at(uid, 1).step, "kept");
	now_ms += CLOCK_HOUR;
	OK(consent_withdraw(
	    o.amina, uid, anew.uid, uid_new(), "", &arena, &told, &err));
	assert_string_equal(left_at(uid, 0).step, "due");
	assert_string_equal(left_at(uid, 1).step, "kept");
	OK(case_timeline(o.amina, uid, 0, 100, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		seen += strstr(all.list[i].title, "asked to delete") != NULL;
	assert_int_equal(seen, 1);
	/* Who may not refer says nothing to anybody. */
	err_clear(&err);
	assert_int_equal(recall_note(o.zoya, uid, left_at(uid, 0).recall, "due",
			     uid_new(), "asked_delete", "", &err),
	    -1);
	assert_int_equal(err.kind, ERR_DENIED);
}

/* The whole case is nothing that information could stand in for: each refusal
 * says what can be done of what was asked. */
static void
a_case_that_cannot_go_says_what_can_be_done(void **state)
{
	static const struct {
		const char *decision, *again, *says;
	} rows[] = {
		{ NULL, NULL, "It takes the person's consent" },
		{ "no", "no", "Respect it: help goes on here." },
		{ "not_now", "yes", "ask again when they said" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct uid uid = case_of(o.amina, "Ruvini Example");
		struct consent c = release_of(uid);
		const struct request r = { .uid = uid_new(),
			.case_uid = uid,
			.to_branch = "",
			.to_ns = "another-society",
			.reason = "moves to her sister there" };

		if (rows[i].decision != NULL) {
			c.recipient = r.to_ns;
			c.purpose = TRANSFER_PURPOSE;
			c.given_at = now_ms;
			c.decision = rows[i].decision;
			c.ask_again = rows[i].again;
			OK(consent_add(o.amina, &c, &err));
		}
		REFUSED(ERR_INPUT, transfer_ask(o.amina, &r, &err));
		assert_non_null(strstr(err.text, "The case stays here."));
		assert_non_null(strstr(err.text, rows[i].says));
		assert_null(strstr(err.text, "information only"));
		now_ms += CLOCK_MINUTE;
	}
}

/* Closed as handed on only when others said that they have it; and opening it
 * again makes it ours again. */
static void
what_others_took_over_closes_as_handed_on(void **state)
{
	struct uid uid = case_of(o.amina, "Geetha Costa");
	struct consent c = release_of(uid);
	struct request r = { .uid = uid_new(),
		.case_uid = uid,
		.to_branch = "",
		.to_ns = "another-society",
		.reason = "moves to her sister there" };
	struct case_file f;
	int64_t rev;

	(void)state;
	c.recipient = "another-society";
	c.purpose = TRANSFER_PURPOSE;
	c.given_at = now_ms;
	OK(consent_add(o.amina, &c, &err));
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	rev = f.rev;
	REFUSED(ERR_INPUT,
	    close_case(o.amina, uid, &rev, "transferred", "agreed", &err));
	OK(transfer_ask(o.amina, &r, &err));
	OK(request_answer(o.sunil, uid, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	now_ms += CLOCK_MINUTE;
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	rev = f.rev;
	OK(close_case(o.amina, uid, &rev, "transferred", "agreed", &err));
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	assert_true(f.closed);
	assert_string_equal(f.closed_reason, "transferred");
	OK(case_reopen(o.amina, uid, &f.rev, "came back", &err));
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	assert_false(f.closed);
	assert_string_equal(f.custody, "");
}

static const char *
said_of(const struct preview *p, const char *label)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->list[i].released && strcmp(p->list[i].label, label) == 0)
			return p->list[i].value;
	return "";
}

/* Whoever helps a child learns whom not to call, where that may be told; and
 * what somebody needs to come goes with the referral's own words. */
static void
harm_11_who_helps_a_child_knows_whom_not_to_call(void **state)
{
	static const struct {
		const char *guardian, *informed, *why, *says;
	} rows[] = {
		{ "concern", "no", "he took her there", "NOT SAFE" },
		{ "unsafe_to_tell", "no", "he would beat her", "NOT SAFE" },
		{ "unavailable", "no", "abroad", "not there" },
		{ "safe", "yes", "", "safe, and was told" },
		{ "safe", "no", "at sea until May", "NOT told: at sea" },
	};
	struct uid uid = case_of(o.amina, "Amal Costa");
	struct consent c = release_of(uid);
	struct child_record child = child_record_of(uid);
	struct referral r = referral_of(uid, "full"),
			plain = referral_of(uid, "full");
	struct preview p;

	(void)state;
	r.access = "a Tamil interpreter; no stairs";
	r.fields = fields("words", "guardian");
	plain.fields = fields("words", "words");
	OK(child_put(o.amina, &child, &err));
	c.given_by = "best_interests";
	c.given_by_why = "the aunt and the officer";
	c.scope |= data_scope_bit(DATA_CHILDREN);
	OK(consent_add(o.amina, &c, &err));
	OK(referral_add(o.amina, &r, &err));
	OK(referral_add(o.amina, &plain, &err));
	for (size_t i = 0; i < N(rows); i++) {
		child.uid = uid_new();
		child.guardian = rows[i].guardian;
		child.informed = rows[i].informed;
		child.informed_why = rows[i].why;
		now_ms += CLOCK_MINUTE;
		OK(child_put(o.amina, &child, &err));
		p = preview(uid, &r);
		assert_non_null(strstr(said_of(&p, "Guardian"), rows[i].says));
		assert_string_equal(said_of(&p, "Needed to come"), r.access);
		p = preview(uid, &plain);
		assert_string_equal(said_of(&p, "Guardian"), "");
	}
}

static struct listing
listed(struct session *s, const char *id)
{
	struct listings all;

	OK(directory_list(s, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		if (strcmp(all.list[i].org->id, id) == 0)
			return all.list[i];
	fail_msg("%s is not in the directory", id);
	return (struct listing){ .org = NULL };
}

static struct referral
prepared(struct uid case_uid, struct uid uid)
{
	struct referrals all;

	OK(referral_list(o.amina, case_uid, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		if (uid_eq(&all.list[i].uid, &uid))
			return all.list[i];
	fail_msg("the referral is gone");
	return (struct referral){ .mode = NULL };
}

/* Harm is a flag on the case and a warning to whoever would send somebody
 * there next, which says nothing about the person; it stands until somebody
 * decides about the organisation. */
static void
harm_told_of_a_service_warns_others(void **state)
{
	const struct directory_entry safe = { .uid = uid_new(),
		.recipient = "legal-partner",
		.topic = "status",
		.value = "active",
		.phone = "",
		.words = "talked with their director" };
	struct directory_history past;
	struct referrals all;
	struct case_file f;
	struct preview p;
	struct consent c, again;
	struct referral r, other;
	struct preview gone;
	struct uid uid = case_of(o.amina, "Dilki Costa"), event = uid_new();

	(void)state;
	c = release_of(uid);
	r = referral_of(uid, "full");
	OK(consent_add(o.amina, &c, &err));
	OK(referral_add(o.amina, &r, &err));
	REFUSED(
	    ERR_INPUT, referral_note(o.amina, uid, r.uid, REFERRAL_IS_PREPARED,
			   uid_new(), "harm", "was shouted at", &err));
	OK(send(uid, &r, &p));
	REFUSED(ERR_INPUT, referral_note(o.amina, uid, r.uid, REFERRAL_IS_SENT,
			       uid_new(), "harm", " ", &err));
	assert_int_equal(listed(o.zoya, "legal-partner").harmed_at, 0);
	now_ms += CLOCK_MINUTE;
	assert_int_equal(tasks_of(o.amina, uid, "risk-again"), 0);
	for (int i = 0; i < 2; i++) /* a retry is no second one */
		OK(referral_note(o.amina, uid, r.uid, REFERRAL_IS_SENT, event,
		    "harm", "was asked for money by name", &err));
	/* Where the referral is does not change by it. */
	OK(referral_list(o.amina, uid, &arena, &all, &err));
	assert_int_equal(all.list[0].state, REFERRAL_IS_SENT);
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	assert_int_equal(f.n_flags, 1);
	assert_non_null(strstr(f.flags[0].text, "see the referral"));
	/* The level was set without knowing: it waits, and comes first, till
	 * somebody says what it is now. */
	assert_int_equal(tasks_of(o.amina, uid, "risk-again"), 1);
	assert_string_equal(f.next, "risk-again");
	now_ms += CLOCK_MINUTE;
	OK(case_set_risk(o.amina, uid, &f.rev, f.risk,
	    "does not go there again", &arena, NULL, &err));
	assert_int_equal(tasks_of(o.amina, uid, "risk-again"), 0);
	/* Whoever looks what they would see by the consent is warned, too. */
	OK(consent_preview(o.amina, uid, c.uid, &arena, &p, &err));
	assert_int_not_equal(p.harmed_at, 0);
	assert_string_equal(p.harm_by, "amina");
	assert_string_equal(p.recipient, "legal-partner");
	/* Another branch is warned, and not told of whom. */
	assert_int_not_equal(listed(o.zoya, "legal-partner").harmed_at, 0);
	assert_string_equal(listed(o.zoya, "legal-partner").harm_by, "amina");
	OK(directory_history(o.zoya, "legal-partner", 1, &arena, &past, &err));
	assert_string_equal(past.list[0].topic, "harm");
	assert_string_equal(past.list[0].words, "");
	now_ms += CLOCK_MINUTE;
	REFUSED(ERR_DENIED, directory_add(o.amina, &safe, &err));
	OK(directory_add(o.sunil, &safe, &err));
	assert_int_equal(listed(o.zoya, "legal-partner").harmed_at, 0);
	/* It may be told long after all is over. */
	now_ms += CLOCK_MINUTE;
	OK(referral_note(o.amina, uid, r.uid, REFERRAL_IS_SENT, uid_new(),
	    "withdrawn", "said so", &err));
	/* What a colleague has prepared does not go as if nothing was known. */
	now_ms += CLOCK_MINUTE;
	again = release_of(uid);
	other = referral_of(uid, "full");
	OK(consent_add(o.amina, &again, &err));
	OK(referral_add(o.amina, &other, &err));
	p = preview(uid, &other);
	assert_int_equal(prepared(uid, other.uid).harmed_at, 0);
	OK(referral_note(o.amina, uid, r.uid, REFERRAL_IS_WITHDRAWN, uid_new(),
	    "harm", "they waited at her door", &err));
	assert_int_not_equal(listed(o.zoya, "legal-partner").harmed_at, 0);
	assert_int_not_equal(prepared(uid, other.uid).harmed_at, 0);
	assert_string_equal(prepared(uid, other.uid).harm_by, "amina");
	REFUSED(ERR_CONFLICT, referral_send(o.amina, uid, other.uid, uid_new(),
				  "", &p, &arena, &gone, &err));
	OK(send(uid, &other, &gone));
	/* Who was never sent there was not harmed by it. */
	other = referral_of(uid, "full");
	OK(referral_add(o.amina, &other, &err));
	OK(referral_note(o.amina, uid, other.uid, REFERRAL_IS_PREPARED,
	    uid_new(), "declined", "not now", &err));
	REFUSED(ERR_INPUT,
	    referral_note(o.amina, uid, other.uid, REFERRAL_IS_DECLINED,
		uid_new(), "harm", "was shouted at", &err));
}

/* None stands in a timeline as its code. */
static void
whatever_happened_has_words(void **state)
{
	(void)state;
	for (int i = 0; i < REFERRAL_EVENT_COUNT; i++) {
		const char *kind =
		    referral_event_rule((enum referral_event)i)->name;

		assert_string_not_equal(word_referral(kind), kind);
	}
	for (int i = 0; i < REFERRAL_STATE_COUNT; i++) {
		const char *kind = referral_state_name((enum referral_state)i);

		assert_string_not_equal(word_referral(kind), kind);
	}
}

/* What law asks to be told leaves by the same gate as all else, and stands in
 * the record of what left; before that it was not told. */
static void
harm_15_what_was_told_stands_in_what_left(void **state)
{
	struct uid uid = case_of(o.amina, "Ishara Example");
	struct consent yes = release_of(uid);
	struct referral r = referral_of(uid, "full");
	struct duty_entry t = { .uid = uid_new(),
		.case_uid = uid,
		.duty = o.kit.society->duties[0].id,
		.code = "",
		.at = clock_now(),
		.words = "a child in the house" };
	struct duty_entry told = t;
	struct disclosed_list left;
	struct preview p;

	(void)state;
	OK(duty_add(o.amina, &t, &err));
	told.uid = uid_new();
	told.of = t.uid;
	told.code = "told";
	REFUSED(ERR_INPUT, duty_add(o.amina, &told, &err));
	assert_non_null(strstr(err.text, "stands in K"));
	/* What went to somebody else is not it. */
	OK(consent_add(o.amina, &yes, &err));
	OK(referral_add(o.amina, &r, &err));
	OK(send(uid, &r, &p));
	OK(disclosure_list(o.amina, uid, &arena, &left, &err));
	told.disclosure = left.list[0].uid;
	REFUSED(ERR_INPUT, duty_add(o.amina, &told, &err));
	now_ms += CLOCK_MINUTE;
	yes = release_of(uid);
	r = referral_of(uid, "full");
	yes.recipient = r.recipient = "child-protection";
	yes.purpose = r.purpose = "child_protection";
	OK(consent_add(o.amina, &yes, &err));
	OK(referral_add(o.amina, &r, &err));
	OK(send(uid, &r, &p));
	told.at = now_ms += CLOCK_MINUTE;
	OK(disclosure_list(o.amina, uid, &arena, &left, &err));
	assert_int_equal(left.n, 2);
	told.disclosure = left.list[0].uid;
	OK(duty_add(o.amina, &told, &err));
	assert_int_equal(tasks_of(o.amina, uid, "report"), 0);
	assert_int_equal(tasks_of(o.amina, uid, "duty-decide"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_22_no_telling_word_on_a_payment),
		T(only_what_goes_is_warned_of),
		T(harm_03_who_was_told_is_asked_back),
		T(a_case_that_cannot_go_says_what_can_be_done),
		T(what_others_took_over_closes_as_handed_on),
		T(harm_11_who_helps_a_child_knows_whom_not_to_call),
		T(harm_told_of_a_service_warns_others),
		T(harm_15_what_was_told_stands_in_what_left),
		cmocka_unit_test(whatever_happened_has_words),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
