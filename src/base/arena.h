/* SPDX-License-Identifier: ISC */
/*
 * Memory that lives and dies together: one arena an open screen.  Everything
 * a store function returns is in the arena it was handed; nothing is freed
 * alone.  arena_done() wipes every block before freeing it.
 */
#ifndef AMPARO_BASE_ARENA_H
#define AMPARO_BASE_ARENA_H

#include <stddef.h>

struct arena_block;
struct arena {
	struct arena_block *first;
};

void arena_init(struct arena *);
void arena_done(struct arena *);
/* Wipe all and start anew; for a screen that re-reads its record. */
void arena_reset(struct arena *);
/* Zeroed, aligned for any type; dies on overflow or out of memory. */
void *arena_alloc(struct arena *, size_t n, size_t size)
    __attribute__((returns_nonnull));
/* A copy; NULL gives "". */
char *arena_str(struct arena *, const char *) __attribute__((returns_nonnull));
char *arena_strn(struct arena *, const void *, size_t)
    __attribute__((returns_nonnull));
char *arena_printf(struct arena *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3), returns_nonnull));

#endif
