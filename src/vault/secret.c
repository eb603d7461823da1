/* SPDX-License-Identifier: ISC */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "vault/secret.h"

/*
 * How far a secret is open is not part of its value, so it lives apart from
 * the handle and changes through a const one too.
 */
struct state {
	size_t len;
	unsigned open; /* how many readers */
};

struct secret {
	uint8_t *mem;
	size_t cap;
	struct state *state;
};

int
vault_init(struct err *e)
{
	if (sodium_init() < 0)
		return err_set(e, ERR_IO,
		    _("This machine gives no random numbers, so nothing can "
		      "be kept secret on it. Ask whoever looks after it."));
	return 0;
}

bool
secret_can_lock(void)
{
	void *p = sodium_malloc(1);
	bool ok;

	if (p == NULL)
		return false;
	/* sodium_malloc() goes on without the lock; asking again tells. */
	ok = mlock2(p, 1, 0) == 0;
	sodium_free(p);
	return ok;
}

static void
protect(const struct secret *s, bool writable)
{
	int rc;

	if (writable)
		rc = sodium_mprotect_readwrite(s->mem);
	else if (s->state->open > 0)
		rc = sodium_mprotect_readonly(s->mem);
	else
		rc = sodium_mprotect_noaccess(s->mem);
	if (rc != 0)
		die("the protection of a key could not be changed");
}

struct secret *
secret_new(size_t cap)
{
	struct secret *s = xcalloc(1, sizeof(*s));

	s->state = xcalloc(1, sizeof(*s->state));
	s->cap = cap;
	s->mem = sodium_malloc(cap);
	if (cap == 0 || s->mem == NULL)
		die("no memory for a key of %zu bytes", cap);
	sodium_memzero(s->mem, cap);
	protect(s, false);
	return s;
}

struct secret *
secret_of(const void *p, size_t n)
{
	struct secret *s = secret_new(n);

	memcpy(secret_fill(s, n), p, n);
	secret_close(s);
	return s;
}

struct secret *
secret_random(size_t n)
{
	struct secret *s = secret_new(n);

	randombytes_buf(secret_fill(s, n), n);
	secret_close(s);
	return s;
}

struct secret *
secret_copy(const struct secret *from)
{
	struct secret *s = secret_new(from->cap);
	size_t n = from->state->len;

	memcpy(secret_fill(s, n), secret_open(from), n);
	secret_close(from);
	secret_close(s);
	return s;
}

void
secret_free(struct secret *s)
{
	if (s == NULL)
		return;
	/* Wipes all of it, and ends the program if a guard was written. */
	sodium_free(s->mem);
	free(s->state);
	free(s);
}

size_t
secret_len(const struct secret *s)
{
	return s->state->len;
}

size_t
secret_cap(const struct secret *s)
{
	return s->cap;
}

bool
secret_append(struct secret *s, const void *p, size_t n)
{
	if (n > s->cap - s->state->len)
		return false;
	if (n == 0)
		return true;
	protect(s, true);
	memcpy(s->mem + s->state->len, p, n);
	s->state->len += n;
	protect(s, false);
	return true;
}

void
secret_pop(struct secret *s, size_t n)
{
	if (n > s->state->len)
		n = s->state->len;
	protect(s, true);
	s->state->len -= n;
	sodium_memzero(s->mem + s->state->len, n);
	protect(s, false);
}

void
secret_clear(struct secret *s)
{
	secret_pop(s, s->state->len);
}

const uint8_t *
secret_open(const struct secret *s)
{
	s->state->open++;
	if (s->state->open == 1)
		protect(s, false);
	return s->mem;
}

const uint8_t *
secret_view(const struct secret *s)
{
	return s->state->open > 0 ? s->mem : NULL;
}

void
secret_close(const struct secret *s)
{
	if (s->state->open == 0)
		die("a key was closed twice");
	s->state->open--;
	/* Also ends the writing that secret_fill() began. */
	protect(s, false);
}

bool
secret_eq(const struct secret *a, const struct secret *b)
{
	bool same;

	if (a->state->len != b->state->len)
		return false;
	same =
	    sodium_memcmp(secret_open(a), secret_open(b), a->state->len) == 0;
	secret_close(a);
	secret_close(b);
	return same;
}

uint8_t *
secret_fill(struct secret *s, size_t len)
{
	if (len > s->cap)
		die("a key of %zu bytes in room for %zu", len, s->cap);
	s->state->open++;
	protect(s, true);
	if (len < s->state->len)
		sodium_memzero(s->mem + len, s->state->len - len);
	s->state->len = len;
	return s->mem;
}
