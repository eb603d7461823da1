/* SPDX-License-Identifier: ISC */
#include "store/followup.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/timers.h"
#include "store/case_inside.h"
#include "store/contact_now.h"
#include "store/queue_write.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
/* Nobody promises anything for later than this. */
#define PLAN_YEARS 20

/* --- plans ------------------------------------------------------------------------------ */

int
plan_take(struct arena *a, struct followup_plan *p, struct err *e)
{
	const struct text_in texts[] = {
		{ &p->what, N_("What is next"), LIMIT_CODE },
		{ &p->words, N_("Words"), LIMIT_WORDS },
	};
	int64_t now = clock_now();

	if (texts_take(a, texts, COUNT(texts), e) == -1)
		return -1;
	if (p->what[0] == '\0' || next_action_from_name(p->what) < 0)
		return err_set(
		    e, ERR_INPUT, _("Say what is next: choose from the list."));
	if (p->due <= 0 || p->due > now + PLAN_YEARS * 366 * CLOCK_DAY)
		return err_set_field(e, "due",
		    _("Give the day it is due, such as +7 or friday."));
	return 0;
}

int
plan_insert(
    struct tx *tx, const struct uid *case_uid, const struct followup_plan *p)
{
	const struct col cols[] = {
		{ "what", v_str(p->what) },
		{ "words", v_str(p->words) },
		{ "due", v_int(p->due) },
		{ "promised", v_int(p->promised) },
	};
	int rc = record_insert_once(
	    tx, REC_PLAN, case_uid, &p->uid, cols, COUNT(cols), COUNT(cols));

	/* Something is planned, so the reason for nothing is over. */
	if (rc == 0 && record_set(tx, REC_CASE, NULL, case_uid,
			   COLS({ "next_none", v_str("") })) == -1)
		return -1;
	return rc;
}

int
followup_plan_add(struct session *s, struct uid case_uid,
    const struct followup_plan *in, struct err *err)
{
	struct followup_plan p = *in;
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (plan_take(&a, &p, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_FOLLOW_UP,
		    .case_uid = &case_uid,
		    .object = &p.uid,
		    .action = "followup.plan",
		    .wrote = true },
		err) == -1)
		goto done;
	rc = plan_insert(&tx, &case_uid, &p);
	rc = case_commit_once(&tx, &case_uid, rc);
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

/* --- reading ---------------------------------------------------------------------------- */

static int
read_list(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct followups *out)
{
	static const char count[] =
	    "SELECT (SELECT count(*) FROM followup_plan WHERE case_uid = ?1)"
	    " + (SELECT count(*) FROM attempt WHERE case_uid = ?1)";
	/* Every attempt once: with the plan it closed, or by itself. */
	static const char sql[] =
	    "SELECT p.uid, p.what, p.words, p.state, p.due, p.made_at,"
	    " p.done_at, p.promised, p.outcome, p.agreed, u.login, p.channel,"
	    " p.word_ok FROM (SELECT p.uid, p.what, p.words, p.state, p.due,"
	    " p.made_at, p.done_at, p.promised, t.outcome, t.agreed, t.channel,"
	    " t.word_ok, t.made_by AS who FROM followup_plan p"
	    " LEFT JOIN attempt t ON t.case_uid = p.case_uid"
	    " AND t.uid = p.attempt"
	    " WHERE p.case_uid = ?1 AND p.deleted_hlc = 0"
	    " UNION ALL SELECT t.uid, '', '', 'tried', 0, t.made_at, t.at, 0,"
	    " t.outcome, t.agreed, t.channel, t.word_ok, t.made_by"
	    " FROM attempt t WHERE t.case_uid = ?1 AND t.deleted_hlc = 0"
	    " AND t.uid NOT IN (SELECT attempt FROM followup_plan"
	    " WHERE case_uid = ?1 AND attempt IS NOT NULL)) p"
	    " LEFT JOIN colleague u ON u.uid = p.who"
	    " ORDER BY p.state <> 'open',"
	    " CASE p.state WHEN 'open' THEN p.due ELSE -p.done_at END, p.uid";
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (tx_int(tx, count, VALS(v_uid(case_uid)), &n) == -1)
		return -1;
	out->list = arena_alloc(a, (size_t)n + 1, sizeof(*out->list));
	st = tx_query(tx, sql, VALS(v_uid(case_uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && out->n < (size_t)n) {
		struct followup *f = &out->list[out->n++];

		f->uid = col_uid(st, 0);
		f->what = col_str(st, 1, a);
		f->words = col_str(st, 2, a);
		f->state = col_str(st, 3, a);
		f->due = col_int(st, 4);
		f->made_at = col_int(st, 5);
		f->done_at = col_int(st, 6);
		f->promised = col_bool(st, 7);
		f->outcome = col_str(st, 8, a);
		f->agreed = col_str(st, 9, a);
		f->by = col_str(st, 10, a);
		f->channel = col_str(st, 11, a);
		f->word = col_str(st, 12, a);
		f->overdue = strcmp(f->state, "open") == 0 &&
			     timer_overdue(f->due, tx->now);
	}
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

/* May the person be contacted, by the summary on the case, and is that old? */
static int
read_contact(struct tx *tx, const struct uid *case_uid, struct followups *out)
{
	static const char sql[] =
	    "SELECT stop_contact <> 0 OR may_contact = 'no',"
	    " may_contact <> '', contact_verified_at, contact_expires_at, risk"
	    " FROM case_file WHERE uid = ?1";
	const struct society *society = tx->s->society;
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(case_uid)));
	struct contact_age age;
	int rc, risk;

	if (st == NULL || (rc = tx_row(tx, st)) != 1)
		return st == NULL ? -1 : case_missing(tx, rc);
	out->no_contact = col_bool(st, 0);
	risk = society_risk(society, col_text(st, 4));
	age = (struct contact_age){ .verified_at = col_int(st, 2),
		.expires_at = col_int(st, 3),
		.urgent_or_high =
		    risk < 0 || society->risks[risk].urgent_or_high };
	out->stale =
	    !out->no_contact && col_bool(st, 1) && contact_stale(&age, tx->now);
	stmt_done(st);
	return 0;
}

/* What came of calling them so far, and what was agreed about that. */
static int
read_tries(struct tx *tx, const struct uid *case_uid, struct followups *out)
{
	struct contact_now now;

	if (contact_now_read(tx, case_uid, &now) == -1)
		return -1;
	out->held = contact_hold_name(now.held);
	out->held_at = now.held_at;
	out->held_flag = now.flag;
	out->held_case = now.flag_case;
	out->unanswered = now.tries.unanswered;
	out->most = now.most;
	out->spent = now.spent;
	out->words = now.words;
	return 0;
}

/* The next follow-up, where the level of risk asks for it sooner. */
static void
bring_forward(struct followups *all, const struct standing *now)
{
	all->by_level = now->by_level;
	for (size_t i = 0; now->by_level != 0 && i < all->n; i++)
		if (uid_eq(&all->list[i].uid, &now->sooner_plan))
			all->list[i].sooner = now->by_level;
}

int
followup_list(struct session *s, struct uid case_uid, struct arena *arena,
    struct followups *out, struct err *err)
{
	struct followups found = { .held = "" };
	struct standing now = { .flags = 0 };
	struct tx tx;
	int rc = -1;

	if (case_read_begin(&tx, s, &case_uid, "followup.list", err) == -1)
		return -1;
	if (read_list(&tx, &case_uid, arena, &found) == 0 &&
	    case_standing(&tx, &case_uid, &now) != -1 &&
	    read_contact(&tx, &case_uid, &found) == 0 &&
	    read_tries(&tx, &case_uid, &found) == 0) {
		found.failed_in_a_row = now.ends.attempts_failed;
		bring_forward(&found, &now);
		rc = tx_commit(&tx);
	}
	if (rc == 0)
		*out = found;
	tx_abort(&tx);
	return rc;
}
