/* Three functions that would ask for a newer glibc than everything else does. Linked into the binary that
   is released, so that it runs on glibc 2.34: packaging/build.sh. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>

/* std::random_device of libstdc++ names it; glibc has it from 2.36 on. */
uint32_t arc4random(void) {
    uint32_t value;
    while (getrandom(&value, sizeof value, 0) != (ssize_t)sizeof value)
        if (errno != EINTR) abort();
    return value;
}

/* The versions of 2.35 differ from those of 2.2.5 in how they set errno. */
double hypot_of_2_2_5(double x, double y);
float hypotf_of_2_2_5(float x, float y);
__asm__(".symver hypot_of_2_2_5, hypot@GLIBC_2.2.5");
__asm__(".symver hypotf_of_2_2_5, hypotf@GLIBC_2.2.5");
double __wrap_hypot(double x, double y) { return hypot_of_2_2_5(x, y); }
float __wrap_hypotf(float x, float y) { return hypotf_of_2_2_5(x, y); }
