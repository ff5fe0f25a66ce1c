#ifdef __linux__
#define _GNU_SOURCE /* syncfs */
#endif

#include "system.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#endif

#ifndef BANKHOOK_COMMIT
#define BANKHOOK_COMMIT ""
#endif

const char *bankhook_build_commit(void) { return BANKHOOK_COMMIT; }

int bankhook_forbid_core_files(void) {
    const struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) return -1;
#ifdef __linux__
    /* The limit does not hold for a core_pattern that is a pipe; this does. */
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return -1;
#endif
    return 0;
}

long bankhook_raise_open_files(long needed) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return needed;
    if (limit.rlim_cur < (rlim_t)needed) {
        struct rlimit raised = limit;
        raised.rlim_cur = limit.rlim_max < (rlim_t)needed ? limit.rlim_max : (rlim_t)needed;
        if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
    }
    return limit.rlim_cur < (rlim_t)needed ? (long)limit.rlim_cur : needed;
}

int bankhook_is_ignored(int number) {
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

const char *bankhook_network_file_system(int descriptor) {
#ifdef __linux__
    struct statfs status;
    if (fstatfs(descriptor, &status) != 0) return NULL;
    /* linux/magic.h */
    switch ((unsigned long)status.f_type & 0xFFFFFFFFul) {
    case 0x6969: return "NFS";
    case 0x517B: case 0xFF534D42: case 0xFE534D42: return "SMB";
    case 0x65735546: return "FUSE";
    }
#else
    (void)descriptor;
#endif
    return NULL;
}

int bankhook_can_sync_file_system(void) {
#ifdef __linux__
    /* Before Linux 5.8 syncfs(2) does not report that a write failed. */
    struct utsname name;
    if (uname(&name) != 0) return 0;
    char *rest;
    const long major = strtol(name.release, &rest, 10);
    if (*rest != '.') return 0;
    return major > 5 || (major == 5 && strtol(rest + 1, NULL, 10) >= 8);
#else
    return 0;
#endif
}

int bankhook_sync_file_system(int descriptor) {
#ifdef __linux__
    return syncfs(descriptor);
#else
    (void)descriptor;
    errno = ENOSYS;
    return -1;
#endif
}

int bankhook_terminal_columns(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
