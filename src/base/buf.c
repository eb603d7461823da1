/* SPDX-License-Identifier: ISC */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"

#define FIRST_SIZE 64

/* What data points to while cap is 0; nothing is ever written through it. */
static const char empty[1] = "";

void
buf_init(struct buf *b)
{
	b->data = (char *)empty;
	b->len = 0;
	b->cap = 0;
}

void
buf_done(struct buf *b)
{
	if (b->cap > 0) {
		wipe(b->data, b->cap);
		free(b->data);
	}
	buf_init(b);
}

void
buf_clear(struct buf *b)
{
	if (b->cap > 0)
		wipe(b->data, b->cap);
	b->len = 0;
}

/* Room for n more bytes and the NUL.  Not realloc: that leaves copies. */
static void
grow(struct buf *b, size_t n)
{
	size_t cap;
	char *data;

	if (n >= SIZE_MAX / 2 - b->len)
		die("a text of %zu bytes does not fit in memory", n);
	if (b->len + n < b->cap)
		return;
	cap = b->cap == 0 ? FIRST_SIZE : b->cap;
	while (cap <= b->len + n)
		cap *= 2;
	data = xmalloc(cap);
	memcpy(data, b->data, b->len + 1);
	if (b->cap > 0) {
		wipe(b->data, b->cap);
		free(b->data);
	}
	b->data = data;
	b->cap = cap;
}

void
buf_add(struct buf *b, const void *p, size_t n)
{
	if (n == 0)
		return;
	grow(b, n);
	memcpy(b->data + b->len, p, n);
	b->len += n;
	b->data[b->len] = '\0';
}

void
buf_add_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_add_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void
buf_vaddf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	if (n < 0)
		die("a text could not be put together");
	grow(b, (size_t)n);
	if (n > 0) {
		(void)vsnprintf(b->data + b->len, (size_t)n + 1, fmt, again);
		b->len += (size_t)n;
	}
	va_end(again);
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(b, fmt, ap);
	va_end(ap);
}

void
bytes_put(uint8_t *p, uint64_t v, int n)
{
	for (int i = 0; i < n; i++)
		p[i] = (uint8_t)(v >> (8 * i));
}

uint64_t
bytes_get(const uint8_t *p, int n)
{
	uint64_t v = 0;

	for (int i = n - 1; i >= 0; i--)
		v = v << 8 | p[i];
	return v;
}

void
buf_add_u8(struct buf *b, uint8_t v)
{
	buf_add(b, &v, 1);
}

void
buf_add_u32(struct buf *b, uint32_t v)
{
	uint8_t p[4];

	bytes_put(p, v, sizeof(p));
	buf_add(b, p, sizeof(p));
}

void
buf_add_u64(struct buf *b, uint64_t v)
{
	uint8_t p[8];

	bytes_put(p, v, sizeof(p));
	buf_add(b, p, sizeof(p));
}

void
buf_add_bytes(struct buf *b, const void *p, size_t n)
{
	if (n > UINT32_MAX)
		die("%zu bytes are too many for one field", n);
	buf_add_u32(b, (uint32_t)n);
	buf_add(b, p, n);
}

void
buf_splice(struct buf *b, size_t at, size_t del, const void *src, size_t n)
{
	size_t tail, old = b->len;

	if (at > old || del > old - at)
		die("edit outside of a text (%zu+%zu of %zu)", at, del, old);
	tail = old - at - del;
	if (n > del)
		grow(b, n - del);
	if (b->cap == 0)
		return;
	memmove(b->data + at + n, b->data + at + del, tail + 1);
	if (n > 0)
		memcpy(b->data + at, src, n);
	b->len = old - del + n;
	/* What was deleted is not left behind the end. */
	if (b->len < old)
		wipe(b->data + b->len + 1, old - b->len);
}

char *
buf_detach(struct buf *b)
{
	char *s = b->cap > 0 ? b->data : xstrdup("");

	buf_init(b);
	return s;
}

void
reader_init(struct reader *r, const void *p, size_t n)
{
	r->p = p;
	r->left = n;
	r->failed = 0;
}

static const uint8_t *
take(struct reader *r, size_t n)
{
	const uint8_t *p = r->p;

	if (r->failed || n > r->left) {
		r->failed = 1;
		return NULL;
	}
	if (n > 0)
		r->p += n;
	r->left -= n;
	return p;
}

static int
read_int(struct reader *r, int n, uint64_t *v)
{
	const uint8_t *p = take(r, (size_t)n);

	*v = p == NULL ? 0 : bytes_get(p, n);
	return p == NULL ? -1 : 0;
}

int
reader_u8(struct reader *r, uint8_t *v)
{
	uint64_t n;
	int rc = read_int(r, 1, &n);

	*v = (uint8_t)n;
	return rc;
}

int
reader_u32(struct reader *r, uint32_t *v)
{
	uint64_t n;
	int rc = read_int(r, 4, &n);

	*v = (uint32_t)n;
	return rc;
}

int
reader_u64(struct reader *r, uint64_t *v)
{
	return read_int(r, 8, v);
}

int
reader_bytes(struct reader *r, const uint8_t **p, size_t *len)
{
	uint32_t n;

	*p = NULL;
	*len = 0;
	if (reader_u32(r, &n) != 0)
		return -1;
	*p = take(r, n);
	if (r->failed) {
		*p = NULL;
		return -1;
	}
	*len = n;
	return 0;
}
