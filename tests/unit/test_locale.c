/* SPDX-License-Identifier: ISC */
/* The languages of the interface: what each file must keep to, and which one
 * is spoken. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/i18n.h"
#include "base/utf8.h"

#define AVOID "# avoid:"

/* --- the files ------------------------------------------------------------ */

static void
fold(struct buf *out, const char *s)
{
	buf_clear(out);
	utf8_fold(out, s, strlen(s));
}

/* A folded text holds a word that begins so. */
static bool
begins_a_word(const char *text, const char *stem)
{
	for (const char *p = text; (p = strstr(p, stem)) != NULL; p++)
		if (p == text || p[-1] == ' ')
			return true;
	return false;
}

/* Folded beginnings of words, from the head of the file. */
static size_t
read_avoid(char *line, struct buf stems[], size_t most)
{
	size_t n = 0;
	char *save = NULL;

	for (char *w = strtok_r(line, " \n", &save); w != NULL && n < most;
	     w = strtok_r(NULL, " \n", &save)) {
		buf_init(&stems[n]);
		fold(&stems[n++], w);
	}
	return n;
}

static void
check_file(const char *path)
{
	FILE *f = fopen(path, "r");
	struct buf stems[64], words;
	size_t n = 0, texts = 0;
	bool said = false, reviewed = false;
	char line[8192];

	assert_non_null(f);
	buf_init(&words);
	while (fgets(line, sizeof(line), f) != NULL) {
		if (strncmp(line, AVOID, strlen(AVOID)) == 0)
			n = read_avoid(line + strlen(AVOID), stems, 64);
		reviewed = reviewed ||
			   (line[0] == '#' && strstr(line, "eviewed") != NULL);
		/* A translation, and the lines it goes on with. */
		if (strncmp(line, "msgstr", 6) == 0)
			said = true;
		else if (line[0] != '"')
			said = false;
		if (!said)
			continue;
		texts++;
		fold(&words, line);
		for (size_t i = 0; i < n; i++)
			if (begins_a_word(words.data, stems[i].data))
				fail_msg("%s: \"%s\" in %s", path,
				    stems[i].data, line);
	}
	assert_true(feof(f));
	(void)fclose(f);
	if (n == 0)
		fail_msg("%s: no line \"" AVOID "\" at its head", path);
	if (!reviewed)
		fail_msg("%s: does not say whether it was reviewed", path);
	assert_true(texts > 10);
	for (size_t i = 0; i < n; i++)
		buf_done(&stems[i]);
	buf_done(&words);
}

static void
harm_06_no_word_that_harms_in_any_language(void **state)
{
	const char *source = getenv("AMPARO_SOURCE");
	char dir[1024], path[1400];
	struct dirent *e;
	size_t files = 0;
	DIR *d;

	(void)state;
	(void)snprintf(dir, sizeof(dir), "%s/config/locale",
	    source == NULL ? "." : source);
	d = opendir(dir);
	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		const char *dot = strrchr(e->d_name, '.');

		if (dot == NULL || strcmp(dot, ".po") != 0)
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		check_file(path);
		files++;
	}
	(void)closedir(d);
	assert_true(files > 0);
}

static void
the_test_above_sees(void **state)
{
	struct buf text, stem;

	(void)state;
	buf_init(&text);
	buf_init(&stem);
	fold(&text, "msgstr \"Una VÍCTIMA de algo\"\n");
	fold(&stem, "víctima");
	assert_true(begins_a_word(text.data, stem.data));
	fold(&stem, "ictima");
	assert_false(begins_a_word(text.data, stem.data));
	buf_done(&text);
	buf_done(&stem);
}

/* --- which one is spoken -------------------------------------------------- */

static void
codes(void **state)
{
	static const char *const good[] = { "es", "si", "pt_BR", "fil" };
	static const char *const bad[] = { "", "e", "ES", "es_", "es_l",
		"es_LKA", "es.UTF-8", "../es", "es/../../etc", "C", "english" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(i18n_code_valid(good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (i18n_code_valid(bad[i]) || i18n_has(bad[i]))
			fail_msg("\"%s\" passes", bad[i]);
}

static void
spoken(void **state)
{
	(void)state;
	i18n_open();
	assert_true(i18n_has("en") && i18n_has("es"));
	assert_false(i18n_has("xx"));
	assert_string_equal(i18n_speak(NULL, NULL), "en");
	assert_string_equal(_("Saved."), "Saved.");
	assert_string_equal(i18n_speak("es", "en"), "es");
	assert_string_equal(_("Saved."), "Guardado.");
	/* The head of a catalogue never shows. */
	assert_string_equal(_(""), "");
	assert_string_equal(ngettext("%d time", "%d times", 2), "%d veces");
	/* What there is none of is passed over; a country's is the language's. */
	assert_string_equal(i18n_speak("xx", "es_LK"), "es_LK");
	assert_string_equal(_("Saved."), "Guardado.");
	assert_string_equal(i18n_speak("xx", ""), "en");
	assert_string_equal(_("Saved."), "Saved.");
	assert_string_equal(i18n_speak("en", "es"), "en");
	assert_string_equal(_("Saved."), "Saved.");
	assert_null(getenv("LOCPATH"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_06_no_word_that_harms_in_any_language),
		cmocka_unit_test(the_test_above_sees),
		cmocka_unit_test(codes),
		cmocka_unit_test(spoken),
	};

	(void)setenv("LC_ALL", "C.UTF-8", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
