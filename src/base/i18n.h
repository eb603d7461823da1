/* SPDX-License-Identifier: ISC */
/*
 * Words people read.  _() translates now, N_() marks a table's text for later.
 * A language is one file, config/locale/LL.po; `make` compiles it to a .mo
 * that gettext reads.  English is what the sources say.
 */
#ifndef AMPARO_BASE_I18N_H
#define AMPARO_BASE_I18N_H

#include <libintl.h>
#include <stdbool.h>
#include <stddef.h>

#define _(s) i18n_text(s)
#define N_(s) s

/* gettext(), but "" stays "" (gettext's answer is the catalogue's head). */
const char *i18n_text(const char *) __attribute__((format_arg(1)));

/*
 * Once per process, after the environment was cleared: find the catalogues,
 * in "locale" beside the program (a build tree) or where they were installed.
 * Without any everything is in English.
 */
void i18n_open(void);

/* "es", "pt_BR": two or three small letters, perhaps a country. */
bool i18n_code_valid(const char *);
/* Is there a catalogue for this language?  English ("en") always is. */
bool i18n_has(const char *code);
/* The languages there is a catalogue for, English first, then by code; at most
 * max.  Returns how many. */
#define I18N_CODE 8
size_t i18n_installed(char codes[][I18N_CODE], size_t max);

/*
 * Speak the first of these languages there is a catalogue for, from now on;
 * NULL and "" are passed over, and if there is none, it is English.  Returns
 * the one chosen, one of the two or "en".
 */
const char *i18n_speak(const char *first, const char *second);

#endif
