/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"

#define MAX_HOOKS 8

struct hooks {
	struct {
		void (*fn)(void *);
		void *arg;
	} hook[MAX_HOOKS];
	size_t n;
	bool dying;
};

/*
 * die() has no argument to carry its hooks in, as it is called from where
 * nothing else is left; this is the one place that remembers them.
 */
static struct hooks *
hooks(void)
{
	static struct hooks h;

	return &h;
}

void *
xmalloc(size_t size)
{
	void *p = malloc(size == 0 ? 1 : size);

	if (p == NULL)
		die("out of memory (%zu bytes)", size);
	return p;
}

void *
xcalloc(size_t n, size_t size)
{
	void *p = calloc(n == 0 ? 1 : n, size == 0 ? 1 : size);

	if (p == NULL)
		die("out of memory (%zu times %zu bytes)", n, size);
	return p;
}

void *
xreallocarray(void *p, size_t n, size_t size)
{
	void *q;

	if (n == 0 || size == 0)
		n = size = 1;
	q = reallocarray(p, n, size);
	if (q == NULL)
		die("out of memory (%zu times %zu bytes)", n, size);
	return q;
}

char *
xstrdup(const char *s)
{
	size_t size = strlen(s) + 1;

	return memcpy(xmalloc(size), s, size);
}

void
wipe(void *p, size_t n)
{
	if (n > 0)
		explicit_bzero(p, n);
}

void
die(const char *fmt, ...)
{
	struct hooks *h = hooks();
	char text[512];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text) - 1, fmt, ap);
	va_end(ap);
	if (n < 0)
		n = 0;
	if ((size_t)n > sizeof(text) - 2)
		n = sizeof(text) - 2;
	text[n++] = '\n';
	/* A hook that dies itself must not run the hooks again. */
	if (!h->dying) {
		h->dying = true;
		while (h->n > 0) {
			h->n--;
			h->hook[h->n].fn(h->hook[h->n].arg);
		}
	}
	/* Not stdio: its lock or its memory may be what is broken. */
	if (write(STDERR_FILENO, "amparo: ", 8) == 8 &&
	    write(STDERR_FILENO, text, (size_t)n) == n)
		(void)fsync(STDERR_FILENO);
	abort();
}

void
die_hook(void (*fn)(void *), void *arg)
{
	struct hooks *h = hooks();

	if (h->n == MAX_HOOKS)
		die("more than %d hooks to run at the end", MAX_HOOKS);
	h->hook[h->n].fn = fn;
	h->hook[h->n].arg = arg;
	h->n++;
}
