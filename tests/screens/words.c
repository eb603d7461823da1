/* SPDX-License-Identifier: ISC */
/*
 * Every text of every screen is one that can be translated: the program speaks
 * a language of the test's own, in which a, e and o carry accents, so that
 * English words of the program that show did not go through gettext.
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../lib/scene.h"
#include "app/action.h"
#include "base/alloc.h"
#include "base/buf.h"

#define MOST 4000
#define SHORT 4 /* letters; shorter texts are words of too many languages */

struct texts {
	char *list[MOST];
	size_t n;
};

static char *
read_all(const char *path)
{
	FILE *f = fopen(path, "r");
	char block[4096];
	struct buf b;
	size_t n;

	if (f == NULL)
		fail_msg("%s cannot be read", path);
	buf_init(&b);
	while ((n = fread(block, 1, sizeof(block), f)) > 0)
		buf_add(&b, block, n);
	(void)fclose(f);
	return buf_detach(&b);
}

/* Plain one-line texts in which the test's language differs, and which are no
 * words of the configuration, of the people in the scene, or an action's name:
 * those are in no language. */
static bool
tells(const char *text, const char *config, const char *people)
{
	return strlen(text) >= SHORT && strpbrk(text, "aeoAEO") != NULL &&
	       strpbrk(text, "%\\") == NULL && strstr(config, text) == NULL &&
	       strstr(people, text) == NULL &&
	       action_from_name(text) == ACT_NONE;
}

static void
read_texts(struct texts *out)
{
	static const char head[] = "msgid \"";
	const char *bin = getenv("AMPARO_BIN");
	const char *source = getenv("AMPARO_SOURCE");
	char path[1200], *pot, *config, *people, *save = NULL;

	assert_non_null(bin);
	(void)snprintf(path, sizeof(path), "%.*s/../words/amparo.pot",
	    (int)(strrchr(bin, '/') - bin), bin);
	pot = read_all(path);
	config = read_all(scene.config);
	(void)snprintf(path, sizeof(path), "%s/tests/lib/scene.c",
	    source == NULL ? "." : source);
	people = read_all(path);
	out->n = 0;
	for (char *line = strtok_r(pot, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save)) {
		size_t len = strlen(line);

		if (strncmp(line, head, strlen(head)) != 0 || out->n == MOST)
			continue;
		line[len - 1] = '\0';
		if (tells(line + strlen(head), config, people))
			out->list[out->n++] = xstrdup(line + strlen(head));
	}
	assert_true(out->n > 500 && out->n < MOST);
	free(pot);
	free(config);
	free(people);
}

/* Where a text stands as whole words. */
static bool
stands(const char *screen, const char *text)
{
	size_t n = strlen(text);

	for (const char *p = screen; (p = strstr(p, text)) != NULL; p++)
		if ((p == screen || !isalnum((unsigned char)p[-1])) &&
		    !isalnum((unsigned char)p[n]))
			return true;
	return false;
}

/* The first text that is not, NULL when all are. */
static const char *
left_out(struct vt *vt, const struct texts *texts)
{
	const char *screen;

	(void)vt_wait_quiet(vt, 120, VT_WAIT_MS);
	screen = vt_screen_text(vt);
	for (size_t i = 0; i < texts->n; i++)
		if (stands(screen, texts->list[i]))
			return texts->list[i];
	return NULL;
}

static void
check(struct vt *vt, const struct texts *texts, const char *where)
{
	const char *text = left_out(vt, texts);

	if (text != NULL)
		fail_msg("%s: \"%s\" is not translated:\n%s", where, text,
		    vt_screen_text(vt));
}

static struct vt *
start(const char *language)
{
	const char *const argv[] = { getenv("AMPARO_BIN"), "--config",
		scene.config, "--vault", scene.kit.dir, "--user", "amina",
		"--language", language, NULL };
	struct vt *vt = vt_open(&(const struct vt_options){
	    .rows = 50, .cols = 132, .argv = argv });

	assert_non_null(vt);
	return vt;
}

static void
every_text_is_translated(void **state)
{
	/* The parts of a case, and what each of them begins. */
	static const char *const parts[] = { "f", "c", "i", "t", "d", "a", "y",
		"r", "h", "m", "S", "A", "X", "+" };
	/* From the queue: a first contact, numbers, drafts, the shift. */
	static const char *const from_queue[] = { "n", "N", "D", "z", "g" };
	struct texts *texts = calloc(1, sizeof(*texts));
	size_t opened = 0;
	char was[600];
	struct vt *vt;

	(void)state;
	assert_non_null(texts);
	read_texts(texts);
	vt = start("qps");
	vt_expect(vt, "Pássphrásé");
	check(vt, texts, "sign-in");
	vt_send(vt, VAULT_KIT_PASSPHRASE "\r");
	vt_expect(vt, "Cásés");
	check(vt, texts, "queue");
	for (size_t i = 0; i < sizeof(from_queue) / sizeof(from_queue[0]);
	     i++) {
		vt_send(vt, from_queue[i]);
		check(vt, texts, from_queue[i]);
		vt_keys(vt, "Esc Esc");
	}
	vt_keys(vt, "C-c");
	check(vt, texts, "queue again");
	vt_keys(vt, "Enter");
	check(vt, texts, "case");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		(void)snprintf(was, sizeof(was), "%s", vt_row(vt, 0));
		vt_send(vt, parts[i]);
		check(vt, texts, parts[i]);
		opened += strcmp(was, vt_row(vt, 0)) != 0;
		vt_send(vt, "?");
		check(vt, texts, "its help");
		vt_keys(vt, "Esc Esc");
	}
	/* The others ask in the last row. */
	assert_true(opened >= 10);
	vt_keys(vt, "C-l");
	vt_expect(vt, "Lóckéd");
	check(vt, texts, "locked");
	vt_close(vt);
	for (size_t i = 0; i < texts->n; i++)
		free(texts->list[i]);
	free(texts);
}

/* In English everything would be left out. */
static void
the_test_above_sees(void **state)
{
	struct texts *texts = calloc(1, sizeof(*texts));
	struct vt *vt;

	(void)state;
	assert_non_null(texts);
	read_texts(texts);
	vt = start("en");
	vt_expect(vt, "Passphrase");
	assert_non_null(left_out(vt, texts));
	vt_close(vt);
	for (size_t i = 0; i < texts->n; i++)
		free(texts->list[i]);
	free(texts);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_text_is_translated),
		cmocka_unit_test(the_test_above_sees),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, scene_set_up, scene_tear_down);
}
