/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/utf8.h"
#include "rules/document.h"

static const char *const names[DOCUMENT_TYPE_COUNT] = {
#define DOCUMENT_NAME(id, name) [DOCUMENT_##id] = (name),
	DOCUMENT_TYPES(DOCUMENT_NAME)
#undef DOCUMENT_NAME
};

const char *
document_type_name(enum document_type t)
{
	return (unsigned)t < DOCUMENT_TYPE_COUNT ? names[t] : "";
}

int
document_type_from_name(const char *name)
{
	for (int i = 0; i < DOCUMENT_UNKNOWN; i++) {
		if (strcmp(names[i], name) == 0)
			return i;
	}
	return -1;
}

/* UTF-8 without what only machines use; a letter may be cut at the end. */
static bool
is_text(const char *p, size_t n, bool whole)
{
	size_t cut = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];

		if (c < 0x20 && strchr("\t\n\f\r", c) == NULL)
			return false;
		/* strchr() finds the end of its list as well. */
		if (c == '\0' || c == 0x7f)
			return false;
	}
	while (!whole && cut < 3 && cut < n && !utf8_valid(p, n - cut))
		cut++;
	return utf8_valid(p, n - cut);
}

/* The name of a zip's first part, and what stands after its header (APPNOTE.TXT
 * 4.3.7); false where it is cut short. */
static bool
first_part(const unsigned char *p, size_t n, const char **name, size_t *len,
    const char **content, size_t *rest)
{
	size_t extra;

	if (n < 30)
		return false;
	*len = p[26] | (size_t)p[27] << 8;
	extra = p[28] | (size_t)p[29] << 8;
	if (*len > n - 30 || extra > n - 30 - *len)
		return false;
	*name = (const char *)p + 30;
	*content = *name + *len + extra;
	*rest = n - 30 - *len - extra;
	return true;
}

static bool
begins(const char *s, size_t n, const char *with)
{
	return n >= strlen(with) && memcmp(s, with, strlen(with)) == 0;
}

static bool
is_office(const void *bytes, size_t n)
{
	static const char *const parts[] = { "[Content_Types].xml", "_rels/",
		"docProps/", "word/", "xl/", "ppt/" };
	const char *name, *content;
	size_t len, rest;

	if (!first_part(bytes, n, &name, &len, &content, &rest))
		return false;
	if (len == strlen("mimetype") && begins(name, len, "mimetype"))
		return begins(
		    content, rest, "application/vnd.oasis.opendocument.");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (begins(name, len, parts[i]))
			return true;
	return false;
}

enum document_type
document_type(const void *bytes, size_t n, bool whole)
{
	static const struct {
		const char *magic;
		size_t n;
		enum document_type type;
	} magics[] = {
		{ "%PDF-", 5, DOCUMENT_PDF },
		{ "\xff\xd8\xff", 3, DOCUMENT_JPEG },
		{ "\x89PNG\r\n\x1a\n", 8, DOCUMENT_PNG },
		{ "II*\0", 4, DOCUMENT_TIFF },
		{ "MM\0*", 4, DOCUMENT_TIFF },
		{ "PK\x03\x04", 4, DOCUMENT_OFFICE },
	};

	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
		if (n >= magics[i].n &&
		    memcmp(bytes, magics[i].magic, magics[i].n) == 0)
			return magics[i].type != DOCUMENT_OFFICE ||
				       is_office(bytes, n)
				   ? magics[i].type
				   : DOCUMENT_UNKNOWN;
	}
	return n > 0 && is_text(bytes, n, whole) ? DOCUMENT_TEXT
						 : DOCUMENT_UNKNOWN;
}
