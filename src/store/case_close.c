/* SPDX-License-Identifier: ISC */
/* Closing and reopening: a case keeps its code and everything in it. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/closing.h"
#include "rules/referral.h"
#include "rules/workflow.h"
#include "store/followup.h"
#include "store/queue_write.h"
#include "store/request_inside.h"

#define CHECK_HOUR 9

struct closing {
	const char *action, *kind, *reason, *words;
	bool close;
};

/* What goes on under another code is not opened beside it. */
static int
not_joined_away(struct tx *tx, const struct uid *uid)
{
	struct joined j;
	int rc = join_find(tx, uid, &j, NULL);

	if (rc != 1 || j.stays)
		return rc == -1 ? -1 : 0;
	return err_set(tx->err, ERR_CONFLICT,
	    _("This case goes on as %s, the same person: open that one, or "
	      "take the two apart first (=)."),
	    j.code);
}

/* A colleague was faster: said, so that two do not both go on with it. */
static int
opened_by_other(struct tx *tx, const struct uid *uid)
{
	static const char sql[] =
	    "SELECT e.made_by, k.login FROM case_event e "
	    "LEFT JOIN colleague k ON k.uid = e.made_by "
	    "WHERE e.case_uid = ?1 AND (e.kind IN ('reopened', 'parted') "
	    "OR (e.kind = 'custody' AND e.after = ?2)) "
	    "ORDER BY e.hlc DESC LIMIT 1";
	sqlite3_stmt *st =
	    tx_query(tx, sql, VALS(v_uid0(uid), v_str(tx->s->ns)));
	struct uid by;
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return 0;
	by = col_uid(st, 0);
	rc = uid_eq(&by, &tx->s->user.uid)
		 ? 0
		 : err_set(tx->err, ERR_CONFLICT,
		       _("%s has opened this case again already."),
		       col_text(st, 1));
	stmt_done(st);
	return rc;
}

/* 1: it stands that way already (a retry); 0: go on; -1. */
static int
check(
    struct tx *tx, const struct uid *uid, const struct closing *c, int64_t *rev)
{
	static const char sql[] =
	    "SELECT rev, closed_at, closed_reason FROM case_file"
	    " WHERE uid = ?1";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(uid)));
	bool same;
	int64_t now;
	int rc;

	if (st == NULL)
		return -1;
	if ((rc = tx_row(tx, st)) != 1)
		return case_missing(tx, rc);
	now = col_int(st, 0);
	same = (c->close || !tx->facts.away) &&
	       (col_int(st, 1) != 0) == c->close &&
	       strcmp(col_text(st, 2), c->reason) == 0;
	stmt_done(st);
	if (same) {
		*rev = now;
		return !c->close && opened_by_other(tx, uid) == -1 ? -1 : 1;
	}
	if (!c->close && not_joined_away(tx, uid) == -1)
		return -1;
	/* Closing decides about everything in the case, so it is decided with
	 * everything in view; opening again harms nobody. */
	if (c->close && now != *rev)
		return err_set(tx->err, ERR_CONFLICT,
		    _("Somebody changed this case since you read it. Look at "
		      "it again, then close it."));
	return 0;
}

static int
write(struct tx *tx, const struct uid *uid, const struct closing *c)
{
	/* The person came back: it is ours again. */
	if (!c->close && tx->facts.away &&
	    case_custody(tx, uid, tx->s->ns, "", c->words) == -1)
		return -1;
	if (!c->close && tx->facts.open)
		return 0;
	if (case_event_add(tx, uid, c->kind, "", "", c->reason, c->words) == -1)
		return -1;
	return record_set(tx, REC_CASE, NULL, uid,
	    COLS({ "closed_at", v_int(c->close ? tx->now : 0) },
		{ "closed_reason", v_str(c->reason) },
		{ "closed_words", v_str(c->words) }));
}

static int
change(struct session *s, const struct uid *uid, int64_t *rev,
    const struct closing *c, struct err *err)
{
	int64_t now = *rev;
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CLOSE,
		    .case_uid = uid,
		    .action = c->action,
		    .wrote = true },
		err) == -1)
		return -1;
	switch (check(&tx, uid, c, &now)) {
	case 1:
		*rev = now;
		rc = 0;
		goto out;
	case 0:
		break;
	default:
		goto out;
	}
	if (write(&tx, uid, c) == -1 || case_rev(&tx, uid, &now) == -1)
		goto out;
	rc = case_commit(&tx, uid);
	if (rc == 0)
		*rev = now;
out:
	tx_abort(&tx);
	return rc;
}

/* --- closing ---------------------------------------------------------------- */
static const char *
line_words(enum closing_line l)
{
	static const char *const words[CLOSING_LINE_COUNT] = {
		[CLOSING_NEEDS] = N_("Needs met as far as possible"),
		[CLOSING_SAFETY] = N_("Safety plan reviewed"),
		[CLOSING_PLAN] = N_("Plan complete"),
		[CLOSING_AGREED] = N_("Person and worker agree"),
		[CLOSING_TOLD] = N_("Told they can come back any time"),
		[CLOSING_FEEDBACK] = N_("Feedback offered by somebody else"),
		[CLOSING_LOST_HARM] =
		    N_("Lost contact: what may have happened"),
		[CLOSING_LOST_MISSING] =
		    N_("Lost contact: what they asked us to do"),
		[CLOSING_LOST_TOLD] = N_("Lost contact: who was told"),
	};

	return _(words[l]);
}

/* What of it there is, each with the key of where it is settled. */
static const char *
open_words(const struct open_ends *e, char *out, size_t size)
{
	const struct {
		int n;
		const char *words, *keys;
	} all[] = {
		{ e->goals, N_("goals"), "P" },
		{ e->referrals, N_("referrals"), "R" },
		{ e->n_dates, N_("dates set by a law"), "G, J" },
		{ e->promises, N_("promised calls"), "f" },
	};
	size_t len = 0;

	out[0] = '\0';
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (all[i].n == 0)
			continue;
		len += (size_t)snprintf(out + len, size - len, "%s%s: %d (%s)",
		    len == 0 ? "" : ", ", _(all[i].words), all[i].n,
		    all[i].keys);
		if (len >= size)
			return out;
	}
	return out;
}

static int
problem(const struct society *society, const struct closing_facts *f,
    enum closing_problem p, enum closing_line l, struct err *err)
{
	char explained[CLOSING_WORDS_SIZE], open[256];

	switch (p) {
	case CLOSING_OK:
		return 0;
	case CLOSING_NO_REASON:
		return err_set_field(
		    err, "reason", _("Choose one of the reasons of the list."));
	case CLOSING_BY_JOIN:
		return err_set_field(err, "reason",
		    _("Two codes of one person are joined by two people: = on "
		      "the case that stays."));
	case CLOSING_UNANSWERED:
		return err_set_field(err, closing_line_name(l),
		    _("%s: answer this line first."), line_words(l));
	case CLOSING_UNEXPLAINED:
		return err_set_field(err, closing_line_words(l, explained),
		    _("%s: say in a few words how it is."), line_words(l));
	case CLOSING_TOO_SOON:
		return err_set_field(err, "reason",
		    _("There was contact less than %d days ago: go on trying "
		      "in safe ways (f), or choose what fits."),
		    closing_lost_days(society));
	case CLOSING_TAKEN_BACK:
		return err_set(err, ERR_CONFLICT,
		    _("The person took a yes back since this was asked. Say "
		      "\"not now\"; after another talk with the person it "
		      "can be asked again."));
	case CLOSING_NOT_TAKEN:
		return err_set_field(err, "reason",
		    _("Nobody has taken this case on yet: it stays here. "
		      "Record their yes to the transfer (R, or u for another "
		      "National Society) first, or choose another reason."));
	case CLOSING_NO_SAFETY_PLAN:
		return err_set_field(err, closing_line_name(l),
		    _("%s: none was ever written. Write it with the person "
		      "(Y), or answer that none was needed, or no, and say "
		      "how it is."),
		    line_words(l));
	case CLOSING_HAS_SAFETY_PLAN:
		return err_set_field(err, closing_line_name(l),
		    _("%s: one was written. Go through it with the person "
		      "(Y), or answer no and say how it is."),
		    line_words(l));
	case CLOSING_NOTHING_READ:
		return err_set_field(err, closing_line_name(l),
		    _("%s: no safety plan was ever written, so nobody can have "
		      "read it there. Answer that they left no such wish, and "
		      "say below what they told you."),
		    line_words(l));
	case CLOSING_STILL_OPEN:
		return err_set_field(err, closing_line_name(l),
		    _("%s: still open: %s. Settle that, or answer no and say "
		      "how it is."),
		    line_words(l), open_words(&f->ends, open, sizeof(open)));
	case CLOSING_NO_CHECK:
		return err_set_field(err, CLOSING_CHECK_LINE,
		    _("Nobody asks after this person once the case is closed: "
		      "they have not said that we may, or nobody can. Leave "
		      "the check after the closing out."));
	case CLOSING_NO_ATTEMPT:
		break;
	}
	if (f->ends.attempts_failed == 0)
		return err_set_field(err, "reason",
		    _("Nobody has tried to reach them since the last contact: "
		      "try in the safe way first (f)."));
	return err_set_field(err, "reason",
	    _("Safe attempts that failed since the last contact: %d of %d. Go "
	      "on trying in safe ways (f)."),
	    f->ends.attempts_failed, closing_lost_attempts(society));
}

/* Did somebody elsewhere say that they take the case on? */
static int
taken_on(struct tx *tx, const struct uid *case_uid, bool *taken)
{
	static const char moved[] = "SELECT 1 FROM case_file WHERE uid = ?1"
				    " AND custody_ns <> ?2";
	static const char sql[] =
	    "SELECT mode, state FROM referral WHERE case_uid = ?1"
	    " AND mode = 'transfer' AND deleted_hlc = 0";
	int64_t one;
	int rc =
	    tx_int(tx, moved, VALS(v_uid0(case_uid), v_str(tx->s->ns)), &one);
	sqlite3_stmt *st;

	*taken = rc == 1;
	if (rc != 0)
		return rc == -1 ? -1 : 0;
	st = tx_query(tx, sql, VALS(v_uid0(case_uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1)
		*taken |= referral_taken_on(
		    (enum referral_mode)referral_mode_from_name(
			col_text(st, 0)),
		    (enum referral_state)referral_state_from_name(
			col_text(st, 1)));
	return rc;
}

int
closure_ends(struct tx *tx, const struct request *r, struct open_ends *out)
{
	static const char sql[] =
	    "SELECT 1 FROM consent WHERE case_uid = ?1"
	    " AND decision = 'withdrawn' AND made_at >= ?2 LIMIT 1";
	struct standing now;
	int64_t one;
	int rc = case_standing(tx, &r->case_uid, &now);

	if (rc != 1)
		return case_missing(tx, rc);
	*out = now.ends;
	if (r->at == 0)
		return 0; /* it is only being asked for */
	rc = tx_int(tx, sql, VALS(v_uid0(&r->case_uid), v_int(r->at)), &one);
	out->taken_back = rc == 1;
	return rc == -1 ? -1 : 0;
}

static bool
wants_check(const struct request *r)
{
	for (size_t i = 0; i < r->n_lines; i++)
		if (strcmp(r->lines[i].item, CLOSING_CHECK_LINE) == 0)
			return strcmp(r->lines[i].answer, "yes") == 0;
	return false;
}

/* The checklist against what is known of the case. */
static int
check_lines(struct tx *tx, const struct request *r)
{
	struct closing_facts f = { .reason = r->reason,
		.check_after = wants_check(r),
		.now = tx->now };
	enum closing_problem found;
	enum closing_line l;

	if (closure_ends(tx, r, &f.ends) == -1 ||
	    taken_on(tx, &r->case_uid, &f.taken_on) == -1)
		return -1;
	for (size_t i = 0; i < r->n_lines; i++)
		for (int k = 0; k < CLOSING_LINE_COUNT; k++) {
			if (strcmp(r->lines[i].item,
				closing_line_name((enum closing_line)k)) != 0)
				continue;
			f.answer[k] = r->lines[i].answer;
			f.words[k] = r->lines[i].words;
		}
	found = closing_check(tx->s->society, &f, &l);
	return problem(tx->s->society, &f, found, l, tx->err);
}

/* The person was told that somebody will ask after them once: it is promised,
 * and so it is due on a closed case, too. */
static int
plan_check(struct tx *tx, const struct request *r)
{
	struct followup_plan p = { .uid = uid_new(),
		.what = next_action_name(NEXT_FOLLOW_UP),
		.words = _("The one check after the closing, as agreed"),
		.due = clock_day_start(
			   closing_check_day(tx->s->society, tx->now)) +
		       CHECK_HOUR * CLOCK_HOUR,
		.promised = true };

	return wants_check(r) && plan_insert(tx, &r->case_uid, &p) == -1 ? -1
									 : 0;
}

static int
close_now(struct tx *tx, const struct request *r, int64_t *rev)
{
	const struct closing c = { .action = "case.close",
		.kind = "closed",
		.reason = r->reason,
		.words = r->words,
		.close = true };

	switch (check(tx, &r->case_uid, &c, rev)) {
	case 1:
		return 0;
	case 0:
		break;
	default:
		return -1;
	}
	if (write(tx, &r->case_uid, &c) == -1 || plan_check(tx, r) == -1)
		return -1;
	return case_rev(tx, &r->case_uid, rev);
}

int
closure_do(struct tx *tx, const struct request *r, int64_t rev)
{
	/* Contact may have come since it was asked for, whatever the reason,
	 * or a transfer have been turned back. */
	if (check_lines(tx, r) == -1)
		return -1;
	return close_now(tx, r, &rev);
}

/* Asked for and, where nobody else has to agree, done. */
static int
ask(struct tx *tx, struct request *r, int64_t *rev, bool *closed,
    struct arena *a)
{
	int64_t seen = r->seen;
	int64_t now, there;
	int rc =
	    tx_int(tx, "SELECT 1 FROM request WHERE case_uid = ?1 AND uid = ?2",
		VALS(v_uid0(&r->case_uid), v_uid0(&r->uid)), &there);

	*closed = !tx->facts.open;
	if (rc != 0)
		return rc; /* a retry */
	if (!tx->facts.open)
		return tx_closed(tx, &r->case_uid, ERR_CONFLICT);
	if (check_lines(tx, r) == -1 || case_rev(tx, &r->case_uid, &now) == -1)
		return -1;
	/* Who asked at the same time is named first. */
	if (request_none_about(tx, &r->case_uid, &r->uid, REQUEST_IN_IT) == -1)
		return -1;
	/* A note changes no version: what others wrote beside the form counts
	 * as well. */
	if (request_read_since(tx, a, r) == -1)
		return -1;
	if (now != *rev || r->seen != seen)
		return err_set(tx->err, ERR_CONFLICT,
		    _("Somebody changed this case since you read it. Look at "
		      "it again, then close it."));
	rc = request_write(tx, r);
	if (rc != 0 || tx->s->society->closing.approval)
		return rc;
	*closed = true;
	if (request_settle(tx, r, "accepted", "") == -1)
		return -1;
	return close_now(tx, r, rev);
}

int
case_close(struct session *s, int64_t *rev, const struct request *in,
    bool *closed, struct err *err)
{
	struct tx tx = { .open = false };
	struct request r = *in;
	bool now_closed = false;
	int64_t now = *rev;
	struct arena a;
	int rc = -1;

	r.kind = REQUEST_CLOSURE;
	r.to_ns = r.to_branch = "";
	arena_init(&a);
	if (request_take(&a, &r, err) == 0 &&
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CLOSE,
		    .case_uid = &r.case_uid,
		    .object = &r.uid,
		    .action = s->society->closing.approval ? "case.close-ask"
							   : "case.close",
		    .wrote = true },
		err) == 0)
		rc = ask(&tx, &r, &now, &now_closed, &a);
	if (rc == 0)
		rc = case_commit(&tx, &r.case_uid);
	else if (rc == 1)
		rc = 0; /* it was asked already: a retry */
	tx_abort(&tx);
	arena_done(&a);
	if (rc == 0) {
		*rev = now;
		*closed = now_closed;
	}
	return rc;
}

int
case_reopen(struct session *s, struct uid uid, int64_t *rev, const char *words,
    struct err *err)
{
	struct closing c = { .action = "case.reopen",
		.kind = "reopened",
		.reason = "",
		.words = words };
	const struct text_in texts[] = {
		{ &c.words, N_("Words"), LIMIT_WORDS },
	};
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (texts_take(&a, texts, 1, err) == 0)
		rc = change(s, &uid, rev, &c, err);
	arena_done(&a);
	return rc;
}
