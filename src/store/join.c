/* SPDX-License-Identifier: ISC */
/*
 * Two codes of one person.  Nothing moves: the case that stays takes the
 * values that two people chose, field by field, the other is closed and goes
 * on being found under its code with everything in it; so they can be taken
 * apart again, exactly.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "store/queue_write.h"
#include "store/request_inside.h"

#define N_FIELDS (sizeof(fields) / sizeof(fields[0]))

/* Fields of a case that can differ although the person is one. */
static const char *const fields[] = { "risk", "language", "sex", "age_band",
	"may_be_child", "wants" };

static bool
is_field(const char *name)
{
	return is_one_of(name, fields, N_FIELDS);
}

/* The values of a case, in the arena. */
static int
values(struct tx *tx, const struct uid *uid, struct arena *a,
    const char *out[N_FIELDS])
{
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT risk, language, sex, age_band, may_be_child, wants "
	    "FROM case_file WHERE uid = ?1",
	    VALS(v_uid0(uid)));
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) != 1)
		return case_missing(tx, st == NULL ? -1 : rc);
	for (size_t i = 0; i < N_FIELDS; i++)
		out[i] = col_str(st, (int)i, a);
	stmt_done(st);
	return 0;
}

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
		(void)snprintf(j->code, sizeof(j->code), "%s", col_text(st, 3));
		stmt_done(st);
	}
	return rc;
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

/* --- asking -------------------------------------------------------------------- */
static int
check_ask(struct tx *tx, const struct request *r)
{
	if (uid_null(&r->other) || uid_eq(&r->other, &r->case_uid))
		return err_set(tx->err, ERR_INPUT,
		    _("Give the code of the other case of this person."));
	if (!said(r->reason))
		return err_set(tx->err, ERR_INPUT,
		    _("Say in a few words why it is one person: names alike "
		      "are not enough."));
	for (size_t i = 0; i < r->n_lines; i++)
		if (!is_field(r->lines[i].item) ||
		    (strcmp(r->lines[i].answer, "keep") != 0 &&
			strcmp(r->lines[i].answer, "take") != 0))
			return err_set(tx->err, ERR_INPUT,
			    _("Choose for each line which of both holds."));
	if (may_both(tx, &r->other) == -1 ||
	    not_joined_yet(tx, &r->case_uid, &r->uid) != 0)
		return -1;
	return not_joined_yet(tx, &r->other, &r->uid);
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
	    check_ask(&tx, &r) == 0)
		rc = request_write(&tx, &r);
	if (rc == 0)
		rc = case_commit(&tx, &r.case_uid);
	else if (rc == 1)
		rc = 0;
	tx_abort(&tx);
	arena_done(&a);
	return rc;
}

static int
compare(struct tx *tx, const struct uid *uid, const struct uid *other,
    struct arena *a, struct request *out)
{
	struct request_line *lines = arena_alloc(a, N_FIELDS, sizeof(*lines));
	const char *mine[N_FIELDS], *theirs[N_FIELDS];
	sqlite3_stmt *st;
	int rc;

	if (values(tx, uid, a, mine) == -1 ||
	    values(tx, other, a, theirs) == -1)
		return -1;
	for (size_t i = 0; i < N_FIELDS; i++)
		if (strcmp(mine[i], theirs[i]) != 0)
			lines[out->n_lines++] =
			    (struct request_line){ fields[i], mine[i],
				    theirs[i] };
	out->lines = lines;
	out->case_uid = *uid;
	out->other = *other;
	st = tx_query(tx, "SELECT code FROM case_file WHERE uid = ?1",
	    VALS(v_uid0(other)));
	if (st == NULL || (rc = tx_row(tx, st)) != 1)
		return case_missing(tx, st == NULL ? -1 : rc);
	(void)snprintf(
	    out->other_code, sizeof(out->other_code), "%s", col_text(st, 0));
	stmt_done(st);
	return 0;
}

int
join_compare(struct session *s, struct uid uid, struct uid other,
    struct arena *a, struct request *out, struct err *err)
{
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
/* Give a field another value, with all that belongs to it. */
static int
put(struct tx *tx, const struct uid *uid, const char *field, const char *was,
    const char *value, const char *why)
{
	if (strcmp(field, "risk") == 0) {
		if (risk_note(tx, uid, value, was, why) == -1)
			return -1;
		return record_set(tx, REC_CASE, NULL, uid,
		    COLS({ "risk", v_str(value) },
			{ "risk_reason", v_str(why) }));
	}
	return record_set(
	    tx, REC_CASE, NULL, uid, COLS({ field, v_str(value) }));
}

static size_t
field_at(const char *name)
{
	size_t i = 0;

	while (i + 1 < N_FIELDS && strcmp(fields[i], name) != 0)
		i++;
	return i;
}

/* The chosen fields; what was there is kept as lines of the request. */
static int
take_fields(struct tx *tx, const struct request *r, struct arena *a)
{
	const char *mine[N_FIELDS], *theirs[N_FIELDS];
	const char *why =
	    arena_printf(a, _("From %s, the same person"), r->other_code);
	struct request_line kept;
	size_t at;

	if (values(tx, &r->case_uid, a, mine) == -1 ||
	    values(tx, &r->other, a, theirs) == -1)
		return -1;
	for (size_t i = 0; i < r->n_lines; i++) {
		at = field_at(r->lines[i].item);
		if (strcmp(r->lines[i].answer, "take") != 0 ||
		    strcmp(mine[at], theirs[at]) == 0)
			continue;
		kept = (struct request_line){
			arena_printf(a, "was:%s", fields[at]), "", mine[at]
		};
		if (request_line_write(tx, &r->case_uid, &r->uid, &kept) == -1)
			return -1;
		kept.item = arena_printf(a, "now:%s", fields[at]);
		kept.words = theirs[at];
		if (request_line_write(tx, &r->case_uid, &r->uid, &kept) ==
			-1 ||
		    put(tx, &r->case_uid, fields[at], mine[at], theirs[at],
			why) == -1)
			return -1;
	}
	return 0;
}

int
join_do(struct tx *tx, const struct request *r, struct arena *a)
{
	struct case_facts other;

	if (not_joined_yet(tx, &r->case_uid, &r->uid) != 0 ||
	    not_joined_yet(tx, &r->other, &r->uid) != 0 ||
	    take_fields(tx, r, a) == -1)
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
static const char *
kept_line(const struct request *r, const char *prefix, const char *field)
{
	for (size_t i = 0; i < r->n_lines; i++)
		if (strncmp(r->lines[i].item, prefix, 4) == 0 &&
		    strcmp(r->lines[i].item + 4, field) == 0)
			return r->lines[i].words;
	return NULL;
}

/* What was changed since the joining is somebody's newer word and stays. */
static int
give_back(
    struct tx *tx, const struct request *r, const char *why, struct arena *a)
{
	const char *is[N_FIELDS] = { NULL }, *was, *then;

	if (values(tx, &r->case_uid, a, is) != 0)
		return -1;
	for (size_t i = 0; i < N_FIELDS; i++) {
		was = kept_line(r, "was:", fields[i]);
		then = kept_line(r, "now:", fields[i]);
		if (was == NULL || then == NULL || is[i] == NULL ||
		    strcmp(is[i], then) != 0)
			continue;
		if (put(tx, &r->case_uid, fields[i], is[i], was, why) == -1)
			return -1;
	}
	return 0;
}

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
	if (may_both(tx, &j->other) == -1 || request_write(tx, &apart) != 0 ||
	    request_settle(tx, &apart, "accepted", "") == -1 ||
	    give_back(tx, &r, why, a) == -1 || open_other(tx, &r) == -1 ||
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
		rc = err_set(err, ERR_INPUT,
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
