/* SPDX-License-Identifier: ISC */
/* A copy of a vault whose record can be rewritten by somebody who has its keys. */
#ifndef AMPARO_TESTS_CHAIN_KIT_H
#define AMPARO_TESTS_CHAIN_KIT_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "store/audit_write.h"
#include "store/session_inside.h"
#include "../lib/case_kit.h"

static struct vault_kit kit; /* nobody is signed in to it */
static struct uid amina_uid, bilal_uid, case_uid;

/* --- copies ------------------------------------------------------------------ */
struct copy {
	struct vault_kit kit; /* as the real one, with another directory */
	struct session *s; /* holds both roots */
	struct db *db; /* the chain that is broken */
	uint64_t head;
	struct arena arena;
};

static void
copy_open(struct copy *c, enum vault_db which)
{
	uint8_t hash[HASH_BYTES];
	uint64_t hlc;
	struct err err;

	*c = (struct copy){ .kit = kit };
	(void)snprintf(c->kit.dir, sizeof(c->kit.dir), "%.200s/copy", kit.root);
	vault_kit_copy(kit.dir, c->kit.dir);
	arena_init(&c->arena);
	c->s = vault_kit_sign_in(&c->kit, "sunil", &err);
	assert_non_null(c->s);
	OK(session_identity(c->s, &c->db, &err));
	if (which == DB_CASES)
		c->db = &c->s->cases;
	OK(audit_head(c->db, &c->head, hash, &hlc, &err));
	assert_true(c->head > 8);
}

static void
copy_done(struct copy *c)
{
	session_drop(c->s);
	arena_done(&c->arena);
	vault_kit_remove(c->kit.dir);
}

/* --- breaking -------------------------------------------------------------------- */
static void
run(struct db *db, const char *sql, const struct val *v, size_t n)
{
	struct err err;

	OK(db_exec(db, sql, v, n, NULL, &err));
}

static struct audit_event
event_at(struct copy *c, uint64_t seq)
{
	struct err err;
	struct audit_event e = { .seq = seq };
	sqlite3_stmt *st = db_query(c->db,
	    "SELECT " AUDIT_COLUMNS " FROM audit WHERE seq = ?1",
	    VALS(v_int((int64_t)seq)), &err);
	const void *p;

	assert_non_null(st);
	assert_int_equal(db_row(c->db, st, &err), 1);
	e.at = col_int(st, 1);
	e.hlc = (uint64_t)col_int(st, 2);
	e.session = col_uid(st, 3);
	e.actor = col_uid(st, 4);
	e.sign_key = col_uid(st, 5);
	e.role = col_str(st, 6, &c->arena);
	e.terminal = col_str(st, 7, &c->arena);
	e.action = col_str(st, 8, &c->arena);
	e.outcome = col_str(st, 9, &c->arena);
	e.wrote = col_bool(st, 10);
	e.case_uid = col_uid(st, 11);
	e.object = col_uid(st, 12);
	e.fields = col_str(st, 13, &c->arena);
	e.reason = col_str(st, 14, &c->arena);
	p = col_blob(st, 15, &e.detail_len);
	if (e.detail_len > 0) {
		void *detail = arena_alloc(&c->arena, e.detail_len, 1);

		memcpy(detail, p, e.detail_len);
		e.detail = detail;
	}
	memcpy(e.prev, col_bytes(st, 16, HASH_BYTES), HASH_BYTES);
	memcpy(e.hash, col_bytes(st, 17, HASH_BYTES), HASH_BYTES);
	memcpy(e.sig, col_bytes(st, 18, SIGNATURE_BYTES), SIGNATURE_BYTES);
	stmt_done(st);
	return e;
}

static void
put(struct copy *c, const struct audit_event *e)
{
	run(c->db, "DELETE FROM audit WHERE seq = ?1",
	    VALS(v_int((int64_t)e->seq)));
	run(c->db,
	    "INSERT INTO audit (" AUDIT_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, "
	    "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
	    VALS(v_int((int64_t)e->seq), v_int(e->at), v_int((int64_t)e->hlc),
		v_uid0(&e->session), v_uid0(&e->actor), v_uid0(&e->sign_key),
		v_str(e->role), v_str(e->terminal), v_str(e->action),
		v_str(e->outcome), v_int(e->wrote), v_uid(&e->case_uid),
		v_uid(&e->object), v_str(e->fields), v_str(e->reason),
		e->detail_len == 0 ? v_null()
				   : v_blob(e->detail, e->detail_len),
		v_blob(e->prev, HASH_BYTES), v_blob(e->hash, HASH_BYTES),
		v_blob(e->sig, SIGNATURE_BYTES)));
}

/* Hashes from here to the head are made to fit again, and, as far as one
 * person's key goes, the signatures. */
static void
relink(struct copy *c, uint64_t from)
{
	for (uint64_t seq = from; seq <= c->head; seq++) {
		struct audit_event before = event_at(c, seq - 1);
		struct audit_event e = event_at(c, seq);

		memcpy(e.prev, before.hash, HASH_BYTES);
		audit_hash(c->db->which, &e, e.hash);
		sign_bytes(c->s->keys.sign_key, e.hash, HASH_BYTES, e.sig);
		put(c, &e);
	}
}

static uint64_t
last_of(struct copy *c, const struct uid *who)
{
	struct err err;
	int64_t seq = 0;

	assert_int_equal(
	    db_int(c->db,
		"SELECT max(seq) FROM audit WHERE actor = ?1 AND "
		"seq < ?2",
		VALS(v_uid0(who), v_int((int64_t)c->head)), &seq, &err),
	    1);
	assert_true(seq > 2);
	return (uint64_t)seq;
}

static void
shift(struct copy *c, uint64_t from, int by)
{
	/* Out of the way first: numbers are unique. */
	run(c->db, "UPDATE audit SET seq = -seq WHERE seq >= ?1",
	    VALS(v_int((int64_t)from)));
	run(c->db, "UPDATE audit SET seq = -seq + ?1 WHERE seq < 0",
	    VALS(v_int(by)));
	c->head = (uint64_t)((int64_t)c->head + by);
}

#endif
