/* SPDX-License-Identifier: ISC */
/*
 * What a document is, by looking at its first bytes: names and endings say
 * nothing.  What is none of these is not kept: nobody can run or open anything
 * from here, and a program that travels as a paper should not either.
 */
#ifndef AMPARO_RULES_DOCUMENT_H
#define AMPARO_RULES_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Largest document where the configuration names no other figure (ours: a
 * photographed page has some 3 MB, a scanned file of ten pages some 10). */
#define DOCUMENT_MAX_MB 20
/* Longest text that can be pasted: what a terminal takes in one paste. */
#define DOCUMENT_PASTE_MAX 65536
/* Bytes of a text that are shown. */
#define DOCUMENT_SHOWN_MAX (256 * 1024)

#define DOCUMENT_TYPES(X)                                       \
	X(TEXT, "text")                                         \
	X(PDF, "pdf")                                           \
	X(JPEG, "jpeg")                                         \
	X(PNG, "png")                                           \
	X(TIFF, "tiff")                                         \
	X(OFFICE, "office") /* OpenDocument, Office Open XML */ \
	X(UNKNOWN, "")
enum document_type {
#define DOCUMENT_ENUM(id, name) DOCUMENT_##id,
	DOCUMENT_TYPES(DOCUMENT_ENUM)
#undef DOCUMENT_ENUM
	    DOCUMENT_TYPE_COUNT
};
const char *document_type_name(enum document_type);
int document_type_from_name(const char *); /* -1: none */

/* By the first n bytes; whole: there are no more.  DOCUMENT_OFFICE is any zip
 * by these: document_zip() says whether it is one. */
enum document_type document_type(const void *, size_t n, bool whole);

enum document_zip {
	DOCUMENT_ZIP_OFFICE,
	DOCUMENT_ZIP_OTHER, /* it could hold anything */
	DOCUMENT_ZIP_BROKEN, /* cut short, damaged, or in several pieces */
	DOCUMENT_ZIP_LARGE /* its list of parts is longer than is read */
};
/* Bytes of the end that are read: most of it is the list of parts. */
#define DOCUMENT_TAIL (256 * 1024)
/* Bytes of the beginning: an OpenDocument says there what it is. */
#define DOCUMENT_HEAD 512
/*
 * What a zip of this size is, by its first and its last bytes (all of it, or
 * DOCUMENT_HEAD and DOCUMENT_TAIL): Office Open XML by the parts that every
 * package has (ECMA-376, part 2, 7.2 and 8.3) and one beneath word/, xl/ or
 * ppt/; OpenDocument by its first part and manifest (OpenDocument 1.3, part 2,
 * 3.2 and 3.3).
 */
enum document_zip document_zip(const void *head, size_t n_head,
    const void *tail, size_t n_tail, int64_t size);

/* What something that is not kept seems to be, translated: by its first n bytes
 * where its type is unknown, by what it is where it is a zip. */
const char *document_refused(const void *, size_t n);
const char *document_zip_words(enum document_zip);

#endif
