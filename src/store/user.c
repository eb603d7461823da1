/* SPDX-License-Identifier: ISC */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "store/record.h"
#include "store/session_inside.h"
#include "store/user.h"
#include "store/user_write.h"
#include "vault/throttle.h"

#define USER_COLUMNS                                                   \
	"uid, rev, login, name, worker_code, role, branch, disabled, " \
	"made_at, last_sign_in, ssh_key, language, theme, start"
#define NAME_MAX_BYTES 200

/* Everything a change of people needs at once: both locks, in their order. */
struct change_of {
	struct session *s;
	struct keyring *kr;
	struct tx tx;
	struct user user; /* whom it is about, where there is one */
	struct arena arena; /* and their strings */
};

static void
read_user(sqlite3_stmt *st, struct user *u, struct arena *a)
{
	int role = role_from_name(col_text(st, 5));

	*u = (struct user){
		.uid = col_uid(st, 0),
		.rev = col_int(st, 1),
		.name = col_str(st, 3, a),
		.worker_code = col_str(st, 4, a),
		.role = role == -1 ? ROLE_STATISTICS : (enum role)role,
		.disabled = col_bool(st, 7),
		.made_at = col_int(st, 8),
		.last_sign_in = col_int(st, 9),
	};
	col_copy(st, 10, u->ssh_key, sizeof(u->ssh_key));
	col_copy(st, 11, u->language, sizeof(u->language));
	col_copy(st, 12, u->theme, sizeof(u->theme));
	col_copy(st, 13, u->start, sizeof(u->start));
	col_copy(st, 2, u->login, sizeof(u->login));
	col_copy(st, 6, u->branch, sizeof(u->branch));
}

/* One who is not in the keyring shows as neither. */
static void
read_slot(const struct keyring *kr, struct user *u)
{
	struct slot_info slot;

	if (keyring_find(kr, &u->uid, &slot, NULL) == -1)
		return;
	u->pending = slot.type == SLOT_PENDING;
	u->has_identity = slot.identity;
}

int
user_list(
    struct session *s, struct arena *a, struct users *out, struct err *err)
{
	struct users list = { .n = 0 };
	struct keyring *kr = NULL;
	sqlite3_stmt *st;
	struct tx tx;
	int64_t n = 0;
	int rc = -1, got;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .perm = PERM_NONE,
		    .action = "user.list",
		    .again_ok = true },
		err) == -1 ||
	    keyring_load(s->vault, &kr, err) == -1 ||
	    keyring_verify(kr, s->keys.case_root, err) == -1 ||
	    tx_int(&tx, "SELECT count(*) FROM colleague", NO_VALS, &n) == -1)
		goto out;
	list.list = arena_alloc(a, (size_t)n + 1, sizeof(*list.list));
	st = tx_query(&tx,
	    "SELECT " USER_COLUMNS " FROM colleague WHERE deleted_hlc = 0 "
	    "ORDER BY login",
	    NO_VALS);
	if (st == NULL)
		goto out;
	while ((got = tx_row(&tx, st)) == 1) {
		read_user(st, &list.list[list.n], a);
		read_slot(kr, &list.list[list.n++]);
	}
	if (got == 0 && tx_commit(&tx) == 0) {
		*out = list;
		rc = 0;
	}
out:
	tx_abort(&tx);
	keyring_free(kr);
	return rc;
}

/* --- changing -------------------------------------------------------------------- */
static void
end(struct change_of *c)
{
	tx_abort(&c->tx);
	session_keyring_end(c->s, c->kr);
	arena_done(&c->arena);
}

/* c holds the session, and whom it is about where that is known; after a
 * failure there is nothing to end. */
static int
begin(struct change_of *c, enum permission perm, const char *action,
    const struct uid *whom, struct err *err)
{
	if (session_keyring_begin(c->s, &c->kr, err) == -1) {
		arena_done(&c->arena);
		return -1;
	}
	if (tx_begin(&c->tx, c->s,
		&(const struct tx_what){ .perm = perm,
		    .object = whom,
		    .action = action,
		    .wrote = true },
		err) == 0)
		return 0;
	end(c);
	return -1;
}

int
user_find(struct db *db, const char *login, struct user *u, struct arena *a,
    struct err *err)
{
	char low[LOGIN_SIZE];
	sqlite3_stmt *st;
	size_t i;
	int rc;

	for (i = 0; login[i] != '\0' && i < sizeof(low) - 1; i++)
		low[i] = (char)tolower((unsigned char)login[i]);
	low[i] = '\0';
	st = db_query(db,
	    "SELECT " USER_COLUMNS " FROM colleague "
	    "WHERE login = ?1 AND deleted_hlc = 0",
	    VALS(v_str(low)), err);
	if (st == NULL)
		return -1;
	rc = db_row(db, st, err);
	if (rc == 1) {
		read_user(st, u, a);
		stmt_done(st);
	}
	return rc;
}

/* Whom it is about must be known before the transaction that names them; it
 * is the uid that counts, and that never changes. */
static int
find_other(struct session *s, const char *login, struct arena *a,
    struct user *u, struct err *err)
{
	int rc = user_find(&s->cases, login, u, a, err);

	if (rc == 0)
		return err_set(err, ERR_NOT_FOUND,
		    _("Nobody here has the login \"%s\"."), login);
	if (rc == -1)
		return -1;
	if (uid_eq(&u->uid, &s->user.uid))
		return err_set(err, ERR_INPUT,
		    _("Nobody changes their own place here. Ask another person "
		      "who manages people."));
	return 0;
}

/* Begin a change of somebody else, who is c->user until its end. */
static int
begin_other(struct change_of *c, struct session *s, const char *login,
    enum permission perm, const char *action, struct err *err)
{
	*c = (struct change_of){ .s = s };
	if (find_other(s, login, &c->arena, &c->user, err) == -1) {
		arena_done(&c->arena);
		return -1;
	}
	return begin(c, perm, action, &c->user.uid, err);
}

/* People in the keyring whom the database does not know: left by a crash in
 * the middle of adding them, and in the way of adding them again. */
static int
drop_strays(struct change_of *c)
{
	struct slot_info slot;
	int64_t there = 0;
	int rc;

	for (size_t i = keyring_count(c->kr); i-- > 0;) {
		keyring_slot(c->kr, i, &slot);
		if (slot.type == SLOT_RECOVERY)
			continue;
		rc = tx_int(&c->tx, "SELECT 1 FROM colleague WHERE uid = ?1",
		    VALS(v_uid0(&slot.user)), &there);
		if (rc == -1 || (rc == 0 && keyring_remove(c->kr, &slot.user,
						c->tx.err) == -1))
			return -1;
	}
	return 0;
}

/* A role that may hold the identity root gets it from somebody who holds it
 * and may hand it on; otherwise it is granted later. */
static bool
hand_identity(const struct change_of *c, enum role role)
{
	return role_may_hold_identity(role) && session_holds_identity(c->s) &&
	       tx_verdict(&c->tx, PERM_USER_GRANT, NULL) == ALLOW;
}

static int
check_branch(const struct society *society, const char *branch, struct err *err)
{
	for (size_t i = 0; i < society->branches.n; i++)
		if (strcmp(society->branches.list[i].id, branch) == 0)
			return 0;
	if (society->branches.n == 0 && strlen(branch) < BRANCH_SIZE)
		return 0;
	return err_set(err, ERR_INPUT,
	    _("There is no branch \"%s\" in the configuration."), branch);
}

bool
can_be_shown(const char *name)
{
	size_t removed = 0;
	struct buf clean;

	if (strpbrk(name, "\n\r\t") != NULL || !utf8_valid(name, strlen(name)))
		return false;
	buf_init(&clean);
	utf8_clean(&clean, name, strlen(name), false, &removed);
	buf_done(&clean);
	return removed == 0;
}

int
user_check_words(const struct society *society, const char *login,
    const char *name, const char *branch, struct err *err)
{
	if (login != NULL && !login_valid(login))
		return err_set(err, ERR_INPUT,
		    _("A login is 2 to 32 letters a to z, digits, dots, dashes "
		      "or underscores, beginning with a letter."));
	if (name != NULL && (name[0] == '\0' || strlen(name) > NAME_MAX_BYTES))
		return err_set(err, ERR_INPUT,
		    _("Give the name that colleagues use, at most %d bytes."),
		    NAME_MAX_BYTES);
	if (name != NULL && !can_be_shown(name))
		return err_set(err, ERR_INPUT,
		    _("This name holds characters that cannot be shown "
		      "(control, direction or hidden ones, or no UTF-8). Type "
		      "it again without them."));
	return branch == NULL ? 0 : check_branch(society, branch, err);
}

int
user_check_new(struct session *s, const char *login, const char *name,
    const char *branch, struct err *err)
{
	return user_check_words(s->society, login, name, branch, err);
}

int
user_insert(struct tx *tx, const struct uid *uid, const char *login,
    const char *name, enum role role, const char *branch)
{
	char code[CODE_SIZE], low[LOGIN_SIZE];
	size_t i;
	int rc;

	for (i = 0; login[i] != '\0' && i < sizeof(low) - 1; i++)
		low[i] = (char)tolower((unsigned char)login[i]);
	low[i] = '\0';
	code_new(code);
	rc = record_insert(tx, REC_USER, NULL, uid,
	    COLS({ "login", v_str(low) }, { "name", v_str(name) },
		{ "worker_code", v_str(code) },
		{ "role", v_str(role_name(role)) },
		{ "branch", v_str(branch) }));
	return rc == -1 ? -1 : 0;
}

bool
user_waits_for_key(const struct user *u)
{
	return !u->disabled && !u->has_identity &&
	       role_may_hold_identity(u->role);
}

int
user_add(struct session *s, const char *login, const char *name, enum role role,
    const char *branch, char code[ENROL_CODE_SIZE], struct err *err)
{
	struct uid uid = uid_new();
	struct change_of c = { .s = s };
	int64_t expires;
	int rc = -1;

	if (user_check_new(s, login, name, branch, err) == -1 ||
	    begin(&c, PERM_USER_MANAGE, "user.add", &uid, err) == -1)
		return -1;
	switch (user_find(&s->cases, login, &c.user, &c.arena, err)) {
	case 1:
		(void)err_set(err, ERR_CONFLICT,
		    _("The login \"%s\" is taken. Choose another."), login);
		goto out;
	case 0:
		break;
	default:
		goto out;
	}
	if (drop_strays(&c) == -1 ||
	    user_insert(&c.tx, &uid, login, name, role, branch) == -1 ||
	    keyring_enrol(c.kr, &s->keys, login, &uid, hand_identity(&c, role),
		clock_now(), code, &expires, err) == -1)
		goto out;
	if (session_keyring_save(&c.tx, c.kr) == 0)
		rc = tx_commit(&c.tx);
	if (rc == -1)
		wipe(code, ENROL_CODE_SIZE);
out:
	end(&c);
	return rc;
}

int
user_set_role(struct session *s, const char *login, enum role role,
    const char *branch, struct err *err)
{
	const struct change want[] = { { "role", role_name(role) },
		{ "branch", branch } };
	struct slot_info slot;
	struct change_of c;
	int rc = -1;

	if (check_branch(s->society, branch, err) == -1 ||
	    begin_other(&c, s, login, PERM_USER_MANAGE, "user.role", err) == -1)
		return -1;
	if (role != c.user.role &&
	    user_not_last(s, &c.tx, c.kr, &c.user, err) == -1)
		goto out;
	if (record_update(&c.tx, REC_USER, NULL, &c.user.uid, &c.user.rev, want,
		2, &c.arena, NULL) == -1)
		goto out;
	/* A role that may not know who people are loses the root with it. */
	if (!role_may_hold_identity(role) &&
	    keyring_find(c.kr, &c.user.uid, &slot, NULL) == 0 &&
	    slot.identity &&
	    (keyring_revoke_identity(c.kr, &c.user.uid, err) == -1 ||
		session_keyring_save(&c.tx, c.kr) == -1))
		goto out;
	rc = tx_commit(&c.tx);
out:
	end(&c);
	return rc;
}

static int
set_disabled(struct change_of *c, bool disabled)
{
	return record_set(&c->tx, REC_USER, NULL, &c->user.uid,
	    COLS({ "disabled", v_int(disabled) }));
}

/* Whoever has no place in the keyring has nothing to be shut out of. */
static int
shut_out(struct change_of *c, struct err *err)
{
	struct slot_info slot;

	if (keyring_find(c->kr, &c->user.uid, &slot, NULL) == -1)
		return 0;
	return keyring_disable(c->kr, &c->user.uid, err) == -1
		   ? -1
		   : session_keyring_save(&c->tx, c->kr);
}

int
user_disable(
    struct session *s, const char *login, bool last_too, struct err *err)
{
	struct change_of c;
	int rc = -1;

	if (begin_other(&c, s, login, PERM_USER_MANAGE, "user.disable", err) ==
	    -1)
		return -1;
	if ((last_too || user_not_last(s, &c.tx, c.kr, &c.user, err) == 0) &&
	    set_disabled(&c, true) == 0 && shut_out(&c, err) == 0)
		rc = tx_commit(&c.tx);
	end(&c);
	return rc;
}

int
user_enable(struct session *s, const char *login, struct err *err)
{
	struct change_of c;
	int rc = -1;

	if (begin_other(&c, s, login, PERM_USER_MANAGE, "user.enable", err) ==
	    -1)
		return -1;
	if (set_disabled(&c, false) == 0)
		rc = tx_commit(&c.tx);
	end(&c);
	return rc;
}

/* Failures counted against a person end with their new code. */
static int
forgive(struct change_of *c, struct err *err)
{
	struct uid vault = keyring_vault(c->kr);
	struct throttle_key key;

	throttle_key(&key, &vault, c->user.login, "");
	return throttle_reset(c->s->dirfd, &key, err);
}

/* In a vault put back from a copy without people there is no place yet. */
static int
new_code(struct change_of *c, char code[ENROL_CODE_SIZE], struct err *err)
{
	const struct user *u = &c->user;
	const struct unlocked *by = &c->s->keys;
	bool identity = hand_identity(c, u->role);
	struct slot_info slot;
	int64_t expires;

	if (keyring_find(c->kr, &u->uid, &slot, NULL) == 0)
		return keyring_reset(c->kr, by, &u->uid, identity, clock_now(),
		    code, &expires, err);
	return keyring_enrol(c->kr, by, u->login, &u->uid, identity,
	    clock_now(), code, &expires, err);
}

int
user_reset(struct session *s, const char *login, char code[ENROL_CODE_SIZE],
    struct err *err)
{
	struct change_of c;
	int rc = -1;

	if (begin_other(&c, s, login, PERM_USER_MANAGE, "user.reset", err) ==
	    -1)
		return -1;
	if (c.user.disabled) {
		(void)err_set(err, ERR_INPUT,
		    _("This person is disabled. Enable them first, then give "
		      "them a new code."));
		goto out;
	}
	/* Whoever holds the root seals it to the new place. */
	if ((hand_identity(&c, c.user.role) ||
		user_not_last(s, &c.tx, c.kr, &c.user, err) == 0) &&
	    new_code(&c, code, err) == 0 &&
	    session_keyring_save(&c.tx, c.kr) == 0)
		rc = tx_commit(&c.tx);
	if (rc == 0)
		rc = forgive(&c, err);
	if (rc == -1)
		wipe(code, ENROL_CODE_SIZE);
out:
	end(&c);
	return rc;
}

int
user_grant_identity(struct session *s, const char *login, struct err *err)
{
	struct change_of c;
	int rc = -1;

	if (begin_other(&c, s, login, PERM_USER_GRANT, "user.grant-identity",
		err) == -1)
		return -1;
	if (!role_may_hold_identity(c.user.role)) {
		(void)err_set(err, ERR_DENIED,
		    _("The role of this person may not know who people are."));
		goto out;
	}
	if (keyring_grant_identity(c.kr, &s->keys, &c.user.uid, err) == 0 &&
	    session_keyring_save(&c.tx, c.kr) == 0)
		rc = tx_commit(&c.tx);
out:
	end(&c);
	return rc;
}

/* One column of a colleague, with its history and its event. */
static int
set_column(struct session *s, const char *login, const char *action,
    const char *column, const char *value, struct err *err)
{
	struct change_of c;
	int rc = -1;

	if (begin_other(&c, s, login, PERM_USER_MANAGE, action, err) == -1)
		return -1;
	if (record_set(&c.tx, REC_USER, NULL, &c.user.uid,
		COLS({ column, v_str(value) })) == 0)
		rc = tx_commit(&c.tx);
	end(&c);
	return rc;
}

int
user_set_ssh_key(
    struct session *s, const char *login, const char *key, struct err *err)
{
	char print[SSH_FINGERPRINT_SIZE] = "";
	int64_t theirs = 0;
	int rc;

	if (strcmp(key, "-") != 0 &&
	    !ssh_fingerprint(key, print, sizeof(print)))
		return err_set(err, ERR_INPUT,
		    _("That is no SSH public key and no fingerprint. Give "
		      "\"SHA256:...\" as ssh-keygen -l prints it, the line of "
		      "the .pub file in quotes, or - for none."));
	rc = print[0] == '\0'
		 ? 0
		 : db_int(&s->cases,
		       "SELECT 1 FROM colleague WHERE ssh_key = ?1 AND "
		       "login <> lower(?2) AND deleted_hlc = 0",
		       VALS(v_str(print), v_str(login)), &theirs, err);
	if (rc == -1)
		return -1;
	if (theirs == 1)
		return err_set(err, ERR_CONFLICT,
		    _("That key is somebody else's here. Each person has a "
		      "key of their own."));
	return set_column(s, login, "user.ssh-key", "ssh_key", print, err);
}

static int
check_language(const char *code, struct err *err)
{
	if (*code == '\0' || i18n_has(code))
		return 0;
	return err_set(err, ERR_INPUT,
	    _("There is no translation \"%s\" here. Give a language "
	      "like en or es, or - for the society's."),
	    code);
}

int
user_set_language(
    struct session *s, const char *login, const char *code, struct err *err)
{
	if (strcmp(code, "-") == 0)
		code = "";
	if (check_language(code, err) == -1)
		return -1;
	return set_column(s, login, "user.language", "language", code, err);
}

int
user_choose(struct session *s, const char *language, const char *theme,
    const char *start, struct err *err)
{
	struct tx tx;
	int rc = -1;

	if (check_language(language, err) == -1)
		return -1;
	if (tx_begin(&tx, s,
		&(const struct tx_what){ .perm = PERM_NONE,
		    .object = &s->user.uid,
		    .action = "user.choose",
		    .wrote = true },
		err) == 0 &&
	    record_set(&tx, REC_USER, NULL, &s->user.uid,
		COLS({ "language", v_str(language) }, { "theme", v_str(theme) },
		    { "start", v_str(start) })) == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	return rc == 0 ? session_refresh(s, err) : -1;
}
