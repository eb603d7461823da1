/* SPDX-License-Identifier: ISC */
#include <dirent.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

#define DOMAIN "amparo"
/*
 * glibc (2.38 and later) looks nothing up in the C.UTF-8 locale, the only one
 * with UTF-8 that a small machine has.  So messages, and nothing else, are
 * said to be of a locale of our own name, which is a copy of C.UTF-8's.
 */
#define OWN_LOCALE "amparo.UTF-8"

/* Where catalogues are; "" until i18n_open() found some. */
static char *
place(void)
{
	static char dir[PATH_MAX];

	return dir;
}

const char *
i18n_text(const char *s)
{
	return s[0] == '\0' ? s : gettext(s);
}

/* Take dir if our own locale is in it. */
static bool
try_dir(const char *base, const char *catalogues)
{
	if (setenv("LOCPATH", base, 1) != 0 ||
	    setlocale(LC_MESSAGES, OWN_LOCALE) == NULL ||
	    bindtextdomain(DOMAIN, catalogues) == NULL ||
	    bind_textdomain_codeset(DOMAIN, "UTF-8") == NULL ||
	    textdomain(DOMAIN) == NULL)
		return false;
	(void)snprintf(place(), PATH_MAX, "%s", catalogues);
	return true;
}

/* build/amparo, and build/san/amparo of a test build, have build/locale. */
static bool
beside_program(void)
{
	char path[PATH_MAX], dir[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	if (n <= 0)
		return false;
	path[n] = '\0';
	for (int up = 0; up < 3 && (slash = strrchr(path, '/')) != NULL; up++) {
		*slash = '\0';
		n = snprintf(dir, sizeof(dir), "%s/locale", path);
		if (n > 0 && (size_t)n < sizeof(dir) && try_dir(dir, dir))
			return true;
#ifndef AMPARO_TEST
		break;
#endif
	}
	return false;
}

void
i18n_open(void)
{
	if (!beside_program())
		(void)try_dir(AMPARO_DATADIR "/locale", AMPARO_LOCALEDIR);
	(void)unsetenv("LOCPATH");
}

static bool
small(char c)
{
	return c >= 'a' && c <= 'z';
}

bool
i18n_code_valid(const char *s)
{
	size_t n = 0;

	while (small(s[n]))
		n++;
	if (n < 2 || n > 3)
		return false;
	if (s[n] == '\0')
		return true;
	return s[n] == '_' && s[n + 1] >= 'A' && s[n + 1] <= 'Z' &&
	       s[n + 2] >= 'A' && s[n + 2] <= 'Z' && s[n + 3] == '\0';
}

bool
i18n_has(const char *code)
{
	char path[PATH_MAX];
	int n;

	if (!i18n_code_valid(code))
		return false;
	if (strcmp(code, "en") == 0)
		return true;
	if (place()[0] == '\0')
		return false;
	n = snprintf(path, sizeof(path), "%s/%s/LC_MESSAGES/" DOMAIN ".mo",
	    place(), code);
	return n > 0 && (size_t)n < sizeof(path) && access(path, R_OK) == 0;
}

/* Codes nobody speaks, qaa to qtz: of tests. */
static bool
reserved(const char *code)
{
	return code[0] == 'q' && code[1] <= 't' && strlen(code) == 3;
}

static int
by_code(const void *a, const void *b)
{
	return strcmp(a, b);
}

size_t
i18n_installed(char codes[][I18N_CODE], size_t max)
{
	DIR *d = NULL;
	const struct dirent *e;
	size_t n = 1;

	if (max == 0)
		return 0;
	if (place()[0] != '\0')
		d = opendir(place());
	(void)snprintf(codes[0], I18N_CODE, "en");
	while (d != NULL && n < max && (e = readdir(d)) != NULL)
		if (strlen(e->d_name) < I18N_CODE && !reserved(e->d_name) &&
		    strcmp(e->d_name, "en") != 0 && i18n_has(e->d_name))
			(void)snprintf(
			    codes[n++], I18N_CODE, "%.7s", e->d_name);
	if (d != NULL)
		(void)closedir(d);
	qsort(codes[1], n - 1, I18N_CODE, by_code);
	return n;
}

/* "es_LK" is served by "es" too. */
static bool
speaks(const char *code)
{
	char general[4];

	if (code == NULL || !i18n_code_valid(code))
		return false;
	(void)snprintf(
	    general, sizeof(general), "%.*s", (int)strcspn(code, "_"), code);
	return i18n_has(code) || i18n_has(general);
}

const char *
i18n_speak(const char *first, const char *second)
{
	const char *chosen = speaks(first)    ? first
			     : speaks(second) ? second
					      : "en";

	(void)setenv("LANGUAGE", chosen, 1);
	/* Naming the domain anew makes gettext look at LANGUAGE again. */
	if (place()[0] != '\0')
		(void)textdomain(DOMAIN);
	return chosen;
}
