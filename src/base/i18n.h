/* SPDX-License-Identifier: ISC */
/* Words people read.  _() translates now, N_() marks a table's text for later. */
#ifndef AMPARO_BASE_I18N_H
#define AMPARO_BASE_I18N_H

#include <libintl.h>

#define _(s) gettext(s)
#define N_(s) s

#endif
