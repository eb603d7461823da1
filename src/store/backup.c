/* SPDX-License-Identifier: ISC */
/* Copies of a vault, and their manifest. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "store/audit_write.h"
#include "store/backup_inside.h"
#include "store/session_inside.h"
#include "store/tx.h"
#include "store/vault_files.h"
#include "store/vaultcare.h"

#define BLOCK 65536
#define MANIFEST_LABEL "amparo-backup-1"

/* What a backup may hold; the manifest is written last. */
const char *const backup_files[] = { DB_FILE_CASES, DB_FILE_IDENTITY,
	DB_FILE_IDENTITY "-wal", VAULT_SOCIETY_FILE, KEYRING_FILE, ANCHOR_FILE,
	NULL };

static int
cannot_copy(struct err *err)
{
	return err_set(err, file_err_kind(errno),
	    _("The copy could not be written: %s. The vault is as it was."),
	    file_why(errno));
}

static int
write_all(int fd, const void *p, size_t n)
{
	const char *at = p;
	ssize_t k;

	while (n > 0) {
		k = write(fd, at, n);
		if (k == -1 && errno == EINTR)
			continue;
		if (k == -1)
			return -1;
		at += k;
		n -= (size_t)k;
	}
	return 0;
}

static int
make_file(int dirfd, const char *name)
{
	return openat(dirfd, name,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
}

int
backup_copy_file(
    int from, int to, const char *name, bool optional, struct err *err)
{
	return backup_copy_as(from, name, to, name, optional, err);
}

int
backup_copy_as(int from, const char *name, int to, const char *as,
    bool optional, struct err *err)
{
	char block[BLOCK];
	int in, out = -1, rc = -1;
	ssize_t n;

	in = openat(from, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (in == -1 && errno == ENOENT && optional)
		return 0;
	if (in == -1)
		return err_set(err, file_err_kind(errno),
		    _("\"%s\" could not be read: %s. Nothing was changed."),
		    name, file_why(errno));
	if ((out = make_file(to, as)) == -1)
		goto out;
	while ((n = read(in, block, sizeof(block))) > 0)
		if (write_all(out, block, (size_t)n) == -1)
			goto out;
	if (n == 0 && fsync(out) == 0)
		rc = 0;
out:
	if (rc == -1)
		(void)cannot_copy(err);
	(void)close(in);
	if (out != -1)
		(void)close(out);
	return rc;
}

/* Through the connection: see db_raw(). */
static int
copy_open_database(struct db *db, int to, struct err *err)
{
	char block[BLOCK];
	int64_t at = 0;
	size_t got;
	int rc = -1, out = make_file(to, db_file(db->which));

	if (out == -1)
		return cannot_copy(err);
	do {
		if (db_raw(db, at, block, sizeof(block), &got, err) == -1)
			goto out;
		if (write_all(out, block, got) == -1) {
			(void)cannot_copy(err);
			goto out;
		}
		at += (int64_t)got;
	} while (got == sizeof(block));
	rc = fsync(out) == 0 ? 0 : cannot_copy(err);
out:
	(void)close(out);
	return rc;
}

/* --- the manifest --------------------------------------------------------------- */
/* 0, or -1 with errno. */
static int
hash_file(int dirfd, const char *name, uint64_t *size, uint8_t out[HASH_BYTES])
{
	char block[BLOCK];
	struct hash h;
	ssize_t n;
	int why, fd = openat(dirfd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	*size = 0;
	if (fd == -1)
		return -1;
	hash_init(&h);
	while ((n = read(fd, block, sizeof(block))) > 0) {
		hash_add(&h, block, (size_t)n);
		*size += (uint64_t)n;
	}
	why = errno;
	hash_end(&h, out);
	(void)close(fd);
	errno = why;
	return n == 0 ? 0 : -1;
}

/* Label, vault, then name, size and hash of each file that is there. */
static int
describe(int dirfd, const struct uid *vault, struct buf *b, struct err *err)
{
	uint8_t hash[HASH_BYTES];
	uint64_t size;

	buf_add_bytes(b, MANIFEST_LABEL, strlen(MANIFEST_LABEL));
	buf_add_bytes(b, vault->b, sizeof(vault->b));
	for (size_t i = 0; backup_files[i] != NULL; i++) {
		if (hash_file(dirfd, backup_files[i], &size, hash) == -1) {
			if (errno == ENOENT)
				continue;
			return cannot_copy(err);
		}
		buf_add_bytes(b, backup_files[i], strlen(backup_files[i]));
		buf_add_u64(b, size);
		buf_add_bytes(b, hash, sizeof(hash));
	}
	return 0;
}

/* The manifest is a salt and the MAC of it and of what there is; before, it
 * was what there is, in the clear, and the MAC of that. */
#define SALT 32
#define MANIFEST (SALT + HASH_BYTES)

static void
mac_of(const struct secret *case_root, const uint8_t salt[SALT],
    const struct buf *b, uint8_t out[HASH_BYTES])
{
	struct secret *key = kdf_derive(case_root, SUBKEY_BACKUP);
	struct hash h;

	hash_init_keyed(&h, key);
	if (salt != NULL)
		hash_add(&h, salt, SALT);
	hash_add(&h, b->data, b->len);
	hash_end(&h, out);
	secret_free(key);
}

static int
write_manifest(struct session *s, int dirfd, struct err *err)
{
	uint8_t raw[MANIFEST];
	struct buf b;
	int rc = -1;

	buf_init(&b);
	random_bytes(raw, SALT);
	if (describe(dirfd, &s->vault_uid, &b, err) == 0) {
		mac_of(s->keys.case_root, raw, &b, raw + SALT);
		rc = file_replace(
		    dirfd, BACKUP_MANIFEST, raw, sizeof(raw), false, err);
	}
	buf_done(&b);
	return rc;
}

static bool
manifest_holds(
    const struct buf *have, struct buf *want, const struct secret *case_root)
{
	uint8_t mac[HASH_BYTES];

	if (have->len == MANIFEST) {
		mac_of(case_root, (const uint8_t *)have->data, want, mac);
		return bytes_eq(mac, have->data + SALT, sizeof(mac));
	}
	mac_of(case_root, NULL, want, mac);
	buf_add_bytes(want, mac, sizeof(mac));
	return want->len == have->len &&
	       bytes_eq(want->data, have->data, want->len);
}

int
backup_check(int dirfd, const char *dir, const struct uid *vault,
    const struct secret *case_root, struct err *err)
{
	struct buf want, have, path;
	int rc;

	buf_init(&want);
	buf_init(&have);
	buf_init(&path);
	buf_addf(&path, "%s/%s", dir, BACKUP_MANIFEST);
	rc = file_read(path.data, 65536, false, &have, err);
	if (rc == 0)
		rc = describe(dirfd, vault, &want, err);
	if (rc == 0 && !manifest_holds(&have, &want, case_root))
		rc = err_set(err, ERR_DAMAGED,
		    _("This backup is not what was written: a file in "
		      "it was changed, lost or added. Use another "
		      "one."));
	buf_done(&want);
	buf_done(&have);
	buf_done(&path);
	return rc;
}

/* --- taking one -------------------------------------------------------------------- */
/* With both locks held nothing in the vault moves. */
static int
copy_all(
    struct session *s, int to, const struct keyring *alone, struct err *err)
{
	/* No list and no case stays open between two keys, so a reader in the
	 * way is gone within the time the engine waits. */
	if (db_checkpoint(&s->cases, true, err) == -1)
		return -1;
	if (copy_open_database(&s->cases, to, err) == -1 ||
	    backup_copy_file(s->dirfd, to, DB_FILE_IDENTITY, false, err) ==
		-1 ||
	    backup_copy_file(
		s->dirfd, to, DB_FILE_IDENTITY "-wal", true, err) == -1 ||
	    backup_copy_file(s->dirfd, to, VAULT_SOCIETY_FILE, true, err) ==
		-1 ||
	    (alone != NULL
		    ? keyring_write_alone(alone, s->keys.case_root, to, err)
		    : backup_copy_file(
			  s->dirfd, to, KEYRING_FILE, false, err)) == -1)
		return -1;
	return backup_copy_file(s->dirfd, to, ANCHOR_FILE, false, err);
}

/* It would look like the newest backup, and is not one. */
static int
refuse_behind(const struct doubtful *d, struct err *err)
{
	return err_set(err, d->err.kind,
	    _("This vault waits for a decision (amparo verify), and a copy of "
	      "it would look like the newest backup. None was made; keep the "
	      "ones there are."));
}

static int
copy_locked(struct session *s, int to, enum backup_keyring who, struct err *err)
{
	struct keyring *kr;
	struct db *identity;
	int rc = -1;

	/* With its root the log can be emptied first; then it is closed, so
	 * that its file may be opened here. */
	if (session_holds_identity(s) &&
	    session_identity(s, &identity, err) == -1)
		return -1;
	if (session_doubt(s, DB_IDENTITY) != NULL)
		return refuse_behind(session_doubt(s, DB_IDENTITY), err);
	if (session_keyring_begin(s, &kr, err) == -1)
		return -1;
	if (lock_acquire(&s->writers, LOCK_WAIT_MS, err) == 0) {
		rc = s->identity.h == NULL
			 ? 0
			 : db_checkpoint(&s->identity, true, err);
		session_identity_leave(s);
		if (rc == 0)
			rc = copy_all(s, to,
			    who == BACKUP_RECOVERY_ONLY ? kr : NULL, err);
		lock_release(&s->writers);
	}
	session_keyring_end(s, kr);
	return rc;
}

/* Does the copy open, and does it go as far as the vault did? */
static int
check_copy(
    struct session *s, const char *dir, int fd, uint64_t seq, struct err *err)
{
	uint8_t head[HASH_BYTES];
	uint64_t there = 0, hlc;
	struct db db;
	int rc;

	if (db_open(&db, dir, DB_CASES, s->keys.case_root, false, err) == -1)
		return -1;
	rc = audit_head(&db, &there, head, &hlc, err);
	db_close(&db);
	(void)unlinkat(fd, DB_FILE_CASES "-wal", 0);
	(void)unlinkat(fd, DB_FILE_CASES "-shm", 0);
	if (rc == 0 && there < seq)
		rc = err_set(err, ERR_DAMAGED,
		    _("The backup does not hold everything; it was not kept. "
		      "Try again."));
	if (rc == 0)
		rc = backup_check(
		    fd, dir, &s->vault_uid, s->keys.case_root, err);
	return rc;
}

static bool
same_place(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Is a directory the vault, or below it?  Up to the root, whose parent is
 * itself. */
static bool
in_the_vault(int dir, int vault)
{
	struct stat v, here, below = { .st_ino = 0 };
	int at = fstat(vault, &v) == 0 ? dup(dir) : -1, up;
	bool found = false;

	while (at != -1) {
		up = -1;
		if (fstat(at, &here) == 0) {
			found = same_place(&here, &v);
			if (!found && !same_place(&here, &below))
				up = openat(at, "..", O_PATH | O_CLOEXEC);
			below = here;
		}
		(void)close(at);
		at = up;
	}
	return found;
}

int
vault_backup(struct session *s, const char *dir, enum backup_keyring who,
    struct err *err)
{
	bool made = false;
	uint64_t seq = 0;
	struct tx tx;
	int fd, rc;

	if (session_doubt(s, DB_IDENTITY) != NULL)
		return refuse_behind(session_doubt(s, DB_IDENTITY), err);
	rc = tx_begin(&tx, s,
	    &(const struct tx_what){
		.perm = PERM_VAULT_CARE, .action = "vault.backup" },
	    err);
	if (rc == 0)
		rc = tx_commit(&tx);
	seq = (uint64_t)tx.seq;
	tx_abort(&tx);
	if (rc == -1 || vault_dir_make(dir, &fd, &made, err) == -1)
		return -1;
	if (in_the_vault(fd, s->dirfd))
		rc = err_set(err, ERR_INPUT,
		    _("%s is inside the vault. What happens to the vault "
		      "happens to a copy there: choose another place."),
		    dir);
	else
		rc = copy_locked(s, fd, who, err);
	if (rc == 0)
		rc = write_manifest(s, fd, err);
	if (rc == 0)
		rc = check_copy(s, dir, fd, seq, err);
	if (rc == -1) {
		vault_files_remove(fd);
		(void)unlinkat(fd, BACKUP_MANIFEST, 0);
		if (made)
			(void)rmdir(dir);
	}
	(void)close(fd);
	return rc;
}
