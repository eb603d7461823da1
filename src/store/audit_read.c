/* SPDX-License-Identifier: ISC */
/* Walking a chain from its beginning. */
#include <string.h>

#include "store/audit_write.h"

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
	if (keys == NULL) {
		memcpy(head, now, HASH_BYTES);
		return AUDIT_GOOD;
	}
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
	if (keys != NULL && read_keys(keys, &k, err) == -1)
		goto out;
	st = db_query(chain, "SELECT " AUDIT_COLUMNS " FROM audit ORDER BY seq",
	    NO_VALS, err);
	if (st == NULL)
		goto out;
	while ((rc = db_row(chain, st, err)) == 1) {
		f->seq = f->checked + 1;
		f->fault = judge(
		    chain->which, st, keys == NULL ? NULL : &k, f->seq, head);
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
