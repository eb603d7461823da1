/* SPDX-License-Identifier: ISC */
#include "app/action.h"

#include <string.h>

#include "base/utf8.h"

static const struct action_info actions[ACT_COUNT] = {
#define ACT(id, cmd, k, perm, fl, short_text, long_text) \
	[ACT_##id] = { .name = cmd,                      \
		.keys = k,                               \
		.needs = perm,                           \
		.flags = fl,                             \
		.hint = short_text,                      \
		.help = long_text },
#define ALSO(id, word) [ACT_##id].also = (word),
#include "app/actions.def"
#undef ALSO
#undef ACT
};

const struct action_info *
action_info(enum action a)
{
	if (a <= ACT_NONE || a >= ACT_COUNT)
		return NULL;
	return &actions[a];
}

enum action
action_from_name(const char *name)
{
	for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
		const struct action_info *i = &actions[a];

		if (strcmp(i->name, name) == 0 ||
		    (i->also != NULL && strcmp(i->also, name) == 0))
			return (enum action)a;
	}
	return ACT_NONE;
}

static enum action
by_hint(const enum action *list, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (utf8_same(_(actions[list[i]].hint), word))
			return list[i];
	return ACT_NONE;
}

static enum action
by_name(const enum action *list, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (utf8_same(actions[list[i]].name, word))
			return list[i];
	for (int a = ACT_NONE + 1; a < ACT_COUNT; a++)
		if (utf8_same(actions[a].name, word))
			return (enum action)a;
	return action_from_name(word);
}

enum action
action_meant(const enum action *list, size_t n, const char *word)
{
	enum action a;

	if (*word == ':') {
		a = by_name(list, n, word + 1);
		return a != ACT_NONE ? a : by_hint(list, n, word + 1);
	}
	a = by_hint(list, n, word);
	return a != ACT_NONE ? a : by_name(list, n, word);
}
