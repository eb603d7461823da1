/* SPDX-License-Identifier: ISC */
/* The keyring as a file, and what may be asked of it. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "vault/keyring_impl.h"
#include "vault/recovery.h"

void
unlocked_done(struct unlocked *u)
{
	secret_free(u->case_root);
	secret_free(u->identity_root);
	secret_free(u->sign_key);
	secret_free(u->box_key);
	*u = (struct unlocked){ .must_set_passphrase = false };
}

static char
small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool
login_valid(const char *login)
{
	size_t n = strlen(login);

	if (n < 2 || n > LOGIN_MAX || small(*login) < 'a' ||
	    small(*login) > 'z')
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = small(login[i]);

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '.' && c != '-' && c != '_')
			return false;
	}
	return true;
}

void
keyring_login_hash(
    const struct keyring *kr, const char *login, uint8_t out[HASH_BYTES])
{
	char name[LOGIN_MAX + 1];
	size_t n = 0;

	/* What is longer is nobody's login; it only must not match one. */
	for (; login[n] != '\0' && n < sizeof(name); n++)
		name[n] = small(login[n]);
	hash_salted(kr->vault.b, sizeof(kr->vault.b), name, n, out);
}

/* Open the directory and remember it; the keyring's file may not exist. */
static int
attach(struct keyring *kr, const char *dir, struct err *e)
{
	if (file_check_dir(dir, true, e) != 0)
		return -1;
	kr->dirfd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (kr->dirfd < 0)
		return err_set(e, file_err_kind(errno),
		    _("The vault's directory cannot be opened: %s. Ask "
		      "whoever looks after this machine."),
		    file_why(errno));
	kr->dir = xstrdup(dir);
	return 0;
}

static int
read_file(const char *dir, const char *name, struct buf *raw, struct err *e)
{
	struct buf path;
	int rc;

	buf_init(&path);
	buf_addf(&path, "%s/%s", dir, name);
	rc = file_read(path.data, KEYRING_MAX, true, raw, e);
	buf_done(&path);
	return rc;
}

/* The one before it, where that is there and whole. */
static int
previous(const char *dir, struct err *e)
{
	struct keyring *prev = NULL;
	struct buf raw;
	int rc;

	buf_init(&raw);
	rc = read_file(dir, KEYRING_PREV, &raw, e);
	if (rc == 0)
		rc = keyring_parse(raw.data, raw.len, &prev, e);
	keyring_free(prev);
	buf_done(&raw);
	return rc;
}

int
keyring_advise(const char *dir, struct err *e)
{
	struct err was = *e, why = { .kind = ERR_NONE };
	const char *what;

	if (previous(dir, &why) == 0)
		what = _("Ask whoever looks after it to put keyring.prev, "
			 "which lies beside it, in its place; being older it "
			 "wants amparo recover and two parts of the recovery "
			 "key.");
	else if (why.kind == ERR_NOT_FOUND)
		what = _("Ask whoever looks after it to put that of the newest "
			 "backup there; if it is older, it wants amparo "
			 "recover and two parts of the recovery key.");
	else
		what = _("keyring.prev is no good either. Ask whoever looks "
			 "after it to put that of the newest backup there; if "
			 "it is older, it wants amparo recover and two parts "
			 "of the recovery key.");
	return err_set(e, was.kind, "%s %s", was.text, what);
}

int
keyring_load(const char *dir, struct keyring **out, struct err *e)
{
	struct err own = { .kind = ERR_NONE };
	struct buf raw;
	int rc = -1;

	*out = NULL;
	if (e == NULL)
		e = &own;
	buf_init(&raw);
	if (file_check_dir(dir, true, e) != 0) {
		buf_done(&raw);
		return -1;
	}
	if (read_file(dir, KEYRING_FILE, &raw, e) != 0) {
		if (e->kind == ERR_INPUT)
			(void)keyring_damaged(e, _("it is too long"));
		if (e->kind == ERR_NOT_FOUND)
			(void)err_set(e, ERR_NOT_FOUND,
			    _("There is no keyring here: this is no vault, or "
			      "one that lost it."));
		goto out;
	}
	if (keyring_parse(raw.data, raw.len, out, e) != 0)
		goto out;
	rc = attach(*out, dir, e);
	if (rc != 0) {
		keyring_free(*out);
		*out = NULL;
	}
out:
	if (rc == -1 && (e->kind == ERR_DAMAGED || e->kind == ERR_NOT_FOUND))
		(void)keyring_advise(dir, e);
	buf_done(&raw);
	return rc;
}

static int
make_recovery(struct keyring *kr, struct unlocked *founder, struct secret **out,
    struct err *e)
{
	struct secret *key = secret_random(RECOVERY_BYTES), *wrap = NULL;
	struct slot *s = &kr->slots[0];
	int rc = -1;

	s->id = uid_new();
	s->type = SLOT_RECOVERY;
	slot_set_tag_key(kr, s);
	if (slot_make(kr, s, key, founder->case_root, founder->identity_root,
		&wrap, e) != 0)
		goto out;
	unlocked_done(founder);
	/* Opened as anybody would open it: a recovery key that was never
	 * tried is none. */
	rc = slot_open(kr, s, wrap, founder, e);
	if (rc == 0) {
		*out = key;
		key = NULL;
	}
out:
	secret_free(wrap);
	secret_free(key);
	return rc;
}

int
keyring_create(const char *dir, struct keyring **out, struct secret **recovery,
    struct unlocked *founder, struct err *e)
{
	struct keyring *kr = keyring_new();

	*out = NULL;
	*recovery = NULL;
	*founder = (struct unlocked){ .must_set_passphrase = false };
	if (attach(kr, dir, e) != 0)
		goto fail;
	if (faccessat(kr->dirfd, KEYRING_FILE, F_OK, AT_SYMLINK_NOFOLLOW) ==
	    0) {
		(void)err_set(e, ERR_CONFLICT,
		    _("There is a vault in this directory already. Choose "
		      "another one."));
		goto fail;
	}
	kr->vault = uid_new();
	kr->db_id[DB_CASES] = uid_new();
	kr->db_id[DB_IDENTITY] = uid_new();
	kr->root_generation = 1;
	kr->slots = xcalloc(1, sizeof(*kr->slots));
	kr->n = 1;
	founder->case_root = secret_random(KEY_BYTES);
	founder->identity_root = secret_random(KEY_BYTES);
	root_check(kr, DB_CASES, founder->case_root, kr->root_check[DB_CASES]);
	root_check(kr, DB_IDENTITY, founder->identity_root,
	    kr->root_check[DB_IDENTITY]);
	if (make_recovery(kr, founder, recovery, e) != 0)
		goto fail;
	*out = kr;
	return 0;
fail:
	unlocked_done(founder);
	keyring_free(kr);
	return -1;
}

static void
mac_of(const struct secret *case_root, const void *p, size_t n,
    uint8_t out[HASH_BYTES])
{
	struct secret *key = kdf_derive(case_root, SUBKEY_KEYRING);

	hash_keyed(key, p, n, out);
	secret_free(key);
}

int
keyring_verify(
    struct keyring *kr, const struct secret *case_root, struct err *e)
{
	uint8_t mac[HASH_BYTES];

	/* Made in this process and not written yet. */
	if (kr->raw.len == 0)
		return 0;
	mac_of(case_root, kr->raw.data, kr->raw.len - TRAILER_SIZE, mac);
	if (bytes_eq(mac, kr->raw.data + kr->raw.len - HASH_BYTES, HASH_BYTES))
		return keyring_lift(kr, case_root, e);
	return err_set(e, ERR_TAMPERED,
	    _("The vault's keyring was changed by somebody who had no right "
	      "to. Do not enter anything; tell whoever looks after this "
	      "vault."));
}

/* Is the file still the one this keyring was loaded from? */
static int
check_unchanged(const struct keyring *kr, struct err *e)
{
	struct err own = { .kind = ERR_NONE };
	struct buf now;
	int rc;

	buf_init(&now);
	rc = read_file(kr->dir, KEYRING_FILE, &now, &own);
	if (rc != 0 && own.kind == ERR_NOT_FOUND && kr->raw.len == 0)
		rc = 0;
	else if (rc != 0)
		rc = err_set(e, own.kind, "%s", own.text);
	else if (now.len != kr->raw.len ||
		 memcmp(now.data, kr->raw.data, now.len) != 0)
		rc = err_set(e, ERR_CONFLICT,
		    _("Somebody else changed the keyring meanwhile. Nothing "
		      "was saved; try again."));
	buf_done(&now);
	return rc;
}

/* The whole file: header, places, and the trailer over them. */
static void
encode_all(
    const struct keyring *kr, const struct secret *case_root, struct buf *b)
{
	uint8_t hash[HASH_BYTES], mac[HASH_BYTES];

	keyring_encode(kr, case_root, b);
	hash_bytes(b->data, b->len, hash);
	mac_of(case_root, b->data, b->len, mac);
	buf_add(b, hash, sizeof(hash));
	buf_add(b, mac, sizeof(mac));
}

int
keyring_write_alone(const struct keyring *kr, const struct secret *case_root,
    int dirfd, struct err *e)
{
	struct keyring alone = *kr;
	struct buf b;
	int rc;

	alone.n = 1; /* slot 0 is the recovery key's */
	alone.generation++;
	buf_init(&b);
	encode_all(&alone, case_root, &b);
	rc = file_replace(dirfd, KEYRING_FILE, b.data, b.len, false, e);
	buf_done(&b);
	return rc;
}

int
keyring_save(struct keyring *kr, const struct secret *case_root, struct err *e)
{
	struct buf b;
	int rc = -1;

	if (kr->dir == NULL)
		die("a keyring without a file cannot be saved");
	buf_init(&b);
	if (check_unchanged(kr, e) != 0)
		goto out;
	kr->generation++;
	encode_all(kr, case_root, &b);
	rc = file_replace(kr->dirfd, KEYRING_FILE, b.data, b.len, true, e);
	if (rc != 0) {
		kr->generation--;
		goto out;
	}
	buf_clear(&kr->raw);
	buf_add(&kr->raw, b.data, b.len);
out:
	buf_done(&b);
	return rc;
}

uint64_t
keyring_generation(const struct keyring *kr)
{
	return kr->generation;
}

void
keyring_pass(struct keyring *kr, uint64_t known)
{
	if (kr->generation < known)
		kr->generation = known;
}

void
keyring_mac(const struct keyring *kr, uint8_t out[HASH_BYTES])
{
	if (kr->raw.len == 0)
		memset(out, 0, HASH_BYTES);
	else
		memcpy(
		    out, kr->raw.data + kr->raw.len - HASH_BYTES, HASH_BYTES);
}

struct uid
keyring_vault(const struct keyring *kr)
{
	return kr->vault;
}

void
keyring_db(const struct keyring *kr, enum vault_db which, struct uid *id,
    uint8_t salt[16])
{
	*id = kr->db_id[which];
	memcpy(salt, kr->db_salt[which], 16);
}

void
keyring_set_salt(
    struct keyring *kr, enum vault_db which, const uint8_t salt[16])
{
	memcpy(kr->db_salt[which], salt, 16);
}

size_t
keyring_count(const struct keyring *kr)
{
	return kr->n;
}

void
keyring_slot(const struct keyring *kr, size_t i, struct slot_info *out)
{
	const struct slot *s;

	if (i >= kr->n)
		die("slot %zu of %zu", i, kr->n);
	s = &kr->slots[i];
	if (s->closed)
		die("a slot is asked that nobody looked into");
	*out = (struct slot_info){
		.user = s->user,
		.type = (enum slot_type)s->type,
		.disabled = (s->flags & FLAG_DISABLED) != 0,
		.identity = (s->flags & FLAG_IDENTITY) != 0,
		.expires = s->expires,
		.cost = s->cost,
	};
	memcpy(out->sign_pk, s->sign_pk, SIGN_PK_BYTES);
	memcpy(out->box_pk, s->box_pk, BOX_PK_BYTES);
}

int
keyring_find(const struct keyring *kr, const struct uid *user,
    struct slot_info *out, struct err *e)
{
	const struct slot *s = slot_of_user(kr, user);

	if (s == NULL)
		return err_set(e, ERR_NOT_FOUND,
		    _("This person has no place in the keyring."));
	keyring_slot(kr, (size_t)(s - kr->slots), out);
	return 0;
}

bool
keyring_has_login(const struct keyring *kr, const char *login)
{
	return slot_of_login(kr, login) != NULL;
}

int
keyring_sign_pk(const struct keyring *kr, const struct uid *user,
    uint8_t pk[SIGN_PK_BYTES], struct err *e)
{
	struct slot_info info;

	if (keyring_find(kr, user, &info, e) != 0)
		return -1;
	memcpy(pk, info.sign_pk, SIGN_PK_BYTES);
	return 0;
}
