/* SPDX-License-Identifier: ISC */
#ifndef AMPARO_NUMBERS_H
#define AMPARO_NUMBERS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "config/society.h"

/* When a number was checked, or that it may be out of date, in words that go
 * beside it wherever it is offered; *ok: it may be relied on.  today is a day
 * number. */
const char *number_checked(
    struct arena *, const struct number *, int64_t today, bool *ok);

#endif
