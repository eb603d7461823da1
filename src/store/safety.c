/* SPDX-License-Identifier: ISC */
#include "store/safety.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/person_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* --- checking ------------------------------------------------------------- */

static int
take(struct arena *a, struct safety_plan *p, struct err *e)
{
	const struct text_in texts[] = {
		{ &p->complete, N_("Complete"), LIMIT_CODE },
		{ &p->copy_safe, N_("Copy safe"), LIMIT_CODE },
		{ &p->language, N_("Language"), LIMIT_CODE },
	};
	struct safety_part *list;

	if (p->n_parts > SAFETY_PART_COUNT)
		return err_set(e, ERR_INPUT,
		    _("These are more answers than there are questions."));
	list = arena_alloc(a, p->n_parts + 1, sizeof(*list));
	for (size_t i = 0; i < p->n_parts; i++) {
		const struct text_in parts[] = {
			{ &list[i].part, N_("Part"), LIMIT_CODE },
			{ &list[i].words, N_("Words"), LIMIT_WORDS },
		};

		list[i] = p->parts[i];
		if (texts_take(a, parts, COUNT(parts), e) == -1)
			return -1;
	}
	p->parts = list;
	return texts_take(a, texts, COUNT(texts), e);
}

static int
check(const struct safety_plan *p, struct err *e)
{
	bool seen[SAFETY_PART_COUNT] = { false };

	if (p->n_parts == 0)
		return err_set(e, ERR_INPUT,
		    _("Write down at least one thing that keeps them safe, "
		      "in their words."));
	for (size_t i = 0; i < p->n_parts; i++) {
		int part = safety_part_from_code(p->parts[i].part);

		if (part < 0 || seen[part] || !said(p->parts[i].words))
			return err_set(e, ERR_INPUT,
			    _("One of the answers is not in its list. Choose "
			      "again."));
		seen[part] = true;
	}
	if (!is_tri(p->complete) || !is_tri(p->copy_safe) || p->minutes < 0 ||
	    p->minutes > 24 * 60)
		return err_set(e, ERR_INPUT,
		    _("One of the answers is not in its list. Choose again."));
	return 0;
}

/* --- writing --------------------------------------------------------------- */

static int
insert(struct tx *tx, const struct case_subject *subject,
    const struct uid *case_uid, const struct safety_plan *p)
{
	const struct col cols[] = {
		{ "case_uid", v_uid0(case_uid) },
		{ "complete", v_str(p->complete) },
		{ "minutes", v_int(p->minutes) },
		{ "copy_safe", v_str(p->copy_safe) },
		{ "language", v_str(p->language) },
		{ "at", v_int(tx->now) },
	};
	int rc = record_insert_once(tx, REC_SAFETY_PLAN, &subject->subject,
	    &p->uid, cols, COUNT(cols), COUNT(cols) - 1);

	for (size_t i = 0; rc == 0 && i < p->n_parts; i++) {
		struct uid uid = uid_new();

		if (record_insert(tx, REC_SAFETY_PART, &subject->subject, &uid,
			COLS({ "plan", v_uid(&p->uid) },
			    { "part", v_str(p->parts[i].part) },
			    { "words", v_str(p->parts[i].words) })) == -1)
			return -1;
	}
	return rc;
}

static int
write_plan(struct session *s, const struct uid *case_uid,
    const struct safety_plan *p, struct err *err)
{
	struct case_subject subject;
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_SAFETY_WRITE,
		    .case_uid = case_uid,
		    .object = &p->uid,
		    .action = "safety.add",
		    .reason = "to write it down",
		    .wrote = true },
		err) == -1)
		return -1;
	if (case_subject(&tx, case_uid, &subject) == 0) {
		switch (insert(&tx, &subject, case_uid, p)) {
		case 0:
			rc = tx_commit(&tx);
			break;
		case 1:
			rc = 0; /* a retry: the summary may be missing */
			break;
		default:
			break;
		}
	}
	tx_abort(&tx);
	return rc;
}

/* That there is one, for the overview and for what is counted: no words. */
static int
write_summary(struct session *s, const struct uid *case_uid,
    const struct safety_plan *p, struct err *err)
{
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_SAFETY_WRITE,
		    .case_uid = case_uid,
		    .object = &p->uid,
		    .action = "safety.summary",
		    .reason = "to write it down",
		    .wrote = true },
		err) == -1)
		return -1;
	if (record_set(&tx, REC_CASE, NULL, case_uid,
		COLS({ "safety_plan_at", v_int(tx.now) })) == 0)
		rc = case_commit(&tx, case_uid);
	tx_abort(&tx);
	return rc;
}

int
safety_plan_add(struct session *s, struct uid case_uid,
    const struct safety_plan *in, struct err *err)
{
	struct safety_plan p = *in;
	struct arena a;
	int rc = -1;

	arena_init(&a);
	/* Identity first, then the row that points at it. */
	if (take(&a, &p, err) == 0 && check(&p, err) == 0 &&
	    write_plan(s, &case_uid, &p, err) == 0)
		rc = write_summary(s, &case_uid, &p, err);
	arena_done(&a);
	return rc;
}

/* --- reading ---------------------------------------------------------------- */

/* 1 there, 0 none, -1. */
static int
read_head(struct tx *tx, const struct uid *subject, int before, struct arena *a,
    struct safety_plan *p, struct uid *by)
{
	static const char count[] = "SELECT count(*) FROM safety_plan"
				    " WHERE person = ?1 AND deleted_hlc = 0";
	static const char sql[] =
	    "SELECT uid, complete, minutes, copy_safe, language, at, made_by"
	    " FROM safety_plan WHERE person = ?1 AND deleted_hlc = 0"
	    " ORDER BY hlc DESC, uid DESC LIMIT 1 OFFSET ?2";
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (tx_int(tx, count, VALS(v_uid(subject)), &n) == -1)
		return -1;
	st = tx_query(tx, sql, VALS(v_uid(subject), v_int(before)));
	if (st == NULL)
		return -1;
	rc = tx_row(tx, st);
	if (rc != 1)
		return rc;
	p->uid = col_uid(st, 0);
	p->complete = col_str(st, 1, a);
	p->minutes = (int)col_int(st, 2);
	p->copy_safe = col_str(st, 3, a);
	p->language = col_str(st, 4, a);
	p->at = col_int(st, 5);
	*by = col_uid(st, 6);
	p->versions = (int)n;
	p->version = (int)n - before;
	stmt_done(st);
	return 1;
}

static int
read_parts(struct tx *tx, const struct uid *subject, struct arena *a,
    struct safety_plan *p)
{
	static const char sql[] = "SELECT part, words FROM safety_part"
				  " WHERE person = ?1 AND plan = ?2";
	sqlite3_stmt *st =
	    tx_query(tx, sql, VALS(v_uid(subject), v_uid(&p->uid)));
	int rc;

	p->parts = arena_alloc(a, SAFETY_PART_COUNT + 1, sizeof(*p->parts));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && p->n_parts < SAFETY_PART_COUNT) {
		p->parts[p->n_parts].part = col_str(st, 0, a);
		p->parts[p->n_parts++].words = col_str(st, 1, a);
	}
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

/* Logins are in cases.db alone. */
static int
read_by(
    struct tx *tx, const struct uid *by, struct arena *a, struct safety_plan *p)
{
	static const char sql[] = "SELECT login FROM colleague WHERE uid = ?1";
	struct db *db = &tx->s->cases;
	sqlite3_stmt *st = db_query(db, sql, VALS(v_uid(by)), tx->err);
	int rc;

	p->by = "";
	if (st == NULL || (rc = db_row(db, st, tx->err)) == -1)
		return -1;
	if (rc == 1)
		p->by = col_str(st, 0, a);
	stmt_done(st);
	return 0;
}

int
safety_plan_open(struct session *s, struct uid case_uid, const char *reason,
    int before, struct arena *arena, struct safety_plan *out, struct err *err)
{
	struct safety_plan p = { .n_parts = 0 };
	struct case_subject subject;
	struct uid by;
	struct tx tx;
	int rc = -1, found;

	/* Each time: a reason that stands for something else will not do. */
	if (!said(reason))
		return access_err(NEED_REASON, err);
	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_SAFETY_READ,
		    .case_uid = &case_uid,
		    .action = "safety.open",
		    .reason = reason },
		err) == -1)
		return -1;
	if (case_subject(&tx, &case_uid, &subject) == -1)
		goto out;
	found = read_head(&tx, &subject.subject, before, arena, &p, &by);
	if (found == 0) {
		(void)err_set(err, ERR_NOT_FOUND,
		    _("There is no safety plan yet. a begins one, together "
		      "with the person."));
		goto out;
	}
	if (found == -1 || read_parts(&tx, &subject.subject, arena, &p) == -1 ||
	    read_by(&tx, &by, arena, &p) == -1)
		goto out;
	tx_field(&tx, "safety_plan");
	tx.what.object = &p.uid;
	rc = tx_commit(&tx);
	if (rc == 0)
		*out = p;
out:
	tx_abort(&tx);
	return rc;
}

const char *
safety_plan_words(const struct safety_plan *p, const char *part)
{
	for (size_t i = 0; i < p->n_parts; i++) {
		if (strcmp(p->parts[i].part, part) == 0)
			return p->parts[i].words;
	}
	return "";
}
