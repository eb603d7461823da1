/* SPDX-License-Identifier: ISC */
#include "store/contact_now.h"

#include "base/i18n.h"
#include "store/request_inside.h"

/* Further back than this many attempts nothing is decided. */
#define TRIES_MOST 200

/* What the words and the number of attempts are counted from. */
struct counted_from {
	int64_t since, looked;
};

static int
read_agreed(struct tx *tx, const struct uid *case_uid, struct contact_now *now,
    struct counted_from *from)
{
	static const char sql[] =
	    "SELECT contact_word, contact_max_attempts, contact_verified_at,"
	    " (SELECT max(at) FROM contact WHERE case_uid = ?1),"
	    " (SELECT max(resolved_at) FROM flag WHERE case_uid = ?1"
	    " AND kind <> '') FROM case_file WHERE uid = ?1";
	struct db *db = &tx->s->cases;
	sqlite3_stmt *st = db_query(db, sql, VALS(v_uid(case_uid)), tx->err);
	int rc;

	if (st == NULL || (rc = db_row(db, st, tx->err)) == -1)
		return -1;
	if (rc == 0)
		return case_missing(tx, rc);
	now->words = (unsigned)col_int(st, 0);
	now->most = (int)col_int(st, 1);
	from->since = col_int(st, 2);
	if (col_int(st, 3) > from->since)
		from->since = col_int(st, 3);
	from->looked = col_int(st, 4);
	stmt_done(st);
	return 0;
}

static int
read_flag(struct tx *tx, const struct uid *case_uid, struct contact_now *now)
{
	static const char sql[] =
	    "SELECT uid, kind, made_at FROM flag WHERE case_uid = ?1"
	    " AND kind <> '' AND resolved_at = 0 AND deleted_hlc = 0"
	    " ORDER BY made_at, uid LIMIT 1";
	struct db *db = &tx->s->cases;
	sqlite3_stmt *st = db_query(db, sql, VALS(v_uid(case_uid)), tx->err);
	int rc, kind;

	if (st == NULL || (rc = db_row(db, st, tx->err)) == -1)
		return -1;
	if (rc == 0)
		return 0;
	kind = contact_hold_from_name(col_text(st, 1));
	now->flag = col_uid(st, 0);
	now->flag_case = *case_uid;
	/* One of a later version holds as well. */
	now->held = kind <= 0 ? CONTACT_HOLD_WORD : (enum contact_hold)kind;
	now->held_at = col_int(st, 2);
	stmt_done(st);
	return 0;
}

static int
read_tries(struct tx *tx, const struct uid *case_uid,
    const struct counted_from *from, struct contact_now *now)
{
	static const char sql[] =
	    "SELECT at, made_at, outcome, word_ok FROM attempt"
	    " WHERE case_uid = ?1 AND deleted_hlc = 0"
	    " ORDER BY at DESC, uid DESC LIMIT ?2";
	struct db *db = &tx->s->cases;
	struct contact_try *list;
	sqlite3_stmt *st;
	struct arena a;
	size_t n = 0;
	int rc = -1;

	arena_init(&a);
	list = arena_alloc(&a, TRIES_MOST, sizeof(*list));
	st = db_query(
	    db, sql, VALS(v_uid(case_uid), v_int(TRIES_MOST)), tx->err);
	if (st == NULL)
		goto out;
	while ((rc = db_row(db, st, tx->err)) == 1) {
		int word = word_check_from_name(col_text(st, 3));

		list[n++] = (struct contact_try){ .at = col_int(st, 0),
			.made_at = col_int(st, 1),
			.outcome = col_str(st, 2, &a),
			.word = word < 0 ? WORD_WRONG : (enum word_check)word };
	}
	if (rc == 0)
		contact_count(list, n, from->since, from->looked, &now->tries);
out:
	arena_done(&a);
	return rc;
}

int
contact_now_read(
    struct tx *tx, const struct uid *case_uid, struct contact_now *out)
{
	struct contact_now now = { .held = CONTACT_HOLD_NOT };
	struct counted_from from = { .since = 0 };
	struct joined j;
	int rc = 0;

	if (read_agreed(tx, case_uid, &now, &from) == -1 ||
	    read_flag(tx, case_uid, &now) == -1 ||
	    read_tries(tx, case_uid, &from, &now) == -1)
		return -1;
	if (now.held == CONTACT_HOLD_NOT)
		rc = join_find(tx, case_uid, &j, NULL);
	if (rc == -1 || (rc == 1 && read_flag(tx, &j.other, &now) == -1))
		return -1;
	now.spent = contact_spent(&now.tries, now.most);
	*out = now;
	return 0;
}
