/* SPDX-License-Identifier: ISC */
/* What came of a referral. */
#include <string.h>

#include "base/i18n.h"
#include "store/referral_inside.h"

int
referral_move(struct tx *tx, const struct referral *r, const struct uid *event,
    const char *kind, const char *words, const struct uid *disclosure)
{
	int state = referral_state_from_name(kind);
	int rc = record_insert_once(tx, REC_REFERRAL_EVENT, &r->case_uid, event,
	    COLS({ "referral", v_uid(&r->uid) }, { "kind", v_str(kind) },
		{ "words", v_str(words) }, { "disclosure", v_uid(disclosure) },
		{ "at", v_int(tx->now) }),
	    3);

	if (rc != 0)
		return rc;
	/* How often it was asked in vain stays with what was given up. */
	if (state >= 0)
		return record_set(tx, REC_REFERRAL, &r->case_uid, &r->uid,
		    COLS({ "state", v_str(kind) },
			{ "state_at", v_int(tx->now) },
			{ "chases",
			    v_int(state == REFERRAL_IS_NO_ANSWER ? r->chases
								 : 0) }));
	switch (referral_event_from_name(kind)) {
	case REFERRAL_CHASED:
		return record_set(tx, REC_REFERRAL, &r->case_uid, &r->uid,
		    COLS({ "chases", v_int(r->chases + 1) },
			{ "state_at", v_int(tx->now) }));
	case REFERRAL_COPY:
		return record_set(tx, REC_REFERRAL, &r->case_uid, &r->uid,
		    COLS({ "copy_safe", v_str("yes") }));
	case REFERRAL_NO_COPY:
		return record_set(tx, REC_REFERRAL, &r->case_uid, &r->uid,
		    COLS({ "copy_safe", v_str("no") }));
	case REFERRAL_SETTLED:
		return record_set(tx, REC_REFERRAL, &r->case_uid, &r->uid,
		    COLS({ "settled", v_int(1) }));
	default:
		return 0;
	}
}

int
referral_must_be(const struct referral *r, enum referral_state want,
    const char *then, struct err *e)
{
	if (r->state == want)
		return 0;
	return err_set(e, ERR_CONFLICT,
	    _("%s recorded meanwhile: %s. Look at it again. %s"), r->last_by,
	    word_referral(referral_state_name(r->state)), then);
}

static int
check(const struct referral *r, enum referral_state seen, const char *kind,
    const char *words, struct err *e)
{
	int to = referral_state_from_name(kind);
	int event = referral_event_from_name(kind);

	if (referral_must_be(r, seen, "", e) == -1)
		return -1;
	if (to == REFERRAL_IS_SENT)
		return err_set(e, ERR_INPUT,
		    _("Sending goes through its own action: it shows first "
		      "what would go."));
	if (to < 0 && event < 0)
		return err_set(
		    e, ERR_INPUT, _("Choose from the list what came of it."));
	if (to >= 0 ? !referral_may_become(r->state, (enum referral_state)to)
		    : !referral_event_fits((enum referral_event)event, r->state,
			  r->went, r->settled))
		return err_set(e, ERR_INPUT,
		    _("That does not follow from where this referral is. Look "
		      "at it again and choose from its list."));
	if (to == REFERRAL_IS_NO_ANSWER)
		return r->chases > 0 ? 0
				     : err_set(e, ERR_INPUT,
					   _("Ask them once more before you "
					     "give them up, and record that: "
					     "asked again, no answer yet."));
	if (referral_needs_words(kind) && !said(words))
		return err_set(e, ERR_INPUT,
		    event >= 0
			? _("Say what they told you, in their words: it stays "
			    "in this case.")
			: _("Say why: others look for another way by it, and "
			    "gaps can be shown to who could close them."));
	return 0;
}

/* 1: this event was recorded by an earlier try. */
static int
again(struct tx *tx, const struct uid *case_uid, const struct uid *event)
{
	static const char sql[] =
	    "SELECT 1 FROM referral_event WHERE case_uid = ?1 AND uid = ?2";
	int64_t one;

	return tx_int(tx, sql, VALS(v_uid0(case_uid), v_uid0(event)), &one);
}

/* Whoever chooses where to send people sees that nobody answered there, or that
 * somebody was harmed: when, and who knows more, never for whom. */
static int
tell_directory(struct tx *tx, const struct referral *r,
    const struct referral_event_rule *rule)
{
	struct uid uid = uid_new();

	if (rule->topic == NULL)
		return 0;
	return record_insert(tx, REC_DIRECTORY, NULL, &uid,
		   COLS({ "recipient", v_str(r->recipient) },
		       { "topic", v_str(rule->topic) },
		       { "value", v_str(rule->value) },
		       { "at", v_int(tx->now) })) == -1
		   ? -1
		   : 0;
}

/* Whoever opens the case next sees it before anything else; risk and safety
 * plan may have to be looked at again. */
static int
flag_harm(struct tx *tx, const struct referral *r, struct arena *a)
{
	const struct recipient *to =
	    society_recipient(tx->s->society, r->recipient);
	struct uid uid = uid_new();

	return flag_insert(tx, &r->case_uid, &uid,
		   arena_printf(a, _("Harm or fear at %s: see the referral"),
		       to == NULL ? r->recipient : to->name),
		   "") == -1
		   ? -1
		   : 0;
}

/*
 * Put it down with what follows from it.  A person who takes back what was
 * sent takes back the yes it went under, in the same breath.
 */
static int
note(struct tx *tx, const struct referral *r, const struct uid *event,
    const char *kind, const char *words, struct arena *a)
{
	const struct referral_event_rule *rule = referral_event_rule(
	    (enum referral_event)referral_event_from_name(kind));
	int mode = referral_mode_from_name(r->mode);

	if (referral_move(tx, r, event, kind, words, NULL) != 0)
		return -1;
	if (rule != NULL && tell_directory(tx, r, rule) == -1)
		return -1;
	if (rule != NULL && rule->flag)
		return flag_harm(tx, r, a);
	if (referral_state_from_name(kind) != REFERRAL_IS_WITHDRAWN ||
	    (mode >= 0 && referral_mode_silent((enum referral_mode)mode)))
		return 0;
	if (tx_verdict(tx, PERM_CONSENT, &tx->facts) != ALLOW)
		return tx_refuse(tx, DENY);
	tx_field(tx, "consent");
	return consent_take_back(
	    tx, &r->case_uid, r->recipient, r->purpose, words, a);
}

int
referral_note(struct session *s, struct uid case_uid, struct uid referral,
    enum referral_state seen, struct uid event, const char *kind,
    const char *words, struct err *err)
{
	const struct text_in texts[] = { { &words, N_("Words"), LIMIT_WORDS },
		{ &kind, N_("What"), LIMIT_CODE } };
	struct tx tx = { .open = false };
	struct referral r;
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (texts_take(&a, texts, 2, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_REFER,
		    .case_uid = &case_uid,
		    .object = &referral,
		    .action = "referral.note",
		    .wrote = true },
		err) == -1)
		goto done;
	switch (again(&tx, &case_uid, &event)) {
	case 1:
		rc = 0;
		break;
	case 0:
		if (referral_read(&tx, &case_uid, &referral, &a, &r) == 0 &&
		    check(&r, seen, kind, words, err) == 0 &&
		    note(&tx, &r, &event, kind, words, &a) == 0)
			rc = case_commit(&tx, &case_uid);
		break;
	default:
		break;
	}
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

int
referral_withdraw_prepared(struct tx *tx, const struct uid *case_uid,
    const char *recipient, const char *purpose)
{
	static const char sql[] =
	    "SELECT uid FROM referral WHERE case_uid = ?1 AND recipient = ?2"
	    " AND purpose = ?3 AND state = 'prepared' AND deleted_hlc = 0"
	    " AND mode NOT IN ('info', 'advice') LIMIT 1";
	sqlite3_stmt *st;
	int rc;

	for (;;) {
		struct referral r = { .case_uid = *case_uid };
		struct uid event = uid_new();

		st = tx_query(tx, sql,
		    VALS(v_uid0(case_uid), v_str(recipient), v_str(purpose)));
		if (st == NULL || (rc = tx_row(tx, st)) == -1)
			return -1;
		if (rc == 0)
			return 0;
		r.uid = col_uid(st, 0);
		stmt_done(st);
		if (referral_move(tx, &r, &event, "withdrawn", "", NULL) != 0)
			return -1;
	}
}
