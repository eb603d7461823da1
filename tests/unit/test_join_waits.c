/* SPDX-License-Identifier: ISC */
/* Two codes of one person, and what else waits for an answer about either; and two
 * who answer at once. */
#include <string.h>

#include "store/agenda.h"
#include "store/request_inside.h"
#include "office_kit.h"

static struct case_file
look(struct session *s, struct uid uid)
{
	struct case_file f;

	OK(case_open(s, uid, "to look after it", &arena, &f, &err));
	return f;
}

/* a is amina's and would go on; b is zoya's. */
struct two {
	struct uid a, b;
};

static struct two
two_codes(const char *name)
{
	return (struct two){ .a = case_of(o.amina, name),
		.b = case_of(o.zoya, name) };
}

static struct request
one_person(const struct two *t)
{
	return (struct request){ .uid = uid_new(),
		.case_uid = t->a,
		.other = t->b,
		.reason = "the same paper was shown to both" };
}

static struct request
offer_to(struct session *to, struct uid uid)
{
	return (struct request){ .uid = uid_new(),
		.case_uid = uid,
		.to_user = session_user(to)->uid,
		.reason = "speaks the person's language" };
}

static void
answer(struct session *s, const struct request *r, enum request_answer how)
{
	if (how == ANSWER_ACCEPT)
		OK(request_agree(s, r->case_uid, r->uid, &err));
	else
		OK(request_answer(
		    s, r->case_uid, r->uid, how, "not now", 0, 0, &err));
}

/* Says whose it is and of which code. */
static void
said_of(const char *who, const char *what, struct session *s, struct uid uid)
{
	struct err was = err; /* looking clears it */

	assert_non_null(strstr(was.text, who));
	assert_non_null(strstr(was.text, what));
	assert_non_null(strstr(was.text, look(s, uid).code));
}

static void
harm_08_what_waits_about_either_is_settled_first(void **state)
{
	struct two t = two_codes("Nimali Fonseka");
	struct request r = one_person(&t), theirs = offer_to(o.amina, t.b),
		       mine = offer_to(o.zoya, t.a), both;

	(void)state;
	OK(transfer_ask(o.zoya, &theirs, &err));
	/* Before anything is chosen, and where it was chosen already. */
	REFUSED(
	    ERR_CONFLICT, join_compare(o.amina, t.a, t.b, &arena, &both, &err));
	said_of("zoya", "offered", o.zoya, t.b);
	REFUSED(ERR_CONFLICT, join_ask(o.amina, &r, &err));
	said_of("zoya", "offered", o.zoya, t.b);
	answer(o.amina, &theirs, ANSWER_REFUSE);
	OK(transfer_ask(o.amina, &mine, &err));
	REFUSED(
	    ERR_CONFLICT, join_compare(o.amina, t.a, t.b, &arena, &both, &err));
	said_of("amina", "offered", o.amina, t.a);
	answer(o.amina, &mine, ANSWER_TAKE_BACK);
	OK(join_compare(o.amina, t.a, t.b, &arena, &both, &err));
	OK(join_ask(o.amina, &r, &err));
	OK(join_ask(o.amina, &r, &err)); /* a retry */
}

/* Offered between the asking and the agreeing. */
static void
harm_08_an_offer_made_meanwhile_stops_the_join(void **state)
{
	struct two t = two_codes("Chathuri Dias");
	struct request r = one_person(&t), theirs = offer_to(o.bilal, t.b);

	(void)state;
	OK(join_ask(o.amina, &r, &err));
	OK(transfer_ask(o.zoya, &theirs, &err));
	REFUSED(ERR_CONFLICT, request_agree(o.sunil, t.a, r.uid, &err));
	said_of("zoya", "offered", o.zoya, t.b);
	assert_false(look(o.zoya, t.b).closed);
	assert_string_equal(look(o.amina, t.a).asked, "join");
	answer(o.zoya, &theirs, ANSWER_TAKE_BACK);
	answer(o.sunil, &r, ANSWER_ACCEPT);
	assert_true(look(o.zoya, t.b).closed);
}

/* Two joins with one case: the second would join a closed one. */
static void
harm_08_one_join_of_a_case_at_a_time(void **state)
{
	struct two t = two_codes("Ruwani Mendis"), u = two_codes("R Mendis");
	struct request first = one_person(&t), back, third;

	(void)state;
	OK(join_ask(o.amina, &first, &err));
	/* From the other side, and with a third. */
	back = (struct request){ .uid = uid_new(),
		.case_uid = t.b,
		.other = u.b,
		.reason = "alike" };
	REFUSED(ERR_CONFLICT, join_ask(o.zoya, &back, &err));
	said_of("amina", "join", o.zoya, t.b);
	third = one_person(&u);
	third.other = t.b;
	REFUSED(ERR_CONFLICT, join_ask(o.amina, &third, &err));
	said_of("amina", "join", o.zoya, t.b);
}

/* An offer that was left in a case that ended since, as an older vault or one of
 * another desk may have it. */
static struct request
old_offer(struct uid uid, bool close)
{
	struct request r = offer_to(o.bilal, uid);
	struct tx tx;

	r.kind = REQUEST_TRANSFER;
	r.about = session_user(o.zoya)->uid;
	r.to_branch = r.to_ns = r.words = "";
	OK(tx_begin(&tx, o.zoya,
	    &(const struct tx_what){ .perm = PERM_QUEUE,
		.about = &uid,
		.object = &r.uid,
		.action = "transfer.ask",
		.wrote = true },
	    &err));
	OK(request_write(&tx, &r));
	if (close)
		OK(record_set(&tx, REC_CASE, NULL, &uid,
		    COLS({ "closed_at", v_int(tx.now) },
			{ "closed_reason", v_str("wish") })));
	OK(case_commit(&tx, &uid));
	tx_abort(&tx);
	return r;
}

/* The page of what was asked before says how the case ended since. */
static struct case_end
ended(struct uid uid, const struct request *old)
{
	struct request now;

	OK(request_open(o.bilal, uid, old->uid, &arena, &now, &err));
	return now.end;
}

static void
harm_08_nobody_takes_over_a_code_that_ended(void **state)
{
	struct two t = two_codes("Iresha Gamage");
	struct request r = one_person(&t), old;

	(void)state;
	OK(join_ask(o.amina, &r, &err));
	answer(o.sunil, &r, ANSWER_ACCEPT);
	old = old_offer(t.b, false);
	REFUSED(ERR_CONFLICT, request_answer(o.bilal, t.b, old.uid,
				  ANSWER_ACCEPT, "", 0, 0, &err));
	said_of("goes on as", "not now", o.amina, t.a);
	assert_string_equal(look(o.zoya, t.b).owner_login, "zoya");
	assert_string_equal(ended(t.b, &old).goes_on, look(o.amina, t.a).code);
	/* It stands in nobody's way when they turn out to be two. */
	OK(join_part(o.zoya, t.b, "two sisters", &err));
	assert_false(look(o.zoya, t.b).closed);
	assert_int_equal(ended(t.b, &old).at, 0);
	answer(o.bilal, &old, ANSWER_ACCEPT);
	assert_string_equal(look(o.bilal, t.b).owner_login, "bilal");
}

/* Nor one that is closed for another reason. */
static void
nobody_takes_over_a_closed_case(void **state)
{
	struct uid uid = case_of(o.zoya, "Dinithi Abey");
	struct request old = old_offer(uid, true);

	(void)state;
	assert_true(look(o.zoya, uid).closed);
	REFUSED(ERR_CONFLICT, request_answer(o.bilal, uid, old.uid,
				  ANSWER_ACCEPT, "", 0, 0, &err));
	assert_non_null(strstr(err.text, "closed"));
	assert_string_equal(ended(uid, &old).reason, "wish");
	assert_string_equal(ended(uid, &old).goes_on, "");
	answer(o.bilal, &old, ANSWER_REFUSE);
}

/* --- two answers at once ---------------------------------------------------- */

/* The answer of the first may move the case away from the second, who hears all
 * the same what was done, and still reads it. */
static void
harm_08_the_slower_of_two_hears_what_was_done(void **state)
{
	struct session *first =
	    vault_kit_user(&o.kit, "harindra", ROLE_SUPERVISOR, "branch-2");
	struct session *second =
	    vault_kit_user(&o.kit, "himali", ROLE_SUPERVISOR, "branch-2");
	struct uid uid = case_of(o.amina, "Chamari Karuna");
	struct request got, r = { .uid = uid_new(),
		.case_uid = uid,
		.to_branch = "branch-2",
		.reason = "they moved there" };
	struct events all;
	bool taken = false;

	(void)state;
	OK(transfer_ask(o.amina, &r, &err));
	answer(first, &r, ANSWER_ACCEPT);
	REFUSED(ERR_CONFLICT, request_answer(o.amina, uid, r.uid,
				  ANSWER_TAKE_BACK, "", 0, 0, &err));
	assert_non_null(strstr(err.text, "harindra took it over ("));
	REFUSED(ERR_CONFLICT,
	    request_answer(second, uid, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	assert_non_null(strstr(err.text, "harindra took it over ("));
	OK(request_open(o.amina, uid, r.uid, &arena, &got, &err));
	assert_string_equal(got.answer, "accepted");
	assert_string_equal(got.answered_by, "harindra");
	assert_false(got.may_take_back);
	/* Who had no part in it hears nothing. */
	REFUSED(ERR_DENIED,
	    request_answer(o.zoya, uid, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	REFUSED(
	    ERR_DENIED, request_open(o.zoya, uid, r.uid, &arena, &got, &err));
	/* Whose it is now stands in its story; nobody gave it back. */
	OK(case_timeline(first, uid, 0, 50, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++) {
		assert_null(strstr(all.list[i].title, "Given back"));
		taken |= strstr(all.list[i].title, "Taken over by") != NULL;
	}
	assert_true(taken);
}

/* --- whoever works on the half that ends ------------------------------------------ */
/* What somebody is told that others did in a case of theirs; "" nothing. */
static const char *
told(struct session *s, struct uid uid)
{
	struct agenda_changes all;

	OK(agenda_changes(s, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		if (uid_eq(&all.list[i].case_uid, &uid))
			return all.list[i].action;
	return "";
}

static void
a_join_is_a_change_of_the_case_that_ends(void **state)
{
	struct two t = two_codes("Sachini Ranaweera");
	struct request r = one_person(&t);
	struct findings found;
	struct events lately;

	(void)state;
	assert_int_equal(look(o.zoya, t.b).changes_since, 0);
	OK(join_ask(o.amina, &r, &err));
	assert_string_equal(told(o.zoya, t.b), "");
	answer(o.sunil, &r, ANSWER_ACCEPT);
	assert_string_equal(told(o.zoya, t.b), "join.agree");
	assert_int_equal(look(o.zoya, t.b).changes_since, 1);
	OK(case_timeline(o.zoya, t.b, 0, 5, &arena, &lately, &err));
	assert_non_null(strstr(lately.list[0].title, "Joined with"));
	assert_string_equal(lately.list[0].by, "sunil");
	/* And when they are two again, from whichever side. */
	OK(join_part(o.sunil, t.a, "two sisters", &err));
	assert_string_equal(told(o.zoya, t.b), "join.part");
	assert_string_equal(told(o.amina, t.a), "join.part");
	/* What two records say was written is found by who checks. */
	OK(vault_verify(o.sunil, &arena, &found, &err));
	assert_int_equal(found.bad, 0);
}

static bool
looked(struct session *s, struct uid c, const char *who, const char *action)
{
	struct access_log log;

	session_set_purpose(s, &c, "who was here");
	OK(case_access_log(s, c, 100, &arena, &log, &err));
	for (size_t i = 0; i < log.n; i++)
		if (strcmp(log.list[i].by, who) == 0 &&
		    strcmp(log.list[i].action, action) == 0)
			return true;
	return false;
}

/* Who holds two cases against each other has looked at both, and so has whoever
 * is to agree. */
static void
harm_12_both_records_say_who_compared(void **state)
{
	struct two t = two_codes("Kusum Opatha");
	struct request r = one_person(&t), seen;
	struct findings found;

	(void)state;
	OK(join_compare(o.amina, t.a, t.b, &arena, &seen, &err));
	assert_true(looked(o.sunil, t.a, "amina", "join.compare"));
	assert_true(looked(o.sunil, t.b, "amina", "join.compare"));
	OK(join_ask(o.amina, &r, &err));
	OK(request_open(o.sunil, t.a, r.uid, &arena, &seen, &err));
	assert_true(looked(o.sunil, t.b, "sunil", "request.open"));
	answer(o.sunil, &r, ANSWER_REFUSE);
	OK(vault_verify(o.sunil, &arena, &found, &err));
	assert_int_equal(found.bad, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_08_what_waits_about_either_is_settled_first),
		T(harm_08_an_offer_made_meanwhile_stops_the_join),
		T(harm_08_one_join_of_a_case_at_a_time),
		T(harm_08_nobody_takes_over_a_code_that_ended),
		T(nobody_takes_over_a_closed_case),
		T(harm_08_the_slower_of_two_hears_what_was_done),
		T(a_join_is_a_change_of_the_case_that_ends),
		T(harm_12_both_records_say_who_compared),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
