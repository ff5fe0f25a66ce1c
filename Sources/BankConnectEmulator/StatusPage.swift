import Crypto
import FoundationEssentials
import SourceText

/// The page that shows a person what the emulator knows, and keeps itself up to date.
///
/// One document without any outside resource; its policy allows its own style and script by their
/// hashes and nothing else. No key or header is in it, because none is kept.
struct StatusPage: Sendable {
    /// How many calls and deliveries it shows.
    static let limit = 100
    private static let bodyLimit = 8_000
    /// The page is made once a second while somebody looks: long bodies are left to the lists.
    private static let weightLimit = 64 << 10

    let registrations: [(account: String, flow: Flow, registration: Registration)]
    let recent:
        (
            requests: [RequestRecord], deliveries: [DeliveryRecord], requestTotal: Int,
            deliveryTotal: Int
        )
    let faults: [Fault]

    /// What the browser lets the page do.
    static let policy =
        "default-src 'none'; style-src '\(hash(StatusPageStyle.text))'; "
        + "script-src '\(hash(StatusPageScript.text))'; connect-src 'self'; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private static func hash(_ text: String) -> String {
        "sha256-" + Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
    }

    /// The whole document.
    var text: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>BankConnect emulator</title>
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <link rel="icon" href="data:,">
        <noscript><meta http-equiv="refresh" content="5"></noscript>
        <style>\(StatusPageStyle.text)</style>
        </head>
        <body>
        <header>
        <h1>BankConnect emulator</h1>
        <p id="live" role="status">as of this moment</p>
        <p class="quiet">times are UTC</p>
        </header>
        <main>
        \(section("Registrations", registrations.count, registrationTable))
        \(section("Webhooks", recent.deliveryTotal, deliveryTable))
        \(section("Requests", recent.requestTotal, requestTable))
        \(faults.isEmpty ? "" : section("Faults to come", faults.count, faultTable))
        </main>
        <script>\(StatusPageScript.text)</script>
        </body>
        </html>

        """
    }

    private func section(_ title: String, _ count: Int, _ table: String) -> String {
        let id = title.lowercased().split(separator: " ").first ?? ""
        return """
            <section aria-labelledby="\(id)"><h2 id="\(id)">\(title) <span>\(count)</span></h2>
            \(table)</section>
            """
    }

    private var registrationTable: String {
        guard !registrations.isEmpty else {
            return empty("Nothing is registered yet. An update_webhook call makes a registration.")
        }
        let rows = registrations.prefix(StatusPage.limit).map { account, flow, registration in
            """
            <tr><td data-label="account"><b>\(HTML.foreign(account))</b></td>\
            <td data-label="flow">\(flow.rawValue)</td>\
            <td data-label="webhook_url" class="mono">\(HTML.foreign(registration.webhookURL))</td>\
            <td data-label="webhook_mode">\(mode(registration.webhookMode))</td>\
            <td data-label="updated">\(time(registration.updatedAt))</td></tr>
            """
        }
        return table(
            ["account", "flow", "webhook_url", "webhook_mode", "updated"], rows,
            of: registrations.count)
    }

    private func mode(_ mode: Int) -> String {
        let words =
            switch mode {
            case 0: "net banking only"
            case 1: "net banking and manual"
            default: "all"
            }
        return "\(mode) <small>\(words)</small>"
    }

    private var deliveryTable: String {
        guard !recent.deliveries.isEmpty else {
            return empty("None was due yet. bankhook trigger lets an extraction end.")
        }
        let rows = recent.deliveries.enumerated().map { index, delivery in
            """
            <tr><td data-label="sent">\(time(delivery.at))</td>\
            <td data-label="to" class="mono">\(HTML.foreign(delivery.url))</td>\
            <td data-label="result">\(result(of: delivery))</td>\
            <td data-label="body">\(body(delivery.body, id: "d\(recent.deliveryTotal - index)"))</td></tr>
            """
        }
        return table(["sent", "to", "result", "body"], rows, of: recent.deliveryTotal)
    }

    private func result(of delivery: DeliveryRecord) -> String {
        guard let status = delivery.status else {
            return badge("no answer", "bad")
                + " <small>\(HTML.foreign(delivery.error ?? ""))</small>"
        }
        return delivery.isAccepted
            ? badge("200", "good")
            : badge("\(status)", "bad") + " <small>only 200 is accepted</small>"
    }

    private var requestTable: String {
        guard !recent.requests.isEmpty else { return empty("Nobody called yet.") }
        let rows = recent.requests.enumerated().map { index, request in
            """
            <tr><td data-label="at">\(time(request.at))</td>\
            <td data-label="call" class="mono">\(HTML.escape(PrintableText(request.method).description)) \
            \(HTML.foreign(request.path))</td>\
            <td data-label="account">\(HTML.foreign(request.account ?? "unknown"))</td>\
            <td data-label="status">\(status(request.status))</td>\
            <td data-label="body">\(body(request.body, id: "r\(recent.requestTotal - index)"))</td></tr>
            """
        }
        return table(["at", "call", "account", "status", "body"], rows, of: recent.requestTotal)
    }

    private func status(_ status: Int?) -> String {
        guard let status else { return badge("no answer", "bad") }
        return badge("\(status)", (200..<300).contains(status) ? "good" : "bad")
    }

    private var faultTable: String {
        let rows = faults.prefix(StatusPage.limit).map { fault in
            "<tr><td data-label=\"fault\" class=\"mono\">\(HTML.foreign(fault.json.text))</td></tr>"
        }
        return table(["fault"], rows, of: faults.count)
    }

    private func table(_ heads: [String], _ rows: [String], of total: Int) -> String {
        let head = heads.map { "<th scope=\"col\">\($0)</th>" }.joined()
        let note =
            total > rows.count
            ? empty("These are \(rows.count) of \(total); the lists under /_emulator/ hold more.")
            : ""
        return "<table><thead><tr>\(head)</tr></thead><tbody>\n"
            + rows.joined(separator: "\n") + "\n</tbody></table>\n" + note
    }

    private func empty(_ text: String) -> String { "<p class=\"quiet\">\(text)</p>\n" }

    private func badge(_ text: String, _ kind: String) -> String {
        "<span class=\"badge \(kind)\">\(text)</span>"
    }

    private func time(_ date: Date) -> String {
        let text = date.formatted(.iso8601)
        let shown = text.replacing("T", with: " ").replacing("Z", with: "")
        return "<time datetime=\"\(text)\">\(shown)</time>"
    }

    private func body(_ body: JSON?, id: String) -> String {
        guard let body else { return "<span class=\"quiet\">none</span>" }
        guard body.weight <= StatusPage.weightLimit else {
            return "<span class=\"quiet\">too long to show; see the list</span>"
        }
        let short = HTML.escape(PrintableText(body.text, limit: 60).description)
        let lines = String(body.lines().prefix(StatusPage.bodyLimit)).split(separator: "\n")
            .map { HTML.escape(PrintableText($0).description) }
        return "<details id=\"\(id)\"><summary><bdi>\(short)</bdi></summary>"
            + "<pre><bdi>\(lines.joined(separator: "\n"))</bdi></pre></details>"
    }
}
