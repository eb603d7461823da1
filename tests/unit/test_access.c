/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "rules/access.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

/*
 * The fence, written out a second time by hand: what each role can never
 * have.  c caseworker, s supervisor, o coordinator, a auditor, m
 * administrator, t statistics.
 */
static const struct {
	enum permission perm;
	const char *never;
	bool closed; /* possible on a closed case */
	char reason; /* n never, o not one's own, a always */
	bool reauth;
} want[PERM_COUNT] = {
	{ PERM_NONE, "", true, 'n', false },
	{ PERM_QUEUE, "", true, 'n', false },
	{ PERM_CASE_READ, "amt", true, 'o', false },
	{ PERM_CASE_WRITE, "amt", false, 'n', false },
	{ PERM_CONTACT, "amt", true, 'n', false },
	{ PERM_SEARCH, "oamt", true, 'n', false },
	{ PERM_IDENTITY_READ, "oamt", true, 'a', false },
	{ PERM_IDENTITY_WRITE, "oamt", false, 'a', false },
	{ PERM_SCREEN, "amt", false, 'n', false },
	{ PERM_CONSENT, "amt", true, 'n', false },
	{ PERM_FOLLOW_UP, "amt", true, 'n', false },
	{ PERM_DIRECTORY, "", true, 'n', false },
	{ PERM_REFER, "amt", true, 'n', false },
	{ PERM_AGREE, "amt", true, 'n', false },
	{ PERM_DISCLOSURES, "", true, 'n', false },
	{ PERM_RISK, "amt", false, 'n', false },
	{ PERM_PLAN, "amt", false, 'n', false },
	{ PERM_SERVICE, "amt", true, 'n', false },
	{ PERM_SAFETY_READ, "oamt", true, 'a', false },
	{ PERM_SAFETY_WRITE, "oamt", false, 'a', false },
	{ PERM_ASSIGN, "", false, 'n', false },
	{ PERM_CLOSE, "amt", true, 'n', false },
	{ PERM_RECEIVE, "amt", true, 'n', false },
	{ PERM_APPROVE, "amt", true, 'n', false },
	{ PERM_LINK, "amt", false, 'n', false },
	{ PERM_JOIN, "amt", true, 'n', false },
	{ PERM_HISTORY, "amt", true, 'o', false },
	{ PERM_ACCESS_LOG, "", true, 'n', false },
	{ PERM_USER_MANAGE, "t", true, 'n', true },
	{ PERM_USER_GRANT, "oamt", true, 'n', true },
	{ PERM_VAULT_CARE, "t", true, 'n', false },
	{ PERM_CONFIGURE, "t", true, 'n', false },
};
static const char letters[ROLE_COUNT + 1] = "csoamt";

enum place { OWN, ASSIGNED, BRANCH, NOBODYS, OTHER, PLACES };

static const struct uid me = { { 1 } }, other = { { 2 } };

static struct subject
subject(enum role role)
{
	struct subject s = { .user = me, .role = role, .branch = "Colombo" };

	return s;
}

static struct case_facts
facts(enum place place, bool open, bool sealed)
{
	struct case_facts f = { .owner = other,
		.branch = "Colombo",
		.open = open,
		.sealed = sealed };

	if (place == OWN)
		f.owner = me;
	if (place == ASSIGNED)
		f.assigned = true;
	if (place == NOBODYS)
		memset(&f.owner, 0, sizeof(f.owner));
	if (place == OWN || place == ASSIGNED || place == OTHER)
		memcpy(f.branch, "Jaffna", 7);
	return f;
}

static bool
mine(enum place p)
{
	return p == OWN || p == ASSIGNED;
}

static enum verdict
expected(enum role role, size_t perm, enum scope scope, enum place place,
    bool open, bool sealed)
{
	if (strchr(want[perm].never, letters[role]) != NULL ||
	    perm == PERM_NONE || scope == SCOPE_NOBODY)
		return DENY;
	if (scope == SCOPE_OWN && !mine(place))
		return DENY;
	if (scope == SCOPE_BRANCH && place == OTHER)
		return DENY;
	if (!open && !want[perm].closed)
		return DENY;
	if (sealed && !mine(place))
		return NEED_SECOND;
	if (want[perm].reason == 'a' ||
	    (want[perm].reason == 'o' && !mine(place) && place != NOBODYS))
		return NEED_REASON;
	return want[perm].reauth ? NEED_REAUTH : ALLOW;
}

static void
harm_12_every_role_permission_scope_and_case(void **state)
{
	int allowed = 0, refused = 0;

	(void)state;
	for (int role = 0; role < ROLE_COUNT; role++)
		for (int perm = 0; perm < PERM_COUNT; perm++)
			for (int scope = 0; scope <= SCOPE_ALL; scope++)
				for (int place = 0; place < PLACES; place++)
					for (int bits = 0; bits < 8; bits++) {
						struct subject s =
						    subject((enum role)role);
						struct case_facts f = facts(
						    (enum place)place, bits & 1,
						    (bits & 2) != 0);
						struct grants g = { 0 };
						enum verdict v, w;

						/* Taken over: as if closed. */
						f.away = (bits & 4) != 0;
						g.scope[role][perm] =
						    (uint8_t)scope;
						v = authz(&g, &s,
						    (enum permission)perm, &f);
						w = expected((enum role)role,
						    (size_t)perm,
						    (enum scope)scope,
						    (enum place)place,
						    (bits & 5) == 1,
						    (bits & 2) != 0);
						if (v != w)
							fail_msg(
							    "role %d perm %d "
							    "scope %d place %d "
							    "bits %d: "
							    "%d, not %d",
							    role, perm, scope,
							    place, bits, v, w);
						/* With everything given that can be asked for: all or none. */
						s.reason_given =
						    s.second_agreed =
							s.reauth_fresh = true;
						v = authz(&g, &s,
						    (enum permission)perm, &f);
						assert_int_equal(v,
						    w == DENY ? DENY : ALLOW);
						if (v == ALLOW)
							allowed++;
						else
							refused++;
						/* And to a disabled person nothing. */
						s.disabled = true;
						assert_int_equal(
						    authz(&g, &s,
							(enum permission)perm,
							&f),
						    DENY);
					}
	/* Neither side of the matrix is empty. */
	assert_true(allowed > 800);
	assert_true(refused > 800);
}

static void
about_no_case_the_scope_alone_counts(void **state)
{
	(void)state;
	for (int role = 0; role < ROLE_COUNT; role++)
		for (int perm = 0; perm < PERM_COUNT; perm++)
			for (int scope = 0; scope <= SCOPE_ALL; scope++) {
				struct subject s = subject((enum role)role);
				struct grants g = { 0 };
				bool fenced = strchr(want[perm].never,
						  letters[role]) != NULL;
				enum verdict v, w = ALLOW;

				g.scope[role][perm] = (uint8_t)scope;
				v = authz(&g, &s, (enum permission)perm, NULL);
				if (perm != PERM_NONE &&
				    (fenced || scope == SCOPE_NOBODY))
					w = DENY;
				else if (want[perm].reauth)
					w = NEED_REAUTH;
				assert_int_equal(v, w);
			}
}

/* Change one cell of an empty matrix: exactly that role and permission move,
 * and only where the fence lets them. */
static void
harm_12_one_cell_moves_one_right(void **state)
{
	struct case_facts f = facts(BRANCH, true, false);

	(void)state;
	for (int role = 0; role < ROLE_COUNT; role++)
		for (int perm = 1; perm < PERM_COUNT; perm++) {
			struct grants g = { 0 };

			g.scope[role][perm] = SCOPE_ALL;
			for (int r = 0; r < ROLE_COUNT; r++)
				for (int p = 1; p < PERM_COUNT; p++) {
					struct subject s =
					    subject((enum role)r);
					bool fenced =
					    strchr(want[perm].never,
						letters[role]) != NULL;
					bool moved =
					    r == role && p == perm && !fenced;

					s.reason_given = s.second_agreed = true;
					s.reauth_fresh = true;
					assert_int_equal(
					    authz(
						&g, &s, (enum permission)p, &f),
					    moved ? ALLOW : DENY);
				}
		}
}

static void
the_fence_is_reported(void **state)
{
	(void)state;
	for (int role = 0; role < ROLE_COUNT; role++)
		for (int perm = 0; perm < PERM_COUNT; perm++) {
			struct grants g = { 0 };
			bool fenced =
			    strchr(want[perm].never, letters[role]) != NULL;

			assert_int_equal(want[perm].perm, perm);
			assert_int_equal(access_fenced((enum role)role,
					     (enum permission)perm),
			    fenced);
			assert_int_equal(
			    access_check_grants(
				&g, (enum role)role, (enum permission)perm),
			    0);
			g.scope[role][perm] = SCOPE_OWN;
			assert_int_equal(
			    access_check_grants(
				&g, (enum role)role, (enum permission)perm),
			    fenced ? -1 : 0);
			g.scope[role][perm] = SCOPE_ALL + 1;
			assert_int_equal(
			    access_check_grants(
				&g, (enum role)role, (enum permission)perm),
			    -1);
		}
}

static void
harm_13_who_may_hold_identity(void **state)
{
	(void)state;
	for (int role = -1; role <= ROLE_COUNT; role++)
		assert_int_equal(role_may_hold_identity((enum role)role),
		    role == ROLE_CASEWORKER || role == ROLE_SUPERVISOR);
}

static void
nonsense_is_denied(void **state)
{
	struct case_facts f = facts(OWN, true, false);
	struct subject s = subject(ROLE_CASEWORKER);
	struct grants g;

	(void)state;
	memset(&g, 0xff, sizeof(g));
	assert_int_equal(authz(&g, &s, PERM_CASE_READ, &f), DENY);
	memset(&g, SCOPE_ALL, sizeof(g));
	assert_int_equal(authz(&g, &s, PERM_COUNT, &f), DENY);
	assert_int_equal(authz(&g, &s, (enum permission) - 1, NULL), DENY);
	s.role = ROLE_COUNT;
	assert_int_equal(authz(&g, &s, PERM_CASE_READ, &f), DENY);
	assert_true(access_fenced(ROLE_COUNT, PERM_QUEUE));
	/* No branch equals an empty one; nobody owns with the null user. */
	memset(&s, 0, sizeof(s));
	memset(&f, 0, sizeof(f));
	memset(&g, SCOPE_BRANCH, sizeof(g));
	f.open = true;
	assert_int_equal(authz(&g, &s, PERM_CASE_WRITE, &f), DENY);
}

static void
a_verdict_says_what_to_do(void **state)
{
	static const struct {
		enum verdict v;
		enum err_kind kind;
	} rows[] = {
		{ ALLOW, ERR_NONE },
		{ DENY, ERR_DENIED },
		{ NEED_REASON, ERR_REASON },
		{ NEED_SECOND, ERR_SECOND },
		{ NEED_REAUTH, ERR_AUTH },
	};
	struct err e;

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		assert_int_equal(
		    access_err(rows[i].v, &e), rows[i].v == ALLOW ? 0 : -1);
		assert_int_equal(e.kind, rows[i].kind);
	}
}

/* How to reach somebody: by the card's right, else by following up. */
static void
harm_14_who_covers_may_reach(void **state)
{
	static const struct {
		enum role role;
		enum scope card, follow;
		bool own;
		enum permission want;
	} t[] = {
		{ ROLE_CASEWORKER, SCOPE_OWN, SCOPE_BRANCH, true,
		    PERM_IDENTITY_READ },
		{ ROLE_CASEWORKER, SCOPE_OWN, SCOPE_BRANCH, false,
		    PERM_FOLLOW_UP },
		{ ROLE_CASEWORKER, SCOPE_OWN, SCOPE_OWN, false,
		    PERM_IDENTITY_READ },
		{ ROLE_SUPERVISOR, SCOPE_BRANCH, SCOPE_BRANCH, false,
		    PERM_IDENTITY_READ },
		{ ROLE_COORDINATOR, SCOPE_NOBODY, SCOPE_ALL, false,
		    PERM_IDENTITY_READ },
	};

	(void)state;
	for (size_t i = 0; i < N(t); i++) {
		struct grants g = { 0 };
		struct subject s = {
			.role = t[i].role, .branch = "b", .reason_given = true
		};
		struct case_facts f = {
			.open = true, .assigned = t[i].own, .branch = "b"
		};

		f.owner.b[0] = 1;
		s.user.b[0] = 2;
		g.scope[t[i].role][PERM_IDENTITY_READ] = (uint8_t)t[i].card;
		g.scope[t[i].role][PERM_FOLLOW_UP] = (uint8_t)t[i].follow;
		assert_int_equal(access_reach(&g, &s, &f), t[i].want);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_12_every_role_permission_scope_and_case),
		cmocka_unit_test(about_no_case_the_scope_alone_counts),
		cmocka_unit_test(harm_12_one_cell_moves_one_right),
		cmocka_unit_test(the_fence_is_reported),
		cmocka_unit_test(harm_13_who_may_hold_identity),
		cmocka_unit_test(harm_14_who_covers_may_reach),
		cmocka_unit_test(nonsense_is_denied),
		cmocka_unit_test(a_verdict_says_what_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
