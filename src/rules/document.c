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
			return magics[i].type;
	}
	return n > 0 && is_text(bytes, n, whole) ? DOCUMENT_TEXT
						 : DOCUMENT_UNKNOWN;
}
