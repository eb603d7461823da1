/* SPDX-License-Identifier: ISC */
/* Single values; for the reader*.c files alone. */
#ifndef AMPARO_CONFIG_READER_VALUE_H
#define AMPARO_CONFIG_READER_VALUE_H

#include "config/reader_inside.h"

/* Decode one value of any type but groups and lists to where it goes; what
 * does not fit is a problem, and leaves to as it was. */
void conf_value(
    struct conf *, const config_setting_t *, const struct key_spec *, void *to);
/* An id into *to. */
void conf_id(struct conf *, const config_setting_t *, const struct key_spec *,
    const char **to);
void conf_wrong_type(struct conf *, const config_setting_t *,
    const struct key_spec *, const char *expected);

#endif
