/* SPDX-License-Identifier: ISC */
/* From libconfig's settings to our structs, by the tables. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "config/reader_inside.h"
#include "config/reader_value.h"

/* Nearest known name is offered when so few letters differ. */
#define TYPO 2

static void decode(struct conf *, const config_setting_t *,
    const struct key_spec *, void *out);

/* --- what is there that should not be --------------------------------------- */

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to change, add or take out to get from a to b (Levenshtein). */
static size_t
distance(const char *a, const char *b)
{
	size_t row[CONF_ID_MAX + 1], n = strlen(b), left, above;

	if (n > CONF_ID_MAX)
		return n;
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 0; a[i] != '\0'; i++) {
		left = row[0];
		row[0] = i + 1;
		for (size_t j = 0; j < n; j++) {
			above = row[j + 1];
			row[j + 1] = least(
			    left + (a[i] != b[j]), 1 + least(above, row[j]));
			left = above;
		}
	}
	return row[n];
}

static const struct key_spec *
find_key(const struct table_spec *table, const char *name)
{
	for (size_t i = 0; i < table->n; i++) {
		if (strcmp(table->keys[i].name, name) == 0)
			return &table->keys[i];
	}
	return NULL;
}

static void
unknown(
    struct conf *c, const config_setting_t *s, const struct table_spec *table)
{
	const char *name = config_setting_name(s), *near = NULL;
	size_t best = TYPO + 1, d;

	if (c->twice && name[0] == TWICE)
		return;
	for (size_t i = 0; i < table->n; i++) {
		d = distance(name, table->keys[i].name);
		if (d < best) {
			best = d;
			near = table->keys[i].name;
		}
	}
	if (near != NULL)
		problem_add(c->problems, c->file,
		    (int)config_setting_source_line(s),
		    _("unknown key \"%s\"; did you mean \"%s\"?"), name, near);
	else
		problem_add(c->problems, c->file,
		    (int)config_setting_source_line(s),
		    _("unknown key \"%s\"; the keys are in config/README.md"),
		    name);
}

/* --- structs ---------------------------------------------------------------- */

/* What every absent key is; strings are never NULL. */
static void
defaults(const struct table_spec *table, void *out)
{
	for (size_t i = 0; i < table->n; i++) {
		const struct key_spec *k = &table->keys[i];
		char *to = (char *)out + k->offset;

		if (k->type == KEY_GROUP)
			defaults(k->inner, to);
		else if (k->type == KEY_TEXT || k->type == KEY_WORDS ||
			 k->type == KEY_ID || k->type == KEY_WORD)
			*(const char **)(void *)to = "";
	}
}

void
conf_group(struct conf *c, const config_setting_t *s,
    const struct table_spec *table, void *out)
{
	int n = config_setting_length(s);

	defaults(table, out);
	for (int i = 0; i < n; i++) {
		const config_setting_t *child =
		    config_setting_get_elem(s, (unsigned int)i);
		const struct key_spec *k =
		    find_key(table, config_setting_name(child));

		if (k == NULL) {
			unknown(c, child, table);
		} else if (config_setting_type(child) != CONFIG_TYPE_NONE) {
			conf_mark(c, (char *)out + k->offset,
			    (int)config_setting_source_line(child));
			decode(c, child, k, (char *)out);
		}
	}
	for (size_t i = 0; i < table->n && !c->partial; i++) {
		const struct key_spec *k = &table->keys[i];

		if (k->required &&
		    config_setting_get_member(s, k->name) == NULL)
			problem_add(c->problems, c->file,
			    (int)config_setting_source_line(s),
			    _("\"%s\" is missing here; it is needed: %s"),
			    k->name, k->help);
	}
}

/* --- lists ------------------------------------------------------------------ */

static void
check_unique(struct conf *c, const config_setting_t *s,
    const struct table_spec *table, const char *array)
{
	int n = config_setting_length(s);
	const char *a, *b;

	for (int i = 1; i < n; i++) {
		memcpy(&a, array + (size_t)i * table->size, sizeof(a));
		for (int j = 0; j < i && *a != '\0'; j++) {
			memcpy(&b, array + (size_t)j * table->size, sizeof(b));
			if (strcmp(a, b) != 0)
				continue;
			problem_add(c->problems, c->file,
			    (int)config_setting_source_line(
				config_setting_get_elem(s, (unsigned int)i)),
			    _("id \"%s\" is already taken in line %d; every "
			      "id stands once in its list"),
			    a,
			    (int)config_setting_source_line(
				config_setting_get_elem(s, (unsigned int)j)));
			break;
		}
	}
}

static bool
length_right(
    struct conf *c, const config_setting_t *s, const struct key_spec *k)
{
	int n = config_setting_length(s);

	if (n >= k->min && n <= k->max)
		return true;
	problem_add(c->problems, c->file, (int)config_setting_source_line(s),
	    _("\"%s\" has %d entries; %ld to %ld are expected"), k->name, n,
	    k->min, k->max);
	return false;
}

static void
keep_place(const struct conf *c, const config_setting_t *s,
    const struct table_spec *t, char *out)
{
	const struct file_line place = { .file = c->kept,
		.line = (int)config_setting_source_line(s) };

	if (t->place != 0)
		memcpy(out + t->place, &place, sizeof(place));
}

static void
decode_list(struct conf *c, const config_setting_t *s, const struct key_spec *k,
    char *out)
{
	const config_setting_t *child;
	size_t n, size = k->inner->size;
	char *array;

	if (config_setting_type(s) != CONFIG_TYPE_LIST) {
		conf_wrong_type(c, s, k,
		    _("a list of groups, "
		      "( { ... }, { ... } )"));
		return;
	}
	if (!length_right(c, s, k))
		return;
	n = (size_t)config_setting_length(s);
	array = arena_alloc(c->arena, n == 0 ? 1 : n, size);
	for (size_t i = 0; i < n; i++) {
		child = config_setting_get_elem(s, (unsigned int)i);
		conf_mark(c, array + i * size,
		    (int)config_setting_source_line(child));
		if (config_setting_type(child) == CONFIG_TYPE_GROUP) {
			conf_group(c, child, k->inner, array + i * size);
			keep_place(c, child, k->inner, array + i * size);
		} else {
			defaults(k->inner, array + i * size);
			conf_wrong_type(c, child, k, _("a group, { ... }"));
		}
	}
	if (k->inner->unique)
		check_unique(c, s, k->inner, array);
	memcpy(out + k->offset, &array, sizeof(array));
	memcpy(out + k->count, &n, sizeof(n));
}

static void
decode_ids(struct conf *c, const config_setting_t *s, const struct key_spec *k,
    char *out)
{
	const char **array;
	size_t n;

	if (config_setting_type(s) != CONFIG_TYPE_LIST &&
	    config_setting_type(s) != CONFIG_TYPE_ARRAY) {
		conf_wrong_type(
		    c, s, k, _("a list of ids, [ \"one\", \"two\" ]"));
		return;
	}
	if (!length_right(c, s, k))
		return;
	n = (size_t)config_setting_length(s);
	array = arena_alloc(c->arena, n == 0 ? 1 : n, sizeof(*array));
	for (size_t i = 0; i < n; i++) {
		const config_setting_t *child =
		    config_setting_get_elem(s, (unsigned int)i);

		conf_mark(c, &array[i], (int)config_setting_source_line(child));
		array[i] = "";
		conf_id(c, child, k, &array[i]);
	}
	memcpy(out + k->offset, &array, sizeof(array));
	memcpy(out + k->count, &n, sizeof(n));
}

static void
decode(struct conf *c, const config_setting_t *s, const struct key_spec *k,
    void *out)
{
	char *to = (char *)out + k->offset;

	switch (k->type) {
	case KEY_GROUP:
		if (config_setting_type(s) == CONFIG_TYPE_GROUP)
			conf_group(c, s, k->inner, to);
		else
			conf_wrong_type(c, s, k, _("a group, { ... }"));
		break;
	case KEY_LIST:
		decode_list(c, s, k, out);
		break;
	case KEY_IDS:
		decode_ids(c, s, k, out);
		break;
	default:
		conf_value(c, s, k, to);
		break;
	}
}
