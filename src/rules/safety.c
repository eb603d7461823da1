/* SPDX-License-Identifier: ISC */
#include "rules/safety.h"
#include "rules/names.h"

static const char *const codes[] = {
#define CODE(id, code, step) code,
	SAFETY_PARTS(CODE)
#undef CODE
};
static const int steps[] = {
#define STEP(id, code, step) step,
	SAFETY_PARTS(STEP)
#undef STEP
};

const char *
safety_part_code(enum safety_part_id p)
{
	return NAME_OF(codes, p);
}

int
safety_part_from_code(const char *code)
{
	return name_find(codes, SAFETY_PART_COUNT, code);
}

int
safety_part_step(enum safety_part_id p)
{
	return (unsigned)p < SAFETY_PART_COUNT ? steps[p] : 0;
}
