/* SPDX-License-Identifier: ISC */
/*
 * Words that would tell a stranger why somebody was helped.  They stand on no
 * paper a person may carry, on no payment, receipt or distribution list.
 */
#ifndef AMPARO_CONFIG_TELLING_H
#define AMPARO_CONFIG_TELLING_H

#include "config/society.h"

/* The word in it that tells, from the program's list or the society's own;
 * NULL: none.  Case, accents and spelling variants make no difference.  society
 * may be NULL: the program's list alone. */
const char *telling_word(const struct society *, const char *text);

#endif
