/* SPDX-License-Identifier: ISC */
/*
 * A thin layer over libconfig: tables say which keys there are, of which type
 * and where they go, so a new setting is one row.  Every problem of a file is
 * reported with its line, not just the first; nothing is guessed.
 */
#ifndef AMPARO_CONFIG_READER_H
#define AMPARO_CONFIG_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "config/problems.h"

/* No configuration file needs more; a bigger one is something else. */
#define CONF_MAX_BYTES (256 * (size_t)1024)
/* Longest id: what the databases' columns and the rules' structs hold. */
#define CONF_ID_MAX 32

enum key_type {
	KEY_TEXT, /* const char *: one line of min to max bytes */
	KEY_WORDS, /* const char *: lines joined by "\n", max bytes together */
	KEY_ID, /* const char *: small letters, digits and "_.-" */
	KEY_INT, /* int from min to max */
	KEY_BOOL, /* bool */
	KEY_DATE, /* int64_t: "2026-11-23" as a day number */
	KEY_SPAN, /* struct span: "24 hours", "3 days", "2 working days" */
	KEY_CHOICE, /* an enum: one of choices */
	KEY_WORD, /* const char *: one of choices */
	KEY_DAYS, /* unsigned: days of the week, bit 0 Sunday */
	KEY_IDS, /* const char *const * of min to max ids, and how many */
	KEY_GROUP, /* a struct of its own */
	KEY_LIST, /* an array of min to max structs, and how many */
	KEY_GRANTS /* struct grants: roles, each with its permissions */
};

struct choice {
	const char *name; /* NULL ends a list of them */
	int value;
};

struct table_spec;
struct key_spec {
	const char *name;
	enum key_type type;
	bool required;
	size_t offset; /* in the struct */
	size_t count; /* where the size_t of KEY_IDS and KEY_LIST goes */
	long min, max;
	const struct choice *choices;
	const struct table_spec *inner; /* of KEY_GROUP and KEY_LIST */
	const char *help; /* for the operator's guide */
};
struct table_spec {
	const struct key_spec *keys;
	size_t n;
	size_t size; /* of the struct */
	bool unique; /* key "id" comes first, and no two are the same */
	size_t
	    place; /* offset of a struct file_line for an element of a list of
			 these; 0: keeps none */
};

/* One file being read; keeps the line of everything until conf_done(). */
struct conf {
	const char *file; /* as problems name it; the caller's */
	const char *kept; /* the same, in the arena: struct file_line */
	struct arena *arena; /* everything decoded lives here */
	struct problems *problems;
	struct conf_mark {
		const void *at;
		int line;
	} * marks;
	size_t n_marks, cap_marks;
	bool partial; /* broken off: what is missing may only stand below */
	bool twice; /* a setting was given twice, and reported */
};
void conf_init(
    struct conf *, const char *file, struct arena *, struct problems *);
void conf_done(struct conf *);

/*
 * Read conf->file, decode it into out (of table->size, zeroed) and append its
 * name and bytes to source.  Absent optional keys are 0, false and "".
 * Problems: what base/file.h refuses (owner, mode, link, size), bytes that are
 * not UTF-8, control characters, @include, syntax, keys that are unknown,
 * given twice, missing, of another type, or out of range.  -1 when there was
 * any; out is then only good for finding more.
 */
int conf_read(struct conf *, const struct table_spec *, void *out,
    struct buf *source) __attribute__((warn_unused_result));
/* The same for text already in memory; a fuzzer's door as well. */
int conf_decode(struct conf *, const struct table_spec *, void *out,
    const char *text, size_t len) __attribute__((warn_unused_result));

/* The line a decoded field or array element came from; 0 when it is not in
 * the file. */
int conf_line(const struct conf *, const void *at);

/* The same, with the file, for as long as the arena lives. */
struct file_line conf_place(const struct conf *, const void *at);

/* The rows of the operator's guide, a Markdown table, each key once with its
 * whole path: "risks[].mark". */
void conf_keys_write(FILE *, const char *title, const struct table_spec *);

#endif
