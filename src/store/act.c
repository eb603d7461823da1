/* SPDX-License-Identifier: ISC */
#include "store/act_inside.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "store/egress_inside.h"
#include "store/link_inside.h"
#include "store/second_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* --- reading ---------------------------------------------------------------------- */

static const char sql_list[] =
    "SELECT a.uid, a.reason, a.recipient, a.purpose, a.scope, a.words,"
    " a.legal_ref, a.told, a.told_why, u.login, a.made_at, a.made_by,"
    " coalesce(d.kind, ''), d.at, d.words, v.login,"
    " w.at, w.words, x.login, (SELECT min(s.made_at) FROM disclosure s"
    " WHERE s.case_uid = a.case_uid AND s.act = a.uid)"
    " FROM release_act a LEFT JOIN colleague u ON u.uid = a.made_by"
    " LEFT JOIN release_act_event d ON d.case_uid = a.case_uid"
    " AND d.act = a.uid AND d.kind IN ('agreed', 'declined')"
    " LEFT JOIN colleague v ON v.uid = d.made_by"
    " LEFT JOIN release_act_event w ON w.case_uid = a.case_uid"
    " AND w.act = a.uid AND w.kind = 'reviewed'"
    " LEFT JOIN colleague x ON x.uid = w.made_by"
    " WHERE a.case_uid = ?1 AND a.deleted_hlc = 0"
    " ORDER BY a.hlc DESC, a.uid DESC";

static void
fill(struct tx *tx, sqlite3_stmt *st, struct arena *a, struct act *out)
{
	struct uid by = col_uid(st, 11);
	struct egress_act e = { .agreed_at = col_int(st, 13) };
	int reason = act_reason_from_name(col_text(st, 1));

	*out = (struct act){ .uid = col_uid(st, 0),
		.reason = col_str(st, 1, a),
		.recipient = col_str(st, 2, a),
		.purpose = col_str(st, 3, a),
		.scope = (unsigned)col_int(st, 4),
		.words = col_str(st, 5, a),
		.legal_ref = col_str(st, 6, a),
		.told = col_str(st, 7, a),
		.told_why = col_str(st, 8, a),
		.by = col_str(st, 9, a),
		.at = col_int(st, 10),
		.mine = uid_eq(&by, &tx->s->user.uid),
		.decision = col_str(st, 12, a),
		.decided_at = col_int(st, 13),
		.decided_words = col_str(st, 14, a),
		.decided_by = col_str(st, 15, a),
		.reviewed_at = col_int(st, 16),
		.review = col_str(st, 17, a),
		.reviewed_by = col_str(st, 18, a),
		.used_at = col_int(st, 19) };
	e.used_at = out->used_at;
	e.reason = reason < 0 ? ACT_FOR_LIFE : (enum act_reason)reason;
	e.declined = strcmp(out->decision, "declined") == 0;
	out->already = told_already(&e);
	out->review_due = out->reviewed_at != 0 ? 0 : act_review_due(&e);
	out->reviewable =
	    out->review_due != 0 && !out->mine && act_reviewable(&e, tx->now);
}

/* What the person said to the same, as it stands now. */
static const char *
said_to(const struct consent_rows *all, const struct act *t, int64_t now)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct release *r = &all->rows[i];
		enum consent_state state =
		    consent_state_among(all->rows, all->n, r, now);

		if (strcmp(r->kind, "release") == 0 &&
		    strcmp(r->recipient, t->recipient) == 0 &&
		    strcmp(r->purpose, t->purpose) == 0 &&
		    state != CONSENT_IS_REPLACED)
			return consent_state_name(state);
	}
	return "";
}

/* Those this person agreed to are for somebody else to look at. */
static int
leave_to_others(struct tx *tx, const struct uid *case_uid, struct acts *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct act *t = &all->list[i];
		int rc;

		if (!t->reviewable ||
		    strcmp(t->decided_by, tx->s->user.login) != 0)
			continue;
		rc = second_somebody_else(
		    tx, case_uid, PERM_AGREE, PERM_NONE, &t->uid);
		if (rc == -1)
			return -1;
		t->reviewable = rc == 0;
	}
	return 0;
}

static int
read_list(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct acts *out)
{
	static const char count[] =
	    "SELECT count(*) FROM release_act WHERE case_uid = ?1";
	struct consent_rows all;
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (tx_int(tx, count, VALS(v_uid0(case_uid)), &n) == -1 ||
	    consent_rows_load(tx, case_uid, a, &all) == -1)
		return -1;
	out->list = arena_alloc(a, (size_t)n + 1, sizeof(*out->list));
	st = tx_query(tx, sql_list, VALS(v_uid0(case_uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && out->n < (size_t)n) {
		fill(tx, st, a, &out->list[out->n]);
		out->list[out->n].person =
		    said_to(&all, &out->list[out->n], tx->now);
		out->list[out->n++].case_uid = *case_uid;
	}
	stmt_done(st);
	return rc == -1 ? -1 : leave_to_others(tx, case_uid, out);
}

int
act_list(struct session *s, struct uid case_uid, struct arena *a,
    struct acts *out, struct err *err)
{
	struct acts found = { .n = 0 };
	struct tx tx;
	int rc = -1;

	if (case_read_begin(&tx, s, &case_uid, "act.list", err) == -1)
		return -1;
	if (read_list(&tx, &case_uid, a, &found) == 0)
		rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
	tx_abort(&tx);
	return rc;
}

/* --- asking ------------------------------------------------------------------------- */

int
act_take(struct arena *a, struct act *t, struct err *e)
{
	const struct text_in texts[] = {
		{ &t->reason, N_("Reason"), LIMIT_CODE },
		{ &t->recipient, N_("Organisation"), LIMIT_CODE },
		{ &t->purpose, N_("What for"), LIMIT_CODE },
		{ &t->words, N_("Facts"), LIMIT_WORDS },
		{ &t->legal_ref, N_("Law or order"), LIMIT_NAME },
		{ &t->told, N_("Told"), LIMIT_CODE },
		{ &t->told_why, N_("Why not told"), LIMIT_WORDS },
	};

	return texts_take(a, texts, COUNT(texts), e);
}

/*
 * What the gate would say of it once somebody agreed: asked of the gate, with
 * this act as if it were agreed to now, so that nothing is asked of a second
 * person that could not carry anything.
 */
static int
would_carry(struct tx *tx, const struct act *t, struct egress *e,
    struct arena *a, struct uid *consent)
{
	const struct uid someone = uid_new();
	/* Whatever goes there tells them that the person is known to us. */
	const unsigned wanted = t->scope | egress_presence(e);
	struct egress_verdict v;
	struct egress_act as_if = { .uid = t->uid,
		.reason = (enum act_reason)act_reason_from_name(t->reason),
		.recipient = t->recipient,
		.purpose = t->purpose,
		.scope = t->scope,
		.words = t->words,
		.legal_ref = t->legal_ref,
		.told = strcmp(t->told, "yes") == 0  ? TOLD_YES
			: strcmp(t->told, "no") == 0 ? TOLD_NO
						     : TOLD_UNKNOWN,
		.told_why = t->told_why,
		.asked_by = tx->s->user.uid,
		.agreed_by = someone,
		.agreed_at = tx->now };

	e->wanted = wanted;
	e->n_acts = 0;
	egress_check(e, &v);
	if (v.allowed == wanted)
		return err_set(tx->err, ERR_INPUT,
		    _("Nobody has to agree: the person did, and nothing is in "
		      "the way. Send it."));
	as_if.consent = v.stands;
	*consent =
	    as_if.reason == ACT_FOR_CONSENT ? v.stands : (struct uid){ { 0 } };
	e->acts = &as_if;
	e->n_acts = 1;
	egress_check(e, &v);
	e->acts = NULL;
	e->n_acts = 0;
	if (v.allowed == wanted)
		return 0;
	if ((v.allowed & t->scope) == t->scope)
		return err_set_field(tx->err, "scope",
		    _("Whatever goes there also tells them that the person is "
		      "known to us. Ask for \"%s\", too, or nothing could be "
		      "sent."),
		    label_of(
			&e->society->data_scopes, data_scope_name(DATA_NEEDS)));
	return err_set(tx->err, ERR_INPUT, "%s",
	    egress_says(e, egress_first(&v, t->scope), a));
}

static int
check(const struct act *t, struct err *e)
{
	if (act_reason_from_name(t->reason) < 0)
		return err_set_field(e, "reason",
		    _("Choose the reason. What a role may do is none."));
	if (t->scope == 0)
		return err_set_field(e, "scope",
		    _("Tick what would go: the least that is needed."));
	return 0;
}

int
act_put(struct tx *tx, const struct act *t, const struct uid *consent)
{
	return record_insert_once(tx, REC_ACT, &t->case_uid, &t->uid,
	    COLS({ "reason", v_str(t->reason) }, { "consent", v_uid(consent) },
		{ "recipient", v_str(t->recipient) },
		{ "purpose", v_str(t->purpose) }, { "scope", v_int(t->scope) },
		{ "words", v_str(t->words) },
		{ "legal_ref", v_str(t->legal_ref) },
		{ "told", v_str(t->told) }, { "told_why", v_str(t->told_why) }),
	    9);
}

static int
ask(struct tx *tx, const struct act *t, struct arena *a)
{
	struct uid consent;
	struct egress e;
	int rc;

	if (egress_load(tx, &t->case_uid, t->recipient, t->purpose, a, &e) ==
		-1 ||
	    would_carry(tx, t, &e, a, &consent) == -1)
		return -1;
	rc = act_put(tx, t, &consent);
	if (rc == 0)
		return case_commit(tx, &t->case_uid);
	return rc == 1 ? 0 : -1;
}

int
act_ask(struct session *s, const struct act *in, struct err *err)
{
	struct tx tx = { .open = false };
	struct act t = *in;
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (act_take(&a, &t, err) == -1 || check(&t, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_REFER,
		    .case_uid = &t.case_uid,
		    .object = &t.uid,
		    .action = "act.ask",
		    .wrote = true },
		err) == -1)
		goto done;
	rc = ask(&tx, &t, &a);
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

/* --- deciding, and looking again ------------------------------------------------------ */

struct standing_act {
	struct uid uid, case_uid, asked_by;
	struct egress_act act; /* reason, agreed_by, agreed_at, used_at */
	const char *decision, *reason;
	bool reviewed;
};

static int
read_standing(struct tx *tx, const struct uid *case_uid, const struct uid *act,
    struct arena *a, struct standing_act *out)
{
	static const char sql[] =
	    "SELECT a.made_by, a.reason, coalesce((SELECT e.kind FROM"
	    " release_act_event e WHERE e.case_uid = a.case_uid AND e.act ="
	    " a.uid AND e.kind IN ('agreed', 'declined') LIMIT 1), ''),"
	    " EXISTS (SELECT 1 FROM release_act_event e WHERE e.case_uid ="
	    " a.case_uid AND e.act = a.uid AND e.kind = 'reviewed'),"
	    " d.made_by, d.at, (SELECT min(s.made_at) FROM disclosure s"
	    " WHERE s.case_uid = a.case_uid AND s.act = a.uid)"
	    " FROM release_act a LEFT JOIN release_act_event d"
	    " ON d.case_uid = a.case_uid AND d.act = a.uid"
	    " AND d.kind = 'agreed' WHERE a.case_uid = ?1 AND a.uid = ?2";
	sqlite3_stmt *st =
	    tx_query(tx, sql, VALS(v_uid0(case_uid), v_uid0(act)));
	int rc, reason;

	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("This is not in the case any more."));
	out->asked_by = col_uid(st, 0);
	out->reason = col_str(st, 1, a);
	out->decision = col_str(st, 2, a);
	out->reviewed = col_bool(st, 3);
	reason = act_reason_from_name(out->reason);
	out->act =
	    (struct egress_act){ .reason = reason < 0 ? ACT_FOR_LIFE
						      : (enum act_reason)reason,
		    .agreed_by = col_uid(st, 4),
		    .agreed_at = col_int(st, 5),
		    .used_at = col_int(st, 6) };
	out->uid = *act;
	out->case_uid = *case_uid;
	stmt_done(st);
	return 0;
}

static int
may_review(struct tx *tx, const struct standing_act *t)
{
	int rc;

	if (act_review_due(&t->act) == 0)
		return err_set(tx->err, ERR_INPUT,
		    _("Only an override that was agreed to, and what was told "
		      "already, is looked at again."));
	if (t->reviewed)
		return err_set(tx->err, ERR_CONFLICT,
		    _("Somebody else looked at it already."));
	if (!act_reviewable(&t->act, tx->now))
		return err_set(tx->err, ERR_INPUT,
		    _("There is nothing to look at yet: it was not used. Look "
		      "at it when it was, or when its day is over."));
	if (!uid_eq(&t->act.agreed_by, &tx->s->user.uid))
		return 0;
	rc = second_somebody_else(
	    tx, &t->case_uid, PERM_AGREE, PERM_NONE, &t->uid);
	if (rc != 1)
		return rc;
	return err_set(tx->err, ERR_INPUT,
	    _("You agreed to it yourself: somebody else looks at it again."));
}

static int
may_decide(struct tx *tx, const struct standing_act *t, const char *kind,
    const char *words)
{
	if (uid_eq(&t->asked_by, &tx->s->user.uid))
		return err_set(tx->err, ERR_INPUT, "%s %s",
		    egress_why_words(EGRESS_ACT_SELF),
		    egress_instead_words(EGRESS_ACT_SELF));
	if (strcmp(kind, "reviewed") == 0) {
		if (may_review(tx, t) == -1)
			return -1;
	} else if (told_already(&t->act)) {
		return err_set(tx->err, ERR_INPUT,
		    _("It was told already: nothing waits for your word. Look "
		      "at it again, and say whether it was right."));
	} else if (t->decision[0] != '\0') {
		return err_set(tx->err, ERR_CONFLICT,
		    _("Somebody else decided this already. Look at it "
		      "again."));
	}
	if (strcmp(kind, "agreed") != 0 && !said(words))
		return err_set(tx->err, ERR_INPUT,
		    _("Say it in a few words: it stays with this act."));
	return 0;
}

static int
put_event(struct tx *tx, const struct uid *case_uid, const struct uid *act,
    const struct uid *event, const char *kind, const char *words)
{
	static const char sql[] =
	    "SELECT 1 FROM release_act_event WHERE case_uid = ?1 AND uid = ?2";
	struct standing_act t = { .decision = "", .reason = "" };
	struct arena a;
	int64_t one;
	int rc = tx_int(tx, sql, VALS(v_uid0(case_uid), v_uid0(event)), &one);

	if (rc != 0)
		return rc == 1 ? 0 : -1; /* a retry */
	rc = conflict_marked_user(tx, case_uid, &tx->s->user.uid);
	if (rc == 1)
		return err_set(tx->err, ERR_SECOND,
		    _("This takes another second person: ask a colleague who "
		      "supervises."));
	if (rc == -1)
		return -1;
	arena_init(&a);
	rc = -1;
	if (read_standing(tx, case_uid, act, &a, &t) == 0 &&
	    may_decide(tx, &t, kind, words) == 0 &&
	    record_insert(tx, REC_ACT_EVENT, case_uid, event,
		COLS({ "act", v_uid(act) }, { "at", v_int(tx->now) },
		    { "kind", v_str(kind) }, { "words", v_str(words) })) == 0)
		rc = case_commit(tx, case_uid);
	arena_done(&a);
	return rc;
}

static int
decide(struct session *s, const struct uid *case_uid, const struct uid *act,
    const struct uid *event, const char *kind, const char *words,
    struct err *err)
{
	const struct text_in texts[] = { { &words, N_("Words"), LIMIT_WORDS } };
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (texts_take(&a, texts, 1, err) == 0 &&
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_AGREE,
		    .case_uid = case_uid,
		    .object = act,
		    .action = "act.decide",
		    .wrote = true },
		err) == 0) {
		tx_field(&tx, kind);
		rc = put_event(&tx, case_uid, act, event, kind, words);
		tx_abort(&tx);
	}
	arena_done(&a);
	return rc;
}

int
act_decide(struct session *s, struct uid case_uid, struct uid act,
    struct uid event, bool agree, const char *words, struct err *err)
{
	return decide(s, &case_uid, &act, &event, agree ? "agreed" : "declined",
	    words, err);
}

int
act_review(struct session *s, struct uid case_uid, struct uid act,
    struct uid event, const char *words, struct err *err)
{
	return decide(s, &case_uid, &act, &event, "reviewed", words, err);
}
