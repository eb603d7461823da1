/* SPDX-License-Identifier: ISC */
/*
 * The rows are written by the functions one intake is written with; only the
 * order differs.  What would land all over an index (keys of names, rows of
 * lists) is put in order first, so that each page of it is decrypted, changed
 * and encrypted once a batch and not once a person.
 */
#include "store/bulk.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/intake_inside.h"
#include "store/queue_write.h"

struct batch {
	struct session *s;
	struct arena arena;
	struct intake_work *work;
	size_t n;
};

/* A key of a name and whose it is. */
struct keyed {
	int kind;
	const char *text;
	const struct uid *person;
};
struct keyed_list {
	struct keyed *list;
	size_t n, cap;
};

/* A case whose row in the lists is still to be written. */
struct listed {
	const struct uid *uid;
	bool mine;
	int risk;
	int64_t due;
};

/* End a transaction either way and give the memory back. */
static int
finish(struct tx *tx, int rc)
{
	struct err unused = { .kind = ERR_NONE }, *why = tx->err;

	if (rc == 0)
		rc = tx_commit(tx);
	tx_abort(tx);
	/* The first thing that went wrong is what is told. */
	if (rc == -1)
		tx->err = &unused;
	if (db_cache(tx->db, false, tx->err) == -1)
		rc = -1;
	tx->err = why;
	return rc;
}

/* --- identity.db ------------------------------------------------------------- */
static void
keep_keys(struct batch *b, const struct intake_work *w, struct name_key *keys,
    struct keyed_list *all)
{
	const char *number = w->in.safe_contact == NULL ? "" : w->safe.number;
	size_t n = person_keys(&w->person, number, keys);

	if (all->n + n > all->cap) {
		all->cap = 2 * (all->n + n);
		all->list =
		    xreallocarray(all->list, all->cap, sizeof(*all->list));
	}
	for (size_t i = 0; i < n; i++)
		all->list[all->n++] = (struct keyed){
			.kind = keys[i].kind,
			.text = arena_str(&b->arena, keys[i].text),
			.person = &w->in.person_uid,
		};
}

static int
by_key(const void *x, const void *y)
{
	const struct keyed *a = x, *b = y;
	int c;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	c = strcmp(a->text, b->text);
	return c != 0 ? c : uid_cmp(a->person, b->person);
}

static int
write_keys(struct tx *tx, struct keyed_list *all)
{
	int rc = 0;

	if (all->n > 0)
		qsort(all->list, all->n, sizeof(*all->list), by_key);
	for (size_t i = 0; i < all->n && rc == 0; i++) {
		const struct keyed *k = &all->list[i];

		if (i > 0 && by_key(&k[-1], k) == 0)
			continue;
		rc = person_key_add(tx, k->kind, k->text, k->person);
	}
	return rc;
}

static int
write_people(struct tx *tx, struct batch *b)
{
	struct keyed_list all = { .list = NULL };
	struct name_key *keys = arena_alloc(&b->arena, KEYS_MAX, sizeof(*keys));
	bool fresh;
	int rc = 0;

	for (size_t i = 0; i < b->n && rc != -1; i++) {
		const struct intake_work *w = &b->work[i];

		if (!w->identity)
			continue;
		rc = intake_identity_rows(tx, w, &fresh);
		if (rc == 0 && fresh)
			keep_keys(b, w, keys, &all);
		else if (rc == 0 && w->in.person != NULL)
			rc = person_index(tx, &w->in.person_uid);
	}
	if (rc != -1)
		rc = write_keys(tx, &all);
	free(all.list);
	return rc;
}

static int
write_identity(struct batch *b, struct err *err)
{
	struct tx tx;
	int rc;

	if (tx_begin(&tx, b->s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_IDENTITY_WRITE,
		    .action = "bulk.person",
		    .reason = "bulk",
		    .wrote = true },
		err) == -1)
		return -1;
	rc = db_cache(tx.db, true, tx.err);
	if (rc == 0)
		rc = write_people(&tx, b);
	return finish(&tx, rc);
}

/* --- cases.db ----------------------------------------------------------------- */
static int
by_list(const void *x, const void *y)
{
	const struct listed *a = x, *b = y;

	if (a->mine != b->mine)
		return a->mine ? 1 : -1;
	if (a->risk != b->risk)
		return a->risk < b->risk ? -1 : 1;
	if (a->due != b->due)
		return a->due < b->due ? -1 : 1;
	return uid_cmp(a->uid, b->uid);
}

static int
write_files(struct tx *tx, struct batch *b)
{
	struct listed *list = arena_alloc(&b->arena, b->n + 1, sizeof(*list));
	char code[CODE_SIZE];
	size_t n = 0;
	int rc;

	for (size_t i = 0; i < b->n; i++) {
		const struct intake *in = &b->work[i].in;

		rc = intake_case_rows(tx, &b->work[i], code);
		if (rc == -1)
			return -1;
		if (rc == 1 || !in->open_case)
			continue;
		list[n++] = (struct listed){ .uid = &in->case_uid,
			.mine = in->assign_to_me,
			.risk = in->risk,
			.due = in->next == NULL ? 0 : in->next->due };
	}
	qsort(list, n, sizeof(*list), by_list);
	for (size_t i = 0; i < n; i++)
		if (queue_refresh(tx, list[i].uid) == -1)
			return -1;
	return 0;
}

static int
write_cases(struct batch *b, struct err *err)
{
	struct tx tx;
	int rc;

	if (tx_begin(&tx, b->s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CONTACT,
		    .action = "bulk.intake",
		    .wrote = true },
		err) == -1)
		return -1;
	rc = db_cache(tx.db, true, tx.err);
	if (rc == 0)
		rc = write_files(&tx, b);
	return finish(&tx, rc);
}

int
bulk_intake(struct session *s, const struct intake *const *in, size_t n,
    struct err *err)
{
	struct batch b = { .s = s, .n = n };
	bool identity = false;
	int rc = 0;

	arena_init(&b.arena);
	b.work = arena_alloc(&b.arena, n + 1, sizeof(*b.work));
	for (size_t i = 0; i < n && rc == 0; i++) {
		rc = intake_take(session_society(s), &b.arena, clock_now(),
		    in[i], &b.work[i], err);
		/* Of a case that is there each is a transaction of its own. */
		if (rc == 0 && !uid_null(&in[i]->joins))
			rc = err_set(err, ERR_INPUT,
			    _("Contacts of cases that are there are saved one "
			      "by one."));
		identity = identity || (rc == 0 && b.work[i].identity);
	}
	if (rc == 0 && identity)
		rc = write_identity(&b, err);
	if (rc == 0 && n > 0)
		rc = write_cases(&b, err);
	arena_done(&b.arena);
	return rc;
}
