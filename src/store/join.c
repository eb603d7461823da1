/* SPDX-License-Identifier: ISC */
/*
 * Two codes of one person.  Nothing moves: the case that stays takes the
 * values that two people chose, field by field, the other is closed and goes
 * on being found under its code with everything in it; so they can be taken
 * apart again, exactly.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "store/join_inside.h"
#include "store/queue_write.h"

/* Who joins may look into both, with a reason where they are a colleague's. */
static int
may_both(struct tx *tx, const struct uid *other)
{
	struct case_facts f;
	int rc = tx_facts(tx, other, &f);
	enum verdict v;

	if (rc != 1)
		return case_missing(tx, rc);
	v = tx_verdict(tx, PERM_JOIN, &f);
	return v == ALLOW ? 0 : tx_refuse(tx, v);
}

int
case_end_read(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct case_end *end)
{
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT closed_at, closed_reason FROM case_file WHERE uid = ?1",
	    VALS(v_uid0(case_uid)));
	struct joined j;
	int rc;

	*end = (struct case_end){ .reason = "" };
	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return 0;
	end->at = col_int(st, 0);
	if (end->at != 0)
		end->reason = col_str(st, 1, a);
	stmt_done(st);
	rc = join_find(tx, case_uid, &j, NULL);
	if (rc == 1 && !j.stays && end->at != 0)
		memcpy(end->goes_on, j.code, sizeof(end->goes_on));
	return rc == -1 ? -1 : 0;
}

int
join_find(struct tx *tx, const struct uid *uid, struct joined *j,
    const struct uid *except)
{
	static const char sql[] =
	    "SELECT r.case_uid, r.uid, r.other, o.code, a.made_at "
	    "FROM request r "
	    "JOIN request_answer a ON a.case_uid = r.case_uid "
	    "AND a.request = r.uid AND a.answer = 'accepted' "
	    "JOIN case_file o ON o.uid = %s WHERE r.%s = ?1 "
	    "AND r.kind = 'join' AND r.uid <> ?2 AND NOT EXISTS (SELECT 1 FROM "
	    "request p "
	    "WHERE p.case_uid = r.case_uid AND p.kind = 'part' "
	    "AND p.about = r.uid) ORDER BY r.uid DESC LIMIT 1";
	static const struct uid none;
	struct db *db = &tx->s->cases;
	sqlite3_stmt *st;
	char text[640];
	int rc = 0;

	if (except == NULL)
		except = &none;

	for (int stays = 1; stays >= 0 && rc == 0; stays--) {
		(void)snprintf(text, sizeof(text), sql,
		    stays ? "r.other" : "r.case_uid",
		    stays ? "case_uid" : "other");
		st = db_query(
		    db, text, VALS(v_uid0(uid), v_uid0(except)), tx->err);
		if (st == NULL || (rc = db_row(db, st, tx->err)) == -1)
			return -1;
		if (rc == 0)
			continue;
		*j = (struct joined){ .request = col_uid(st, 1),
			.other = col_uid(st, stays ? 2 : 0),
			.stays = stays,
			.at = col_int(st, 4) };
		col_copy(st, 3, j->code, sizeof(j->code));
		stmt_done(st);
	}
	return rc;
}

int
join_follow(struct tx *tx, const struct uid *case_uid)
{
	struct joined j;
	int rc = join_find(tx, case_uid, &j, NULL);

	if (rc != 1 || !j.stays)
		return rc == -1 ? -1 : 0;
	return queue_refresh(tx, &j.other) == -1 ? -1 : 0;
}

int
join_leads(struct session *s, const struct uid *case_uid, struct err *err)
{
	int64_t one;

	return db_int(&s->cases,
	    "SELECT 1 FROM request r JOIN request_answer a "
	    "ON a.case_uid = r.case_uid AND a.request = r.uid "
	    "AND a.answer = 'accepted' JOIN case_file c ON c.uid = r.case_uid "
	    "WHERE r.other = ?1 AND r.kind = 'join' AND c.owner = ?2 "
	    "AND NOT EXISTS (SELECT 1 FROM request p "
	    "WHERE p.case_uid = r.case_uid AND p.kind = 'part' "
	    "AND p.about = r.uid) LIMIT 1",
	    VALS(v_uid0(case_uid), v_uid0(&s->user.uid)), &one, err);
}

/* By any other request than this one. */
static int
not_joined_yet(struct tx *tx, const struct uid *uid, const struct uid *request)
{
	struct joined j;
	int rc = join_find(tx, uid, &j, request);

	if (rc == 1)
		return err_set(tx->err, ERR_CONFLICT,
		    _("A case of these two is joined with %s already. Take "
		      "them apart first."),
		    j.code);
	return rc;
}

/* An offer or a closing that waits under either code would be answered after the
 * two are one, by somebody who was told of one of them: it is settled first. */
static int
neither_waits(struct tx *tx, const struct uid *uid, const struct uid *other,
    const struct uid *request)
{
	if (request_none_about(tx, uid, request, REQUEST_IN_OR_OF_IT) == -1)
		return -1;
	return request_none_about(tx, other, request, REQUEST_IN_OR_OF_IT);
}

/* --- asking -------------------------------------------------------------------- */
static int
check_ask(struct tx *tx, const struct request *r, struct arena *a)
{
	if (uid_null(&r->other) || uid_eq(&r->other, &r->case_uid))
		return err_set_field(tx->err, "code",
		    _("Give the code of the other case of this person."));
	if (!said(r->reason))
		return err_set_field(tx->err, "reason",
		    _("Say in a few words why it is one person: names alike "
		      "are not enough."));
	for (size_t i = 0; i < r->n_lines; i++)
		if (!join_is_field(r->lines[i].item) ||
		    (strcmp(r->lines[i].answer, "keep") != 0 &&
			strcmp(r->lines[i].answer, "take") != 0))
			return err_set_field(tx->err, r->lines[i].item,
			    _("Choose for each line which of both holds."));
	if (may_both(tx, &r->other) == -1 ||
	    not_joined_yet(tx, &r->case_uid, &r->uid) != 0)
		return -1;
	if (not_joined_yet(tx, &r->other, &r->uid) != 0 ||
	    neither_waits(tx, &r->case_uid, &r->other, &r->uid) == -1)
		return -1;
	return join_check_age(tx, r, a);
}

int
join_ask(struct session *s, const struct request *in, struct err *err)
{
	struct request r = *in;
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	r.kind = REQUEST_JOIN;
	r.to_ns = r.to_branch = "";
	arena_init(&a);
	if (request_take(&a, &r, err) == 0 &&
	    tx_begin(&tx, s,
		&(const struct tx_what){ .perm = PERM_JOIN,
		    .case_uid = &r.case_uid,
		    .object = &r.uid,
		    .action = "join.ask",
		    .wrote = true },
		err) == 0 &&
	    check_ask(&tx, &r, &a) == 0)
		rc = request_write(&tx, &r);
	rc = case_commit_once(&tx, &r.case_uid, rc);
	tx_abort(&tx);
	arena_done(&a);
	return rc;
}

static int
compare(struct tx *tx, const struct uid *uid, const struct uid *other,
    struct arena *a, struct request *out)
{
	sqlite3_stmt *st;
	int rc;

	if (join_lines(tx, uid, other, a, out) == -1)
		return -1;
	out->case_uid = *uid;
	out->other = *other;
	st = tx_query(tx, "SELECT code FROM case_file WHERE uid = ?1",
	    VALS(v_uid0(other)));
	if (st == NULL || (rc = tx_row(tx, st)) != 1)
		return case_missing(tx, st == NULL ? -1 : rc);
	col_copy(st, 0, out->other_code, sizeof(out->other_code));
	stmt_done(st);
	return 0;
}

int
join_compare(struct session *s, struct uid uid, struct uid other,
    struct arena *a, struct request *out, struct err *err)
{
	static const struct uid none;
	struct request found = { .n_lines = 0 };
	struct tx tx;
	int rc = tx_begin(&tx, s,
	    &(const struct tx_what){ .perm = PERM_JOIN,
		.case_uid = &uid,
		.object = &other,
		.action = "join.compare",
		.again_ok = true },
	    err);

	if (rc == 0)
		rc = may_both(&tx, &other);
	/* Said before anything is chosen, not after. */
	if (rc == 0)
		rc = neither_waits(&tx, &uid, &other, &none);
	if (rc == 0)
		rc = case_read_other(&tx, &other, "join");
	if (rc == 0)
		rc = compare(&tx, &uid, &other, a, &found);
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	if (rc == 0)
		*out = found;
	return rc;
}

/* --- joining ------------------------------------------------------------------- */
/* Whoever has the case that goes on brings over what cannot be done in a closed
 * one: the next day, or before the first date a law set there. */
static int
bring_over(struct tx *tx, const struct request *r, struct arena *a)
{
	int64_t due = tx->now + CLOCK_DAY, law = 0;

	if (tx_int(tx, "SELECT deadline_at FROM case_file WHERE uid = ?1",
		VALS(v_uid0(&r->other)), &law) == -1)
		return -1;
	if (law != 0 && law < due)
		due = law;
	return record_insert(tx, REC_TASK, &r->case_uid, &r->uid,
		   COLS({ "text",
			    v_str(arena_printf(a,
				_("Bring over from %s what goes on: plan, "
				  "dates of law and mechanism, papers, flags"),
				r->other_code)) },
		       { "due", v_int(due) })) == -1
		   ? -1
		   : 0;
}

int
join_do(struct tx *tx, const struct request *r, struct arena *a)
{
	struct case_facts other;

	if (not_joined_yet(tx, &r->case_uid, &r->uid) != 0 ||
	    not_joined_yet(tx, &r->other, &r->uid) != 0 ||
	    neither_waits(tx, &r->case_uid, &r->other, &r->uid) == -1 ||
	    join_take_fields(tx, r, a) == -1 || bring_over(tx, r, a) == -1)
		return -1;
	if (tx_facts(tx, &r->other, &other) != 1)
		return -1;
	if (case_event_add(tx, &r->case_uid, "joined", r->code, r->other_code,
		r->reason, "") == -1 ||
	    case_event_add(tx, &r->other, "joined", r->other_code, r->code,
		r->reason, "") == -1)
		return -1;
	/* One that was closed before keeps why. */
	if (other.open &&
	    record_set(tx, REC_CASE, NULL, &r->other,
		COLS({ "closed_at", v_int(tx->now) },
		    { "closed_reason", v_str("duplicate") },
		    { "closed_words", v_str(arena_printf(a, _("Goes on as %s"),
					  r->code)) })) == -1)
		return -1;
	return queue_refresh(tx, &r->other) == -1 ? -1 : 0;
}

/* --- apart again --------------------------------------------------------------- */
static int
open_other(struct tx *tx, const struct request *r)
{
	int64_t one;
	int rc = tx_int(tx,
	    "SELECT 1 FROM case_file WHERE uid = ?1 AND closed_at <> 0 "
	    "AND closed_reason = 'duplicate'",
	    VALS(v_uid0(&r->other)), &one);

	if (rc != 1)
		return rc;
	return record_set(tx, REC_CASE, NULL, &r->other,
	    COLS({ "closed_at", v_int(0) }, { "closed_reason", v_str("") },
		{ "closed_words", v_str("") }));
}

/* Nothing is left to bring over. */
static int
end_task(struct tx *tx, const struct request *r)
{
	int64_t one;
	int rc = tx_int(tx,
	    "SELECT 1 FROM task WHERE case_uid = ?1 AND uid = ?2 "
	    "AND done_at = 0",
	    VALS(v_uid0(&r->case_uid), v_uid0(&r->uid)), &one);

	if (rc != 1)
		return rc;
	return record_set(tx, REC_TASK, &r->case_uid, &r->uid,
	    COLS({ "done_at", v_int(tx->now) },
		{ "done_by", v_uid(&tx->s->user.uid) }));
}

static int
part(struct tx *tx, const struct joined *j, const struct uid *uid,
    const char *why, struct arena *a)
{
	const struct uid *stays = j->stays ? uid : &j->other;
	struct request apart = { .kind = REQUEST_PART,
		.uid = uid_new(),
		.case_uid = *stays,
		.to_ns = "",
		.to_branch = "",
		.words = "",
		.reason = why,
		.about = j->request };
	struct request r;
	int rc = request_read(tx, stays, &j->request, a, &r);

	if (rc != 1)
		return case_missing(tx, rc);
	apart.other = r.other;
	if (may_both(tx, &j->other) == -1 ||
	    case_wrote_other(tx, &j->other, "join") == -1 ||
	    request_write(tx, &apart) != 0 ||
	    request_settle(tx, &apart, "accepted", "") == -1 ||
	    join_give_back(tx, &r, why, a) == -1 || open_other(tx, &r) == -1 ||
	    end_task(tx, &r) == -1 ||
	    case_event_add(tx, &r.case_uid, "parted", r.code, r.other_code, why,
		"") == -1 ||
	    case_event_add(
		tx, &r.other, "parted", r.other_code, r.code, why, "") == -1)
		return -1;
	if (queue_refresh(tx, &j->other) == -1)
		return -1;
	return case_commit(tx, uid);
}

int
join_part(
    struct session *s, struct uid uid, const char *reason, struct err *err)
{
	const struct text_in texts[] = {
		{ &reason, N_("Reason"), LIMIT_WORDS },
	};
	struct tx tx = { .open = false };
	struct joined j;
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (texts_take(&a, texts, 1, err) == -1)
		goto done;
	if (!said(reason)) {
		rc = err_set_field(err, "reason",
		    _("Say in a few words why these are two people."));
		goto done;
	}
	if (tx_begin(&tx, s,
		&(const struct tx_what){ .perm = PERM_JOIN,
		    .case_uid = &uid,
		    .action = "join.part",
		    .wrote = true },
		err) == -1)
		goto done;
	rc = join_find(&tx, &uid, &j, NULL);
	if (rc == 1)
		rc = part(&tx, &j, &uid, reason, &a);
	else if (rc == 0)
		rc = err_set(err, ERR_NOT_FOUND,
		    _("This case is joined with no other, or not any more."));
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}
