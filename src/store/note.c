/* SPDX-License-Identifier: ISC */
/*
 * Notes: appended, never edited.  What is wrong in one is put right by
 * another that names it, and both are read together.
 */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/workflow.h"
#include "store/case_inside.h"
#include "store/queue_write.h"

/* --- taking ----------------------------------------------------------------------- */

static const char *const sources[NOTE_SOURCES] = {
	[NOTE_SAID] = "said",
	[NOTE_SAW] = "saw",
	[NOTE_OTHER_SAID] = "other_said",
	[NOTE_VIEW] = "view",
};
static const char *const presences[] = { "person", "interpreter", "guardian",
	"companion", "colleague", "other" };
#define N_PRESENT (sizeof(presences) / sizeof(presences[0]))
#define PRESENT "present"

/* The next code of a list separated by ","; false at its end. */
static bool
next_code(const char **list, char code[LIMIT_CODE])
{
	size_t n = strcspn(*list, ",");

	if (n == 0)
		return false;
	if (n >= LIMIT_CODE)
		n = LIMIT_CODE - 1;
	memcpy(code, *list, n);
	code[n] = '\0';
	*list += strcspn(*list, ",");
	*list += **list == ',';
	return true;
}

static int
check_present(const char *list, struct err *e)
{
	char code[LIMIT_CODE];

	while (next_code(&list, code)) {
		if (!is_one_of(code, presences, N_PRESENT))
			return err_set_field(e, "present",
			    _("Say who was there with the words offered; a "
			      "name does not belong in a note."));
	}
	return 0;
}

int
note_take(struct arena *a, struct note *n, struct err *e)
{
	static const char *const kinds[] = { "fact", "said", "observed", "view",
		"plan", "other" };
	const struct text_in texts[] = {
		{ &n->kind, N_("Kind"), LIMIT_CODE },
		{ &n->text, N_("Note"), NOTE_MAX },
		{ &n->fact[NOTE_SAID], N_("What the person said"),
		    LIMIT_WORDS },
		{ &n->fact[NOTE_SAW], N_("What was seen or heard"),
		    LIMIT_WORDS },
		{ &n->fact[NOTE_OTHER_SAID], N_("What somebody else said"),
		    LIMIT_WORDS },
		{ &n->fact[NOTE_VIEW], N_("Your view"), LIMIT_WORDS },
		{ &n->present, N_("Who was there"), LIMIT_NAME },
	};

	if (texts_take(a, texts, sizeof(texts) / sizeof(texts[0]), e) == -1)
		return -1;
	if (!is_one_of(n->kind, kinds, sizeof(kinds) / sizeof(kinds[0])))
		return err_set_field(e, "kind",
		    _("Say what kind of note this is: a fact, what was said, "
		      "what was seen, your view, a plan or something "
		      "else."));
	if (!said(n->text))
		return err_set_field(
		    e, "text", _("The note is empty. Write something."));
	return check_present(n->present, e);
}

/* --- adding ------------------------------------------------------------------------ */

static int
fact_add(
    struct tx *tx, const struct note *n, const char *source, const char *text)
{
	struct uid uid = uid_new();

	return record_insert(tx, REC_NOTE_FACT, &n->case_uid, &uid,
		   COLS({ "note", v_uid(&n->uid) }, { "source", v_str(source) },
		       { "text", v_str(text) })) == -1
		   ? -1
		   : 0;
}

static int
facts_add(struct tx *tx, const struct note *n)
{
	const char *list = n->present == NULL ? "" : n->present;
	char code[LIMIT_CODE];

	for (int i = 0; i < NOTE_SOURCES; i++) {
		if (said(n->fact[i]) &&
		    fact_add(tx, n, sources[i], n->fact[i]) == -1)
			return -1;
	}
	while (next_code(&list, code)) {
		if (fact_add(tx, n, PRESENT, code) == -1)
			return -1;
	}
	return 0;
}

/* Saved before: do the facts beside it say the same? */
static int
facts_same(struct tx *tx, const struct note *n)
{
	static const char sql[] =
	    "SELECT count(*) FROM note_fact WHERE case_uid = ?1 AND note = ?2"
	    " AND source = ?3 AND text = ?4";
	int64_t there = 0;

	for (int i = 0; i < NOTE_SOURCES; i++) {
		if (!said(n->fact[i]))
			continue;
		if (tx_int(tx, sql,
			VALS(v_uid(&n->case_uid), v_uid(&n->uid),
			    v_str(sources[i]), v_str(n->fact[i])),
			&there) == -1)
			return -1;
		if (there == 0)
			return err_set(tx->err, ERR_CONFLICT,
			    _("This was saved already, with other words. Open "
			      "it again and look before saving."));
	}
	return 1;
}

int
note_insert(struct tx *tx, const struct note *n)
{
	const struct col cols[] = {
		{ "corrects", v_uid(&n->corrects) },
		{ "kind", v_str(n->kind) },
		{ "text", v_str(n->text) },
		{ "account", v_int(n->account) },
	};
	size_t k = sizeof(cols) / sizeof(cols[0]);
	int rc =
	    record_insert_once(tx, REC_NOTE, &n->case_uid, &n->uid, cols, k, k);

	if (rc == 0)
		return facts_add(tx, n);
	return rc == 1 ? facts_same(tx, n) : rc;
}

static int
check_corrects(struct tx *tx, const struct note *n)
{
	static const char sql[] =
	    "SELECT 1 FROM note WHERE case_uid = ?1 AND uid = ?2";
	int64_t one;
	int rc;

	if (uid_null(&n->corrects))
		return 0;
	rc = tx_int(
	    tx, sql, VALS(v_uid(&n->case_uid), v_uid(&n->corrects)), &one);
	if (rc == 0)
		return err_set(tx->err, ERR_INPUT,
		    _("The note this corrects is not in this case."));
	return rc == -1 ? -1 : 0;
}

/*
 * A note that helps is always possible.  An account of what somebody lived
 * through is theirs: it is written only after they agreed to work together,
 * or where nobody is recorded (consent comes before the story).
 */
static int
check_account(struct tx *tx, const struct note *n, struct arena *a)
{
	static const char sql[] =
	    "SELECT person IS NULL FROM case_file WHERE uid = ?1";
	struct consent_rows all;
	const struct release *w;
	int64_t anonymous = 0;

	if (!n->account)
		return 0;
	if (tx_int(tx, sql, VALS(v_uid(&n->case_uid)), &anonymous) == -1 ||
	    consent_rows_load(tx, &n->case_uid, a, &all) == -1)
		return -1;
	w = consent_working(&all, a);
	if (workflow_narrative_open(
		w == NULL ? CONSENT_NOT_ASKED : w->decision, anonymous == 1))
		return 0;
	return err_set_field(tx->err, "account",
	    _("The person has not agreed to work together, so no account is "
	      "written down. A short note of what helps is all right."));
}

int
note_add(struct session *s, const struct note *in, struct err *err)
{
	struct note n = *in;
	struct arena a;
	struct tx tx = { .open = false };
	int rc = -1;

	arena_init(&a);
	if (note_take(&a, &n, err) == -1)
		goto done;
	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CASE_WRITE,
		    .case_uid = &n.case_uid,
		    .object = &n.uid,
		    .action = "note.add",
		    .wrote = true },
		err) == -1)
		goto done;
	if (check_corrects(&tx, &n) == -1 || check_account(&tx, &n, &a) == -1)
		goto out;
	rc = note_insert(&tx, &n);
	if (rc == 0)
		/* Nothing is due by a note, and no stage is reached by one. */
		rc = queue_touch(&tx, &n.case_uid) == -1 ? -1 : tx_commit(&tx);
	else if (rc == 1)
		rc = 0;
out:
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

/* --- reading ----------------------------------------------------------------------- */

static int
add_facts(struct tx *tx, const struct uid *case_uid, const struct uid *note,
    struct buf *b)
{
	static const char sql[] =
	    "SELECT source, text FROM note_fact WHERE case_uid = ?1"
	    " AND note = ?2 AND deleted_hlc = 0 ORDER BY uid";
	sqlite3_stmt *st =
	    tx_query(tx, sql, VALS(v_uid(case_uid), v_uid(note)));
	bool present = false;
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		const char *source = col_text(st, 0), *text = col_text(st, 1);
		bool who = strcmp(source, PRESENT) == 0;

		if (who && present)
			buf_addf(b, ", %s", word_present(text));
		else
			buf_addf(b, "\n%s: %s", word_note_source(source),
			    who ? word_present(text) : text);
		present = who;
	}
	return rc;
}

/* How a note stands in the text: itself, what it corrects, what came later. */
enum place { ITSELF, EARLIER, LATER };

/* One note by itself: 1 there, 0 not, -1.  *corrects is what it puts right. */
static int
add_note(struct tx *tx, const struct uid *case_uid, const struct uid *note,
    enum place place, struct buf *b, bool *account, struct uid *corrects)
{
	static const char sql[] =
	    "SELECT t.text, t.account, t.corrects, t.made_at, u.login"
	    " FROM note t LEFT JOIN colleague u ON u.uid = t.made_by"
	    " WHERE t.case_uid = ?1 AND t.uid = ?2";
	sqlite3_stmt *st =
	    tx_query(tx, sql, VALS(v_uid(case_uid), v_uid(note)));
	char when[24];
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) != 1)
		return st == NULL ? -1 : rc;
	if (place != ITSELF)
		buf_addf(b,
		    place == EARLIER
			? _("\n\nIt puts right what was written %s by %s:\n")
			: _("\n\nPut right %s by %s:\n"),
		    clock_full(col_int(st, 3), when, sizeof(when)),
		    col_text(st, 4));
	buf_add_str(b, col_text(st, 0));
	*account = *account || col_bool(st, 1);
	*corrects = col_uid(st, 2);
	stmt_done(st);
	return add_facts(tx, case_uid, note, b) == -1 ? -1 : 1;
}

/* What puts this note right, in the order it was written; how many, -1. */
static int
later_notes(struct tx *tx, const struct uid *case_uid, const struct uid *note,
    struct uid *list, size_t max)
{
	static const char sql[] =
	    "SELECT uid FROM note WHERE case_uid = ?1 AND corrects = ?2"
	    " AND deleted_hlc = 0 ORDER BY made_at, uid LIMIT ?3";
	sqlite3_stmt *st = tx_query(
	    tx, sql, VALS(v_uid(case_uid), v_uid(note), v_int((int64_t)max)));
	int n = 0, rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1)
		list[n++] = col_uid(st, 0);
	return rc == -1 ? -1 : n;
}

#define LATER_MAX 50 /* corrections of one note that are shown with it */

static int
read_together(struct tx *tx, const struct uid *case_uid, const struct uid *note,
    struct buf *b, struct note_together *out)
{
	struct uid later[LATER_MAX], corrects, ignored;
	int n;

	if (add_note(tx, case_uid, note, ITSELF, b, &out->account, &corrects) ==
		-1 ||
	    (!uid_null(&corrects) && add_note(tx, case_uid, &corrects, EARLIER,
					 b, &out->account, &ignored) == -1))
		return -1;
	n = later_notes(tx, case_uid, note, later, LATER_MAX);
	for (int i = 0; i < n; i++) {
		if (add_note(tx, case_uid, &later[i], LATER, b, &out->account,
			&ignored) == -1)
			return -1;
	}
	out->corrected = n > 0;
	return n == -1 ? -1 : 0;
}

int
note_read(struct tx *tx, const struct uid *case_uid, const struct uid *note,
    struct arena *a, struct note_together *out)
{
	struct buf b;
	int rc;

	*out = (struct note_together){ .text = "" };
	buf_init(&b);
	rc = read_together(tx, case_uid, note, &b, out);
	if (rc == 0)
		out->text = arena_strn(a, b.data, b.len);
	buf_done(&b);
	return rc;
}
