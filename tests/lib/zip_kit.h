/* SPDX-License-Identifier: ISC */
/* A zip as others make them, nothing in it packed. */
#ifndef AMPARO_TESTS_ZIP_KIT_H
#define AMPARO_TESTS_ZIP_KIT_H

#include <string.h>

#include "base/buf.h"

static inline void
zip_put16(struct buf *b, unsigned v)
{
	const char le[2] = { (char)(v & 0xff), (char)(v >> 8 & 0xff) };

	buf_add(b, le, sizeof(le));
}

static inline void
zip_put32(struct buf *b, size_t v)
{
	zip_put16(b, (unsigned)(v & 0xffff));
	zip_put16(b, (unsigned)(v >> 16 & 0xffff));
}

static inline void
zip_put_zeros(struct buf *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_add(b, "", 1);
}

/* A zip of parts that hold what[0], or nothing; a list of its parts, and its
 * end with a comment. */
static inline struct buf
zip_of(const char *const *parts, const char *what, const char *comment)
{
	struct buf b, dir;
	size_t before;
	unsigned n = 0;

	buf_init(&b);
	buf_init(&dir);
	for (; parts[n] != NULL; n++) {
		size_t name = strlen(parts[n]), at = b.len;
		size_t content = n == 0 ? strlen(what) : 0;

		buf_add(&b, "PK\x03\x04", 4);
		zip_put_zeros(&b, 14);
		zip_put32(&b, content);
		zip_put32(&b, content);
		zip_put16(&b, (unsigned)name);
		zip_put16(&b, 0);
		buf_add(&b, parts[n], name);
		buf_add(&b, what, content);
		buf_add(&dir, "PK\x01\x02", 4);
		zip_put_zeros(&dir, 16);
		zip_put32(&dir, content);
		zip_put32(&dir, content);
		zip_put16(&dir, (unsigned)name);
		zip_put_zeros(&dir, 12);
		zip_put32(&dir, at);
		buf_add(&dir, parts[n], name);
	}
	before = b.len;
	buf_add(&b, dir.data, dir.len);
	buf_add(&b, "PK\x05\x06", 4);
	zip_put32(&b, 0);
	zip_put16(&b, n);
	zip_put16(&b, n);
	zip_put32(&b, dir.len);
	zip_put32(&b, before);
	zip_put16(&b, (unsigned)strlen(comment));
	buf_add(&b, comment, strlen(comment));
	buf_done(&dir);
	return b;
}

#endif
