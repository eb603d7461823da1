/* SPDX-License-Identifier: ISC */
/* Keys by name and canvases as text, for the tests of src/ui. */
#ifndef AMPARO_TESTS_UI_KIT_H
#define AMPARO_TESTS_UI_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "ui/canvas.h"
#include "ui/key.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A key from one of the names key_from_name() knows; name must outlive it. */
static inline struct key
kit_key(const char *name)
{
	struct key k = { .code = key_from_name(name) };

	assert_int_not_equal(k.code, K_NONE);
	if (k.code == ' ') {
		k.text = " ";
		k.len = 1;
	} else if (key_is_text(&k)) {
		k.text = name;
		k.len = strlen(name);
	}
	return k;
}

/* Give fn each of the names, which are separated by spaces. */
static inline void
kit_press(const char *names, void (*fn)(void *, const struct key *), void *arg)
{
	char name[32];

	while (*names != '\0') {
		size_t n = strcspn(names, " ");
		struct key k;

		assert_true(n > 0 && n < sizeof(name));
		memcpy(name, names, n);
		name[n] = '\0';
		k = kit_key(name);
		fn(arg, &k);
		names += n + (names[n] == ' ');
	}
}

static inline struct key
kit_paste(const char *text)
{
	return (
	    struct key){ .code = K_PASTE, .text = text, .len = strlen(text) };
}

/* What a canvas shows; freed by the caller. */
static inline char *
kit_screen(const struct canvas *c)
{
	struct buf b;

	buf_init(&b);
	canvas_to_text(c, &b);
	return buf_detach(&b);
}

static inline bool
kit_has(const struct canvas *c, const char *text)
{
	char *s = kit_screen(c);
	bool has = strstr(s, text) != NULL;

	free(s);
	return has;
}

static inline void
kit_shows(const struct canvas *c, const char *text)
{
	char *s = kit_screen(c);

	if (strstr(s, text) == NULL)
		fail_msg("no \"%s\" in:\n%s", text, s);
	free(s);
}

static inline void
kit_shows_not(const struct canvas *c, const char *text)
{
	char *s = kit_screen(c);

	if (strstr(s, text) != NULL)
		fail_msg("\"%s\" in:\n%s", text, s);
	free(s);
}

#endif
