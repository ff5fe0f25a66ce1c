import BankhookState
import Testing

/// A change to a golden file, and why the file is refused then.
struct Edit: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let damage: RecordDamage

    init(_ old: String, _ new: String, _ damage: RecordDamage) {
        self.old = old
        self.new = new
        self.damage = damage
    }

    init(_ old: String, _ new: String, _ problem: String) {
        self.init(old, new, .field(problem))
    }

    var testDescription: String { "\(old) → \(new)" }

    private static let foreignSpelling =
        "it holds a value that this bankhook would write differently"
    private static let noSerial = "its serial is no whole number from 0 up"
    private static let noMode = "its applied.webhook_mode is no whole number from 0 up"

    static let ofFull: [Edit] = [
        Edit(#""schema": 1"#, #""schema": 0"#, "its schema is unknown"),
        Edit(#""schema": 1"#, #""schema": "1""#, "its schema is no whole number from 0 up"),
        Edit(#"  "schema": 1,"#, "", "its schema is missing"),
        Edit(
            #""environment": "production""#, #""environment": null"#,
            "its environment is missing or null"),
        Edit(#""lineage": "0f"#, #""lineage": "0F"#, "its lineage is malformed"),
        Edit(#""lineage": "0f0c6f6e-"#, #""lineage": "0f0c6f6e"#, "its lineage is malformed"),
        Edit(#""serial": 4"#, #""serial": -1"#, noSerial),
        // One more than this could not be counted.
        Edit(#""serial": 4"#, #""serial": 9223372036854775807"#, noSerial),
        Edit(#""serial": 4"#, #""serial": "4""#, noSerial),
        Edit(#""serial": 4"#, #""serial": 4.0"#, noSerial),
        Edit(#""serial": 4"#, #""serial": 99999999999999999999"#, noSerial),
        Edit(
            #""serial": 4"#, #""serial": 0"#,
            .inconsistent("it has a registration and serial 0")),
        Edit(#""sha256:1111"#, #""sha256:111"#, "its previous is malformed"),
        Edit(#""sha256:1111"#, #""SHA256:1111"#, "its previous is malformed"),
        Edit(#"  "pending": null,"#, "", "its pending is missing"),
        Edit(#""pending": null"#, #""pending": {}"#, "its pending.id is missing or null"),
        Edit(#""pending": null"#, #""pending": []"#, "its pending is no JSON object"),
        Edit(
            #""serial": 4"#, #""serial": 4, "extra": null"#,
            #"it has an unknown field, "extra""#),
        Edit(
            #""origin": "applied""#, #""origin": "applied", "extra": 1"#,
            #"it has an unknown field, "applied.extra""#),
        Edit(#""origin": "applied""#, #""origin": "manual""#, "its applied.origin is malformed"),
        Edit(#"    "origin": "applied","#, "", "its applied.origin is missing or null"),
        Edit(
            #""tool": "bankhook 0.1.0""#, #""tool": "bänkhook""#,
            "its applied.tool is not printable ASCII"),
        Edit(
            #""tool": "bankhook 0.1.0""#, #""tool": "\u0007""#,
            "its applied.tool is not printable ASCII"),
        Edit(
            #""tool": "bankhook 0.1.0""#, #""tool": "\u007f""#,
            "its applied.tool is not printable ASCII"),
        Edit(#""tool": "bankhook 0.1.0""#, #""tool": 1"#, "its applied.tool is no string"),
        Edit(#""flow": "entity""#, #""flow": "Entity""#, "its applied.flow is malformed"),
        Edit(#""webhook_mode": 1"#, #""webhook_mode": 2"#, "its webhook_mode is unknown"),
        Edit(#""webhook_mode": 1"#, #""webhook_mode": 3"#, "its webhook_mode is unknown"),
        Edit(#""webhook_mode": 1"#, #""webhook_mode": "1""#, noMode),
        Edit(#""webhook_mode": 1"#, #""webhook_mode": true"#, noMode),
        Edit(#""webhook_mode": 1"#, #""webhook_mode": null"#, noMode),
        Edit(#"    "webhook_mode": 1,"#, "", "its applied.webhook_mode is missing"),
        Edit(
            #""account": "hmac-sha256:6f"#, #""account": "hmac-sha256:6F"#,
            "its applied.account is malformed"),
        Edit(
            #""account": "hmac-sha256:6f"#, #""account": "hmac-sha256:6"#,
            "its applied.account is malformed"),
        Edit(
            "2026-11-23T04:12:09Z", "2026-11-23T04:12:09+00:00",
            "its applied.applied_at is malformed"),
        Edit("2026-11-23", "2026-02-30", "its applied.applied_at is malformed"),
        Edit(
            "https://hooks.lender.example", "hooks.lender.example",
            "its applied.webhook_url is malformed"),
        Edit(
            "https://apis.bankconnect.finbox.in", "http://apis.bankconnect.finbox.in",
            "its applied.base_url is malformed"),
        Edit("https://apis.bankconnect", "https://APIS.bankconnect", foreignSpelling),
        Edit("finbox.in\"", "finbox.in/\"", foreignSpelling),
        Edit(
            #""revision": "4f2c9e1d5b6a7c8e9f0a1b2c3d4e5f6a7b8c9d0e""#, #""revision": null"#,
            foreignSpelling),
        Edit(#""token": "hmac-sha256:90ab12cd34ef5678""#, "", foreignSpelling),
        Edit(#""token": "#, #""Token": "#, "its webhook_secrets are malformed"),
        Edit(#""hmac-sha256:90ab12cd34ef5678""#, "1", "its webhook_secrets are malformed"),
        Edit("hmac-sha256:90", "sha256:90", "its webhook_secrets are malformed"),
    ]

    static let ofIntent: [Edit] = [
        Edit(#""applied": null,"#, "", "its applied is missing"),
        Edit(#""applied": null"#, #""applied": "x""#, "its applied is no JSON object"),
        Edit(
            #""serial": 0"#, #""serial": 3"#,
            .inconsistent("it has a serial without a registration")),
        Edit(
            #""previous": null"#, #""previous": "\#(Sample.ones)""#,
            .inconsistent("it has a serial without a registration")),
        Edit(
            #""settled": null"#, #""settled": "\#(Sample.ones)""#,
            .inconsistent("its intent does not follow from its registration")),
        Edit(
            #""action": "register""#, #""action": "unchanged""#,
            "its pending.action sends nothing"),
        Edit(#""action": "register""#, #""action": "remove""#, "its pending.action is malformed"),
        Edit(#""pid": 4711"#, #""pid": -1"#, "its pending.pid is no whole number from 0 up"),
        Edit(#""host": "build-7""#, #""host": "böx""#, "its pending.host is not printable ASCII"),
        Edit(#"    "expires_at": null,"#, "", foreignSpelling),
        Edit(
            #""expires_at": null"#, #""expires_at": "soon""#,
            "its pending.expires_at is malformed"),
        Edit(
            #""unknown_since": "2026-11-22T23:59:59Z""#, #""unknown_since": null"#,
            "its pending.unknown_since is missing or null"),
        Edit(#""b_2": "#, #""2b": "#, "its webhook_secrets are malformed"),
    ]
}
