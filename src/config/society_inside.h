/* SPDX-License-Identifier: ISC */
/*
 * What society.c, its tables and its checks share; nobody else includes it
 * but the test that compares the operator's guide with the tables.
 */
#ifndef AMPARO_CONFIG_SOCIETY_INSIDE_H
#define AMPARO_CONFIG_SOCIETY_INSIDE_H

#include "config/reader.h"
#include "config/society.h"

/* A society's file as it is written, before its catalogues are read. */
struct society_file {
	struct society society; /* first: its fields are most of the keys */
	const char *const *catalogues;
	size_t n_catalogues;
	const char *const *directory; /* names of files */
	size_t n_directory;
	/* Items switched against the catalogue's own default. */
	const char *const *indicators_on, *const *indicators_off;
	size_t n_indicators_on, n_indicators_off;
};

extern const struct table_spec society_table, catalogue_table, directory_table;
/* What a directory's keys choose from. */
extern const struct choice recipient_kinds[];

/* What no single key shows: names that point at each other, order, dates. */
void society_check(struct conf *, struct society_file *);

/* Read and check one catalogue into out; id is the name it must have. */
int catalogue_read(const char *path, const char *id, struct catalogue *out,
    struct arena *, struct buf *source, struct problems *)
    __attribute__((warn_unused_result));
/* One file of organisations. */
struct directory_file {
	const char *id;
	struct recipient *list;
	size_t n;
};
/* Read and check one against the lists of its society. */
int directory_read(const char *path, const char *id, const struct society *,
    struct directory_file *out, struct arena *, struct buf *source,
    struct problems *) __attribute__((warn_unused_result));
/* The checks alone, after decoding. */
void directory_check(struct conf *, const char *id, const struct society *,
    struct directory_file *);
void catalogue_check(struct conf *, const char *id, const struct catalogue *);

#endif
