/* SPDX-License-Identifier: ISC */
/* A contact that was kept alone becomes part of a case: for intake. */
#ifndef AMPARO_STORE_ALONE_INSIDE_H
#define AMPARO_STORE_ALONE_INSIDE_H

#include "store/alone.h"
#include "store/case_inside.h"

/*
 * Copy the contact and its answers into a case, as they were written and by
 * whom, and say so beside it.  0; 1 it is part of that case already (a
 * retry); -1: ERR_INPUT where it is part of another one, ERR_NOT_FOUND,
 * ERR_DENIED (then nothing but tx_abort()).
 */
int alone_into(struct tx *, const struct uid *contact,
    const struct uid *case_uid) MUST_USE;

#endif
