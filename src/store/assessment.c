/* SPDX-License-Identifier: ISC */
#include "store/assessment.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/case_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
/* More than any list of domains has. */
#define ITEMS_MAX 200

/* --- checking ------------------------------------------------------------- */

static int
take(struct arena *a, struct assessment *s, struct err *e)
{
	const struct text_in texts[] = {
		{ &s->wants, N_("What the person wants"), LIMIT_WORDS },
		{ &s->language, N_("Language"), LIMIT_CODE },
		{ &s->interpreter, N_("Interpreter"), LIMIT_CODE },
		{ &s->seen_alone, N_("Seen alone"), LIMIT_CODE },
	};
	struct assessment_item *list;

	if (s->n_items > ITEMS_MAX)
		return err_set(e, ERR_INPUT,
		    _("These are more answers than there are questions."));
	if (texts_take(a, texts, COUNT(texts), e) == -1)
		return -1;
	list = arena_alloc(a, s->n_items + 1, sizeof(*list));
	for (size_t i = 0; i < s->n_items; i++) {
		const struct text_in parts[] = {
			{ &list[i].kind, N_("Kind"), LIMIT_CODE },
			{ &list[i].topic, N_("Area of life"), LIMIT_CODE },
			{ &list[i].state, N_("Need"), LIMIT_CODE },
			{ &list[i].words, N_("Words"), LIMIT_WORDS },
		};

		list[i] = s->items[i];
		if (texts_take(a, parts, COUNT(parts), e) == -1)
			return -1;
	}
	s->items = list;
	return 0;
}

static bool
is_domain(const struct society *society, const char *id)
{
	for (size_t i = 0; i < society->domains.n; i++) {
		if (strcmp(society->domains.list[i].id, id) == 0)
			return true;
	}
	return false;
}

static bool
item_ok(const struct society *society, const struct assessment_item *i)
{
	if (strcmp(i->kind, "need") == 0)
		return is_domain(society, i->topic) &&
		       need_state_from_name(i->state) >= 0;
	if (i->state[0] != '\0')
		return false;
	if (strcmp(i->kind, "strength") == 0)
		return strength_from_name(i->topic) >= 0;
	return strcmp(i->kind, "risk") == 0 &&
	       risk_view_from_name(i->topic) >= 0;
}

static int
by_topic(const void *x, const void *y)
{
	const struct assessment_item *a = x, *b = y;
	int d = strcmp(a->kind, b->kind);

	return d != 0 ? d : strcmp(a->topic, b->topic);
}

static int
check(const struct society *society, struct assessment *s, struct err *e)
{
	if (!said(s->wants))
		return err_set_field(e, "wants",
		    _("Write what the person wants, in their words. That is "
		      "what comes next."));
	if (!is_tri(s->seen_alone) || !is_interpreter(s->interpreter))
		return err_set(e, ERR_INPUT,
		    _("One of the answers is not in its list. Choose again."));
	qsort(s->items, s->n_items, sizeof(*s->items), by_topic);
	for (size_t i = 0; i < s->n_items; i++) {
		if (!item_ok(society, &s->items[i]))
			return err_set(e, ERR_INPUT,
			    _("One of the answers is not in its list. Choose "
			      "again."));
		if (i > 0 && by_topic(&s->items[i - 1], &s->items[i]) == 0)
			return err_set(e, ERR_INPUT,
			    _("One area has two answers. Keep one."));
	}
	return 0;
}

/* --- reading -------------------------------------------------------------- */

static int
read_items(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct assessment *s)
{
	static const char count[] = "SELECT count(*) FROM assessment_item"
				    " WHERE case_uid = ?1 AND assessment = ?2";
	static const char sql[] =
	    "SELECT kind, topic, state, words FROM assessment_item"
	    " WHERE case_uid = ?1 AND assessment = ?2 ORDER BY kind, topic";
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (tx_int(tx, count, VALS(v_uid(case_uid), v_uid(&s->uid)), &n) == -1)
		return -1;
	s->items = arena_alloc(a, (size_t)n + 1, sizeof(*s->items));
	st = tx_query(tx, sql, VALS(v_uid(case_uid), v_uid(&s->uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && s->n_items < (size_t)n) {
		struct assessment_item *i = &s->items[s->n_items++];

		i->kind = col_str(st, 0, a);
		i->topic = col_str(st, 1, a);
		i->state = col_str(st, 2, a);
		i->words = col_str(st, 3, a);
	}
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

static int
read_list(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct assessments *out)
{
	static const char count[] = "SELECT count(*) FROM assessment"
				    " WHERE case_uid = ?1 AND deleted_hlc = 0";
	static const char sql[] =
	    "SELECT t.uid, t.corrects, t.wants, t.language, t.interpreter,"
	    " t.seen_alone, t.at, u.login FROM assessment t"
	    " LEFT JOIN colleague u ON u.uid = t.made_by"
	    " WHERE t.case_uid = ?1 AND t.deleted_hlc = 0"
	    " ORDER BY t.hlc DESC, t.uid DESC";
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
		struct assessment *s = &out->list[out->n++];

		s->uid = col_uid(st, 0);
		s->corrects = col_uid(st, 1);
		s->wants = col_str(st, 2, a);
		s->language = col_str(st, 3, a);
		s->interpreter = col_str(st, 4, a);
		s->seen_alone = col_str(st, 5, a);
		s->at = col_int(st, 6);
		s->by = col_str(st, 7, a);
	}
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

/* --- what a colleague recorded meanwhile -------------------------------------- */

/* One picture against another, answer by answer. */
struct merge {
	struct arena *a;
	struct assessment none; /* nothing was recorded */
	const struct assessment *base, *now;
	struct assessment *mine; /* takes what only they changed */
	struct conflict *all;
	size_t n;
};

static struct assessment_item
item_of(const struct assessment *s, const char *kind, const char *topic)
{
	const struct assessment_item *i = assessment_find(s, kind, topic);

	return i != NULL ? *i : (struct assessment_item){ kind, topic, "", "" };
}

static bool
item_same(const struct assessment_item *x, const struct assessment_item *y)
{
	return strcmp(x->state, y->state) == 0 &&
	       strcmp(x->words, y->words) == 0;
}

static void
item_put(struct assessment *s, const struct assessment_item *item)
{
	bool gone = item->state[0] == '\0' && item->words[0] == '\0';
	size_t at = 0;

	while (at < s->n_items && by_topic(&s->items[at], item) != 0)
		at++;
	if (!gone) {
		s->items[at] = *item;
		s->n_items += at == s->n_items;
	} else if (at < s->n_items)
		s->items[at] = s->items[--s->n_items];
}

static void
differ(struct merge *m, const char *field, const char *mine, const char *theirs,
    bool settled)
{
	if (strcmp(mine, theirs) != 0)
		m->all[m->n++] = (struct conflict){ .field = field,
			.mine = mine,
			.theirs = theirs,
			.by = m->now->by,
			.at = m->now->at,
			.settled = settled };
}

/* A need and the words about it are one answer: where both changed something
 * of it, all that is not the same is asked. */
static void
merge_item(struct merge *m, const char *kind, const char *topic)
{
	struct assessment_item was = item_of(m->base, kind, topic);
	struct assessment_item theirs = item_of(m->now, kind, topic);
	struct assessment_item mine = item_of(m->mine, kind, topic);
	bool need = strcmp(kind, "need") == 0;
	bool only_they = item_same(&mine, &was);

	if (item_same(&theirs, &was) || item_same(&theirs, &mine))
		return;
	if (need)
		differ(m, arena_printf(m->a, "need.%s", topic), mine.state,
		    theirs.state, only_they);
	differ(m, arena_printf(m->a, "%s.%s", need ? "words" : kind, topic),
	    mine.words, theirs.words, only_they);
	if (only_they)
		item_put(m->mine, &theirs);
}

/* What they said of it, in the order of the form.  How one talk went
 * (language, interpreter, alone) is never taken from another. */
static void
merge_all(struct merge *m, const struct society *society)
{
	const char *was = m->base->wants, *theirs = m->now->wants;
	const char *mine = m->mine->wants;

	if (strcmp(theirs, was) != 0) {
		differ(m, "wants", mine, theirs, strcmp(mine, was) == 0);
		m->mine->wants = strcmp(mine, was) == 0 ? theirs : mine;
	}
	for (int i = 0; i < STRENGTH_COUNT; i++)
		merge_item(m, "strength", strength_name((enum strength)i));
	for (size_t i = 0; i < society->domains.n; i++)
		merge_item(m, "need", society->domains.list[i].id);
	for (int i = 0; i < RISK_VIEW_COUNT; i++)
		merge_item(m, "risk", risk_view_name((enum risk_view)i));
}

/* The one that stands, or stood when a retry was first saved; and the base.
 * NULL: there is none. */
static int
find_both(struct tx *tx, const struct uid *case_uid, struct merge *m)
{
	struct assessments all = { .n = 0 };
	size_t from = 0;

	if (read_list(tx, case_uid, m->a, &all) == -1)
		return -1;
	for (size_t i = 0; i < all.n; i++)
		if (uid_eq(&all.list[i].uid, &m->mine->uid))
			from = i + 1;
	if (from < all.n)
		m->now = &all.list[from];
	for (size_t i = 0; i < all.n; i++) {
		bool is_base = uid_eq(&all.list[i].uid, &m->mine->base);

		if (is_base)
			m->base = &all.list[i];
		if ((is_base || i == from) &&
		    read_items(tx, case_uid, m->a, &all.list[i]) == -1)
			return -1;
	}
	return 0;
}

static int
merge(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct assessment *mine, struct conflicts *out)
{
	const struct society *society = tx->s->society;
	size_t most =
	    1 + STRENGTH_COUNT + 2 * society->domains.n + RISK_VIEW_COUNT;
	struct merge m = { .a = a, .none = { .wants = "" }, .mine = mine };
	struct assessment_item *items;
	bool asked = false;

	m.base = m.now = &m.none;
	if (find_both(tx, case_uid, &m) == -1)
		return -1;
	*out = (struct conflicts){ .base = m.now->uid };
	if (m.now == &m.none || m.now == m.base)
		return 0;
	m.all = arena_alloc(a, most, sizeof(*m.all));
	items = arena_alloc(a, mine->n_items + most, sizeof(*items));
	memcpy(items, mine->items, mine->n_items * sizeof(*items));
	mine->items = items;
	merge_all(&m, society);
	out->list = arena_alloc(a, m.n + 1, sizeof(*out->list));
	record_list_conflicts(out, m.all, m.n);
	for (size_t i = 0; i < m.n; i++)
		asked |= !m.all[i].settled;
	return asked ? record_in_conflict(tx->err) : 0;
}

/* --- adding --------------------------------------------------------------- */

static int
insert(struct tx *tx, const struct uid *case_uid, const struct assessment *s)
{
	const struct col cols[] = {
		{ "wants", v_str(s->wants) },
		{ "language", v_str(s->language) },
		{ "interpreter", v_str(s->interpreter) },
		{ "seen_alone", v_str(s->seen_alone) },
		{ "corrects", v_uid(&s->corrects) },
		{ "at", v_int(tx->now) },
	};
	int rc = record_insert_once(tx, REC_ASSESSMENT, case_uid, &s->uid, cols,
	    COUNT(cols), COUNT(cols) - 1);

	/* The rows of one picture are written together or not at all: what is
	 * there already has its items, too. */
	for (size_t i = 0; rc == 0 && i < s->n_items; i++) {
		const struct assessment_item *item = &s->items[i];
		struct uid uid = uid_new();

		if (record_insert(tx, REC_ASSESSMENT_ITEM, case_uid, &uid,
			COLS({ "assessment", v_uid(&s->uid) },
			    { "kind", v_str(item->kind) },
			    { "topic", v_str(item->topic) },
			    { "state", v_str(item->state) },
			    { "words", v_str(item->words) })) == -1)
			return -1;
	}
	return rc;
}

int
assessment_add(struct session *s, struct uid case_uid,
    const struct assessment *in, struct arena *a, struct conflicts *conflicts,
    struct err *err)
{
	struct assessment one = *in;
	struct tx tx = { .open = false };
	int rc = -1;

	*conflicts = (struct conflicts){ .n = 0 };
	if (take(a, &one, err) == 0 &&
	    check(session_society(s), &one, err) == 0 &&
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_PLAN,
		    .case_uid = &case_uid,
		    .object = &one.uid,
		    .action = "assessment.add",
		    .wrote = true },
		err) == 0 &&
	    merge(&tx, &case_uid, a, &one, conflicts) == 0)
		rc = case_commit_once(
		    &tx, &case_uid, insert(&tx, &case_uid, &one));
	tx_abort(&tx);
	return rc;
}

/* --- reading them all --------------------------------------------------------- */

int
assessment_list(struct session *s, struct uid case_uid, struct arena *arena,
    struct assessments *out, struct err *err)
{
	struct assessments found = { .n = 0 };
	struct tx tx;
	int rc = -1;

	if (case_read_begin(&tx, s, &case_uid, "assessment.list", err) == -1)
		return -1;
	if (read_list(&tx, &case_uid, arena, &found) == -1)
		goto out;
	for (size_t i = 0; i < found.n; i++) {
		if (read_items(&tx, &case_uid, arena, &found.list[i]) == -1)
			goto out;
	}
	rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
out:
	tx_abort(&tx);
	return rc;
}

const struct assessment_item *
assessment_find(const struct assessment *s, const char *kind, const char *topic)
{
	for (size_t i = 0; i < s->n_items; i++) {
		if (strcmp(s->items[i].kind, kind) == 0 &&
		    strcmp(s->items[i].topic, topic) == 0)
			return &s->items[i];
	}
	return NULL;
}
