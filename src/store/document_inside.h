/* SPDX-License-Identifier: ISC */
/* What the files about documents share: for the store alone. */
#ifndef AMPARO_STORE_DOCUMENT_INSIDE_H
#define AMPARO_STORE_DOCUMENT_INSIDE_H

#include "rules/document.h"
#include "store/document.h"
#include "store/person_inside.h"

/* Bytes of one row.  Small enough that reading one needs little memory. */
#define DOCUMENT_CHUNK (32 * 1024)
#define DOCUMENT_HASH_SIZE (2 * HASH_BYTES + 1)

void document_hash_hex(const uint8_t hash[HASH_BYTES], char *out);

/* One document that is still there: ERR_NOT_FOUND, also where it was removed
 * (then the sentence says so). */
int document_find(struct tx *, const struct uid *subject,
    const struct uid *document, struct arena *, struct document *) MUST_USE;

/*
 * Hand every piece to each(), in order, and compare the hash of the whole at
 * the end: ERR_TAMPERED.  each() returns 1 to see no more (the rest is read
 * for the hash all the same), -1 to stop.
 */
typedef int document_each(
    void *ctx, const void *, size_t n, struct err *) MUST_USE;
int document_walk(struct tx *, const struct uid *subject,
    const struct document *, document_each *, void *ctx) MUST_USE;

#endif
