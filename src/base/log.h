/* SPDX-License-Identifier: ISC */
/*
 * The operator's log: one line an event, never a name, never a value.  It
 * goes to the system's log (syslog(3), or the journal behind it), facility
 * authpriv, which on the distributions we know only administrators read; a
 * machine without one loses the lines, and nothing else.
 */
#ifndef AMPARO_BASE_LOG_H
#define AMPARO_BASE_LOG_H

/* The system adds the time and the process id; the whole line passes
 * utf8_safe().  Anything that fails here is not told. */
void log_line(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
