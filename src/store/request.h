/* SPDX-License-Identifier: ISC */
/*
 * What one colleague asks of another about a case, and the answer: to take it
 * over, to agree to its closing, to agree that two codes are one person.  The
 * asking is one transaction and the answer another; nothing is done between
 * them, and of two answers the second finds the first.
 */
#ifndef AMPARO_STORE_REQUEST_H
#define AMPARO_STORE_REQUEST_H

#include "store/case.h"

enum request_kind {
	REQUEST_TRANSFER,
	REQUEST_CLOSURE,
	REQUEST_JOIN,
	REQUEST_PART, /* a join taken apart; its answer is always there */
	REQUEST_KINDS
};
struct request_line {
	const char *item, *answer, *words;
};
#define REQUEST_LINES_MAX 24
/* What a colleague did in a case: a code of the record of who did what. */
struct request_act {
	int64_t at, seq;
	const char *action, *by;
};
#define REQUEST_SINCE_MAX 6

struct request {
	struct uid uid; /* made by the caller, so that a retry is no copy */
	struct uid case_uid;
	enum request_kind kind;
	struct uid to_user; /* of a transfer, one of the three */
	const char *to_branch, *to_ns; /* id; a recipient's id */
	const char *reason, *words; /* a code or words; "" */
	struct uid about; /* the consent, or the join; null: none */
	struct uid other; /* of a join: the other case; null: none */
	const struct request_line *lines;
	size_t n_lines;
	/* Filled in by reading. */
	/* Of a join that waits, for who may decide it: where the two differ, as
	 * join_compare() has it. */
	const struct request_line *both;
	size_t n_both;
	struct open_ends ends; /* of a closing that waits */
	/* Of a closing or a join that waits: what others than who reads wrote
	 * in the case (or in either) since it was asked, the newest first; at
	 * most REQUEST_SINCE_MAX of it. */
	const struct request_act *since;
	size_t n_since;
	/* The sequence of the newest of them; 0: none.  To case_close() and
	 * request_answer() it says what of this was read. */
	int64_t seen;
	const char *risk; /* of the case: a code of society->risks, "" */
	struct case_end end; /* how the case ended since, by request_open() */
	char code[CODE_SIZE], other_code[CODE_SIZE];
	int64_t at, answered_at; /* answered_at 0: it waits */
	struct uid by_uid;
	const char *by, *to_login, *answered_by; /* logins, "" */
	const char *answer, *answer_words; /* "accepted", "refused",
					      "withdrawn"; "" */
	int64_t rev; /* of the case, to base the answer on */
	bool mine; /* I asked */
	bool may_answer; /* my role and place allow it, and I did not ask */
	bool may_take_back; /* it waits; I asked, or decide about the case */
};
struct requests {
	struct request *list;
	size_t n;
};

/*
 * Offer a case: to a colleague, to a branch or to another National Society
 * (exactly one).  PERM_ASSIGN.  It leaves the society through the gate, as
 * everything does (rules/disclosure.h), to a recipient of the directory for
 * TRANSFER_PURPOSE and by consent alone; asked again when it is taken, in the
 * transaction that logs the disclosure.  From then on it is as a closed one
 * here, until case_reopen() takes it back.
 * ERR_INPUT: nobody named, no reason, the colleague cannot work on it, no
 * consent; ERR_CONFLICT: something else about this case waits for an answer;
 * the text says what and whose.
 */
int transfer_ask(
    struct session *, const struct request *, struct err *) MUST_USE;

/*
 * Two codes of one person: the first stays open, the other will be closed and
 * goes on being found.  lines: item is a field of a case, answer "keep" or
 * "take" (the other's value).  PERM_JOIN for both cases.  ERR_CONFLICT: something
 * else about one of the two waits for an answer, then or when it is agreed to;
 * the text says what, whose and of which code.
 */
int join_ask(struct session *, const struct request *, struct err *) MUST_USE;
/* Which fields of two cases differ, as lines: item, answer the first's value,
 * words the other's.  Recorded as a look at both; ERR_CONFLICT as join_ask(). */
int join_compare(struct session *, struct uid case_uid, struct uid other,
    struct arena *, struct request *out, struct err *) MUST_USE;
/*
 * Take two codes apart again: each field that still has the value it was given
 * goes back to what it was, the other case opens again.  PERM_JOIN for both,
 * and a reason.  Nothing that waits stands in its way.  ERR_NOT_FOUND: they are not joined.
 */
int join_part(struct session *, struct uid case_uid, const char *reason,
    struct err *) MUST_USE;
/*
 * Answer.  Accepting does what was asked in the same transaction; refusing and
 * taking back (by whoever asked, or who may assign the case) change nothing
 * else.  Refusing needs words.  Nobody accepts what they asked for themselves;
 * another society's answer is recorded by a second one who may assign.
 * rev is the version of the case that was read, for a closing (ERR_CONFLICT
 * when it changed since, or when the person took a yes back after the closing
 * was asked for); seen is that of the request as it was read, for a closing and
 * a join (ERR_CONFLICT when others wrote in the case, or in either, after it).  A case that was closed, or goes on as another, since it was
 * offered is not taken over: ERR_CONFLICT.  ERR_CONFLICT also: somebody
 * answered; the text says who, when and how, also to whom that answer took the
 * case away from.
 */
enum request_answer { ANSWER_ACCEPT, ANSWER_REFUSE, ANSWER_TAKE_BACK };
int request_answer(struct session *, struct uid case_uid, struct uid request,
    enum request_answer, const char *words, int64_t rev, int64_t seen,
    struct err *) MUST_USE;

/*
 * What others wrote in a case since the form of its closing was begun: fills
 * since, n_since and seen of the request, whose case_uid and uid are given.
 * PERM_CASE_READ.
 */
int request_since(
    struct session *, struct request *, struct arena *, struct err *) MUST_USE;

/* One, with its lines: for whoever is to answer it and whom it was offered to,
 * for whoever asked once it is answered, and for whoever may open the case, with
 * a reason where that takes one. */
int request_open(struct session *, struct uid case_uid, struct uid request,
    struct arena *, struct request *, struct err *) MUST_USE;
/* Those of a case, the newest first, without lines. */
int request_list(struct session *, struct uid case_uid, struct arena *,
    struct requests *, struct err *) MUST_USE;

#endif
