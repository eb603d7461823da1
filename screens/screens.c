/* SPDX-License-Identifier: ISC */
#include "screens.h"

const struct screen *const screens[] = {
#if __has_include("signin.c")
	&screen_signin,
#endif
#if __has_include("locked.c")
	&screen_locked,
#endif
#if __has_include("blank.c")
	&screen_blank,
#endif
#if __has_include("passphrase.c")
	&screen_passphrase,
#endif
#if __has_include("help.c")
	&screen_help,
#endif
#if __has_include("drafts.c")
	&screen_drafts,
#endif
#if __has_include("numbers.c")
	&screen_numbers,
#endif
#if __has_include("queue.c")
	&screen_queue,
#endif
#if __has_include("intake.c")
	&screen_intake,
#endif
#if __has_include("case.c")
	&screen_case,
#endif
#if __has_include("timeline.c")
	&screen_timeline,
#endif
#if __has_include("history.c")
	&screen_history,
#endif
#if __has_include("access.c")
	&screen_access,
#endif
#if __has_include("note.c")
	&screen_note,
#endif
#if __has_include("risk.c")
	&screen_risk,
#endif
#if __has_include("flag.c")
	&screen_flag,
#endif
#if __has_include("close.c")
	&screen_close,
#endif
#if __has_include("assign.c")
	&screen_assign,
#endif
#if __has_include("case_edit.c")
	&screen_case_edit,
#endif
#if __has_include("identity.c")
	&screen_identity,
#endif
#if __has_include("person_edit.c")
	&screen_person_edit,
#endif
#if __has_include("safe_contact.c")
	&screen_safe_contact,
#endif
#if __has_include("screening.c")
	&screen_screening,
#endif
#if __has_include("screening_list.c")
	&screen_screening_list,
#endif
#if __has_include("screening_gate.c")
	&screen_screening_gate,
#endif
#if __has_include("consent.c")
	&screen_consent,
#endif
#if __has_include("consent_add.c")
	&screen_consent_add,
#endif
#if __has_include("preview.c")
	&screen_preview,
#endif
#if __has_include("follow_up.c")
	&screen_follow_up,
#endif
#if __has_include("attempt.c")
	&screen_attempt,
#endif
	NULL
};
