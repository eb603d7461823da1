/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/i18n.h"
#include "base/id.h"
#include "store/audit_write.h"
#include "store/session_inside.h"

const uint8_t audit_genesis[HASH_BYTES];

static void
add_str(struct buf *b, const char *s)
{
	buf_add_bytes(b, s, strlen(s));
}

static void
add_uid(struct buf *b, const struct uid *u)
{
	buf_add_bytes(b, u->b, sizeof(u->b));
}

void
audit_hash(
    enum vault_db chain, const struct audit_event *e, uint8_t out[HASH_BYTES])
{
	struct hash h;
	struct buf b;

	buf_init(&b);
	add_str(&b, "amparo-audit-1");
	buf_add_u8(&b, (uint8_t)chain);
	buf_add_u64(&b, e->seq);
	buf_add_u64(&b, (uint64_t)e->at);
	buf_add_u64(&b, e->hlc);
	add_uid(&b, &e->session);
	add_uid(&b, &e->actor);
	add_uid(&b, &e->sign_key);
	add_str(&b, e->role);
	add_str(&b, e->terminal);
	add_str(&b, e->action);
	add_str(&b, e->outcome);
	buf_add_u8(&b, e->wrote);
	add_uid(&b, &e->case_uid);
	add_uid(&b, &e->object);
	add_str(&b, e->fields);
	add_str(&b, e->reason);
	buf_add_bytes(&b, e->detail, e->detail_len);
	hash_init(&h);
	hash_add(&h, e->prev, HASH_BYTES);
	hash_add(&h, b.data, b.len);
	hash_end(&h, out);
	buf_done(&b);
}

int
audit_head(struct db *db, uint64_t *seq, uint8_t hash[HASH_BYTES],
    uint64_t *hlc, struct err *err)
{
	sqlite3_stmt *st = db_query(db,
	    "SELECT seq, hash, hlc FROM audit ORDER BY seq DESC LIMIT 1",
	    NO_VALS, err);
	const void *p;
	int rc;

	*seq = 0;
	*hlc = 0;
	memcpy(hash, audit_genesis, HASH_BYTES);
	if (st == NULL)
		return -1;
	rc = db_row(db, st, err);
	if (rc != 1)
		return rc;
	*seq = (uint64_t)col_int(st, 0);
	*hlc = (uint64_t)col_int(st, 2);
	if ((p = col_bytes(st, 1, HASH_BYTES)) != NULL)
		memcpy(hash, p, HASH_BYTES);
	stmt_done(st);
	return p != NULL ? 0 : db_fail(db, SQLITE_CORRUPT, err);
}

int
audit_hash_at(
    struct db *db, uint64_t seq, uint8_t hash[HASH_BYTES], struct err *err)
{
	sqlite3_stmt *st = db_query(db, "SELECT hash FROM audit WHERE seq = ?1",
	    VALS(v_int((int64_t)seq)), err);
	const void *p;
	int rc;

	if (st == NULL)
		return -1;
	rc = db_row(db, st, err);
	if (rc != 1)
		return rc;
	if ((p = col_bytes(st, 0, HASH_BYTES)) != NULL)
		memcpy(hash, p, HASH_BYTES);
	stmt_done(st);
	return p != NULL ? 1 : db_fail(db, SQLITE_CORRUPT, err);
}

int
audit_append(
    struct session *s, struct db *db, struct audit_event *e, struct err *err)
{
	uint64_t head, hlc;

	if (audit_head(db, &head, e->prev, &hlc, err) == -1)
		return -1;
	e->seq = head + 1;
	if (e->at == 0)
		e->at = clock_now();
	if (e->hlc <= hlc)
		e->hlc = hlc_next(hlc > s->hlc ? hlc : s->hlc, e->at);
	s->hlc = e->hlc > s->hlc ? e->hlc : s->hlc;
	e->session = s->uid;
	e->actor = s->user.uid;
	e->sign_key = s->sign_key;
	e->role = role_name(s->user.role);
	e->terminal = s->terminal;
	audit_hash(db->which, e, e->hash);
	sign_bytes(s->keys.sign_key, e->hash, HASH_BYTES, e->sig);
	return db_exec(db,
	    "INSERT INTO audit (" AUDIT_COLUMNS
	    ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
	    "?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
	    VALS(v_int((int64_t)e->seq), v_int(e->at), v_int((int64_t)e->hlc),
		v_uid0(&e->session), v_uid0(&e->actor), v_uid0(&e->sign_key),
		v_str(e->role), v_str(e->terminal), v_str(e->action),
		v_str(e->outcome), v_int(e->wrote), v_uid(&e->case_uid),
		v_uid(&e->object), v_str(e->fields), v_str(e->reason),
		e->detail_len == 0 ? v_null()
				   : v_blob(e->detail, e->detail_len),
		v_blob(e->prev, HASH_BYTES), v_blob(e->hash, HASH_BYTES),
		v_blob(e->sig, SIGNATURE_BYTES)),
	    NULL, err);
}
