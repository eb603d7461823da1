/* SPDX-License-Identifier: ISC */
/* What is asked of a colleague: written down, read, listed. */
#include "store/request.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "store/request_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const char *const kinds[REQUEST_KINDS] = {
	[REQUEST_TRANSFER] = "transfer",
	[REQUEST_CLOSURE] = "closure",
	[REQUEST_JOIN] = "join",
	[REQUEST_PART] = "part",
};

const char *
request_kind_name(enum request_kind k)
{
	return k < REQUEST_KINDS ? kinds[k] : "";
}

int
request_take(struct arena *a, struct request *r, struct err *err)
{
	struct request_line *lines;
	const struct text_in texts[] = {
		{ &r->to_ns, N_("National Society"), LIMIT_NAME },
		{ &r->to_branch, N_("Branch"), LIMIT_CODE },
		{ &r->reason, N_("Reason"), LIMIT_WORDS },
		{ &r->words, N_("Words"), LIMIT_WORDS },
	};

	if (texts_take(a, texts, COUNT(texts), err) == -1)
		return -1;
	if (r->n_lines > REQUEST_LINES_MAX)
		return err_set(err, ERR_INPUT, _("That is too much at once."));
	lines = arena_alloc(a, r->n_lines + 1, sizeof(*lines));
	for (size_t i = 0; i < r->n_lines; i++) {
		const struct text_in line[] = {
			{ &lines[i].item, N_("Line"), LIMIT_CODE },
			{ &lines[i].answer, N_("Answer"), LIMIT_CODE },
			{ &lines[i].words, N_("Words"), LIMIT_WORDS },
		};

		lines[i] = r->lines[i];
		if (texts_take(a, line, COUNT(line), err) == -1)
			return -1;
	}
	r->lines = lines;
	return 0;
}

/* --- writing ------------------------------------------------------------------- */
int
request_none_about(struct tx *tx, const struct uid *case_uid,
    const struct uid *mine, enum request_about about)
{
	static const char sql[] =
	    "SELECT r.kind, k.login, c.code FROM request r "
	    "JOIN case_file c ON c.uid = ?1 "
	    "LEFT JOIN colleague k ON k.uid = r.made_by "
	    "WHERE (r.case_uid = ?1 OR (?3 AND r.kind = 'join' AND r.other = "
	    "?1)) "
	    "AND r.uid <> ?2 AND NOT EXISTS "
	    "(SELECT 1 FROM request_answer a WHERE a.case_uid = r.case_uid "
	    "AND a.request = r.uid) LIMIT 1";
	sqlite3_stmt *st = tx_query(
	    tx, sql, VALS(v_uid0(case_uid), v_uid0(mine), v_int(about)));
	const char *kind;
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return 0;
	kind = col_text(st, 0);
	rc = err_set(tx->err, ERR_CONFLICT,
	    strcmp(kind, "transfer") == 0
		? _("%s has offered %s to somebody. Wait for the answer, or "
		    "have the offer taken back.")
	    : strcmp(kind, "closure") == 0
		? _("%s has asked to close %s. Wait for the answer, or have "
		    "it taken back.")
		: _("%s has asked to join %s with another. Wait for the "
		    "answer, or have it taken back."),
	    col_text(st, 1), col_text(st, 2));
	stmt_done(st);
	return rc;
}

int
request_line_write(struct tx *tx, const struct uid *case_uid,
    const struct uid *request, const struct request_line *l)
{
	struct uid uid = uid_new();

	return record_insert(tx, REC_REQUEST_LINE, case_uid, &uid,
		   COLS({ "request", v_uid(request) },
		       { "item", v_str(l->item) },
		       { "answer", v_str(l->answer) },
		       { "words", v_str(l->words) })) == -1
		   ? -1
		   : 0;
}

int
request_write(struct tx *tx, const struct request *r)
{
	const struct col cols[] = {
		{ "kind", v_str(kinds[r->kind]) },
		{ "to_user", v_uid(&r->to_user) },
		{ "to_branch", v_str(r->to_branch) },
		{ "to_ns", v_str(r->to_ns) },
		{ "reason", v_str(r->reason) },
		{ "words", v_str(r->words) },
		{ "about", v_uid(&r->about) },
		{ "other", v_uid(&r->other) },
	};
	int rc;

	/* Taking apart asks nobody: it is answered as it is written. */
	if (r->kind != REQUEST_PART &&
	    request_none_about(tx, &r->case_uid, &r->uid, REQUEST_IN_IT) == -1)
		return -1;
	rc = record_insert_once(tx, REC_REQUEST, &r->case_uid, &r->uid, cols,
	    COUNT(cols), COUNT(cols));
	for (size_t i = 0; i < r->n_lines && rc == 0; i++)
		rc =
		    request_line_write(tx, &r->case_uid, &r->uid, &r->lines[i]);
	return rc;
}

int
request_answered(struct tx *tx, const struct request *r)
{
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT a.answer, k.login, a.made_at FROM request_answer a "
	    "LEFT JOIN colleague k ON k.uid = a.made_by "
	    "WHERE a.case_uid = ?1 AND a.request = ?2",
	    VALS(v_uid0(&r->case_uid), v_uid0(&r->uid)));
	char when[24] = "";
	const char *how;
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	how = rc == 1 ? col_text(st, 0) : "";
	if (rc == 1)
		clock_short(col_int(st, 2), tx->now, when, sizeof(when));
	rc = err_set(tx->err, ERR_CONFLICT,
	    strcmp(how, "refused") == 0	   ? _("%s answered (%s): not now.")
	    : strcmp(how, "accepted") != 0 ? _("%s took it back (%s).")
	    : r->kind == REQUEST_TRANSFER && r->to_ns[0] == '\0'
		? _("%s took it over (%s).")
		: _("%s agreed to it (%s)."),
	    rc == 1 ? col_text(st, 1) : "", when);
	stmt_done(st);
	return rc;
}

int
request_settle(struct tx *tx, const struct request *r, const char *answer,
    const char *words)
{
	struct uid uid = uid_new();

	switch (record_insert(tx, REC_REQUEST_ANSWER, &r->case_uid, &uid,
	    COLS({ "request", v_uid(&r->uid) }, { "answer", v_str(answer) },
		{ "words", v_str(words) }))) {
	case 0:
		return 0;
	case 1:
		return request_answered(tx, r);
	default:
		return -1;
	}
}

/* --- reading ------------------------------------------------------------------- */
#define COLUMNS                                                               \
	"SELECT r.uid, r.case_uid, r.kind, r.to_user, r.to_branch, r.to_ns, " \
	"r.reason, r.words, r.about, r.other, c.code, c.rev, o.code, "        \
	"r.made_at, r.made_by, m.login, t.login, a.made_at, w.login, "        \
	"a.answer, a.words, c.risk FROM request r "                           \
	"JOIN case_file c ON c.uid = r.case_uid "                             \
	"LEFT JOIN case_file o ON o.uid = r.other "                           \
	"LEFT JOIN colleague m ON m.uid = r.made_by "                         \
	"LEFT JOIN colleague t ON t.uid = r.to_user "                         \
	"LEFT JOIN request_answer a ON a.case_uid = r.case_uid "              \
	"AND a.request = r.uid LEFT JOIN colleague w ON w.uid = a.made_by "

static void
fill(struct tx *tx, sqlite3_stmt *st, struct arena *a, struct request *r)
{
	const char *kind = col_text(st, 2);

	*r = (struct request){ .uid = col_uid(st, 0),
		.case_uid = col_uid(st, 1),
		.to_user = col_uid(st, 3),
		.to_branch = col_str(st, 4, a),
		.to_ns = col_str(st, 5, a),
		.reason = col_str(st, 6, a),
		.words = col_str(st, 7, a),
		.about = col_uid(st, 8),
		.other = col_uid(st, 9),
		.rev = col_int(st, 11),
		.at = col_int(st, 13),
		.by_uid = col_uid(st, 14),
		.by = col_str(st, 15, a),
		.to_login = col_str(st, 16, a),
		.answered_at = col_int(st, 17),
		.answered_by = col_str(st, 18, a),
		.answer = col_str(st, 19, a),
		.answer_words = col_str(st, 20, a),
		.risk = col_str(st, 21, a) };
	for (int k = 0; k < REQUEST_KINDS; k++)
		if (strcmp(kinds[k], kind) == 0)
			r->kind = (enum request_kind)k;
	col_copy(st, 10, r->code, sizeof(r->code));
	col_copy(st, 12, r->other_code, sizeof(r->other_code));
	r->mine = uid_eq(&r->by_uid, &tx->s->user.uid);
}

static int
read_lines(struct tx *tx, struct arena *a, struct request *r)
{
	struct request_line *lines =
	    arena_alloc(a, 3 * REQUEST_LINES_MAX, sizeof(*lines));
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT item, answer, words FROM request_line "
	    "WHERE case_uid = ?1 AND request = ?2 ORDER BY uid LIMIT ?3",
	    VALS(v_uid0(&r->case_uid), v_uid0(&r->uid),
		v_int(3 * REQUEST_LINES_MAX)));
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1)
		lines[r->n_lines++] =
		    (struct request_line){ .item = col_str(st, 0, a),
			    .answer = col_str(st, 1, a),
			    .words = col_str(st, 2, a) };
	r->lines = lines;
	return rc;
}

int
request_read(struct tx *tx, const struct uid *case_uid,
    const struct uid *request, struct arena *a, struct request *r)
{
	sqlite3_stmt *st =
	    tx_query(tx, COLUMNS "WHERE r.case_uid = ?1 AND r.uid = ?2",
		VALS(v_uid0(case_uid), v_uid0(request)));
	int rc;

	if (st == NULL)
		return -1;
	rc = tx_row(tx, st);
	if (rc != 1)
		return rc;
	fill(tx, st, a, r);
	stmt_done(st);
	return read_lines(tx, a, r) == -1 ? -1 : 1;
}

static int
read_list(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct requests *out)
{
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (tx_int(tx, "SELECT count(*) FROM request WHERE case_uid = ?1",
		VALS(v_uid0(case_uid)), &n) == -1)
		return -1;
	out->list = arena_alloc(a, (size_t)n + 1, sizeof(*out->list));
	st = tx_query(tx, COLUMNS "WHERE r.case_uid = ?1 ORDER BY r.uid DESC",
	    VALS(v_uid0(case_uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1)
		fill(tx, st, a, &out->list[out->n++]);
	return rc;
}

int
request_list(struct session *s, struct uid case_uid, struct arena *a,
    struct requests *out, struct err *err)
{
	struct requests found = { .n = 0 };
	struct tx tx;
	int rc = tx_begin(&tx, s,
	    &(const struct tx_what){ .perm = PERM_CASE_READ,
		.case_uid = &case_uid,
		.action = "request.list",
		.again_ok = true },
	    err);

	if (rc == 0)
		rc = read_list(&tx, &case_uid, a, &found);
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	if (rc == 0)
		*out = found;
	return rc;
}

int
case_asked(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct case_file *f)
{
	static const char sql[] =
	    "SELECT r.kind, r.made_at, k.login, t.login, r.to_branch, r.to_ns "
	    "FROM request r "
	    "LEFT JOIN colleague k ON k.uid = r.made_by "
	    "LEFT JOIN colleague t ON t.uid = r.to_user "
	    "WHERE r.case_uid = ?1 AND NOT EXISTS (SELECT 1 FROM "
	    "request_answer a WHERE a.case_uid = r.case_uid "
	    "AND a.request = r.uid) LIMIT 1";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid0(case_uid)));
	struct joined j;
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	f->asked = f->asked_by = "";
	f->asked_login = f->asked_branch = f->asked_ns = "";
	if (rc == 1) {
		f->asked = col_str(st, 0, a);
		f->asked_at = col_int(st, 1);
		f->asked_by = col_str(st, 2, a);
		f->asked_login = col_str(st, 3, a);
		f->asked_branch = col_str(st, 4, a);
		f->asked_ns = col_str(st, 5, a);
		stmt_done(st);
	}
	rc = join_find(tx, case_uid, &j, NULL);
	if (rc == 1) {
		f->joined = j.other;
		f->joined_stays = j.stays;
		memcpy(f->joined_code, j.code, sizeof(f->joined_code));
	}
	return rc == -1 ? -1 : 0;
}
