/* SPDX-License-Identifier: ISC */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "config/reader_inside.h"

/* More settings given twice than this in one file: the rest is read only up
 * to the next one. */
#define TWICE_MAX 16
/* Letters of a name that are changed before it is left: one for each time the
 * same name was changed before. */
#define TWICE_DEPTH 4
/* Readings of one file to find them: a line with very many names is no
 * configuration. */
#define TRIES_MAX 400

void
conf_init(struct conf *c, const char *file, struct arena *arena,
    struct problems *problems)
{
	*c =
	    (struct conf){ .file = file, .arena = arena, .problems = problems };
	c->kept = arena_str(arena, file);
}

void
conf_done(struct conf *c)
{
	free(c->marks);
	c->marks = NULL;
	c->n_marks = c->cap_marks = 0;
}

void
conf_mark(struct conf *c, const void *at, int line)
{
	if (c->n_marks == c->cap_marks) {
		c->cap_marks = c->cap_marks == 0 ? 64 : 2 * c->cap_marks;
		c->marks =
		    xreallocarray(c->marks, c->cap_marks, sizeof(c->marks[0]));
	}
	c->marks[c->n_marks++] = (struct conf_mark){ at, line };
}

int
conf_line(const struct conf *c, const void *at)
{
	for (size_t i = 0; i < c->n_marks; i++) {
		if (c->marks[i].at == at)
			return c->marks[i].line;
	}
	return 0;
}

struct file_line
conf_place(const struct conf *c, const void *at)
{
	return (struct file_line){ .file = c->kept, .line = conf_line(c, at) };
}

/* --- settings given twice --------------------------------------------------- */

/* libconfig stops at the first one.  So its name is changed in our copy, the
 * file is read again, and every one of them is found. */

static size_t
count_settings(const config_setting_t *s)
{
	size_t n = 1;
	int children;

	if (!config_setting_is_aggregate(s))
		return n;
	children = config_setting_length(s);
	for (int i = 0; i < children; i++)
		n +=
		    count_settings(config_setting_get_elem(s, (unsigned int)i));
	return n;
}

static bool
given_twice(const config_t *cfg)
{
	const char *text = config_error_text(cfg);

	return text != NULL && strstr(text, "duplicate") != NULL;
}

/* How far a text can be read: settings before its first problem. */
static size_t
reach(const char *text)
{
	config_t cfg;
	size_t n;

	config_init(&cfg);
	if (config_read_string(&cfg, text))
		n = SIZE_MAX;
	else
		n = count_settings(config_root_setting(&cfg));
	config_destroy(&cfg);
	return n;
}

static bool
name_char(char ch)
{
	return isalnum((unsigned char)ch) || ch == '-' || ch == '_' ||
	       ch == TWICE;
}

/* The last name that ends before end, in the line that begins at start; its
 * length, 0 when there is none. */
static size_t
name_before(const char *start, const char *end, const char **name)
{
	const char *p = end;

	while (p > start && !name_char(p[-1]))
		p--;
	*name = p;
	while (*name > start && name_char((*name)[-1]))
		(*name)--;
	return (size_t)(p - *name);
}

/* Change names in the line, last one first, until the text can be read past
 * it.  Of two equal names the later is found, as it is the one too many. */
static bool
rename_twice(struct conf *c, char *text, int line, size_t before, int *tries)
{
	char *start = text, *name;
	const char *end, *found;
	char kept[CONF_ID_MAX + 1];
	size_t len, shown;

	for (int i = 1; i < line && start != NULL; i++) {
		start = strchr(start, '\n');
		start = start == NULL ? NULL : start + 1;
	}
	if (start == NULL)
		return false;
	end = start + strcspn(start, "\n");
	while ((len = name_before(start, end, &found)) > 0) {
		name = start + (found - start);
		shown = len > CONF_ID_MAX ? CONF_ID_MAX : len;
		memcpy(kept, name, shown);
		kept[shown] = '\0';
		for (size_t i = 0; i < shown && i < TWICE_DEPTH; i++) {
			if (++*tries > TRIES_MAX)
				return false;
			name[i] = TWICE;
			if (reach(text) <= before)
				continue;
			problem_add(c->problems, c->file, line,
			    _("\"%s\" is given twice here; keep one"), kept);
			c->twice = true;
			return true;
		}
		memcpy(name, kept, shown);
		end = name;
	}
	return false;
}

static void
parse(struct conf *c, config_t *cfg, char *text)
{
	const char *what;
	int tries = 0;

	for (int i = 0;; i++) {
		config_init(cfg);
		if (config_read_string(cfg, text))
			return;
		c->partial = true;
		if (!given_twice(cfg))
			break;
		if (i >= TWICE_MAX ||
		    !rename_twice(c, text, config_error_line(cfg),
			count_settings(config_root_setting(cfg)), &tries))
			break;
		c->partial = false;
		config_destroy(cfg);
	}
	what = config_error_text(cfg);
	problem_add(c->problems, c->file, config_error_line(cfg),
	    _("%s; look here and on the line before for a missing quote, "
	      "bracket, comma or semicolon (the rest of the file was not "
	      "checked)"),
	    what == NULL ? _("not readable") : what);
}

/* --- doors ------------------------------------------------------------------ */

int
conf_decode(struct conf *c, const struct table_spec *table, void *out,
    const char *text, size_t len)
{
	size_t errors = c->problems->errors;
	config_t cfg;
	char *copy;

	copy = xmalloc(len + 1);
	memcpy(copy, text, len);
	copy[len] = '\0';
	conf_scan(c, copy, len);
	parse(c, &cfg, copy);
	conf_group(c, config_root_setting(&cfg), table, out);
	config_destroy(&cfg);
	free(copy);
	return c->problems->errors == errors ? 0 : -1;
}

int
conf_read(struct conf *c, const struct table_spec *table, void *out,
    struct buf *source)
{
	const char *name = strrchr(c->file, '/');
	struct buf bytes;
	struct err e;
	int rc;

	err_clear(&e);
	buf_init(&bytes);
	rc = file_read(c->file, CONF_MAX_BYTES, false, &bytes, &e);
	if (rc != 0) {
		problem_add(c->problems, c->file, 0, "%s", e.text);
	} else {
		name = name == NULL ? c->file : name + 1;
		buf_add_bytes(source, name, strlen(name));
		buf_add_bytes(source, bytes.data, bytes.len);
		rc = conf_decode(c, table, out, bytes.data, bytes.len);
	}
	buf_done(&bytes);
	return rc;
}
