/* SPDX-License-Identifier: ISC */
/* What leaves and who agrees to it; what a colleague is asked; links. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "store/act.h"
#include "store/directory.h"
#include "store/link.h"
#include "store/referral.h"
#include "store/told.h"

#include "role_kit.h"

/* --- consent ---------------------------------------------------------------------------- */
static struct uid
release_in(struct role_stage *st)
{
	const struct consent c = release_of(st->theirs);

	FIRST(consent_add(st->o.amina, &c, &e_));
	return c.uid;
}

ACT(do_consent_list)
{
	struct consents all;

	return consent_list(s, st->theirs, true, &st->arena, &all, e);
}

ACT(do_consent_add)
{
	const struct consent c = release_of(st->theirs);

	return consent_add(s, &c, e);
}

ACT(do_consent_withdraw)
{
	struct uid release = release_in(st);
	struct disclosures told;

	return consent_withdraw(
	    s, st->theirs, release, uid_new(), "said so", &st->arena, &told, e);
}

ACT(do_consent_preview)
{
	struct uid release = release_in(st);
	struct preview p;

	return consent_preview(s, st->theirs, release, &st->arena, &p, e);
}

/* --- referrals ---------------------------------------------------------------------------- */
static int
referral_by(struct role_stage *st, struct session *s, const char *recipient,
    const char *purpose, struct uid *uid, struct err *e)
{
	struct referral r = { .uid = uid_new(),
		.case_uid = st->theirs,
		.recipient = recipient,
		.purpose = purpose,
		.mode = "full",
		.priority = "normal",
		.reason = "wants to go there",
		.asked = "",
		.given = "",
		.restrictions = "",
		.risks = "",
		.tell_back = "",
		.copy_safe = "" };
	struct referral_field f;

	for (int i = 0; referral_field(i, &f); i++)
		if (strcmp(f.id, "words") == 0)
			r.fields = 1u << i;
	*uid = r.uid;
	return referral_add(s, &r, e);
}

static struct uid
referral_of(struct role_stage *st)
{
	struct uid uid;

	(void)release_in(st);
	FIRST(referral_by(
	    st, st->o.amina, "legal-partner", "legal_advice", &uid, &e_));
	return uid;
}

static struct uid
sent_of(struct role_stage *st)
{
	struct uid referral = referral_of(st);
	struct preview p;

	FIRST(referral_send(st->o.amina, st->theirs, referral, uid_new(), "",
	    NULL, &st->arena, &p, &e_));
	return referral;
}

ACT(do_referral_list)
{
	struct referrals all;

	return referral_list(s, st->theirs, &st->arena, &all, e);
}

ACT(do_referral_add)
{
	struct uid uid;

	return referral_by(st, s, "legal-partner", "legal_advice", &uid, e);
}

ACT(do_referral_change)
{
	struct uid referral = referral_of(st);
	int64_t rev = 1;

	return referral_change(s, st->theirs, referral, &rev,
	    &(const struct change){ "priority", "normal" }, 1, &st->arena, NULL,
	    e);
}

ACT(do_referral_preview)
{
	struct uid referral = referral_of(st);
	struct preview p;

	return referral_preview(s, st->theirs, referral, &st->arena, &p, e);
}

ACT(do_referral_send)
{
	struct uid referral = referral_of(st);
	struct preview p;

	return referral_send(
	    s, st->theirs, referral, uid_new(), "", NULL, &st->arena, &p, e);
}

ACT(do_referral_note)
{
	struct uid referral = sent_of(st);

	return referral_note(s, st->theirs, referral, REFERRAL_IS_SENT,
	    uid_new(), "acknowledged", "", e);
}

ACT(do_referral_history)
{
	struct uid referral = referral_of(st);
	struct referral_history h;

	return referral_history(s, st->theirs, referral, &st->arena, &h, e);
}

ACT(do_disclosure_list)
{
	struct disclosed_list l;

	return disclosure_list(s, st->theirs, &st->arena, &l, e);
}

ACT(do_recall_note)
{
	struct uid referral = sent_of(st);
	struct disclosed_list l;

	FIRST(referral_note(st->o.amina, st->theirs, referral, REFERRAL_IS_SENT,
	    uid_new(), "withdrawn", "said so", &e_));
	FIRST(disclosure_list(st->o.amina, st->theirs, &st->arena, &l, &e_));
	return recall_note(s, st->theirs, l.list[0].recall, "due", uid_new(),
	    "asked_delete", "by telephone", e);
}

/* --- second persons ------------------------------------------------------------------------ */
static int
act_by(struct role_stage *st, struct session *s, struct uid *uid, struct err *e)
{
	const struct act a = { .uid = uid_new(),
		.case_uid = st->theirs,
		.reason = "life",
		.recipient = "police",
		.purpose = "protection",
		.scope = data_scope_bit(DATA_NAME) | data_scope_bit(DATA_NEEDS),
		.words = "two men wait at the door",
		.legal_ref = "protection policy 4",
		.told = "yes",
		.told_why = "" };

	*uid = a.uid;
	return act_ask(s, &a, e);
}

static struct uid
act_in(struct role_stage *st)
{
	struct uid uid;

	FIRST(act_by(st, st->o.amina, &uid, &e_));
	return uid;
}

ACT(do_act_list)
{
	struct acts all;

	return act_list(s, st->theirs, &st->arena, &all, e);
}

ACT(do_act_ask)
{
	struct uid uid;

	return act_by(st, s, &uid, e);
}

ACT(do_told_add)
{
	const struct act t = { .uid = uid_new(),
		.case_uid = st->theirs,
		.recipient = "police",
		.purpose = "protection",
		.scope = data_scope_bit(DATA_NEEDS),
		.at = clock_now(),
		.reason = TOLD_MISTAKE,
		.words = "said at the counter",
		.legal_ref = "",
		.told = "yes",
		.told_why = "" };

	return told_add(s, &t, e);
}

ACT(do_act_decide)
{
	return act_decide(s, st->theirs, act_in(st), uid_new(), true, "", e);
}

/* Agreed to by another supervisor, and used. */
ACT(do_act_review)
{
	struct uid act = act_in(st), referral;
	struct preview p;

	FIRST(
	    act_decide(st->second, st->theirs, act, uid_new(), true, "", &e_));
	FIRST(referral_by(
	    st, st->o.amina, "police", "protection", &referral, &e_));
	FIRST(referral_send(st->o.amina, st->theirs, referral, uid_new(), "",
	    NULL, &st->arena, &p, &e_));
	return act_review(s, st->theirs, act, uid_new(), "it was needed", e);
}

/* --- organisations --------------------------------------------------------------------------- */
ACT(do_directory_list)
{
	struct listings l;

	return directory_list(s, &st->arena, &l, e);
}

ACT(do_directory_add)
{
	const struct directory_entry d = { .uid = uid_new(),
		.recipient = "health-partner",
		.topic = "capacity",
		.value = "few",
		.phone = "",
		.words = "" };

	(void)st;
	return directory_add(s, &d, e);
}

ACT(do_directory_history)
{
	struct directory_history h;

	return directory_history(s, "health-partner", 5, &st->arena, &h, e);
}

/* --- what a colleague is asked ------------------------------------------------------------------ */
static int
offer_by(struct role_stage *st, struct session *s, enum role_who to,
    struct uid *uid, struct err *e)
{
	const struct request r = { .uid = uid_new(),
		.case_uid = st->theirs,
		.to_user = session_user(st->who[to])->uid,
		.reason = "speaks the person's language" };

	*uid = r.uid;
	return transfer_ask(s, &r, e);
}

ACT(do_transfer_ask)
{
	struct uid uid;

	return offer_by(st, s, ZOYA, &uid, e);
}

/* Offered to bilal, who may not open the case. */
static struct uid
offer_to_bilal(struct role_stage *st)
{
	if (uid_null(&st->offer))
		FIRST(offer_by(st, st->o.amina, BILAL, &st->offer, &e_));
	return st->offer;
}

/* He takes it. */
ACT(do_request_answer)
{
	return request_answer(
	    s, st->theirs, offer_to_bilal(st), ANSWER_ACCEPT, "", 0, 0, e);
}

/* The second person of a joining. */
static struct request
joining(struct role_stage *st)
{
	return (struct request){ .uid = uid_new(),
		.case_uid = st->theirs,
		.other = st->other,
		.reason = "the same paper was shown to both" };
}

ACT(agree_to_join)
{
	const struct request r = joining(st);

	FIRST(join_ask(st->o.amina, &r, &e_));
	return request_answer(s, st->theirs, r.uid, ANSWER_ACCEPT, "", 0, 0, e);
}

/* And of a closing. */
ACT(agree_to_close)
{
	struct closing_sample c;
	bool closed;
	int rc;

	st->o.kit.society->closing.approval = true;
	closing_make(&c, st->theirs, "goals_met", "all is done");
	FIRST(case_close(st->o.amina, &st->rev, &c.r, &closed, &e_));
	rc = request_answer(
	    s, st->theirs, c.r.uid, ANSWER_ACCEPT, "", st->rev, 0, e);
	st->o.kit.society->closing.approval = false;
	return rc;
}

ACT(take_back)
{
	return request_answer(
	    s, st->theirs, offer_to_bilal(st), ANSWER_TAKE_BACK, "", 0, 0, e);
}

ACT(do_request_open)
{
	struct request got;

	return request_open(
	    s, st->theirs, offer_to_bilal(st), &st->arena, &got, e);
}

ACT(do_request_list)
{
	struct requests all;

	return request_list(s, st->theirs, &st->arena, &all, e);
}

ACT(do_request_since)
{
	struct request r = { .case_uid = st->theirs, .uid = uid_new() };

	return request_since(s, &r, &st->arena, e);
}

ACT(do_join_ask)
{
	const struct request r = joining(st);

	return join_ask(s, &r, e);
}

ACT(do_join_compare)
{
	struct request got;

	return join_compare(s, st->theirs, st->other, &st->arena, &got, e);
}

ACT(do_join_part)
{
	const struct request r = joining(st);

	FIRST(join_ask(st->o.amina, &r, &e_));
	FIRST(request_answer(
	    st->o.sunil, st->theirs, r.uid, ANSWER_ACCEPT, "", 0, 0, &e_));
	return join_part(s, st->theirs, "two people", e);
}

/* --- what belongs together ------------------------------------------------------------------------ */
ACT(do_links_open)
{
	struct links l;

	return links_open(s, st->theirs, NULL, &st->arena, &l, e);
}

ACT(do_link_add)
{
	return link_add(
	    s, st->theirs, uid_new(), role_other_code(st), "same house", e);
}

ACT(do_link_end)
{
	struct uid link = uid_new();

	FIRST(link_add(st->o.sunil, st->theirs, link, role_other_code(st),
	    "same house", &e_));
	return link_end(s, st->theirs, link, "a mistake", e);
}

static struct group_event
occasion(void)
{
	return (struct group_event){ .uid = uid_new(),
		.on = { 2026, 11, 20, DATE_DAY },
		.area = "northern district",
		.words = "one farm" };
}

ACT(do_group_add)
{
	const struct group_event g = occasion();

	return group_add(s, st->theirs, &g, e);
}

ACT(do_group_join)
{
	const struct group_event g = occasion();

	FIRST(group_add(st->o.sunil, st->other, &g, &e_));
	return group_join(
	    s, st->theirs, uid_new(), role_other_code(st), "was there", e);
}

ACT(do_group_leave)
{
	const struct group_event g = occasion();

	FIRST(group_add(st->o.sunil, st->theirs, &g, &e_));
	return group_leave(
	    s, st->theirs, g.uid, uid_new(), "the wrong code", e);
}

static int
mark_by(
    struct role_stage *st, struct session *s, struct uid *uid, struct err *e)
{
	const struct conflict_mark m = { .uid = uid_new(),
		.case_uid = st->theirs,
		.who = "interpreter",
		.code = "I-7",
		.reason = "related to the employer" };

	*uid = m.uid;
	return conflict_mark_add(s, &m, e);
}

ACT(do_conflict_mark_add)
{
	struct uid uid;

	return mark_by(st, s, &uid, e);
}

ACT(do_conflict_mark_lift)
{
	struct uid mark;

	FIRST(mark_by(st, st->o.sunil, &mark, &e_));
	return conflict_mark_lift(
	    s, st->theirs, mark, uid_new(), "somebody else", e);
}

#define LEADS "---Y-----"

static const struct role_row rows[] = {
	/*                   amina zoya bilal sunil sumi cora audra adele stan */
	ROW(consent_list, READS),
	ROW(consent_add, OWN),
	ROW(consent_withdraw, OWN),
	{ .call = "consent_preview",
	    .act = do_consent_preview,
	    .want = READS,
	    .then = "Y- Y -   " },
	ROW(referral_list, READS),
	ROW(referral_add, OWN),
	ROW(referral_change, OWN),
	ROW(referral_preview, OWN),
	ROW(referral_send, OWN),
	ROW(referral_note, OWN),
	ROW(referral_history, READS),
	ROW(disclosure_list, "Y--Y-YY--"),
	ROW(recall_note, OWN),
	ROW(act_list, READS),
	ROW(act_ask, OWN),
	ROW(told_add, OWN),
	ROW(act_decide, LEADS),
	ROW_FRESH(act_review, LEADS),
	ROW(directory_list, "YYYYYY---"),
	ROW(directory_add, "YYYYYY---"),
	ROW(directory_history, "YYYYYY---"),
	ROW_FRESH(transfer_ask, "Y--Y-Y---"),
	ROW_FRESH(request_answer, "--Y------"),
	{ .call = "request_answer",
	    .act = agree_to_join,
	    .want = "2Y-Y-----",
	    .fresh = true },
	{ .call = "request_answer",
	    .act = agree_to_close,
	    .want = "2--Y-Y---",
	    .fresh = true },
	{ .call = "request_answer",
	    .act = take_back,
	    .want = "Y--Y-Y---",
	    .fresh = true },
	ROW_FRESH(request_open, "YRYR-R---"),
	ROW(request_list, READS),
	ROW(request_since, READS),
	ROW_FRESH(join_ask, "YY-Y-----"),
	ROW_FRESH(join_compare, "YY-Y-----"),
	ROW_FRESH(join_part, "YY-Y-----"),
	ROW(links_open, READS),
	ROW_FRESH(link_add, LEADS),
	ROW_FRESH(link_end, LEADS),
	ROW(group_add, LEADS),
	ROW_FRESH(group_join, LEADS),
	ROW_FRESH(group_leave, LEADS),
	ROW(conflict_mark_add, LEADS),
	ROW_FRESH(conflict_mark_lift, LEADS),
};

const struct role_rows role_out = { rows, sizeof(rows) / sizeof(rows[0]) };
