// Lets a program live CLOCK_OFFSET seconds before now, for the records of sequence.sh; or at the second
// since 1970 that stands in the file CLOCK_FILE, for the pictures of docs/screens.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *moment) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    const int result = real(clock, moment);
    const char *offset = getenv("CLOCK_OFFSET");
    // The monotonic clock goes on: time-outs are the machine's.
    if (result == 0 && clock == CLOCK_REALTIME && offset) moment->tv_sec -= atol(offset);
    const char *path = getenv("CLOCK_FILE");
    if (result == 0 && clock == CLOCK_REALTIME && path) {
        const int file = open(path, O_RDONLY | O_CLOEXEC);
        char text[24] = {0};
        if (file >= 0 && read(file, text, sizeof text - 1) > 0) {
            moment->tv_sec = atol(text);
            moment->tv_nsec = 0;
        }
        if (file >= 0) close(file);
    }
    return result;
}
