/* SPDX-License-Identifier: ISC */
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"

#define BLOCK_SIZE 8192

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	alignas(max_align_t) unsigned char data[];
};

void
arena_init(struct arena *a)
{
	a->first = NULL;
}

void
arena_done(struct arena *a)
{
	struct arena_block *b, *next;

	for (b = a->first; b != NULL; b = next) {
		next = b->next;
		wipe(b->data, b->used);
		free(b);
	}
	a->first = NULL;
}

void
arena_reset(struct arena *a)
{
	arena_done(a);
}

static struct arena_block *
block_new(size_t need)
{
	size_t size = need > BLOCK_SIZE ? need : BLOCK_SIZE;
	struct arena_block *b = xcalloc(1, sizeof(*b) + size);

	b->size = size;
	return b;
}

void *
arena_alloc(struct arena *a, size_t n, size_t size)
{
	const size_t align = alignof(max_align_t);
	struct arena_block *b = a->first;
	size_t need;
	void *p;

	if (size != 0 && n > (SIZE_MAX / 4) / size)
		die("%zu times %zu bytes do not fit in memory", n, size);
	need = (n * size + align - 1) / align * align;
	if (need == 0)
		need = align;
	if (b == NULL || b->size - b->used < need) {
		b = block_new(need);
		/*
		 * A large piece fills its block; behind the first one, so
		 * that the room left in the first is still used.
		 */
		if (a->first != NULL && need > BLOCK_SIZE / 4) {
			b->next = a->first->next;
			a->first->next = b;
		} else {
			b->next = a->first;
			a->first = b;
		}
	}
	p = b->data + b->used;
	b->used += need;
	return p;
}

char *
arena_strn(struct arena *a, const void *s, size_t n)
{
	char *p;

	if (n == SIZE_MAX)
		die("a text of %zu bytes does not fit in memory", n);
	p = arena_alloc(a, n + 1, 1);
	if (n > 0)
		memcpy(p, s, n);
	return p;
}

char *
arena_str(struct arena *a, const char *s)
{
	return s == NULL ? arena_strn(a, "", 0) : arena_strn(a, s, strlen(s));
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *p;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		die("a text could not be put together");
	p = arena_alloc(a, (size_t)n + 1, 1);
	va_start(ap, fmt);
	(void)vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return p;
}
