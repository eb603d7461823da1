/* SPDX-License-Identifier: ISC */
#include "app/keymap.h"

#include <string.h>

#define KEY_NAME 16

uint32_t
keymap_key(enum action a, size_t i)
{
	const struct action_info *info = action_info(a);
	const char *p;

	if (info == NULL)
		return K_NONE;
	for (p = info->keys; *p != '\0';) {
		char name[KEY_NAME];
		size_t len = strcspn(p, " ");

		if (i-- == 0) {
			if (len >= sizeof(name))
				return K_NONE;
			memcpy(name, p, len);
			name[len] = '\0';
			return key_from_name(name);
		}
		p += len;
		p += strspn(p, " ");
	}
	return K_NONE;
}

/* Would the key put something into a field, or move in it? */
static bool
types(uint32_t code)
{
	if (code < K_NAMED)
		return true;
	if (code >= K_CTRL_BASE || code == K_ESC)
		return false;
	return code < K_F1 || code > K_F12;
}

bool
keymap_uses(enum action a, uint32_t code)
{
	uint32_t k;

	for (size_t i = 0; (k = keymap_key(a, i)) != K_NONE; i++)
		if (k == code)
			return true;
	return false;
}

enum action
keymap_find(const enum action *own, const struct key *key, bool typing)
{
	bool text = typing && types(key->code);
	bool tab = key->code == K_TAB || key->code == K_BACKTAB;

	if (key->code == K_NONE)
		return ACT_NONE;
	for (; own != NULL && *own != ACT_NONE; own++) {
		const struct action_info *info = action_info(*own);

		if (keymap_uses(*own, key->code) &&
		    (!text || tab || (info->flags & ACTF_TYPING)))
			return *own;
	}
	for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
		unsigned flags = action_info((enum action)a)->flags;

		if (!(flags & ACTF_EVERYWHERE) ||
		    (text && !(flags & ACTF_TYPING)))
			continue;
		if (keymap_uses((enum action)a, key->code))
			return (enum action)a;
	}
	return ACT_NONE;
}

char *
keymap_show(enum action a, bool typing, char *out, size_t size)
{
	bool marked = action_info(a) != NULL &&
		      (action_info(a)->flags & ACTF_TYPING) != 0;
	uint32_t k;

	out[0] = '\0';
	for (size_t i = 0; (k = keymap_key(a, i)) != K_NONE; i++)
		if (!typing || marked || !types(k) || k == K_TAB)
			return key_to_name(k, out, size);
	return out;
}

bool
keymap_has(const enum action *list, enum action a)
{
	for (; list != NULL && *list != ACT_NONE; list++)
		if (*list == a)
			return true;
	return false;
}
