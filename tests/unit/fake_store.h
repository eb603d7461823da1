/* SPDX-License-Identifier: ISC */
/*
 * A store that tests of the router steer: what may be done, what is saved,
 * when the disk is full.  It takes the place of src/store in the program that
 * includes it (once).
 */
#ifndef AMPARO_TESTS_FAKE_STORE_H
#define AMPARO_TESTS_FAKE_STORE_H

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "store/draft.h"
#include "store/queue.h"
#include "store/session.h"

static struct fake {
	bool denied[PERM_COUNT]; /* what this person may not */
	int behind; /* calls of session_catch_up() that are left to do */
	bool full; /* drafts cannot be saved */
	struct alarm alarm; /* had 0: none */
	bool changed; /* the next look sees somebody else's commit */
	bool disabled; /* this person, at the next look */
	int saves, drops; /* drafts */
	bool keeps_dropped; /* nothing is left to drop them */
	size_t waiting; /* drafts of earlier days */
	struct draft last;
	struct buf text; /* of the last saved draft */
	int ended; /* sessions that ended */
	enum session_ended how;
} fake;

struct session {
	struct user user;
};

static void
fake_reset(void)
{
	buf_done(&fake.text);
	memset(&fake, 0, sizeof(fake));
	buf_init(&fake.text);
}

int
session_start(const struct sign_in *in, struct session **out, struct err *err)
{
	static struct session session;
	bool right;

	secret_open(in->passphrase);
	right = secret_len(in->passphrase) == 5 &&
		memcmp(secret_view(in->passphrase), "right", 5) == 0;
	secret_close(in->passphrase);
	if (!right)
		return err_set(err, ERR_AUTH, "Not right.");
	memset(&session, 0, sizeof(session));
	snprintf(session.user.login, LOGIN_SIZE, "%s", in->login);
	session.user.name = "Amina";
	*out = &session;
	return 0;
}

void
session_end(struct session *s, enum session_ended how)
{
	if (s == NULL)
		return;
	fake.ended++;
	fake.how = how;
}

const struct user *
session_user(const struct session *s)
{
	return &s->user;
}

void
session_last(
    const struct session *s, int64_t *at, int64_t *event, char fingerprint[64])
{
	(void)s;
	*at = 0;
	*event = 1;
	memcpy(fingerprint, "a-b-c", sizeof("a-b-c"));
}

bool
session_may(const struct session *s, enum permission p)
{
	(void)s;
	return !fake.denied[p];
}

int
session_look(struct session *s, bool *changed, struct err *err)
{
	(void)s;
	if (fake.disabled)
		return err_set(err, ERR_DENIED, "Closed.");
	*changed = fake.changed;
	fake.changed = false;
	return 0;
}

bool
session_behind(const struct session *s)
{
	(void)s;
	return fake.behind > 0;
}

bool
session_alarm(const struct session *s, struct alarm *out)
{
	(void)s;
	*out = fake.alarm;
	return fake.alarm.had > 0;
}

int
session_catch_up(struct session *s, int64_t most_ms, struct err *err)
{
	(void)s;
	(void)most_ms;
	(void)err;
	fake.behind--;
	return 0;
}

bool
session_identity_open(const struct session *s, int *left)
{
	(void)s;
	*left = 0;
	return false;
}

bool
session_idle(const struct session *s)
{
	(void)s;
	return true;
}

int
draft_save(struct session *s, const struct draft *d, const void *p, size_t n,
    struct err *err)
{
	(void)s;
	if (fake.full)
		return err_set(err, ERR_FULL, "The disk is full.");
	fake.saves++;
	fake.last = *d;
	buf_clear(&fake.text);
	buf_add(&fake.text, p, n);
	return 0;
}

int
draft_list(
    struct session *s, struct arena *a, struct drafts *out, struct err *err)
{
	(void)s;
	(void)err;
	out->n = fake.waiting + (fake.saves > fake.drops ? 1 : 0);
	out->list = arena_alloc(a, out->n + 1, sizeof(*out->list));
	out->list[0] = fake.last;
	return 0;
}

int
draft_load(struct session *s, struct uid uid, struct buf *out, struct err *err)
{
	(void)s;
	if (!uid_eq(&uid, &fake.last.uid))
		return err_set(err, ERR_NOT_FOUND, "No such draft.");
	buf_add(out, fake.text.data, fake.text.len);
	return 0;
}

int
draft_drop(struct session *s, struct uid uid, struct err *err)
{
	(void)s;
	(void)uid;
	(void)err;
	fake.drops += !fake.keeps_dropped;
	return 0;
}

int
draft_settle(struct session *s, struct err *err)
{
	(void)s;
	(void)err;
	return 0;
}

int
queue_jump(
    struct session *s, const char *code, struct uid *uid, struct err *err)
{
	char clean[CODE_SIZE];

	(void)s;
	if (code_parse(code, clean) < 0)
		return err_set(err, ERR_INPUT, "A character is wrong.");
	memset(uid, 7, sizeof(*uid));
	return 0;
}

#endif
