/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/i18n.h"
#include "config/society_inside.h"

_Static_assert(
    sizeof(enum elicit) == sizeof(int) && sizeof(enum weight) == sizeof(int),
    "the reader writes a choice as an int");

static const struct choice elicits[] = { { "observe", ELICIT_OBSERVE },
	{ "listen", ELICIT_LISTEN }, { "may_ask", ELICIT_MAY_ASK },
	{ "never_ask", ELICIT_NEVER_ASK }, { NULL, 0 } };

/* What is known from memory alone keeps its mark in the file, for whoever
 * looks it up; no rule may run on it, so it is all one here. */
static const struct choice weights[] = { { "S", WEIGHT_STRONG },
	{ "M", WEIGHT_MEDIUM }, { "W", WEIGHT_WEAK }, { "-", WEIGHT_NONE },
	{ "S?", WEIGHT_UNVERIFIED }, { "M?", WEIGHT_UNVERIFIED },
	{ "W?", WEIGHT_UNVERIFIED }, { "?", WEIGHT_UNVERIFIED }, { NULL, 0 } };

#define WEIGHT(list)                                                        \
	{                                                                   \
		.name = #list, .type = KEY_CHOICE, .required = true,        \
		.offset = LIST_##list * sizeof(enum weight),                \
		.choices = weights,                                         \
		.help =                                                     \
		    "strength in list " #list "; - not in it, ? unverified" \
	}

static const struct key_spec weight_keys[] = { WEIGHT(AL), WEIGHT(AS),
	WEIGHT(CL), WEIGHT(CS) };
static const struct table_spec weight_table = { .keys = weight_keys,
	.n = sizeof(weight_keys) / sizeof(weight_keys[0]),
	.size = WEIGHT_LISTS * sizeof(enum weight) };

static const struct key_spec item_keys[] = {
	{ "id", KEY_ID, true, offsetof(struct indicator, id),
	    .help = "catalogue.group.number; kept for good, cases refer to "
		    "it" },
	{ "group", KEY_ID, true, offsetof(struct indicator, group),
	    .help = "id of its group" },
	{ "text", KEY_TEXT, true, offsetof(struct indicator, text),
	    .help = "what was seen or heard, in few words; no question" },
	{ "elicit", KEY_CHOICE, true, offsetof(struct indicator, elicit),
	    .choices = elicits, .help = "how it may come to light" },
	{ "caution", KEY_TEXT, false, offsetof(struct indicator, caution),
	    .help = "what to keep in mind, shown beside it" },
	{ "bias", KEY_BOOL, false, offsetof(struct indicator, bias),
	    .help = "a stereotype or mere context; must be off" },
	{ "off", KEY_BOOL, false, offsetof(struct indicator, off),
	    .help = "not shown unless the society switches it on" },
	{ "weights", KEY_GROUP, false, offsetof(struct indicator, weights),
	    .inner = &weight_table,
	    .help = "strength in the lists of ILO/EC "
		    "2009" },
	{ "maps", KEY_IDS, false, offsetof(struct indicator, maps),
	    .count = offsetof(struct indicator, n_maps), .max = 8,
	    .help = "the same thing in other catalogues" },
};
static const struct table_spec item_table = { .keys = item_keys,
	.n = sizeof(item_keys) / sizeof(item_keys[0]),
	.size = sizeof(struct indicator),
	.unique = true };

static const struct key_spec group_keys[] = {
	{ "id", KEY_ID, true, offsetof(struct indicator_group, id),
	    .help = "what items name" },
	{ "title", KEY_TEXT, true, offsetof(struct indicator_group, title),
	    .help = "its heading" },
};
static const struct table_spec group_table = { .keys = group_keys,
	.n = sizeof(group_keys) / sizeof(group_keys[0]),
	.size = sizeof(struct indicator_group),
	.unique = true };

static const struct key_spec catalogue_keys[] = {
	{ "id", KEY_ID, true, offsetof(struct catalogue, id),
	    .help = "the file's name without .cfg" },
	{ "version", KEY_ID, true, offsetof(struct catalogue, version),
	    .help = "recorded with every screening; new for every change" },
	{ "title", KEY_TEXT, true, offsetof(struct catalogue, title),
	    .help = "what workers choose it by" },
	{ "language", KEY_ID, true, offsetof(struct catalogue, language),
	    .help = "of its words (ISO 639)" },
	{ "attribution", KEY_TEXT, true,
	    offsetof(struct catalogue, attribution),
	    .help = "whose idea it is; shown under it" },
	{ "about", KEY_WORDS, true, offsetof(struct catalogue, about),
	    .max = 1000, .help = "what it is for, and what it cannot say" },
	{ "groups", KEY_LIST, true, offsetof(struct catalogue, groups),
	    .count = offsetof(struct catalogue, n_groups), .min = 1, .max = 40,
	    .inner = &group_table,
	    .help = "dimensions or kinds of place, in order" },
	{ "items", KEY_LIST, true, offsetof(struct catalogue, items),
	    .count = offsetof(struct catalogue, n_items), .min = 1, .max = 500,
	    .inner = &item_table, .help = "indicators, in order" },
};
const struct table_spec catalogue_table = { .keys = catalogue_keys,
	.n = sizeof(catalogue_keys) / sizeof(catalogue_keys[0]),
	.size = sizeof(struct catalogue) };

const struct indicator *
catalogue_item(const struct catalogue *c, const char *id)
{
	for (size_t i = 0; i < c->n_items; i++) {
		if (strcmp(c->items[i].id, id) == 0)
			return &c->items[i];
	}
	return NULL;
}

const char *
catalogue_group_title(const struct catalogue *c, const char *id)
{
	for (size_t i = 0; i < c->n_groups; i++) {
		if (strcmp(c->groups[i].id, id) == 0)
			return c->groups[i].title;
	}
	return NULL;
}

bool
catalogue_list_verified(const struct catalogue *c, enum weight_list list)
{
	bool any = false;

	for (size_t i = 0; i < c->n_items; i++) {
		if (c->items[i].weights[list] == WEIGHT_UNVERIFIED)
			return false;
		if (c->items[i].weights[list] != WEIGHT_NONE)
			any = true;
	}
	return any;
}

static void
check_item(
    struct conf *c, const struct catalogue *cat, const struct indicator *item)
{
	size_t n = strlen(cat->id);

	if (strncmp(item->id, cat->id, n) != 0 || item->id[n] != '.')
		problem_add(c->problems, c->file, conf_line(c, &item->id),
		    _("id \"%s\" does not begin with \"%s.\""), item->id,
		    cat->id);
	if (cat->n_groups > 0 &&
	    catalogue_group_title(cat, item->group) == NULL)
		problem_add(c->problems, c->file, conf_line(c, &item->group),
		    _("there is no group \"%s\" in this catalogue"),
		    item->group);
	/* A stereotype in front of every worker makes every worker look
	 * through it; switching one on is a society's decision. */
	if (item->bias && !item->off)
		problem_add(c->problems, c->file, conf_line(c, &item->bias),
		    _("\"%s\" is marked as bias and so must be off = true; a "
		      "society switches it on under \"indicators_on\""),
		    item->id);
	if (item->bias && item->caution[0] == '\0')
		problem_add(c->problems, c->file, conf_line(c, &item->bias),
		    _("\"%s\" is marked as bias and so needs a caution that "
		      "says why"),
		    item->id);
}

void
catalogue_check(struct conf *c, const char *id, const struct catalogue *cat)
{
	if (id != NULL && cat->id[0] != '\0' && strcmp(cat->id, id) != 0)
		problem_add(c->problems, c->file, conf_line(c, &cat->id),
		    _("id is \"%s\"; the file's name says \"%s\""), cat->id,
		    id);
	for (size_t i = 0; i < cat->n_items; i++) {
		const struct indicator *item = &cat->items[i];

		/* What is missing was reported by the reader. */
		if (item->id[0] != '\0' && item->group[0] != '\0')
			check_item(c, cat, item);
	}
}

int
catalogue_read(const char *path, const char *id, struct catalogue *out,
    struct arena *arena, struct buf *source, struct problems *problems)
{
	size_t errors = problems->errors;
	struct conf c;
	int rc;

	conf_init(&c, path, arena, problems);
	rc = conf_read(&c, &catalogue_table, out, source);
	/* Half a file would only give problems that are none. */
	if (rc == 0 || (out->id != NULL && !c.partial))
		catalogue_check(&c, id, out);
	conf_done(&c);
	return problems->errors == errors ? 0 : -1;
}
