/* SPDX-License-Identifier: ISC */
/*
 * The operator's log: one line an event, never a name, never a value.  Goes
 * to the file descriptor set with log_to() (none by default).
 */
#ifndef AMPARO_BASE_LOG_H
#define AMPARO_BASE_LOG_H

void log_to(int fd);
/* Adds the time and the process id; every argument passes utf8_safe(). */
void log_line(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
