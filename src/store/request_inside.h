/* SPDX-License-Identifier: ISC */
/* Shared by request*.c, join.c and case_close.c. */
#ifndef AMPARO_STORE_REQUEST_INSIDE_H
#define AMPARO_STORE_REQUEST_INSIDE_H

#include "store/case_inside.h"
#include "store/request.h"

const char *request_kind_name(enum request_kind);

/* Clean every text into the arena. */
int request_take(struct arena *, struct request *, struct err *) MUST_USE;
/* Write it with its lines: 0 added, 1 it was there already, -1.  ERR_CONFLICT
 * when something else waits for an answer in this case, unless it takes a join
 * apart. */
int request_write(struct tx *, const struct request *) MUST_USE;
/* One thing at a time waits in a case: two would undo each other.  A join looks
 * at what waits about both, also where one is the other of a join; an offer made
 * meanwhile is found when the join is agreed to. */
enum request_about { REQUEST_IN_IT, REQUEST_IN_OR_OF_IT };
/* ERR_CONFLICT, where anything but this request waits: it says what, whose and
 * of which code. */
int request_none_about(struct tx *, const struct uid *case_uid,
    const struct uid *mine, enum request_about) MUST_USE;
int request_line_write(struct tx *, const struct uid *case_uid,
    const struct uid *request, const struct request_line *) MUST_USE;
/* Fills since, n_since and seen: what others than whoever works here wrote in the
 * case, or in either of a join, from when the request's form was begun. */
int request_read_since(struct tx *, struct arena *, struct request *) MUST_USE;
/* Read one with its lines: 1, 0, -1. */
int request_read(struct tx *, const struct uid *case_uid,
    const struct uid *request, struct arena *, struct request *) MUST_USE;
/* The answer's row; ERR_CONFLICT when there is one. */
int request_settle(struct tx *, const struct request *, const char *answer,
    const char *words) MUST_USE;

/* Who answered it, when and how, as an ERR_CONFLICT; -1. */
int request_answered(struct tx *, const struct request *) MUST_USE;

/* What waits for an answer, and what a case is joined with, for case_open(). */
int case_asked(struct tx *, const struct uid *case_uid, struct arena *,
    struct case_file *) MUST_USE;
/* The join a case is in, by any request but one (NULL: by any): 1, 0 none,
 * -1.  Works in a transaction of either database. */
struct joined {
	struct uid other, request;
	char code[CODE_SIZE]; /* of the other */
	bool stays; /* this case is the one that goes on */
	int64_t at; /* when the second person agreed */
};
int join_find(struct tx *, const struct uid *case_uid, struct joined *,
    const struct uid *except) MUST_USE;

/* A case has another worker: what waits under the other code goes along. */
int join_follow(struct tx *, const struct uid *case_uid) MUST_USE;
/* Asked to be left alone under one code is under the other. */
int join_stop(struct tx *, const struct uid *case_uid) MUST_USE;

/* What an accepted one does, inside the answer's transaction. */
int transfer_do(struct tx *, const struct request *) MUST_USE;
int closure_do(struct tx *, const struct request *, int64_t rev) MUST_USE;
int join_do(struct tx *, const struct request *, struct arena *) MUST_USE;
/* What is not finished in a case that is to be closed, and whether the person
 * took a yes back since r->at (0: it is only being asked for). */
int closure_ends(
    struct tx *, const struct request *, struct open_ends *) MUST_USE;

#endif
