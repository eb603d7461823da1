/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <sqlite3.h>

#include "fault_vfs.h"

/* A file of ours is this head with the real one behind it. */
struct layer {
	sqlite3_file base;
	sqlite3_file *real;
};

static sqlite3_vfs layer_vfs, *real_vfs;
static sqlite3_mem_methods real_memory;
static struct {
	enum fault fault;
	int at, calls, hits;
	bool for_ever;
} armed;

const char *
fault_name(enum fault f)
{
	static const char *const names[] = { "nothing", "full", "write", "sync",
		"read", "open", "busy", "memory" };

	return names[f];
}

void
fault_vfs_arm(enum fault f, int n, bool for_ever)
{
	armed.fault = f;
	armed.at = n;
	armed.for_ever = for_ever;
	armed.calls = armed.hits = 0;
}

int
fault_vfs_disarm(void)
{
	armed.fault = FAULT_NONE;
	return armed.hits;
}

int
fault_vfs_calls(void)
{
	return armed.calls;
}

static bool
fails(enum fault f, int err_no)
{
	if (armed.fault != f)
		return false;
	armed.calls++;
	if (armed.for_ever ? armed.calls < armed.at : armed.calls != armed.at)
		return false;
	armed.hits++;
	errno = err_no;
	return true;
}

/* --- files ----------------------------------------------------------------- */
#define REAL(f) (((struct layer *)(f))->real)
#define CALL(f, what, ...) REAL(f)->pMethods->what(REAL(f), __VA_ARGS__)

static int
l_close(sqlite3_file *f)
{
	return REAL(f)->pMethods->xClose(REAL(f));
}

static int
l_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	if (fails(FAULT_READ, EIO))
		return SQLITE_IOERR_READ;
	return CALL(f, xRead, p, n, at);
}

static int
l_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	if (fails(FAULT_FULL, ENOSPC)) {
		(void)CALL(f, xWrite, p, n / 2, at);
		errno = ENOSPC;
		return SQLITE_FULL;
	}
	if (fails(FAULT_WRITE, EIO))
		return SQLITE_IOERR_WRITE;
	return CALL(f, xWrite, p, n, at);
}

static int
l_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	if (fails(FAULT_WRITE, EIO))
		return SQLITE_IOERR_TRUNCATE;
	return CALL(f, xTruncate, size);
}

static int
l_sync(sqlite3_file *f, int flags)
{
	if (fails(FAULT_SYNC, EIO))
		return SQLITE_IOERR_FSYNC;
	return CALL(f, xSync, flags);
}

static int
l_size(sqlite3_file *f, sqlite3_int64 *n)
{
	return CALL(f, xFileSize, n);
}

static int
l_lock(sqlite3_file *f, int level)
{
	return CALL(f, xLock, level);
}

static int
l_unlock(sqlite3_file *f, int level)
{
	return CALL(f, xUnlock, level);
}

static int
l_reserved(sqlite3_file *f, int *out)
{
	return CALL(f, xCheckReservedLock, out);
}

static int
l_control(sqlite3_file *f, int op, void *arg)
{
	return CALL(f, xFileControl, op, arg);
}

static int
l_sector(sqlite3_file *f)
{
	return REAL(f)->pMethods->xSectorSize(REAL(f));
}

static int
l_traits(sqlite3_file *f)
{
	return REAL(f)->pMethods->xDeviceCharacteristics(REAL(f));
}

static int
l_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **p)
{
	return CALL(f, xShmMap, page, size, extend, p);
}

static int
l_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
	/* A reader that waits takes ten seconds until it gives up. */
	if (flags == (SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE) &&
	    fails(FAULT_BUSY, EAGAIN))
		return SQLITE_BUSY;
	return CALL(f, xShmLock, offset, n, flags);
}

static void
l_shm_barrier(sqlite3_file *f)
{
	REAL(f)->pMethods->xShmBarrier(REAL(f));
}

static int
l_shm_unmap(sqlite3_file *f, int drop)
{
	return CALL(f, xShmUnmap, drop);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = l_close,
	.xRead = l_read,
	.xWrite = l_write,
	.xTruncate = l_truncate,
	.xSync = l_sync,
	.xFileSize = l_size,
	.xLock = l_lock,
	.xUnlock = l_unlock,
	.xCheckReservedLock = l_reserved,
	.xFileControl = l_control,
	.xSectorSize = l_sector,
	.xDeviceCharacteristics = l_traits,
	.xShmMap = l_shm_map,
	.xShmLock = l_shm_lock,
	.xShmBarrier = l_shm_barrier,
	.xShmUnmap = l_shm_unmap,
};

static int
l_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out)
{
	struct layer *l = (struct layer *)f;
	int rc;

	(void)v;
	l->base.pMethods = NULL;
	if (fails(FAULT_OPEN, EMFILE))
		return SQLITE_CANTOPEN;
	l->real = (sqlite3_file *)(l + 1);
	rc = real_vfs->xOpen(real_vfs, name, l->real, flags, out);
	if (l->real->pMethods != NULL)
		l->base.pMethods = &methods;
	return rc;
}

/* --- memory ------------------------------------------------------------------ */
/*
 * SQLCipher 4.6.1 forgets the cipher of a database it is keying when memory
 * runs out just then (4 kB, seen here).  What the engine takes while memory is
 * made to fail is therefore not counted as ours to give back; everything else
 * is.
 */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#define FORGIVE() __lsan_disable()
#define HOLD() __lsan_enable()
#else
#define FORGIVE() ((void)0)
#define HOLD() ((void)0)
#endif

static void *
taken(void *p, int n)
{
	if (fails(FAULT_NOMEM, ENOMEM))
		return NULL;
	if (armed.fault == FAULT_NOMEM)
		FORGIVE();
	p = p == NULL ? real_memory.xMalloc(n) : real_memory.xRealloc(p, n);
	if (armed.fault == FAULT_NOMEM)
		HOLD();
	return p;
}

static void *
m_malloc(int n)
{
	return taken(NULL, n);
}

static void *
m_realloc(void *p, int n)
{
	return taken(p, n);
}

void
fault_vfs_install(void)
{
	sqlite3_mem_methods mine;

	/* Room kept aside for small things would hide half of the calls. */
	if (sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK ||
	    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory) != SQLITE_OK)
		abort();
	mine = real_memory;
	mine.xMalloc = m_malloc;
	mine.xRealloc = m_realloc;
	if (sqlite3_config(SQLITE_CONFIG_MALLOC, &mine) != SQLITE_OK)
		abort();
	real_vfs = sqlite3_vfs_find(NULL);
	if (real_vfs == NULL)
		abort();
	layer_vfs = *real_vfs;
	layer_vfs.zName = "fault";
	layer_vfs.szOsFile = (int)sizeof(struct layer) + real_vfs->szOsFile;
	layer_vfs.xOpen = l_open;
	if (sqlite3_vfs_register(&layer_vfs, 1) != SQLITE_OK)
		abort();
}
