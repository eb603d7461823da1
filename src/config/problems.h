/* SPDX-License-Identifier: ISC */
/*
 * What is wrong with a configuration: all of it, in the order it was found,
 * each with its place, so that an operator mends a file in one go.
 */
#ifndef AMPARO_CONFIG_PROBLEMS_H
#define AMPARO_CONFIG_PROBLEMS_H

#include <stdbool.h>
#include <stddef.h>

/* Listing stops here: more than this is another kind of file. */
#define PROBLEMS_MAX 200

/* Where something stands, to say it later. */
struct file_line {
	const char *file;
	int line;
};

struct problem {
	char *file;
	int line; /* 0: the whole file */
	char *text; /* what is wrong, what is expected */
	bool warning; /* does not stop the program */
};
/* Starts zeroed. */
struct problems {
	struct problem *list;
	size_t n, errors; /* errors: those that are no warnings, all of them */
};
void problems_done(struct problems *);
/* Put those from the index on in order of file and line. */
void problems_sort(struct problems *, size_t from);

/* Add one.  text may quote what the file holds: it is made safe to show.
 * After PROBLEMS_MAX one last line says that there are more. */
void problem_add(struct problems *, const char *file, int line, const char *fmt,
    ...) __attribute__((format(printf, 4, 5)));
void problem_warn(struct problems *, const char *file, int line,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

#endif
