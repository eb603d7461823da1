/* SPDX-License-Identifier: ISC */
/*
 * What comes of a referral: silence is counted, a case that moves is with us
 * until others have it, a card for the person tells nobody anything; and what
 * colleagues asked of each other stays in the story.
 */
#include "referral_kit.h"
#include "base/clock.h"
#include "config/telling.h"
#include "rules/closing.h"
#include "store/case.h"
#include "store/directory.h"
#include "store/referral.h"
#include "words.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

/* --- no answer --------------------------------------------------------------- */

static int
note(struct uid uid, const struct referral *r, enum referral_state seen,
    const char *kind)
{
	return referral_note(
	    o.amina, uid, r->uid, seen, uid_new(), kind, "", &err);
}

static void
silence_is_counted_and_ends(void **state)
{
	struct consent c;
	struct referral r, other, now;
	struct directory_history learned;
	struct preview p;
	struct uid uid = ready("Tharushi Silva", &c, &r);

	(void)state;
	OK(referral_send(
	    o.amina, uid, r.uid, uid_new(), "", NULL, &arena, &p, &err));
	/* Nobody is given up who was asked just once. */
	REFUSED(ERR_INPUT, note(uid, &r, REFERRAL_IS_SENT, "no_answer"));
	for (int i = 1; i <= REFERRAL_CHASES; i++) {
		OK(note(uid, &r, REFERRAL_IS_SENT, "chased"));
		assert_int_equal(look(uid, r.uid).chases, i);
	}
	assert_int_equal(look(uid, r.uid).wait.ask, REFERRAL_ASK_OTHER);
	/* Who sends somebody there next sees it, and not for whom it was. */
	OK(directory_history(o.zoya, r.recipient, 9, &arena, &learned, &err));
	assert_int_equal(learned.n, REFERRAL_CHASES);
	assert_string_equal(learned.list[0].topic, "tried");
	assert_string_equal(learned.list[0].value, "no_answer");
	assert_string_equal(learned.list[0].words, "");
	OK(note(uid, &r, REFERRAL_IS_SENT, "no_answer"));
	now = look(uid, r.uid);
	assert_int_equal(now.state, REFERRAL_IS_NO_ANSWER);
	assert_int_equal(now.chases, REFERRAL_CHASES);
	assert_int_equal(now.wait.ask, REFERRAL_ASK_OTHER);
	assert_int_equal(tasks_of(o.adele, uid, "referral-other"), 1);
	/* Another way is found, and it is over. */
	other = referral_of(uid);
	other.replaces = r.uid;
	OK(referral_add(o.amina, &other, &err));
	assert_int_equal(look(uid, r.uid).wait.ask, REFERRAL_ASK_NOTHING);
}

/* --- a card for the person ------------------------------------------------------ */

static void
harm_22_a_card_says_no_name_and_no_reason(void **state)
{
	const struct society *s = session_society(o.amina);
	struct recipient r = s->recipients[0];
	size_t named = 0;

	(void)state;
	for (size_t i = 0; i < s->n_recipients; i++) {
		const struct recipient *to = &s->recipients[i];

		if (!referral_card_names(s, to))
			continue;
		named++;
		assert_true(to->safe_to_name);
		assert_null(telling_word(s, to->name));
		assert_false(egress_hard_stop(to->kind));
	}
	assert_true(named > 0);
	assert_false(referral_card_names(s, NULL));
	r.kind = RECIPIENT_HEALTH;
	r.safe_to_name = true;
	r.name = "Community kitchen";
	assert_true(referral_card_names(s, &r));
	r.name = "Anti-trafficking shelter";
	assert_false(referral_card_names(s, &r));
	r.name = "Community kitchen";
	r.safe_to_name = false;
	assert_false(referral_card_names(s, &r));
	r.safe_to_name = true;
	r.kind = RECIPIENT_POLICE;
	assert_false(referral_card_names(s, &r));
}

/* Whether somebody holds paper is what they said last, and on the record. */
static void
harm_22_a_card_is_held_only_where_it_is_safe(void **state)
{
	struct consent c;
	struct referral r;
	struct referral_history past;
	struct uid uid = ready("Hasini Bandara", &c, &r);

	(void)state;
	assert_string_equal(look(uid, r.uid).copy_safe, "no");
	OK(note(uid, &r, REFERRAL_IS_PREPARED, "copy"));
	assert_string_equal(look(uid, r.uid).copy_safe, "yes");
	OK(note(uid, &r, REFERRAL_IS_PREPARED, "no_copy"));
	assert_string_equal(look(uid, r.uid).copy_safe, "no");
	assert_false(look(uid, r.uid).settled);
	OK(referral_history(o.amina, uid, r.uid, &arena, &past, &err));
	assert_int_equal(past.n, 3);
	assert_string_equal(past.list[1].kind, "copy");
	assert_string_equal(past.list[1].by, "amina");
	REFUSED(ERR_INPUT, note(uid, &r, REFERRAL_IS_PREPARED, "photocopy"));
}

/* --- a case that moves --------------------------------------------------------- */

static struct uid
moving(const char *name, struct referral *r)
{
	struct uid uid = case_of(o.amina, name);
	struct consent c = release_of(uid);
	struct preview p;

	c.purpose = "case_transfer";
	OK(consent_add(o.amina, &c, &err));
	*r = referral_of(uid);
	r->mode = "transfer";
	REFUSED(ERR_INPUT, referral_add(o.amina, r, &err));
	r->purpose = "case_transfer";
	OK(referral_add(o.amina, r, &err));
	OK(referral_send(
	    o.amina, uid, r->uid, uid_new(), "", NULL, &arena, &p, &err));
	return uid;
}

static int
close_as_moved(struct uid uid)
{
	struct case_file f;

	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	return close_case(
	    o.amina, uid, &f.rev, CLOSING_TRANSFERRED, "with them", &err);
}

/* Sent is not taken: until somebody has the case it is here, due and open. */
static void
harm_14_a_case_is_never_with_nobody(void **state)
{
	struct referral r;
	struct case_file f;
	struct uid uid = moving("Nimali Perera", &r);

	(void)state;
	REFUSED(ERR_INPUT, close_as_moved(uid));
	assert_non_null(strstr(err.text, "Nobody has taken this case on"));
	OK(note(uid, &r, REFERRAL_IS_SENT, "acknowledged"));
	REFUSED(ERR_INPUT, close_as_moved(uid));
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_false(f.closed);
	assert_string_equal(f.owner_login, "amina");
	OK(note(uid, &r, REFERRAL_IS_ACKNOWLEDGED, "accepted"));
	assert_int_equal(look(uid, r.uid).wait.ask, REFERRAL_ASK_ATTENDED);
	OK(close_as_moved(uid));
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_true(f.closed);
	assert_string_equal(f.closed_reason, CLOSING_TRANSFERRED);
}

/* They took it, and gave it back while the closing waited for a yes. */
static void
harm_14_given_back_while_it_closes(void **state)
{
	struct closing_sample c;
	struct referral r;
	struct case_file f;
	struct uid uid = moving("Sithara Fernando", &r);
	bool closed = true;

	(void)state;
	o.kit.society->closing.approval = true;
	OK(note(uid, &r, REFERRAL_IS_SENT, "accepted"));
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	closing_make(&c, uid, CLOSING_TRANSFERRED, "with them");
	OK(case_close(o.amina, &f.rev, &c.r, &closed, &err));
	assert_false(closed);
	OK(referral_note(o.amina, uid, r.uid, REFERRAL_IS_ACCEPTED, uid_new(),
	    "refused", "no bed after all", &err));
	REFUSED(ERR_INPUT, request_agree(o.sunil, uid, c.r.uid, &err));
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_false(f.closed);
}

/* One asks for the closing, another hears that a yes is taken back. */
static void
harm_03_a_yes_taken_back_while_it_closes(void **state)
{
	struct uid uid = case_of(o.amina, "Nadeesha Fernando");
	struct consent yes = release_of(uid);
	struct closing_sample c;
	struct disclosures told;
	struct request asked;
	struct case_file f;
	bool closed = true;

	(void)state;
	o.kit.society->closing.approval = true;
	OK(consent_add(o.amina, &yes, &err));
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	closing_make(&c, uid, "goals_met", "we both think so");
	OK(case_close(o.amina, &f.rev, &c.r, &closed, &err));
	assert_false(closed);
	OK(consent_withdraw(o.sunil, uid, yes.uid, uid_new(), "by telephone",
	    &arena, &told, &err));
	/* Whoever is to agree sees it before they try. */
	OK(request_open(o.sunil, uid, c.r.uid, &arena, &asked, &err));
	assert_true(asked.ends.taken_back);
	REFUSED(ERR_CONFLICT, request_answer(o.sunil, uid, c.r.uid,
				  ANSWER_ACCEPT, "", f.rev, 0, &err));
	assert_non_null(strstr(err.text, "took a yes back"));
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_false(f.closed);
	/* Asked again after that, it closes. */
	OK(request_answer(o.sunil, uid, c.r.uid, ANSWER_REFUSE, "talk first",
	    f.rev, 0, &err));
	closing_make(&c, uid, "goals_met", "we talked about it");
	OK(case_close(o.amina, &f.rev, &c.r, &closed, &err));
	OK(request_open(o.sunil, uid, c.r.uid, &arena, &asked, &err));
	assert_false(asked.ends.taken_back);
	OK(request_answer(
	    o.sunil, uid, c.r.uid, ANSWER_ACCEPT, "", f.rev, 0, &err));
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_true(f.closed);
}

/* Any other referral that is taken on moves nothing. */
static void
help_elsewhere_is_no_transfer(void **state)
{
	struct consent c;
	struct referral r;
	struct preview p;
	struct uid uid = ready("Ruvini Bandara", &c, &r);

	(void)state;
	OK(referral_send(
	    o.amina, uid, r.uid, uid_new(), "", NULL, &arena, &p, &err));
	OK(note(uid, &r, REFERRAL_IS_SENT, "accepted"));
	REFUSED(ERR_INPUT, close_as_moved(uid));
}

/* --- the story ------------------------------------------------------------------ */

static bool
told(struct uid uid, const char *title, const char *text)
{
	struct events all;

	OK(case_timeline(o.amina, uid, 0, 200, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		if (strstr(all.list[i].title, title) != NULL &&
		    strstr(all.list[i].text, text) != NULL)
			return true;
	return false;
}

static void
what_was_asked_stays_in_the_story(void **state)
{
	struct uid uid = case_of(o.amina, "Dilani Rodrigo");
	struct closing_sample c;
	struct case_file f;
	bool closed;
	struct request r = { .uid = uid_new(),
		.case_uid = uid,
		.to_user = session_user(o.zoya)->uid,
		.reason = "speaks the person's language" };

	(void)state;
	o.kit.society->closing.approval = true;
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	closing_make(&c, uid, "goals_met", "all is said");
	OK(case_close(o.amina, &f.rev, &c.r, &closed, &err));
	OK(request_answer(o.sunil, uid, c.r.uid, ANSWER_REFUSE,
	    "the safety plan first", 0, 0, &err));
	assert_true(told(uid, "Asked to close", "all is said"));
	assert_true(told(uid, "sent back", "the safety plan first"));
	OK(transfer_ask(o.amina, &r, &err));
	OK(request_answer(
	    o.amina, uid, r.uid, ANSWER_TAKE_BACK, "", 0, 0, &err));
	assert_true(told(uid, "Offered to: zoya", "language"));
	assert_true(told(uid, "taken back", ""));
	/* What was done at once is told once, by what was done. */
	o.kit.society->closing.approval = false;
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	OK(close_case(o.amina, uid, &f.rev, "goals_met", "done now", &err));
	assert_true(told(uid, "Closed", "done now"));
	assert_false(told(uid, "Asked to close", "done now"));
}

/* Whoever comes late to a closed case is told who closed it. */
static void
a_closed_case_says_who_closed_it(void **state)
{
	struct uid uid = case_of(o.amina, "Kasun Silva");
	struct case_file f;
	struct request r = { .uid = uid_new(),
		.case_uid = uid,
		.to_user = session_user(o.zoya)->uid,
		.reason = "speaks the person's language" };

	(void)state;
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	OK(close_case(o.amina, uid, &f.rev, "goals_met", "done", &err));
	REFUSED(ERR_DENIED, transfer_ask(o.sunil, &r, &err));
	assert_non_null(strstr(err.text, "amina has closed this case"));
	/* Who could not do it anyway is told nothing. */
	REFUSED(ERR_DENIED, transfer_ask(o.bilal, &r, &err));
	assert_null(strstr(err.text, "closed"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(silence_is_counted_and_ends),
		EACH(harm_22_a_card_says_no_name_and_no_reason),
		EACH(harm_22_a_card_is_held_only_where_it_is_safe),
		EACH(harm_14_a_case_is_never_with_nobody),
		EACH(harm_14_given_back_while_it_closes),
		EACH(harm_03_a_yes_taken_back_while_it_closes),
		EACH(help_elsewhere_is_no_transfer),
		EACH(what_was_asked_stays_in_the_story),
		EACH(a_closed_case_says_who_closed_it),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
