/* SPDX-License-Identifier: ISC */
/* A backup takes the vault's place: checked first, swapped last. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "store/audit_write.h"
#include "store/backup_inside.h"
#include "store/session_inside.h"
#include "store/tx.h"
#include "store/vault_files.h"
#include "store/vaultcare.h"

struct restoring {
	const char *from;
	const struct sign_in *in;
	const struct secret *recovery; /* NULL: by passphrase */
	struct buf staging, aside; /* beside the vault */
	int from_fd, staging_fd;
};

static int
cannot(struct err *err, const char *what)
{
	return err_set(err, file_err_kind(errno),
	    _("%s: %s. The vault is as it was."), what, file_why(errno));
}

/* What is put back is made in the folder above the vault. */
static int
cannot_beside(struct err *err, const char *what)
{
	return err_set(err, file_err_kind(errno),
	    _("Restoring needs a place beside the vault: %s cannot be made "
	      "(%s). "
	      "Let the account that runs amparo write there, or restore to "
	      "another --vault and move that. Nothing was changed."),
	    what, file_why(errno));
}

static int
open_dir(const char *dir)
{
	return open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* The directory for the copy; one left by an earlier try goes. */
static int
make_staging(struct restoring *r, struct err *err)
{
	const char *dir = r->staging.data;
	int old = open_dir(dir);

	if (old != -1) {
		vault_files_remove(old);
		(void)unlinkat(old, BACKUP_MANIFEST, 0);
		(void)close(old);
	}
	if ((mkdir(dir, 0700) == -1 && errno != EEXIST) ||
	    (r->staging_fd = open_dir(dir)) == -1)
		return cannot_beside(err, dir);
	return 0;
}

/* Not in every backup: a log that was empty, a configuration not named. */
static bool
optional(const char *name)
{
	return strcmp(name, DB_FILE_IDENTITY "-wal") == 0 ||
	       strcmp(name, VAULT_SOCIETY_FILE) == 0;
}

/* Is what a backup has to hold there, each a file of its own? */
static int
check_whole(const struct restoring *r, struct err *err)
{
	static const char *const needed[] = { DB_FILE_CASES, DB_FILE_IDENTITY,
		KEYRING_FILE, ANCHOR_FILE, BACKUP_MANIFEST };
	const char *odd = NULL, *missing = NULL;
	size_t there = 0;
	struct stat st;

	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		if (fstatat(r->from_fd, needed[i], &st, AT_SYMLINK_NOFOLLOW) ==
		    -1) {
			missing = needed[i];
			continue;
		}
		there++;
		if (!S_ISREG(st.st_mode))
			odd = needed[i];
	}
	if (there == 0)
		return err_set(err, ERR_NOT_FOUND,
		    _("There is no backup in %s. Name the folder that amparo "
		      "backup made."),
		    r->from);
	if (odd != NULL)
		return err_set(err, ERR_DAMAGED,
		    _("This backup is not what was written: its \"%s\" is no "
		      "file. Use another one. The vault is as it was."),
		    odd);
	if (missing != NULL)
		return err_set(err, ERR_DAMAGED,
		    _("This backup is not whole: its file \"%s\" is not "
		      "there. Look for it where the backup was kept, or use "
		      "another one. The vault is as it was."),
		    missing);
	return 0;
}

static int
copy_in(struct restoring *r, struct err *err)
{
	for (size_t i = 0; backup_files[i] != NULL; i++)
		if (backup_copy_file(r->from_fd, r->staging_fd, backup_files[i],
			optional(backup_files[i]), err) == -1)
			return -1;
	return 0;
}

/* The chain of the copy, to its last event. */
static int
check_chain(struct session *s, struct err *err)
{
	struct audit_finding f;

	if (audit_verify(&s->cases, &s->cases, &f, err) == -1)
		return -1;
	if (f.fault == AUDIT_GOOD)
		return 0;
	return err_set(err, ERR_TAMPERED,
	    _("The record in this backup breaks at event %llu. Use another "
	      "backup."),
	    (unsigned long long)f.seq);
}

/* May this person do it, by the copy's own word?  It is also its newest
 * event. */
static int
record(struct session *s, const struct keyring *kr, struct err *err)
{
	struct tx tx;
	int rc;

	if (session_record_start(s,
		&(const struct tx_what){
		    .perm = PERM_NONE, .action = "session.start" },
		kr, err) == -1)
		return -1;
	rc = tx_begin(&tx, s,
	    &(const struct tx_what){ .perm = PERM_VAULT_CARE,
		.action = "vault.restore",
		.wrote = true },
	    err);
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	return rc;
}

/* The keys of the copy, by whichever of the two ways. */
static int
unlock(
    struct restoring *r, struct keyring *kr, struct session *s, struct err *err)
{
	struct unlocked roots;
	int rc;

	if (r->recovery == NULL)
		return keyring_unlock(kr, r->in->login, r->in->passphrase,
		    clock_now(), &s->keys, err);
	rc = keyring_unlock_recovery(kr, r->recovery, &roots, err);
	if (rc == 0)
		s->keys.case_root = secret_copy(roots.case_root);
	unlocked_done(&roots);
	return rc;
}

static int
try_copy(struct restoring *r, struct err *err)
{
	struct keyring *kr = NULL;
	struct session *s;
	int rc = -1;

	s = session_new(r->staging.data, r->in->society, r->in->terminal, err);
	if (s == NULL)
		return -1;
	if (keyring_load(r->staging.data, &kr, err) == -1 ||
	    unlock(r, kr, s, err) == -1)
		goto out;
	s->vault_uid = keyring_vault(kr);
	if (backup_check(r->from_fd, r->from, &s->vault_uid, s->keys.case_root,
		err) == 0 &&
	    session_open_cases(s, false, err) == 0 && check_chain(s, err) == 0)
		rc = r->recovery != NULL ? 0 : record(s, kr, err);
	/* Nobody else is in it: its log goes back into it. */
	if (rc == 0)
		rc = db_checkpoint(&s->cases, true, err);
	if (rc == 0)
		db_leave(&s->cases);
out:
	keyring_free(kr);
	session_drop(s);
	return rc;
}

/* As where the vault is a disk of its own. */
static int
cannot_move(struct err *err, const char *vault)
{
	return err_set(err, file_err_kind(errno),
	    _("%s cannot be put aside: %s. Restore to another --vault, then "
	      "move its files here yourself. The vault is as it was."),
	    vault, file_why(errno));
}

/* So that a power cut finds the one or the other. */
static void
sync_above(const char *vault)
{
	struct buf above;
	int fd;

	buf_init(&above);
	buf_addf(&above, "%s/..", vault);
	fd = open_dir(above.data);
	if (fd == -1 || fsync(fd) == -1)
		log_line("the folder above a restored vault was not synced");
	if (fd != -1)
		(void)close(fd);
	buf_done(&above);
}

/* Between commits of whoever still has the old vault open. */
static int
swap(struct restoring *r, struct err *err)
{
	const char *vault = r->in->vault;
	struct vault_lock lock = { .fd = -1 };
	int fd = open_dir(vault), rc = -1;

	if (fd != -1 && (lock_open(fd, LOCK_WRITERS, &lock, err) == -1 ||
			    lock_acquire(&lock, LOCK_WAIT_MS, err) == -1))
		goto out;
	if (fd != -1 && rename(vault, r->aside.data) == -1) {
		(void)cannot_move(err, vault);
		goto out;
	}
	rc = rename(r->staging.data, vault);
	if (rc == -1) {
		(void)cannot(err, vault);
		if (fd != -1 && rename(r->aside.data, vault) == -1)
			(void)err_set(err, ERR_IO,
			    _("The vault is now at %s and could not be moved "
			      "back; move it to %s."),
			    r->aside.data, vault);
	} else {
		sync_above(vault);
	}
out:
	lock_close(&lock);
	if (fd != -1)
		(void)close(fd);
	return rc;
}

static int
check_place(struct restoring *r, struct err *err)
{
	struct stat st;

	/* Killed between the two renames: what looks like an old vault is the
	 * only one. */
	if (lstat(r->aside.data, &st) == 0 && lstat(r->in->vault, &st) != 0)
		return err_set(err, ERR_CONFLICT,
		    _("A restore was cut short: the vault is in %s. Keep it. "
		      "Move it back to %s, and then restore again."),
		    r->aside.data, r->in->vault);
	if (lstat(r->aside.data, &st) == 0)
		return err_set(err, ERR_CONFLICT,
		    _("%s is still there from an earlier restore. Move it "
		      "away first."),
		    r->aside.data);
	r->from_fd = open_dir(r->from);
	if (r->from_fd == -1)
		return err_set(err, file_err_kind(errno),
		    _("There is no backup to be read in %s: %s. Name the "
		      "folder that amparo backup made."),
		    r->from, file_why(errno));
	return check_whole(r, err);
}

int
vault_restore(const char *from, const struct sign_in *in,
    const struct secret *recovery, struct err *err)
{
	struct restoring r = { .from = from,
		.in = in,
		.recovery = recovery,
		.from_fd = -1,
		.staging_fd = -1 };
	int rc;

	buf_init(&r.staging);
	buf_init(&r.aside);
	buf_addf(&r.staging, "%s.restoring", in->vault);
	buf_addf(&r.aside, "%s.before-restore", in->vault);
	rc = check_place(&r, err);
	if (rc == 0)
		rc = make_staging(&r, err);
	if (rc == 0 && (copy_in(&r, err) == -1 || try_copy(&r, err) == -1 ||
			   swap(&r, err) == -1)) {
		vault_files_remove(r.staging_fd);
		(void)rmdir(r.staging.data);
		rc = -1;
	}
	if (r.from_fd != -1)
		(void)close(r.from_fd);
	if (r.staging_fd != -1)
		(void)close(r.staging_fd);
	buf_done(&r.staging);
	buf_done(&r.aside);
	return rc;
}
