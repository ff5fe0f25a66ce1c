// Lets a program live CLOCK_OFFSET seconds before now, for the records of sequence.sh.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *moment) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    const int result = real(clock, moment);
    const char *offset = getenv("CLOCK_OFFSET");
    // The monotonic clock goes on: time-outs are the machine's.
    if (result == 0 && clock == CLOCK_REALTIME && offset) moment->tv_sec -= atol(offset);
    return result;
}
