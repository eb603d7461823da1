/* SPDX-License-Identifier: ISC */
/*
 * A database that is behind its anchor: its last entries are missing, or it
 * has another history.  Whoever comes in reads it; the events of that are all
 * that is written, and the anchor stays where it is until somebody decides.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/log.h"
#include "store/audit_write.h"
#include "store/backup_inside.h"
#include "store/session_inside.h"
#include "store/tx.h"

/* Of the anchor that was found ahead, its head, and the number of the last
 * event that was there: later ones are of those who read. */
#define META_BEHIND "behind"
#define NOTE (HASH_BYTES + 8)

static struct db *
of(struct session *s, enum vault_db which)
{
	return which == DB_CASES ? &s->cases : &s->identity;
}

/* Where it ended when it was first found behind this anchor: 1, 0, -1. */
static int
noted_end(struct db *db, const struct anchor *a, uint64_t *seq, struct err *err)
{
	uint8_t note[NOTE];
	size_t n = 0;
	int rc = db_meta(db, META_BEHIND, note, sizeof(note), &n, err);

	if (rc != 1 || n != sizeof(note) ||
	    !bytes_eq(note, a->head, HASH_BYTES))
		return rc == -1 ? -1 : 0;
	*seq = bytes_get(note + HASH_BYTES, 8);
	return 1;
}

static int
describe(struct db *db, const struct anchor *a, uint64_t ends,
    struct doubtful *d, struct err *err)
{
	d->why = DOUBT_BEHIND;
	d->had = a->seq;
	d->ends = ends;
	d->until = 0;
	memcpy(d->head, a->head, HASH_BYTES);
	return db_int(db, "SELECT at FROM audit WHERE seq = ?1",
		   VALS(v_int((int64_t)ends)), &d->until, err) == -1
		   ? -1
		   : 0;
}

int
session_compare_anchor(struct session *s, struct db *db, const struct anchor *a,
    uint64_t seq, struct err *err)
{
	uint8_t there[HASH_BYTES];
	struct err failed = { .kind = ERR_NONE };
	int rc = 0;

	if (noted_end(db, a, &seq, err) == -1)
		return -1;
	if (a->seq <= seq)
		rc = audit_hash_at(db, a->seq, there, err);
	if (rc == -1)
		return -1;
	if (anchor_check(a, seq, rc == 1 ? there : NULL, s->keyring_gen, err) ==
	    0)
		return 0;
	if (a->generation <= s->keyring_gen &&
	    describe(db, a, seq, &s->doubt[db->which], &failed) == -1)
		*err = failed;
	return -1;
}

/*
 * The log is evidence: what an engine leaves out of it may still be in it, and
 * the next commit writes over that.  A copy, under the number of the anchor's
 * event, for whoever looks into it; a new one where one was begun.
 */
static int
keep_log(struct session *s, const struct db *db, uint64_t had, struct err *err)
{
	char log[32], kept[64];
	struct stat st;

	(void)snprintf(log, sizeof(log), "%s-wal", db_file(db->which));
	(void)snprintf(
	    kept, sizeof(kept), "%s.%llu", log, (unsigned long long)had);
	if (fstatat(s->dirfd, log, &st, AT_SYMLINK_NOFOLLOW) == -1 ||
	    st.st_size == 0)
		return 0;
	(void)unlinkat(s->dirfd, kept, 0);
	return backup_copy_as(s->dirfd, log, s->dirfd, kept, true, err);
}

static int
note_end(struct session *s, struct db *db, struct err *err)
{
	const struct doubtful *d = &s->doubt[db->which];
	const struct anchor a = { .seq = 0 };
	struct anchor same = a;
	uint8_t note[NOTE];
	uint64_t seq;
	int rc;

	memcpy(same.head, d->head, HASH_BYTES);
	rc = noted_end(db, &same, &seq, err);
	if (rc != 0)
		return rc == -1 ? -1 : 0;
	memcpy(note, d->head, HASH_BYTES);
	bytes_put(note + HASH_BYTES, d->ends, 8);
	if (keep_log(s, db, d->had, err) == -1)
		return -1;
	log_line("%s is behind its anchor: it knew event %llu, here is %llu",
	    db_file(db->which), (unsigned long long)d->had,
	    (unsigned long long)d->ends);
	return db_meta_set(db, META_BEHIND, note, sizeof(note), err);
}

int
session_read_on(
    struct session *s, struct db *db, bool old_schema, struct err *err)
{
	struct doubtful *d = &s->doubt[db->which];

	if (d->why != DOUBT_BEHIND || !s->reads_on)
		return -1;
	if (old_schema)
		return err_set(err, ERR_TAMPERED,
		    _("An old copy of this vault was put back, from before "
		      "amparo was updated. Nothing is shown or written until "
		      "that is decided: ask your supervisor to run amparo "
		      "verify."));
	d->err = *err;
	if (note_end(s, db, err) == -1)
		return -1;
	db_events_only(db, true);
	err_clear(err);
	return 0;
}

int
session_record_behind(struct session *s, enum vault_db which, struct err *err)
{
	struct buf reason;
	struct tx tx;
	int rc = -1;

	if (!s->reads_on || s->doubt[which].why != DOUBT_BEHIND)
		return 0;
	buf_init(&reason);
	if (session_doubt_reason(
		s, of(s, which), _("only to be read"), &reason, err) == 0 &&
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = which,
		    .perm = PERM_NONE,
		    .action = "vault.behind",
		    .reason = reason.data },
		err) == 0) {
		rc = tx_commit(&tx);
		tx_abort(&tx);
	}
	buf_done(&reason);
	return rc;
}

void
session_fell_behind(
    struct session *s, enum vault_db which, const struct err *why)
{
	struct doubtful *d = &s->doubt[which];
	uint8_t head[HASH_BYTES];
	uint64_t seq = 0, hlc;
	struct anchor a;
	struct err none;

	*d = (struct doubtful){ .why = DOUBT_BEHIND, .err = *why };
	if (audit_head(of(s, which), &seq, head, &hlc, &none) == -1 ||
	    anchor_read(&s->anchor[which], &a, &none) == -1 ||
	    describe(of(s, which), &a, seq, d, &none) == -1)
		log_line("how far a database is behind could not be read");
	db_events_only(of(s, which), true);
}

void
session_see_decision(struct session *s)
{
	struct anchor a;
	struct err none;

	for (int i = 0; i < 2; i++)
		if (s->doubt[i].why == DOUBT_BEHIND && s->anchor[i].fd != -1 &&
		    anchor_read(&s->anchor[i], &a, &none) == 0 &&
		    !bytes_eq(a.head, s->doubt[i].head, HASH_BYTES))
			s->decided = true;
}

bool
session_alarm(const struct session *s, struct alarm *out)
{
	const struct doubtful *d = session_doubt(s, DB_IDENTITY);

	*out = (struct alarm){ .cases = false };
	if (d == NULL || d->why != DOUBT_BEHIND || s->looks)
		return false;
	*out = (struct alarm){ .cases = d == &s->doubt[DB_CASES],
		.had = d->had,
		.ends = d->ends,
		.until = d->until,
		.changed = d->had <= d->ends,
		.decided = s->decided };
	return true;
}
