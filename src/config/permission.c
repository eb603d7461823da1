/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "config/permission.h"

static const char *const roles[ROLE_COUNT] = {
#define ROLE_NAME(id, name) [ROLE_##id] = (name),
	ROLES(ROLE_NAME)
#undef ROLE_NAME
};
static const char *const permissions[PERM_COUNT] = {
#define PERM_NAME(id, name) [PERM_##id] = (name),
	PERMISSIONS(PERM_NAME)
#undef PERM_NAME
};

static int
find(const char *const *names, int n, const char *name)
{
	for (int i = 0; i < n; i++) {
		if (strcmp(names[i], name) == 0)
			return i;
	}
	return -1;
}

const char *
role_name(enum role r)
{
	return (unsigned)r < ROLE_COUNT ? roles[r] : "";
}

const char *
permission_name(enum permission p)
{
	return (unsigned)p < PERM_COUNT ? permissions[p] : "";
}

int
role_from_name(const char *name)
{
	return find(roles, ROLE_COUNT, name);
}

int
permission_from_name(const char *name)
{
	return find(permissions, PERM_COUNT, name);
}
