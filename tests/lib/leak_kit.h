/* SPDX-License-Identifier: ISC */
/*
 * Looking for words where they must not be.
 */
#ifndef AMPARO_TESTS_LEAK_KIT_H
#define AMPARO_TESTS_LEAK_KIT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

struct leak_found {
	const char *what; /* the word; NULL: none was found */
	char where[1024]; /* the first file it was in */
	size_t files; /* how many were looked through */
};

/* head and letters that nobody typed before: in no binary, in no log. */
void leak_word(char *out, size_t size, const char *head);

/* Adds every regular file under top that was changed at since or later. */
void leak_scan_files(const char *top, time_t since, const char *const *words,
    struct leak_found *);
/* The same for every place of this machine where programs leave things. */
void leak_scan_machine(
    time_t since, const char *const *words, struct leak_found *);
/* What /proc tells about a process and its threads: arguments, environment,
 * name, limits, maps, ... */
void leak_scan_proc(pid_t, const char *const *words, struct leak_found *);
/* Everything a process can write to; files counts the ranges. */
void leak_scan_memory(pid_t, const char *const *words, struct leak_found *);

/* Fails the test where a regular file outside dir is open for writing. */
void leak_only_writes_in(pid_t, const char *dir);

/* How many titles, clipboards and device strings (OSC, DCS, APC, PM, SOS) a
 * terminal was sent. */
size_t leak_strings(const char *, size_t);

/*
 * Fails the test where a file in dir, or below it, compresses by more than one
 * per cent: every file of a vault is noise.  in_use: somebody is in, and the
 * engine's index of a log (-shm) is only held to have no readable text.
 * Answers how many files were tried.
 */
size_t leak_noise(const char *dir, bool in_use);

#endif
