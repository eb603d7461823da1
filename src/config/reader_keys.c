/* SPDX-License-Identifier: ISC */
/* The tables in words, for the operator's guide. */
#include "config/reader.h"

static const char *const types[] = {
	[KEY_TEXT] = "text",
	[KEY_WORDS] = "lines",
	[KEY_ID] = "id",
	[KEY_INT] = "number",
	[KEY_BOOL] = "true/false",
	[KEY_DATE] = "date",
	[KEY_SPAN] = "time span",
	[KEY_CHOICE] = "choice",
	[KEY_WORD] = "choice",
	[KEY_DAYS] = "days",
	[KEY_IDS] = "ids",
	[KEY_GROUP] = "group",
	[KEY_LIST] = "list",
	[KEY_GRANTS] = "roles",
};

static void
write_type(FILE *to, const struct key_spec *k)
{
	fputs(types[k->type], to);
	switch (k->type) {
	case KEY_INT:
	case KEY_IDS:
	case KEY_LIST:
		fprintf(to, " (%ld to %ld)", k->min, k->max);
		break;
	case KEY_TEXT:
	case KEY_WORDS:
		if (k->max > 0)
			fprintf(to, " (%ld bytes)", k->max);
		break;
	case KEY_CHOICE:
	case KEY_WORD:
		for (const struct choice *o = k->choices; o->name; o++)
			fprintf(
			    to, "%s%s", o == k->choices ? ": " : ", ", o->name);
		break;
	default:
		break;
	}
}

static void
write_table(FILE *to, const char *path, const struct table_spec *table)
{
	char inner[128];

	for (size_t i = 0; i < table->n; i++) {
		const struct key_spec *k = &table->keys[i];

		fprintf(to, "| `%s%s` | ", path, k->name);
		write_type(to, k);
		fprintf(
		    to, " | %s | %s |\n", k->required ? "yes" : "", k->help);
		if (k->inner == NULL)
			continue;
		snprintf(inner, sizeof(inner), "%s%s%s.", path, k->name,
		    k->type == KEY_LIST ? "[]" : "");
		write_table(to, inner, k->inner);
	}
}

void
conf_keys_write(FILE *to, const char *title, const struct table_spec *table)
{
	fprintf(to,
	    "### %s\n\n| key | type | needed | meaning |\n|---|---|---|---|\n",
	    title);
	write_table(to, "", table);
}
