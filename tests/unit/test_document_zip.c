/* SPDX-License-Identifier: ISC */
/* Which zip is an office document; and zips that are made to hurt a reader. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../lib/zip_kit.h"
#include "base/alloc.h"
#include "rules/document.h"

#define END 22

/* In memory of just its size, so that a byte too far is seen. */
static enum document_zip
look_at(const char *p, size_t n)
{
	size_t n_head = n < DOCUMENT_HEAD ? n : DOCUMENT_HEAD;
	size_t n_tail = n < DOCUMENT_TAIL ? n : DOCUMENT_TAIL;
	char *head = xmalloc(n_head + (n_head == 0));
	char *tail = xmalloc(n_tail + (n_tail == 0));
	enum document_zip is;

	memcpy(head, p, n_head);
	memcpy(tail, p + n - n_tail, n_tail);
	is = document_zip(head, n_head, tail, n_tail, (int64_t)n);
	free(head);
	free(tail);
	return is;
}

#define ODT "application/vnd.oasis.opendocument.text"
static const char *const docx[] = { "docMetadata/LabelInfo.xml", "_rels/.rels",
	"[Content_Types].xml", "word/document.xml", NULL };
static const char *const odt[] = { "mimetype", "content.xml",
	"META-INF/manifest.xml", NULL };

static void
by_the_names_of_its_parts(void **state)
{
	static const struct {
		const char *parts[5], *what;
		enum document_zip is;
	} all[] = {
		{ { "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml" },
		    "", DOCUMENT_ZIP_OFFICE },
		{ { "ppt/presentation.xml", "_rels/.rels",
		      "[Content_Types].xml" },
		    "", DOCUMENT_ZIP_OFFICE },
		{ { "mimetype", "META-INF/manifest.xml", "content.xml" }, ODT,
		    DOCUMENT_ZIP_OFFICE },
		/* A name at the front is not enough. */
		{ { "word/setup.exe" }, "", DOCUMENT_ZIP_OTHER },
		{ { "[Content_Types].xml", "setup.exe" }, "",
		    DOCUMENT_ZIP_OTHER },
		{ { "[Content_Types].xml", "_rels/.rels", "package.nuspec" },
		    "", DOCUMENT_ZIP_OTHER },
		{ { "_rels/.rels", "word/document.xml" }, "",
		    DOCUMENT_ZIP_OTHER },
		{ { "mimetype", "META-INF/manifest.xml", "content.xml" },
		    "application/epub+zip", DOCUMENT_ZIP_OTHER },
		{ { "mimetype", "content.xml" }, ODT, DOCUMENT_ZIP_OTHER },
		{ { "content.xml", "META-INF/manifest.xml", "mimetype" }, ODT,
		    DOCUMENT_ZIP_OTHER },
		{ { "META-INF/MANIFEST.MF", "Main.class" }, "",
		    DOCUMENT_ZIP_OTHER },
		{ { NULL }, "", DOCUMENT_ZIP_OTHER },
	};
	struct buf b;

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		b = zip_of(all[i].parts, all[i].what, "");
		assert_int_equal(look_at(b.data, b.len), all[i].is);
		buf_done(&b);
	}
	b = zip_of(docx, "", "with a note, PK\x05\x06 and all");
	assert_int_equal(look_at(b.data, b.len), DOCUMENT_ZIP_OFFICE);
	buf_done(&b);
}

/* Cut anywhere it is none; with any byte another one, it is read all the same
 * and never past its end. */
static void
survives_what_is_broken(void **state)
{
	const char *const *const all[] = { docx, odt };

	(void)state;
	for (size_t k = 0; k < 2; k++) {
		struct buf b = zip_of(all[k], ODT, "");

		for (size_t n = 0; n < b.len; n++)
			assert_int_equal(
			    look_at(b.data, n), DOCUMENT_ZIP_BROKEN);
		for (size_t i = 0; i < b.len; i++)
			for (unsigned v = 1; v < 256; v += 2) {
				b.data[i] ^= (char)v;
				(void)look_at(b.data, b.len);
				b.data[i] ^= (char)v;
			}
		assert_int_equal(look_at(b.data, b.len), DOCUMENT_ZIP_OFFICE);
		buf_done(&b);
	}
}

/* What its end may claim, and is not believed. */
static void
believes_no_number(void **state)
{
	static const struct {
		size_t at; /* of the end */
		const char *bytes;
		size_t n;
		enum document_zip is;
	} lies[] = {
		{ 4, "\1\0", 2, DOCUMENT_ZIP_BROKEN }, /* another disk */
		{ 8, "\3\0", 2, DOCUMENT_ZIP_BROKEN }, /* fewer here */
		{ 8, "\3\0\3\0", 4, DOCUMENT_ZIP_BROKEN },
		{ 8, "\5\0\5\0", 4, DOCUMENT_ZIP_BROKEN },
		{ 8, "\0\0\0\0", 4, DOCUMENT_ZIP_BROKEN },
		{ 8, "\xff\xff\xff\xff", 4, DOCUMENT_ZIP_BROKEN }, /* Zip64 */
		{ 12, "\xff\xff\xff\xff", 4, DOCUMENT_ZIP_BROKEN },
		{ 12, "\0\0\0\0", 4, DOCUMENT_ZIP_BROKEN },
		{ 16, "\xff\xff\xff\xff", 4, DOCUMENT_ZIP_BROKEN },
		{ 16, "\0\0\0\0", 4, DOCUMENT_ZIP_BROKEN },
		{ 20, "\1\0", 2, DOCUMENT_ZIP_BROKEN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		struct buf b = zip_of(docx, "", "");

		memcpy(b.data + b.len - END + lies[i].at, lies[i].bytes,
		    lies[i].n);
		assert_int_equal(look_at(b.data, b.len), lies[i].is);
		buf_done(&b);
	}
}

/* A list of parts longer than is read. */
static void
reads_only_so_much(void **state)
{
	size_t n = DOCUMENT_TAIL / 46 + 1;
	const char **many = xcalloc(n + 1, sizeof(*many));
	struct buf b;

	(void)state;
	for (size_t i = 0; i < n; i++)
		many[i] = i < 4 ? docx[i] : "a";
	b = zip_of(many, "", "");
	assert_int_equal(look_at(b.data, b.len), DOCUMENT_ZIP_LARGE);
	buf_done(&b);
	many[200] = NULL;
	b = zip_of(many, "", "");
	assert_int_equal(look_at(b.data, b.len), DOCUMENT_ZIP_OFFICE);
	buf_done(&b);
	free(many);
}

/* What is refused says what it is, so that it can be saved as something else. */
static void
says_what_is_refused(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *says;
	} all[] = {
		{ "\x7f"
		  "ELF",
		    4, "a program" },
		{ "MZ\x90", 3, "a program" },
		{ "\xd0\xcf\x11\xe0....", 8, "old kind" },
		{ "Rar!", 4, "archive" },
		{ "....ftypheic", 12, "HEIC" },
		{ "....ftypisom", 12, "a film" },
		{ "....ftyp", 8, "UTF-8" },
		{ "RIFF....WEBP", 12, "picture" },
		{ "RIFF....WAVE", 12, "sound" },
		{ "RIFF", 4, "UTF-8" },
		{ "OggS", 4, "sound" },
		{ "\xff\xfe"
		  "w\0",
		    4, "UTF-8" },
		{ "Se\xf1or", 5, "UTF-8" },
		{ "a\0b", 3, "does not know" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		assert_non_null(strstr(
		    document_refused(all[i].bytes, all[i].n), all[i].says));
	assert_non_null(
	    strstr(document_zip_words(DOCUMENT_ZIP_BROKEN), "cut short"));
	assert_non_null(strstr(document_zip_words(DOCUMENT_ZIP_LARGE), "more"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_the_names_of_its_parts),
		cmocka_unit_test(survives_what_is_broken),
		cmocka_unit_test(believes_no_number),
		cmocka_unit_test(reads_only_so_much),
		cmocka_unit_test(says_what_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
