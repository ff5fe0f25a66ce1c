/* An API that answers every request with success after a fixed time: what `apply.sh` measures
   against. One thread, epoll, TLS; quick enough not to be what is measured.

   server CERTIFICATE KEY LATENCY_MS PORT_FILE */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 64 << 10, MOST = 1024 };

static const char answer[] =
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 21\r\n\r\n"
    "{\"message\":\"success\"}";

struct connection {
    SSL *ssl;
    int descriptor;
    size_t filled;
    char bytes[ROOM];
};

/* Answers become due in the order of their requests, for all wait equally long. */
struct due { struct connection *connection; double at; };
static struct due dues[MOST];
static size_t first_due, dues_count;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void stop(const char *what) {
    perror(what);
    exit(1);
}

/* How long the first whole request in the buffer is; 0 when none is whole. */
static size_t whole_request(const struct connection *connection) {
    const char *end = memmem(connection->bytes, connection->filled, "\r\n\r\n", 4);
    if (!end) return 0;
    size_t length = end + 4 - connection->bytes;
    for (const char *line = connection->bytes; line < end;) {
        if (strncasecmp(line, "content-length:", 15) == 0) length += strtoul(line + 15, NULL, 10);
        line = (const char *)memmem(line, end + 2 - line, "\r\n", 2) + 2;
    }
    return length <= connection->filled ? length : 0;
}

static void reply(struct connection *connection) {
    if (connection->ssl) SSL_write(connection->ssl, answer, sizeof answer - 1);
}

static void receive(struct connection *connection, double latency) {
    for (;;) {
        /* What another connection left there would be taken for this one's. */
        ERR_clear_error();
        const int count = SSL_read(
            connection->ssl, connection->bytes + connection->filled,
            ROOM - connection->filled);
        if (count <= 0) {
            const int error = SSL_get_error(connection->ssl, count);
            if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return;
            SSL_free(connection->ssl);
            close(connection->descriptor);
            /* Kept, for an answer to it may be due; there are few of them. */
            connection->ssl = NULL;
            return;
        }
        connection->filled += count;
        for (size_t length; (length = whole_request(connection)) > 0;) {
            connection->filled -= length;
            memmove(connection->bytes, connection->bytes + length, connection->filled);
            if (latency == 0) {
                reply(connection);
            } else {
                if (dues_count == MOST) exit(2);
                dues[(first_due + dues_count++) % MOST] =
                    (struct due){connection, now() + latency};
            }
        }
    }
}

int main(int count, char **values) {
    if (count != 5) return 64;
    signal(SIGPIPE, SIG_IGN);
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (SSL_CTX_use_certificate_chain_file(context, values[1]) != 1
        || SSL_CTX_use_PrivateKey_file(context, values[2], SSL_FILETYPE_PEM) != 1)
        return fprintf(stderr, "no usable certificate or key\n"), 1;
    const double latency = atof(values[3]) / 1e3;

    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 512)) stop("listen");
    getsockname(listener, (struct sockaddr *)&address, &size);
    FILE *file = fopen(values[4], "w");
    if (!file) stop(values[4]);
    fprintf(file, "%d\n", ntohs(address.sin_port));
    fclose(file);

    const int poll = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN};
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        struct timespec wait = {1, 0}, *most = NULL;
        if (dues_count > 0) {
            double left = dues[first_due].at - now();
            if (left < 0) left = 0;
            wait = (struct timespec){(time_t)left, (long)((left - (time_t)left) * 1e9)};
            most = &wait;
        }
        struct epoll_event ready[64];
        const int found = epoll_pwait2(poll, ready, 64, most, NULL);
        for (int index = 0; index < found; index++) {
            struct connection *connection = ready[index].data.ptr;
            if (connection) {
                if (connection->ssl) receive(connection, latency);
                continue;
            }
            const int accepted = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
            if (accepted < 0) continue;
            const int on = 1;
            setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            connection = calloc(1, sizeof *connection);
            connection->descriptor = accepted;
            connection->ssl = SSL_new(context);
            SSL_set_fd(connection->ssl, accepted);
            SSL_set_accept_state(connection->ssl);
            event = (struct epoll_event){.events = EPOLLIN, .data.ptr = connection};
            epoll_ctl(poll, EPOLL_CTL_ADD, accepted, &event);
        }
        while (dues_count > 0 && dues[first_due].at <= now()) {
            reply(dues[first_due].connection);
            first_due = (first_due + 1) % MOST;
            dues_count--;
        }
    }
}
