/* A bare client: the floor for `bankhook apply`. Each connection is kept alive, has a thread of its
   own and makes the next request as soon as its answer is there; with a directory, every success is
   a file there, without any sync.

   client PORT AUTHORITIES REQUESTS CONNECTIONS [DIRECTORY] */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static SSL_CTX *context;
static int port, requests;
static const char *directory;
static atomic_int next;

static void stop(const char *what) {
    fprintf(stderr, "client: %s failed\n", what);
    exit(1);
}

static void record(int number) {
    /* As long as a record with a first registration. */
    static const char content[800] = {'x'};
    char name[4096];
    snprintf(name, sizeof name, "%s/%d.json", directory, number);
    const int file = open(name, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (file < 0 || write(file, content, sizeof content) != sizeof content || close(file))
        stop("writing");
}

static void *run(void *unused) {
    (void)unused;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int descriptor = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(descriptor, (struct sockaddr *)&address, sizeof address)) stop("connecting");
    SSL *ssl = SSL_new(context);
    SSL_set1_host(ssl, "localhost");
    SSL_set_fd(ssl, descriptor);
    if (SSL_connect(ssl) != 1) stop("the handshake");
    for (int number; (number = atomic_fetch_add(&next, 1)) < requests;) {
        char body[256], request[1024], answer[4096];
        const int length = snprintf(
            body, sizeof body,
            "{\n  \"webhook_mode\": 1,\n  \"webhook_url\": \"https://e%d.lender.example/bankconnect\"\n}\n",
            number);
        const int size = snprintf(
            request, sizeof request,
            "POST /bank-connect/v1/entity/update_webhook/ HTTP/1.1\r\nhost: localhost:%d\r\n"
            "accept: application/json\r\ncontent-type: application/json\r\n"
            "server-hash: hash-of-%d\r\nx-api-key: key-of-%d\r\ncontent-length: %d\r\n\r\n%s",
            port, number, number, length, body);
        if (SSL_write(ssl, request, size) != size) stop("sending");
        const int count = SSL_read(ssl, answer, sizeof answer - 1);
        if (count < 12 || strncmp(answer, "HTTP/1.1 200", 12)) stop("a request");
        if (directory) record(number);
    }
    SSL_free(ssl);
    close(descriptor);
    return NULL;
}

int main(int count, char **values) {
    if (count < 5) return 64;
    context = SSL_CTX_new(TLS_client_method());
    if (SSL_CTX_load_verify_locations(context, values[2], NULL) != 1) stop("reading authorities");
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    port = atoi(values[1]);
    requests = atoi(values[3]);
    directory = count > 5 ? values[5] : NULL;
    const int connections = atoi(values[4]);
    pthread_t threads[connections];
    for (int index = 0; index < connections; index++)
        if (pthread_create(&threads[index], NULL, run, NULL)) stop("a thread");
    for (int index = 0; index < connections; index++) pthread_join(threads[index], NULL);
    return 0;
}
