/* SPDX-License-Identifier: ISC */
/* The national referral mechanism, as it touches one case. */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "store/deadline.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* What is in the way, and the value it is about. */
static const struct {
	const char *field, *words;
} gaps[MECHANISM_GAP_COUNT] = {
	[MECHANISM_GAP_CODE] = { "code",
	    N_("Choose one of the answers that are "
	       "offered.") },
	[MECHANISM_GAP_DAY] = { "on",
	    N_("Say on which day it was: today or before.") },
	[MECHANISM_GAP_NOT_INFORMED] = { "code",
	    N_("Explain first what the mechanism is and what follows from a "
	       "yes and from a no, and record both; then the yes counts.") },
	[MECHANISM_GAP_NO_CONSENT] = { "code",
	    N_("Nobody is referred who did not say that they want it. Record "
	       "their decision first; help goes on whatever it is.") },
	[MECHANISM_GAP_NOT_OURS] = { "code",
	    N_("This Society does not refer to this mechanism itself. Record "
	       "who did: another organisation, with the person.") },
	[MECHANISM_GAP_UNTIL] = { "until",
	    N_("Say until when it runs: not before it begins, and longer "
	       "than before where it is extended.") },
	[MECHANISM_GAP_NOT_RUNNING] = { "on",
	    N_("Nothing was running on that day that this could end or "
	       "extend: look at the day again.") },
};

static int
take(struct arena *a, struct mechanism_entry *m, struct err *e)
{
	const struct text_in texts[] = {
		{ &m->mechanism, N_("Mechanism"), LIMIT_CODE },
		{ &m->kind, N_("What"), LIMIT_CODE },
		{ &m->code, N_("Answer"), LIMIT_CODE },
		{ &m->words, N_("Words"), LIMIT_WORDS },
	};

	return texts_take(a, texts, COUNT(texts), e);
}

static int64_t
day_number(const struct fdate *d, bool last)
{
	int64_t from, to;

	if (date_range(d, &from, &to) == -1)
		return 0;
	return last ? to : from;
}

/* The end the law gives a reflection period, where nobody said another. */
static void
fill_end(const struct mechanism *how, struct mechanism_entry *m,
    struct mechanism_event *e)
{
	if (e->kind != MECHANISM_IS_REFLECTION || e->until != 0 ||
	    how->reflection_days == 0)
		return;
	e->until = e->on + how->reflection_days;
	m->until = date_of_day(e->until);
}

static bool
may_be_child(
    const struct society *society, const struct consent_person *p, int64_t now)
{
	struct consent_age age;

	consent_age_of(society, p, now, &age);
	return consent_who(society->age_bands, society->n_age_bands, &age)
	    .as_child;
}

/* Who runs the mechanism, where the directory names them; else anybody: a
 * ministry, or the police, takes it on. */
static bool
runs_it(const struct society *society, const char *recipient)
{
	const struct recipient *r = society_recipient(society, recipient);

	for (size_t i = 0; i < society->n_recipients; i++)
		if (society->recipients[i].kind == RECIPIENT_NRM)
			return r != NULL && r->kind == RECIPIENT_NRM;
	return true;
}

/* We referred: then something of ours left to them, that day or before. */
static int
check_left(struct tx *tx, const struct mechanism_entry *m)
{
	static const char sql[] =
	    "SELECT DISTINCT recipient FROM disclosure WHERE case_uid = ?1"
	    " AND at < ?2 AND deleted_hlc = 0";
	sqlite3_stmt *st = tx_query(tx, sql,
	    VALS(v_uid(&m->case_uid),
		v_int(clock_day_start(day_number(&m->on, true) + 1))));
	bool left = false;
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1)
		left |= runs_it(tx->s->society, col_text(st, 0));
	if (rc == -1 || left)
		return rc;
	return err_set_field(tx->err, "code",
	    _("Nothing that left to them by that day stands in K. R sends it, "
	      "with the person's yes; what was told already, outside, is "
	      "recorded in K (a). Then record that we referred."));
}

/* Checks against what stands, and fills in an end. */
static int
check(struct tx *tx, struct arena *a, struct mechanism_entry *m)
{
	const struct society *society = tx->s->society;
	const struct mechanism *how = society_mechanism(society, m->mechanism);
	int kind = mechanism_kind_from_name(m->kind);
	struct mechanism_event *events, e;
	struct consent_person p;
	enum mechanism_gap gap;
	size_t n;

	if (how == NULL || kind < 0)
		return err_set_field(tx->err,
		    how == NULL ? "mechanism" : "kind", "%s",
		    _(gaps[MECHANISM_GAP_CODE].words));
	if (consent_person_read(tx, &m->case_uid, a, &p) == -1 ||
	    mechanism_events(tx, &m->case_uid, m->mechanism, a, &events, &n) ==
		-1)
		return -1;
	e = (struct mechanism_event){ .kind = (enum mechanism_kind)kind,
		.code = m->code,
		.on = day_number(&m->on, false),
		.until = day_number(&m->until, true) };
	fill_end(how, m, &e);
	gap = mechanism_check(how, events, n,
	    may_be_child(society, &p, tx->now), clock_day_of(tx->now), &e);
	if (gap == MECHANISM_GAP_OK)
		return kind == MECHANISM_IS_REFERRED &&
			       strcmp(m->code, "we") == 0
			   ? check_left(tx, m)
			   : 0;
	return err_set_field(
	    tx->err, gaps[gap].field, "%s", _(gaps[gap].words));
}

static int
insert(struct tx *tx, const struct mechanism_entry *m)
{
	char on[12], until[12];
	const struct col cols[] = {
		{ "mechanism", v_str(m->mechanism) },
		{ "kind", v_str(m->kind) },
		{ "code", v_str(m->code) },
		{ "on_date", v_str(date_iso(&m->on, on, sizeof(on))) },
		{ "until_on",
		    v_str(date_iso(&m->until, until, sizeof(until))) },
		{ "words", v_str(m->words) },
	};

	return record_insert_once(tx, REC_MECHANISM, &m->case_uid, &m->uid,
	    cols, COUNT(cols), COUNT(cols));
}

/* 1: this very entry is there. */
static int
is_there(struct tx *tx, const struct mechanism_entry *m)
{
	static const char sql[] =
	    "SELECT 1 FROM mechanism_event WHERE case_uid = ?1 AND uid = ?2";
	int64_t one;

	return tx_int(tx, sql, VALS(v_uid(&m->case_uid), v_uid(&m->uid)), &one);
}

int
mechanism_add(
    struct session *s, const struct mechanism_entry *in, struct err *err)
{
	struct mechanism_entry m = *in;
	struct tx tx = { .open = false };
	struct arena a;
	int kind = m.kind == NULL ? -1 : mechanism_kind_from_name(m.kind);
	int rc = -1, there;

	arena_init(&a);
	if (take(&a, &m, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CASE_WRITE,
		    .case_uid = &m.case_uid,
		    .object = &m.uid,
		    .action = "mechanism.add",
		    .settles = kind >= 0 &&
			       mechanism_settles((enum mechanism_kind)kind),
		    .wrote = true },
		err) == -1)
		goto done;
	there = is_there(&tx, &m);
	if (there == -1 || (there == 0 && check(&tx, &a, &m) == -1))
		goto out;
	/* A retry is not weighed again: what it says stands already. */
	rc = there == 1 ? 0 : insert(&tx, &m);
	if (rc == 0 && there == 0)
		rc = case_commit(&tx, &m.case_uid);
out:
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

/* --- reading --------------------------------------------------------------------------- */

static int
read_list(struct tx *tx, const struct uid *case_uid, const char *mechanism,
    struct arena *a, size_t max, struct mechanism_file *out)
{
	static const char sql[] =
	    "SELECT m.uid, m.kind, m.code, m.on_date, m.until_on, m.words,"
	    " m.made_at, u.login FROM mechanism_event m"
	    " LEFT JOIN colleague u ON u.uid = m.made_by"
	    " WHERE m.case_uid = ?1 AND m.mechanism = ?2"
	    " AND m.deleted_hlc = 0 ORDER BY m.hlc DESC, m.uid DESC";
	sqlite3_stmt *st =
	    tx_query(tx, sql, VALS(v_uid(case_uid), v_str(mechanism)));
	int rc;

	if (st == NULL)
		return -1;
	out->list = arena_alloc(a, max + 1, sizeof(*out->list));
	while ((rc = tx_row(tx, st)) == 1 && out->n < max) {
		struct mechanism_entry *m = &out->list[out->n++];

		*m = (struct mechanism_entry){ .uid = col_uid(st, 0),
			.case_uid = *case_uid,
			.mechanism = mechanism,
			.kind = col_str(st, 1, a),
			.code = col_str(st, 2, a),
			.words = col_str(st, 5, a),
			.at = col_int(st, 6),
			.by = col_str(st, 7, a) };
		col_date(st, 3, &m->on);
		col_date(st, 4, &m->until);
	}
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

int
mechanism_open(struct session *s, struct uid case_uid, const char *mechanism,
    struct arena *arena, struct mechanism_file *out, struct err *err)
{
	struct mechanism_file found = { .n = 0 };
	struct mechanism_event *events;
	struct consent_person p;
	struct tx tx;
	size_t n;
	int rc = -1;

	if (case_read_begin(&tx, s, &case_uid, "mechanism.open", err) == -1)
		return -1;
	if (consent_person_read(&tx, &case_uid, arena, &p) == -1 ||
	    mechanism_events(&tx, &case_uid, mechanism, arena, &events, &n) ==
		-1 ||
	    read_list(&tx, &case_uid, mechanism, arena, n, &found) == -1)
		goto out;
	mechanism_fold(events, n, &found.state);
	found.n_waits = reflection_due(&found.state, found.waits);
	found.child = may_be_child(s->society, &p, tx.now);
	found.closed = !tx.facts.open;
	rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
out:
	tx_abort(&tx);
	return rc;
}
