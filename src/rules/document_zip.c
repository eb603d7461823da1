/* SPDX-License-Identifier: ISC */
/*
 * Which zip is an office document: by the names in its central directory
 * (APPNOTE.TXT 4.3.12, 4.3.16), which is what every reader goes by.  Nothing is
 * unpacked.  Every number in it is somebody else's claim.
 */
#include <string.h>

#include "rules/document.h"

#define END_SIZE 22
#define ENTRY_SIZE 46
#define LOCAL_SIZE 30

struct bytes {
	const unsigned char *p;
	size_t n;
};

static unsigned
u16(const unsigned char *p)
{
	return p[0] | (unsigned)p[1] << 8;
}

static int64_t
u32(const unsigned char *p)
{
	return (int64_t)u16(p) | (int64_t)u16(p + 2) << 16;
}

static bool
begins(const struct bytes *b, const char *with)
{
	return b->n >= strlen(with) && memcmp(b->p, with, strlen(with)) == 0;
}

static bool
equals(const struct bytes *b, const char *s)
{
	return b->n == strlen(s) && begins(b, s);
}

/* --- what the names say ------------------------------------------------------------ */

struct parts {
	bool types, relations, body; /* of Office Open XML */
	bool content, manifest; /* of OpenDocument */
};

static void
take_name(struct parts *all, const struct bytes *name)
{
	all->types |= equals(name, "[Content_Types].xml");
	all->relations |= equals(name, "_rels/.rels");
	all->body |= begins(name, "word/") || begins(name, "xl/") ||
		     begins(name, "ppt/");
	all->content |= equals(name, "content.xml");
	all->manifest |= equals(name, "META-INF/manifest.xml");
}

/* The first part, stored as it is: "mimetype", and what it says. */
static bool
says_open_document(const struct bytes *head)
{
	static const char is[] = "application/vnd.oasis.opendocument.";
	struct bytes name, content;
	size_t extra;

	if (head->n < LOCAL_SIZE)
		return false;
	name.n = u16(head->p + 26);
	extra = u16(head->p + 28);
	if (name.n + extra > head->n - LOCAL_SIZE)
		return false;
	name.p = head->p + LOCAL_SIZE;
	content.p = name.p + name.n + extra;
	content.n = head->n - LOCAL_SIZE - name.n - extra;
	return equals(&name, "mimetype") && begins(&content, is);
}

/* --- the central directory ----------------------------------------------------------- */

/* Where its end is told; -1 nowhere.  A comment may follow, to the last byte. */
static ptrdiff_t
find_end(const struct bytes *tail)
{
	static const char mark[] = "PK\x05\x06";

	for (size_t after = END_SIZE; after <= tail->n; after++) {
		const unsigned char *p = tail->p + tail->n - after;

		if (memcmp(p, mark, 4) == 0 && u16(p + 20) == after - END_SIZE)
			return p - tail->p;
	}
	return -1;
}

/* Exactly so many entries and no byte more; parts begin before `before`. */
static bool
walk(struct bytes dir, unsigned entries, int64_t before, struct parts *all)
{
	static const char mark[] = "PK\x01\x02";

	for (unsigned i = 0; i < entries; i++) {
		struct bytes name;
		size_t whole;

		if (dir.n < ENTRY_SIZE || memcmp(dir.p, mark, 4) != 0 ||
		    u32(dir.p + 42) >= before)
			return false;
		name.p = dir.p + ENTRY_SIZE;
		name.n = u16(dir.p + 28);
		whole = ENTRY_SIZE + name.n + u16(dir.p + 30) + u16(dir.p + 32);
		if (whole > dir.n)
			return false;
		take_name(all, &name);
		dir.p += whole;
		dir.n -= whole;
	}
	return dir.n == 0;
}

enum document_zip
document_zip(const void *head_bytes, size_t n_head, const void *tail_bytes,
    size_t n_tail, int64_t size)
{
	const struct bytes head = { head_bytes, n_head };
	const struct bytes tail = { tail_bytes, n_tail };
	struct parts all = { .types = false };
	struct bytes dir;
	const unsigned char *end;
	ptrdiff_t at = find_end(&tail);
	int64_t before, length, in_tail;

	if (at < 0)
		return DOCUMENT_ZIP_BROKEN;
	end = tail.p + at;
	length = u32(end + 12);
	before = u32(end + 16);
	/* On one disk, and all of it there. */
	if (u32(end + 4) != 0 || u16(end + 8) != u16(end + 10) ||
	    before + length > size - (int64_t)n_tail + at)
		return DOCUMENT_ZIP_BROKEN;
	in_tail = before - (size - (int64_t)n_tail);
	if (in_tail < 0)
		return DOCUMENT_ZIP_LARGE;
	dir.p = tail.p + in_tail;
	dir.n = (size_t)length;
	if (!walk(dir, u16(end + 10), before, &all))
		return DOCUMENT_ZIP_BROKEN;
	if ((all.types && all.relations && all.body) ||
	    (all.content && all.manifest && says_open_document(&head)))
		return DOCUMENT_ZIP_OFFICE;
	return DOCUMENT_ZIP_OTHER;
}
