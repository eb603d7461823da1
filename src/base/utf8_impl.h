/* SPDX-License-Identifier: ISC */
/* Shared by the utf8*.c files; nobody else includes it. */
#ifndef AMPARO_BASE_UTF8_IMPL_H
#define AMPARO_BASE_UTF8_IMPL_H

#include <stdint.h>

#define UTF8_REPLACEMENT 0xfffd
#define UTF8_ZWNJ 0x200c
#define UTF8_ZWJ 0x200d

/* Cells one code point takes by itself: 0, 1 or 2. */
int utf8_cp_width(uint32_t cp);

#endif
