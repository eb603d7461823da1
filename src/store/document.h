/* SPDX-License-Identifier: ISC */
/*
 * Papers, photographs and files about somebody: in identity.db, in pieces as
 * rows, so that no plaintext file is made on the way in and none while they
 * are read.  Never changed; a corrected one is added and names the old, a
 * removed one leaves its hash, who removed it and why.  Titles are identity:
 * they are listed here alone.
 */
#ifndef AMPARO_STORE_DOCUMENT_H
#define AMPARO_STORE_DOCUMENT_H

#include "store/case.h"

struct document {
	struct uid uid; /* made by the caller, so that a retry is no copy */
	struct uid case_uid;
	struct uid corrects; /* null: none */
	const char *kind; /* "identity", "photo", "contract", "pay",
			     "medical", "legal", "letter", "message",
			     "other" */
	const char *title;
	struct fdate on; /* the paper's own date */
	/* filled in when read */
	const char *type; /* rules/document.h name */
	int64_t size; /* bytes */
	const char *hash; /* BLAKE2b-256 of the whole, in hex */
	const char *by; /* login */
	int64_t at;
	bool corrected; /* a later one names this */
	bool removed; /* title is "" then */
	const char *removed_by, *removed_why;
	int64_t removed_at;
};
struct documents {
	struct document *list; /* newest first */
	size_t n;
};

/* Largest document, in bytes, by the configuration. */
int64_t document_max(const struct society *);

/*
 * Add a text that was pasted, or the file at a path on this machine (only
 * where device.document_paths allows it; the file stays where it is and is
 * read once).  ERR_INPUT: a kind or type that is not kept, too large, empty,
 * or it changed while it was read; also what base/file.h says about the path.
 * Nothing is kept then.
 */
int document_add_text(struct session *, const struct document *,
    const char *text, struct err *) MUST_USE;
int document_add_path(struct session *, const struct document *,
    const char *path, struct err *) MUST_USE;

/* The documents of a case's person.  reason: words, required. */
int document_list(struct session *, struct uid case_uid, const char *reason,
    struct arena *, struct documents *, struct err *) MUST_USE;

/*
 * The words of a document that is text, at most DOCUMENT_SHOWN_MAX bytes, into
 * the arena; *more: there is more of it.  The hash is compared first
 * (ERR_TAMPERED).  ERR_INPUT where it is not text.
 */
int document_text(struct session *, struct uid case_uid, struct uid document,
    const char *reason, struct arena *, const char **text, bool *more,
    struct err *) MUST_USE;

/* Remove: the words and bytes are gone, a tombstone with the reason stays. */
int document_remove(struct session *, struct uid case_uid, struct uid document,
    const char *why, struct err *) MUST_USE;

/*
 * Hand a document out, to a new file at path: only through egress_check()
 * for documents under this consent, recorded as a disclosure before a byte is
 * written.  ERR_DENIED says which condition failed and what could be done.
 * Where writing fails afterwards nothing stays at path; the record of the
 * disclosure does, and the sentence says so.
 */
int document_extract(struct session *, struct uid case_uid, struct uid document,
    struct uid consent, const char *path, struct err *) MUST_USE;

#endif
