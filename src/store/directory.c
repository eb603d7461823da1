/* SPDX-License-Identifier: ISC */
#include "store/directory.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/listing.h"
#include "store/case_inside.h"
#include "store/directory_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* --- as it stands ----------------------------------------------------------------- */

/* The newest fact of every topic. */
static const char sql_newest[] =
    "SELECT d.topic, d.value, d.at, d.phone, d.words, u.login"
    " FROM directory_log d LEFT JOIN colleague u ON u.uid = d.made_by"
    " WHERE d.recipient = ?1 AND d.deleted_hlc = 0 AND d.uid ="
    " (SELECT n.uid FROM directory_log n WHERE n.recipient = d.recipient"
    " AND n.topic = d.topic AND n.deleted_hlc = 0"
    " ORDER BY n.hlc DESC, n.uid DESC LIMIT 1)";

static void
take_call(sqlite3_stmt *st, struct arena *a, struct listing *l)
{
	int64_t day = clock_day_of(col_int(st, 2));

	l->call = col_str(st, 1, a);
	l->called_at = col_int(st, 2);
	l->call_words = col_str(st, 4, a);
	l->called_by = col_str(st, 5, a);
	if (col_text(st, 3)[0] != '\0')
		l->phone = col_str(st, 3, a);
	/* A configuration that was looked at after the call says more. */
	if (day < l->verified_on)
		return;
	if (strcmp(l->call, "answered") == 0)
		l->verified_on = day;
	else if (strcmp(l->call, "wrong_number") == 0) {
		l->verified_on = 0;
		l->wrong = true;
	}
}

static void
take_fact(
    sqlite3_stmt *st, struct arena *a, struct listing *l, int64_t *status_at)
{
	const char *topic = col_text(st, 0), *value = col_text(st, 1);

	if (strcmp(topic, "call") == 0) {
		take_call(st, a, l);
	} else if (strcmp(topic, "tried") == 0) {
		l->tried_at = col_int(st, 2);
	} else if (strcmp(topic, "capacity") == 0) {
		l->capacity = col_str(st, 1, a);
		l->capacity_at = col_int(st, 2);
	} else if (strcmp(topic, "status") == 0) {
		l->suspended = strcmp(value, "suspended") == 0;
		*status_at = col_int(st, 2);
		if (l->suspended)
			l->why = col_str(st, 4, a);
	} else if (strcmp(topic, "harm") == 0) {
		l->harmed_at = col_int(st, 2);
		l->harm_by = col_str(st, 5, a);
	} else if (strcmp(topic, "conflict") == 0) {
		l->conflict = strcmp(value, "yes") == 0;
		if (l->conflict)
			l->why = col_str(st, 4, a);
	}
}

static enum freshness
freshness_of(const struct listing *l, int64_t now)
{
	const struct recipient *r = l->org;
	int64_t recheck =
	    l->verified_on == 0 ? 0 : l->verified_on + r->recheck_days;

	if (recipient_private(r))
		return FRESH;
	return timer_freshness(l->verified_on, recheck, clock_day_of(now));
}

int
listing_read(struct tx *tx, const struct recipient *r, struct arena *a,
    struct listing *l)
{
	struct db *db = &tx->s->cases;
	int64_t status_at = 0;
	sqlite3_stmt *st;
	int rc;

	*l = (struct listing){ .org = r,
		/* A day still to come verifies nothing, and hides no call. */
		.verified_on =
		    r->verified_on > clock_day_of(tx->now) ? 0 : r->verified_on,
		.phone = r->phone,
		.capacity = "",
		.heed = "",
		.why = "",
		.harm_by = "",
		.called_by = "",
		.call = "",
		.call_words = "" };
	st = db_query(db, sql_newest, VALS(v_str(r->id)), tx->err);
	if (st == NULL)
		return -1;
	while ((rc = db_row(db, st, tx->err)) == 1)
		take_fact(st, a, l, &status_at);
	if (rc == -1)
		return -1;
	/* Somebody who decided about it knew. */
	if (l->harmed_at <= status_at)
		l->harmed_at = 0;
	l->fresh = freshness_of(l, tx->now);
	l->heed = listing_heed(
	    l->fresh, l->verified_on, l->capacity, l->capacity_at, tx->now, a);
	return 0;
}

int
directory_list(
    struct session *s, struct arena *a, struct listings *out, struct err *err)
{
	const struct society *society = session_society(s);
	struct listings found = { .n = 0 };
	struct tx tx;
	int rc = 0;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_DIRECTORY,
		    .action = "directory.list",
		    .again_ok = true },
		err) == -1)
		return -1;
	found.list =
	    arena_alloc(a, society->n_recipients + 1, sizeof(*found.list));
	for (size_t i = 0; rc == 0 && i < society->n_recipients; i++)
		rc = listing_read(
		    &tx, &society->recipients[i], a, &found.list[found.n++]);
	if (rc == 0)
		rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
	tx_abort(&tx);
	return rc;
}

/* --- what is learned ---------------------------------------------------------------- */

static const struct {
	const char *topic, *values[3];
	bool mark; /* stops sendings, or lets them go again: needs words */
} topics[] = {
	{ "call", { "answered", "wrong_number", NULL }, false },
	/* Says nothing about the number: the call before it holds. */
	{ "tried", { "no_answer", NULL, NULL }, false },
	{ "capacity", { "free", "few", "full" }, false },
	{ "status", { "active", "suspended", NULL }, true },
	{ "conflict", { "no", "yes", NULL }, true },
};

static int
check_value(const struct directory_entry *d, struct err *e)
{
	for (size_t i = 0; i < COUNT(topics); i++) {
		if (strcmp(topics[i].topic, d->topic) != 0)
			continue;
		for (size_t j = 0; j < 3 && topics[i].values[j] != NULL; j++) {
			if (strcmp(topics[i].values[j], d->value) != 0)
				continue;
			if (!topics[i].mark || said(d->words))
				return 0;
			return err_set_field(e, "words",
			    _("Say why: others rely on it when they choose."));
		}
	}
	return err_set_field(
	    e, "fact", _("Choose what was learned from the list."));
}

static int
check_entry(
    const struct society *society, struct directory_entry *d, struct err *e)
{
	if (society_recipient(society, d->recipient) == NULL)
		return err_set(e, ERR_INPUT,
		    _("This organisation is not in the directory any more."));
	if (strspn(d->phone, "0123456789+- ") != strlen(d->phone))
		return err_set_field(e, "phone",
		    _("The number as it is dialled: digits, spaces, + and - "
		      "only."));
	return check_value(d, e);
}

static int
entry_take(struct arena *a, struct directory_entry *d, struct err *e)
{
	const struct text_in texts[] = {
		{ &d->recipient, N_("Organisation"), LIMIT_CODE },
		{ &d->topic, N_("What"), LIMIT_CODE },
		{ &d->value, N_("What was learned"), LIMIT_CODE },
		{ &d->phone, N_("Number"), LIMIT_CODE },
		{ &d->words, N_("Words"), LIMIT_WORDS },
	};

	return texts_take(a, texts, COUNT(texts), e);
}

/*
 * A mark that stops sendings is taken away by whoever put it, or by somebody
 * who agrees to sendings; what a person told of harm there by the latter alone.
 */
static int
check_lift(struct tx *tx, const struct directory_entry *d)
{
	/* Of others, since it was taken away last. */
	static const char sql[] =
	    "SELECT count(*) FROM directory_log WHERE recipient = ?1"
	    " AND deleted_hlc = 0 AND (topic = ?5 OR (topic = ?2"
	    " AND value <> ?3 AND made_by <> ?4)) AND hlc > (SELECT"
	    " coalesce(max(hlc), 0) FROM directory_log WHERE recipient = ?1"
	    " AND topic = ?2 AND value = ?3 AND deleted_hlc = 0)";
	bool status = strcmp(d->value, "active") == 0;
	int64_t n = 0;

	if ((!status && strcmp(d->value, "no") != 0) ||
	    session_may(tx->s, PERM_AGREE))
		return 0;
	if (tx_int(tx, sql,
		VALS(v_str(d->recipient), v_str(d->topic), v_str(d->value),
		    v_uid(&session_user(tx->s)->uid),
		    v_str(status ? "harm" : "")),
		&n) == -1)
		return -1;
	return n == 0 ? 0
		      : err_set(tx->err, ERR_DENIED,
			    _("Others do not send there because of this mark. "
			      "Who put it takes it away, or a supervisor: say "
			      "to them what you know now."));
}

int
directory_add(
    struct session *s, const struct directory_entry *in, struct err *err)
{
	struct directory_entry d = *in;
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (entry_take(&a, &d, err) == -1 ||
	    check_entry(session_society(s), &d, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_DIRECTORY,
		    .object = &d.uid,
		    .action = "directory.add",
		    .wrote = true },
		err) == -1)
		goto done;
	if (check_lift(&tx, &d) == -1) {
		tx_abort(&tx);
		goto done;
	}
	rc = record_insert_once(&tx, REC_DIRECTORY, NULL, &d.uid,
	    COLS({ "recipient", v_str(d.recipient) },
		{ "topic", v_str(d.topic) }, { "value", v_str(d.value) },
		{ "phone", v_str(d.phone) }, { "words", v_str(d.words) },
		{ "at", v_int(tx.now) }),
	    5);
	if (rc == 0)
		rc = tx_commit(&tx);
	else if (rc == 1)
		rc = 0;
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

int
directory_history(struct session *s, const char *recipient, size_t n,
    struct arena *a, struct directory_history *out, struct err *err)
{
	static const char sql[] =
	    "SELECT d.topic, d.value, d.phone, d.words, u.login, d.at"
	    " FROM directory_log d LEFT JOIN colleague u ON u.uid = d.made_by"
	    " WHERE d.recipient = ?1 AND d.deleted_hlc = 0"
	    " ORDER BY d.hlc DESC, d.uid DESC LIMIT ?2";
	struct directory_history found = { .n = 0 };
	sqlite3_stmt *st;
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_DIRECTORY,
		    .action = "directory.list",
		    .again_ok = true },
		err) == -1)
		return -1;
	found.list = arena_alloc(a, n + 1, sizeof(*found.list));
	st = tx_query(&tx, sql, VALS(v_str(recipient), v_int((int64_t)n)));
	while (st != NULL && (rc = tx_row(&tx, st)) == 1 && found.n < n) {
		struct directory_past *d = &found.list[found.n++];

		d->topic = col_str(st, 0, a);
		d->value = col_str(st, 1, a);
		d->phone = col_str(st, 2, a);
		d->words = col_str(st, 3, a);
		d->by = col_str(st, 4, a);
		d->at = col_int(st, 5);
	}
	if (st != NULL && rc != -1) {
		stmt_done(st);
		rc = tx_commit(&tx);
	}
	if (rc == 0)
		*out = found;
	tx_abort(&tx);
	return rc;
}
