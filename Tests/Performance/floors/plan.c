/* The least that a plan can cost: libyaml's bare event loop over the configuration, and a read of
   every state file. Prints how many events and bytes it saw, so that nothing is optimised away.

   cc -O2 -o plan plan.c -lyaml */

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

static long count_events(const char *path) {
    FILE *file = fopen(path, "rb");
    yaml_parser_t parser;
    yaml_event_t event;
    long events = 0;
    int is_over = 0;
    if (file == NULL || !yaml_parser_initialize(&parser)) return -1;
    yaml_parser_set_input_file(&parser, file);
    while (!is_over) {
        if (!yaml_parser_parse(&parser, &event)) return -1;
        is_over = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        events++;
    }
    yaml_parser_delete(&parser);
    fclose(file);
    return events;
}

static long read_all(const char *path) {
    DIR *directory = opendir(path);
    struct dirent *entry;
    char buffer[1 << 16];
    long total = 0;
    if (directory == NULL) return -1;
    while ((entry = readdir(directory)) != NULL) {
        size_t length = strlen(entry->d_name);
        ssize_t count;
        int file;
        if (length < 5 || strcmp(entry->d_name + length - 5, ".json") != 0) continue;
        file = openat(dirfd(directory), entry->d_name, O_RDONLY);
        if (file < 0) return -1;
        while ((count = read(file, buffer, sizeof buffer)) > 0) total += count;
        close(file);
    }
    closedir(directory);
    return total;
}

int main(int count, char **arguments) {
    long events, bytes;
    if (count != 3) {
        fprintf(stderr, "usage: plan CONFIGURATION STATE-DIRECTORY\n");
        return 64;
    }
    events = count_events(arguments[1]);
    bytes = read_all(arguments[2]);
    printf("%ld events, %ld bytes of state\n", events, bytes);
    return events < 0 || bytes < 0;
}
