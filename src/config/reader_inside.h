/* SPDX-License-Identifier: ISC */
/* Shared by the reader*.c files; nobody else includes it. */
#ifndef AMPARO_CONFIG_READER_INSIDE_H
#define AMPARO_CONFIG_READER_INSIDE_H

#include <libconfig.h>

#include "config/reader.h"

/* Begins the name of a setting that was given twice and already reported;
 * libconfig allows it in names, no key of ours has it. */
#define TWICE '*'

/* In place of a number with too many digits, already reported: what libconfig
 * makes of one depends on its age. */
#define TOO_LARGE 2147483647

/* Report bytes and numbers that do not belong in a configuration file and
 * make them harmless, so that the rest can still be checked. */
void conf_scan(struct conf *, char *text, size_t len);
/* Decode the settings of a group into out. */
void conf_group(struct conf *, const config_setting_t *,
    const struct table_spec *, void *out);
/* Remember where something came from. */
void conf_mark(struct conf *, const void *at, int line);

#endif
