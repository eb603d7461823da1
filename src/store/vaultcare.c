/* SPDX-License-Identifier: ISC */
/* Making a vault. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "store/audit_write.h"
#include "store/schema.h"
#include "store/session_inside.h"
#include "store/tx.h"
#include "store/user_write.h"
#include "store/vault_files.h"
#include "store/vaultcare.h"
#include "vault/throttle.h"

/* The journals are there only until a new database has its log. */
const char *const vault_files[] = { DB_FILE_CASES, DB_FILE_CASES "-wal",
	DB_FILE_CASES "-shm", DB_FILE_CASES "-journal", DB_FILE_IDENTITY,
	DB_FILE_IDENTITY "-wal", DB_FILE_IDENTITY "-shm",
	DB_FILE_IDENTITY "-journal", ANCHOR_FILE, THROTTLE_FILE,
	VAULT_SOCIETY_FILE, VAULT_SOCIETY_FILE ".new", KEYRING_FILE ".new",
	KEYRING_PREV, KEYRING_FILE, NULL };

static int
cannot(struct err *err, const char *dir)
{
	return err_set(err, ERR_IO,
	    _("The directory %s cannot be used for a vault: %s."), dir,
	    file_why(errno));
}

static bool
is_ours(const char *name)
{
	for (size_t i = 0; vault_files[i] != NULL; i++)
		if (strcmp(name, vault_files[i]) == 0)
			return true;
	return strcmp(name, "lock") == 0;
}

void
vault_files_remove(int dirfd)
{
	DIR *d;
	struct dirent *e;
	int fd;

	for (size_t i = 0; vault_files[i] != NULL; i++)
		(void)unlinkat(dirfd, vault_files[i], 0);
	fd = openat(
	    dirfd, "lock", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd == -1)
		return;
	if ((d = fdopendir(fd)) == NULL) {
		(void)close(fd);
		return;
	}
	while ((e = readdir(d)) != NULL)
		if (e->d_name[0] != '.')
			(void)unlinkat(fd, e->d_name, 0);
	(void)closedir(d);
	(void)unlinkat(dirfd, "lock", AT_REMOVEDIR);
}

static int
is_vault(struct err *err, const char *dir)
{
	return err_set(err, ERR_CONFLICT,
	    _("There is a vault in %s already, or a copy of one. Choose "
	      "another directory."),
	    dir);
}

int
vault_none_yet(const char *dir, struct err *err)
{
	int rc = 0, fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd == -1)
		return 0;
	if (faccessat(fd, KEYRING_FILE, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		rc = is_vault(err, dir);
	(void)close(fd);
	return rc;
}

/*
 * An empty directory, or what a crash in the middle of making a vault left:
 * our own files and no keyring, which is written last.
 */
static int
check_empty(int fd, const char *dir, struct err *err)
{
	bool strange = false, keyring = false;
	struct dirent *e;
	DIR *d;
	int copy = dup(fd);

	if (copy == -1 || (d = fdopendir(copy)) == NULL) {
		if (copy != -1)
			(void)close(copy);
		return cannot(err, dir);
	}
	while ((e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		strange = strange || !is_ours(e->d_name);
		keyring = keyring || strcmp(e->d_name, KEYRING_FILE) == 0;
	}
	(void)closedir(d);
	if (keyring)
		return is_vault(err, dir);
	if (strange)
		return err_set(err, ERR_CONFLICT,
		    _("The directory %s is not empty. Choose another one."),
		    dir);
	vault_files_remove(fd);
	return 0;
}

int
vault_dir_make(const char *dir, int *fd, bool *made, struct err *err)
{
	*made = mkdir(dir, 0700) == 0;
	if (!*made && errno != EEXIST)
		return cannot(err, dir);
	*fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*fd == -1)
		return cannot(err, dir);
	if (*made || check_empty(*fd, dir, err) == 0)
		return 0;
	(void)close(*fd);
	*fd = -1;
	return -1;
}

/* --- making ----------------------------------------------------------------------- */
struct making {
	const struct vault_init *in;
	struct keyring *kr;
	struct unlocked founder; /* both roots, for as long as it takes */
	struct uid admin, supervisor;
	struct session *s;
};

static int
make_people(struct making *m, char code[ENROL_CODE_SIZE], struct err *err)
{
	const struct vault_init *in = m->in;
	int64_t expires;

	m->admin = uid_new();
	m->supervisor = uid_new();
	if (keyring_add(m->kr, &m->founder, in->admin_login, &m->admin, false,
		in->admin_passphrase, err) == -1 ||
	    keyring_enrol(m->kr, &m->founder, in->supervisor_login,
		&m->supervisor, true, clock_now(), code, &expires, err) == -1)
		return -1;
	return keyring_unlock(m->kr, in->admin_login, in->admin_passphrase,
	    clock_now(), &m->s->keys, err);
}

static int
make_databases(struct making *m, struct err *err)
{
	struct session *s = m->s;
	const struct {
		struct db *db;
		enum vault_db which;
	} both[] = { { &s->cases, DB_CASES }, { &s->identity, DB_IDENTITY } };
	uint8_t salt[16];
	size_t got;

	if (session_open_cases(s, true, err) == -1 ||
	    anchor_open(s->dirfd, DB_IDENTITY, &s->vault_uid,
		m->founder.identity_root, true, &s->anchor[DB_IDENTITY],
		err) == -1 ||
	    db_open(&s->identity, s->vault, DB_IDENTITY,
		m->founder.identity_root, true, err) == -1 ||
	    db_migrate(&s->identity, migrations, n_migrations, err) == -1)
		return -1;
	for (size_t i = 0; i < 2; i++) {
		db_fence(both[i].db);
		/* The salt is in the file once the log is. */
		if (db_checkpoint(both[i].db, true, err) == -1 ||
		    db_raw(both[i].db, 0, salt, sizeof(salt), &got, err) == -1)
			return -1;
		keyring_set_salt(m->kr, both[i].which, salt);
	}
	return 0;
}

/* Rows that have to be there before anybody can be asked for a right. */
static int
make_rows(struct making *m, struct err *err)
{
	const struct vault_init *in = m->in;
	struct session *s = m->s;
	struct tx tx = { .s = s, .db = &s->cases, .err = err };
	int rc = -1;

	tx.now = clock_now();
	tx.hlc = hlc_next(0, tx.now);
	s->node = uid_new();
	s->user.uid = m->admin;
	buf_init(&tx.fields);
	if (db_exec(tx.db, "BEGIN IMMEDIATE", NO_VALS, NULL, err) == 0 &&
	    db_meta_set(tx.db, "vault", s->vault_uid.b, 16, err) == 0 &&
	    db_meta_set(tx.db, "node", s->node.b, 16, err) == 0 &&
	    tx_exec(&tx,
		"INSERT INTO node (uid, ns, kind, valid_from) "
		"VALUES (?1, ?2, 'vault', ?3)",
		VALS(v_uid0(&s->node), v_str(s->ns), v_int(tx.now))) == 0 &&
	    user_insert(&tx, &m->admin, in->admin_login, in->admin_name,
		ROLE_ADMINISTRATOR, in->branch) == 0 &&
	    user_insert(&tx, &m->supervisor, in->supervisor_login,
		in->supervisor_name, ROLE_SUPERVISOR, in->branch) == 0)
		rc = db_exec(tx.db, "COMMIT", NO_VALS, NULL, err);
	buf_done(&tx.fields);
	return rc;
}

/* The identity chain begins with an event by the same person. */
static int
begin_identity(struct making *m, struct err *err)
{
	struct session *s = m->s;
	struct audit_event e = {
		.action = "vault.init",
		.outcome = "done",
		.wrote = true,
		.fields = "",
		.reason = "",
	};
	struct anchor a;

	if (db_exec(&s->identity, "BEGIN IMMEDIATE", NO_VALS, NULL, err) ==
		-1 ||
	    audit_append(s, &s->identity, &e, err) == -1 ||
	    db_exec(&s->identity, "COMMIT", NO_VALS, NULL, err) == -1)
		return -1;
	a = (struct anchor){
		.generation = s->keyring_gen,
		.seq = e.seq,
		.time = e.at,
	};
	memcpy(a.head, e.hash, sizeof(a.head));
	return anchor_write(&s->anchor[DB_IDENTITY], &a, true, err);
}

/* Which configuration this vault belongs to, so that nobody has to say. */
static int
name_config(const struct making *m, struct err *err)
{
	const char *config = m->in->config;
	struct buf line;
	int rc;

	if (config == NULL)
		return 0;
	if (config[0] != '/' || strchr(config, '\n') != NULL)
		return err_set(err, ERR_INPUT,
		    _("The configuration's path \"%s\" cannot be kept in the "
		      "vault. Give it from the root, without line ends."),
		    config);
	buf_init(&line);
	buf_addf(&line, "%s\n", config);
	rc = file_replace(
	    m->s->dirfd, VAULT_SOCIETY_FILE, line.data, line.len, false, err);
	buf_done(&line);
	return rc;
}

static int
make(struct making *m, struct secret **recovery, char code[ENROL_CODE_SIZE],
    struct err *err)
{
	if (keyring_create(m->in->dir, &m->kr, recovery, &m->founder, err) ==
		-1 ||
	    (m->in->calibrate &&
		keyring_set_cost(m->kr, kdf_calibrate(), err) == -1) ||
	    (m->s = session_new(m->in->dir, m->in->society, "init", err)) ==
		NULL)
		return -1;
	m->s->vault_uid = keyring_vault(m->kr);
	/* The keyring last: with it the directory is a vault. */
	if (make_people(m, code, err) == -1 || make_databases(m, err) == -1 ||
	    make_rows(m, err) == -1 || name_config(m, err) == -1 ||
	    (m->in->confirm != NULL &&
		m->in->confirm(m->in->arg, *recovery, err) == -1) ||
	    keyring_save(m->kr, m->founder.case_root, err) == -1 ||
	    session_record_start(m->s,
		&(const struct tx_what){
		    .perm = PERM_NONE, .action = "vault.init" },
		m->kr, err) == -1)
		return -1;
	return begin_identity(m, err);
}

int
vault_init_make(const struct vault_init *in, struct secret **recovery,
    char code[ENROL_CODE_SIZE], struct err *err)
{
	struct making m = { .in = in };
	bool made = false;
	int fd = -1, rc;

	*recovery = NULL;
	if (vault_dir_make(in->dir, &fd, &made, err) == -1)
		return -1;
	rc = make(&m, recovery, code, err);
	session_drop(m.s);
	if (rc == 0 && in->finish != NULL)
		rc = in->finish(in->arg, *recovery, err);
	unlocked_done(&m.founder);
	keyring_free(m.kr);
	if (rc == -1) {
		secret_free(*recovery);
		*recovery = NULL;
		wipe(code, ENROL_CODE_SIZE);
		vault_files_remove(fd);
		if (made)
			(void)rmdir(in->dir);
	}
	(void)close(fd);
	return rc;
}
