/* SPDX-License-Identifier: ISC */
/*
 * What a configuration grants: role x permission -> how far it reaches.
 * Zeroed: nothing to anybody.  Decided upon in rules/access.h.
 */
#ifndef AMPARO_CONFIG_GRANTS_H
#define AMPARO_CONFIG_GRANTS_H

#include <stdint.h>

#include "config/permission.h"

struct grants {
	uint8_t scope[ROLE_COUNT][PERM_COUNT]; /* enum scope */
};

#endif
