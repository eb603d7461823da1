/* SPDX-License-Identifier: ISC */
/*
 * What went wrong, for the program (kind) and for a caseworker (text).
 *
 * Every function that can fail returns 0 or -1 (or a pointer or NULL) and
 * fills a struct err that its caller owns.  The kind decides what happens
 * next; the text is one or two plain sentences: what happened and what to do.
 * It never holds raw SQL, a file's content, a passphrase or a name.
 */
#ifndef AMPARO_BASE_ERR_H
#define AMPARO_BASE_ERR_H

enum err_kind {
	ERR_NONE,
	ERR_INPUT, /* what was typed or read does not fit; say what would */
	ERR_BUSY, /* somebody else is saving; trying again is right */
	ERR_CONFLICT, /* the record changed since it was read */
	ERR_FULL, /* the disk or a quota is full */
	ERR_IO, /* the machine refused to read or write */
	ERR_DAMAGED, /* a file is not what it should be */
	ERR_TAMPERED, /* a chain, MAC or anchor does not match */
	ERR_DENIED, /* this role may not do this here */
	ERR_REASON, /* allowed once a reason is given */
	ERR_PURPOSE, /* who somebody is: allowed once it is said why */
	ERR_SECOND, /* allowed once a second person agrees */
	ERR_NOT_FOUND,
	ERR_AUTH, /* login or passphrase not right */
	ERR_WAIT, /* too many tries: wait as the text says */
	ERR_VERSION, /* made by a newer amparo than this one */
	ERR_UNSAFE, /* owner or mode of a file lets others change it */
	ERR_NOMEM,
	ERR_CANCELLED
};

struct err {
	enum err_kind kind;
	char text[256];
	/* Which value does not fit, by the name of the struct member it came
	 * in; a form goes there.  "" of none alone. */
	char field[24];
};

/*
 * Fill e (which may be NULL) and return -1, so that "return err_set(...)" is
 * the whole of a failing path.  fmt is translated by the caller with _().
 */
int err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The same of one value: ERR_INPUT. */
int err_set_field(struct err *e, const char *field, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* What is about the value `from` is about the one that the caller calls `to`,
 * `from` "" where it named none; else it stays as it is. */
void err_field_as(struct err *e, const char *from, const char *to);

/* Back to "nothing is wrong". */
void err_clear(struct err *e);

/* Marks a result that must be looked at. */
#define MUST_USE __attribute__((warn_unused_result))

#endif
