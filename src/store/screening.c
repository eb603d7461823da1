/* SPDX-License-Identifier: ISC */
#include "store/screening.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "rules/workflow.h"
#include "store/case_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
/* More than any catalogue has. */
#define ANSWERS_MAX 1000

/* --- checking --------------------------------------------------------------------------- */

static int
take(struct arena *a, struct screening *s, struct err *e)
{
	const struct text_in texts[] = {
		{ &s->catalogue, N_("Catalogue"), LIMIT_NAME },
		{ &s->list, N_("List"), LIMIT_CODE },
		{ &s->language, N_("Language"), LIMIT_CODE },
		{ &s->interpreter, N_("Interpreter"), LIMIT_CODE },
		{ &s->seen_alone, N_("Seen alone"), LIMIT_CODE },
		{ &s->outcome, N_("Outcome"), LIMIT_CODE },
		{ &s->wants, N_("What the person wants"), LIMIT_WORDS },
		{ &s->note, N_("Note"), LIMIT_WORDS },
	};
	struct answer *list;

	if (s->n_answers > ANSWERS_MAX)
		return err_set(
		    e, ERR_INPUT, _("These are more answers than items."));
	if (texts_take(a, texts, COUNT(texts), e) == -1)
		return -1;
	list = arena_alloc(a, s->n_answers + 1, sizeof(*list));
	for (size_t i = 0; i < s->n_answers; i++) {
		const struct text_in parts[] = {
			{ &list[i].item, N_("Indicator"), LIMIT_CODE },
			{ &list[i].state, N_("Answer"), LIMIT_CODE },
			{ &list[i].source, N_("Source"), LIMIT_CODE },
			{ &list[i].note, N_("Note beside an answer"),
			    LIMIT_ANSWER },
		};

		list[i] = s->answers[i];
		if (texts_take(a, parts, COUNT(parts), e) == -1)
			return -1;
	}
	s->answers = list;
	return 0;
}

/* The catalogue as it stands today; an older version (a form begun before the
 * configuration changed) keeps its own name. */
static int
check_catalogue(const struct society *society, struct arena *a,
    struct screening *s, const struct catalogue **now, struct err *e)
{
	size_t len = strcspn(s->catalogue, ":");
	const struct catalogue *c =
	    society_catalogue(society, arena_strn(a, s->catalogue, len));

	/* Behind a closed gate none was opened. */
	if (!s->gate_open && len == 0)
		return 0;
	if (c == NULL)
		return err_set(e, ERR_INPUT,
		    _("This list of indicators is not in use here. Choose "
		      "another."));
	if (s->catalogue[len] == '\0')
		s->catalogue = arena_printf(a, "%s:%s", c->id, c->version);
	*now =
	    strcmp(strchr(s->catalogue, ':') + 1, c->version) == 0 ? c : NULL;
	return 0;
}

static int
by_item(const void *x, const void *y)
{
	return strcmp(
	    ((const struct answer *)x)->item, ((const struct answer *)y)->item);
}

static int
check_answer(const struct catalogue *now, const struct answer *a, struct err *e)
{
	static const char *const sources[] = { "", "person", "worker_saw",
		"third_party", "document" };
	int state = answer_state_from_name(a->state);

	if (a->item[0] == '\0' ||
	    (now != NULL && catalogue_item(now, a->item) == NULL))
		return err_set(e, ERR_INPUT,
		    _("One of the indicators is not in this list."));
	if (state < 0 || !is_one_of(a->source, sources, COUNT(sources)))
		return err_set(e, ERR_INPUT,
		    _("One of the answers is not in its list. Choose again."));
	/* Nobody is the source of what was not raised, and a sign without a
	 * source may be the controller's word. */
	if (state == ANSWER_NOT_RAISED && a->source[0] != '\0')
		return err_set(e, ERR_INPUT,
		    _("What was not raised has no source: choose another "
		      "answer or take the source away."));
	if ((state == ANSWER_SOME_SIGN || state == ANSWER_CLEAR_SIGN) &&
	    a->source[0] == '\0')
		return err_set(e, ERR_INPUT,
		    _("Say where each sign comes from: the person, what you "
		      "saw, somebody else or a paper."));
	return 0;
}

static int
check_answers(const struct catalogue *now, struct screening *s, struct err *e)
{
	if (!s->gate_open && s->n_answers > 0)
		return err_set(e, ERR_INPUT,
		    _("Indicators are for a talk alone and without hurry. What "
		      "you noticed meanwhile can stand in a note."));
	qsort(s->answers, s->n_answers, sizeof(*s->answers), by_item);
	for (size_t i = 0; i < s->n_answers; i++) {
		if (check_answer(now, &s->answers[i], e) == -1)
			return -1;
		if (i > 0 && by_item(&s->answers[i - 1], &s->answers[i]) == 0)
			return err_set(e, ERR_INPUT,
			    _("One indicator has two answers. Keep one."));
	}
	return 0;
}

static int
check(const struct society *society, struct arena *a, struct screening *s,
    struct err *e)
{
	static const char *const lists[] = { "", "AL", "AS", "CL", "CS" };
	int outcome = screening_outcome_from_name(s->outcome);
	const struct catalogue *now = NULL;

	if (check_catalogue(society, a, s, &now, e) == -1)
		return -1;
	if (!is_one_of(s->list, lists, COUNT(lists)) ||
	    !is_tri(s->seen_alone) || !is_interpreter(s->interpreter))
		return err_set(e, ERR_INPUT,
		    _("One of the answers is not in its list. Choose again."));
	if (outcome < 0)
		return err_set_field(e, "outcome",
		    _("Say how the talk ended: choose from the list."));
	if (!screening_outcome_open((enum screening_outcome)outcome,
		s->gate_open ? 0 : ALONE_NOT_ALONE))
		return err_set_field(e, "outcome",
		    _("This was not a talk alone, so nothing can be told from "
		      "it: choose \"not able to tell\"."));
	if (!said(s->wants))
		return err_set_field(e, "wants",
		    _("Write what the person wants, in their words. That is "
		      "what comes next, whatever was noticed."));
	return check_answers(now, s, e);
}

/* --- adding ----------------------------------------------------------------------------- */

static int
insert_answers(struct tx *tx, const struct screening *s)
{
	for (size_t i = 0; i < s->n_answers; i++) {
		const struct answer *a = &s->answers[i];
		struct uid uid = uid_new();

		if (record_insert(tx, REC_ANSWER, &s->case_uid, &uid,
			COLS({ "screening", v_uid(&s->uid) },
			    { "item", v_str(a->item) },
			    { "state", v_str(a->state) },
			    { "source", v_str(a->source) },
			    { "note", v_str(a->note) })) == -1)
			return -1;
	}
	return 0;
}

/* Does a snapshot that is there already have exactly these answers? */
static int
same_answers(struct tx *tx, const struct screening *s)
{
	static const char sql[] =
	    "SELECT item, state, source, note FROM answer"
	    " WHERE case_uid = ?1 AND screening = ?2 ORDER BY item";
	sqlite3_stmt *st =
	    tx_query(tx, sql, VALS(v_uid(&s->case_uid), v_uid(&s->uid)));
	bool same = true;
	size_t n = 0;
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		const struct answer *a = &s->answers[n];

		same = same && n < s->n_answers &&
		       strcmp(a->item, col_text(st, 0)) == 0 &&
		       strcmp(a->state, col_text(st, 1)) == 0 &&
		       strcmp(a->source, col_text(st, 2)) == 0 &&
		       strcmp(a->note, col_text(st, 3)) == 0;
		n++;
	}
	if (rc == -1)
		return -1;
	if (same && n == s->n_answers)
		return 0;
	return err_set(tx->err, ERR_CONFLICT,
	    _("This was saved already, with other answers. Open it again and "
	      "look before saving."));
}

static int
insert(struct tx *tx, const struct screening *s)
{
	const struct col cols[] = {
		{ "catalogue", v_str(s->catalogue) },
		{ "list", v_str(s->list) },
		{ "language", v_str(s->language) },
		{ "interpreter", v_str(s->interpreter) },
		{ "seen_alone", v_str(s->seen_alone) },
		{ "gate_open", v_int(s->gate_open) },
		{ "outcome", v_str(s->outcome) },
		{ "wants", v_str(s->wants) },
		{ "note", v_str(s->note) },
		{ "at", v_int(tx->now) },
	};

	return record_insert_once(tx, REC_SCREENING, &s->case_uid, &s->uid,
	    cols, COUNT(cols), COUNT(cols) - 1);
}

int
screening_add(struct session *s, const struct screening *in, struct err *err)
{
	struct screening c = *in;
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (take(&a, &c, err) == -1 ||
	    check(session_society(s), &a, &c, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_SCREEN,
		    .case_uid = &c.case_uid,
		    .object = &c.uid,
		    .action = "screening.add",
		    .wrote = true },
		err) == -1)
		goto done;
	switch (insert(&tx, &c)) {
	case 0:
		if (insert_answers(&tx, &c) == 0)
			rc = case_commit(&tx, &c.case_uid);
		break;
	case 1:
		rc = same_answers(&tx, &c);
		break;
	default:
		break;
	}
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

/* --- reading ---------------------------------------------------------------------------- */

#define SCREENING_COLUMNS                                               \
	"t.uid, t.catalogue, t.list, t.language, t.interpreter,"        \
	" t.seen_alone, t.gate_open, t.outcome, t.wants, t.note, t.at," \
	" u.login FROM screening t LEFT JOIN colleague u ON u.uid = t.made_by"

static void
fill(sqlite3_stmt *st, struct arena *a, struct screening *s)
{
	s->uid = col_uid(st, 0);
	s->catalogue = col_str(st, 1, a);
	s->list = col_str(st, 2, a);
	s->language = col_str(st, 3, a);
	s->interpreter = col_str(st, 4, a);
	s->seen_alone = col_str(st, 5, a);
	s->gate_open = col_bool(st, 6);
	s->outcome = col_str(st, 7, a);
	s->wants = col_str(st, 8, a);
	s->note = col_str(st, 9, a);
	s->at = col_int(st, 10);
	s->by = col_str(st, 11, a);
}

static int
read_list(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct screenings *out)
{
	static const char count[] =
	    "SELECT count(*) FROM screening WHERE case_uid = ?1";
	static const char sql[] = "SELECT " SCREENING_COLUMNS
				  " WHERE t.case_uid = ?1 AND t.deleted_hlc = 0"
				  " ORDER BY t.at DESC, t.uid DESC";
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
		out->list[out->n].case_uid = *case_uid;
		fill(st, a, &out->list[out->n++]);
	}
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

int
screening_list(struct session *s, struct uid case_uid, struct arena *arena,
    struct screenings *out, struct err *err)
{
	struct screenings found = { .n = 0 };
	struct tx tx;
	int rc = -1;

	if (case_read_begin(&tx, s, &case_uid, "screening.list", err) == -1)
		return -1;
	if (read_list(&tx, &case_uid, arena, &found) == 0)
		rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
	tx_abort(&tx);
	return rc;
}

static int
read_one(struct tx *tx, const struct uid *uid, struct arena *a,
    struct screening *out)
{
	static const char sql[] =
	    "SELECT " SCREENING_COLUMNS " WHERE t.case_uid = ?1 AND t.uid = ?2"
	    " AND t.deleted_hlc = 0";
	sqlite3_stmt *st =
	    tx_query(tx, sql, VALS(v_uid(&out->case_uid), v_uid(uid)));

	if (st == NULL)
		return -1;
	switch (tx_row(tx, st)) {
	case 1:
		fill(st, a, out);
		stmt_done(st);
		return 0;
	case 0:
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("This is not in the case any more."));
	default:
		return -1;
	}
}

static int
read_answers(struct tx *tx, struct arena *a, struct screening *out)
{
	static const char count[] = "SELECT count(*) FROM answer"
				    " WHERE case_uid = ?1 AND screening = ?2";
	static const char sql[] =
	    "SELECT item, state, source, note FROM answer"
	    " WHERE case_uid = ?1 AND screening = ?2 ORDER BY item";
	const struct val key[] = { v_uid(&out->case_uid), v_uid(&out->uid) };
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (tx_int(tx, count, key, 2, &n) == -1)
		return -1;
	out->answers = arena_alloc(a, (size_t)n + 1, sizeof(*out->answers));
	st = tx_query(tx, sql, key, 2);
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && out->n_answers < (size_t)n) {
		struct answer *one = &out->answers[out->n_answers++];

		one->item = col_str(st, 0, a);
		one->state = col_str(st, 1, a);
		one->source = col_str(st, 2, a);
		one->note = col_str(st, 3, a);
	}
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

int
screening_open(struct session *s, struct uid case_uid, struct uid uid,
    struct arena *arena, struct screening *out, struct err *err)
{
	struct screening found = { .case_uid = case_uid };
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CASE_READ,
		    .case_uid = &case_uid,
		    .object = &uid,
		    .action = "screening.open",
		    .again_ok = true },
		err) == -1)
		return -1;
	if (read_one(&tx, &uid, arena, &found) == 0 &&
	    read_answers(&tx, arena, &found) == 0)
		rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
	tx_abort(&tx);
	return rc;
}
