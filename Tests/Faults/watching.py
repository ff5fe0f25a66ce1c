"""Where the state branch was whenever a request began."""

import trial


class Watch:
    """The points of a run, and where the branch was whenever a connection to the server began."""

    def __init__(self, points, store, folder):
        self.points, self.store, self.folder, self.tips = points, store, folder, set()

    def __call__(self, call):
        if call.role == "bankhook" and trial.is_to_server(call):
            self.tips.add(self.store.tip(self.folder))
        return self.points(call)
