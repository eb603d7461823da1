/* SPDX-License-Identifier: ISC */
/* What leaves, against the store: no way round the gate, and what a person
 * who takes something back can count on. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "store/act.h"
#include "store/case.h"
#include "store/person.h"
#include "leaves_kit.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static struct referral
to_police(struct uid case_uid, const char *mode)
{
	struct referral r = referral_of(case_uid, mode);

	r.recipient = "police";
	r.purpose = "protection";
	r.fields = 0;
	return r;
}

static struct referral
look(struct uid case_uid, struct uid referral)
{
	struct referrals all;

	OK(referral_list(o.amina, case_uid, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++) {
		if (uid_eq(&all.list[i].uid, &referral))
			return all.list[i];
	}
	fail_msg("the referral is not there");
	return (struct referral){ .mode = NULL };
}

static int64_t
disclosures(struct uid case_uid)
{
	return ask_of(o.adele,
	    "SELECT count(*) FROM disclosure WHERE case_uid = ?1", case_uid);
}

static int
send(struct uid uid, const struct referral *r, struct preview *p)
{
	err_clear(&err);
	return referral_send(
	    o.amina, uid, r->uid, uid_new(), "", NULL, &arena, p, &err);
}

static void
second_agrees(struct uid case_uid, unsigned scope)
{
	struct act a = { .uid = uid_new(),
		.case_uid = case_uid,
		.reason = "life",
		.recipient = "police",
		.purpose = "protection",
		.scope = scope,
		.words = "two men wait at the door",
		.legal_ref = "threat-to-life",
		.told = "yes",
		.told_why = "" };

	OK(act_ask(o.amina, &a, &err));
	OK(act_decide(o.sunil, case_uid, a.uid, uid_new(), true, "", &err));
}

/* A call to the police with nothing read out still says that somebody is
 * here: no tick taken away opens the way round the hard stop. */
static void
harm_03_no_way_round_the_hard_stop_with_nothing_ticked(void **state)
{
	static const char *const modes[] = { "warm", "along", "full" };
	/* One act is for one sending. */
	static const enum egress_why whys[] = { EGRESS_NOT_ASKED,
		EGRESS_ACT_USED, EGRESS_EMPTY };
	struct uid uid = case_of(o.amina, "Nethmi Perera");
	struct disclosed_list left;
	struct preview p;

	(void)state;
	for (size_t i = 0; i < N(modes); i++) {
		struct referral r = to_police(uid, modes[i]);

		OK(referral_add(o.amina, &r, &err));
		assert_int_equal(look(uid, r.uid).blocked, whys[i]);
		REFUSED(ERR_INPUT, send(uid, &r, &p));
		assert_int_equal(disclosures(uid), (int)i);
		if (whys[i] == EGRESS_EMPTY)
			continue;
		second_agrees(uid, data_scope_bit(DATA_NEEDS));
		OK(send(uid, &r, &p));
		for (size_t j = 0; j < p.n; j++)
			assert_false(p.list[j].released);
		OK(disclosure_list(o.amina, uid, &arena, &left, &err));
		assert_int_equal(left.n, i + 1);
		assert_string_equal(left.list[0].act, "life");
		assert_int_equal(
		    left.list[0].scope, data_scope_bit(DATA_NEEDS));
	}
	/* The person going there on their own is theirs to decide. */
	{
		struct referral r = to_police(uid, "info");

		OK(referral_add(o.amina, &r, &err));
		OK(send(uid, &r, &p));
		assert_int_equal(disclosures(uid), 2);
	}
}

static struct request
offer(struct uid case_uid)
{
	return (struct request){ .uid = uid_new(),
		.case_uid = case_uid,
		.to_branch = "",
		.to_ns = "another-society",
		.reason = "moves to her sister there" };
}

static int
take(struct session *s, struct uid uid, const struct request *r)
{
	err_clear(&err);
	return request_answer(s, uid, r->uid, ANSWER_ACCEPT, "", 0, 0, &err);
}

static int
write_note(struct uid uid)
{
	struct note n = { .uid = uid_new(),
		.case_uid = uid,
		.kind = "fact",
		.text = "came by" };

	err_clear(&err);
	return note_add(o.amina, &n, &err);
}

/* A case leaves the society as everything does: for its own purpose, to
 * somebody of the directory, by the person's consent as it stands then, and on
 * the list of what left. */
static void
harm_03_a_case_leaves_through_the_gate(void **state)
{
	struct uid uid = case_of(o.amina, "Shirani Costa");
	struct consent c = release_of(uid), elsewhere = release_of(uid);
	struct request r = offer(uid);
	struct disclosed_list left;
	struct disclosures told;

	(void)state;
	r.to_ns = "Any Society of Elsewhere";
	REFUSED(ERR_INPUT, transfer_ask(o.amina, &r, &err));
	r.to_ns = "legal-partner"; /* not of the Movement */
	REFUSED(ERR_INPUT, transfer_ask(o.amina, &r, &err));
	r.to_ns = "another-society";
	REFUSED(ERR_INPUT, transfer_ask(o.amina, &r, &err));
	assert_non_null(strstr(err.text, "was not asked"));
	/* A yes to the same recipient for something else is none for this. */
	c.recipient = "another-society";
	c.purpose = "family_links";
	OK(consent_add(o.amina, &c, &err));
	REFUSED(ERR_INPUT, transfer_ask(o.amina, &r, &err));
	/* Nor does a yes make a National Society of somebody who is none. */
	elsewhere.purpose = TRANSFER_PURPOSE;
	OK(consent_add(o.amina, &elsewhere, &err));
	r.to_ns = "legal-partner";
	REFUSED(ERR_INPUT, transfer_ask(o.amina, &r, &err));
	assert_non_null(strstr(err.text, "from the directory"));
	r.to_ns = "another-society";
	c.uid = uid_new();
	c.purpose = TRANSFER_PURPOSE;
	OK(consent_add(o.amina, &c, &err));
	OK(transfer_ask(o.amina, &r, &err));
	assert_int_equal(disclosures(uid), 0);
	/* Who offered it does not give it away alone. */
	REFUSED(ERR_SECOND, take(o.amina, uid, &r));
	/* Taken back since: it stays, and nothing is half done. */
	OK(consent_withdraw(
	    o.amina, uid, c.uid, uid_new(), "", &arena, &told, &err));
	REFUSED(ERR_INPUT, take(o.sunil, uid, &r));
	assert_int_equal(ask_of(o.adele,
			     "SELECT count(*) FROM request_answer WHERE "
			     "case_uid = ?1",
			     uid),
	    0);
	assert_int_equal(disclosures(uid), 0);
	c.uid = uid_new();
	now_ms += CLOCK_HOUR;
	c.given_at = now_ms;
	OK(consent_add(o.amina, &c, &err));
	OK(take(o.sunil, uid, &r));
	OK(disclosure_list(o.amina, uid, &arena, &left, &err));
	assert_int_equal(left.n, 1);
	assert_string_equal(left.list[0].recipient, "another-society");
	assert_string_equal(left.list[0].purpose, TRANSFER_PURPOSE);
	assert_true(left.list[0].consent);
	assert_int_equal(left.list[0].scope, c.scope);
}

/* Where no act of ours can stand in for the person's own yes. */
static void
harm_03_no_override_moves_a_case(void **state)
{
	struct uid uid = case_of(o.amina, "Kanthi Costa");
	struct request r = offer(uid);
	struct act a = { .uid = uid_new(),
		.case_uid = uid,
		.reason = "court",
		.recipient = "another-society",
		.purpose = TRANSFER_PURPOSE,
		.scope = DATA_ALL,
		.words = "a court said so",
		.legal_ref = "order 4",
		.told = "yes",
		.told_why = "" };

	(void)state;
	OK(act_ask(o.amina, &a, &err));
	OK(act_decide(o.sunil, uid, a.uid, uid_new(), true, "", &err));
	REFUSED(ERR_INPUT, transfer_ask(o.amina, &r, &err));
}

/* What others took over is written there: here it can be read, taken back and
 * closed, and the person is still heard. */
static void
whoever_has_the_case_writes_in_it(void **state)
{
	struct uid uid = case_of(o.amina, "Malini Costa");
	struct consent c = release_of(uid), other = release_of(uid);
	struct referral r = referral_of(uid, "full"),
			info = referral_of(uid, "info");
	struct request q = offer(uid);
	struct disclosures told;
	struct case_file f;
	struct preview p;

	(void)state;
	c.recipient = "another-society";
	c.purpose = TRANSFER_PURPOSE;
	info.fields = 0;
	OK(consent_add(o.amina, &c, &err));
	OK(consent_add(o.amina, &other, &err));
	OK(referral_add(o.amina, &r, &err));
	OK(transfer_ask(o.amina, &q, &err));
	OK(write_note(uid)); /* offered only: still ours */
	OK(take(o.sunil, uid, &q));
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	assert_string_equal(f.custody, "another-society");
	REFUSED(ERR_DENIED, write_note(uid));
	assert_non_null(strstr(err.text, "has this case now"));
	q = offer(uid);
	REFUSED(ERR_DENIED, transfer_ask(o.amina, &q, &err));
	/* Nothing more goes from here, whoever agreed to it before; where to
	 * go the person is told all the same. */
	assert_int_equal(look(uid, r.uid).blocked, EGRESS_AWAY);
	REFUSED(ERR_INPUT, send(uid, &r, &p));
	OK(referral_add(o.amina, &info, &err));
	OK(send(uid, &info, &p));
	OK(consent_withdraw(
	    o.amina, uid, c.uid, uid_new(), "", &arena, &told, &err));
	assert_int_equal(told.n, 1);
	/* Back again: with one key, as a closed one. */
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	OK(case_reopen(o.amina, uid, &f.rev, "came back", &err));
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	assert_string_equal(f.custody, "");
	OK(write_note(uid));
	OK(send(uid, &r, &p));
	assert_int_equal(
	    ask_of(o.adele, "SELECT custody_seq FROM case_file WHERE uid = ?1",
		uid),
	    3);
}

static const char *
state_of(struct uid uid, struct uid consent)
{
	struct consents all;

	OK(consent_list(o.amina, uid, true, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		if (uid_eq(&all.list[i].uid, &consent))
			return all.list[i].state;
	return "";
}

static int
note_of(struct uid uid, const struct referral *r, enum referral_state seen,
    const char *kind)
{
	err_clear(&err);
	return referral_note(o.amina, uid, r->uid, seen, uid_new(), kind,
	    "she said so on the phone", &err);
}

/* What went under an act of ours, with no yes to end, is asked back, too. */
static void
harm_03_who_was_told_without_a_yes_hears_it(void **state)
{
	struct uid uid = case_of(o.amina, "Amali Costa");
	struct referral r = to_police(uid, "warm");
	struct preview p;

	(void)state;
	OK(referral_add(o.amina, &r, &err));
	second_agrees(uid, data_scope_bit(DATA_NEEDS));
	OK(send(uid, &r, &p));
	assert_int_equal(tasks_of(o.adele, uid, "tell-recipients"), 0);
	now_ms += CLOCK_HOUR;
	OK(note_of(uid, &r, REFERRAL_IS_SENT, "withdrawn"));
	assert_int_equal(tasks_of(o.adele, uid, "tell-recipients"), 1);
}

/* What was sent and is taken back takes the yes with it: nothing more goes,
 * what was prepared is over, and whoever was told hears it. */
static void
harm_03_taking_a_referral_back_takes_the_consent_back(void **state)
{
	struct uid uid = case_of(o.amina, "Dilki Costa");
	struct consent c = release_of(uid);
	struct referral r = referral_of(uid, "full"),
			waits = referral_of(uid, "full"),
			later = referral_of(uid, "full"),
			info = referral_of(uid, "info");
	struct preview p;

	(void)state;
	info.fields = 0;
	OK(consent_add(o.amina, &c, &err));
	OK(referral_add(o.amina, &info, &err));
	OK(send(uid, &info, &p));
	/* Not wanting to go on one's own says nothing of a yes. */
	OK(note_of(uid, &info, REFERRAL_IS_SENT, "withdrawn"));
	assert_string_equal(state_of(uid, c.uid), "given");
	OK(referral_add(o.amina, &r, &err));
	OK(referral_add(o.amina, &waits, &err));
	OK(send(uid, &r, &p));
	assert_int_equal(tasks_of(o.adele, uid, "tell-recipients"), 0);
	now_ms += CLOCK_HOUR;
	OK(note_of(uid, &r, REFERRAL_IS_SENT, "withdrawn"));
	assert_string_equal(state_of(uid, c.uid), "replaced");
	assert_int_equal(
	    ask_of(o.adele,
		"SELECT count(*) FROM consent WHERE case_uid = ?1 AND decision "
		"= 'withdrawn' AND withdrawn_how = 'she said so on the phone'",
		uid),
	    1);
	assert_int_equal(tasks_of(o.adele, uid, "tell-recipients"), 1);
	assert_int_equal(look(uid, waits.uid).state, REFERRAL_IS_WITHDRAWN);
	OK(referral_add(o.amina, &later, &err));
	assert_int_equal(look(uid, later.uid).blocked, EGRESS_WITHDRAWN);
	REFUSED(ERR_INPUT, send(uid, &later, &p));
	assert_int_equal(disclosures(uid), 1);
}

/* A yes holds until its purpose is met; not longer because there are days
 * left, and renewed or not. */
static void
a_consent_ends_when_its_purpose_is_met(void **state)
{
	struct uid uid = case_of(o.amina, "Sachini Costa");
	struct consent c = release_of(uid), anew = release_of(uid);
	struct referral r = referral_of(uid, "full"),
			more = referral_of(uid, "full");
	struct preview p;

	(void)state;
	OK(consent_add(o.amina, &c, &err));
	OK(referral_add(o.amina, &r, &err));
	OK(send(uid, &r, &p));
	now_ms += CLOCK_HOUR;
	anew.supersedes = c.uid;
	anew.given_at = now_ms;
	OK(consent_add(o.amina, &anew, &err));
	now_ms += CLOCK_HOUR;
	OK(note_of(uid, &r, REFERRAL_IS_SENT, "attended"));
	assert_string_equal(state_of(uid, anew.uid), "given");
	/* Two: to work together, and this one. */
	assert_int_equal(tasks_of(o.adele, uid, "consent-review"), 2);
	OK(note_of(uid, &r, REFERRAL_IS_ATTENDED, "completed"));
	assert_string_equal(state_of(uid, anew.uid), "expired");
	assert_int_equal(tasks_of(o.adele, uid, "consent-review"), 1);
	OK(referral_add(o.amina, &more, &err));
	assert_int_equal(look(uid, more.uid).blocked, EGRESS_ENDED);
	REFUSED(ERR_INPUT, send(uid, &more, &p));
	/* Asked again, it goes again. */
	now_ms += CLOCK_HOUR;
	c.uid = uid_new();
	c.given_at = now_ms;
	OK(consent_add(o.amina, &c, &err));
	OK(send(uid, &more, &p));
}

/* Who waits on a list is asked about, and help that was given in part leaves
 * the rest to be found; the yes holds until all of it is there. */
static void
a_waiting_list_and_half_a_help_are_followed(void **state)
{
	struct uid uid = case_of(o.amina, "Nadeesha Costa");
	struct consent c = release_of(uid);
	struct referral r = referral_of(uid, "full");
	struct preview p;

	(void)state;
	OK(consent_add(o.amina, &c, &err));
	OK(referral_add(o.amina, &r, &err));
	OK(send(uid, &r, &p));
	now_ms += CLOCK_HOUR;
	OK(note_of(uid, &r, REFERRAL_IS_SENT, "waitlisted"));
	assert_int_equal(tasks_of(o.adele, uid, "referral-answer"), 1);
	OK(note_of(uid, &r, REFERRAL_IS_WAITLISTED, "waitlisted"));
	OK(note_of(uid, &r, REFERRAL_IS_WAITLISTED, "attended"));
	assert_int_equal(tasks_of(o.adele, uid, "referral-feedback"), 1);
	OK(note_of(uid, &r, REFERRAL_IS_ATTENDED, "partial"));
	assert_string_equal(state_of(uid, c.uid), "given");
	assert_int_equal(tasks_of(o.adele, uid, "referral-other"), 1);
	OK(note_of(uid, &r, REFERRAL_IS_PARTIAL, "settled"));
	assert_int_equal(tasks_of(o.adele, uid, "referral-other"), 0);
}

static const char *
shown_as(const struct preview *p, const char *value)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->list[i].released &&
		    strstr(p->list[i].value, value) != NULL)
			return p->list[i].label;
	return NULL;
}

/* A number goes with all that the person said about calling it, and none of
 * that can be left behind. */
static void
harm_02_a_number_brings_what_keeps_it_safe(void **state)
{
	/* What sample_make() says of it. */
	static const char *const with[] = { "+94 77 123 4567", "own",
		"a cousin", "weekdays 9 to 11", "evenings",
		"the library calls about a book", "ask for the book back",
		"English", "NO, never our name" };
	struct uid uid = case_of(o.amina, "Anoma Costa");
	struct consent c = release_of(uid);
	struct referral r = referral_of(uid, "full");
	struct referral_field f;
	struct safe_contact safe;
	struct preview p;
	int tries = 0, noes = 0;

	(void)state;
	/* One tick, and nothing of it by itself. */
	for (int i = 0; referral_field(i, &f); i++)
		if (f.scope == DATA_CONTACT)
			assert_string_equal(f.id, "number");
	c.scope |= data_scope_bit(DATA_CONTACT);
	r.fields = fields("number", "number");
	OK(consent_add(o.amina, &c, &err));
	OK(referral_add(o.amina, &r, &err));
	/* Not before whoever sends it has read how it is to be used. */
	REFUSED(ERR_INPUT, send(uid, &r, &p));
	assert_non_null(strstr(err.text, "how the person can be reached"));
	OK(contact_instruction(o.amina, uid, &arena, &safe, &err));
	OK(send(uid, &r, &p));
	for (size_t i = 0; i < N(with); i++)
		if (shown_as(&p, with[i]) == NULL)
			fail_msg("the number went without \"%s\"", with[i]);
	for (size_t i = 0; i < p.n; i++) {
		noes += strcmp(p.list[i].value, "NO") == 0;
		tries += strcmp(p.list[i].value, "3") == 0;
	}
	assert_int_equal(noes, 2); /* no voicemail, no text */
	assert_int_equal(tries, 1);
	/* The safe words are between the person and us. */
	assert_null(shown_as(&p, "heron"));
	assert_null(shown_as(&p, "lagoon"));
}

static struct uid
told(struct uid uid, const char *text, bool account, struct uid corrects)
{
	struct note n = { .uid = uid_new(),
		.case_uid = uid,
		.corrects = corrects,
		.kind = "fact",
		.text = text,
		.account = account };

	OK(note_add(o.amina, &n, &err));
	now_ms += CLOCK_HOUR;
	return n.uid;
}

/* What was put right never goes as it was first written. */
static void
harm_16_an_account_goes_with_its_corrections(void **state)
{
	const struct uid none = { { 0 } };
	struct uid uid = case_of(o.amina, "Ruvi Costa"), first, second;
	struct consent c = release_of(uid);
	struct referral r = referral_of(uid, "full");
	struct preview p;
	const char *text = "";
	int accounts = 0;

	(void)state;
	c.scope |= data_scope_bit(DATA_ACCOUNT);
	c.given_at = now_ms;
	OK(consent_add(o.amina, &c, &err));
	first = told(uid, "said she drove the van", true, none);
	second = told(uid, "misheard: her cousin drove", false, first);
	(void)told(uid, "the cousin of her cousin", true, second);
	(void)told(uid, "came by for papers", false, none);
	r.fields = fields("account", "account");
	OK(referral_add(o.amina, &r, &err));
	OK(send(uid, &r, &p));
	for (size_t i = 0; i < p.n; i++) {
		if (!p.list[i].released)
			continue;
		text = p.list[i].value;
		accounts++;
	}
	assert_int_equal(accounts, 1);
	text = strstr(text, "she drove the van");
	assert_non_null(text);
	text = strstr(text, "her cousin drove");
	assert_non_null(text);
	assert_non_null(strstr(text, "the cousin of her cousin"));
	assert_null(shown_as(&p, "came by"));
	assert_null(shown_as(&p, "amina")); /* no worker is named */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_03_no_way_round_the_hard_stop_with_nothing_ticked),
		T(harm_03_a_case_leaves_through_the_gate),
		T(harm_03_no_override_moves_a_case),
		T(whoever_has_the_case_writes_in_it),
		T(harm_03_who_was_told_without_a_yes_hears_it),
		T(harm_03_taking_a_referral_back_takes_the_consent_back),
		T(a_consent_ends_when_its_purpose_is_met),
		T(a_waiting_list_and_half_a_help_are_followed),
		T(harm_02_a_number_brings_what_keeps_it_safe),
		T(harm_16_an_account_goes_with_its_corrections),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
