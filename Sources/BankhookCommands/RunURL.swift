internal import BankhookApply
internal import BankhookModel

/// The URL of the CI run, as the CI system tells it: GitHub, GitLab, Jenkins, or anybody.
enum RunURL {
    /// The URL to record, and a warning where one was given and is malformed, or holds a secret:
    /// records and commits are for everybody.
    static func find(in variables: [String: String], secrets: [Secret] = [])
        -> (url: String?, warning: String?)
    {
        func value(_ name: String) -> String? {
            variables[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        var candidate: (name: String, url: String)?
        if let url = value("BANKHOOK_RUN_URL") {
            candidate = ("BANKHOOK_RUN_URL", url)
        } else if let server = value("GITHUB_SERVER_URL"),
            let repository = value("GITHUB_REPOSITORY"), let run = value("GITHUB_RUN_ID")
        {
            candidate = ("GITHUB_RUN_ID", "\(server)/\(repository)/actions/runs/\(run)")
        } else if let url = value("CI_JOB_URL") {
            candidate = ("CI_JOB_URL", url)
        } else if let url = value("BUILD_URL") {
            candidate = ("BUILD_URL", url)
        }
        guard let candidate else { return (nil, nil) }
        guard candidate.url.utf8.count <= WebhookURL.maximumLength,
            (try? URLParts(candidate.url)) != nil, !candidate.url.contains("{")
        else {
            return (nil, "\(candidate.name) is no URL; the run is not recorded")
        }
        guard !SecretSearch(secrets).finds(in: Array(candidate.url.utf8)) else {
            return (nil, "\(candidate.name) holds a secret; the run is not recorded")
        }
        return (candidate.url, nil)
    }
}
