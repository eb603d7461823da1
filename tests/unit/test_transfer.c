/* SPDX-License-Identifier: ISC */
/*
 * Referrals from being prepared to being taken on elsewhere: what was prepared
 * is changed until it goes, silence is counted, a case that moves is with us
 * until others have it, a card for the person tells nobody anything.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "../lib/case_kit.h"
#include "base/clock.h"
#include "config/telling.h"
#include "rules/closing.h"
#include "store/case.h"
#include "store/referral.h"
#include "words.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static struct office o;
static struct arena arena;
static struct err err;

static int
setup(void **state)
{
	(void)state;
	office_open(&o);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	office_close(&o);
	return 0;
}

static int
each(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
each_done(void **state)
{
	(void)state;
	o.kit.society->closing.approval = false;
	arena_done(&arena);
	return 0;
}

static unsigned
fields(const char *a, const char *b)
{
	struct referral_field f;
	unsigned set = 0;

	for (int i = 0; referral_field(i, &f); i++)
		if (strcmp(f.id, a) == 0 || strcmp(f.id, b) == 0)
			set |= 1u << i;
	return set;
}

static struct referral
referral_of(struct uid case_uid)
{
	return (struct referral){ .uid = uid_new(),
		.case_uid = case_uid,
		.recipient = "legal-partner",
		.purpose = "legal_advice",
		.mode = "full",
		.priority = "urgent",
		.reason = "wants advice about papers",
		.asked = "an hour of advice",
		.copy_safe = "",
		.fields = fields("name", "words") };
}

static struct uid
ready(const char *name, struct consent *c, struct referral *r)
{
	struct uid uid = case_of(o.amina, name);

	*c = release_of(uid);
	*r = referral_of(uid);
	OK(consent_add(o.amina, c, &err));
	OK(referral_add(o.amina, r, &err));
	return uid;
}

static struct referral
look(struct uid case_uid, struct uid referral)
{
	struct referrals all;

	OK(referral_list(o.amina, case_uid, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		if (uid_eq(&all.list[i].uid, &referral))
			return all.list[i];
	fail_msg("the referral is not there");
	return (struct referral){ .mode = NULL };
}

static int
change(struct session *s, const struct referral *r, int64_t *rev,
    const char *field, const char *value, struct conflicts *c)
{
	return referral_change(s, r->case_uid, r->uid, rev,
	    &(const struct change){ field, value }, 1, &arena, c, &err);
}

/* --- changing what was prepared --------------------------------------------- */

static void
what_was_prepared_is_changed_until_it_goes(void **state)
{
	struct consent c;
	struct referral r, now;
	struct preview p, shown;
	struct uid uid = ready("Nadeesha Silva", &c, &r);
	int64_t rev = look(uid, r.uid).rev;
	struct referral_history past;

	(void)state;
	OK(referral_preview(o.amina, uid, r.uid, &arena, &shown, &err));
	OK(change(
	    o.amina, &r, &rev, "fields", "words,nobody knows this", NULL));
	now = look(uid, r.uid);
	assert_int_equal(now.fields, fields("words", ""));
	assert_int_equal(now.rev, rev);
	OK(change(o.amina, &r, &rev, "priority", "emergency", NULL));
	assert_string_equal(look(uid, r.uid).priority, "emergency");
	/* Said twice it is one change, and one line of its story. */
	OK(change(o.amina, &r, &rev, "priority", "emergency", NULL));
	OK(referral_history(o.amina, uid, r.uid, &arena, &past, &err));
	assert_int_equal(past.n, 3);
	assert_string_equal(past.list[1].kind, "changed");
	/* Whom it is for, and where it stands, is not changed this way. */
	REFUSED(
	    ERR_INPUT, change(o.amina, &r, &rev, "recipient", "police", NULL));
	REFUSED(ERR_INPUT, change(o.amina, &r, &rev, "state", "sent", NULL));
	/* It has to fit together afterwards, too. */
	REFUSED(ERR_INPUT, change(o.amina, &r, &rev, "reason", " ", NULL));
	REFUSED(ERR_INPUT, change(o.amina, &r, &rev, "mode", "info", NULL));
	REFUSED(ERR_INPUT, change(o.amina, &r, &rev, "mode", "transfer", NULL));
	REFUSED(ERR_DENIED, change(o.bilal, &r, &rev, "asked", "x", NULL));
	assert_string_equal(look(uid, r.uid).mode, "full");
	/* What was looked through before is not what would go. */
	REFUSED(ERR_CONFLICT, referral_send(o.amina, uid, r.uid, uid_new(), "",
				  &shown, &arena, &p, &err));
	OK(referral_preview(o.amina, uid, r.uid, &arena, &shown, &err));
	OK(referral_send(
	    o.amina, uid, r.uid, uid_new(), "", &shown, &arena, &p, &err));
	assert_true(preview_same(&shown, &p));
	REFUSED(ERR_CONFLICT, change(o.amina, &r, &rev, "asked", "more", NULL));
	assert_non_null(strstr(err.text, "amina"));
	assert_int_equal(
	    ask_of(o.adele,
		"SELECT sum(scope) FROM disclosure WHERE case_uid = ?1", uid),
	    data_scope_bit(DATA_NEEDS));
}

static void
two_change_one(void **state)
{
	struct consent c;
	struct referral r;
	struct conflicts clash = { .n = 0 };
	struct uid uid = ready("Ishara Fernando", &c, &r);
	int64_t rev = look(uid, r.uid).rev, base = rev;

	(void)state;
	OK(change(o.sunil, &r, &rev, "asked", "two hours", NULL));
	/* Another field goes beside it; the same one is shown to choose. */
	rev = base;
	OK(change(o.amina, &r, &rev, "risks", "calls at night", &clash));
	assert_int_equal(clash.n, 0);
	assert_string_equal(look(uid, r.uid).asked, "two hours");
	rev = base;
	REFUSED(
	    ERR_CONFLICT, change(o.amina, &r, &rev, "asked", "a day", &clash));
	assert_int_equal(clash.n, 1);
	assert_string_equal(clash.list[0].theirs, "two hours");
	assert_string_equal(clash.list[0].by, "sunil");
	/* And two that do not fit together are not both taken. */
	rev = look(uid, r.uid).rev;
	base = rev;
	OK(change(o.sunil, &r, &rev, "fields", "", NULL));
	OK(change(o.sunil, &r, &rev, "mode", "info", NULL));
	rev = base;
	REFUSED(
	    ERR_CONFLICT, change(o.amina, &r, &rev, "fields", "name", &clash));
}

/* Whatever was changed, the gate is asked when it goes. */
static void
harm_03_more_than_was_agreed_does_not_go_by_a_change(void **state)
{
	struct consent c;
	struct referral r;
	struct preview p;
	struct uid uid = ready("Kumari Perera", &c, &r);
	int64_t rev = look(uid, r.uid).rev;

	(void)state;
	OK(change(o.amina, &r, &rev, "fields", "name,words,health", NULL));
	assert_int_equal(look(uid, r.uid).blocked, EGRESS_NOT_IN_IT);
	REFUSED(ERR_INPUT, referral_send(o.amina, uid, r.uid, uid_new(), "",
			       NULL, &arena, &p, &err));
	OK(change(o.amina, &r, &rev, "fields", "name,words", NULL));
	OK(change(o.amina, &r, &rev, "purpose", "wage_claim", NULL));
	assert_int_equal(look(uid, r.uid).blocked, EGRESS_NOT_ASKED);
	REFUSED(ERR_INPUT, referral_send(o.amina, uid, r.uid, uid_new(), "",
			       NULL, &arena, &p, &err));
	assert_int_equal(
	    ask_of(o.adele,
		"SELECT count(*) FROM disclosure WHERE case_uid = ?1", uid),
	    0);
}

/* A colleague's work elsewhere is no reason to open identity.db again. */
static void
a_preview_is_as_good_as_its_stamp(void **state)
{
	struct consent c;
	struct referral r;
	struct referrals all;
	struct uid other = case_of(o.zoya, "Sanduni Silva");
	struct uid uid = ready("Dilini Silva", &c, &r);
	struct note n = { .uid = uid_new(),
		.case_uid = other,
		.kind = "fact",
		.text = "came with a bag" };
	struct change wants = { "wants", "papers first" };
	struct case_file f;
	int64_t was;

	(void)state;
	OK(referral_list(o.amina, uid, &arena, &all, &err));
	was = all.stamp;
	OK(note_add(o.zoya, &n, &err));
	OK(referral_list(o.amina, uid, &arena, &all, &err));
	assert_int_equal(all.stamp, was);
	n.uid = uid_new();
	n.case_uid = uid;
	OK(note_add(o.sunil, &n, &err));
	OK(referral_list(o.amina, uid, &arena, &all, &err));
	assert_true(all.stamp > was);
	was = all.stamp;
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	OK(case_change(o.amina, uid, &f.rev, &wants, 1, &arena, NULL, &err));
	OK(referral_list(o.amina, uid, &arena, &all, &err));
	assert_true(all.stamp > was);
}

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
	assert_string_equal(look(uid, r.uid).copy_safe, "");
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
	REFUSED(ERR_INPUT, request_answer(o.sunil, uid, c.r.uid, ANSWER_ACCEPT,
			       "", f.rev, &err));
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_false(f.closed);
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
	    "the safety plan first", 0, &err));
	assert_true(told(uid, "Asked to close", "all is said"));
	assert_true(told(uid, "sent back", "the safety plan first"));
	OK(transfer_ask(o.amina, &r, &err));
	OK(request_answer(o.amina, uid, r.uid, ANSWER_TAKE_BACK, "", 0, &err));
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

#define EACH(f) cmocka_unit_test_setup_teardown(f, each, each_done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(what_was_prepared_is_changed_until_it_goes),
		EACH(two_change_one),
		EACH(harm_03_more_than_was_agreed_does_not_go_by_a_change),
		EACH(a_preview_is_as_good_as_its_stamp),
		EACH(silence_is_counted_and_ends),
		EACH(harm_22_a_card_says_no_name_and_no_reason),
		EACH(harm_22_a_card_is_held_only_where_it_is_safe),
		EACH(harm_14_a_case_is_never_with_nobody),
		EACH(harm_14_given_back_while_it_closes),
		EACH(help_elsewhere_is_no_transfer),
		EACH(what_was_asked_stays_in_the_story),
		EACH(a_closed_case_says_who_closed_it),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
