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

/*
 * By the first n bytes; whole: there are no more.  A zip is a document where its
 * first part is what begins one: "mimetype" of OpenDocument (OpenDocument 1.3,
 * part 2, 3.3), or a part every Office Open XML package has (ECMA-376, part 2);
 * any other archive could hold anything.
 */
enum document_type document_type(const void *, size_t n, bool whole);

#endif
