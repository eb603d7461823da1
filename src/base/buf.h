/* SPDX-License-Identifier: ISC */
/*
 * A growing string of bytes.
 *
 * Invariants: data is never NULL and data[len] is always '\0', also right
 * after buf_init(); the buffer owns data.  Content may hold NUL bytes.
 * buf_done() wipes before it frees: what is built here is casework.
 */
#ifndef AMPARO_BASE_BUF_H
#define AMPARO_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
	char *data;
	size_t len;
	size_t cap; /* 0 while data is the shared empty string */
};

void buf_init(struct buf *);
void buf_done(struct buf *);
void buf_clear(struct buf *); /* keeps the memory, wiped */
void buf_add(struct buf *, const void *, size_t);
void buf_add_str(struct buf *, const char *);
void buf_add_char(struct buf *, char);
void buf_addf(struct buf *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *, const char *fmt, va_list)
    __attribute__((format(printf, 2, 0)));
/* Little-endian integers and length-prefixed bytes (u32 length), for formats
 * that are signed, chained or stored. */
void buf_add_u8(struct buf *, uint8_t);
void buf_add_u32(struct buf *, uint32_t);
void buf_add_u64(struct buf *, uint64_t);
void buf_add_bytes(struct buf *, const void *, size_t);
/* Replace bytes [at, at+del) by n bytes of src. */
void buf_splice(struct buf *, size_t at, size_t del, const void *src, size_t n);
/* Give the string away (the caller frees it) and start anew. */
char *buf_detach(struct buf *);

/* The same in place, where a format has fixed places: the n lowest bytes of v,
 * n up to 8. */
void bytes_put(uint8_t *, uint64_t v, int n);
uint64_t bytes_get(const uint8_t *, int n);

/*
 * Reading back what buf_add_u8 ... buf_add_bytes wrote.  Every function
 * returns 0, or -1 past the end, after which all further reads fail too, so a
 * decoder may check once at its end.
 */
struct reader {
	const uint8_t *p;
	size_t left;
	int failed;
};
void reader_init(struct reader *, const void *, size_t);
int reader_u8(struct reader *, uint8_t *);
int reader_u32(struct reader *, uint32_t *);
int reader_u64(struct reader *, uint64_t *);
/* Points into the source; no copy. */
int reader_bytes(struct reader *, const uint8_t **, size_t *len);

#endif
