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
		return err_set_field(e,
		    safety_part_code((enum safety_part_id)0),
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

/* --- writing --------------------------------------------------------------- */

/* A version with its parts: 1, 0 there is none, -1. */
static int
read_version(struct tx *tx, const struct uid *subject, const struct uid *which,
    struct arena *a, struct safety_plan *p)
{
	struct uid by;
	int rc = 1;

	for (int before = 0; rc == 1; before++) {
		*p = (struct safety_plan){ .n_parts = 0 };
		rc = read_head(tx, subject, before, a, p, &by);
		if (rc == 1 && (which == NULL || uid_eq(which, &p->uid)))
			break;
	}
	if (rc != 1)
		return rc;
	return read_parts(tx, subject, a, p) == -1 ||
		       colleague_login(tx, &by, a, &p->by) == -1
		   ? -1
		   : 1;
}

static void
put_part(struct safety_plan *p, const char *part, const char *words)
{
	size_t at = 0;

	while (at < p->n_parts && strcmp(p->parts[at].part, part) != 0)
		at++;
	if (words[0] == '\0' && at < p->n_parts) {
		p->parts[at] = p->parts[--p->n_parts];
		return;
	}
	p->parts[at] = (struct safety_part){ part, words };
	p->n_parts += at == p->n_parts;
}

/* Where the words of one part are not what a colleague wrote since: 1; 0 they
 * are.  What they alone changed is settled by theirs. */
static int
differs(const char *part, const struct safety_plan *base,
    const struct safety_plan *now, const struct safety_plan *p,
    struct conflict *c)
{
	const char *was = safety_plan_words(base, part);

	*c = (struct conflict){ .field = part,
		.mine = safety_plan_words(p, part),
		.theirs = safety_plan_words(now, part),
		.by = now->by,
		.at = now->at };
	c->settled = strcmp(c->mine, was) == 0;
	return strcmp(c->theirs, was) != 0 && strcmp(c->theirs, c->mine) != 0;
}

/* What a colleague wrote since is not lost to a form that was open then. */
static int
merge(struct tx *tx, const struct uid *subject, struct arena *a,
    struct safety_plan *p, struct conflicts *out)
{
	struct safety_part *parts =
	    arena_alloc(a, SAFETY_PART_COUNT + 1, sizeof(*parts));
	struct conflict all[SAFETY_PART_COUNT];
	struct safety_plan now, base;
	bool asked = false;
	size_t n = 0;
	int there = read_version(tx, subject, NULL, a, &now);

	if (there != 1 || uid_eq(&now.uid, &p->base) ||
	    uid_eq(&now.uid, &p->uid))
		return there == -1 ? -1 : 0;
	if (read_version(tx, subject, &p->base, a, &base) == -1)
		return -1;
	memcpy(parts, p->parts, p->n_parts * sizeof(*parts));
	p->parts = parts;
	*out = (struct conflicts){ .base = now.uid,
		.list = arena_alloc(a, SAFETY_PART_COUNT, sizeof(*out->list)) };
	for (int i = 0; i < SAFETY_PART_COUNT; i++)
		n += (size_t)differs(safety_part_code((enum safety_part_id)i),
		    &base, &now, p, &all[n]);
	for (size_t i = 0; i < n; i++) {
		asked |= !all[i].settled;
		if (all[i].settled)
			put_part(p, all[i].field, all[i].theirs);
	}
	record_list_conflicts(out, all, n);
	return asked ? record_in_conflict(tx->err) : 0;
}

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
write_plan(struct session *s, const struct uid *case_uid, struct safety_plan *p,
    struct arena *a, struct conflicts *conflicts, struct err *err)
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
	if (case_subject(&tx, case_uid, &subject) == 0 &&
	    merge(&tx, &subject.subject, a, p, conflicts) == 0) {
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
    const struct safety_plan *in, struct arena *a, struct conflicts *conflicts,
    struct err *err)
{
	struct safety_plan p = *in;

	*conflicts = (struct conflicts){ .n = 0 };
	/* Identity first, then the row that points at it. */
	if (take(a, &p, err) == -1 || check(&p, err) == -1 ||
	    write_plan(s, &case_uid, &p, a, conflicts, err) == -1)
		return -1;
	return write_summary(s, &case_uid, &p, err);
}

/* --- opening ---------------------------------------------------------------- */

int
safety_plan_open(struct session *s, struct uid case_uid, const char *reason,
    int before, struct arena *arena, struct safety_plan *out, struct err *err)
{
	struct safety_plan p = { .n_parts = 0 };
	struct case_subject subject;
	struct uid by;
	struct tx tx;
	int rc = -1, found;

	if (session_purpose(s, &case_uid, &reason, err) == -1)
		return -1;
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
	    colleague_login(&tx, &by, arena, &p.by) == -1)
		goto out;
	tx_field(&tx, "safety_plan");
	tx.what.object = &p.uid;
	rc = tx_commit(&tx);
	if (rc == 0) {
		session_set_purpose(s, &case_uid, reason);
		*out = p;
	}
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
