/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "vault/crypto.h"
#include "vault/lock.h"
#include "vault/throttle.h"

/*
 * A record is sealed under a key of the vault's id: nonce[24] text[64]
 * tag[16]; the text, little endian: who[16] source[16] fails[4] zero[4]
 * deadline[8] boot[16].  A record whose source is all zero counts a person's
 * failures in a row from everywhere.  What does not open is an empty one, so
 * noise fills the places nobody has used yet, a STEP at a time: the size tells
 * how many logins were tried no better than that.
 *
 * Version 1, which is read and then written anew, had the text in the clear
 * with the first 16 bytes of its hash behind it.
 */
#define LABEL "amparo throttle 2"
#define TEXT 64
#define RECORD (TEXT + SEAL_EXTRA)
#define RECORD_1 (TEXT + 16)
#define STEP 64

struct record {
	uint8_t who[16];
	uint8_t source[16];
	uint32_t fails;
	int64_t deadline;
	uint8_t boot[16];
};

/* The file, under its lock. */
struct table {
	struct vault_lock lock;
	int fd;
	struct secret *key;
	struct record *records;
	size_t n; /* in the file, at most THROTTLE_RECORDS */
};

static const uint8_t everywhere[16];

static int
io_err(struct err *e)
{
	return err_set(e, file_err_kind(errno),
	    _("The sign-in delays cannot be kept: %s. Nobody can sign in "
	      "until whoever looks after this machine has seen to it."),
	    file_why(errno));
}

void
throttle_key(struct throttle_key *key, const struct uid *vault,
    const char *login, const char *source)
{
	char small[64];
	uint8_t h[HASH_BYTES];
	size_t n = 0;

	key->vault = *vault;
	/* Capital letters are the same login, so they are not a new chance. */
	for (; login[n] != '\0' && n < sizeof(small); n++) {
		small[n] = login[n];
		if (small[n] >= 'A' && small[n] <= 'Z')
			small[n] = (char)(small[n] - 'A' + 'a');
	}
	hash_salted(vault->b, sizeof(vault->b), small, n, h);
	memcpy(key->who, h, sizeof(key->who));
	hash_salted(vault->b, sizeof(vault->b), source, strlen(source), h);
	memcpy(key->source, h, sizeof(key->source));
}

int
throttle_now(struct throttle_time *t, struct err *e)
{
	char text[64], hex[33];
	struct uid boot;
	ssize_t len = -1;
	size_t n = 0;
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);

	*t = (struct throttle_time){ .ms = clock_boot() };
	if (fd >= 0) {
		len = read(fd, text, sizeof(text));
		(void)close(fd);
	}
	for (ssize_t i = 0; i < len && n < sizeof(hex) - 1; i++)
		if (text[i] != '-')
			hex[n++] = text[i];
	hex[n] = '\0';
	if (uid_from_hex(hex, &boot) == -1)
		return err_set(e, ERR_IO,
		    _("This machine does not say when it was started (/proc "
		      "is missing), so sign-in delays cannot be kept."));
	memcpy(t->boot, boot.b, sizeof(t->boot));
	return 0;
}

int64_t
throttle_delay(uint32_t fails)
{
	if (fails < 3)
		return 0;
	if (fails - 3 >= 10) /* 1,024 s is past the cap */
		return THROTTLE_CAP_MS;
	return (INT64_C(1) << (fails - 3)) * 1000;
}

/* The key of the file.  It keeps a count of failures or a pattern from being
 * read off a stray copy of this file; whoever has the keyring too can make
 * it, and finds hashes of logins. */
static struct secret *
file_key(const struct uid *vault)
{
	struct secret *key = secret_new(KEY_BYTES);

	hash_salted(vault->b, sizeof(vault->b), LABEL, sizeof(LABEL),
	    secret_fill(key, KEY_BYTES));
	secret_close(key);
	return key;
}

static void
encode(const struct record *r, const struct secret *key, uint8_t out[RECORD])
{
	uint8_t text[TEXT] = { 0 };

	if (r->fails == 0) {
		random_bytes(out, RECORD);
		return;
	}
	memcpy(text, r->who, 16);
	memcpy(text + 16, r->source, 16);
	bytes_put(text + 32, r->fails, 4);
	bytes_put(text + 40, (uint64_t)r->deadline, 8);
	memcpy(text + 48, r->boot, 16);
	seal(key, LABEL, sizeof(LABEL), text, TEXT, out);
}

static void
read_text(const uint8_t text[TEXT], struct record *r)
{
	memcpy(r->who, text, 16);
	memcpy(r->source, text + 16, 16);
	r->fails = (uint32_t)bytes_get(text + 32, 4);
	r->deadline = (int64_t)bytes_get(text + 40, 8);
	memcpy(r->boot, text + 48, 16);
}

/* A torn record is an empty one. */
static void
decode(const uint8_t in[RECORD], const struct secret *key, struct record *r)
{
	uint8_t text[TEXT];
	struct err none;

	*r = (struct record){ 0 };
	if (seal_open(key, LABEL, sizeof(LABEL), in, RECORD, text, &none) == 0)
		read_text(text, r);
}

static bool
decode_1(const uint8_t in[RECORD_1], struct record *r)
{
	uint8_t h[HASH_BYTES];

	hash_bytes(in, TEXT, h);
	if (memcmp(h, in + TEXT, RECORD_1 - TEXT) != 0)
		return false;
	read_text(in, r);
	return true;
}

static void
table_close(struct table *t)
{
	if (t->fd >= 0)
		(void)close(t->fd);
	lock_close(&t->lock);
	secret_free(t->key);
	free(t->records);
}

static int
write_at(
    struct table *t, const uint8_t *raw, size_t len, off_t at, struct err *e)
{
	ssize_t n;

	do
		n = pwrite(t->fd, raw, len, at);
	while (n < 0 && errno == EINTR);
	if (n >= 0 && (size_t)n < len)
		errno = ENOSPC;
	return n >= 0 && (size_t)n == len ? 0 : io_err(e);
}

/* More places, with noise in them. */
static int
table_grow(struct table *t, struct err *e)
{
	size_t n =
	    THROTTLE_RECORDS - t->n < STEP ? THROTTLE_RECORDS - t->n : STEP;
	uint8_t noise[STEP * RECORD];

	random_bytes(noise, n * RECORD);
	if (write_at(t, noise, n * RECORD, (off_t)(t->n * RECORD), e) != 0)
		return -1;
	memset(t->records + t->n, 0, n * sizeof(*t->records));
	t->n += n;
	return 0;
}

/* A file of version 1 is known by its first record. */
static int
table_renew(struct table *t, const uint8_t *raw, size_t got, struct err *e)
{
	size_t n = got / RECORD_1, whole = (n + STEP - 1) / STEP * STEP;
	uint8_t *out;
	int rc;

	if (whole > THROTTLE_RECORDS)
		whole = n = THROTTLE_RECORDS;
	for (size_t i = 0; i < n; i++)
		if (!decode_1(raw + i * RECORD_1, &t->records[i]))
			t->records[i] = (struct record){ 0 };
	out = xmalloc(whole * RECORD);
	for (size_t i = 0; i < whole; i++)
		encode(&t->records[i], t->key, out + i * RECORD);
	rc = write_at(t, out, whole * RECORD, 0, e);
	free(out);
	t->n = whole;
	return rc;
}

static int
table_read(struct table *t, struct err *e)
{
	size_t max = (size_t)THROTTLE_RECORDS * RECORD;
	uint8_t *raw = xmalloc(max);
	ssize_t got;
	int rc = 0;

	do
		got = pread(t->fd, raw, max, 0);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		free(raw);
		return io_err(e);
	}
	if (got >= RECORD_1 && decode_1(raw, &t->records[0])) {
		rc = table_renew(t, raw, (size_t)got, e);
	} else {
		t->n = (size_t)got / RECORD;
		for (size_t i = 0; i < t->n; i++)
			decode(raw + i * RECORD, t->key, &t->records[i]);
	}
	free(raw);
	return rc;
}

static int
table_open(int dirfd, const struct uid *vault, struct table *t, struct err *e)
{
	struct stat st;

	*t = (struct table){ .lock = { .fd = -1 }, .fd = -1 };
	if (lock_open(dirfd, THROTTLE_FILE, &t->lock, e) != 0 ||
	    lock_acquire(&t->lock, LOCK_WAIT_MS, e) != 0)
		goto fail;
	t->fd = openat(dirfd, THROTTLE_FILE,
	    O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
	if (t->fd < 0 || fstat(t->fd, &st) != 0) {
		(void)io_err(e);
		goto fail;
	}
	if (!S_ISREG(st.st_mode) || st.st_uid != geteuid() ||
	    (st.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
		(void)err_set(e, ERR_UNSAFE,
		    _("Others on this machine could change the vault's file "
		      "of sign-in delays. Close it to them (chmod 600) or ask "
		      "whoever looks after it."));
		goto fail;
	}
	t->key = file_key(vault);
	t->records = xcalloc(THROTTLE_RECORDS, sizeof(*t->records));
	if (table_read(t, e) != 0)
		goto fail;
	return 0;
fail:
	table_close(t);
	return -1;
}

static int
table_write(struct table *t, const struct record *r, struct err *e)
{
	uint8_t raw[RECORD];

	encode(r, t->key, raw);
	return write_at(t, raw, RECORD, (off_t)((r - t->records) * RECORD), e);
}

static struct record *
find(struct table *t, const uint8_t who[16], const uint8_t source[16])
{
	for (size_t i = 0; i < t->n; i++) {
		struct record *r = &t->records[i];

		if (memcmp(r->who, who, 16) == 0 &&
		    memcmp(r->source, source, 16) == 0)
			return r;
	}
	return NULL;
}

/*
 * The record of who and source; when there is none, an empty one, a new one,
 * or, in a full table, the one with the fewest failures, so that trying many
 * logins never makes the file forget the one that is being guessed.  NULL: a
 * new one could not be had.
 */
static struct record *
find_or_make(struct table *t, const uint8_t who[16], const uint8_t source[16],
    const struct record *keep, struct err *e)
{
	struct record *r = find(t, who, source);
	size_t was = t->n;

	if (r != NULL)
		return r;
	for (size_t i = 0; i < t->n; i++) {
		struct record *o = &t->records[i];

		if (o == keep)
			continue;
		if (r == NULL || o->fails < r->fails ||
		    (o->fails == r->fails && o->deadline < r->deadline))
			r = o;
	}
	if ((r == NULL || r->fails > 0) && t->n < THROTTLE_RECORDS) {
		if (table_grow(t, e) != 0)
			return NULL;
		r = &t->records[was];
	}
	if (r == NULL)
		die("no room for a sign-in delay");
	*r = (struct record){ 0 };
	memcpy(r->who, who, 16);
	memcpy(r->source, source, 16);
	return r;
}

static int
must_wait(int64_t ms, int64_t *wait_ms, struct err *e)
{
	int64_t s = (ms + 999) / 1000;

	if (wait_ms != NULL)
		*wait_ms = ms;
	if (s < 120)
		return err_set(e, ERR_WAIT,
		    ngettext("Too many tries for this login from here. Wait "
			     "%d second, then try again.",
			"Too many tries for this login from here. Wait %d "
			"seconds, then try again.",
			(unsigned long)s),
		    (int)s);
	return err_set(e, ERR_WAIT,
	    _("Too many tries for this login from here. Wait %d minutes, "
	      "then try again, or ask for a new one-time code."),
	    (int)((s + 59) / 60));
}

static int
charge(struct table *t, const struct throttle_key *key,
    const struct throttle_time *now, int64_t *wait_ms, struct err *e)
{
	struct record *all, *here;

	if ((all = find_or_make(t, key->who, everywhere, NULL, e)) == NULL ||
	    (here = find_or_make(t, key->who, key->source, all, e)) == NULL)
		return -1;
	if (all->fails >= THROTTLE_MOST)
		return err_set(e, ERR_DENIED,
		    _("This login had %d wrong passphrases in a row and is "
		      "closed. Ask your supervisor for a new one-time code."),
		    THROTTLE_MOST);
	/* Another boot's deadline says nothing about this boot's clock. */
	if (here->fails > 0 && memcmp(here->boot, now->boot, 16) != 0) {
		here->deadline = now->ms + throttle_delay(here->fails);
		memcpy(here->boot, now->boot, 16);
		if (table_write(t, here, e) != 0)
			return -1;
	}
	if (here->deadline > now->ms)
		return must_wait(here->deadline - now->ms, wait_ms, e);
	here->fails++;
	all->fails++;
	here->deadline = now->ms + throttle_delay(here->fails);
	memcpy(here->boot, now->boot, 16);
	memcpy(all->boot, now->boot, 16);
	if (table_write(t, all, e) != 0 || table_write(t, here, e) != 0)
		return -1;
	/* A power cut must not be a free guess either. */
	return fdatasync(t->fd) == 0 ? 0 : io_err(e);
}

int
throttle_charge(int dirfd, const struct throttle_key *key,
    const struct throttle_time *now, int64_t *wait_ms, struct err *e)
{
	struct table t;
	int rc;

	if (wait_ms != NULL)
		*wait_ms = 0;
	if (table_open(dirfd, &key->vault, &t, e) != 0)
		return -1;
	rc = charge(&t, key, now, wait_ms, e);
	table_close(&t);
	return rc;
}

/* Forget the records of a person: of one source and of all, or every one. */
static int
forget(int dirfd, const struct throttle_key *key, bool all, struct err *e)
{
	struct table t;
	int rc = 0;

	if (table_open(dirfd, &key->vault, &t, e) != 0)
		return -1;
	for (size_t i = 0; i < t.n && rc == 0; i++) {
		struct record *r = &t.records[i];

		if (r->fails == 0 || memcmp(r->who, key->who, 16) != 0)
			continue;
		if (!all && memcmp(r->source, key->source, 16) != 0 &&
		    memcmp(r->source, everywhere, 16) != 0)
			continue;
		*r = (struct record){ 0 };
		rc = table_write(&t, r, e);
	}
	table_close(&t);
	return rc;
}

int
throttle_clear(int dirfd, const struct throttle_key *key, struct err *e)
{
	return forget(dirfd, key, false, e);
}

int
throttle_reset(int dirfd, const struct throttle_key *key, struct err *e)
{
	return forget(dirfd, key, true, e);
}
