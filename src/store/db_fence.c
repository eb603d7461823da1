/* SPDX-License-Identifier: ISC */
/* What a connection may still do, once it is fenced. */
#include <strings.h>

#include "base/alloc.h"
#include "store/db.h"

/* What a fenced connection may still ask the engine. */
static const char *const asked[] = { "data_version", "quick_check",
	"cipher_integrity_check", "cipher_version" };
static const char *const append_only[] = { "audit", "op", "sign_key" };
static const char *const events[] = { "audit", "sign_key" };

static bool
is_one_of(const char *s, const char *const *list, size_t n)
{
	for (size_t i = 0; s != NULL && i < n; i++)
		if (strcasecmp(s, list[i]) == 0)
			return true;
	return false;
}

static int
authorize(void *arg, int what, const char *a, const char *b, const char *name,
    const char *trigger)
{
	const struct db *db = arg;

	(void)name;
	(void)trigger;
	if (!db->fenced)
		return SQLITE_OK;
	switch (what) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_TRANSACTION:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_INSERT:
		return db->events_only &&
			       !is_one_of(a, events,
				   sizeof(events) / sizeof(events[0]))
			   ? SQLITE_DENY
			   : SQLITE_OK;
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
		return db->events_only ||
			       is_one_of(a, append_only,
				   sizeof(append_only) / sizeof(append_only[0]))
			   ? SQLITE_DENY
			   : SQLITE_OK;
	case SQLITE_PRAGMA:
		return is_one_of(a, asked, sizeof(asked) / sizeof(asked[0]))
			   ? SQLITE_OK
			   : SQLITE_DENY;
	case SQLITE_FUNCTION:
		return is_one_of(b,
			   (const char *const[]){
			       "load_extension", "sqlcipher_export" },
			   2)
			   ? SQLITE_DENY
			   : SQLITE_OK;
	default: /* attach, create, alter, drop, reindex, ... */
		return SQLITE_DENY;
	}
}

int
db_guard(struct db *db)
{
	return sqlite3_set_authorizer(db->h, authorize, db) == SQLITE_OK ? 0
									 : -1;
}

void
db_fence(struct db *db)
{
	db->fenced = true;
}

void
db_unfence(struct db *db)
{
	db->fenced = false;
}

void
db_events_only(struct db *db, bool on)
{
	db->events_only = on;
	/* Set anew, it is asked again of what was prepared before. */
	if (db_guard(db) == -1)
		die("a connection could not be fenced");
}
