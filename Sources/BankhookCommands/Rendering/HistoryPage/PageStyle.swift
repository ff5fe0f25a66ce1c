internal import Crypto
internal import FoundationEssentials

/// The style of the page, and what its policy allows it by.
enum PageStyle {
    /// The source expression of a content security policy that names this text and no other.
    static let hash =
        "sha256-" + Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()

    /// Light and dark, narrow and printed; shapes take their colours from here.
    static let text = """
        :root{color-scheme:light dark;--paper:#fbfbfa;--card:#fff;--ink:#1d2126;--quiet:#5d6670;\
        --line:#e3e5e8;--grid:#eef0f2;--mode0:#cfe0f7;--mode0-edge:#5b8fd6;--mode1:#2f6fc4;\
        --mode3:#6b4fc0;--doubt:#b25e00;--doubt-soft:#ffe2b8;--bad:#b42318;--good:#1a7f4b;\
        --update:#0b7285;--mode:#a3247f;--again:#4f5b66;--move:#3d4450}
        @media(prefers-color-scheme:dark){:root{--paper:#14171a;--card:#1b1f24;--ink:#e7eaed;\
        --quiet:#9aa4ae;--line:#30363d;--grid:#262b31;--mode0:#20344f;--mode0-edge:#5b8fd6;\
        --mode1:#3f82dd;--mode3:#8b72e0;--doubt:#f0a63c;--doubt-soft:#4a3413;--bad:#ff7b6e;\
        --good:#3fb97a;--update:#3ab7cb;--mode:#e477c6;--again:#aab4be;--move:#c3ccd5}}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:2rem 1.5rem 3rem;max-width:80rem;background:var(--paper);\
        color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        h1{margin:0;font-size:1.6rem;letter-spacing:-.01em}
        h2{margin:2.2rem 0 .7rem;font-size:1.05rem}
        p{margin:0}
        header p{margin-top:.2rem}
        footer{margin-top:2.5rem;font-size:.85rem}
        code,.url,dd,.serial{font-family:ui-monospace,monospace;font-size:.86em;\
        overflow-wrap:anywhere}
        .quiet,.note,caption{color:var(--quiet)}
        .bad{color:var(--bad)}
        .note{margin:.8rem 0}
        .gap{margin-top:1rem;padding:.7rem 1rem;border-left:4px solid var(--doubt);\
        background:var(--doubt-soft);border-radius:0 6px 6px 0}
        .defs{position:absolute}
        .legend{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:0 0 1rem;padding:0;\
        list-style:none;color:var(--quiet);font-size:.85rem}
        .legend li{display:flex;align-items:center;gap:.4rem}
        .key{flex:none;width:20px;height:20px}
        .swatch{flex:none;width:28px;height:20px}
        .lanes{margin:0;padding:0;list-style:none;background:var(--card);\
        border:1px solid var(--line);border-radius:10px}
        .row{display:grid;grid-template-columns:11rem minmax(0,1fr) 19rem;gap:0 1.2rem;\
        align-items:center;padding:.45rem 1.1rem;break-inside:avoid}
        .lanes .row+.row{border-top:1px solid var(--line)}
        .row.axis{padding-bottom:0;padding-top:0}
        .row .name{font-weight:600;overflow-wrap:anywhere}
        .now .url{font-size:.8rem}
        .now{display:flex;flex-direction:column;font-size:.85rem;line-height:1.4}
        .now b{display:inline-block;width:1.1em;height:.65em}
        svg.lane{display:block;width:100%;height:40px;overflow:visible}
        svg.axis{display:block;width:100%;height:20px;overflow:visible}
        svg text{fill:var(--quiet);font-size:11px;text-anchor:middle}
        .grid{stroke:var(--grid)}
        .base{stroke:var(--line);stroke-dasharray:2 4}
        .band{stroke-width:1}
        .mode0{fill:var(--mode0);stroke:var(--mode0-edge);background:var(--mode0);\
        outline:1px solid var(--mode0-edge)}
        svg .mode0{outline:none}
        .mode1{fill:var(--mode1);stroke:var(--mode1);background:var(--mode1)}
        .mode3{fill:var(--mode3);stroke:var(--mode3);background:var(--mode3)}
        .band.doubt{fill:url(#hatch);stroke:var(--doubt)}
        .hatch-a{fill:var(--doubt-soft)}
        .hatch-b{fill:var(--doubt)}
        .unreadable{fill:var(--card);stroke:var(--bad);stroke-dasharray:3 3}
        .mark{stroke:var(--card);stroke-width:1.5;stroke-linejoin:round;paint-order:stroke}
        .mark .ink{fill:none;stroke:var(--card);stroke-width:1.8;stroke-linecap:round}
        .mark .hollow{fill:var(--card);stroke:currentColor;stroke-width:2}
        .mark .cross{fill:none;stroke:currentColor;stroke-width:3;stroke-linecap:round}
        .registered,.imported{fill:var(--good);color:var(--good)}
        .updated{fill:var(--update)}
        .mode-up,.mode-down{fill:var(--mode)}
        .reasserted{fill:var(--again)}
        .moved{fill:var(--move)}
        .mark.doubt{fill:var(--doubt)}
        .intent,.withdrawn,.restored{color:var(--again)}
        .rollback,.damaged{fill:var(--bad)}
        .forgotten{color:var(--ink)}
        a:focus-visible{outline:2px solid var(--mode1)}
        summary{margin:.8rem 0;color:var(--quiet);cursor:pointer}
        table{width:100%;border-collapse:collapse;background:var(--card);\
        border:1px solid var(--line);font-size:.88rem}
        caption{padding:0 0 .4rem;text-align:left;font-size:.85rem}
        th,td{padding:.35rem .9rem;text-align:left;vertical-align:top}
        thead th{padding-top:.6rem;color:var(--quiet);font-weight:500}
        th.name{width:12rem;overflow-wrap:anywhere}
        td.what{position:relative;width:17rem;padding-left:2.6rem}
        tbody{border-top:1px solid var(--line);break-inside:avoid}
        tbody tr:last-child>*{padding-bottom:.9rem}
        .commit{padding-top:.7rem;font-weight:400;overflow-wrap:anywhere}
        .commit time{margin-right:.5rem;color:var(--quiet);white-space:nowrap}
        .commit strong{font-weight:600}
        tr:target>*{background:var(--doubt-soft)}
        td.what svg{position:absolute;left:.9rem}
        td.what .quiet{white-space:nowrap}
        dl{margin:0}
        dt{display:inline;color:var(--quiet)}
        dt:after{content:" "}
        dd{display:inline;margin:0}
        del{color:var(--quiet);text-decoration:none}
        ins{text-decoration:none}
        .to{color:var(--quiet)}
        @media screen and (max-width:52rem){body{padding:1.2rem .9rem 2rem}
        .row{grid-template-columns:minmax(0,1fr);padding:.6rem .8rem}
        .row.axis{padding:0 .8rem}
        .row.axis text:nth-child(even){display:none}
        thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        table,caption,tbody,tr,td,tbody th{display:block}
        th.name,td.what{width:auto}
        tbody tr{padding:0 .8rem}
        tbody th,tbody td{padding:.1rem 0}
        tbody td.what{padding-left:1.7rem}
        td.what svg{left:0}
        tbody tr+tr{padding-top:.5rem}
        tbody tr:last-child>*{padding-bottom:.1rem}
        tbody{padding-bottom:.7rem}
        caption{padding:.5rem .8rem}
        .commit{padding-top:.6rem}}
        @media print{:root{--paper:#fff;font-size:11px}
        body{max-width:none;padding:0;font-size:11px;print-color-adjust:exact;\
        -webkit-print-color-adjust:exact}
        th.name,td.what{width:13rem}}
        """
}
