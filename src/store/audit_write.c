/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/i18n.h"
#include "base/id.h"
#include "store/audit_write.h"
#include "store/session_inside.h"

const uint8_t audit_genesis[HASH_BYTES];

#define COLUMNS                                                      \
	"seq, at, hlc, session, actor, sign_key, role, terminal, "   \
	"action, outcome, wrote, case_uid, object, fields, reason, " \
	"detail, prev_hash, hash, sig"

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
	    "INSERT INTO audit (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
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

/* --- verifying -------------------------------------------------------------- */
/* The keys of everybody, read once: there are few. */
struct known_key {
	struct uid uid, user;
	uint8_t pk[SIGN_PK_BYTES];
	uint64_t from, until; /* until: the event that brought the next; 0 */
};
struct known_keys {
	struct arena arena;
	struct known_key *list;
	size_t n;
};

static int
read_keys(struct db *db, struct known_keys *k, struct err *err)
{
	sqlite3_stmt *st;
	int64_t n = 0;
	const void *pk;
	int rc;

	if (db_int(db, "SELECT count(*) FROM sign_key", NO_VALS, &n, err) == -1)
		return -1;
	k->list = arena_alloc(&k->arena, (size_t)n + 1, sizeof(*k->list));
	st = db_query(db,
	    "SELECT uid, user_uid, pk, from_seq FROM sign_key "
	    "ORDER BY user_uid, from_seq",
	    NO_VALS, err);
	if (st == NULL)
		return -1;
	while ((rc = db_row(db, st, err)) == 1 && k->n < (size_t)n) {
		struct known_key *key = &k->list[k->n];

		key->uid = col_uid(st, 0);
		key->user = col_uid(st, 1);
		if ((pk = col_bytes(st, 2, SIGN_PK_BYTES)) != NULL)
			memcpy(key->pk, pk, SIGN_PK_BYTES);
		key->from = (uint64_t)col_int(st, 3);
		if (k->n > 0 && uid_eq(&key[-1].user, &key->user))
			key[-1].until = key->from;
		k->n++;
	}
	if (rc == 1)
		stmt_done(st);
	return rc == -1 ? -1 : 0;
}

static const struct known_key *
find_key(const struct known_keys *k, const struct uid *uid)
{
	for (size_t i = 0; i < k->n; i++)
		if (uid_eq(&k->list[i].uid, uid))
			return &k->list[i];
	return NULL;
}

/* In place of the statement's row. */
static void
read_event(sqlite3_stmt *st, struct audit_event *e, const uint8_t **prev,
    const uint8_t **hash, const uint8_t **sig)
{
	*e = (struct audit_event){
		.seq = (uint64_t)col_int(st, 0),
		.at = col_int(st, 1),
		.hlc = (uint64_t)col_int(st, 2),
		.session = col_uid(st, 3),
		.actor = col_uid(st, 4),
		.sign_key = col_uid(st, 5),
		.role = col_text(st, 6),
		.terminal = col_text(st, 7),
		.action = col_text(st, 8),
		.outcome = col_text(st, 9),
		.wrote = col_bool(st, 10),
		.case_uid = col_uid(st, 11),
		.object = col_uid(st, 12),
		.fields = col_text(st, 13),
		.reason = col_text(st, 14),
	};
	e->detail = col_blob(st, 15, &e->detail_len);
	*prev = col_bytes(st, 16, HASH_BYTES);
	*hash = col_bytes(st, 17, HASH_BYTES);
	*sig = col_bytes(st, 18, SIGNATURE_BYTES);
}

/* A key speaks from the event that brought it (which names its hash) to the
 * one that brought the same person's next.  Times of keys are numbers of the
 * cases chain, so only that chain can be held to them. */
static bool
key_in_time(enum vault_db chain, const struct known_key *key,
    const struct audit_event *e)
{
	uint8_t pk[HASH_BYTES];

	if (chain != DB_CASES)
		return true;
	if (e->seq < key->from || (key->until != 0 && e->seq >= key->until))
		return false;
	if (e->seq != key->from)
		return true;
	hash_bytes(key->pk, sizeof(key->pk), pk);
	return e->detail_len == HASH_BYTES &&
	       memcmp(e->detail, pk, HASH_BYTES) == 0;
}

static enum audit_fault
judge(enum vault_db chain, sqlite3_stmt *st, const struct known_keys *keys,
    uint64_t want, uint8_t head[HASH_BYTES])
{
	const uint8_t *prev, *hash, *sig;
	const struct known_key *key;
	struct audit_event e;
	uint8_t now[HASH_BYTES];

	read_event(st, &e, &prev, &hash, &sig);
	if (e.seq != want)
		return AUDIT_GAP;
	if (prev == NULL || memcmp(prev, head, HASH_BYTES) != 0)
		return AUDIT_PREV;
	memcpy(e.prev, prev, HASH_BYTES);
	audit_hash(chain, &e, now);
	if (hash == NULL || memcmp(hash, now, HASH_BYTES) != 0)
		return AUDIT_HASH;
	key = find_key(keys, &e.sign_key);
	if (key == NULL || !uid_eq(&key->user, &e.actor))
		return AUDIT_KEY;
	if (sig == NULL || !sign_verify(key->pk, now, HASH_BYTES, sig))
		return AUDIT_SIGNATURE;
	if (!key_in_time(chain, key, &e))
		return AUDIT_KEY_TIME;
	memcpy(head, now, HASH_BYTES);
	return AUDIT_GOOD;
}

int
audit_verify(
    struct db *chain, struct db *keys, struct audit_finding *f, struct err *err)
{
	struct known_keys k = { .n = 0 };
	uint8_t head[HASH_BYTES];
	sqlite3_stmt *st;
	int rc = -1;

	*f = (struct audit_finding){ .fault = AUDIT_GOOD };
	memcpy(head, audit_genesis, HASH_BYTES);
	arena_init(&k.arena);
	if (read_keys(keys, &k, err) == -1)
		goto out;
	st = db_query(
	    chain, "SELECT " COLUMNS " FROM audit ORDER BY seq", NO_VALS, err);
	if (st == NULL)
		goto out;
	while ((rc = db_row(chain, st, err)) == 1) {
		f->seq = f->checked + 1;
		f->fault = judge(chain->which, st, &k, f->seq, head);
		if (f->fault != AUDIT_GOOD) {
			stmt_done(st);
			rc = 0;
			break;
		}
		f->checked++;
	}
out:
	arena_done(&k.arena);
	return rc;
}
