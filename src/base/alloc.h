/* SPDX-License-Identifier: ISC */
/*
 * Memory that is there or the program ends: a case manager that limps on
 * without memory loses notes.  die() runs the hooks that save the draft and
 * restore the terminal before it speaks.
 */
#ifndef AMPARO_BASE_ALLOC_H
#define AMPARO_BASE_ALLOC_H

#include <stddef.h>

void *xmalloc(size_t size) __attribute__((malloc, returns_nonnull));
/* Zeroed; dies if n * size overflows. */
void *xcalloc(size_t n, size_t size) __attribute__((malloc, returns_nonnull));
void *xreallocarray(void *p, size_t n, size_t size)
    __attribute__((returns_nonnull));
char *xstrdup(const char *s) __attribute__((malloc, returns_nonnull));

/* Overwrite memory in a way the compiler keeps. */
void wipe(void *p, size_t n);

/*
 * A broken invariant.  Runs the hooks (last added first), prints one line to
 * standard error and aborts.  Never for bad input.
 */
void die(const char *fmt, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* Run fn(arg) when die() is called; at most 8 hooks. */
void die_hook(void (*fn)(void *), void *arg);

#endif
