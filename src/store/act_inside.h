/* SPDX-License-Identifier: ISC */
/* What asking a second person and telling already share. */
#ifndef AMPARO_STORE_ACT_INSIDE_H
#define AMPARO_STORE_ACT_INSIDE_H

#include "store/act.h"
#include "store/case_inside.h"

/* Clean texts, in the arena; ERR_INPUT names the field that is too long. */
int act_take(struct arena *, struct act *, struct err *) MUST_USE;
/* Its row, as record_insert_once(); consent: the yes it carries, null none. */
int act_put(
    struct tx *, const struct act *, const struct uid *consent) MUST_USE;

#endif
