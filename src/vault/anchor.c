/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "vault/anchor.h"

/*
 * A record is sealed (XChaCha20-Poly1305): nonce[24] text[88] tag[16], bound
 * to its vault and chain.  The text, little endian: generation[8] seq[8]
 * time[8] head[32] zero[32].  Records 0 and 1 of the file are those of the
 * cases chain, 2 and 3 those of the identity chain.
 *
 * Records of version 1, which are read and never written, are in the clear
 * with a MAC: vault[16] generation[8] version[4] chain[4] seq[8] time[8]
 * head[32] zero[16] mac[32].
 */
#define LABEL "amparo anchor 2"
#define TEXT (ANCHOR_RECORD - SEAL_EXTRA)
#define VERSION 1
#define MACED 96
#define PAIR ((size_t)2 * ANCHOR_RECORD)
#define FILE_SIZE ((off_t)(2 * PAIR))

enum state { BLANK, VALID, BROKEN };

static int
io_err(struct err *e)
{
	return err_set(e, file_err_kind(errno),
	    _("The vault's anchor file cannot be used: %s. Ask whoever looks "
	      "after this machine."),
	    file_why(errno));
}

static int
broken(struct err *e)
{
	return err_set(e, ERR_TAMPERED,
	    _("The vault's anchor file was damaged or changed by somebody. "
	      "Nothing is shown or written until that is decided: ask your "
	      "supervisor to run amparo verify."));
}

#define BOUND (sizeof(LABEL) + 16 + 1)
static void
bound_to(const struct uid *vault, enum vault_db chain, uint8_t out[BOUND])
{
	memcpy(out, LABEL, sizeof(LABEL));
	memcpy(out + sizeof(LABEL), vault->b, 16);
	out[BOUND - 1] = (uint8_t)chain;
}

void
anchor_encode(const struct anchor *a, const struct secret *key,
    uint8_t out[ANCHOR_RECORD])
{
	uint8_t text[TEXT] = { 0 }, aad[BOUND];

	bytes_put(text, a->generation, 8);
	bytes_put(text + 8, a->seq, 8);
	bytes_put(text + 16, (uint64_t)a->time, 8);
	memcpy(text + 24, a->head, HASH_BYTES);
	bound_to(&a->vault, a->chain, aad);
	seal(key, aad, sizeof(aad), text, sizeof(text), out);
}

int
anchor_decode_1(const uint8_t in[ANCHOR_RECORD], const struct secret *key,
    const struct uid *vault, enum vault_db chain, struct anchor *a)
{
	static const uint8_t zero[16];
	uint8_t mac[HASH_BYTES];

	hash_keyed(key, in, MACED, mac);
	if (!bytes_eq(mac, in + MACED, HASH_BYTES) ||
	    memcmp(in, vault->b, 16) != 0 || bytes_get(in + 24, 4) != VERSION ||
	    bytes_get(in + 28, 4) != (uint64_t)chain ||
	    memcmp(in + 80, zero, sizeof(zero)) != 0)
		return -1;
	*a = (struct anchor){
		.vault = *vault,
		.generation = bytes_get(in + 16, 8),
		.chain = chain,
		.seq = bytes_get(in + 32, 8),
		.time = (int64_t)bytes_get(in + 40, 8),
	};
	memcpy(a->head, in + 48, HASH_BYTES);
	return 0;
}

int
anchor_decode(const uint8_t in[ANCHOR_RECORD], const struct secret *key,
    const struct uid *vault, enum vault_db chain, struct anchor *a)
{
	static const uint8_t zero[TEXT];
	uint8_t text[TEXT], aad[BOUND];
	struct err none;

	bound_to(vault, chain, aad);
	if (seal_open(key, aad, sizeof(aad), in, ANCHOR_RECORD, text, &none) !=
		0 ||
	    memcmp(text + 56, zero, TEXT - 56) != 0)
		return -1;
	*a = (struct anchor){
		.vault = *vault,
		.generation = bytes_get(text, 8),
		.chain = chain,
		.seq = bytes_get(text + 8, 8),
		.time = (int64_t)bytes_get(text + 16, 8),
	};
	memcpy(a->head, text + 24, HASH_BYTES);
	return 0;
}

/* A whole file of blank records, on disk before anything counts on it. */
static int
make_blank(int dirfd, int fd, struct err *e)
{
	static const uint8_t zero[2 * PAIR];
	ssize_t n = pwrite(fd, zero, sizeof(zero), 0);

	if (n >= 0 && (size_t)n < sizeof(zero)) {
		errno = ENOSPC;
		n = -1;
	}
	if (n < 0 || fsync(fd) != 0 || fsync(dirfd) != 0)
		return io_err(e);
	return 0;
}

int
anchor_open(int dirfd, enum vault_db chain, const struct uid *vault,
    const struct secret *root, bool create, struct anchor_file *f,
    struct err *e)
{
	struct stat st;
	int flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;

	*f = (struct anchor_file){ .fd = -1, .chain = chain, .vault = *vault };
	f->fd =
	    openat(dirfd, ANCHOR_FILE, create ? flags | O_CREAT : flags, 0600);
	if (f->fd < 0 && errno == ENOENT)
		return err_set(
		    e, ERR_NOT_FOUND, _("The vault's anchor file is missing."));
	if (f->fd < 0 || fstat(f->fd, &st) != 0) {
		(void)io_err(e);
		goto fail;
	}
	if (!S_ISREG(st.st_mode) || st.st_uid != geteuid() ||
	    (st.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
		(void)err_set(e, ERR_UNSAFE,
		    _("Others on this machine could change the vault's anchor "
		      "file. Close it to them (chmod 600) or ask whoever "
		      "looks after it."));
		goto fail;
	}
	if (create && st.st_size == 0 && make_blank(dirfd, f->fd, e) != 0)
		goto fail;
	f->key = kdf_derive(root, SUBKEY_ANCHOR);
	f->mac_key = kdf_derive(root, SUBKEY_ANCHOR_1);
	return 0;
fail:
	anchor_close(f);
	return -1;
}

void
anchor_close(struct anchor_file *f)
{
	if (f->fd >= 0)
		(void)close(f->fd);
	secret_free(f->key);
	secret_free(f->mac_key);
	f->fd = -1;
	f->key = f->mac_key = NULL;
}

static off_t
place(const struct anchor_file *f)
{
	return (off_t)PAIR * (f->chain == DB_IDENTITY ? 1 : 0);
}

static enum state
state_of(const struct anchor_file *f, const uint8_t *raw, struct anchor *a)
{
	static const uint8_t zero[ANCHOR_RECORD];

	if (memcmp(raw, zero, ANCHOR_RECORD) == 0)
		return BLANK;
	if (anchor_decode(raw, f->key, &f->vault, f->chain, a) == 0 ||
	    anchor_decode_1(raw, f->mac_key, &f->vault, f->chain, a) == 0)
		return VALID;
	return BROKEN;
}

/* The number (0 or 1) of the newest valid record; -1: none, still blank. */
static int
newest(
    const struct anchor_file *f, int *which, struct anchor *out, struct err *e)
{
	uint8_t raw[PAIR];
	struct anchor a[2] = { { .seq = 0 }, { .seq = 0 } };
	enum state state[2];
	struct stat st;
	ssize_t n;

	do
		n = pread(f->fd, raw, PAIR, place(f));
	while (n < 0 && errno == EINTR);
	if (n < 0 || fstat(f->fd, &st) != 0)
		return io_err(e);
	if ((size_t)n < PAIR || st.st_size != FILE_SIZE)
		return broken(e);
	for (int i = 0; i < 2; i++)
		state[i] = state_of(f, raw + i * ANCHOR_RECORD, &a[i]);
	*which = -1;
	if (state[0] == VALID)
		*which = 0;
	if (state[1] == VALID &&
	    (*which < 0 || a[1].seq > a[0].seq ||
		(a[1].seq == a[0].seq && a[1].time > a[0].time)))
		*which = 1;
	if (*which >= 0) {
		*out = a[*which];
		return 0;
	}
	return state[0] == BLANK && state[1] == BLANK ? 0 : broken(e);
}

int
anchor_read(const struct anchor_file *f, struct anchor *a, struct err *e)
{
	int which;

	if (newest(f, &which, a, e) != 0)
		return -1;
	if (which < 0)
		return err_set(
		    e, ERR_NOT_FOUND, _("The vault's anchor is still empty."));
	return 0;
}

/* Record i of the chain's two. */
static int
write_record(
    const struct anchor_file *f, const struct anchor *a, int i, struct err *e)
{
	struct anchor next = *a;
	uint8_t raw[ANCHOR_RECORD];
	ssize_t n;

	next.vault = f->vault;
	next.chain = f->chain;
	anchor_encode(&next, f->key, raw);
	do
		n = pwrite(f->fd, raw, sizeof(raw),
		    place(f) + (off_t)ANCHOR_RECORD * i);
	while (n < 0 && errno == EINTR);
	if (n >= 0 && (size_t)n < sizeof(raw)) {
		errno = ENOSPC;
		n = -1;
	}
	return n < 0 ? io_err(e) : 0;
}

int
anchor_write(const struct anchor_file *f, const struct anchor *a, bool sync,
    struct err *e)
{
	struct anchor last = { .seq = 0 };
	int which = -1;

	if (newest(f, &which, &last, e) != 0)
		return -1;
	if (which >= 0 && (last.seq > a->seq ||
			      (last.seq == a->seq &&
				  !bytes_eq(last.head, a->head, HASH_BYTES))))
		return err_set(e, ERR_TAMPERED,
		    _("The record of who did what is older than the vault's "
		      "anchor: an old copy was put back just now. Nothing "
		      "more is written; what you saved last may be lost. Tell "
		      "your supervisor and whoever looks after this vault."));
	if (write_record(f, a, which == 0 ? 1 : 0, e) != 0)
		return -1;
	/* The first one fills both places: nothing stays blank. */
	if (which < 0 && write_record(f, a, 1, e) != 0)
		return -1;
	return sync && fdatasync(f->fd) != 0 ? io_err(e) : 0;
}

int
anchor_reset(const struct anchor_file *f, const struct anchor *a, struct err *e)
{
	/* What is there does not count: too short a file is made whole, and
	 * the other chain's records stay as they are. */
	if (ftruncate(f->fd, FILE_SIZE) != 0)
		return io_err(e);
	if (write_record(f, a, 0, e) != 0 || write_record(f, a, 1, e) != 0)
		return -1;
	return fdatasync(f->fd) == 0 ? 0 : io_err(e);
}

int
anchor_check(const struct anchor *a, uint64_t seq, const uint8_t *head_there,
    uint64_t kr_gen, struct err *e)
{
	if (a->generation > kr_gen && a->seq > seq)
		return err_set(e, ERR_TAMPERED,
		    _("The vault's last %llu entries are missing, and its "
		      "keyring is an older one. Put the newest of both back; "
		      "until then nothing is shown or written. Ask your "
		      "supervisor to run amparo verify."),
		    (unsigned long long)(a->seq - seq));
	if (a->seq > seq || (a->seq > 0 && head_there == NULL))
		return err_set(e, ERR_TAMPERED,
		    _("The vault's last %llu entries are missing: it had event "
		      "%llu and ends at %llu. It can be read, and nothing is "
		      "written until a supervisor decides (F7, or amparo "
		      "verify). Tell them now."),
		    (unsigned long long)(a->seq > seq ? a->seq - seq : 1),
		    (unsigned long long)a->seq, (unsigned long long)seq);
	if (a->seq > 0 && !bytes_eq(a->head, head_there, HASH_BYTES))
		return err_set(e, ERR_TAMPERED,
		    _("The record of who did what was changed: event %llu is "
		      "not the one the vault's anchor knows. It can be read, "
		      "and nothing is written until a supervisor decides (F7, "
		      "or amparo verify). Tell them now."),
		    (unsigned long long)a->seq);
	if (a->generation > kr_gen)
		return err_set(e, ERR_TAMPERED,
		    _("An older keyring was put in place of the vault's own. "
		      "Put the newest one back; until then nothing is shown "
		      "or written. Ask your supervisor to run amparo "
		      "verify."));
	return 0;
}
