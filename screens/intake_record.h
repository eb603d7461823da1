/* SPDX-License-Identifier: ISC */
/* What was typed in the intake form, as the store takes it. */
#ifndef AMPARO_SCREENS_INTAKE_RECORD_H
#define AMPARO_SCREENS_INTAKE_RECORD_H

#include "app/formview.h"

/* Save it; uid and code of the case, and what fails, as of intake_save(). */
int intake_record(struct view *, const struct formview *, struct uid *case_uid,
    char code[CODE_SIZE], struct err *) MUST_USE;

#endif
