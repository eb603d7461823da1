/* SPDX-License-Identifier: ISC */
/* A vault with two workers, and samples of an intake. */
#ifndef AMPARO_TESTS_INTAKE_KIT_H
#define AMPARO_TESTS_INTAKE_KIT_H
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/intake_inside.h"
#include "office_kit.h"

static char code[CODE_SIZE];

static int64_t
contacts(void)
{
	return ask_cases(o.amina, "SELECT count(*) FROM contact");
}

static int64_t
people(void)
{
	return ask_identity(
	    o.amina, "SELECT count(*) FROM person WHERE deleted_hlc = 0");
}

/* --- what is written ---------------------------------------------------------------------- */

#endif
