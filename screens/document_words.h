/* SPDX-License-Identifier: ISC */
/* Words about documents, for the screens about them. */
#ifndef AMPARO_SCREENS_DOCUMENT_WORDS_H
#define AMPARO_SCREENS_DOCUMENT_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "ui/choice.h"

#define DOCUMENT_KINDS 9
extern const struct choice_option document_kinds[DOCUMENT_KINDS];
/* Translated; the code itself where it is none of them. */
const char *document_kind_words(const char *kind);
/* "812 B", "34 kB", "2.1 MB"; size >= 16. */
char *document_size_words(int64_t bytes, char *out, size_t size);

#endif
