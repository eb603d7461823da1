/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/i18n.h"
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

/* What no text has. */
static bool
is_control(char c)
{
	/* strchr() finds the end of its list as well. */
	return c == 0x7f || c == '\0' ||
	       ((unsigned char)c < 0x20 && strchr("\t\n\f\r", c) == NULL);
}

/* UTF-8 without what only machines use; a letter may be cut at the end. */
static bool
is_text(const char *p, size_t n, bool whole)
{
	size_t cut = 0;

	for (size_t i = 0; i < n; i++)
		if (is_control(p[i]))
			return false;
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

/* --- what is refused --------------------------------------------------------------- */

const char *
document_zip_words(enum document_zip z)
{
	switch (z) {
	case DOCUMENT_ZIP_LARGE:
		return _(
		    "an archive of more parts than an office document has");
	case DOCUMENT_ZIP_BROKEN:
		return _("an office document or an archive that is cut short "
			 "or damaged");
	default:
		return _("an archive of other files");
	}
}

/* A film, or a photograph as telephones keep it (ISO 14496-12, 4.3; the brands
 * of ISO 23008-12). */
static const char *
brand_words(const char *brand)
{
	static const char *const pictures[] = { "heic", "heix", "heim", "heis",
		"hevc", "mif1", "msf1", "avif" };

	for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++)
		if (memcmp(brand, pictures[i], 4) == 0)
			return N_("a photograph as some telephones keep it "
				  "(HEIC)");
	return N_("a film or a sound recording");
}

const char *
document_refused(const void *bytes, size_t n)
{
	static const char program[] = N_("a program"),
			  old[] = N_("an office document of the old kind, or "
				     "one under a password"),
			  archive[] = N_("an archive of other files"),
			  sound[] = N_("a film or a sound recording"),
			  picture[] = N_("a picture of another kind"),
			  text[] = N_("text in another code than UTF-8");
	static const struct {
		const char *magic;
		size_t n;
		const char *words;
	} known[] = {
		{ "\x7f"
		  "ELF",
		    4, program },
		{ "MZ", 2, program },
		{ "\xd0\xcf\x11\xe0", 4, old },
		{ "PK", 2, archive },
		{ "7z\xbc\xaf", 4, archive },
		{ "Rar!", 4, archive },
		{ "\x1f\x8b", 2, archive },
		{ "OggS", 4, sound },
		{ "ID3", 3, sound },
		{ "#!AMR", 5, sound },
		{ "\x1a\x45\xdf\xa3", 4, sound },
		{ "GIF8", 4, picture },
		{ "BM", 2, picture },
		{ "\xff\xfe", 2, text },
		{ "\xfe\xff", 2, text },
	};
	const char *p = bytes;
	bool control = false;

	if (n >= 12 && memcmp(p + 4, "ftyp", 4) == 0)
		return _(brand_words(p + 8));
	if (n >= 12 && memcmp(p, "RIFF", 4) == 0)
		return _(memcmp(p + 8, "WEBP", 4) == 0 ? picture : sound);
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (n >= known[i].n &&
		    memcmp(p, known[i].magic, known[i].n) == 0)
			return _(known[i].words);
	for (size_t i = 0; i < n; i++)
		control |= is_control(p[i]);
	return control ? _("something this program does not know") : _(text);
}
