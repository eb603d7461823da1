/* SPDX-License-Identifier: ISC */
/* A prepared referral is changed until it goes, by two at once if need be. */
#include "referral_kit.h"
#include "store/case.h"
#include "words.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(what_was_prepared_is_changed_until_it_goes),
		EACH(two_change_one),
		EACH(harm_03_more_than_was_agreed_does_not_go_by_a_change),
		EACH(a_preview_is_as_good_as_its_stamp),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
