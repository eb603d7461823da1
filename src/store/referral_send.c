/* SPDX-License-Identifier: ISC */
/*
 * Sending: identity.db first, cases.db last.  The gate is asked in both
 * transactions, and only what the second one recorded is handed back; so a
 * withdrawal between the two leaves nothing, neither read nor sent.
 */
#include <string.h>

#include "base/i18n.h"
#include "store/referral_inside.h"

#define OWN_WORDS 9

struct sending {
	struct session *s;
	struct uid case_uid, referral;
	struct arena *arena;
	struct referral r;
	struct composing what;
	struct egress_verdict verdict;
	struct preview_field own[OWN_WORDS];
	size_t n_own;
	enum egress_why why;
	const char *says; /* why, and what can be done instead */
	unsigned shows; /* set of enum data_scope: all they would learn */
	int64_t harmed_at; /* as in struct preview */
	const char *heed;
};

/* --- what goes --------------------------------------------------------------------------- */

/* Read the referral and ask the gate, in this transaction. */
static int
ask_gate(struct tx *tx, struct sending *g)
{
	struct egress e;

	if (referral_read(tx, &g->case_uid, &g->referral, g->arena, &g->r) ==
		-1 ||
	    egress_load(tx, &g->case_uid, g->r.recipient, g->r.purpose,
		g->arena, &e) == -1)
		return -1;
	g->why = referral_gate(&g->r, &e, &g->verdict);
	g->says = egress_says(&e, g->why, g->arena);
	g->shows = referral_shows(&g->r, &e);
	g->harmed_at = e.harmed_at;
	g->heed = g->r.state == REFERRAL_IS_PREPARED && e.recipient != NULL
		      ? e.heed
		      : "";
	g->what.s = g->s;
	g->what.case_uid = g->case_uid;
	g->what.arena = g->arena;
	g->what.fields = g->r.fields & FIELDS_ALL;
	g->what.allowed = g->verdict.allowed;
	return 0;
}

static void
own(struct sending *g, const char *label, const char *value)
{
	if (value[0] == '\0' || g->n_own == OWN_WORDS)
		return;
	g->own[g->n_own++] = (struct preview_field){ .label = label,
		.value = value,
		.scope = DATA_NEEDS,
		.released = true };
}

/* The referral's own words; who sends is a code, never a name. */
static int
own_words(struct tx *tx, struct sending *g)
{
	static const char sql[] = "SELECT code FROM case_file WHERE uid = ?1";
	const struct referral *r = &g->r;
	sqlite3_stmt *st;

	g->n_own = 0;
	if ((r->fields >> FIELD_WORDS & 1) == 0 ||
	    (g->verdict.allowed & data_scope_bit(DATA_NEEDS)) == 0)
		return 0;
	st = db_query(&tx->s->cases, sql, VALS(v_uid0(&g->case_uid)), tx->err);
	if (st == NULL || db_row(&tx->s->cases, st, tx->err) != 1)
		return -1;
	own(g, _("Reference"), col_str(st, 0, g->arena));
	stmt_done(st);
	own(g, _("From"),
	    arena_printf(g->arena, "%s %s", tx->s->society->cover_name,
		tx->s->user.worker_code));
	own(g, _("Why"), r->reason);
	own(g, _("Asked for"), r->asked);
	own(g, _("Done already"), r->given);
	own(g, _("Needed to come"), r->access);
	own(g, _("Contact only so"), r->restrictions);
	own(g, _("To be safe, know"), r->risks);
	own(g, _("Tell us back"), r->tell_back);
	return 0;
}

static void
finish(struct sending *g, struct preview *out)
{
	struct preview all = { .why = "", .warn = "" };

	compose_list(&g->what, &all);
	out->list =
	    arena_alloc(g->arena, all.n + OWN_WORDS + 1, sizeof(*out->list));
	for (size_t i = 0; i < g->n_own; i++)
		out->list[out->n++] = g->own[i];
	for (size_t i = 0; i < all.n; i++)
		out->list[out->n++] = all.list[i];
	if (g->n_own == 0)
		out->list[out->n++] =
		    (struct preview_field){ .label =
						_("What this referral says"),
			    .value = "",
			    .scope = DATA_NEEDS };
	out->warn = compose_telling(g->s->society, out, g->arena);
	out->harmed_at = g->harmed_at;
	out->heed = g->heed;
}

/* A word that tells, where money is paid: "" none. */
static const char *
on_a_payment(const struct sending *g, const struct preview *p)
{
	const struct society *so = g->s->society;

	if (p->warn[0] == '\0' ||
	    !referral_pays(
		so, society_recipient(so, g->r.recipient), g->r.purpose))
		return "";
	return arena_printf(g->arena, "%s %s", p->warn,
	    _("Money is paid here: others read what is written on it."));
}

/* The condition that failed, for which data, and what can be done instead. */
static const char *
refusal(const struct sending *g)
{
	const struct release_rule *rule = g->verdict.rule;

	if (g->why == EGRESS_COUNTRY && rule != NULL)
		return arena_printf(
		    g->arena, "%s %s", egress_why_words(g->why), rule->words);
	for (int i = 0; i < DATA_COUNT; i++) {
		if ((g->shows & data_scope_bit((enum data_scope)i)) != 0 &&
		    g->verdict.why[i] == g->why)
			return arena_printf(g->arena, "%s: %s",
			    label_of(&g->s->society->data_scopes,
				data_scope_name((enum data_scope)i)),
			    g->says);
	}
	return g->says;
}

/* --- identity.db ---------------------------------------------------------------------------- */

/* What identity.db has of it.  Without a need the database stays closed. */
static int
from_identity(struct sending *g, const char *action, struct err *err)
{
	struct tx tx;
	int rc = -1;

	if (!compose_needs_identity(&g->what))
		return 0;
	if (tx_begin(&tx, g->s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_IDENTITY_READ,
		    .case_uid = &g->case_uid,
		    .object = &g->referral,
		    .action = action,
		    .reason = "to tell a recipient what the person agreed to" },
		err) == -1)
		return -1;
	if (ask_gate(&tx, g) == 0 &&
	    (g->why != EGRESS_ALLOWED ||
		compose_from_identity(&tx, &g->what) == 0))
		rc = tx_commit(&tx);
	tx_abort(&tx);
	return rc;
}

/* --- preview ------------------------------------------------------------------------------------ */

/* The gate's answer before anything of identity.db is opened. */
static int
look_first(struct sending *g, const char *action, struct err *err)
{
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, g->s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_REFER,
		    .case_uid = &g->case_uid,
		    .object = &g->referral,
		    .action = action },
		err) == -1)
		return -1;
	if (ask_gate(&tx, g) == 0 && own_words(&tx, g) == 0 &&
	    compose_from_cases(&tx, &g->what) == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	return rc;
}

int
referral_preview(struct session *s, struct uid case_uid, struct uid referral,
    struct arena *a, struct preview *out, struct err *err)
{
	struct sending g = {
		.s = s, .case_uid = case_uid, .referral = referral, .arena = a
	};
	struct preview found = { .why = "", .warn = "" };

	if (look_first(&g, "referral.preview", err) == -1 ||
	    from_identity(&g, "referral.preview", err) == -1)
		return -1;
	finish(&g, &found);
	if (g.r.state == REFERRAL_IS_PREPARED && g.why != EGRESS_ALLOWED)
		found.why = refusal(&g);
	else if (g.r.state == REFERRAL_IS_PREPARED)
		found.why = on_a_payment(&g, &found);
	*out = found;
	return 0;
}

/* --- sending ------------------------------------------------------------------------------------ */

static int
may_go(const struct sending *g, struct err *e)
{
	if (referral_must_be(&g->r, REFERRAL_IS_PREPARED,
		_("Nothing was sent now."), e) == -1)
		return -1;
	if (g->why != EGRESS_ALLOWED)
		return err_set(
		    e, ERR_INPUT, _("Nothing was sent. %s"), refusal(g));
	/* A number never goes without what keeps it safe. */
	if (g->what.number_held)
		return err_set(e, ERR_INPUT,
		    _("Nothing was sent. Read first how the person can be "
		      "reached: the number goes with that."));
	return 0;
}

static int
disclose(struct tx *tx, const struct sending *g, struct uid *uid)
{
	unsigned scope = g->shows & g->verdict.allowed;

	*uid = (struct uid){ { 0 } };
	/* Who was called or gone to knows of somebody, whatever was read out;
	 * only where the person goes themselves nobody does. */
	if (strcmp(g->r.mode, referral_mode_name(REFERRAL_INFO)) == 0)
		return 0;
	*uid = uid_new();
	return record_insert(tx, REC_DISCLOSURE, &g->case_uid, uid,
		   COLS({ "consent", v_uid0(&g->verdict.consent) },
		       { "act", v_uid(&g->verdict.act) },
		       { "referral", v_uid(&g->referral) },
		       { "at", v_int(tx->now) },
		       { "recipient", v_str(g->r.recipient) },
		       { "purpose", v_str(g->r.purpose) },
		       { "scope", v_int(scope) },
		       { "how", v_str(g->r.mode) })) == -1
		   ? -1
		   : 0;
}

/* A place that is full since then is no longer what was looked at. */
static bool
heed_same(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

bool
preview_same(const struct preview *a, const struct preview *b)
{
	if (a->n != b->n || strcmp(a->why, b->why) != 0 ||
	    a->harmed_at != b->harmed_at || !heed_same(a->heed, b->heed))
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->list[i].released != b->list[i].released ||
		    strcmp(a->list[i].label, b->list[i].label) != 0 ||
		    strcmp(a->list[i].value, b->list[i].value) != 0)
			return false;
	return true;
}

/* What goes, in the transaction that records it, and is it what was shown? */
static int
compose(struct tx *tx, struct sending *g, const struct preview *shown,
    struct preview *out)
{
	if (own_words(tx, g) == -1 || compose_from_cases(tx, &g->what) == -1)
		return -1;
	finish(g, out);
	if (on_a_payment(g, out)[0] != '\0')
		return err_set(tx->err, ERR_INPUT, _("Nothing was sent. %s"),
		    on_a_payment(g, out));
	if (shown != NULL && !preview_same(shown, out))
		return err_set(tx->err, ERR_CONFLICT,
		    _("What would go is not what was shown any more: somebody "
		      "changed something of it. Look again; nothing was "
		      "sent."));
	return 0;
}

static int
record(struct sending *g, const struct uid *event, const char *words,
    const struct preview *shown, struct preview *out, struct err *err)
{
	unsigned before = g->what.allowed;
	struct uid disclosure;
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, g->s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_REFER,
		    .case_uid = &g->case_uid,
		    .object = &g->referral,
		    .action = "referral.send",
		    .wrote = true },
		err) == -1)
		return -1;
	if (ask_gate(&tx, g) == -1 || may_go(g, err) == -1)
		goto out;
	/* Less than what was read a moment ago: begin again. */
	if (g->verdict.allowed != before) {
		rc = err_set(err, ERR_CONFLICT,
		    _("What the person agreed to changed just now. Look "
		      "again; nothing was sent."));
		goto out;
	}
	if (compose(&tx, g, shown, out) == 0 &&
	    disclose(&tx, g, &disclosure) == 0 &&
	    referral_move(&tx, &g->r, event,
		referral_state_name(REFERRAL_IS_SENT), words, &disclosure) == 0)
		rc = case_commit(&tx, &g->case_uid);
out:
	tx_abort(&tx);
	return rc;
}

int
referral_send(struct session *s, struct uid case_uid, struct uid referral,
    struct uid event, const char *words, const struct preview *shown,
    struct arena *a, struct preview *out, struct err *err)
{
	const struct text_in texts[] = { { &words, N_("Words"), LIMIT_WORDS } };
	struct sending g = {
		.s = s, .case_uid = case_uid, .referral = referral, .arena = a
	};
	struct preview found = { .why = "", .warn = "" };

	if (texts_take(a, texts, 1, err) == -1 ||
	    look_first(&g, "referral.look", err) == -1 ||
	    may_go(&g, err) == -1 ||
	    from_identity(&g, "referral.compose", err) == -1)
		return -1;
	/* What was read of cases.db so far is read anew below. */
	g.what.n_accounts = 0;
	if (record(&g, &event, words, shown, &found, err) == -1)
		return -1;
	*out = found;
	return 0;
}
